"""Attacks on a report with three signatures, and what may be added to it."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import timedelta

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import DocumentSecurityStore

from valuer.core.problems import UserError
from valuer.reports.certificates import encoded
from valuer.reports.signature_boxes import FieldBox, prepare_fields
from valuer.reports.signature_writing import KeySigner
from valuer.reports.signing import sign
from valuer.reports.verdicts import Verdict


@pytest.fixture(scope="module")
def numbers(signed: bytes) -> dict[str, int]:
    """Object numbers of the parts that an attacker would change."""
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        page = pdf.pages[0]
        fields_ = list(pdf.Root.AcroForm.Fields)
        return {
            "catalogue": pdf.Root.objgen[0],
            "pages": pdf.Root.Pages.objgen[0],
            "page": page.obj.objgen[0],
            "content": page.Contents.objgen[0],
            "font": page.Resources.Font["/F1"].objgen[0],
            "info": pdf.trailer.Info.objgen[0],
            "form": pdf.Root.AcroForm.objgen[0],
            "field": fields_[0].objgen[0],
            "picture": fields_[0].AP.N.objgen[0],
            "signature": fields_[0].V.objgen[0],
        }


def body(pdf: bytes, number: int) -> bytes:
    """The newest text of an object, as the file has it."""
    found = list(re.finditer(rb"(?<!\d)%d 0 obj\s(.*?)\sendobj" % number, pdf, re.S))
    return found[-1][1]


@pytest.fixture(params=["alone", "with validation data", "with a spare object"])
def attack(request, signed, append, numbers):
    """Appends a revision, alone or beside something that may well be added."""
    root = body(signed, numbers["catalogue"]).rstrip()[:-2]
    disguise = {
        "alone": {},
        "with validation data": {
            numbers["catalogue"]: root + b"/DSS << /Certs [] >> >>"
        },
        "with a spare object": {89: b"<< /Type /Sig >>"},
    }[request.param]

    def attack(objects: dict[int, bytes], **more: object) -> bytes:
        return append(signed, disguise | objects, **more)

    return attack


STREAM = b"<< /Length 9 >>\nstream\nBT ET q Q\nendstream"


@pytest.mark.parametrize(
    ("part", "new", "told"),
    [
        ("content", STREAM, "page:1"),
        ("font", b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>", "page:1"),
        ("info", b"<< /Title (Another) >>", "properties"),
        ("picture", STREAM, "page:2"),
        ("signature", b"<< /Type /Sig >>", None),
        ("field", b"null", None),
        ("form", b"<< /Fields [] >>", None),
        ("form", None, "form"),
        ("pages", None, "pages"),
    ],
)
def test_a_redefined_object_is_told(signed, attack, numbers, verified, part, new, told):
    # Without a new text, a key is added to the old one.
    old = body(signed, numbers[part]).rstrip()
    new = new or old[:-2] + b"/NeedAppearances true >>"
    found = verified(attack({numbers[part]: new}))

    assert found.verdict in (Verdict.ALTERED, Verdict.BROKEN)
    for signature in found.signatures:
        assert told is None or told in signature.changes_after


def test_only_changed_dates_are_told_too(signed, append, numbers, verified):
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        entries = {str(k): str(v) for k, v in pdf.docinfo.items()}
    entries["/ModDate"] = "D:20300101000000Z"
    text = " ".join(f"{key} ({value})" for key, value in entries.items())
    info = numbers["info"]
    changed = append(
        signed, {info: f"<< {text} >>".encode()}, trailer=b"/Info %d 0 R" % info
    )

    assert verified(changed).verdict == Verdict.ALTERED


def test_an_added_page_is_told(attack, numbers, verified):
    kids = b"/Kids [ %d 0 R 80 0 R ] /Count 3 /Type /Pages" % numbers["page"]
    pages = b"<< %s >>" % kids
    page = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 9 9] >>" % numbers["pages"]
    found = verified(attack({numbers["pages"]: pages, 80: page}))

    assert found.verdict == Verdict.ALTERED
    assert "pages" in found.signatures[2].changes_after


def test_a_new_catalogue_is_told(signed, append, numbers, verified):
    root = body(signed, numbers["catalogue"]).rstrip()
    for more in (
        b"/OpenAction << /S /Launch >>",
        b"/Names << >>",
        b"/OCProperties <<>>",
    ):
        changed = append(signed, {numbers["catalogue"]: root[:-2] + more + b">>"})
        found = verified(changed)
        assert found.verdict == Verdict.ALTERED
        assert "catalogue" in found.signatures[0].changes_after


def test_a_removed_form_is_told(signed, append, numbers, verified):
    root = b"<< /Type /Catalog /Pages %d 0 R >>" % numbers["pages"]
    found = verified(append(signed, {numbers["catalogue"]: root}))

    assert found.verdict == Verdict.ALTERED
    assert "removed" in str(found.problems[0])


def test_another_document_behind_the_signed_one_is_told(signed, verified):
    """The last table does not lead to what was signed: viewers show the new pages."""
    start = len(signed)
    root = b"80 0 obj\n<< /Type /Catalog /Pages 81 0 R >>\nendobj\n"
    pages = b"81 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    table = b"xref\n80 2\n%010d 00000 n \n%010d 00000 n \n" % (start, start + len(root))
    end = b"trailer\n<< /Size 82 /Root 80 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    changed = signed + root + pages + table + end % (start + len(root + pages))

    found = verified(changed)
    assert found.verdict == Verdict.BROKEN
    assert "does not show" in str(found.problems[0])


def test_another_root_is_told(signed, append, numbers, verified):
    root = body(signed, numbers["catalogue"])
    changed = append(signed, {80: root})
    changed = re.sub(
        rb"/Root \d+ 0 R(?= /Prev %d)" % _previous(signed), b"/Root 80 0 R", changed
    )

    assert verified(changed).verdict != Verdict.INTACT


def _previous(pdf: bytes) -> int:
    return int(pdf[pdf.rfind(b"startxref") :].split()[1])


def test_an_entry_that_points_back_is_told(signed, attack, numbers, verified):
    """The shadow attack: bytes that were hidden before signing come to light."""
    place = signed.find(b"\n%d 0 obj" % numbers["font"]) + 1
    changed = attack({}, entries={numbers["content"]: place})

    assert verified(changed).verdict == Verdict.ALTERED


def test_an_object_without_entry_is_told(attack, verified):
    hidden = b"81 0 obj\n(hidden)\nendobj\n"

    found = verified(attack({}, before_table=hidden))
    assert found.verdict == Verdict.ALTERED
    found = verified(attack({}, before_table=b"hidden bytes\n"))
    assert found.verdict == Verdict.ALTERED
    assert found.signatures[0].changes_after[-1] == "bytes"


def test_a_hidden_object_does_not_hide_behind_a_signature(
    prepared, holders, now, append, verified
):
    """Bytes beside a planned signature are told though that signature covers them."""
    pdf = sign(prepared, holders.first, "appraiser", now, "en")
    hidden = b"81 0 obj\n(hidden)\nendobj\n"
    changed = append(pdf, {82: b"(seen)"}, before_table=hidden)
    changed = sign_with_pyhanko(writer_of(changed), "Appraiser2", holders.second)

    found = verified(changed)
    assert found.verdict == Verdict.ALTERED
    assert [s.intact for s in found.signatures] == [True, True]


def test_an_empty_revision_is_told(signed, append, verified):
    assert verified(append(signed, {})).verdict == Verdict.ALTERED


@pytest.mark.parametrize("key", [b"/Private 80 0 R", b"/XRefStm 100"])
def test_a_new_key_of_the_trailer_is_told(attack, verified, key):
    changed = attack({80: b"(x)"}, trailer=key)

    assert verified(changed).verdict in (Verdict.ALTERED, Verdict.BROKEN)


def test_an_encrypted_revision_is_unreadable(signed, append, verified):
    changed = append(signed, {80: b"<<>>"}, trailer=b"/Encrypt 80 0 R")

    assert verified(changed).verdict == Verdict.UNREADABLE


def writer_of(pdf: bytes) -> IncrementalPdfFileWriter:
    return IncrementalPdfFileWriter(io.BytesIO(pdf))


def sign_with_pyhanko(writer: IncrementalPdfFileWriter, field: str, key) -> bytes:
    meta = signers.PdfSignatureMetadata(
        field_name=field, subfilter=fields.SigSeedSubFilter.PADES
    )
    return signers.sign_pdf(writer, meta, signer=KeySigner(key)).getvalue()


def test_a_signature_that_was_not_planned_is_told(signed, holders, verified):
    changed = sign_with_pyhanko(writer_of(signed), "Extra", holders.second)

    found = verified(changed)
    assert found.verdict == Verdict.ALTERED
    assert "field:Extra" in found.signatures[0].changes_after
    assert found.signatures[-1].intact


@pytest.mark.parametrize(
    "change",
    [
        lambda field: field.__setitem__(
            "/Rect", generic.ArrayObject(map(generic.NumberObject, (0, 0, 600, 800)))
        ),
        lambda field: field.__setitem__("/T", generic.TextStringObject("Approved")),
        lambda field: field.__setitem__("/F", generic.NumberObject(2)),
        lambda field: field.__setitem__("/AA", generic.DictionaryObject()),
    ],
)
def test_a_planned_field_may_not_change_when_it_is_signed(
    prepared, holders, now, verified, change
):
    pdf = sign(prepared, holders.first, "appraiser", now, "en")
    writer = writer_of(pdf)
    field = writer.root["/AcroForm"]["/Fields"][1]
    change(field)
    writer.update_container(field)
    changed = sign_with_pyhanko(writer, str(field["/T"]), holders.second)

    assert verified(changed).verdict == Verdict.ALTERED


def test_a_planned_signature_may_not_bring_other_changes(
    prepared, holders, now, verified
):
    pdf = sign(prepared, holders.first, "appraiser", now, "en")
    writer = writer_of(pdf)
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = generic.NumberObject(180)
    writer.update_container(page)
    changed = sign_with_pyhanko(writer, "Appraiser2", holders.second)

    found = verified(changed)
    assert found.verdict == Verdict.ALTERED
    assert "page:1" in found.signatures[0].changes_after


def test_the_signature_of_another_program_in_a_planned_field_is_fine(
    prepared, holders, now, verified
):
    pdf = sign(prepared, holders.first, "appraiser", now, "en")
    found = verified(sign_with_pyhanko(writer_of(pdf), "Appraiser2", holders.second))

    assert found.verdict == Verdict.INTACT
    assert found.signatures[0].changes_after[0] == "signature:Appraiser2"


def test_an_object_that_was_only_referred_to_may_not_appear_later(
    plain, boxes, holders, now, append, verified
):
    """A page that refers to nothing yet is waiting for an attacker."""
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        number = pdf.pages[0].obj.objgen[0]
    text = body(plain, number).rstrip()
    waiting = append(plain, {number: text[:-2] + b"/Annots [ 89 0 R ] >>"})
    signed = sign(waiting, holders.first, "appraiser", now, "en")
    assert verified(signed).verdict == Verdict.INTACT
    note = b"<< /Type /Annot /Subtype /FreeText /Rect [0 0 90 90] /Contents (void) >>"

    found = verified(append(signed, {89: note}))
    assert found.verdict == Verdict.ALTERED
    assert "page:1" in found.signatures[0].changes_after


def test_validation_data_may_be_added(signed, holders, verified):
    writer = writer_of(signed)
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        PdfFileReader(io.BytesIO(signed)).embedded_signatures[0].pkcs7_content,
        certs=[KeySigner(holders.first).signing_cert],
    )
    out = io.BytesIO()
    writer.write(out)

    found = verified(out.getvalue())
    assert found.verdict == Verdict.INTACT
    assert "validation_data" in found.signatures[2].changes_after
    assert not found.signatures[2].covers_whole_file


def test_validation_data_may_not_hide_a_change(signed, append, numbers, verified):
    root = body(signed, numbers["catalogue"]).rstrip()[:-2]
    content = numbers["content"]
    objects = {
        numbers["catalogue"]: root + b"/DSS << /Certs [ %d 0 R ] >> >>" % content,
        content: STREAM,
    }

    assert verified(append(signed, objects)).verdict == Verdict.ALTERED


def test_a_certificate_that_closes_the_document_lets_nobody_sign(
    plain, holders, now, verified
):
    pdf = prepare_fields(plain, [FieldBox(n, 1, 9, 9, 90, 60) for n in ("A", "B")])
    meta = signers.PdfSignatureMetadata(
        field_name="A",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    closed = signers.sign_pdf(
        writer_of(pdf), meta, signer=KeySigner(holders.first)
    ).getvalue()
    assert verified(closed).verdict == Verdict.INTACT

    with pytest.raises(UserError, match="takes no further one"):
        sign(closed, holders.second, "appraiser", now + timedelta(days=1), "en")


def test_embedded_certificates_are_all_named_among_the_signed_attributes(
    signed, holders
):
    embedded = PdfFileReader(io.BytesIO(signed)).embedded_signatures[0]
    named = embedded.signer_info["signed_attrs"]
    listed = next(a for a in named if a["type"].native == "signing_certificate_v2")

    digests = [each["cert_hash"].native for each in listed["values"][0]["certs"]]
    chain = (holders.first.certificate, *holders.first.chain)
    assert digests == [hashlib.sha256(encoded(each)).digest() for each in chain]
