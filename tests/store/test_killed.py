"""What is acknowledged survives a kill in the middle of the next write.

One process forks a writer after the other; a timer of the kernel ends each at another
moment, without a word to it, as a power switch or the task manager would. The kills
fall on saving a revision, on an import and, in a new place, on the first making of
the file. Then the library is opened as the next user would.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

ROUNDS = 36

KILLER = r"""
import json, os, signal, sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from valuer.core.case import Case
from valuer.core.patents import Patent
from valuer.store.batches import list_batches, new_batch
from valuer.store.connections import connect
from valuer.store.library import memory_library, open_library
from valuer.store.patents import count_patents
from valuer.store.putting import put_patents
from valuer.store.revisions import load_case, new_case, save_revision, verify_chain

AT = datetime(2026, 11, 22, tzinfo=UTC)
memory_library().close()  # what is imported late costs no writer its time


def write(path, channel, arm):
    if not path.exists():
        arm()
    with open_library(path, create=True) as library:
        with library.change() as connection:
            revision = new_case(connection, Case(name="0"), "w", "New case", AT)
        tell(channel, [revision.case_id, 1, "0", 0])
        arm()
        for number in range(1, 10_000):
            with library.change() as connection:
                case = Case(name=str(number))
                revision = save_revision(connection, case, revision, "w", "Change", AT)
                batch = new_batch(connection, [], AT)
                first = 100 * (10_000 * int(revision.case_id[1:]) + number)
                rows = [(n, Patent(number=f"N{n}")) for n in range(first, first + 100)]
                put_patents(connection, batch, rows)
            tell(channel, [revision.case_id, revision.number, str(number), 100])


def tell(channel, words):
    os.write(channel, json.dumps(words).encode() + b"\n")


def round_of(path, seconds):
    reading, writing = os.pipe()
    writer = os.fork()
    if writer == 0:
        try:
            os.close(reading)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            write(path, writing, lambda: signal.setitimer(signal.ITIMER_REAL, seconds))
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as channel:
        told = [json.loads(line) for line in channel if line.endswith(b"\n")]
    if os.waitpid(writer, 0)[1] != signal.SIGALRM:
        raise SystemExit("the writer ended by itself")
    return told


def faults(path, told):
    if not told and not path.exists():
        return
    with open_library(path) as library, library.read() as connection:
        if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
            yield "integrity"
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            yield "keys"
        if len(list_batches(connection)) < sum(line[3] for line in told) // 100:
            yield "a lost import"
        if count_patents(connection) != 100 * len(list_batches(connection)):
            yield "a torn import"
        for case_id, number, name, _ in told[-1:]:
            if load_case(connection, case_id, number)[0].name != name:
                yield f"lost: {case_id} {number}"
            if verify_chain(connection, case_id):
                yield f"chain of {case_id}"


def main():
    path, rounds = Path(sys.argv[1]), int(sys.argv[2])
    found, acknowledged = [], 0
    open_library(path, create=True).close()
    for number in range(rounds):
        # Every third in a new place: the kill may fall on the making of the file.
        fresh = path.with_name(f"{number} {path.name}")
        place, most = (fresh, 0.2) if number % 3 == 0 else (path, 0.15)
        told = round_of(place, most * (number + 1) / rounds)
        acknowledged += len(told)
        found += [f"round {number}: {fault}" for fault in faults(place, told)]
    print(json.dumps({"faults": found, "acknowledged": acknowledged}))


main()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system knows no fork")
def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(path):
    done = subprocess.run(
        [sys.executable, "-c", KILLER, str(path), str(ROUNDS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["faults"] == []
    assert told["acknowledged"] > 0
