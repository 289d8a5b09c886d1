from __future__ import annotations

import io

import pikepdf
import pytest

from valuer.core.problems import UserError
from valuer.reports.signature_boxes import FieldBox, prepare_fields


def test_the_same_document_gives_the_same_bytes(plain, boxes, prepared):
    assert prepare_fields(plain, boxes) == prepared


def test_fields_stand_where_they_were_asked_for(prepared, boxes):
    with pikepdf.open(io.BytesIO(prepared)) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        assert [str(field.T) for field in fields] == [box.name for box in boxes]
        assert [pdf.pages[1].obj == field.P for field in fields] == [True] * 3
        assert [float(side) for side in fields[0].Rect] == [60, 300, 240, 370]
        assert all("/V" not in field for field in fields)


def test_each_field_has_an_empty_appearance_of_its_own(prepared):
    with pikepdf.open(io.BytesIO(prepared)) as pdf:
        forms = [field.AP.N for field in pdf.Root.AcroForm.Fields]
        assert len({form.objgen for form in forms}) == 3
        assert [form.read_bytes() for form in forms] == [b""] * 3


def test_a_name_is_given_once(prepared, boxes):
    with pytest.raises(UserError, match="Appraiser1 already"):
        prepare_fields(prepared, boxes)


def test_what_is_no_pdf_is_refused():
    with pytest.raises(UserError, match="damaged or protected"):
        prepare_fields(b"no document", [FieldBox("Appraiser1", 1, 0, 0, 9, 9)])
