from __future__ import annotations

import io
from datetime import datetime, timedelta

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from valuer.core.problems import UserError
from valuer.reports.certificates import SAMPLE_MARK, encoded
from valuer.reports.signature_boxes import FieldBox, prepare_fields
from valuer.reports.signature_pictures import Signer, picture_lines
from valuer.reports.signature_roles import Role
from valuer.reports.signing import sign
from valuer.reports.verdicts import Verdict


def test_two_appraisers_and_the_institution_sign_in_turn(signed, verified, now):
    found = verified(signed)

    assert found.verdict == Verdict.INTACT
    assert [(s.signer, s.role, s.field) for s in found.signatures] == [
        ("王建国", Role.APPRAISER, "Appraiser1"),
        ("李敏", Role.APPRAISER, "Appraiser2"),
        ("演示评估机构", Role.AGENCY, "Institution"),
    ]
    assert found.signatures[0].signed_at == now
    assert [s.covers_whole_file for s in found.signatures] == [False, False, True]


def test_each_signature_is_appended_to_what_was_there(prepared, signed, holders, now):
    first = sign(prepared, holders.first, "appraiser", now, "en")

    assert first.startswith(prepared)
    assert signed.startswith(prepared)


def test_another_validator_agrees(signed, roots):
    from asn1crypto import x509

    root = x509.Certificate.load(encoded(roots[0]))
    reader = PdfFileReader(io.BytesIO(signed))

    statuses = [
        validate_pdf_signature(embedded, ValidationContext(trust_roots=[root]))
        for embedded in reader.embedded_signatures
    ]

    assert len(statuses) == 3
    for status in statuses:
        assert status.bottom_line
        assert status.docmdp_ok


def test_the_first_signer_certifies_the_document(signed):
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        certified = pdf.Root.Perms.DocMDP
        assert certified.Name == "王建国"
        assert certified.Reference[0].TransformParams.P == 2
        assert str(certified.SubFilter) == "/ETSI.CAdES.detached"


def test_signing_leaves_title_and_dates_as_they_were(prepared, signed):
    with (
        pikepdf.open(io.BytesIO(prepared)) as before,
        pikepdf.open(io.BytesIO(signed)) as after,
    ):
        assert {k: str(v) for k, v in before.docinfo.items()} == {
            k: str(v) for k, v in after.docinfo.items()
        }


def test_an_appraiser_takes_the_next_free_field(prepared, holders, now, verified):
    pdf = sign(prepared, holders.second, "appraiser", now, "en")
    pdf = sign(pdf, holders.first, "appraiser", now, "en")

    fields = [(s.signer, s.field) for s in verified(pdf).signatures]
    assert fields == [("李敏", "Appraiser1"), ("王建国", "Appraiser2")]


@pytest.mark.parametrize("appraisers", [0, 1])
def test_the_institution_seals_last(prepared, holders, now, appraisers):
    pdf = prepared
    for key in (holders.first, holders.second)[:appraisers]:
        pdf = sign(pdf, key, "appraiser", now, "en")

    with pytest.raises(UserError, match=f"seals last: {2 - appraisers} appraisers"):
        sign(pdf, holders.institution, "agency", now, "en")


def test_one_certificate_does_not_sign_for_two_appraisers(prepared, holders, now):
    pdf = sign(prepared, holders.first, "appraiser", now, "en")

    with pytest.raises(UserError, match="王建国 has signed already"):
        sign(pdf, holders.first, "appraiser", now, "en")


@pytest.mark.parametrize("role", ["appraiser", "agency"])
def test_a_full_report_takes_no_further_signature(signed, holders, now, role):
    with pytest.raises(UserError, match="signed already"):
        sign(signed, holders.first, role, now, "en")


def test_a_part_without_a_field_is_refused(plain, holders, now):
    pdf = prepare_fields(plain, [FieldBox("Appraiser1", 1, 10, 10, 90, 60)])

    with pytest.raises(UserError, match="no signature field for this part"):
        sign(pdf, holders.institution, "agency", now, "en")


def test_an_unknown_part_is_an_error_of_the_caller(prepared, holders, now):
    with pytest.raises(ValueError, match="notary"):
        sign(prepared, holders.first, "notary", now, "en")


def test_a_document_changed_after_signing_is_not_signed_again(
    signed, append, holders, now
):
    changed = append(signed, {80: b"(hidden)"})

    with pytest.raises(UserError, match="changed after it was signed"):
        sign(changed, holders.institution, "agency", now, "en")


def test_an_expired_certificate_is_refused_when_signing_too(prepared, holders, now):
    with pytest.raises(UserError, match="expired"):
        sign(prepared, holders.first, "appraiser", now + timedelta(days=2000), "en")


def test_what_is_no_document_is_refused(prepared, holders, now, folder):
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(prepared)) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))

    with pytest.raises(UserError, match="without a password"):
        sign(locked.getvalue(), holders.first, "appraiser", now, "en")
    for junk in (b"", b"%PDF-1.7\n", b"GIF89a", prepared[:900]):
        with pytest.raises(UserError, match="damaged, or no PDF"):
            sign(junk, holders.first, "appraiser", now, "en")


def test_any_other_document_gets_invisible_fields(plain, holders, now, verified):
    pdf = sign(plain, holders.first, "appraiser", now, "en")
    pdf = sign(pdf, holders.second, "appraiser", now, "en")
    pdf = sign(pdf, holders.institution, "agency", now, "en")

    found = verified(pdf)
    assert found.verdict == Verdict.INTACT
    assert [s.role for s in found.signatures] == ["appraiser", "appraiser", "agency"]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        boxes = [
            [float(side) for side in f.Rect] for f in document.Root.AcroForm.Fields
        ]
    assert boxes == [[0, 0, 0, 0]] * 3


def test_the_institution_alone_may_sign_a_letter(plain, holders, now, verified):
    pdf = sign(plain, holders.institution, "agency", now, "en")

    assert [s.role for s in verified(pdf).signatures] == ["agency"]
    with pytest.raises(UserError, match="no signature field for this part"):
        sign(pdf, holders.first, "appraiser", now, "en")


def test_a_field_of_another_program_is_used(plain, holders, now, verified):
    box = FieldBox("Signature_7", 1, 60, 300, 240, 370)
    pdf = sign(prepare_fields(plain, [box]), holders.first, "appraiser", now, "en")

    (found,) = verified(pdf).signatures
    assert (found.field, found.role) == ("Signature_7", Role.APPRAISER)


def test_a_second_signature_joins_one_that_does_not_certify(
    plain, holders, now, verified
):
    box = FieldBox("Signature_7", 1, 60, 300, 240, 370)
    pdf = sign(prepare_fields(plain, [box]), holders.first, "appraiser", now, "en")
    pdf = sign(pdf, holders.second, "appraiser", now, "en")

    found = verified(pdf)
    assert found.verdict == Verdict.INTACT
    assert [s.field for s in found.signatures] == ["Signature_7", "Appraiser1"]


def test_a_picture_shows_name_number_part_date_and_the_sample_mark():
    signer = Signer(Role.APPRAISER, "王建国", "32010015", sample=True)
    lines = picture_lines(signer, "2026-09-30", "en")

    assert [line.text for line in lines] == [
        "王建国",
        "Qualification No.: 32010015",
        "Appraiser, electronic signature",
        "2026-09-30",
        "SAMPLE · NOT VALID",
    ]


def test_the_institutions_picture_is_an_empty_box(signed):
    signer = Signer(Role.AGENCY, "某评估公司")
    lines = picture_lines(signer, "2026-09-30", "en")
    assert [line.text for line in lines] == ["Institution seal here"]

    with pikepdf.open(io.BytesIO(signed)) as pdf:
        form = pdf.Root.AcroForm.Fields[2].AP.N
        assert "/XObject" not in form.Resources
        assert form.BBox == [0, 0, 180, 160]


def test_a_picture_embeds_the_characters_it_shows(signed):
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        form = pdf.Root.AcroForm.Fields[0].AP.N
        font = form.Resources.Font["/F1"]
        drawn = form.read_bytes()
        shown = font.ToUnicode.read_bytes()
        program = font.DescendantFonts[0].FontDescriptor.FontFile3.read_bytes()

    assert b"<738B5EFA56FD> Tj" in drawn  # 王建国 in UTF-16
    assert b"<738B> <738B>" in shown
    assert len(program) < 20_000


def test_the_mark_of_a_sample_is_in_each_certificate(signed, verified, holders):
    assert all(s.sample for s in verified(signed).signatures)
    assert SAMPLE_MARK in holders.first.certificate.subject.rfc4514_string()


def test_the_time_is_the_signers_and_keeps_its_zone(prepared, holders, verified):
    at = datetime.fromisoformat("2026-12-31T23:30:00+08:00")
    pdf = sign(prepared, holders.first, "appraiser", at, "en")

    (found,) = verified(pdf).to_plain()["signatures"]
    assert found["signed_at"] == "2026-12-31T23:30:00+08:00"
    assert found["time_source"] == "claimed"
