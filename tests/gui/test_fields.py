"""Fields read what people type, as they type it, and say what they cannot read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from valuer.gui.fields import Choice, Entry, Lines, date_entry, rate_entry
from valuer.gui.formats import Scale
from valuer.gui.money import day_row, money_row, rate_row
from valuer.gui.words import Words


def type_in(field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    typed = QInputMethodEvent()
    typed.setCommitString(text)
    QApplication.sendEvent(field, typed)


@pytest.fixture
def rate(qtbot) -> Entry:
    entry = rate_entry()
    qtbot.addWidget(entry)
    entry.show()
    return entry


@pytest.mark.parametrize("text", ["12%", "0.12", "12 %", "１２％", "120‰"])
def test_a_rate_is_understood_however_it_is_written(rate, qtbot, text):
    type_in(rate, text)
    assert rate.value == 0.12
    qtbot.keyClick(rate, Qt.Key.Key_Return)
    assert rate.text() == "12%"


@pytest.mark.parametrize(
    "text", ["2026-9-30", "2026年9月30日", "2026/9/30", "20260930"]
)
def test_a_day_is_understood_however_it_is_written(qtbot, text):
    entry = date_entry()
    qtbot.addWidget(entry)
    type_in(entry, text)
    assert entry.value == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("1,234.5", 12_345_000),
        ("1,234.5万", 12_345_000),
        ("1.2亿", 120_000_000),
        ("500元", 500),
    ],
)
def test_money_without_a_unit_is_in_the_unit_shown(qapp, text, yuan):
    assert money_row(Scale("zh_CN")).read(text) == Decimal(yuan)


def test_money_is_shown_in_the_unit_of_the_moment_and_loses_nothing(qapp):
    scale = Scale("zh_CN")
    row = money_row(scale)
    assert row.show(Decimal("12345678.9")) == "1,234.56789"
    scale.choose(Decimal(1))
    assert row.show(Decimal("12345678.9")) == "12,345,678.9"


def test_rows_of_rates_and_days_read_back_what_they_show(qapp):
    assert rate_row().read(rate_row().show(0.035)) == 0.035
    assert day_row().read(day_row().show(date(2030, 12, 31))) == date(2030, 12, 31)


def test_every_keystroke_is_told_but_only_leaving_commits(rate, qtbot):
    typed, left = [], []
    rate.edited.connect(lambda: typed.append(rate.value))
    rate.committed.connect(lambda: left.append(rate.value))
    rate.setFocus()
    qtbot.keyClicks(rate, "8%")
    assert typed == [8.0, 0.08]
    assert not left
    qtbot.keyClick(rate, Qt.Key.Key_Return)
    assert left == [0.08]


def test_what_cannot_be_read_is_marked_and_not_committed(rate, qtbot):
    left = []
    rate.committed.connect(lambda: left.append(rate.value))
    type_in(rate, "twelve")
    qtbot.keyClick(rate, Qt.Key.Key_Return)
    assert rate.property("wrong") is True
    assert not rate.is_readable
    assert rate.value is None
    assert not left


def test_escape_leaves_the_field_unchanged(rate, qtbot):
    rate.put(0.1)
    type_in(rate, "55%")
    qtbot.keyClick(rate, Qt.Key.Key_Escape)
    assert rate.text() == "10%"
    assert rate.value == 0.1


def test_leaving_without_a_change_commits_nothing(rate, qtbot):
    rate.put(0.1)
    left = []
    rate.committed.connect(lambda: left.append(1))
    type_in(rate, "0.1")
    qtbot.keyClick(rate, Qt.Key.Key_Return)
    assert not left
    assert rate.text() == "10%"


def test_a_choice_keeps_its_key_when_the_language_changes(qtbot):
    words = Words("zh_CN")
    choice = Choice(words)
    qtbot.addWidget(choice)
    choice.offer([("mid", "Mid-period"), ("end", "End of period")])
    choice.put("end")
    assert choice.currentText() == "期末折现"
    words.switch("en")
    assert (choice.currentText(), choice.value) == ("End of period", "end")


def test_a_choice_that_is_not_offered_shows_none(qtbot):
    choice = Choice(Words("en"))
    qtbot.addWidget(choice)
    choice.offer([(1, "One")])
    choice.put(2)
    assert choice.value is None


def test_lines_are_committed_when_they_are_left(qtbot):
    field = Lines(3)
    qtbot.addWidget(field)
    field.show()
    left = []
    field.committed.connect(lambda: left.append(field.entries))
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.insertPlainText("甲\n\n 乙 ")
    field.clearFocus()
    assert left == [("甲", "乙")]


@pytest.mark.parametrize("text", ["1e999", "1e-999", "9" * 60, "1e999%"])
def test_a_figure_beyond_all_measure_is_marked_and_breaks_nothing(
    text: str, rate, qtbot
):
    type_in(rate, text)
    qtbot.keyClick(rate, Qt.Key.Key_Return)
    assert rate.property("wrong")
    assert rate.value is None
    assert rate.text() == text
