"""A docket of a hundred thousand cases: coming in, coming in again, and its columns.

By hand the rows that came of it are inserted into the same tables by bare ``sqlite3``;
that joins nothing, checks nothing and knows no duplicate.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from functools import partial
from itertools import count
from pathlib import Path

from rows import Row, ratio

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.agency.invented_agency import AS_OF, invented
from valuer.agency.columns import columns_of
from valuer.agency.docket import Case
from valuer.store.batches import BatchKind, new_batch
from valuer.store.connections import connect
from valuer.store.docket import every_case
from valuer.store.docket_columns import docket_columns, keep_columns
from valuer.store.docket_putting import put_cases
from valuer.store.library import Library, open_library

CASES = int(os.environ.get("DOCKET_CASES", "100000"))
SEED = 20261123
AT = datetime(2026, 9, 30, tzinfo=UTC)
TABLES = (
    (
        "SELECT * FROM docket_cases",
        "INSERT INTO docket_cases VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    ),
    ("SELECT * FROM docket_facts", "INSERT INTO docket_facts VALUES (?, ?, ?)"),
    ("SELECT * FROM docket_agents", "INSERT INTO docket_agents VALUES (?, ?)"),
)
"""How what came of an import is read, and written by hand."""
TIMES = 3

Fresh = Callable[[], Path]


def measure() -> list[Row]:
    """Compare the import with bare inserts, and the kept columns with made ones."""
    cases, _ = invented(CASES, SEED)
    with folder() as fresh:
        path = fresh()
        with open_library(path, create=True) as library:
            bring_in(library, cases)
        every = [*rows_of(path)]
        came = ratio(
            lambda: bring_in_anew(fresh(), cases),
            lambda: by_hand(fresh(), every),
            TIMES,
        )
        with open_library(path) as library:
            again = ratio(
                partial(bring_in, library, cases),
                lambda: bring_in_anew(fresh(), cases),
                TIMES,
            )
            with library.change() as connection:
                keep_columns(connection)
            ready = ratio(partial(kept, library), partial(made, library), TIMES)
    what = f"{CASES:,} cases"
    return [
        Row(f"{what} into the docket", "bare inserts of the same rows", came, 3),
        Row(f"the same {what} again", "the first time", again, 1),
        Row(f"columns of {what}, kept", "made of the cases", ready, 1 / 10),
    ]


@contextmanager
def folder() -> Iterator[Fresh]:
    """Give names for libraries that are gone afterwards."""
    with tempfile.TemporaryDirectory() as made_for_it:
        names = (Path(made_for_it) / f"{number}.valuer" for number in count())
        yield lambda: next(names)


def bring_in(library: Library, cases: tuple[Case, ...]) -> None:
    """Import a list of cases."""
    with library.change() as connection:
        batch = new_batch(connection, [], AT, "w", BatchKind.DOCKET)
        put_cases(connection, batch, cases, AS_OF)


def bring_in_anew(path: Path, cases: tuple[Case, ...]) -> None:
    """Import a list of cases into a library of its own."""
    with open_library(path, create=True) as library:
        bring_in(library, cases)


def rows_of(path: Path) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """Yield what the import wrote, each with the statement that writes it."""
    with closing(sqlite3.connect(path)) as raw:
        for read, write in TABLES:
            yield write, raw.execute(read).fetchall()


def by_hand(path: Path, every: list[tuple[str, list[tuple[object, ...]]]]) -> None:
    """Insert the same rows into the tables of an empty library."""
    with open_library(path, create=True) as library, library.change() as connection:
        new_batch(connection, [], AT, "w", BatchKind.DOCKET)
    with closing(connect(path, 5)) as raw:
        raw.execute("BEGIN")
        for write, rows in every:
            raw.executemany(write, rows)
        raw.execute("COMMIT")


def kept(library: Library) -> None:
    """Open the columns as a window does, and look at all of them."""
    with library.read() as connection:
        docket = docket_columns(connection, AS_OF)
    for name in docket.columns:
        docket.columns[name]


def made(library: Library, as_of: date = AS_OF) -> None:
    """Make the columns of all cases."""
    with library.read() as connection:
        columns_of(every_case(connection), as_of)
