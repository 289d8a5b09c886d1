"""Files made to hang, to fill the memory or to lead in circles get a verdict."""

from __future__ import annotations

import zlib

import pytest

from valuer.reports.verdicts import Verdict

SIGNATURE = (
    b"<< /Type /Sig /SubFilter /ETSI.CAdES.detached /ByteRange [0 10 20 30]"
    b" /Contents <00> >>"
)


def document(objects: dict[int, bytes], size: int | None = None) -> bytes:
    """Write objects, a table and a trailer whose root is object 1."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table, size = len(out), size or max(objects) + 1
    out += b"xref\n0 %d\n" % size
    free = b"0000000000 65535 f \n"
    out += b"".join(
        b"%010d 00000 n \n" % places[number] if number in places else free
        for number in range(size)
    )
    out += b"trailer\n<< /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table
    return bytes(out)


def stream_section(packed: bytes, extra: bytes = b"") -> bytes:
    """Write a file whose cross-reference stream holds these packed bytes."""
    head = b"<< /Type /XRef /W [1 4 2] /Size 3 /Root 1 0 R /Filter /FlateDecode"
    return b"%%PDF-1.7\n1 0 obj\n%s %s /Length %d >>\nstream\n%s\n%s" % (
        head,
        extra,
        len(packed),
        packed,
        b"endstream\nendobj\nstartxref\n9\n%%EOF",
    )


def bomb(byte: bytes = b"\0") -> bytes:
    return zlib.compress(byte * 50_000_000, 9)


def circle() -> dict[int, bytes]:
    """A form whose fields have ten ways to each next field, forty levels deep."""
    kids = {n: b" ".join(b"%d 0 R" % (n + 1) for _ in range(10)) for n in range(2, 40)}
    tree = {n: b"<< /T (a) /Kids [ %s ] >>" % kids[n] for n in kids}
    last = {40: b"<< /FT /Sig /T (x) /V 41 0 R >>", 41: SIGNATURE}
    return {1: b"<< /AcroForm << /Fields [ 2 0 R ] >> >>"} | tree | last


def many(body: bytes, count: int) -> dict[int, bytes]:
    """A form with many fields, each with the same text."""
    fields = b" ".join(b"%d 0 R" % number for number in range(2, count + 2))
    root = b"<< /AcroForm << /Fields [ %s ] >> >>" % fields
    return {1: root} | dict.fromkeys(range(2, count + 2), body)


HOSTILE = {
    "nested without end": lambda: document({1: b"<< /AcroForm " + b"[" * 100_000}),
    "fields in a circle": lambda: document(
        {1: b"<< /AcroForm << /Fields [ 2 0 R ] >> >>", 2: b"<< /Kids [ 2 0 R ] >>"}
    ),
    "a billion ways": lambda: document(circle()),
    "an endless array": lambda: document(
        {1: b"<< /AcroForm << /Fields [" + b"1 " * 5_000_000 + b"] >> >>"}
    ),
    "many long arrays": lambda: document(
        many(b"<< /T (a) /X [" + b"1 " * 150_000 + b"] >>", 20)
    ),
    "many fields": lambda: document(many(b"<< /T (a) >>", 60_000)),
    "many empty signatures": lambda: document(
        many(b"<< /FT /Sig /T (a) /V %s >>" % SIGNATURE, 2_000)
    ),
    "a million entries": lambda: document({1: b"<< /Type /Catalog >>"}, 1_200_000),
    "white space": lambda: b"%PDF-1.7\n" + b" " * 20_000_000 + b"startxref\n9\n%%EOF",
    "comments": lambda: b"%PDF-1.7\n" + b"%\n" * 9_000_000 + b"startxref\n9\n%%EOF",
    "a bomb": lambda: stream_section(bomb()),
    "a bomb with predictor": lambda: stream_section(
        bomb(b"\4"), b"/DecodeParms << /Predictor 15 /Columns 7 >>"
    ),
    "sections in a circle": lambda: (
        b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \n"
        b"trailer\n<< /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF"
    ),
    "a huge container": lambda: document(
        {
            1: b"<< /AcroForm << /Fields [ 2 0 R ] >> >>",
            2: b"<< /FT /Sig /T (x) /V 3 0 R >>",
            3: SIGNATURE.replace(b"<00>", b"<" + b"30" * 20_000_000 + b">"),
        }
    ),
    "a reference to itself": lambda: document(
        {1: b"<< /AcroForm 2 0 R >>", 2: b"2 0 R"}
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_verdict(verified, name):
    found = verified(HOSTILE[name]())

    assert found.verdict in (Verdict.BROKEN, Verdict.UNREADABLE, Verdict.UNSIGNED)


def test_many_revisions_behind_a_report_get_a_verdict(signed, append, verified):
    pdf = signed
    for _ in range(120):
        pdf = append(pdf, {})
    assert verified(pdf).verdict == Verdict.ALTERED

    found = verified(signed + b"80 0 obj 1 endobj\n" * 100_000)
    assert found.verdict in (Verdict.ALTERED, Verdict.BROKEN)
