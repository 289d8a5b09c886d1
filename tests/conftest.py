"""What every test may ask for."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

gc.disable()  # until all tests are collected: nothing of theirs is garbage

# Before Qt is imported: tests draw off screen unless told otherwise.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The same examples in every run, and no test fails because a machine is busy; new
# ones are tried with --hypothesis-profile=default.
settings.register_profile("steady", deadline=None, derandomize=True, max_examples=25)
settings.load_profile("steady")


def pytest_collection_finish() -> None:
    """Leave out of every search for garbage what is there before the first test."""
    gc.enable()
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests count, whichever worker ran them."""
    for report in terminalreporter.getreports("passed"):
        for name, line in report.user_properties:
            if name == "told":
                terminalreporter.write_line(str(line))


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real files of other people; they lie beside the checkout, never in it."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real files in ../shared/data are not on this machine")
    return folder


@pytest.fixture(scope="session")
def wanted() -> Callable[[object, str], None]:
    """Skips where a machine lacks a tool; where everything is checked, fails."""

    def wanted(found: object, what: str) -> None:
        if found:
            return
        if os.environ.get("CI"):
            pytest.fail(f"{what} must be on this machine")
        pytest.skip(f"{what} is not on this machine")

    return wanted


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Who may be sent what is disclosed: certificate and key file, PIN 2468."""
    folder = tmp_path_factory.mktemp("银行")
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "示例银行")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    (folder / "bank.pem").write_bytes(made.public_bytes(Encoding.PEM))
    closing = BestAvailableEncryption(b"2468")
    data = pkcs12.serialize_key_and_certificates(b"k", key, made, None, closing)
    (folder / "bank.p12").write_bytes(data)
    return folder / "bank.pem", folder / "bank.p12"
