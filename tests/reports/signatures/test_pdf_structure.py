from __future__ import annotations

import io
import zlib

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.reports.clocks import pdf_time
from valuer.reports.pdf_forms import is_visible, signature_fields, text
from valuer.reports.pdf_properties import same_properties
from valuer.reports.pdf_revisions import Document, State, revisions
from valuer.reports.pdf_streams import inflate
from valuer.reports.pdf_syntax import (
    HexString,
    Name,
    PdfSyntaxError,
    Ref,
    Stream,
    read_object,
    read_value,
    same,
)
from valuer.reports.signature_roles import Role, next_field_name, role_of


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (b"12 ", 12),
        (b"-.5 ", -0.5),
        (b"+7. ", 7.0),
        (b"true ", True),
        (b"null ", None),
        (b"/A#20B ", Name("A B")),
        (b"/ ", Name("")),
        (b"(a(b)c) ", b"a(b)c"),
        (rb"(\(\)\\\n\101\7x) ", b"()\\\nA\x07x"),
        (b"(a\\\r\nb\\\nc) ", b"abc"),
        (b"<48 65 6C6c6F> ", b"Hello"),
        (b"<7> ", b"p"),
        (b"3 0 R ", Ref(3, 0)),
        (
            b"[ 1 0 R 2 3 0 R/N(s)<< >> ] ",
            [Ref(1, 0), 2, Ref(3, 0), Name("N"), b"s", {}],
        ),
        (b"<</K[1]/L<</M null>>>> ", {"K": [1], "L": {"M": None}}),
        (b"% a note\n  5 ", 5),
        (b"[ 1 % a note ] \n 2 ] ", [1, 2]),
    ],
)
def test_objects_are_read_as_the_standard_says(written, value):
    assert same(read_value(written, 0)[0], value)


@pytest.mark.parametrize(
    "written",
    [b"", b"]", b"[1", b"(a", b"<4G>", b"<< /A >>", b"<< /A 1 /A 2 >>", b"nullx", b"R"],
)
def test_what_is_doubtful_is_refused(written):
    with pytest.raises(PdfSyntaxError):
        read_value(written + b" ", 0)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data):
    try:
        _, end = read_value(data, 0)
    except PdfSyntaxError:
        return
    assert 0 < end <= len(data)


def test_a_hexadecimal_string_knows_its_place():
    value, _ = read_value(b"  <414243>", 0)

    assert isinstance(value, HexString)
    assert (value, value.start, value.end) == (b"ABC", 2, 10)


def test_types_matter_when_objects_are_compared():
    assert not same(1, True)
    assert not same(1, 1.0)
    assert not same(Name("A"), b"A")
    assert not same(Ref(1, 0), [1, 0])
    assert not same({"A": 1}, {"A": 1, "B": 1})
    assert same(Stream({"L": 1}, b"x"), Stream({"L": 1}, b"x"))


def test_a_stream_ends_where_its_length_says():
    written = b"7 0 obj << /Length 3 >> stream\nabc\nendstream endobj"
    assert read_object(written, 0).value.raw == b"abc"

    with pytest.raises(PdfSyntaxError, match="wrong length"):
        read_object(written.replace(b"3", b"2"), 0)
    with pytest.raises(PdfSyntaxError, match="without a length"):
        read_object(written.replace(b"3", b"8 0 R"), 0)
    by_reference = read_object(written.replace(b"3", b"8 0 R"), 0, lambda ref: 3)
    assert by_reference.value.raw == b"abc"


def test_predictors_of_structure_are_undone():
    # Rows of three: stored, from the left, from above.
    rows = b"\0\1\2\3" + b"\1\1\1\1" + b"\2\1\1\1"
    parms = {"Predictor": 12, "Columns": 3}
    entries = {"Filter": Name("FlateDecode"), "DecodeParms": parms}

    assert inflate(Stream(entries, zlib.compress(rows))) == b"\1\2\3\1\2\3\2\3\4"
    with pytest.raises(PdfSyntaxError, match="predictor"):
        inflate(Stream(entries, zlib.compress(b"\4\1\1\1")))
    with pytest.raises(PdfSyntaxError, match="too large"):
        inflate(Stream({"Filter": Name("FlateDecode")}, zlib.compress(bytes(99))), 50)
    with pytest.raises(PdfSyntaxError, match="filter"):
        inflate(Stream({"Filter": Name("LZWDecode")}, b""))


@pytest.mark.parametrize("packed", [False, True])
def test_files_with_tables_and_with_streams_are_the_same(prepared, packed):
    mode = pikepdf.ObjectStreamMode
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(prepared)) as pdf:
        pdf.save(out, object_stream_mode=mode.generate if packed else mode.disable)
    data = out.getvalue()
    document = Document(data)
    state = document.state(document.chain(len(data)))

    fields = signature_fields(state)
    assert [f.name for f in fields] == ["Appraiser1", "Appraiser2", "Institution"]
    assert all(is_visible(state, f) and f.value is None for f in fields)


def test_a_signed_file_is_read_revision_by_revision(prepared, signed):
    document = Document(signed)
    state = document.state(document.chain(len(signed)))
    base = State(document, document.chain(len(prepared)))

    found = list(revisions(state, len(prepared)))

    assert base.chain == state.chain[3:]
    assert [r.section.offset for r in found] == [s.offset for s in state.chain[2::-1]]
    assert found[0].start == len(prepared)
    assert [r.end for r in found[:2]] == [r.start for r in found[1:]]
    assert found[-1].end == len(signed)


def test_texts_are_read_in_their_encodings():
    assert text("王".encode("utf-16")[:2][::-1] + "王".encode("utf-16-be")) == "王"
    assert text(b"\xef\xbb\xbf" + "王".encode()) == "王"
    assert text(b"Signature1") == "Signature1"
    assert text(None) == ""


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (b"D:20260930101500+08'00'", "2026-09-30T10:15:00+08:00"),
        (b"D:20260930101500-03'30", "2026-09-30T10:15:00-03:30"),
        (b"D:20260930101500Z", "2026-09-30T10:15:00+00:00"),
        (b"D:2026", "2026-01-01T00:00:00+00:00"),
    ],
)
def test_times_are_read_with_their_zone(written, told):
    assert pdf_time(written).isoformat() == told


@pytest.mark.parametrize("written", [b"", b"yesterday", b"D:20261399", b"D:2026093025"])
def test_a_time_that_is_none_is_not_told(written):
    assert pdf_time(written) is None


def test_parts_are_told_by_field_and_reason():
    assert role_of("Appraiser2") == Role.APPRAISER
    assert role_of("Institution") == Role.AGENCY
    assert role_of("Appraisers") is None
    assert role_of("Signature1", "Sealed by the institution") == Role.AGENCY
    assert role_of("Signature1", "I agree") is None
    assert next_field_name(Role.APPRAISER, {"Appraiser1"}) == "Appraiser2"


def packet(**properties: str) -> Stream:
    names = "xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmlns:dc='urn:dc'"
    inner = "".join(
        f"<{k.replace('_', ':')}>{v}</{k.replace('_', ':')}>"
        for k, v in properties.items()
    )
    return Stream({}, f"<x {names}>{inner}</x>".encode())


def test_properties_may_differ_in_their_dates_only():
    one = packet(xmp_ModifyDate="2026", dc_title="Report")

    assert same_properties(one, packet(xmp_ModifyDate="2027", dc_title="Report"))
    assert not same_properties(one, packet(xmp_ModifyDate="2026", dc_title="Other"))
    assert same_properties(None, packet(xmp_ModifyDate="2026"))
    assert not same_properties(None, one)


def test_properties_that_declare_entities_are_not_read():
    evil = Stream({}, b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")

    assert not same_properties(evil, evil)
    assert not same_properties(Stream({}, b"<x"), Stream({}, b"<x"))
