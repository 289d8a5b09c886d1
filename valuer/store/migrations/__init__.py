"""From an older library file to the form of today. To add a step: its module, its line.

Each module holds one frozen step, written with Alembic's operations. They are plain
modules in a plain list, not scripts found in a folder, so an installed wheel and a
frozen bundle have them like any other code. A backup of the file is made first;
then all steps run in one transaction, which keeps everything or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, select, update

from valuer.core.problems import UserError
from valuer.store.backups import back_up_before_upgrade
from valuer.store.connections import engine_on
from valuer.store.failures import DAMAGED, NEWER, plain_words
from valuer.store.migrations import v0001, v0002, v0003, v0004, v0005, v0006
from valuer.store.schema import alembic_version


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: the revision it leads to and what it does."""

    revision: str
    run: Callable[[Operations], None]


MIGRATIONS = (
    Migration("0001", v0001.upgrade),
    Migration("0002", v0002.upgrade),
    Migration("0003", v0003.upgrade),
    Migration("0004", v0004.upgrade),
    Migration("0005", v0005.upgrade),
    Migration("0006", v0006.upgrade),
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
            steps = steps_after(revision, path, migrations)
            if not steps:
                return None
            backup = back_up_before_upgrade(path, patience)
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


def steps_after(
    revision: str, path: Path, migrations: Sequence[Migration] = MIGRATIONS
) -> Sequence[Migration]:
    """Return the steps from a form to today's.

    Raises:
        UserError: the form is that of a newer program.
    """
    known = [step.revision for step in migrations]
    if revision not in known:
        raise UserError(NEWER, file=path.name)
    return migrations[known.index(revision) + 1 :]


def _revision(connection: Connection) -> str:
    return str(connection.scalar(select(alembic_version.c.version_num)))
