"""``valuer sign`` and ``valuer timestamp``: what they write, and what they refuse."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from valuer.reports.sample_keys import SampleKeys, make_sample_keys
from valuer.reports.signature_boxes import FieldBox, prepare_fields

SECRET = "geheim-4711"  # noqa: S105 - what must not be shown
NOWHERE = "http://127.0.0.1:9/"
"""No one listens on the discard port of this machine."""


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> SampleKeys:
    folder = tmp_path_factory.mktemp("密钥")
    return make_sample_keys(folder, SECRET, datetime.now(UTC))


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A document of one page with a place for the institution."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(60, 700, "A letter")
    canvas.save()
    path = tmp_path / "函.pdf"
    path.write_bytes(
        prepare_fields(out.getvalue(), [FieldBox("Institution", 1, 60, 90, 240, 250)])
    )
    return path


@pytest.fixture
def seal(tmp_path: Path) -> Path:
    path = tmp_path / "seal.png"
    Image.new("RGBA", (300, 300), (200, 0, 0, 128)).save(path)
    return path


@pytest.fixture
def signed(valuer, keys, tmp_path, monkeypatch):
    """Runs ``valuer sign`` with the institution's key."""
    monkeypatch.setenv("SIGNING_PIN", SECRET)

    def signed(*words: object):
        fixed = ("--p12", keys.institution, "--pin-env", "SIGNING_PIN")
        return valuer("sign", *words, *fixed, "--role", "agency", "--json")

    return signed


def test_the_institution_seals_with_its_own_picture(
    signed, letter, seal, tmp_path, valuer
):
    out = tmp_path / "signed.pdf"

    answer = signed(letter, "--seal", seal, "--out", out)

    assert answer.code == 0
    assert answer.json["level"] == "B-B"
    assert valuer("verify", out, "--json").json["verdict"] == "intact"


def test_without_an_answer_nothing_is_written(signed, letter, tmp_path):
    out = tmp_path / "signed.pdf"

    answer = signed(letter, "--timestamp", NOWHERE, "--out", out)

    assert answer.code == 2
    assert "does not answer" in answer.err
    assert not out.exists()


def test_without_an_answer_one_may_sign_and_is_told(signed, letter, tmp_path):
    out = tmp_path / "signed.pdf"

    answer = signed(letter, "--timestamp", NOWHERE, "--timestamp-later", "--out", out)

    assert (answer.code, answer.json["level"]) == (0, "B-B")
    assert "timestamped later" in answer.json["notes"][0]
    assert out.exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--level", "lt"), "wants a timestamp"),
        (("--timestamp", "file:///etc/passwd"), "no address of a timestamp server"),
        (("--crl", "none.crl"), "none.crl does not exist"),
        (("--seal", "none.png"), "none.png does not exist"),
    ],
)
def test_what_cannot_be_had_is_refused(signed, letter, tmp_path, words, told):
    out = tmp_path / "signed.pdf"

    answer = signed(letter, *words, "--out", out)

    assert answer.code == 2
    assert told in answer.err
    assert not out.exists()


def test_letters_may_be_signed_together(signed, letter, tmp_path):
    other = tmp_path / "other.pdf"
    other.write_bytes(letter.read_bytes())
    folder = tmp_path / "signed"
    folder.mkdir()

    answer = signed(letter, other, "--out", folder)

    assert answer.code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["other.pdf", "函.pdf"]
    again = signed(letter, other, "--out", folder)
    assert again.code == 2
    assert "--force" in again.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--pkcs11", "none.so", "--token", "UKey"), "none.so does not exist"),
        (("--pkcs11", "none.so"), "give --token LABEL"),
    ],
)
def test_a_token_is_asked_for(valuer, letter, tmp_path, monkeypatch, words, told):
    monkeypatch.setenv("SIGNING_PIN", SECRET)
    out = tmp_path / "signed.pdf"

    answer = valuer("sign", letter, *words, "--pin-env", "SIGNING_PIN", "--out", out)

    assert answer.code == 2
    assert told in answer.err
    assert not out.exists()


def test_a_letter_without_a_signature_takes_no_timestamp(valuer, letter, tmp_path):
    answer = valuer(
        "timestamp", letter, "--timestamp", NOWHERE, "--out", tmp_path / "t.pdf"
    )

    assert answer.code == 2
    assert "no signature to be timestamped" in answer.err


def test_the_pin_is_shown_nowhere_and_kept_nowhere(
    signed, letter, tmp_path, caplog, keys
):
    caplog.set_level("DEBUG")

    good = signed(letter, "--out", tmp_path / "signed.pdf")
    (tmp_path / "damaged.p12").write_bytes(keys.root.read_bytes())
    bad = signed(tmp_path / "damaged.p12", "--out", tmp_path / "none.pdf")

    shown = good.out + bad.out + (good.err + bad.err + caplog.text).encode()
    assert SECRET.encode() not in shown
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert all(SECRET.encode() not in path.read_bytes() for path in files)
