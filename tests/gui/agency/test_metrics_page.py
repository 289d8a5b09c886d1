"""The quality page: figures with their intervals, what is missing, what is behind."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.agency.hand_docket import GRANTED, REFUSED, case
from tests.gui.agency.metrics_shown import ALL, Shown, library_of, settle, turn
from valuer.agency.metric import Grouping, Question
from valuer.agency.metrics import METRICS, metric
from valuer.agency.quality import Row, answer
from valuer.agency.quality_words import GROUPS
from valuer.gui.agency.metrics_bars import BAR
from valuer.gui.agency.metrics_detail import CASES, COHORTS, COMPARE, CONTROL, TIME
from valuer.gui.agency.metrics_detail import GROUPS as GROUPS_TAB
from valuer.gui.agency.metrics_filters import Filter, Period
from valuer.gui.agency.metrics_table import (
    DRAWN,
    INTERVAL,
    LACKING,
    NUMERATOR,
    VALUE,
    N,
)
from valuer.gui.pages.metrics import MetricsPage
from valuer.store.batches import BatchFile


def cell(page: MetricsPage, key: str, column: int) -> str:
    lines = page.table.lines
    place = next(
        n for n, x in enumerate(lines.rows) if x and x.row and x.row.key == key
    )
    return str(lines.index(place, column).data())


def why(page: MetricsPage) -> str:
    return page._shell.why.body.toPlainText()


def sentence(panel) -> str:
    return panel._sentence.label.text()


def test_every_metric_stands_in_its_group_with_its_figure(show: Shown, hand_library):
    page = show(hand_library)
    lines = page.table.lines.rows
    assert [line.title for line in lines if not line.row] == [t for _, t, _ in GROUPS]
    assert {line.row.key for line in lines if line.row} == {one.key for one in METRICS}
    # Closed: 1–3 granted, 4–7 lost; one pair is left out, one status tells nothing.
    assert cell(page, "Q01", N) == "7"
    assert cell(page, "Q01", NUMERATOR) == "3"
    assert cell(page, "Q01", VALUE) == "42.9%"
    assert cell(page, "Q01", INTERVAL) == "15.8–75.0%"
    assert cell(page, "Q01", LACKING) == "1"


def test_what_lacks_fields_says_which_at_the_end_of_its_group(
    show: Shown, hand_library, qtbot: QtBot
):
    page = show(hand_library)
    page.table.choose("Q07")
    settle(page, qtbot)
    assert "Missing: " in cell(page, "Q07", N)
    keys = [line.row.key for line in page.table.lines.rows if line.row]
    assert keys.index("Q07") > keys.index("Q07_filing")
    assert "Missing, and where it comes from" in why(page)
    assert "table of notices" in why(page)
    assert "this metric needs" in sentence(page.detail.groups)
    for tab in (CONTROL, TIME, COMPARE):
        turn(page, tab, qtbot)
    assert "this metric needs" in sentence(page.detail.compare)


def test_none_of_eight_is_told_with_its_interval(
    show: Shown, tmp_path: Path, qtbot: QtBot
):
    eight = tuple(case(number, **REFUSED) for number in range(8))
    page = show(library_of(tmp_path / "八件.valuer", eight))
    assert cell(page, "Q01", VALUE) == "0.0%"
    assert cell(page, "Q01", INTERVAL) == "0.0–32.4%"
    place = page.table.currentIndex().row()
    bar = page.table.lines.index(place, DRAWN).data(BAR)
    assert (bar.value, bar.low, bar.top, bar.benchmark) == (0.0, 0.0, 1.0, 0.55)


def test_nowhere_stands_a_figure_that_is_none(
    show: Shown, hand_library, invented_library, qtbot: QtBot
):
    page = show(invented_library)
    for by in (Grouping.AGENT, Grouping.MONTH):
        page.filters.put(replace(ALL, by=by))
        settle(page, qtbot)
        for key in ("Q01", "Q03_36", "Q07_filing", "Q25", "Q28"):
            page.table.choose(key)
            for tab in (GROUPS_TAB, COHORTS, TIME, COMPARE):
                turn(page, tab, qtbot)
    detail = page.detail
    tables = (
        page.table.lines,
        detail.groups.lines,
        detail.cohorts.lines,
        detail.times.lines,
        detail.compare.lines,
    )
    for table in tables:
        for row in range(table.rowCount()):
            for column in range(table.columnCount()):
                text = str(table.index(row, column).data() or "")
                assert not {"nan", "None", "inf"} & set(text.replace("(", " ").split())


def test_the_why_panel_tells_definition_formula_benchmark_and_what_is_left_out(
    show: Shown, hand_library, qtbot: QtBot
):
    page = show(hand_library)
    page.table.choose("Q01")
    settle(page, qtbot)
    told = why(page)
    for part in (
        "Share of the cases closed in the period that were granted.",
        "grants announced / cases closed",
        "42.9%, 95% interval 15.8–75.0%; numerator 3, n = 7",
        "Deemed withdrawn for a later one's domestic priority: 1",
        "Would count, but a fact or a day is not told: 1",
        "55.0% (2021)",
        "V1: read in one source",
        "Wilson (1927)",
    ):
        assert part in told
    page.table.choose("Q05")
    settle(page, qtbot)
    assert "None is verified." in why(page)


def test_an_empty_docket_asks_for_an_import(show: Shown, tmp_path: Path, qtbot: QtBot):
    page = show(library_of(tmp_path / "空案卷.valuer", ()))
    button = page.findChild(QPushButton, "metrics_empty_import")
    assert button.isVisible()
    assert not page.table.isVisible()
    assert not page.exporting.isEnabled()
    assert "Select a patent" in why(page)
    with qtbot.waitSignal(page.import_wanted):
        button.click()


def test_the_period_narrows_what_counts(show: Shown, hand_library, qtbot: QtBot):
    page = show(hand_library)
    page.filters.put(Filter(Period.CUSTOM, date(2025, 3, 1), date(2025, 4, 30)))
    settle(page, qtbot)
    assert (cell(page, "Q01", N), cell(page, "Q01", NUMERATOR)) == ("4", "3")


def test_a_period_that_ends_before_it_begins_is_refused_in_words(
    show: Shown, hand_library, qtbot: QtBot
):
    page = show(hand_library)
    page.filters.put(Filter(Period.CUSTOM, date(2025, 4, 30), date(2025, 3, 1)))
    settle(page, qtbot)
    notice = page._shell.notices.text.text()
    assert "ends on 2025-03-01" in notice
    assert cell(page, "Q01", N) == "7"


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.YEAR, date(2025, 10, 1), date(2026, 9, 30)),
        (Period.THIS, date(2026, 1, 1), date(2026, 9, 30)),
        (Period.LAST, date(2025, 1, 1), date(2025, 12, 31)),
        (Period.ALL, None, None),
    ],
)
def test_quick_choices_are_whole_periods(period, first, last):
    question = Filter(period).question(date(2026, 9, 30))
    assert (question.first, question.last) == (first, last)


def test_twelve_months_hold_a_leap_day():
    question = Filter(Period.YEAR).question(date(2024, 2, 29))
    assert question.first == date(2023, 3, 1)


def test_clients_are_searched_and_ticked(show: Shown, invented_library, qtbot: QtBot):
    page = show(invented_library)
    clients = page.filters.clients
    before = int(cell(page, "Q10", N).replace(",", ""))
    clients.open()
    clients.list.search.setText("客户001")
    found = clients.list.view.model()
    assert found.rowCount() == 1
    clients.list.view.clicked.emit(found.index(0, 0))
    clients.list.hide()
    settle(page, qtbot)
    assert clients.value == ("客户001",)
    assert clients.text() == "客户001"
    assert 0 < int(cell(page, "Q10", N).replace(",", "")) < before
    clients.open()
    clients.list.every.click()
    settle(page, qtbot)
    assert clients.value == ()
    assert int(cell(page, "Q10", N).replace(",", "")) == before


def test_what_alone_is_found_is_ticked_by_return_and_taken_back_by_escape(
    show: Shown, invented_library, qtbot: QtBot
):
    page = show(invented_library)
    agents = page.filters.agents
    agents.open()
    agents.list.search.setText("代理师07")
    qtbot.keyClick(agents.list.search, Qt.Key.Key_Return)
    settle(page, qtbot)
    assert agents.value == ("代理师07",)
    agents.open()
    assert agents.list.view.model().index(0, 0).data() == "代理师07"
    agents.list.view.setCurrentIndex(agents.list.view.model().index(1, 0))
    qtbot.keyClick(agents.list.view, Qt.Key.Key_Space)
    assert len(agents.list.ticks.ticked) == 2
    qtbot.keyClick(agents.list, Qt.Key.Key_Escape)
    assert agents.value == ("代理师07",)
    assert not agents.list.isVisible()


def test_another_choice_stops_what_is_under_way(
    show: Shown, hand_library, qtbot: QtBot, monkeypatch
):
    page = show(hand_library)
    held, asked = threading.Event(), []

    def slow(docket, question: Question, metrics) -> tuple[Row, ...]:
        asked.append(question)
        if question.agents == ("甲",):
            held.wait(10)
        return answer(docket, question, metrics)

    monkeypatch.setattr("valuer.gui.pages.metrics.answer", slow)
    page.filters.put(replace(ALL, agents=("甲",)))
    qtbot.waitUntil(lambda: bool(asked))
    page.filters.put(replace(ALL, agents=("乙",)))
    held.set()
    settle(page, qtbot)
    # 乙 signed or is in charge of cases 3, 5 and 7, all closed.
    assert (cell(page, "Q01", N), cell(page, "Q01", NUMERATOR)) == ("3", "1")
    # Stopped between two groups of metrics: the first alone was reckoned.
    assert sum(one.agents == ("甲",) for one in asked) == 1


def test_a_change_of_the_docket_is_reckoned_with(
    show: Shown, hand_library, qtbot: QtBot
):
    page = show(hand_library)
    shell = page._shell
    files = [BatchFile("新增.csv", "1" * 64)]
    shell.desk.docket.put(files, [[case(50, **GRANTED)]])
    shell.ways.library_changed.emit()
    settle(page, qtbot)
    assert (cell(page, "Q01", N), cell(page, "Q01", NUMERATOR)) == ("8", "4")


def test_the_language_changes_everything_shown(show: Shown, hand_library, qtbot: QtBot):
    page = show(hand_library)
    assert page.heading.note.text().endswith(" cases as of 2026-09-30")
    page._shell.words.switch("zh_CN")
    settle(page, qtbot)
    tell = page._shell.words.tell
    assert page.heading.title.text() == tell("Quality metrics")
    place = page.table.currentIndex().row()
    assert page.table.lines.index(place, 0).data() == tell(metric("Q01").name)


def test_return_on_a_metric_opens_its_cases(show: Shown, hand_library, qtbot: QtBot):
    page = show(hand_library)
    page.table.choose("Q01")
    settle(page, qtbot)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    settle(page, qtbot)
    assert page.detail.tabs.currentIndex() == CASES
    assert len(page.detail.cases.table.table.rows) == 7


def test_the_arrow_keys_pass_over_the_heads_of_groups(
    show: Shown, hand_library, qtbot: QtBot
):
    page = show(hand_library)
    page.table.choose("Q04")
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    settle(page, qtbot)
    assert page.table.metric_row.key == "Q05"
