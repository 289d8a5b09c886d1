from __future__ import annotations

import io
import json
import re
from datetime import timedelta

import pikepdf
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from valuer.core.problems import UserError
from valuer.core.texts import say
from valuer.reports.certificates import load_certificates
from valuer.reports.changes import CHANGE_TEXTS, change_text
from valuer.reports.keys import load_key
from valuer.reports.sample_keys import make_sample_keys
from valuer.reports.signing import sign
from valuer.reports.verdicts import VERDICT_NAMES, Verdict, worst
from valuer.reports.verifying import signed_revision, verify, verify_file


def test_the_answer_is_as_the_command_line_promises(signed, roots, now):
    plain = verify(signed, roots, now=now).to_plain()

    assert json.loads(json.dumps(plain)) == plain
    assert (plain["verdict"], plain["recomputed"]) == ("intact", None)
    first = plain["signatures"][0]
    assert first | {"time_trusted": False, "field": "Appraiser1"} == first
    assert {key: first[key] for key in list(first)[:4]} == {
        "signer": "王建国",
        "role": "appraiser",
        "signed_at": "2026-09-30T10:15:00+08:00",
        "time_source": "claimed",
    }
    assert first["intact"] is first["trusted"] is True
    assert first["covers_whole_file"] is False
    assert first["changes_after"] == ["signature:Appraiser2", "signature:Institution"]


def test_nothing_is_trusted_unless_the_user_trusts_its_root(signed, verified, roots):
    without, trusting = verified(signed), verified(signed, *roots)

    assert not any(s.trusted for s in without.signatures)
    assert all(s.trusted for s in trusting.signatures)
    assert (without.all_trusted, trusting.all_trusted) == (False, True)
    assert without.verdict == trusting.verdict == Verdict.INTACT


def test_a_namesake_from_another_root_is_not_trusted(
    prepared, roots, pin, now, folder, verified
):
    foreign = make_sample_keys(folder, pin, now, appraisers=("王建国", "李敏"))
    key = load_key(foreign.appraisers[0], pin, now)
    pdf = sign(prepared, key, "appraiser", now, "en")

    (found,) = verified(pdf, *roots).signatures
    assert (found.signer, found.intact, found.trusted) == ("王建国", True, False)
    (found,) = verified(pdf, *load_certificates(foreign.root)).signatures
    assert found.trusted


def test_an_expired_certificate_is_no_longer_trusted(signed, roots, now):
    later = verify(signed, roots, now=now + timedelta(days=2000))

    assert later.verdict == Verdict.INTACT
    assert not any(s.trusted for s in later.signatures)


def test_the_version_of_each_signature_can_be_saved(signed, verified):
    found = verified(signed).signatures

    first = signed_revision(signed, found[0])
    assert signed.startswith(first)
    again = verified(first)
    assert (again.verdict, len(again.signatures)) == (Verdict.INTACT, 1)
    assert again.signatures[0].covers_whole_file
    assert signed_revision(signed, found[2]) == signed


def test_a_signature_cut_off_the_end_leaves_its_field_empty(signed, verified):
    found = verified(signed)
    cut = verified(signed_revision(signed, found.signatures[1]))

    assert (found.empty, cut.empty) == ((), ("Institution",))
    assert cut.to_plain()["empty_fields"] == ["Institution"]


def test_a_document_without_signatures_is_unsigned(plain, prepared, verified):
    for pdf in (plain, prepared):
        assert verified(pdf).verdict == Verdict.UNSIGNED
        assert verified(pdf).signatures == ()


def test_what_is_no_pdf_or_encrypted_is_unreadable(signed, verified):
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user=""))

    for data in (b"", b"PK\x03\x04", b"%PDF-1.7 and no more", locked.getvalue()):
        assert verified(data).verdict == Verdict.UNREADABLE
        assert verified(data).problems


def test_a_rewritten_file_is_not_intact(signed, verified):
    rewritten = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        pdf.save(rewritten)

    found = verified(rewritten.getvalue())
    assert found.verdict in (Verdict.ALTERED, Verdict.BROKEN)
    assert not any(s.intact for s in found.signatures)


def test_a_truncated_file_is_not_intact(signed, verified):
    for size in (len(signed) - 1, len(signed) - 7, len(signed) - 600, len(signed) // 2):
        assert verified(signed[:size]).verdict == Verdict.BROKEN


@pytest.mark.parametrize("tail", [b"\n", b" ", b"\0", b"x", b"%%EOF\n", b"% note\n"])
def test_a_byte_behind_the_last_signature_is_told(signed, verified, tail):
    found = verified(signed + tail)

    assert found.verdict == Verdict.ALTERED
    assert not found.signatures[-1].covers_whole_file


def test_a_gap_that_is_not_exactly_the_container_is_told(signed, verified):
    pattern = rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]"
    last = list(re.finditer(pattern, signed))[-1]
    begin, resume, size = (int(number) for number in last.groups())
    for change in (
        (begin - 1, resume, size),
        (begin + 1, resume, size),
        (begin, resume + 1, size - 1),
        (begin, resume - 1, size + 1),
        (begin, resume, size - 1),
        (begin, resume, size + 1),
        (0, 0, 0),
    ):
        text = b"/ByteRange [0 %d %d %d]" % change
        changed = bytearray(signed)
        changed[last.start() : last.end()] = text.ljust(len(last[0]))[: len(last[0])]
        assert verified(bytes(changed)).verdict in (Verdict.BROKEN, Verdict.ALTERED)


def test_a_byte_range_of_another_shape_is_told(signed, verified):
    last = list(re.finditer(rb"/ByteRange \[[^\]]*\]", signed))[-1]
    for text in (b"/ByteRange [0 10]", b"/ByteRange [0 1 2 3 4 5]", b"/ByteRange []"):
        changed = bytearray(signed)
        changed[last.start() : last.end()] = text.ljust(len(last[0]))
        assert verified(bytes(changed)).verdict == Verdict.BROKEN


@settings(max_examples=250)
@given(place=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255))
@example(place=0.0, change=1)
def test_a_change_of_any_one_byte_is_told(signed, verified, place, change):
    changed = bytearray(signed)
    changed[int(place * len(signed))] ^= change

    assert verified(bytes(changed)).verdict != Verdict.INTACT


@settings(max_examples=150)
@given(data=st.binary(max_size=400))
def test_no_bytes_crash_the_verifier(signed, verified, data):
    # A file that speaks of a signature's range and cannot be followed is broken.
    assume(b"/ByteRange" not in data)
    assert verified(data).verdict == Verdict.UNREADABLE
    assert verified(b"%PDF-1.7\n" + data).verdict == Verdict.UNREADABLE
    assert verified(signed + data).verdict != Verdict.UNSIGNED


def test_a_file_is_read_from_its_path(signed, folder, roots, now):
    path = folder / "评估报告.pdf"
    path.write_bytes(signed)

    assert verify_file(path, roots, now=now).all_trusted
    with pytest.raises(UserError, match="missing"):
        verify_file(folder / "missing.pdf", now=now)


def test_a_huge_file_is_refused_before_it_is_read(folder, now):
    path = folder / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)  # sparse: takes no room

    with pytest.raises(UserError, match="larger than 256 MB"):
        verify_file(path, now=now)


def test_roots_are_read_from_pem_and_der(keys, roots, folder):
    from cryptography.hazmat.primitives.serialization import Encoding

    single = folder / "root.cer"
    single.write_bytes(roots[0].public_bytes(Encoding.DER))
    assert load_certificates(single) == load_certificates(keys.root) == roots

    single.write_bytes(b"no certificate")
    with pytest.raises(UserError, match="holds no certificate"):
        load_certificates(single)
    with pytest.raises(UserError, match="does not exist"):
        load_certificates(folder / "none.pem")


def test_the_worst_verdict_wins():
    assert worst() == Verdict.INTACT
    assert worst(Verdict.INTACT, Verdict.ALTERED) == Verdict.ALTERED
    assert worst(Verdict.BROKEN, Verdict.ALTERED, Verdict.INTACT) == Verdict.BROKEN
    assert set(VERDICT_NAMES) == set(Verdict)


@pytest.mark.parametrize("key", [*CHANGE_TEXTS, "page:12", "signature:Appraiser2"])
def test_every_change_has_a_name(key):
    told = say(change_text(key), "en")

    assert told
    assert key.partition(":")[2] in told
