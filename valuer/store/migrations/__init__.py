"""From an older library file to the form of today. To add a step: its module, its line.

Each module holds one frozen step, written with Alembic's operations. They are plain
modules in a plain list, not scripts found in a folder, so an installed wheel and a
frozen bundle have them like any other code. A copy of the file is put beside it
first; then all steps run in one transaction, which keeps everything or nothing.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, select, update

from valuer.core.problems import UserError
from valuer.store.connections import connect, engine_on
from valuer.store.failures import DAMAGED, NEWER, plain_words
from valuer.store.files import move_without_replacing, sync_folder
from valuer.store.migrations import v0001, v0002
from valuer.store.schema import alembic_version


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: the revision it leads to and what it does."""

    revision: str
    run: Callable[[Operations], None]


MIGRATIONS = (
    Migration("0001", v0001.upgrade),
    Migration("0002", v0002.upgrade),
)
"""Every step from an empty file to today, oldest first."""


def upgrade(
    path: Path, *, patience: float, migrations: Sequence[Migration] = MIGRATIONS
) -> Path | None:
    """Bring a library file to the newest form; return the copy of the old one.

    Returns:
        The backup's path, or None when there was nothing to do.

    Raises:
        UserError: the file is of a newer program, or breaks its own rules.
    """
    # Moving tables about would set off the keys; they are checked at the end.
    engine = engine_on(path, patience, keys=False)
    try:
        with plain_words(path), engine.begin() as connection:
            revision = _revision(connection)
            steps = _steps_after(revision, migrations, path)
            if not steps:
                return None
            backup = _back_up(path, revision, patience)
            run_steps(connection, steps)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise UserError(DAMAGED, file=path.name)
            return backup
    finally:
        engine.dispose()


def run_steps(connection: Connection, steps: Sequence[Migration]) -> None:
    """Run steps one after the other and note the revision reached."""
    operations = Operations(MigrationContext.configure(connection))
    for step in steps:
        step.run(operations)
    connection.execute(update(alembic_version).values(version_num=steps[-1].revision))


def _revision(connection: Connection) -> str:
    return str(connection.scalar(select(alembic_version.c.version_num)))


def _steps_after(
    revision: str, migrations: Sequence[Migration], path: Path
) -> Sequence[Migration]:
    known = [step.revision for step in migrations]
    if revision not in known:
        raise UserError(NEWER, file=path.name)
    return migrations[known.index(revision) + 1 :]


def _back_up(path: Path, revision: str, patience: float) -> Path:
    """Copy the library beside itself, under a name that says which form it has."""
    draft = path.absolute().parent / f".valuer-{token_hex(8)}.backup"
    try:
        with (
            closing(connect(path, patience)) as source,
            closing(sqlite3.connect(draft)) as copy,
        ):
            source.backup(copy)
        backup = _free(path, revision)
        move_without_replacing(draft, backup)
        sync_folder(backup.absolute().parent)
        return backup
    finally:
        draft.unlink(missing_ok=True)


def _free(path: Path, revision: str) -> Path:
    """Return a name for the copy that is not taken."""
    extra = (f" {count}" if count > 1 else "" for count in itertools.count(1))
    names = (f"{path.stem}.{revision}{more}.backup{path.suffix}" for more in extra)
    return next(one for one in map(path.with_name, names) if not one.exists())
