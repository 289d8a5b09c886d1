"""The docket page in a window, on a library with a few cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from valuer.agency.docket import Case
from valuer.core.patents import PatentKind, Source
from valuer.core.progress import ignore
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.docket import DocketPage
from valuer.store.batches import BatchFile

# Check digits by 2, 3 … 9, 2 … 5 mod 11; designs are filed alike.
NUMBERS = ("CN2019105243002", "CN2020201376874", "CN2021303115510")

CASES = (
    Case(
        NUMBERS[0],
        PatentKind.INVENTION,
        reference="A1900001",
        title="一种多级离心泵的密封装置",
        client="某某泵业 88",
        agents=("周以宁", "沈知远"),
        field="F04D 29/10",
        filed=date(2019, 6, 18),
        granted=date(2021, 3, 2),
        status="专利权维持",
    ),
    Case(
        NUMBERS[1],
        PatentKind.UTILITY_MODEL,
        reference="A2000002",
        title="折叠式电动自行车车架",
        client="某某车业",
        agents=("沈知远",),
        field="B62K 15/00",
        filed=date(2020, 2, 5),
        status="内部结案",
    ),
    Case(
        "",
        PatentKind.DESIGN,
        reference="A2100003",
        title="水杯",
        client="某某车业",
        agents=("周以宁",),
        filed=date(2021, 7, 3),
        status="待分配",
    ),
)


def put(window: MainWindow, *cases: Case, file: str = "案卷.csv") -> str:
    """Put cases into the docket as rows of a file, and return the batch."""
    digest = f"{abs(hash(file)):064x}"[:64]
    rows = [
        replace(case, source=Source(file, digest, "", row, date(2026, 11, 20)))
        for row, case in enumerate(cases, 2)
    ]
    batch, _ = window.shell.desk.docket.put([BatchFile(file, digest)], [rows], ignore)
    window.shell.ways.library_changed.emit()
    return batch


@pytest.fixture
def bare(open_window: Callable[..., MainWindow], empty_library: Path) -> MainWindow:
    """The window on an empty library."""
    return open_window(empty_library)


@pytest.fixture
def docket(bare: MainWindow, qtbot: QtBot) -> DocketPage:
    """The docket of a library with the three cases, in sight."""
    put(bare, *CASES)
    return shown(bare, qtbot)


def shown(window: MainWindow, qtbot: QtBot) -> DocketPage:
    """The docket page of a window, in sight."""
    quality = window.place("quality")
    page = quality.leaf("docket")
    assert isinstance(page, DocketPage)
    qtbot.waitUntil(lambda: page.is_settled)
    return page
