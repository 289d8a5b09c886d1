"""A library of a million patents: filling it, searching it, saving a case in it.

The raw way of filling takes turns with ours every thousand patents, so that whatever
else the machine does slows both. Neither pays for making up the patents.
"""

from __future__ import annotations

import random
import resource
import sqlite3
import statistics
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from rows import Row, ratio, seconds

from valuer.core.canonical import canonical
from valuer.core.case import Case, Run
from valuer.core.patents import LegalStatus, Patent, PatentKind, Source
from valuer.store import patent_rows
from valuer.store.batches import new_batch
from valuer.store.connections import connect
from valuer.store.indexing import catch_up
from valuer.store.library import Library, open_library
from valuer.store.patent_rows import PatentWriter
from valuer.store.patents import count_patents, list_patents
from valuer.store.putting import put_patents
from valuer.store.revisions import new_case, save_revision

PATENTS = 1_000_000
BLOCK = 1000
PAGE = 50
SAVES = 401
NOW = datetime(2026, 11, 22, tzinfo=UTC)
COMMON, RARE = "电池", "琴弦"
"""Words in every tenth patent, as title or owner, and in every ten-thousandth."""

ASKED = "SELECT rowid FROM patent_words WHERE patent_words MATCH ?"

KINDS = [
    "一种",
    "一种基于大数据的",
    "一种用于新能源汽车的",
    "一种带有自检功能的",
    "新型",
]
TRAITS = [
    "锂离子",
    "固态",
    "石墨烯",
    "双层",
    "自动",
    "智能",
    "高效",
    "环保",
    "可调",
    "耐高温",
    "便携式",
    "防水",
    "低功耗",
]
THINGS = [
    "电池",
    "电机",
    "传感器",
    "控制器",
    "图像",
    "水泵",
    "阀门",
    "机器人",
    "涂料",
    "芯片",
    "天线",
    "电路",
    "轴承",
    "焊接",
    "显示屏",
    "滤波器",
    "发动机",
    "连接器",
    "起重机",
    "纤维",
]
ENDS = [
    "装置",
    "方法",
    "系统",
    "及其制备方法",
    "的控制方法",
    "组件",
    "结构",
    "检测设备",
    "存储介质",
]
PLACES = [
    "南京",
    "深圳",
    "北京",
    "合肥",
    "宁德",
    "上海",
    "东莞",
    "苏州",
    "武汉",
    "成都",
]
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
NAMES = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红文建国"


def measure() -> list[Row]:
    """Fill a library of a million patents, search it, save a case in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "专利库.valuer"
        with open_library(path, create=True) as library:
            rows = _filling(library, Path(folder) / "raw.valuer")
            catch_up(library.change)
            rows += _searching(library)
            rows += _saving(library, Path(folder) / "bare.db")
    return rows


def made_up(count: int) -> Iterator[list[tuple[int, Patent]]]:
    """Yield invented patents with their rows, a block at a time."""
    choice = random.Random(20261122).choice
    first = date(2005, 1, 3)
    for start in range(0, count, BLOCK):
        block = []
        for row in range(start, min(start + BLOCK, count)):
            thing = choice(THINGS) if row % 10_000 else RARE
            filed = first + timedelta(days=row * 7 % 7000)
            granted = filed + timedelta(days=800)
            number = f"{100_000_000 + row}"
            patent = Patent(
                number=f"CN{filed.year}1{row:07d}{row % 10}",
                publications=(f"CN{number}A", f"CN{number}B"),
                country="CN",
                kind=PatentKind.INVENTION,
                title=choice(KINDS) + choice(TRAITS) + thing + choice(ENDS),
                owners=(f"{choice(PLACES)}{choice(TRAITS)}{choice(THINGS)}有限公司",),
                inventors=tuple(
                    choice(SURNAMES) + choice(NAMES) + choice(NAMES) for _ in range(3)
                ),
                filed=filed,
                granted=granted,
                ipc=(f"H01M{row % 12 + 1}/{row % 50 + 10}",),
                status=LegalStatus.IN_FORCE,
                status_wording="授权",
                status_on=granted,
                source=Source("专利清单.xlsx", "ab" * 32, "Sheet1", row + 2),
            )
            block.append((row + 2, patent))
        yield block


class _Turns:
    """Gives the patents to our way, and puts each block into the raw file before.

    Attributes:
        theirs: seconds that the raw way took.
        aside: seconds that were not our way's: theirs, and the making up.
        memory: the most that the process held, in MB.
    """

    def __init__(self, raw: sqlite3.Connection, writer: PatentWriter) -> None:
        self._raw = raw
        self._writer = writer
        self.theirs = self.aside = self.memory = 0.0
        # Who makes the patents throws them away: neither way pays for that.
        self._kept: deque[list[tuple[int, Patent]]] = deque(maxlen=10)

    def rows(self) -> Iterator[tuple[int, Patent]]:
        """Yield the rows of the list."""
        blocks = made_up(PATENTS)
        for first in range(1, PATENTS + 1, BLOCK):
            begin = time.perf_counter()
            block = next(blocks)
            self._kept.append(block)
            self._put([patent for _, patent in block], first)
            self.memory = max(self.memory, resident())
            self.aside += time.perf_counter() - begin
            yield from block

    def end(self) -> None:
        """Commit the raw way's transaction."""
        self.theirs += seconds(lambda: self._raw.execute("COMMIT"))

    def _put(self, block: list[Patent], first: int) -> None:
        columns = self._writer._columns
        patents = [columns(one, key, 1) for key, one in enumerate(block, first)]
        links = [
            (name, key)
            for key, one in enumerate(block, first)
            for name in one.publications
        ]
        begin = time.perf_counter()
        self._raw.executemany(patent_rows._INSERT, patents)
        self._raw.executemany(patent_rows._LINK, links)
        self.theirs += time.perf_counter() - begin


def _filling(library: Library, raw_path: Path) -> list[Row]:
    library.publish()
    with open_library(raw_path, create=True) as other, other.change() as connection:
        new_batch(connection, [], NOW)
        writer = PatentWriter(connection)
        writer._columns(next(made_up(1))[0][1], 1, 1)  # it has met the source of all
    with closing(connect(raw_path, 5)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("BEGIN IMMEDIATE")
        turns, before = _Turns(raw, writer), resident()
        begin = time.perf_counter()
        with library.change() as connection:
            batch = new_batch(connection, [], NOW)
            outcome = put_patents(connection, batch, turns.rows())
        ours = time.perf_counter() - begin - turns.aside
        turns.end()
    if outcome.added != PATENTS:
        raise AssertionError(outcome)
    raw_path.unlink()
    what = f"insert of {PATENTS:,} patents into an empty library"
    return [
        Row(what, "raw sqlite3 executemany of the same rows", ours / turns.theirs, 1.5),
        Row("memory of that", "before", turns.memory - before, 500, "MB"),
    ]


def _searching(library: Library) -> list[Row]:
    """Compare the first page and the number of hits; the bare way reads ids only."""
    with closing(connect(library.path, 5)) as raw, library.read() as connection:

        def ours(word: str, order: str = "added") -> None:
            list_patents(connection, word, PAGE, order=order)
            count_patents(connection, word)

        def theirs(word: str) -> None:
            raw.execute(f"{ASKED} LIMIT {PAGE}", (f'"{word}"',)).fetchall()
            raw.execute(
                ASKED.replace("rowid", "count(*)", 1), (f'"{word}"',)
            ).fetchall()

        hits = count_patents(connection, COMMON)
        return [
            Row(
                f"{COMMON} in {PATENTS:,} patents: {PAGE} of {hits:,} hits and their count",
                "bare FTS5 queries on the same index",
                ratio(lambda: ours(COMMON), lambda: theirs(COMMON), times=15),
                2,
            ),
            Row(
                f"{RARE}, as rare as one in ten thousand",
                f"{COMMON}, the same way",
                ratio(lambda: ours(RARE), lambda: ours(COMMON), times=15),
                None,
            ),
            Row(
                f"{COMMON} ordered by title",
                "ordered by coming in",
                ratio(lambda: ours(COMMON, "title"), lambda: ours(COMMON), times=5),
                None,
            ),
        ]


def _saving(library: Library, bare: Path) -> list[Row]:
    """Save ever another revision of a case, from its value to the disk."""
    case = a_case()
    with library.change() as connection:
        latest = [new_case(connection, case, "wang", "New case", NOW)]

    def ours() -> None:
        # The change takes a byte more or less, as typing does.
        changed = replace(case, scope_note=f"{len(latest):07d}")
        with library.change() as connection:
            args = (connection, changed, latest[-1], "wang", "Typed", NOW)
            latest.append(save_revision(*args))

    body = canonical(replace(case, scope_note=f"{0:07d}")).decode()
    with (
        _bare_commit(bare.with_stem("journal"), "DELETE", body) as theirs,
        _bare_commit(bare.with_stem("log"), "WAL", body) as logged,
    ):
        times = [(_alone(ours), _alone(theirs), _alone(logged)) for _ in range(SAVES)]
    mine, other, log = map(statistics.median, zip(*times, strict=True))
    what = f"saving a revision: {len(case.patents)} patents, {len(case.runs)} runs"
    against = f"one bare fsynced commit of the same {len(body.encode()):,} bytes"
    return [
        Row(what, f"{against}, as SQLite makes it by itself", mine / other, 2),
        Row(what, f"{against}, to a write-ahead log", mine / log, None),
    ]


@contextmanager
def _bare_commit(path: Path, journal: str, body: str) -> Iterator[Callable[[], None]]:
    """Give what commits a text to a table of its own, synchronous as ours."""
    with closing(connect(path, 5, mode="rwc")) as raw:
        raw.execute(f"PRAGMA journal_mode = {journal}")
        raw.execute("CREATE TABLE bodies (id INTEGER PRIMARY KEY, body TEXT) STRICT")

        def commit() -> None:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("INSERT INTO bodies (body) VALUES (?)", (body,))
            raw.execute("COMMIT")

        yield commit


def _alone(work: Callable[[], object]) -> float:
    """Time something short; clearing up before would leave the processor cold."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def a_case() -> Case:
    """Return a case of 60 patents and 8 runs that all state their inputs."""
    params = {
        "royalty_rate": "0.05",
        "tax_rate": "0.25",
        "discount_rate": {"kind": "triangular", "low": 0.1, "mode": 0.15, "high": 0.2},
        "revenue": [f"{1000000 + 12345 * year}.67" for year in range(12)],
    }
    runs = tuple(
        Run(f"run_{place}", "relief_from_royalty", 1, params, scenarios=100_000)
        for place in range(8)
    )
    patents = tuple(patent for _, patent in next(made_up(60)))
    return Case(name="动力电池专利包转让评估", patents=patents, runs=runs)


def resident() -> float:
    """Return the memory that this process holds, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1024**2
