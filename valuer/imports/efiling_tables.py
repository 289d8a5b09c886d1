"""Tables of the e-filing client, whose columns bear pinyin names: cases and notices.

The table of applications has a row a case; the table of notices (通知书, TZS) a row a
notice, so that its rows are joined to cases. A notice tells its name, the day it was
sent (FAWENRQ) and the last day of the answer (DAFURQ), not whether it was answered: it
makes no due date that counts as met or missed. Only a notice of grant tells a day of
the case; a refusal is not final with its notice, and what was lost may be restored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from valuer.agency.docket import Case
from valuer.agency.docket_fields import label_of
from valuer.agency.docket_profiles import Profile, Word, word_key
from valuer.agency.notices import Notice, NoticeKind
from valuer.core.patents import PatentKind
from valuer.core.texts import N_, message
from valuer.imports.columns import header_key
from valuer.imports.docket_columns import columns_by
from valuer.imports.docket_rows import CaseReader
from valuer.imports.docket_tables import DocketFormat, Known
from valuer.imports.table import Table

PATENTS = DocketFormat(
    "efiling_patents", N_("Table of applications of the e-filing client")
)
NOTICES = DocketFormat("efiling_notices", N_("Table of notices of the e-filing client"))

_CASE = (
    ("SHENQINGH", "number"),
    ("NEIBUBH", "reference"),
    ("FAMINGMC", "title"),
    ("SHENQINGLX", "kind"),
    ("ANJIANYWZT", "status"),
    ("SHENQINGR", "filed"),
    ("SHENQINGRXM", "applicants"),
    ("DIYIDLRXM", "agents"),
    ("ZHUFENLH", "field"),
)
_NOTICE = (
    ("TONGZHISMC", "notices.name"),
    ("FAWENRQ", "notices.made"),
    ("DAFURQ", "notices.due"),
)
_WORDS = (
    Word("kind", "0", PatentKind.INVENTION),
    Word("kind", "1", PatentKind.UTILITY_MODEL),
    Word("kind", "2", PatentKind.DESIGN),
)
_OF_CASES = Profile("efiling", _CASE, _WORDS)
_OF_NOTICES = Profile("efiling", (*_CASE, *_NOTICE), _WORDS)

_TOLD = tuple(key for _, key in _CASE)
_FEWEST = 3
_FIRST_DAY = date(1985, 4, 1)
"""The Patent Law took effect; the client writes 1900-01-01 where there is no day."""


def known_efiling(table: Table) -> Known | None:
    """Return how a table of the client is read; None: it is none."""
    words = {(one.field, word_key(one.word)): one.means for one in _WORDS}
    columns = columns_by(table, _OF_NOTICES)
    if not columns.names_cases:
        return None
    own = {header_key(heading) for heading, _ in _OF_NOTICES.columns}
    if "notices.name" in columns.of:
        return Known(table, NOTICES, columns, words)
    if len(own & columns.names) < _FEWEST:
        return None
    return Known(table, PATENTS, columns_by(table, _OF_CASES), words)


def cases_of(known: Known, reader: CaseReader) -> tuple[Case, ...]:
    """Return the cases of a table that was read; rows of notices are joined to cases."""
    if known.format is not NOTICES:
        return tuple(reader.cases)
    together: dict[tuple[str, str], list[Case]] = {}
    for case in reader.cases:
        key = (case.number, "" if case.number else case.reference)
        together.setdefault(key, []).append(case)
    joined = tuple(_joined(rows, reader) for rows in together.values())
    if reader.cases:
        text = N_("The rows tell of {notices} notices of {cases} cases.")
        count = sum(len(case.notices or ()) for case in joined)
        wording = message(text, notices=count, cases=len(joined))
        reader.report.note(wording, known.columns.row + 1)
    return joined


def _joined(rows: Sequence[Case], reader: CaseReader) -> Case:
    """Return the one case of several rows; where they differ the first is taken."""
    case = rows[0]
    for row in rows[1:]:
        for name in _TOLD:
            before, after = getattr(case, name), getattr(row, name)
            if after == before or not after:
                continue
            if not before:
                case = replace(case, **{name: after})
                continue
            text = N_("“{field}” is another than in row {row}; that row was taken.")
            wording = message(text, field=label_of(name), row=case.source.row)
            reader.report.doubt(wording, row.source.row or 0)
    told = (_sound(one, row, reader) for row in rows for one in row.notices or ())
    notices = tuple(dict.fromkeys(told))
    granting = (one.on for one in notices if one.kind is NoticeKind.GRANT and one.on)
    return replace(case, notices=notices, allowed=min(granting, default=None))


def _sound(one: Notice, row: Case, reader: CaseReader) -> Notice:
    """Return the notice of a row, days left out that are none or contradict it."""
    made = one.made if one.made and one.made >= _FIRST_DAY else None
    due = one.due if one.due and one.due >= _FIRST_DAY else None
    if one.made and made is None:
        text = N_("The notice “{name}” has no day on which it was sent; add it.")
        reader.report.doubt(message(text, name=one.name[:60]), row.source.row or 0)
    if made and due and due < made:
        text = N_(
            "The answer to “{name}” of {made} would be due on {due}, before it was"
            " sent; that day was left out."
        )
        wording = message(text, name=one.name[:60], made=made, due=due)
        reader.report.doubt(wording, row.source.row or 0)
        due = None
    return replace(one, made=made, due=due)
