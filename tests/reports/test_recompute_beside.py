"""What stands beside the pages of a report, and no page shows, is told as well."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from valuer.methods import METHODS
from valuer.reports.appraisal import BuiltReport
from valuer.reports.recompute import recompute

Edit = Callable[[pikepdf.Pdf], None]


def _first_link(document: pikepdf.Pdf) -> Any:
    notes = (note for page in document.pages for note in page.get("/Annots", ()))
    return next(note for note in notes if note.Subtype == pikepdf.Name.Link)


def _border(document: pikepdf.Pdf) -> None:
    link = _first_link(document)
    link.Border, link.C = pikepdf.Array([0, 0, 40]), pikepdf.Array([1, 1, 1])


def _leads_out(document: pikepdf.Pdf) -> None:
    link = _first_link(document)
    link.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/")


def _acts(document: pikepdf.Pdf) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.pages[4].AA = pikepdf.Dictionary(O=script)


def _grows(document: pikepdf.Pdf) -> None:
    document.pages[4].UserUnit = 2


def _carries(document: pikepdf.Pdf) -> None:
    document.attachments["figures.xlsx"] = b"other figures"


def _bookmark(document: pikepdf.Pdf) -> None:
    document.Root.Outlines.First.Title = "6,500,000.00"


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (_border, "Link"),
        (_leads_out, "Link"),
        (_acts, "/AA"),
        (_grows, "/UserUnit"),
        (_carries, "/EmbeddedFiles figures.xlsx"),
        (_bookmark, "6,500,000.00"),
    ],
)
def test_what_stands_beside_the_pages_is_told(report: BuiltReport, edit: Edit, told):
    with pikepdf.open(io.BytesIO(report.pdf)) as document:
        edit(document)
        out = io.BytesIO()
        document.save(out)
    found = recompute(out.getvalue(), METHODS)
    assert told in [one.printed for one in found.differences]
