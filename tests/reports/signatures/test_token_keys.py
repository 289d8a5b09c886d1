"""A key on a token signs, and whatever a token does is told.

SoftHSM stands for the token; a crash, a hang and a locked PIN are real ones, too.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from tests.reports.signatures.softhsm import (
    MODULES,
    SECRET,
    TOKEN_PIN,
    folder_of,
    make_tokens,
    set_flag,
    settings_of,
)
from valuer import cli
from valuer.core.problems import Cancelled, UserError
from valuer.reports import keys_token, signing
from valuer.reports.keys_driver import Open
from valuer.reports.keys_token import Token, open_token
from valuer.reports.sample_keys import SampleKeys
from valuer.reports.signature_wishes import Signed
from valuer.reports.signing import sign, sign_document
from valuer.reports.verdicts import Verdict


@pytest.fixture(scope="session")
def module(wanted: Callable[[object, str], None]) -> Path:
    """SoftHSM's library; CI must have it."""
    found = [Path(name) for name in MODULES if Path(name).is_file()]
    wanted(found and shutil.which("softhsm2-util"), "SoftHSM (Debian: softhsm2)")
    return found[0]


@pytest.fixture(scope="session")
def tokens(
    module: Path,
    keys: SampleKeys,
    pin: str,
    now: datetime,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A folder of tokens, each called after what it holds."""
    home = tmp_path_factory.mktemp("tokens")
    make_tokens(home, module, keys, pin, now)
    return home


@pytest.fixture
def slots(tokens: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same tokens, for one test to spoil: each a folder."""
    shutil.copytree(tokens, tmp_path / "tokens")
    monkeypatch.setenv("SOFTHSM2_CONF", str(settings_of(tmp_path / "tokens")))
    return tmp_path / "tokens" / "slots"


@pytest.fixture
def token(module: Path, slots: Path) -> Callable[[str], Token]:
    """Names a token of these."""
    return lambda label: Token(module, label)


@pytest.mark.parametrize(("label", "name"), [("RSA", "王建国"), ("EC", "李敏")])
def test_a_key_on_a_token_signs(token, now, prepared, verified, label, name, roots):
    with open_token(token(label), TOKEN_PIN, now) as key:
        pdf = sign(prepared, key, "appraiser", now, "en")

    found = verified(pdf, *roots)
    assert found.verdict == Verdict.INTACT
    assert [(s.signer, s.trusted) for s in found.signatures] == [(name, True)]


def test_a_key_that_wants_the_pin_each_time_gets_it(token, now, prepared, verified):
    with open_token(token("strict"), TOKEN_PIN, now) as key:
        pdf = sign(prepared, key, "appraiser", now, "en")

    assert verified(pdf).signatures[0].signer == "赵试"


def test_a_wrong_pin_is_told(token, now):
    with pytest.raises(UserError, match="does not open the token") as raised:
        _open(token("EC"), now, SECRET)

    assert SECRET not in "".join(traceback.format_exception(raised.value))


@pytest.mark.parametrize(
    ("flag", "typed", "told"),
    [(0x40000, TOKEN_PIN, "locked after"), (0x20000, "9999", "One try is left")],
)
def test_a_token_that_is_locked_or_nearly_is_told(token, now, slots, flag, typed, told):
    set_flag(slots, "EC", flag)

    with pytest.raises(UserError, match=told):
        _open(token("EC"), now, typed)


def test_a_missing_token_is_told_with_those_that_are_there(token, now):
    with pytest.raises(UserError, match=r"no token “none”.*RSA"):
        _open(token("none"), now)


def test_two_tokens_of_one_name_are_not_guessed_between(token, now):
    with pytest.raises(UserError, match="leave only one in"):
        _open(token("twin"), now)


@pytest.mark.parametrize(
    ("label", "told"),
    [("no cert", "holds no certificate"), ("no key", "holds no private key")],
)
def test_a_token_without_certificate_or_key_is_told(token, now, label, told):
    with pytest.raises(UserError, match=told):
        _open(token(label), now)


def test_among_several_certificates_one_is_named(token, now):
    both = token("both")

    with pytest.raises(UserError, match=r"several .* appraiser-1 \(王建国\), app"):
        _open(both, now)
    for named in ("certificate_label", "key_label"):
        with open_token(replace(both, **{named: "appraiser-2"}), TOKEN_PIN, now) as key:
            assert key.signer == "李敏"
    with pytest.raises(UserError, match="no certificate called “none”"):
        _open(replace(both, certificate_label="none"), now)


def test_the_certificate_is_judged_before_anything_is_signed(token, now):
    with pytest.raises(UserError, match="expired"):
        _open(token("EC"), now + timedelta(days=4000))


def test_a_certificate_that_is_not_of_the_key_is_told(token, now, prepared):
    with (
        open_token(token("other"), TOKEN_PIN, now) as key,
        pytest.raises(UserError, match=r"李敏 does not belong to the key|refused"),
    ):
        sign(prepared, key, "appraiser", now, "en")


def test_a_token_pulled_out_while_signing_signs_nothing(token, now, prepared, slots):
    with open_token(token("RSA"), TOKEN_PIN, now) as key:
        shutil.rmtree(folder_of(slots, "RSA"))
        with pytest.raises(UserError, match="was removed while it was in use"):
            sign(prepared, key, "appraiser", now, "en")


def test_a_driver_that_crashes_takes_nothing_with_it(token, now, prepared):
    with open_token(token("EC"), TOKEN_PIN, now) as key:
        _process().kill()
        with pytest.raises(UserError, match="crashed; nothing was signed"):
            sign(prepared, key, "appraiser", now, "en")

    assert not multiprocessing.active_children()


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot halt a process")
def test_a_driver_that_hangs_is_ended(token, now, prepared, monkeypatch):
    monkeypatch.setattr(keys_token, "SIGNING", 0.2)
    monkeypatch.setattr(keys_token, "_ENDING", 0.1)

    with open_token(token("EC"), TOKEN_PIN, now) as key:
        os.kill(_process().pid, signal.SIGSTOP)
        with pytest.raises(UserError, match="did not answer"):
            sign(prepared, key, "appraiser", now, "en")

    assert not multiprocessing.active_children()


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot halt a process")
def test_cancel_is_heard_while_a_token_waits_for_its_button(
    token, now, prepared, monkeypatch
):
    monkeypatch.setattr(keys_token, "_ENDING", 0.1)
    wanted = []

    def progress(_done: int, _total: int) -> None:
        if wanted:
            raise Cancelled

    with open_token(token("EC"), TOKEN_PIN, now, progress) as key:
        os.kill(_process().pid, signal.SIGSTOP)
        wanted.append("cancel")
        with pytest.raises(Cancelled):
            sign(prepared, key, "appraiser", now, "en")


@pytest.mark.parametrize("what", ["text", "library"])
def test_a_file_that_is_no_module_is_told(folder, now, what):
    text = folder / "驱动.so"
    text.write_text("no library")
    path = {"text": text, "library": Path(msgspec._core.__file__)}[what]

    with pytest.raises(UserError, match=f"{path.name} is no PKCS#11 module"):
        _open(Token(path, "EC"), now)


def test_a_missing_module_is_told(folder, now):
    with pytest.raises(UserError, match=r"none\.so does not exist"):
        _open(Token(folder / "none.so", "EC"), now)


def test_the_pin_stands_in_no_argument_and_in_no_environment(token, now):
    if not Path("/proc/self/environ").exists():
        pytest.skip("only Linux shows the arguments of a process as files")
    with open_token(token("EC"), TOKEN_PIN, now) as key:
        process = Path(f"/proc/{_process().pid}")
        shown = process.joinpath("cmdline").read_bytes()
        shown += process.joinpath("environ").read_bytes()
        assert TOKEN_PIN.encode() not in shown
        assert TOKEN_PIN not in repr(key)
    assert TOKEN_PIN not in repr(Open("m", "t", TOKEN_PIN))


def _open(token: Token, now: datetime, pin: str = TOKEN_PIN) -> None:
    with open_token(token, pin, now):
        pass


def _process() -> multiprocessing.Process:
    (process,) = multiprocessing.active_children()
    return process


def test_the_command_line_signs_with_a_token(
    token, now, prepared, folder, verified, monkeypatch, capsysbinary
):
    shown = []

    def watched(*words: object, **more: object) -> Signed:
        process = Path(f"/proc/{_process().pid}/environ")
        shown.append(process.read_bytes() if process.exists() else b"")
        return sign_document(*words, **more)

    monkeypatch.setattr(signing, "sign_document", watched)
    monkeypatch.setattr("valuer.cli.signing.now", lambda: now)
    monkeypatch.setenv("UKEY_PIN", TOKEN_PIN)
    plain, out = folder / "报告.pdf", folder / "报告-1.pdf"
    plain.write_bytes(prepared)
    held = token("both")
    words = ["sign", plain, "--pkcs11", held.module, "--token", held.label]
    words += ["--cert-label", "appraiser-2", "--pin-env", "UKEY_PIN", "--out", out]

    assert cli.main([str(word) for word in words], lambda _: 0) == 0

    assert verified(out.read_bytes()).signatures[0].signer == "李敏"
    assert b"UKEY_PIN" not in shown[0]
    assert os.environ["UKEY_PIN"] == TOKEN_PIN


def test_nothing_is_written_when_a_token_refuses(
    token, now, prepared, folder, monkeypatch, capsysbinary
):
    monkeypatch.setenv("UKEY_PIN", SECRET)
    monkeypatch.setenv("VALUER_LANGUAGE", "en")
    plain, out = folder / "报告.pdf", folder / "报告-1.pdf"
    plain.write_bytes(prepared)
    held = token("EC")
    words = ["sign", plain, "--pkcs11", held.module, "--token", held.label]
    words += ["--pin-env", "UKEY_PIN", "--out", out]

    assert cli.main([str(word) for word in words], lambda _: 0) == 2

    said = capsysbinary.readouterr()
    assert "does not open the token “EC”" in said.err.decode()
    assert SECRET.encode() not in said.out + said.err
    assert not out.exists()
