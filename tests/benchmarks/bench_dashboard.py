"""Time until every tile of the dashboard shows its number, 100,000 cases against 100.

Both libraries were imported before, and the import kept the board of its day, as
``valuer docket import`` does. Beside it, told only: the same after one case was edited,
and where nothing was kept. Each opening is a process of its own (``opening``), the
window already there; only the way from the press to the last number is timed.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from rows import Row

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.agency.invented_agency import invented  # noqa: E402 - of this checkout
from valuer.agency.docket import Case  # noqa: E402
from valuer.store.batches import BatchFile, BatchKind, new_batch  # noqa: E402
from valuer.store.docket import DocketFilter, list_docket  # noqa: E402
from valuer.store.docket_board import keep_board  # noqa: E402
from valuer.store.docket_edits import save_case  # noqa: E402
from valuer.store.docket_putting import put_cases  # noqa: E402
from valuer.store.library import open_library  # noqa: E402

CASES = int(os.environ.get("DASHBOARD_CASES", "100000"))
FEW = 100
OPENINGS = 5
BOUND = 2.0
SEED = 20261123

STATES = ("kept", "edited", "nothing")


def measure() -> list[Row]:
    """Open the dashboard on both libraries in turn, in each state."""
    with tempfile.TemporaryDirectory() as folder:
        many, few = Path(folder) / "many.valuer", Path(folder) / "few.valuer"
        for path, count in ((many, CASES), (few, FEW)):
            _fill(path, invented(count, SEED)[0])
        found = {state: _openings(many, few, state) for state in STATES}
    what = f"opening the dashboard on {CASES:,} cases, every tile shows its number"
    against = f"the same on {FEW} cases"
    edited = f"{what}, after one case was edited"
    cold = f"{what}, nothing kept"
    kept = found["kept"]
    return [
        Row(what, against, kept[0] / kept[1], BOUND),
        Row(what, "the clock", kept[0], None, "s"),
        Row(edited, "the clock", found["edited"][0], None, "s"),
        Row(cold, against, found["nothing"][0] / found["nothing"][1], None),
        Row(cold, "the clock", found["nothing"][0], None, "s"),
    ]


def _fill(path: Path, cases: tuple[Case, ...]) -> None:
    """Import cases, and keep the board of today as the import does."""
    today, moment = date.today(), datetime.now(UTC)  # noqa: DTZ011 - the user's own day
    with open_library(path, create=True) as library:
        with library.change() as connection:
            files = [BatchFile("案卷.xlsx", "0" * 64)]
            batch = new_batch(connection, files, moment, "", BatchKind.DOCKET)
            put_cases(connection, batch, cases, today, "", _silent)
        with library.change() as connection:
            keep_board(connection, today)


def _openings(many: Path, few: Path, state: str) -> tuple[float, float]:
    """Return the median seconds of opening either library in a state."""
    times = OPENINGS if state == "kept" else 3
    found: dict[Path, list[float]] = {many: [], few: []}
    for turn in range(times + 1):
        for path, seconds in found.items():
            took = _opened(path, state)
            if turn:  # the first turn warms the disk's cache
                seconds.append(took)
    return statistics.median(found[many]), statistics.median(found[few])


def _opened(library: Path, state: str) -> float:
    """Return the seconds of one opening, on a copy."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copyfile(library, Path(folder) / library.name))
        _spoil(copy, state)
        platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": platform,
            "XDG_CONFIG_HOME": folder,
        }
        program = Path(__file__).with_name("opening.py")
        command = [sys.executable, program, copy]
        done = subprocess.run(
            command, env=environment, capture_output=True, check=True, encoding="utf-8"
        )
    return float(done.stdout)


def _spoil(path: Path, state: str) -> None:
    """Bring a library into a state: as imported, a case edited, nothing kept."""
    if state == "kept":
        return
    with open_library(path) as library, library.change() as connection:
        if state == "edited":
            case = list_docket(connection, DocketFilter(), 0, 1)[0]
            edited = replace(case, reviewer=f"{case.reviewer}·")
            save_case(connection, edited, "", datetime.now(UTC), case.number)
            return
        connection.exec_driver_sql("DELETE FROM docket_kept")
        connection.exec_driver_sql("DELETE FROM docket_parts")


def _silent(count: int, total: int) -> None:
    del count, total
