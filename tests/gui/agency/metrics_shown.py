"""The quality page shown on small libraries; what its tests share."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.agency.hand_docket import AS_OF, DOCKET
from tests.agency.invented_agency import invented
from valuer.agency.docket import Case
from valuer.gui.agency.metrics_filters import Filter, Period
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.metrics import MetricsPage
from valuer.store.batches import BatchFile, BatchKind, new_batch
from valuer.store.docket_putting import put_cases
from valuer.store.library import open_library

NOW = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)
ALL = Filter(Period.ALL)


def library_of(path: Path, cases: tuple[Case, ...]) -> Path:
    """A library whose docket holds these cases."""
    with open_library(path, create=True) as opened, opened.change() as connection:
        files = [BatchFile("案件清单.xlsx", "0" * 64)]
        batch = new_batch(connection, files, NOW, "周以宁", BatchKind.DOCKET)
        put_cases(connection, batch, cases, AS_OF, "周以宁")
    return path


Shown = Callable[..., MetricsPage]


def settle(page: MetricsPage, qtbot: QtBot) -> None:
    finder = page.detail.cases.finder
    qtbot.waitUntil(lambda: page.is_settled and finder.is_settled, timeout=20000)


def turn(page: MetricsPage, tab: int, qtbot: QtBot) -> None:
    page.detail.tabs.setCurrentIndex(tab)
    settle(page, qtbot)


@pytest.fixture(scope="session")
def hand_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the docket counted by hand."""
    return library_of(tmp_path_factory.mktemp("hand") / "案卷.valuer", DOCKET)


@pytest.fixture(scope="session")
def invented_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with four hundred invented cases."""
    cases, _ = invented(400, 11)
    return library_of(tmp_path_factory.mktemp("invented") / "案卷.valuer", cases)


@pytest.fixture
def show(open_window: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot) -> Shown:
    """Shows the page on a copy of a library, over all time, as of the hand docket's day."""

    def show_one(
        library: Path, chosen: Filter = ALL, language: str = "en"
    ) -> MetricsPage:
        (tmp_path / "own").mkdir(exist_ok=True)
        own = Path(shutil.copyfile(library, tmp_path / "own" / library.name))
        window = open_window(own, language)
        window.shell.desk.clock = lambda: NOW
        page = MetricsPage(window.shell, window)
        page.filters.put(chosen)
        page.resize(1180, 690)
        page.show()
        settle(page, qtbot)
        return page

    return show_one
