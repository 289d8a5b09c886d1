"""Signed files of other programs, and files made to deceive, get an honest verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from valuer.reports.verdicts import Verdict

INTACT, ALTERED, BROKEN = {Verdict.INTACT}, {Verdict.ALTERED}, {Verdict.BROKEN}

VERDICTS = {
    "pades-bes": INTACT,
    "minimal-two-fields-signed-twice": INTACT,
    "certified-with-indirect-refs-in-dir": INTACT,
    "sig-with-ski-sid": INTACT,
    "pades-lta-dss-indirect-arrs-test": INTACT,
    "modified_after_signature": ALTERED,
    "pdf-signed-added-page": ALTERED,
    "hide-and-replace-shadow-file-signed-1": ALTERED,
    "form-update-ap-indirect-sneaky-trailer": ALTERED,
    "form-update-override-appearance-stream-sneaky": ALTERED,
    "signature-gap-too-big": ALTERED | BROKEN,
    "tail-uncovered": ALTERED | BROKEN,
    "one-byterange": BROKEN,
    "weird-byterange": BROKEN,
    "base": BROKEN,
    "pdf-sig-with-econtent": BROKEN,
    "sampleSigClean": BROKEN | {Verdict.UNSIGNED},
    "minimal": {Verdict.UNSIGNED},
    "minimal-startxref-hopeless": {Verdict.UNREADABLE},
    "minimal-aes256": {Verdict.UNREADABLE},
}


@pytest.fixture
def signatures(shared_data: Path) -> Path:
    folder = shared_data / "signatures"
    if not folder.is_dir():
        pytest.skip("the signed files in ../shared/data are not on this machine")
    return folder


@pytest.mark.parametrize("name", VERDICTS)
def test_a_foreign_file_gets_its_verdict(signatures, verified, name):
    found = verified((signatures / f"{name}.pdf").read_bytes())

    assert found.verdict in VERDICTS[name]
    assert bool(found.problems) == (
        found.verdict not in (Verdict.INTACT, Verdict.UNSIGNED)
    )


def test_no_file_crashes_the_verifier(signatures, verified):
    for path in signatures.glob("*.pdf"):
        data = path.read_bytes()
        for size in (len(data), len(data) // 2, len(data) - 9, 100):
            assert verified(data[:size]).to_plain()["verdict"] in list(Verdict)


def test_times_and_names_of_foreign_signatures(signatures, verified):
    (signature,) = verified(
        (signatures / "pades-lta-dss-indirect-arrs-test.pdf").read_bytes()
    ).signatures
    assert (signature.signer, signature.time_source) == ("Alice", "tsa")
    assert signature.changes_after == ("validation_data", "timestamp")

    (signature,) = verified((signatures / "pades-bes.pdf").read_bytes()).signatures
    assert signature.signed_at.isoformat() == "2024-07-31T11:25:48+02:00"
    assert (signature.time_source, signature.role) == ("claimed", None)


def test_a_change_of_the_signed_bytes_is_told(signatures, verified):
    data = bytearray((signatures / "pades-bes.pdf").read_bytes())
    data[5000] ^= 1

    found = verified(bytes(data))
    assert found.verdict in ALTERED | BROKEN
