"""The list that The Lens exports as csv, in its layouts of 2015 to 2024.

Lists in a cell are parted by ``;;``. An application number is written as the EPO
writes it (``US 65784810 A``) or as its office does, without the Chinese check digit;
its owners are those who applied: the column of owners lists every recorded assignee.
"""

from __future__ import annotations

import re
from datetime import date

from valuer.core.patents import Source
from valuer.core.progress import Progress
from valuer.imports.names import parted_by
from valuer.imports.patent_lists import list_header, read_list, share
from valuer.imports.result import Report
from valuer.imports.rows import Facts, Manner
from valuer.imports.table import Table

KEY = "lens"

_LENS_ID = re.compile(r"\d{3}(?:-\d{3}){4}|\d{3}-\d{3}-\d{3}-\d{3}-\d{2}[\dX]")
_NUMBER = re.compile(r"[A-Z]{2} \S.*")
# Where the day of publication of a granted patent is its day of grant, by law.
_GRANTS = (
    re.compile(r"CN\d+[BCUYS]\d?"),
    re.compile(r"US(?:\d{1,8}|D\d+|PP\d+|RE\d+)(?:A|B[12]|S1?|P[23]?|E1?)"),
    re.compile(r"EP\d+B1"),
)


def recognise(table: Table) -> float:
    """Judge by identities of The Lens, its links, and numbers with their country."""
    header = list_header(table)
    columns = header.columns
    publication = columns.get("publication")
    if publication is None or "title" not in columns:
        return 0.0
    ids = share(table, header, columns.get("lens_id"), _is_lens_id)
    links = share(table, header, columns.get("link"), lambda one: "lens.org" in one)
    doubles = any(
        share(table, header, columns.get(field), lambda one: ";;" in one) > 0
        for field in ("inventors", "applicants", "ipc")
    )
    marks = max(ids, links, 0.5 if doubles else 0.0)
    numbers = share(table, header, publication, lambda one: bool(_NUMBER.match(one)))
    return 0.5 * numbers + 0.5 * marks if marks and numbers > 0.5 else 0.0


def read(table: Table, source: Source, progress: Progress) -> Report:
    """Return the patents of the list."""
    return read_list(table, _MANNER, source, progress)


def _is_lens_id(text: str) -> bool:
    return bool(_LENS_ID.fullmatch(text))


def _granted(facts: Facts) -> date | None:
    if facts.granted:
        return facts.granted
    if any(pattern.fullmatch(facts.publication) for pattern in _GRANTS):
        return facts.published
    return None


_MANNER = Manner(
    owners=parted_by(r";;"),
    inventors=parted_by(r";;"),
    classes=parted_by(r";;"),
    owner_columns=("applicants", "owners"),
    granted=_granted,
    states_kind=False,
    tells_check_digit=False,
)
