"""``valuer docket import``, ``list`` and ``profiles``: the agency's cases come in."""

from __future__ import annotations

import argparse
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from valuer.agency.docket import Case
from valuer.agency.docket_profiles import Profile, profile_from
from valuer.agency.list_days import with_list_day
from valuer.cli.answers import Exit, print_json, print_text, progress_on_stderr
from valuer.cli.here import author, day_of, now
from valuer.cli.importing import (
    change_of,
    library_of,
    plain_issues,
    take_back_batch,
    tell_files,
)
from valuer.cli.opening import library_to_change, library_to_read
from valuer.core.canonical import parse_json, to_plain
from valuer.core.files import read_whole
from valuer.core.problems import UserError
from valuer.core.texts import N_, tr
from valuer.imports.docket_result import ReadDocket
from valuer.imports.dockets import read_docket
from valuer.store.batches import BatchFile, BatchKind, new_batch
from valuer.store.docket import DocketFilter, list_docket
from valuer.store.docket_board import keep_board
from valuer.store.docket_profiles import (
    find_profile,
    list_profiles,
    put_profile,
    remove_profile,
)
from valuer.store.docket_putting import Outcome, put_cases
from valuer.store.docket_words import put_status_word, told_status_words
from valuer.store.library import Library


def run(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Take lists of cases in, or take a batch back."""
    if arguments.take_back:
        return take_back_batch(arguments, tongue)
    if not arguments.files:
        raise UserError(N_("Name at least one file to import."))
    progress = progress_on_stderr()
    profile = _profile(arguments) if arguments.profile else None
    today = now().astimezone().date()
    of_day = None if arguments.day is None else day_of(arguments.day)
    lists = [
        _dated(read_docket(path, profile, progress), of_day, today)
        for path in arguments.files
    ]
    with library_of(arguments, tongue, create=True) as library:
        with change_of(library, arguments) as connection:
            files = [BatchFile(one.file, one.sha256) for one in lists]
            batch = new_batch(connection, files, now(), author(), BatchKind.DOCKET)
            _put_words(connection, lists)
            outcomes = [
                put_cases(connection, batch, one.cases, today, author(), progress)
                for one in lists
            ]
        if not arguments.dry_run:
            _keep_board(library, today)
        told = [
            _told(one, outcome, tongue)
            for one, outcome in zip(lists, outcomes, strict=True)
        ]
        dry = arguments.dry_run
        tell_files({"files": told, "batch": None if dry else batch}, arguments)
    return Exit.YES


def _dated(read: ReadDocket, told: date | None, today: date) -> ReadDocket:
    """Return a list as read, its cases with the day up to which it tells of them."""
    cases, issues = with_list_day(read.cases, told, today)
    return replace(read, cases=cases, issues=(*read.issues, *issues))


def _keep_board(library: Library, today: date) -> None:
    """Let the window show the dashboard at once; figures can be reckoned at any time."""
    with suppress(UserError), library.change() as connection:
        keep_board(connection, today)


def listed(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the cases of the docket."""
    del tongue
    wanted = DocketFilter(search=arguments.search)
    with library_to_read(arguments.library) as library, library.read() as connection:
        cases = list_docket(connection, wanted)
    if arguments.json:
        print_json({"cases": [plain_case(case) for case in cases]})
        return Exit.YES
    for case in cases:
        day = case.filed.isoformat() if case.filed else ""
        words = (case.number, case.reference, day, case.status, case.title)
        print_text("\t".join(words))
    return Exit.YES


def plain_case(case: Case) -> dict[str, Any]:
    """Return a case as ``valuer docket`` tells it: its facts, and what became of it."""
    told: dict[str, Any] = to_plain(case)
    return told | {"outcome": case.outcome.value, "cause": case.cause.value}


def profiles(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the profiles, keep one from a file, or remove one."""
    if arguments.save or arguments.remove:
        return _change_profiles(arguments, tongue)
    with library_to_read(arguments.library) as library, library.read() as connection:
        found = list_profiles(connection)
    if arguments.json:
        print_json({"profiles": to_plain(found)})
        return Exit.YES
    for one in found:
        print_text(one.name)
    return Exit.YES


def _change_profiles(arguments: argparse.Namespace, tongue: str) -> Exit:
    profile = _from_file(arguments.save) if arguments.save else None
    path: Path = arguments.library
    with (
        library_to_change(path, tongue, create=profile is not None) as library,
        library.change() as connection,
    ):
        if profile is not None:
            put_profile(connection, profile, author(), now())
        else:
            remove_profile(connection, arguments.remove)
    if profile is not None:
        name, text = profile.name, N_("Profile “{name}” was kept.")
    else:
        name, text = arguments.remove, N_("Profile “{name}” was removed.")
    if arguments.json:
        print_json({"profile": name, "kept": profile is not None})
    else:
        print_text(tr(text, tongue, name=name))
    return Exit.YES


def _profile(arguments: argparse.Namespace) -> Profile:
    """Return the profile of a name in the library, or in a JSON file.

    Raises:
        UserError: there is none, or it names what is not known.
    """
    path = Path(arguments.profile)
    if path.is_file():
        return _from_file(path)
    if not arguments.library.exists():
        text = N_(
            "There is no profile “{name}”: no such file, and the library is not there."
        )
        raise UserError(text, name=arguments.profile[:80])
    with library_to_read(arguments.library) as library, library.read() as connection:
        return find_profile(connection, arguments.profile)


def _from_file(path: Path) -> Profile:
    return profile_from(parse_json(read_whole(path), path.name))


def _put_words(connection: Any, lists: list[ReadDocket]) -> None:
    """Keep what the profile says that status words mean, where that is news."""
    known = dict(told_status_words(connection))
    for word, means in dict(pair for one in lists for pair in one.words).items():
        if known.get(word) != means:
            put_status_word(connection, word, means, author(), now())


def _told(one: ReadDocket, outcome: Outcome, tongue: str) -> dict[str, Any]:
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
