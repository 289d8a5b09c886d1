"""The list that Google Patents exports as csv.

Above the header stands the search's address; a patent is named by its publication
number, inventors and assignees are parted by commas, and each row links to its page.
"""

from __future__ import annotations

from datetime import date

from valuer.core.patents import Source
from valuer.core.progress import Progress
from valuer.imports.names import comma_names, parted_by
from valuer.imports.patent_lists import (
    list_header,
    looks_like_publication,
    read_list,
    share,
)
from valuer.imports.result import Report
from valuer.imports.rows import Facts, Manner
from valuer.imports.table import Table

KEY = "google_patents"

_OWN_NAMES = ("inventor/author", "filing/creation date", "representative figure link")


def recognise(table: Table) -> float:
    """Judge by publication numbers and by marks of Google: links, address, headers."""
    header = list_header(table)
    publication = header.columns.get("publication")
    if publication is None or "title" not in header.columns:
        return 0.0
    numbers = share(table, header, publication, looks_like_publication)
    link = header.columns.get("link")
    linked = share(table, header, link, lambda one: "patents.google." in one)
    above = table.rows[: header.row + 1]
    named = any(
        cell.strip().casefold() in _OWN_NAMES or "patents.google." in cell
        for row in above
        for cell in row
    )
    if numbers < 0.5 or not (linked > 0.5 or named):
        return 0.0
    return 0.5 * numbers + 0.45


def read(table: Table, source: Source, progress: Progress) -> Report:
    """Return the patents of the list."""
    return read_list(table, _MANNER, source, progress)


def _granted(facts: Facts) -> date | None:
    return facts.granted


_MANNER = Manner(
    owners=comma_names,
    inventors=comma_names,
    classes=parted_by(r"[;,]"),
    owner_columns=("owners", "applicants"),
    granted=_granted,
    states_kind=False,
)
