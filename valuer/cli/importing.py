"""``valuer import`` and ``valuer patents``: lists into a library, and what is there."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

from valuer.cli.answers import (
    Exit,
    print_json,
    print_text,
    progress_on_stderr,
    tell,
    tell_issues,
)
from valuer.cli.here import author, now
from valuer.cli.opening import library_to_change, library_to_read
from valuer.core.patents import Patent
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.texts import N_, tr
from valuer.imports import read_file, read_forecast
from valuer.imports.result import ReadFile
from valuer.store.batches import BatchFile, BatchKind, new_batch, take_back
from valuer.store.indexing import catch_up
from valuer.store.library import Library, memory_library
from valuer.store.patents import list_patents
from valuer.store.putting import Outcome, put_patents
from valuer.store.revisions import load_case, save_revision

SHOWN = 20
"""Issues of a file shown without ``--json``; the rest are counted."""


def run(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Import lists, import a forecast into a case, or take a batch back."""
    if arguments.take_back:
        return take_back_batch(arguments, tongue)
    if not arguments.files:
        raise UserError(N_("Name at least one file to import."))
    if arguments.case:
        return _forecast(arguments, tongue)
    progress = progress_on_stderr()
    lists = [read_file(path, progress) for path in arguments.files]
    with library_of(arguments, tongue, create=True) as library:
        with change_of(library, arguments) as connection:
            files = [BatchFile(one.file, one.sha256) for one in lists]
            batch = new_batch(connection, files, now(), author())
            outcomes = [
                put_patents(connection, batch, _rows(one.patents), progress)
                for one in lists
            ]
        told = [
            _told(one, outcome, tongue)
            for one, outcome in zip(lists, outcomes, strict=True)
        ]
        dry = arguments.dry_run
        tell_files({"files": told, "batch": None if dry else batch}, arguments)
        if not dry:
            # The import is kept and told; stopped here, searches are slower, no more.
            catch_up(library.change, progress)
    return Exit.YES


def listed(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the patents of a library."""
    del tongue
    with library_to_read(arguments.library) as library, library.read() as connection:
        patents = list_patents(connection, arguments.search)
    if arguments.json:
        print_json({"patents": [plain_patent(patent) for patent in patents]})
        return Exit.YES
    for patent in patents:
        day = patent.filed.isoformat() if patent.filed else ""
        words = (patent.identity, day, patent.status.value, patent.title)
        print_text("\t".join(words))
    return Exit.YES


def plain_patent(patent: Patent) -> dict[str, Any]:
    """Return a patent as ``valuer patents`` tells it."""
    return {
        "number": patent.number,
        "publication": patent.publication,
        "title": patent.title,
        "kind": patent.kind.value if patent.kind else None,
        "owners": list(patent.owners),
        "inventors": list(patent.inventors),
        "filed": patent.filed.isoformat() if patent.filed else None,
        "granted": patent.granted.isoformat() if patent.granted else None,
        "ipc": list(patent.ipc),
        "status": patent.status.value,
        "status_wording": patent.status_wording,
    }


def library_of(
    arguments: argparse.Namespace, tongue: str, *, create: bool = False
) -> Library:
    """Open the library; a rehearsal on none at all happens in memory."""
    path: Path = arguments.library
    if not arguments.dry_run:
        return library_to_change(path, tongue, create=create)
    return memory_library() if create and not path.exists() else library_to_read(path)


def change_of(
    library: Library, arguments: argparse.Namespace
) -> AbstractContextManager[Any]:
    """Return a change of the library, or a rehearsal of one."""
    return library.rehearse() if arguments.dry_run else library.change()


def _rows(patents: tuple[Patent, ...]) -> list[tuple[int, Patent]]:
    return [(patent.source.row or 0, patent) for patent in patents]


def _told(one: ReadFile, outcome: Outcome, tongue: str) -> dict[str, Any]:
    issues = sorted((*one.issues, *outcome.issues), key=lambda issue: issue.row or 0)
    return {
        "file": one.file,
        "format": one.format,
        "read": one.read,
        "added": outcome.added,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
        "refused": one.refused,
        "issues": plain_issues(issues, tongue),
    }


def plain_issues(issues: Iterable[Issue], tongue: str) -> list[dict[str, Any]]:
    """Return issues as the commands of import tell them."""
    return [
        {
            "severity": issue.severity.value,
            "sheet": issue.sheet,
            "row": issue.row,
            "column": issue.column,
            "message": issue.say(tongue),
        }
        for issue in issues
    ]


_TAKEN_BACK = {
    BatchKind.IMPORT: N_("Import {batch} was taken back."),
    BatchKind.DELETION: N_("Deletion {batch} was taken back."),
    BatchKind.DOCKET: N_("Import {batch} was taken back."),
    BatchKind.DOCKET_EDIT: N_("Edit {batch} was taken back."),
}


def take_back_batch(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Take a batch back, and say so."""
    if arguments.files or getattr(arguments, "case", None):
        raise UserError(N_("Take a batch back without naming files or a case."))
    with (
        library_of(arguments, tongue) as library,
        change_of(library, arguments) as connection,
    ):
        batch = take_back(
            connection,
            arguments.take_back,
            now(),
            author(),
            progress=progress_on_stderr(),
        )
    if arguments.json:
        print_json(
            {"batch": batch.batch, "added": batch.added, "updated": batch.updated}
        )
    else:
        print_text(tr(_TAKEN_BACK[batch.kind], tongue, batch=batch.batch))
    return Exit.YES


def _forecast(arguments: argparse.Namespace, tongue: str) -> Exit:
    if len(arguments.files) != 1:
        raise UserError(N_("A case takes one forecast; name one file."))
    (path,) = arguments.files
    with (
        library_of(arguments, tongue) as library,
        change_of(library, arguments) as connection,
    ):
        case, based_on = load_case(connection, arguments.case)
        read = read_forecast(path, valuation_date=case.valuation_date)
        if not read.is_whole:
            tell_issues(read.issues, tongue)
            text = N_(
                "{file}: some periods ahead have no usable figure; the forecast was"
                " not imported."
            )
            raise UserError(text, file=path.name)
        changed = case.forecast != read.forecast
        revision = save_revision(
            connection,
            replace(case, forecast=read.forecast),
            based_on,
            author(),
            N_("Import the forecast"),
            now(),
        )
    refused = sum(issue.severity is Severity.ERROR for issue in read.issues)
    told = {
        "file": path.name,
        "format": "forecast",
        "read": read.read,
        "added": 0,
        "updated": read.read - refused if changed else 0,
        "unchanged": 0 if changed else read.read - refused,
        "refused": refused,
        "issues": plain_issues(list(read.issues), tongue),
    }
    answer = {"files": [told], "batch": None, "case": arguments.case}
    tell_files(
        answer | {"revision": revision.number, "digest": revision.digest}, arguments
    )
    return Exit.YES


def tell_files(answer: dict[str, Any], arguments: argparse.Namespace) -> None:
    """Print what became of each file."""
    if arguments.json:
        print_json(answer)
        return
    for one in answer["files"]:
        counts = ("read", "added", "updated", "unchanged", "refused")
        words = "  ".join(f"{name} {one[name]}" for name in counts)
        print_text(f"{one['file']}  [{one['format']}]  {words}")
        for issue in one["issues"][:SHOWN]:
            tell(f"[{issue['severity']}] {issue['message']}")
        if len(one["issues"]) > SHOWN:
            tell(f"… {len(one['issues']) - SHOWN}")
    if answer["batch"]:
        print_text(answer["batch"])
