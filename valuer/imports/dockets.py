"""Read a file of the docket, whatever it is: lists, e-filing packages, events.

A file is recognised by what it holds. Lists without anything of an agency, as those of
Google Patents, are read as patents and become cases.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from valuer.agency.docket_profiles import Profile
from valuer.core.patents import Source
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_, message
from valuer.imports import FORMATS as PATENT_FORMATS
from valuer.imports import docket_events
from valuer.imports.docket_patents import docket_of
from valuer.imports.docket_result import ReadDocket
from valuer.imports.docket_tables import (
    Known,
    known,
    known_by,
    no_such_headings,
    read_known,
    unknown_statuses,
)
from valuer.imports.efiling_package import is_package, package_from_bytes
from valuer.imports.efiling_tables import cases_of, known_efiling
from valuer.imports.reading import best_format, file_bytes, read_tables_with
from valuer.imports.table import Table
from valuer.imports.tables import read_tables

_OTHERS = ("google_patents", "lens")
"""Formats of patents that know their tables better than a docket list does."""


def read_docket(
    path: Path, profile: Profile | None = None, progress: Progress = ignore
) -> ReadDocket:
    """Return the cases in a file, recognised by what it holds or read by a profile.

    Raises:
        UserError: it cannot be read, nothing knows it, or it lacks the profile's
            headings.
    """
    return docket_from_bytes(file_bytes(path), path.name, profile, progress)


def docket_from_bytes(
    data: bytes,
    name: str,
    profile: Profile | None = None,
    progress: Progress = ignore,
) -> ReadDocket:
    """Return the cases in a file's bytes; ``name`` is kept as their source.

    Raises:
        UserError: as ``read_docket``.
    """
    if profile is None and docket_events.is_events(data):
        return docket_events.events_from_bytes(data, name)
    if profile is None and is_package(data):
        return package_from_bytes(data, name, progress)
    tables = read_tables(data, name, progress)
    found = tuple(filter(None, (_known(table, profile) for table in tables)))
    if found and not _is_of_patents(tables, profile):
        return _read(found, tables, data, name, progress)
    if profile is not None:
        raise no_such_headings(name, profile)
    return _of_patents(tables, data, name, progress)


def _known(table: Table, profile: Profile | None) -> Known | None:
    if profile is not None:
        return known_by(table, profile)
    return known_efiling(table) or known(table)


def _is_of_patents(tables: list[Table], profile: Profile | None) -> bool:
    """Whether a list of patents is known for what it is, and is no agency's."""
    best = None if profile else best_format(PATENT_FORMATS, tables)
    return best is not None and best.key in _OTHERS


def _read(
    found: tuple[Known, ...],
    tables: list[Table],
    data: bytes,
    name: str,
    progress: Progress,
) -> ReadDocket:
    source = Source(name, hashlib.sha256(data).hexdigest())
    readers = [read_known(one, source, progress) for one in found]
    cases = tuple(
        case
        for one, reader in zip(found, readers, strict=True)
        for case in cases_of(one, reader)
    )
    issues = [
        issue
        for reader in readers
        for issue in sorted(reader.report.issues, key=lambda one: one.row or 0)
    ]
    words = dict.fromkeys(
        issue for reader in readers for issue in unknown_statuses(reader)
    )
    issues += [*words, *docket_events.unknown_notices(cases)]
    issues += _of_tables(found, tables, name)
    refused = sum(reader.report.refused for reader in readers)
    return ReadDocket(
        name,
        source.sha256,
        found[0].format.key,
        len(cases) + refused,
        cases,
        refused,
        tuple(issues),
        tuple({word: None for reader in readers for word in reader.meant.items()}),
    )


def _of_tables(found: tuple[Known, ...], tables: list[Table], name: str) -> list[Issue]:
    """Return what is to be told of whole sheets."""
    issues = []
    read = [one.table for one in found]
    for table in tables:
        if not any(table is one for one in read) and any(map(any, table.rows)):
            text = N_("Sheet “{sheet}” is no list of cases and was not read.")
            wording = message(text, sheet=table.sheet)
            issues.append(Issue(Severity.NOTE, wording, "", table.sheet))
        if table.guessed_encoding:
            text = N_(
                "{file} was read as {encoding}, a guess; look at its letters, or save it"
                " as UTF-8."
            )
            wording = message(text, file=name, encoding=table.guessed_encoding)
            issues.append(Issue(Severity.WARNING, wording))
    return issues


def _of_patents(
    tables: list[Table], data: bytes, name: str, progress: Progress
) -> ReadDocket:
    """Return the cases in a list of patents.

    Raises:
        UserError: it is none either.
    """
    if best_format(PATENT_FORMATS, tables) is None:
        text = N_(
            "{file} is not recognised as a list of cases; say in a profile which column"
            " holds the application number or your reference, and what the others hold."
        )
        raise UserError(text, file=name)
    read = read_tables_with(PATENT_FORMATS, data, name, progress)
    return ReadDocket(
        name,
        read.sha256,
        read.format,
        read.read,
        docket_of(read.patents),
        read.refused,
        read.issues,
    )
