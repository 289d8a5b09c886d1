"""``valuer verify`` as people and programs read it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from valuer import cli

MUSEUM = Path(__file__).parents[1] / "museum" / "0.1.0"
REPORT, ROOT = MUSEUM / "report.pdf", MUSEUM / "root.pem"


@pytest.fixture
def said(capfd, monkeypatch):
    """Runs the command; returns the exit code and what was printed."""

    def said(*words: object, language: str = "en") -> tuple[int, str, str]:
        monkeypatch.setenv("VALUER_LANGUAGE", language)
        code = cli.main(["verify", *map(str, words)], lambda library: 0)
        return code, *capfd.readouterr()

    return said


def test_everything_is_told_in_words(said):
    code, out, err = said(REPORT, "--trust", ROOT)

    assert (code, err) == (0, "")
    for words in (
        "Intact. Every signature is valid",
        "Signature 3: 江苏明衡资产评估有限公司（演示） (Institution)",
        "(signer's computer clock)",
        "Intact; level B-B: signature without a timestamp",
        "Certificates: 顾长宁 ← 演示签发机构 ← 演示根证书",
        "The certificate leads to a root that you trust",
        "Added after it: Page 13: signature (Appraiser2)",
    ):
        assert words in out


def test_everything_is_told_to_programs(said):
    code, out, _ = said(REPORT, "--json")
    plain = json.loads(out)

    assert code == 0
    assert (plain["level"], plain["problems"]) == ("B-B", [])
    assert [one["level"] for one in plain["signatures"]] == ["B-B"] * 3
    assert [one["notes"] for one in plain["signatures"]] == [[]] * 3
    told = [
        (one["after_signature"], one["kind"], one["pages"])
        for one in plain["revisions"]
    ]
    assert told == [(1, "signature", [13]), (2, "signature", [13])]


def test_an_appended_byte_a_flipped_byte_and_no_signature_are_told_apart(
    said, tmp_path
):
    pdf = REPORT.read_bytes()
    changed = bytearray(pdf)
    changed[5000] ^= 1
    told = {}
    for name, data in {
        "appended": pdf + b"x",
        "flipped": bytes(changed),
        "none": b"PK",
        "cut": pdf[: pdf.rfind(b"startxref")],
    }.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(data)
        code, out, _ = said(path, "--json")
        assert code == 1
        plain = json.loads(out)
        told[name] = plain["verdict"], plain["problems"][0]

    assert told["appended"] == (
        "altered",
        "Bytes that no signature covers were added to the file.",
    )
    assert told["flipped"][0] == "altered"
    assert told["none"] == (
        "unreadable",
        "This is no PDF, or too damaged to be read.",
    )
    assert told["cut"][0] == "broken"


def test_a_file_without_a_package_is_not_said_to_differ(said, tmp_path, shared_data):
    path = shared_data / "signatures" / "pades-bes.pdf"
    code, out, _ = said(path, "--recompute")

    assert code == 1
    assert "The figures cannot be recomputed. The file carries no recompute" in out
    assert "differ" not in out
