"""Time until 50 patents are shown and a key is taken, library of 10,000 patents.

Against a bare window that does the same SELECT with SQLAlchemy and imports numpy; the
ratio to bare Qt stands beside it. Each start is a process of its own (``starting``).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from rows import Row

from valuer.core.patents import LegalStatus, Patent, PatentKind
from valuer.store.batches import BatchFile, new_batch
from valuer.store.library import open_library
from valuer.store.putting import put_patents

PATENTS = 10_000
STARTS = 9
BOUND = 1.5


def measure() -> list[Row]:
    """Start the window, a bare window with the SELECT, and bare Qt, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "专利.valuer"
        _fill(library)
        found: dict[str, list[float]] = {"window": [], "select": [], "bare": []}
        for turn in range(STARTS + 1):
            for kind, seconds in found.items():
                took = _started(kind, library)
                if turn:  # the first turn warms the disk's cache
                    seconds.append(took)
    ours, same, bare = (statistics.median(seconds) for seconds in found.values())
    what = f"start until 50 rows are shown and a key is taken, {PATENTS:,} patents"
    return [
        Row(
            what, "bare window, same SELECT with SQLAlchemy, numpy", ours / same, BOUND
        ),
        Row(what, "bare Qt", ours / bare, None),
        Row(what, "the clock", ours, None, "s"),
    ]


def _fill(library: Path) -> None:
    rows = [(number + 2, _patent(number)) for number in range(PATENTS)]
    with open_library(library, create=True) as opened, opened.change() as connection:
        files = [BatchFile("清单.xls", "0" * 64)]
        batch = new_batch(connection, files, datetime.now(UTC))
        put_patents(connection, batch, rows)


def _patent(number: int) -> Patent:
    return Patent(
        number=f"CN2018{10_000_000 + number}1",
        publications=(f"CN{108_000_000 + number}B",),
        country="CN",
        kind=PatentKind.INVENTION,
        title=f"一种锂离子电池正极材料及其制备方法 {number}",
        owners=("某某新能源科技有限公司",),
        inventors=("张三", "李四"),
        filed=date(2018, 5, 18),
        granted=date(2020, 9, 1),
        ipc=("H01M4/525",),
        status=LegalStatus.IN_FORCE,
    )


def _started(kind: str, library: Path) -> float:
    """Return the seconds of one start."""
    program = Path(__file__).with_name("starting.py")
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": platform,
        "XDG_CONFIG_HOME": str(library.parent),
    }
    command = [sys.executable, program, kind, library, str(time.time())]
    done = subprocess.run(
        command, env=environment, capture_output=True, check=True, encoding="utf-8"
    )
    return float(done.stdout)
