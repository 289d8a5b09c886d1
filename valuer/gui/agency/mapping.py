"""How the columns of an agency's own list are read (列对应): seen, tried, kept.

No Qt: what stands in the mapping dialog as values. A sheet is looked at once; with each
choice a few of its rows are read anew, so that what is seen is what would be imported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from valuer.agency.docket import Case
from valuer.agency.docket_fields import Holds, column_keys, field_of, label_of
from valuer.agency.docket_profiles import (
    NO,
    YES,
    Profile,
    Word,
    profile_issues,
    word_key,
)
from valuer.agency.statuses import OUTCOME_NAMES, listed_words, status_word
from valuer.core.patents import Source
from valuer.core.problems import Issue
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_, Message, message
from valuer.imports.column_names import NAMES
from valuer.imports.columns import header_key
from valuer.imports.docket_columns import columns_by, headings_of
from valuer.imports.docket_mapping import suggested_keys
from valuer.imports.docket_rows import one_status
from valuer.imports.docket_tables import known_by, read_known
from valuer.imports.docket_values import texts_of, value_of
from valuer.imports.reading import file_bytes
from valuer.imports.table import Table
from valuer.imports.tables import read_tables

SEEN = 100
"""Rows that are read for the preview."""

SAMPLES = 3
LONGEST = 40
"""Sample values of a column, and the most characters of each."""

NEVER_READ = (
    *("序号", "备注", "摘要", "地址", "邮编", "电话", "联系人", "联系电话", "邮箱"),
    *("申请人地址", "申请人邮编", "申请人所在国(省)", "优先权", "优先权号", "链接"),
    *("no", "remark", "remarks", "abstract", "address", "contact", "url"),
)
"""Headings that hold nothing of a case."""

_WORDED = (Holds.STATUS, Holds.CHOICE, Holds.ANSWER)


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column of the file: its heading, what stands in it, the field it holds."""

    heading: str
    samples: tuple[str, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word of the file that a field does not know.

    Attributes:
        count: rows that bear it; ``means``: what the user said it means, or "".
    """

    field: str
    word: str
    count: int
    means: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a file whose columns are to be mapped.

    Attributes:
        row: row of its header, from 0.
        columns: its headings in order, each once, with suggestions.
    """

    path: Path
    table: Table
    row: int
    columns: tuple[MappedColumn, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a profile makes of the first rows of a sheet, and what it lacks."""

    cases: tuple[Case, ...]
    refused: int
    issues: tuple[Issue, ...]
    words: tuple[UnknownWord, ...]
    faults: tuple[Issue, ...]


def look_at(path: Path, progress: Progress = ignore) -> Sheet:
    """Return the sheet of a file that has the most columns that we can name.

    Raises:
        UserError: the file is no table.
    """
    tables = read_tables(file_bytes(path), path.name, progress)
    return max((sheet_of(path, one) for one in tables), key=_worth)


def sheet_of(path: Path, table: Table) -> Sheet:
    """Return a table of a file with its headings and what they suggest."""
    row, headings = headings_of(table)
    keys = suggested_keys(table)
    columns: dict[str, MappedColumn] = {}
    for place, heading in enumerate(headings):
        if heading and heading not in columns:
            samples = _samples(table, row, place)
            columns[heading] = MappedColumn(heading, samples, keys.get(place, ""))
    return Sheet(path, table, row, tuple(columns.values()))


def mapped_by(sheet: Sheet, profile: Profile) -> tuple[MappedColumn, ...]:
    """Return the columns of a sheet as a profile reads them."""
    told = {header_key(heading): key for heading, key in profile.columns}
    return tuple(
        replace(one, key=told.get(header_key(one.heading), "")) for one in sheet.columns
    )


def has_headings(sheet: Sheet, profile: Profile) -> bool:
    """Whether a sheet has every heading of a profile."""
    here = {header_key(one.heading) for one in sheet.columns}
    return here.issuperset(header_key(heading) for heading, _ in profile.columns)


def strange_headings(sheet: Sheet) -> tuple[str, ...]:
    """Return the headings with something below them that no list of ours knows."""
    known = {header_key(name) for names in NAMES.values() for name in names}
    known.update(map(header_key, NEVER_READ))
    return tuple(
        one.heading
        for one in sheet.columns
        if one.samples and not one.key and header_key(one.heading) not in known
    )


def best_fitting(sheet: Sheet, profiles: Sequence[Profile]) -> Profile | None:
    """Return the profile that reads most of a sheet and lacks nothing, or None."""
    fitting = [one for one in profiles if has_headings(sheet, one)]
    return max(fitting, key=lambda one: len(one.columns), default=None)


def profile_of(
    name: str, columns: Sequence[MappedColumn], words: Mapping[tuple[str, str], str]
) -> Profile:
    """Return the profile that the user's choices make.

    ``words`` has what each word means, by field and word.
    """
    read = tuple((one.heading, one.key) for one in columns if one.key)
    keys = {key for _, key in read}
    meant = tuple(
        Word(field, word, means)
        for (field, word), means in words.items()
        if means and field in keys
    )
    return Profile(name, read, meant)


def seen_by(sheet: Sheet, profile: Profile) -> Seen:
    """Return what a profile makes of the first rows, and every word it cannot place."""
    faults = profile_issues(profile)
    words = unknown_words_of(sheet, profile)
    short = replace(sheet.table, rows=sheet.table.rows[: sheet.row + 1 + SEEN])
    known = known_by(short, profile) if profile.columns else None
    if known is None:
        return Seen((), 0, (), words, faults)
    reader = read_known(known, Source(sheet.path.name), ignore, SEEN)
    report = reader.report
    return Seen(
        tuple(reader.cases), report.refused, tuple(report.issues), words, faults
    )


def unknown_words_of(sheet: Sheet, profile: Profile) -> tuple[UnknownWord, ...]:
    """Return the words of a sheet that their fields do not know, the frequent first.

    Those that the profile gives a meaning stay among them, with it.
    """
    meant = {(one.field, word_key(one.word)): one.means for one in profile.words}
    at = columns_by(sheet.table, profile).of if profile.columns else {}
    found: list[UnknownWord] = []
    for key, columns in at.items():
        field = field_of(key)
        if field is None or field.holds not in _WORDED:
            continue
        for word, count in _words_in(sheet, columns).items():
            if not _is_known(key, word):
                means = meant.get((key, word_key(word)), "")
                found.append(UnknownWord(key, word, count, means))
    return tuple(sorted(found, key=lambda one: -one.count))


def offered_fields() -> tuple[tuple[str, Message | str], ...]:
    """Return what a column may hold, with its name; "" stands for not read."""
    return (("", N_("— not read")), *((key, label_of(key)) for key in column_keys()))


def offered_meanings(key: str) -> tuple[tuple[str, Message | str], ...]:
    """Return what a word of a field may mean."""
    unsaid = ("", N_("— not said"))
    field = field_of(key)
    if field is None:
        return (unsaid,)
    if field.holds is Holds.STATUS:
        text = N_("{outcome}: {word}")
        return (
            unsaid,
            *(
                (
                    one.word,
                    message(
                        text, outcome=message(OUTCOME_NAMES[one.outcome]), word=one.word
                    ),
                )
                for one in listed_words()
                if one.outcome is not None
            ),
        )
    if field.holds is Holds.ANSWER:
        return (unsaid, (YES, N_("Yes")), (NO, N_("No")))
    return (unsaid, *field.choices)


def _worth(sheet: Sheet) -> tuple[int, int]:
    return sum(bool(one.key) for one in sheet.columns), len(sheet.table.rows)


def _samples(table: Table, row: int, place: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for cells in table.rows[row + 1 : row + 1 + SEEN]:
        if text := _text(cells, place):
            found[" ".join(text.split())[:LONGEST]] = None
        if len(found) == SAMPLES:
            break
    return tuple(found)


def _text(cells: Sequence[str], place: int) -> str:
    """Return the text of a cell, "" where it stands for nothing."""
    return texts_of(cells[place : place + 1], 1)[0]


def _words_in(sheet: Sheet, columns: Sequence[int]) -> Counter[str]:
    rows = sheet.table.rows[sheet.row + 1 :]
    texts = (_text(cells, place) for cells in rows for place in columns)
    return Counter(text for text in texts if text)


def _is_known(key: str, word: str) -> bool:
    field = field_of(key)
    if field is None:
        return True
    if field.holds is Holds.STATUS:
        found = status_word(one_status(word))
        return found is not None and found.outcome is not None
    _, doubt = value_of(field, key, word, {})
    return doubt is None
