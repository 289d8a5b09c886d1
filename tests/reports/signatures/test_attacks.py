"""Attacks on signed PDFs as published, made here at run time: none reads intact.

Incremental saving, signature wrapping and universal forgery (Mladenov and others,
2019); shadow attacks (Mainka and others, 2021); attacks on certification (Rohlmann and
others, 2021); and what a careful forger would try beside them.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from valuer.reports.signature_boxes import FieldBox, prepare_fields
from valuer.reports.signature_writing import KeySigner
from valuer.reports.verdicts import Verdict

NOT_INTACT = (Verdict.ALTERED, Verdict.BROKEN)


def last_contents(pdf: bytes) -> re.Match[bytes]:
    return list(re.finditer(rb"/Contents <[0-9A-Fa-f]+>", pdf))[-1]


def last_range(pdf: bytes) -> re.Match[bytes]:
    return list(re.finditer(rb"/ByteRange \[[^\]]*\]", pdf))[-1]


def put(pdf: bytes, match: re.Match[bytes], text: bytes) -> bytes:
    """Write another text over one, as long as that."""
    size = match.end() - match.start()
    return pdf[: match.start()] + text.ljust(size)[:size] + pdf[match.end() :]


FORGERIES: dict[str, Callable[[bytes], bytes]] = {
    "contents null": lambda pdf: put(pdf, last_contents(pdf), b"/Contents null"),
    "contents empty": lambda pdf: put(pdf, last_contents(pdf), b"/Contents <>"),
    "contents zero": lambda pdf: put(pdf, last_contents(pdf), b"/Contents <00>"),
    "contents away": lambda pdf: put(pdf, last_contents(pdf), b""),
    "contents by another name": lambda pdf: pdf.replace(b"/Contents <", b"/contents <"),
    "range null": lambda pdf: put(pdf, last_range(pdf), b"/ByteRange null"),
    "range empty": lambda pdf: put(pdf, last_range(pdf), b"/ByteRange []"),
    "range away": lambda pdf: put(pdf, last_range(pdf), b""),
    "range negative": lambda pdf: put(pdf, last_range(pdf), b"/ByteRange [0 -1 -1 0]"),
    "range of nothing": lambda pdf: put(pdf, last_range(pdf), b"/ByteRange [0 0 0 0]"),
    "range beyond": lambda pdf: put(
        pdf, last_range(pdf), b"/ByteRange [0 99999999999 1 1]"
    ),
    "type away": lambda pdf: pdf.replace(
        b"/ETSI.CAdES.detached", b"/adbe.x509.rsa_sha1"
    ),
    "junk before the header": lambda pdf: b"% junk\n" + pdf,
    "another header before": lambda pdf: b"%PDF-1.4\n" + pdf,
    "white space behind": lambda pdf: pdf + b" \n",
    "ends behind": lambda pdf: pdf + b"%%EOF\n%%EOF\n",
    "itself behind": lambda pdf: pdf + pdf,
    "no end": lambda pdf: pdf.rstrip()[:-5],
    "a start elsewhere": lambda pdf: pdf + b"startxref\n9\n%%EOF\n",
    "objects without a table": lambda pdf: (
        pdf + b"4 0 obj\n<< /Type /Pages >>\nendobj\n"
    ),
    "objects and a trailer alone": lambda pdf: (
        pdf + b"4 0 obj\n<< >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_signature_is_told(signed, verified, name):
    changed = FORGERIES[name](signed)
    assert changed != signed

    assert verified(changed).verdict in NOT_INTACT


def test_signed_bytes_moved_aside_are_told(signed, verified):
    """Signature wrapping: what was signed lies further back, the forger's before it."""
    begin, _ = last_contents(signed).span()
    ranged = [int(n) for n in re.findall(rb"\d+", last_range(signed)[0])]
    resume, size = ranged[2], ranged[3]
    evil = b"/Reason (Sold) >>\nendobj\n4 0 obj\n<< /Type /Pages >>\nendobj\n"
    head = signed[:resume] + evil
    moved = b"/ByteRange [0 %d %d %d]" % (ranged[1], len(head), size)
    changed = put(head, last_range(head), moved) + signed[resume:]

    assert begin < resume
    assert verified(changed).verdict in NOT_INTACT


def test_a_signature_copied_into_a_new_object_is_told(signed, append, verified):
    """The field shows a copy that lies elsewhere than its range says."""
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        field = pdf.Root.AcroForm.Fields[2]
        number = field.objgen[0]
        text = field.unparse(resolved=True)
        value = field.V.objgen[0]
    start = signed.rfind(b"%d 0 obj" % value)
    copied = signed[start : signed.find(b"endobj", start)].split(b"obj", 1)[1]
    text = re.sub(rb"/V \d+ 0 R", b"/V 80 0 R", text)
    changed = append(signed, {number: text, 80: copied.strip()})

    assert verified(changed).verdict in NOT_INTACT


@pytest.mark.parametrize("key", [b"/ByteRange [0 1 2 3]", b"/Byte#52ange [0 1 2 3]"])
def test_a_second_byte_range_is_told(prepared, holders, verified, key):
    """Which of two would count is for each reader to choose; so neither does."""
    writer = IncrementalPdfFileWriter(io.BytesIO(prepared))
    pdf = signers.sign_pdf(
        writer,
        signers.PdfSignatureMetadata(
            field_name="Appraiser1",
            reason="x" * 40,
            subfilter=fields.SigSeedSubFilter.PADES,
        ),
        signer=KeySigner(holders.first),
    ).getvalue()
    place = re.search(rb"/Reason \(x{40}\)", pdf)
    assert place

    assert verified(pdf).verdict == Verdict.INTACT
    assert verified(put(pdf, place, key)).verdict in NOT_INTACT


def previous(pdf: bytes) -> int:
    return int(pdf[pdf.rfind(b"startxref") :].split()[1])


def numbers_of(pdf: bytes) -> dict[str, int]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {
            "root": document.Root.objgen[0],
            "pages": document.Root.Pages.objgen[0],
            "page": document.pages[0].obj.objgen[0],
            "content": document.pages[0].obj.Contents.objgen[0],
        }


def with_table(pdf: bytes, table: bytes, trailer: bytes) -> bytes:
    """Append a table and trailer as they are given."""
    place = len(pdf)
    return b"%s%strailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        pdf,
        table,
        trailer,
        place,
    )


def tables(pdf: bytes) -> dict[str, bytes]:
    """Cross-reference sections that lie, each behind the signed file."""
    root, before, here = numbers_of(pdf)["root"], previous(pdf), len(pdf)
    kept = b"/Size 90 /Root %d 0 R" % root
    empty = b"xref\n0 0\n"
    freed = b"xref\n%d 1\n0000000000 00001 f \n" % numbers_of(pdf)["content"]
    backwards = b"xref\n%d 1\n%010d 00000 n \n" % (numbers_of(pdf)["content"], 15)
    return {
        "leads to itself": with_table(pdf, empty, kept + b" /Prev %d" % here),
        "leads nowhere": with_table(pdf, empty, kept + b" /Prev 99999999"),
        "leads to no number": with_table(pdf, empty, kept + b" /Prev (1)"),
        "leads to none before": with_table(pdf, empty, kept),
        "leads past the last": with_table(pdf, empty, kept + b" /Prev 9"),
        "frees an object": with_table(pdf, freed, kept + b" /Prev %d" % before),
        "points back": with_table(pdf, backwards, kept + b" /Prev %d" % before),
        "names a hidden part": with_table(
            pdf, empty, kept + b" /Prev %d /XRefStm %d" % (before, before)
        ),
    }


@pytest.mark.parametrize(
    "name",
    [
        "leads to itself",
        "leads nowhere",
        "leads to no number",
        "leads to none before",
        "leads past the last",
        "frees an object",
        "points back",
        "names a hidden part",
    ],
)
def test_a_cross_reference_that_lies_is_told(signed, verified, name):
    found = verified(tables(signed)[name])

    # A chain that cannot be followed leaves nothing of which a verdict could be given.
    assert found.verdict in NOT_INTACT


def test_an_object_stream_that_overrides_a_page_is_told(signed, verified):
    """The page's new text is packed, where a search of the file finds no object."""
    parts = numbers_of(signed)
    page = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 9 9] >>" % parts["pages"]
    head = b"%d 0 " % parts["page"]
    packed = zlib.compress(head + page)
    at = len(signed)
    stream = (
        b"80 0 obj\n<< /Type /ObjStm /N 1 /First %d /Filter /FlateDecode /Length %d >>"
        b"\nstream\n%s\nendstream\nendobj\n" % (len(head), len(packed), packed)
    )
    rows = b"".join(
        bytes([kind]) + where.to_bytes(4, "big") + b"\0\0"
        for kind, where in ((2, 80), (1, at), (1, at + len(stream)))
    )
    section = (
        b"81 0 obj\n<< /Type /XRef /W [1 4 2] /Index [%d 1 80 2] /Size 82 /Root %d 0 R"
        b" /Prev %d /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        % (parts["page"], parts["root"], previous(signed), len(rows), rows)
    )
    end = b"startxref\n%d\n%%%%EOF\n" % (at + len(stream))
    found = verified(signed + stream + section + end)

    assert found.verdict == Verdict.ALTERED
    assert ("page_changed", (1,)) in {(o.kind, o.pages) for o in found.added_last}


OVERLAYS = {
    "white box": b"<< /Type /Annot /Subtype /Square /Rect [50 50 500 800] /IC [1 1 1] >>",
    "text": b"<< /Type /Annot /Subtype /FreeText /Rect [9 9 99 99] /Contents (9,999) >>",
    "stamp": b"<< /Type /Annot /Subtype /Stamp /Rect [9 9 99 99] /Name /Approved >>",
    "hidden field": b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (x) /Rect [9 9 99 99] >>",
    "redaction": b"<< /Type /Annot /Subtype /Redact /Rect [9 9 99 99] >>",
    "file": b"<< /Type /Annot /Subtype /FileAttachment /Rect [9 9 99 99] /FS 81 0 R >>",
}


@pytest.fixture(scope="module")
def certified(plain, holders) -> bytes:
    """A document of which the certificate lets others fill forms and lay notes."""
    pdf = prepare_fields(plain, [FieldBox("A", 1, 60, 300, 240, 370, "A")])
    meta = signers.PdfSignatureMetadata(
        field_name="A",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.ANNOTATE,
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    return signers.sign_pdf(writer, meta, signer=KeySigner(holders.first)).getvalue()


@pytest.mark.parametrize("name", OVERLAYS)
def test_what_is_laid_upon_a_certified_page_is_told(certified, append, verified, name):
    """Evil annotations: the certificate allows them, a report does not."""
    assert verified(certified).verdict == Verdict.INTACT
    number = numbers_of(certified)["page"]
    with pikepdf.open(io.BytesIO(certified)) as pdf:
        page = pdf.pages[0].obj
        page.Annots = pikepdf.Array([*page.get("/Annots", [])])
        text = page.unparse(resolved=True)
    text = re.sub(rb"/Annots \[", b"/Annots [ 80 0 R ", text)
    found = verified(append(certified, {number: text, 80: OVERLAYS[name]}))

    assert found.verdict == Verdict.ALTERED
    assert ("annotation", (1,)) in {(o.kind, o.pages) for o in found.added_last}


def test_a_signature_laid_over_a_certified_page_is_told(certified, holders, verified):
    """Sneaky signature: a new field over the text, signed by the forger."""
    writer = IncrementalPdfFileWriter(io.BytesIO(certified))
    fields.append_signature_field(
        writer, fields.SigFieldSpec("Over", on_page=0, box=(50, 600, 500, 800))
    )
    changed = signers.sign_pdf(
        writer,
        signers.PdfSignatureMetadata(field_name="Over"),
        signer=KeySigner(holders.second),
    ).getvalue()

    found = verified(changed)
    assert found.verdict == Verdict.ALTERED
    assert not all(one.allowed for one in found.additions)


def test_a_certificate_taken_out_of_the_catalogue_is_told(certified, append, verified):
    """Without /Perms some readers no longer know that the document was certified."""
    with pikepdf.open(io.BytesIO(certified)) as pdf:
        assert "/Perms" in pdf.Root
        number = pdf.Root.objgen[0]
        del pdf.Root.Perms
        text = pdf.Root.unparse(resolved=True)

    assert verified(append(certified, {number: text})).verdict == Verdict.ALTERED


@pytest.fixture(scope="module")
def carrying(plain, holders) -> bytes:
    """A signed document with an attachment, as a report carries its package."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        pdf.attachments["valuer-recompute.json"] = b'{"value": "1"}'
        pdf.save(out)
    pdf = prepare_fields(out.getvalue(), [FieldBox("A", 1, 9, 9, 90, 60, "A")])
    meta = signers.PdfSignatureMetadata(
        field_name="A", subfilter=fields.SigSeedSubFilter.PADES
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    return signers.sign_pdf(writer, meta, signer=KeySigner(holders.first)).getvalue()


def test_an_attachment_that_was_swapped_is_told(carrying, append, verified):
    with pikepdf.open(io.BytesIO(carrying)) as pdf:
        (name,) = pdf.attachments
        number = pdf.attachments[name].obj.EF.F.objgen[0]
    other = b"<< /Type /EmbeddedFile /Length 14 >>\nstream\n" + b'{"value": "9"}'
    found = verified(append(carrying, {number: other + b"\nendstream"}))

    assert verified(carrying).verdict == Verdict.INTACT
    assert found.verdict == Verdict.ALTERED
    assert [str(one.kind) for one in found.added_last] == ["attachment"]


def test_a_changed_text_of_the_same_look_is_told(signed, append, verified):
    """The page shows the same; what is copied out of it reads otherwise."""
    number = numbers_of(signed)["content"]
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        text = pdf.pages[0].obj.Contents.read_bytes() + b" "
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text)
    found = verified(append(signed, {number: stream}))

    assert found.verdict == Verdict.ALTERED
    assert ("page_changed", (1,)) in {(o.kind, o.pages) for o in found.added_last}
