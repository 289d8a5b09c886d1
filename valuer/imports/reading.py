"""Read a file of patents, whatever it is: find its format, then its rows.

Each format judges each table and the best reads it; tables that no format knows are
told. The file's own format is that of its best table.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from valuer.core.files import read_whole
from valuer.core.patents import Source
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_, message
from valuer.imports import forecast
from valuer.imports.result import ReadFile, Report
from valuer.imports.table import Table
from valuer.imports.tables import LIMIT_BYTES, read_tables, too_large

ENOUGH = 0.3
"""A format that judges a table below this does not know it."""


@dataclass(frozen=True, slots=True)
class Format:
    """One import format of patents.

    Attributes:
        key: stable name, as in ``cnipa_list``.
        title: what people call it.
        recognise: judges a table, from 0 to 1.
        read: returns the patents of a table it knows.
    """

    key: str
    title: str
    recognise: Callable[[Table], float]
    read: Callable[[Table, Source, Progress], Report]


def read_tables_with(
    formats: tuple[Format, ...],
    data: bytes,
    name: str,
    progress: Progress = ignore,
) -> ReadFile:
    """Return the patents in a file's bytes.

    Raises:
        UserError: the file is no table, or no format knows it.
    """
    tables = read_tables(data, name, progress)
    best = best_format(formats, tables)
    if best is None:
        raise _unrecognised(name, tables)
    source = Source(name, hashlib.sha256(data).hexdigest())
    reports: list[Report] = []
    issues: list[Issue] = []
    for table in tables:
        chosen = best_format(formats, [table])
        if chosen is not None:
            reports.append(chosen.read(table, source, progress))
        elif any(map(any, table.rows)):
            issues.append(_passed_over(table))
        if table.guessed_encoding:
            issues.append(_guessed(table, name))
    patents = tuple(patent for report in reports for patent in report.patents)
    refused = sum(report.refused for report in reports)
    for report in reports:
        issues.extend(sorted(report.issues, key=lambda one: one.row or 0))
    return ReadFile(
        file=name,
        sha256=source.sha256,
        format=best.key,
        read=len(patents) + refused,
        patents=patents,
        refused=refused,
        issues=tuple(issues),
    )


def file_bytes(path: Path) -> bytes:
    """Return the bytes of a file the user chose.

    Raises:
        UserError: it is not there, no file, not to be read, or too large.
    """
    if path.is_file() and path.stat().st_size > LIMIT_BYTES:
        raise too_large(path.name)
    return read_whole(path)


def best_format(formats: tuple[Format, ...], tables: list[Table]) -> Format | None:
    """Return the format that judges one of the tables best, or None."""
    scored = [
        (one.recognise(table), -place, one)
        for place, one in enumerate(formats)
        for table in tables
    ]
    score, _, best = max(scored, key=lambda s: s[:2], default=(0.0, 0, None))
    return best if score >= ENOUGH else None


def _unrecognised(name: str, tables: list[Table]) -> UserError:
    if any(forecast.recognise(table) >= ENOUGH for table in tables):
        text = N_("{file} is a forecast, not a list of patents; import it into a case.")
        return UserError(text, file=name)
    text = N_(
        "{file} is not recognised as a list of patents; look whether a row in it names"
        " the columns, as in application number, publication number, title."
    )
    return UserError(text, file=name)


def _passed_over(table: Table) -> Issue:
    text = N_("Sheet “{sheet}” is no list of patents and was not read.")
    wording = message(text, sheet=table.sheet)
    return Issue(Severity.NOTE, wording, "", table.sheet)


def _guessed(table: Table, name: str) -> Issue:
    text = N_(
        "{file} was read as {encoding}, a guess; look at its letters, or save it as"
        " UTF-8."
    )
    wording = message(text, file=name, encoding=table.guessed_encoding)
    return Issue(Severity.WARNING, wording)
