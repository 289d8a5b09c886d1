"""The palette: Ctrl+K, a word, Return."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.judging import cut_texts, unnamed
from valuer.core.texts import LANGUAGES
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.cases import CasesPage
from valuer.gui.palette import Palette


@pytest.fixture
def palette(window: MainWindow, qtbot: QtBot) -> Palette:
    window.open_case("C1")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    found = window.findChild(Palette)
    assert found.isVisible()
    return found


def names(palette: Palette) -> list[str]:
    return [palette.list.item(row).text() for row in range(palette.list.count())]


def test_a_word_finds_a_case_and_return_opens_it(
    window: MainWindow, palette: Palette, qtbot: QtBot
):
    window.place("patents")
    palette.open(window.wishes())
    palette.field.setText("相变 转让")
    assert names(palette) == ["复合相变材料发明专利转让评估"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert window.place("cases").isVisible()


def test_pages_of_the_open_case_are_offered(
    window: MainWindow, palette: Palette, qtbot: QtBot
):
    window.shell.words.switch("en")
    palette.open(window.wishes())
    palette.field.setText("case report")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    assert cases.view_of_case is not None
    assert cases.view_of_case.page("report").isVisible()


def test_arrows_choose_and_escape_changes_nothing(
    window: MainWindow, palette: Palette, qtbot: QtBot
):
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentRow() == 0
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentRow() == 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert window.place("cases").isVisible()


def test_a_word_that_finds_nothing_takes_nothing(palette: Palette, qtbot: QtBot):
    palette.field.setText("zzz")
    assert names(palette) == []
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_drawn_whole(
    language: str, window: MainWindow, palette: Palette, tmp_path: Path
):
    window.shell.words.switch(language)
    palette.open(window.wishes())
    assert palette.grab().save(str(tmp_path / "palette.png"))
    assert not [*cut_texts(palette), *unnamed(palette)]
