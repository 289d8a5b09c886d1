"""The list of a Chinese patent search (国家知识产权局专利检索列表), xls, xlsx or csv.

One row an application, by its application number; names parted by `` ; ``; the day
of publication of a utility model or a design is its day of grant (授权公告日), that
of an invention is not, but the legal status 授权 carries it.
"""

from __future__ import annotations

from datetime import date

from valuer.core.patent_numbers import looks_like_chinese_application
from valuer.core.patents import PatentKind, Source
from valuer.core.progress import Progress
from valuer.imports.names import chinese_names, parted_by
from valuer.imports.patent_lists import list_header, read_list, share
from valuer.imports.result import Report
from valuer.imports.rows import Facts, Manner
from valuer.imports.table import Table

KEY = "cnipa_list"

_OWN = ("title", "status", "filed", "applicants", "owners", "inventors", "kind")


def recognise(table: Table) -> float:
    """Judge by Chinese application numbers and by how many of our columns are there.

    A list of titles and years without numbers is recognised too, barely, so that each
    of its rows is refused with its reason.
    """
    header = list_header(table)
    own = sum(1 for field in _OWN if field in header.columns)
    number = header.columns.get("number")
    if number is None:
        titles = {"title", "filing_year"} <= set(header.columns)
        return 0.35 if titles and "publication" not in header.columns else 0.0
    chinese = share(table, header, number, looks_like_chinese_application)
    if chinese < 0.5 or own < 1:
        return 0.0
    return 0.4 + 0.3 * chinese + 0.03 * own


def read(table: Table, source: Source, progress: Progress) -> Report:
    """Return the patents of the list."""
    return read_list(table, _MANNER, source, progress)


def _granted(facts: Facts) -> date | None:
    if facts.granted:
        return facts.granted
    if facts.kind in (PatentKind.UTILITY_MODEL, PatentKind.DESIGN):
        return facts.published
    if "授权" in facts.kind_word:
        return facts.published
    return facts.status_on if facts.meaning.grants else None


_MANNER = Manner(
    owners=parted_by(r"[;；|\n]"),
    inventors=chinese_names,
    classes=parted_by(r"[;；|,，\n]"),
    owner_columns=("owners", "applicants"),
    granted=_granted,
)
