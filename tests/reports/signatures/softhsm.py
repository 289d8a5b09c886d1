"""Tokens by SoftHSM for the tests: keys, certificates, and what they lack."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from valuer.reports.sample_keys import SampleKeys

MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)
TOKEN_PIN, OFFICER_PIN, SECRET = "2468", "135790", "geheim-4711"


WRITE = """
import json, sys
import pkcs11
from asn1crypto.x509 import Certificate
from pkcs11.util.x509 import decode_x509_certificate
module, pin, objects = json.load(sys.stdin)
library = pkcs11.lib(module)
for label, name, number, der in objects:
    (token,) = library.get_tokens(token_label=label)
    with token.open(user_pin=pin, rw=True) as session:
        values = decode_x509_certificate(bytes.fromhex(der))
        values[pkcs11.Attribute.LABEL] = name
        values[pkcs11.Attribute.ID] = bytes([number])
        values[pkcs11.Attribute.TOKEN] = True
        session.create_object(values)
"""
"""Puts certificates on a token: SoftHSM's own tool imports keys alone."""


MAKE = """
import json, sys
import pkcs11
module, pin = json.load(sys.stdin)
(token,) = pkcs11.lib(module).get_tokens(token_label="strict")
template = {pkcs11.Attribute.ALWAYS_AUTHENTICATE: True}
with token.open(user_pin=pin, rw=True) as session:
    public, _ = session.generate_keypair(
        pkcs11.KeyType.RSA, 2048, id=bytes([1]), label="strict", store=True,
        private_template=template,
    )
    print(public[pkcs11.Attribute.MODULUS].hex())
"""
"""Makes a key that wants the PIN for each signature."""


def _strict_key(module: Path, now: datetime) -> tuple[str, str, int, str]:
    """Make a key on the token "strict"; return the certificate to put beside it."""
    told = subprocess.run(
        [sys.executable, "-c", MAKE],
        input=json.dumps([str(module), TOKEN_PIN]),
        check=True,
        capture_output=True,
        text=True,
    )
    key = rsa.RSAPublicNumbers(65537, int(told.stdout, 16)).public_key()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "赵试")])
    issuer = ec.generate_private_key(ec.SECP256R1())
    made = (
        x509.CertificateBuilder(name, name, key, 7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=9))
        .sign(issuer, hashes.SHA256())
    )
    return "strict", "strict", 1, _hex(made)


def make_tokens(
    home: Path, module: Path, keys: SampleKeys, pin: str, now: datetime
) -> None:
    """Make tokens in a folder, each called after what it holds."""
    first, second = keys.appraisers
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(settings_of(home)))
        for label in (
            "RSA",
            "EC",
            "both",
            "no cert",
            "no key",
            "other",
            "twin",
            "twin",
            "strict",
        ):
            _softhsm(
                "--init-token", "--free", "--label", label, "--so-pin", OFFICER_PIN
            )
        held = [
            ("RSA", first, 1),
            ("EC", second, 1),
            ("both", first, 1),
            ("both", second, 2),
            ("no cert", second, 1),
            # The key of one, the certificate of another, under one identifier.
            ("other", keys.institution, 1),
        ]
        for label, file, number in held:
            _import_key(home, label, file, number, pin)
        held[4:] = [("no key", second, 1), ("other", second, 1)]
        written = [
            (label, name, place, der)
            for label, file, number in held
            for name, place, der in _certificates(file, number, pin)
        ]
        written.append(_strict_key(module, now))
        asked = json.dumps([str(module), TOKEN_PIN, written])
        subprocess.run(
            [sys.executable, "-c", WRITE], input=asked, check=True, text=True
        )


def settings_of(home: Path) -> Path:
    folder = home / "slots"
    folder.mkdir(exist_ok=True)
    settings = home / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder}\nlog.level = ERROR\n")
    return settings


def _import_key(home: Path, label: str, file: Path, number: int, pin: str) -> None:
    key, *_ = pkcs12.load_key_and_certificates(file.read_bytes(), pin.encode())
    written = home / "key.pem"
    written.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    named = ("--token", label, "--label", file.stem, "--id", f"{number:02x}")
    _softhsm("--import", str(written), *named)
    written.unlink()


def _certificates(file: Path, number: int, pin: str) -> list[tuple[str, int, str]]:
    _, own, chain = pkcs12.load_key_and_certificates(file.read_bytes(), pin.encode())
    found = [(file.stem, number, _hex(own))]
    return found + [(f"CA {n}", 100 + n, _hex(each)) for n, each in enumerate(chain)]


def folder_of(slots: Path, label: str) -> Path:
    """Return where a token lies."""
    found = (path.parent for path in slots.glob("*/token.object"))
    padded = label.encode().ljust(32)
    (folder,) = (one for one in found if padded in (one / "token.object").read_bytes())
    return folder


def _hex(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.DER).hex()


def _softhsm(*words: str) -> None:
    subprocess.run(
        ["softhsm2-util", *words, "--pin", TOKEN_PIN], check=True, capture_output=True
    )


def set_flag(slots: Path, label: str, flag: int) -> None:
    """Set a flag of a token, as SoftHSM keeps it among its settings."""
    file = folder_of(slots, label) / "token.object"
    data = file.read_bytes()
    at = data.index(struct.pack(">Q", 0x8000534B)) + 16
    (flags,) = struct.unpack(">Q", data[at : at + 8])
    file.write_bytes(data[:at] + struct.pack(">Q", flags | flag) + data[at + 8 :])
