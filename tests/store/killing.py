"""Kill a writer again and again, and look each time as the next user would.

    python killing.py FOLDER KILLS

One process forks a writer after the other; a timer of the kernel ends each at another
moment, without a word to it, as a power switch or the task manager would. A writer
tells what it begins, so that the place of each kill is known, and what is saved: that
must be found again. Prints the count of kills by what they fell into, and all faults.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from valuer.agency.docket import Case as DocketCase
from valuer.core.case import Case
from valuer.core.patents import Patent
from valuer.store.backups import list_backups, make_backup, restore
from valuer.store.batches import BatchKind, list_batches, new_batch
from valuer.store.connections import connect, engine_on
from valuer.store.docket import count_docket
from valuer.store.docket_columns import docket_columns, keep_columns
from valuer.store.docket_putting import put_cases
from valuer.store.library import Access, memory_library, open_library
from valuer.store.migrations import MIGRATIONS, run_steps
from valuer.store.patents import count_patents
from valuer.store.putting import put_patents
from valuer.store.revisions import load_case, new_case, save_revision, verify_chain
from valuer.store.schema import alembic_version

AT = datetime(2026, 11, 22, tzinfo=UTC)
LONGEST = 0.03
"""Seconds from a writer's first word after which it is dead at the latest."""
FRESH = 8
"""Rounds after which a new library is begun, so that looking stays quick."""
BATCH = 20
Tell = Callable[..., None]


@dataclass(frozen=True)
class Work:
    """One kind of work: what it needs beforehand, and what it does until killed."""

    prepare: Callable[[Path], None]
    run: Callable[[Path, Tell], None]


def nothing(path: Path) -> None:
    """Begin without a library."""
    path.unlink(missing_ok=True)


def a_library(path: Path) -> None:
    """Begin with a library that holds a case and a batch."""
    if not path.exists():
        with open_library(path, create=True) as library, library.change() as connection:
            new_case(connection, Case(name="0"), "w", "New case", AT)
            batch = new_batch(connection, [], AT)
            put_patents(connection, batch, patents(0))


def an_old_library(path: Path) -> None:
    """Begin with the library in its first form."""
    old = path.with_name("old")
    if not old.exists():
        a_library(path)
        age(path, old)
    remove(path)
    shutil.copyfile(old, path)


def make(path: Path, tell: Tell) -> None:
    """Make the library and its first case."""
    while True:
        tell(at="making")
        with open_library(path, create=True) as library:
            with library.change() as connection:
                new_case(connection, Case(name="0"), "w", "New case", AT)
            tell(at="closing", saved="0")
        tell(at="clearing", saved=None)
        remove(path)


def save(path: Path, tell: Tell) -> None:
    """Save one revision after the other."""
    with open_library(path) as library:
        with library.read() as connection:
            case, revision = load_case(connection, "C1")
        for number in itertools.count(int(case.name) + 1):
            tell(at="saving")
            with library.change() as connection:
                new = Case(name=str(number))
                revision = save_revision(connection, new, revision, "w", "Change", AT)
            tell(at="between", saved=str(number))


def bring_in(path: Path, tell: Tell) -> None:
    """Import one batch after the other."""
    with open_library(path) as library:
        while True:
            tell(at="importing")
            with library.change() as connection:
                count = len(list_batches(connection))
                batch = new_batch(connection, [], AT)
                put_patents(connection, batch, patents(count))
            tell(at="between", batches=count + 1)


def bring_in_cases(path: Path, tell: Tell) -> None:
    """Import one list of the docket after the other, and keep the columns."""
    with open_library(path) as library:
        while True:
            tell(at="docket")
            with library.change() as connection:
                count = of_kind(connection, BatchKind.DOCKET)
                batch = new_batch(connection, [], AT, "w", BatchKind.DOCKET)
                put_cases(connection, batch, docket(count), AT.date())
                keep_columns(connection)
            tell(at="between", docket=count + 1)


def open_and_close(path: Path, tell: Tell) -> None:
    """Open, save once and close, over and over."""
    while True:
        library = open_library(path)
        with library.change() as connection:
            case, revision = load_case(connection, "C1")
            name = str(int(case.name) + 1)
            save_revision(connection, Case(name=name), revision, "w", "Change", AT)
        tell(at="closing", saved=name)
        library.close()
        tell(at="opening")


def back_up(path: Path, tell: Tell) -> None:
    """Make backups, with a revision between two."""
    with open_library(path) as library:
        while True:
            with library.change() as connection:
                case, revision = load_case(connection, "C1")
                name = str(int(case.name) + 1)
                save_revision(connection, Case(name=name), revision, "w", "Change", AT)
            tell(at="backing up", saved=name)
            made = make_backup(library, AT)
            tell(at="between", backup=str(made))


def put_back(path: Path, tell: Tell) -> None:
    """Restore a backup, save, restore the one that was replaced, and so on."""
    with open_library(path) as library:
        backup = make_backup(library, AT)
    while True:
        with open_library(path) as library, library.change() as connection:
            case, revision = load_case(connection, "C1")
            name = str(int(case.name) + 1)
            save_revision(connection, Case(name=name), revision, "w", "Change", AT)
        tell(at="restoring", saved=name)
        restore(path, backup, AT)
        tell(at="between", saved=None)


def upgrade(path: Path, tell: Tell) -> None:
    """Open a library of the first form, again and again."""
    old = path.read_bytes()
    while True:
        tell(at="upgrading", saved="0")
        open_library(path).close()
        tell(at="clearing", saved=None)
        remove(path)
        path.write_bytes(old)


WORKS = {
    "making": Work(nothing, make),
    "saving": Work(a_library, save),
    "importing": Work(a_library, bring_in),
    "docket": Work(a_library, bring_in_cases),
    "closing": Work(a_library, open_and_close),
    "backing up": Work(a_library, back_up),
    "restoring": Work(a_library, put_back),
    "upgrading": Work(an_old_library, upgrade),
}


def patents(batch: int) -> list[tuple[int, Patent]]:
    """Return the rows of a batch; no two batches share a number."""
    first = batch * BATCH
    return [(row, Patent(number=f"N{row}")) for row in range(first, first + BATCH)]


def docket(batch: int) -> list[DocketCase]:
    """Return the cases of a list; no two lists share a number."""
    first = batch * BATCH
    return [DocketCase(f"D{number}") for number in range(first, first + BATCH)]


def of_kind(connection: Connection, kind: BatchKind) -> int:
    """Return how many batches there are of a kind."""
    return sum(batch.kind is kind for batch in list_batches(connection))


def age(path: Path, old: Path) -> None:
    """Write what a library holds as the first version of the program had it."""
    engine = engine_on(old, 1, mode="rwc")
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA application_id = 0x56414C31")
        alembic_version.create(connection)
        connection.execute(alembic_version.insert().values(version_num=""))
        run_steps(connection, MIGRATIONS[:1])
    engine.dispose()
    with closing(connect(old, 1)) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("ATTACH ? AS new", (str(path),))
        listed = "SELECT name FROM main.sqlite_master WHERE type = 'table'"
        for (table,) in raw.execute(listed).fetchall():
            if table in ("alembic_version", "sqlite_sequence"):
                continue
            columns = [
                row[1] for row in raw.execute(f"PRAGMA main.table_info({table})")
            ]
            names = ", ".join(f'"{name}"' for name in columns)
            copy = f"INSERT INTO {table} ({names}) SELECT {names} FROM new.{table}"  # noqa: S608 - names of our own
            raw.execute(copy)
        raw.execute("DETACH new")


def remove(path: Path) -> None:
    """Remove a library and what lies beside it."""
    for one in path.parent.glob(f"*{path.name}*"):
        shutil.rmtree(one) if one.is_dir() else one.unlink()


def round_of(work: Work, path: Path, seconds: float) -> list[dict[str, object]]:
    """Run work until the kernel kills it; return what it told."""
    reading, writing = os.pipe()
    writer = os.fork()
    if writer == 0:
        try:
            os.close(reading)
            work.run(path, teller(writing, seconds))
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as channel:
        told = [json.loads(line) for line in channel if line.endswith(b"\n")]
    if os.waitpid(writer, 0)[1] != signal.SIGALRM:
        raise SystemExit("the writer ended by itself")
    return told


def teller(channel: int, seconds: float) -> Tell:
    """Return what a writer tells by; its time begins with the first word."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    started = False

    def tell(**told: object) -> None:
        nonlocal started
        os.write(channel, json.dumps(told).encode() + b"\n")
        if not started:
            signal.setitimer(signal.ITIMER_REAL, seconds)
            started = True

    return tell


def faults(path: Path, told: list[dict[str, object]]) -> Iterator[str]:
    """Look at what a dead writer left."""
    place = told[-1]["at"]
    if place == "clearing" or not path.exists():
        saved = last(told, "saved")
        if place != "clearing" and saved is not None:
            yield f"no library, but {saved} was saved"
        return
    # Nobody waits: the kernel has freed the lock.
    with open_library(path, patience=0) as library, library.read() as connection:
        if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
            yield "integrity"
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            yield "keys"
        if verify_chain(connection, "C1"):
            yield "the chain"
        batches = of_kind(connection, BatchKind.IMPORT)
        if batches < int(last(told, "batches") or 0):
            yield "a lost import"
        if count_patents(connection) != BATCH * batches:
            yield "a torn import"
        lists = of_kind(connection, BatchKind.DOCKET)
        if lists < int(last(told, "docket") or 0):
            yield "a lost list of the docket"
        if count_docket(connection) != BATCH * lists:
            yield "a torn list of the docket"
        if docket_columns(connection, AT.date()).count != BATCH * lists:
            yield "columns of another docket"
        name = load_case(connection, "C1")[0].name
    yield from lost(
        path, int(name), last(told, "saved"), is_restore=place == "restoring"
    )
    yield from left(path, last(told, "backup"))


def lost(path: Path, name: int, saved: object, *, is_restore: bool) -> Iterator[str]:
    """Tell what was saved and is gone; a restored library keeps it as a backup."""
    if saved is None or name >= int(str(saved)):
        return
    if not is_restore:
        yield f"lost: {saved}, there is {name}"
        return
    for backup in list_backups(path):
        with (
            open_library(backup.path, access=Access.READ) as library,
            library.read() as connection,
        ):
            if int(load_case(connection, "C1")[0].name) >= int(str(saved)):
                return
    yield f"lost in a restore: {saved}"


def left(path: Path, backup: object) -> Iterator[str]:
    """Tell what lies about after the library was opened and closed again."""
    listed = list_backups(path)
    yield from (f"bad: {one.path.name}" for one in listed if not one.revision)
    if backup and Path(str(backup)) not in [one.path for one in listed]:
        yield f"a lost backup: {backup}"
    for one in (*path.parent.iterdir(), *(b.path for b in listed)):
        if one.name.startswith(".") or one.suffix in ("-wal", "-shm", "-journal"):
            yield f"left: {one.name}"


def last(told: list[dict[str, object]], word: str) -> object:
    """Return what was told last of something."""
    return next((one[word] for one in reversed(told) if word in one), None)


def main() -> None:
    """Kill and look, and print what was found."""
    folder, kills = Path(sys.argv[1]), int(sys.argv[2])
    memory_library().close()  # what is imported late costs no writer its time
    chance = random.Random(20261122)
    fell: Counter[str] = Counter()
    found: list[str] = []
    saved = 0
    for number in range(kills):
        name = list(WORKS)[number % len(WORKS)]
        path = folder / f"{number // (FRESH * len(WORKS))} {name}" / "专利 库.valuer"
        path.parent.mkdir(exist_ok=True)
        WORKS[name].prepare(path)
        told = round_of(WORKS[name], path, chance.uniform(0.001, LONGEST))
        fell[str(told[-1]["at"])] += 1
        words = ("saved", "batches", "docket")
        saved += sum(any(map(one.get, words)) for one in told)
        found += [f"{number} {name}: {fault}" for fault in faults(path, told)]
    print(json.dumps({"faults": found, "saved": saved, "fell": fell}))  # noqa: T201


if __name__ == "__main__":
    main()
