"""``valuer backup``: list, make and restore the backups of a library."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from valuer.cli.answers import (
    Exit,
    local_time,
    print_json,
    print_text,
    progress_on_stderr,
    tell,
)
from valuer.cli.here import author, now
from valuer.cli.opening import library_to_read
from valuer.core.problems import UserError
from valuer.core.texts import N_, tr
from valuer.store.backups import Backup, Kind, list_backups, make_backup, restore
from valuer.store.failures import MISSING
from valuer.store.journal import EntryKind, note
from valuer.store.library import open_library

_KINDS = {
    Kind.DAILY: N_("daily"),
    Kind.UPGRADE: N_("before an upgrade"),
    Kind.REPLACED: N_("replaced by a backup"),
    Kind.MANUAL: N_("by hand"),
}


def listed(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the backups, the newest first."""
    path: Path = arguments.library
    found = list_backups(path)
    if not found and not path.exists():
        raise UserError(MISSING, file=str(path))
    if arguments.json:
        print_json({"backups": [_plain(one) for one in found]})
        return Exit.YES
    for one in found:
        at = local_time(one.made_at, "%Y-%m-%d %H:%M")
        size = f"{one.size / 1e6:.1f} MB"
        kind = tr(_KINDS[one.kind], tongue)
        print_text("\t".join((str(one.number), at, kind, size, one.path.name)))
    return Exit.YES


def make(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Make a backup, beside whoever writes the library."""
    with library_to_read(arguments.library) as library:
        made = make_backup(library, now(), progress_on_stderr())
    if arguments.json:
        print_json({"backup": str(made)})
    else:
        print_text(tr(N_("The backup is {file}."), tongue, file=str(made)))
    return Exit.YES


def restored(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Put a backup in the library's place; what it replaces is kept."""
    path: Path = arguments.library
    backup = _chosen(path, arguments.backup)
    kept = restore(path, backup, now(), progress_on_stderr())
    try:
        with open_library(path) as library, library.change() as connection:
            note(connection, EntryKind.RESTORE_BACKUP, backup.name, author(), now())
    except UserError as error:
        text = N_("The library's journal does not tell of it: {reason}")
        tell(tr(text, tongue, reason=error.wording))
    if arguments.json:
        replaced = str(kept) if kept else None
        print_json({"restored": str(backup), "replaced": replaced})
        return Exit.YES
    print_text(tr(N_("{file} was restored."), tongue, file=backup.name))
    if kept:
        text = N_("What was there before is kept as {file}.")
        print_text(tr(text, tongue, file=str(kept)))
    return Exit.YES


def _chosen(path: Path, wanted: str) -> Path:
    """Return the backup that a number of the list, a name or a path means.

    Raises:
        UserError: there is none, or more than one.
    """
    found = [
        one.path
        for one in list_backups(path)
        if wanted in (str(one.number), f"{one.number:04}", one.path.name)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        text = N_("More than one backup has the number {number}: name the file.")
        raise UserError(text, number=wanted)
    if not Path(wanted).is_file():
        raise UserError(N_("There is no backup {backup}."), backup=wanted)
    return Path(wanted)


def _plain(one: Backup) -> dict[str, Any]:
    newest = one.newest_change
    return {
        "number": one.number,
        "file": str(one.path),
        "at": one.made_at.isoformat(),
        "kind": one.kind.value,
        "size": one.size,
        "revision": one.revision,
        "newest_change": newest.isoformat() if newest else None,
    }
