"""Add the empty signature fields to a finished report.

All fields must be there before the first signature: the first signer certifies the
document, and after that fields may be filled, not added. The same bytes give the same
bytes. Each field has an empty appearance of its own, as PDF/A asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.reports.signature_roles import (
    AGENCY_FIELD,
    APPRAISER_FIELDS,
    HOUSE_FIELD,
    RESPONSIBLE_FIELDS,
)

FIELD_NAMES = (*APPRAISER_FIELDS, AGENCY_FIELD, *RESPONSIBLE_FIELDS, HOUSE_FIELD)
"""The fields of reports, in the order in which they are signed."""

_PRINT = 0b100


@dataclass(frozen=True, slots=True)
class FieldBox:
    """Where a signature will stand.

    Attributes:
        name: name of the field, one of ``FIELD_NAMES``.
        page: number of the page, from 1.
        left: left edge in points from the left of the page; the others likewise, from
            the bottom of the page upwards.
        label: what a screen reader says of it, in the report's language.
    """

    name: str
    page: int
    left: float
    bottom: float
    right: float
    top: float
    label: str = ""


def prepare_fields(pdf: bytes, boxes: Sequence[FieldBox]) -> bytes:
    """Return the PDF with an empty signature field for each box.

    Raises:
        UserError: it is no PDF, or has a field of that name.
    """
    import pikepdf

    try:
        document = pikepdf.open(BytesIO(pdf))
    except (pikepdf.PdfError, pikepdf.PasswordError):
        raise UserError(
            N_(
                "Signature fields cannot be added: the document is damaged or protected."
            )
        ) from None
    with document:
        fields = _fields(document)
        for box in boxes:
            if any(str(field.get("/T", "")) == box.name for field in fields):
                raise UserError(
                    N_("The document has a signature field {name} already."),
                    name=box.name,
                )
            fields.append(_field(document, box))
        out = BytesIO()
        document.save(out, deterministic_id=True)
        return out.getvalue()


def _fields(document: Any) -> Any:
    """Return the form's list of fields, made if there is none."""
    import pikepdf

    root = document.Root
    if "/AcroForm" not in root:
        form = pikepdf.Dictionary(Fields=pikepdf.Array(), SigFlags=1)
        root.AcroForm = document.make_indirect(form)
    form = root.AcroForm
    if "/Fields" not in form:
        form.Fields = pikepdf.Array()
    return form.Fields


def _field(document: Any, box: FieldBox) -> Any:
    import pikepdf
    from pikepdf import Name

    page = document.pages[box.page - 1]
    empty = pikepdf.Stream(document, b"")
    empty.Type, empty.Subtype = Name.XObject, Name.Form
    empty.BBox = pikepdf.Array([0, 0, box.right - box.left, box.top - box.bottom])
    empty.Resources = pikepdf.Dictionary()
    field = document.make_indirect(
        pikepdf.Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=pikepdf.String(box.name),
            TU=pikepdf.String(box.label or box.name),
            F=_PRINT,
            Rect=pikepdf.Array([box.left, box.bottom, box.right, box.top]),
            P=page.obj,
            AP=pikepdf.Dictionary(N=empty),
        )
    )
    if "/Annots" not in page.obj:
        page.obj.Annots = pikepdf.Array()
    page.obj.Annots.append(field)
    return field
