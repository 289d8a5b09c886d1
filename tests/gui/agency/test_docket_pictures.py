"""The docket drawn in both languages, and looked at by rules."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.agency.docket_shown import CASES, put, shown
from tests.gui.judging import CHINESE, FACTS, look_at
from valuer.agency.docket import Case
from valuer.agency.statuses import listed_words
from valuer.core.canonical import to_plain
from valuer.core.texts import LANGUAGES
from valuer.gui.agency.docket_form import ORDER
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.docket import DocketPage

PARTS = ("empty", "list", "chip", "queue", "word")


@pytest.fixture(autouse=True)
def facts() -> None:
    """What the docket says stays as it was typed."""
    told = [text for case in CASES for text in every_text(case)]
    words = [one.word for one in listed_words()]
    FACTS.update(text for text in (*told, *words) if CHINESE.search(text))


def every_text(case: Case) -> list[str]:
    plain = to_plain(case)
    found = [value for value in plain.values() if isinstance(value, str)]
    return [*found, *plain["agents"]]


@pytest.fixture(scope="session")
def screens(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pictures go."""
    folder = os.environ.get("VALUER_SCREENS")
    path = Path(folder) if folder else tmp_path_factory.mktemp("screens")
    path.mkdir(parents=True, exist_ok=True)
    return path


def part_of(window: MainWindow, page: DocketPage, part: str, qtbot: QtBot) -> None:
    """Bring a part of the page into sight."""
    if part == "list":
        page.view.selectRow(0)
    elif part == "chip":
        page.show_cases([CASES[0].number], "2021")
    elif part in ("queue", "word"):
        page.show_queue()
    qtbot.waitUntil(lambda: page.is_settled)
    if part == "word" and page.queue is not None:
        last = len(page.queue.list.table.rows) - 1
        page.queue.list.view.clearSelection()
        page.queue.list.view.selectRow(last)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_docket(
    part: str,
    language: str,
    open_window: Callable[..., MainWindow],
    empty_library: Path,
    screens: Path,
    qtbot: QtBot,
):
    window = open_window(empty_library, language)
    if part != "empty":
        put(window, *CASES)
        put(window, replace(CASES[0], status="进入实审", granted=None), file="2.csv")
    page = shown(window, qtbot)
    part_of(window, page, part, qtbot)
    assert window.width() <= 1366
    look_at(window, screens / f"{language}-docket-{part}.png", language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("leaf", range(len(ORDER)))
def test_the_facts_of_a_case(
    leaf: int,
    language: str,
    open_window: Callable[..., MainWindow],
    empty_library: Path,
    screens: Path,
    qtbot: QtBot,
):
    window = open_window(empty_library, language)
    put(window, *CASES)
    page = shown(window, qtbot)
    page.view.selectRow(0)
    page.open_case()
    assert page.panel is not None
    page.panel.form.tabs.setCurrentIndex(leaf)
    assert window.width() <= 1366
    name = f"{language}-docket-facts-{ORDER[leaf].value}.png"
    look_at(window, screens / name, language)
