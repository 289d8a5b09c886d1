"""``valuer undo``, ``redo``, ``history`` and the bin: the record, and the way back."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from valuer.cli.answers import (
    Exit,
    local_time,
    plain_issues,
    print_json,
    print_text,
    progress_on_stderr,
    tell_issues,
)
from valuer.cli.here import author, now
from valuer.cli.opening import library_to_change, library_to_read
from valuer.core.problems import Issue
from valuer.core.texts import N_, Message, say, tr
from valuer.store.bin import bin_case, list_binned, take_out
from valuer.store.journal import Entry, library_trail, verify_journal
from valuer.store.library_steps import LibraryStep, library_steps, redo_step, undo_step
from valuer.store.revisions import Revision, load_case, trail, verify_chain
from valuer.store.steps import Step, redo, restore_revision, steps, undo


def undone(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Undo the last step of a case, or of the library as a whole."""
    return _step(arguments, tongue, undo, undo_step)


def redone(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Do the step again that was undone last."""
    return _step(arguments, tongue, redo, redo_step)


def restored(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Bring the value of a revision back, as the newest revision."""
    with (
        library_to_change(arguments.library, tongue) as library,
        library.change() as connection,
    ):
        _, latest = load_case(connection, arguments.case)
        _, revision = restore_revision(
            connection, latest, arguments.revision, author(), now()
        )
    return _told_revision(revision, arguments, tongue)


def deleted(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Put a case into the bin."""
    return _moved(arguments, tongue, bin_case, N_("Case {case} is in the bin."))


def taken_out(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Take a case out of the bin."""
    return _moved(arguments, tongue, take_out, N_("Case {case} is out of the bin."))


def binned(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the cases in the bin."""
    del tongue
    with library_to_read(arguments.library) as library, library.read() as connection:
        found = list_binned(connection)
    if arguments.json:
        plain = [
            {
                "case": one.case_id,
                "name": one.name,
                "revision": one.revision,
                "at": one.at.isoformat(),
                "binned_at": one.binned_at.isoformat() if one.binned_at else None,
            }
            for one in found
        ]
        print_json({"cases": plain})
        return Exit.YES
    for one in found:
        print_text(f"{one.case_id}\tr{one.revision}\t{one.name}")
    return Exit.YES


def history(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Print the record and check it; the answer is no where it is not sound."""
    if arguments.case:
        return _case_history(arguments, tongue)
    with library_to_read(arguments.library) as library, library.read() as connection:
        issues = verify_journal(connection)
        entries = library_trail(connection)
        next_ones = library_steps(connection)
    if arguments.json:
        answer = {
            "entries": [_plain_entry(one, tongue) for one in entries],
            "undoable": _plain_library_step(next_ones.undoable, tongue),
            "redoable": _plain_library_step(next_ones.redoable, tongue),
        }
        return _checked(answer, issues, tongue)
    lines = ((one.number, one.at, one.author, one.wording) for one in entries)
    return _printed(lines, issues, tongue)


def _case_history(arguments: argparse.Namespace, tongue: str) -> Exit:
    with library_to_read(arguments.library) as library, library.read() as connection:
        issues = verify_chain(connection, arguments.case)
        found = tuple(trail(connection, arguments.case))
        next_ones = steps(connection, arguments.case)
    if arguments.json:
        answer = {
            "case": found[0].case_id,
            "revisions": [_plain_revision(one, tongue) for one in found],
            "undoable": _plain_step(next_ones.undoable, tongue),
            "redoable": _plain_step(next_ones.redoable, tongue),
        }
        return _checked(answer, issues, tongue)
    lines = ((one.number, one.at, one.author, one.wording) for one in found)
    return _printed(lines, issues, tongue)


def _step(
    arguments: argparse.Namespace,
    tongue: str,
    in_case: Callable[..., tuple[Any, Revision]],
    in_library: Callable[..., Entry],
) -> Exit:
    with (
        library_to_change(arguments.library, tongue) as library,
        library.change() as connection,
    ):
        if arguments.case:
            _, latest = load_case(connection, arguments.case)
            _, revision = in_case(connection, latest, author(), now())
        else:
            entry = in_library(connection, author(), now(), progress_on_stderr())
    if arguments.case:
        return _told_revision(revision, arguments, tongue)
    if arguments.json:
        print_json(_plain_entry(entry, tongue))
    else:
        print_text(say(entry.wording, tongue))
    return Exit.YES


def _moved(
    arguments: argparse.Namespace,
    tongue: str,
    move: Callable[..., str],
    text: str,
) -> Exit:
    with (
        library_to_change(arguments.library, tongue) as library,
        library.change() as connection,
    ):
        case = move(connection, arguments.case, author(), now())
    if arguments.json:
        print_json({"case": case, "binned": move is bin_case})
    else:
        print_text(tr(text, tongue, case=case))
    return Exit.YES


def _told_revision(
    revision: Revision, arguments: argparse.Namespace, tongue: str
) -> Exit:
    if arguments.json:
        plain = _plain_revision(revision, tongue)
        print_json({"case": revision.case_id, **plain})
        return Exit.YES
    text = N_("Case {case}, revision {revision}: {what}")
    values = {"case": revision.case_id, "revision": revision.number}
    print_text(tr(text, tongue, **values, what=revision.wording))
    return Exit.YES


def _plain_revision(revision: Revision, tongue: str) -> dict[str, Any]:
    return {
        "revision": revision.number,
        "at": revision.at.isoformat(),
        "author": revision.author,
        "kind": revision.kind.value,
        "action": tr(revision.action, tongue),
        "restores": revision.restores,
        "digest": revision.digest,
        "chain": revision.chain,
    }


def _plain_entry(entry: Entry, tongue: str) -> dict[str, Any]:
    return {
        "entry": entry.number,
        "at": entry.at.isoformat(),
        "author": entry.author,
        "kind": entry.kind.value,
        "subject": entry.subject,
        "action": say(entry.wording, tongue),
        "detail": entry.detail,
        "undoes": entry.undoes,
        "chain": entry.chain,
    }


def _plain_step(step: Step | None, tongue: str) -> dict[str, Any] | None:
    if step is None:
        return None
    return {"action": tr(step.action, tongue), "restores": step.restores}


def _plain_library_step(step: LibraryStep | None, tongue: str) -> dict[str, Any] | None:
    if step is None:
        return None
    return {"action": say(step.wording, tongue), "entry": step.last}


def _checked(answer: dict[str, Any], issues: Sequence[Issue], tongue: str) -> Exit:
    checked = {"sound": not issues, "issues": plain_issues(issues, tongue)}
    print_json(answer | checked)
    return Exit.NO if issues else Exit.YES


def _printed(
    lines: Iterable[tuple[int, datetime, str, Message]],
    issues: Sequence[Issue],
    tongue: str,
) -> Exit:
    for number, at, who, wording in lines:
        when = local_time(at, "%Y-%m-%d %H:%M:%S")
        print_text("\t".join((str(number), when, who, say(wording, tongue))))
    tell_issues(issues, tongue)
    return Exit.NO if issues else Exit.YES
