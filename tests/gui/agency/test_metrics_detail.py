"""Below the metrics: groups, charts, cohorts, times, two periods, and the cases behind."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.agency.hand_docket import AS_OF, DOCKET, GRANTED, REFUSED, case
from tests.gui.agency.metrics_shown import ALL, Shown, library_of, settle, turn
from valuer.agency.columns import columns_of
from valuer.agency.docket import DueDate
from valuer.agency.metric import Grouping, Question
from valuer.agency.metrics import metric
from valuer.agency.quality import answer
from valuer.core.quality_figures import RareFigure
from valuer.gui.agency.metrics_asked import Asked
from valuer.gui.agency.metrics_cohorts import days_of
from valuer.gui.agency.metrics_compare import Against, period_before
from valuer.gui.agency.metrics_control import drawn
from valuer.gui.agency.metrics_detail import (
    CASES,
    COHORTS,
    COMPARE,
    CONTROL,
    GROUPS,
    TIME,
)
from valuer.gui.agency.metrics_filters import Filter, Period
from valuer.gui.pages.metrics import MetricsPage


def sentence(panel) -> str:
    return panel._sentence.label.text()


def rows_of(table) -> list[list[str]]:
    return [
        [str(table.index(row, column).data()) for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def choose(page: MetricsPage, key: str, tab: int, qtbot: QtBot) -> None:
    page.table.choose(key)
    turn(page, tab, qtbot)


def test_groups_are_ranked_where_enough_is_known(
    show: Shown, tmp_path: Path, qtbot: QtBot
):
    # 90 of 100 and 60 of 100 are known within ten points, 2 of 3 are not.
    filed, fate = date(2023, 1, 5), (REFUSED, GRANTED)
    cases = [
        case(100 * place + number, agents=(agent,), filed=filed, **fate[hit])
        for place, (agent, hits, n) in enumerate(
            (("甲", 60, 100), ("乙", 90, 100), ("丙", 2, 3))
        )
        for number, hit in enumerate([True] * hits + [False] * (n - hits))
    ]
    page = show(library_of(tmp_path / "三人.valuer", tuple(cases)))
    page.filters.put(replace(ALL, by=Grouping.AGENT))
    choose(page, "Q01", GROUPS, qtbot)
    told = [(row[0], row[1], row[4]) for row in rows_of(page.detail.groups.lines)]
    assert told == [
        ("1", "乙", "90.0%"),
        ("2", "甲", "60.0%"),
        ("–", "丙", "66.7%"),
    ]
    assert "wider than 10 points either way" in sentence(page.detail.groups)
    assert "1 of 3" in sentence(page.detail.groups)


def test_where_nothing_is_ranked_a_sentence_says_why(
    show: Shown, hand_library, qtbot: QtBot
):
    page = show(hand_library)
    groups = page.detail.groups
    choose(page, "Q01", GROUPS, qtbot)
    assert "Choose above what to group by" in sentence(groups)
    reasons = (
        (Grouping.AGENT, "Q01", "every interval is wider than 10 points"),
        (Grouping.MONTH, "Q01", "Months stand in their order"),
        (Grouping.AGENT, "Q05", "this metric is no share"),
        (Grouping.AGENT, "Q10", "neither side of it is better"),
    )
    for by, key, reason in reasons:
        page.filters.put(replace(ALL, by=by))
        settle(page, qtbot)
        choose(page, key, GROUPS, qtbot)
        assert reason in sentence(groups)
        assert {row[0] for row in rows_of(groups.lines)} <= {"–"}


def test_a_row_of_a_group_opens_its_cases(show: Shown, hand_library, qtbot: QtBot):
    page = show(hand_library)
    page.filters.put(replace(ALL, by=Grouping.AGENT))
    choose(page, "Q01", GROUPS, qtbot)
    groups, cases = page.detail.groups, page.detail.cases
    place = [row[1] for row in rows_of(groups.lines)].index("乙")
    groups.table.activated.emit(groups.lines.index(place, 0))
    settle(page, qtbot)
    assert page.detail.tabs.currentIndex() == CASES
    # 乙 signed cases 3, 5 and 7; 3 was granted.
    numbers = {one.number for one in cases.table.table.rows}
    assert numbers == {DOCKET[place].number for place in (2, 4, 6)}
    cases.part.setCurrentIndex(1)
    cases.part.committed.emit()
    settle(page, qtbot)
    assert [one.number for one in cases.table.table.rows] == [DOCKET[2].number]


def test_what_is_left_out_is_listed_by_reason(show: Shown, hand_library, qtbot: QtBot):
    page = show(hand_library)
    choose(page, "Q01", CASES, qtbot)
    cases = page.detail.cases
    names = [cases.part.itemText(place) for place in range(cases.part.count())]
    assert names == [
        "Counted (7)",
        "In the numerator (3)",
        "Deemed withdrawn for a later one's domestic priority (1)",
        "Would count, but a fact or a day is not told (1)",
    ]
    with qtbot.waitSignal(page.cases_wanted) as wanted:
        cases.show_all.click()
    numbers, title = wanted.args
    assert len(numbers) == 7
    assert str(title) == "Grant rate, inventions: Counted"
    first = cases.table.table.rows[0].number
    with qtbot.waitSignal(page.cases_wanted) as wanted:
        cases.table.activated.emit(cases.table.table.index(0, 0))
    assert wanted.args[0] == (first,)


def test_the_list_of_cases_is_ordered_by_its_heads(
    show: Shown, hand_library, qtbot: QtBot
):
    page = show(hand_library)
    choose(page, "Q01", CASES, qtbot)
    cases = page.detail.cases
    cases.table.ordered.emit("number", True)
    settle(page, qtbot)
    numbers = [one.number for one in cases.table.table.rows]
    assert numbers == sorted(numbers, reverse=True)


def test_months_are_held_against_limits_and_a_point_opens_its_cases(
    show: Shown, hand_library, qtbot: QtBot
):
    page = show(hand_library)
    choose(page, "Q01", CONTROL, qtbot)
    control = page.detail.control
    assert control.chart is not None
    assert "None is beyond the limits of chance" in sentence(control)
    control.chart.point_clicked.emit(1)  # 2025-03: cases 1 to 3, granted
    settle(page, qtbot)
    cases = page.detail.cases
    numbers = {one.number for one in cases.table.table.rows}
    assert numbers == {one.number for one in DOCKET[:3]}
    assert "2025-03" in cases._title.text()
    choose(page, "Q05", CONTROL, qtbot)
    assert "this metric is none" in sentence(control)
    assert not control.chart.isVisible()


def test_clients_stand_in_a_funnel():
    docket = columns_of(DOCKET, AS_OF)
    (row,) = answer(docket, Question(), (metric("Q01"),))
    found = drawn(docket, Asked(row, Question(by=Grouping.CLIENT)), "en")
    assert found.figure is not None
    assert found.figure.is_funnel
    assert [one.group for one in found.behind] == ["客户一", "客户二"]


def test_losses_are_counted_apart_by_the_due_dates_between(
    show: Shown, tmp_path: Path, qtbot: QtBot
):
    first = date(2025, 1, 6)
    due = [DueDate(first + timedelta(days=n), lost=n in (3, 8)) for n in range(10)]
    cases = (case(1, due_dates=tuple(due[:5])), case(2, due_dates=tuple(due[5:])))
    page = show(library_of(tmp_path / "期限.valuer", cases))
    choose(page, "Q27", CONTROL, qtbot)
    control = page.detail.control
    figure = control.chart._figure
    assert isinstance(figure, RareFigure)
    assert figure.values == (3.0, 4.0)
    control.chart.point_clicked.emit(1)
    settle(page, qtbot)
    listed = page.detail.cases.table.table.rows
    assert [one.number for one in listed] == [cases[1].number]


def test_cohorts_stand_by_quarter_whatever_the_period_begins_with(
    show: Shown, hand_library, qtbot: QtBot
):
    page = show(hand_library, Filter(Period.YEAR))
    choose(page, "Q01", COHORTS, qtbot)
    cohorts = page.detail.cohorts
    rows = rows_of(cohorts.lines)
    assert [row[0] for row in rows] == ["All quarters", "2023Q1"]
    # 3 of 9 inventions are granted, 4 lost; two still pend.
    assert rows[1][1] == "9"
    assert rows[1][4].startswith("33.3 (")
    assert rows[1][5].startswith("44.4 (")
    assert cohorts.chart is not None
    cohorts.table.activated.emit(cohorts.lines.index(1, 0))
    settle(page, qtbot)
    assert len(page.detail.cases.table.table.rows) == 9


def test_a_quarter_has_its_days():
    assert days_of("2024Q1") == (date(2024, 1, 1), date(2024, 3, 31))
    assert days_of("2023Q4") == (date(2023, 10, 1), date(2023, 12, 31))


def test_times_are_told_by_their_quantiles(show: Shown, hand_library, qtbot: QtBot):
    page = show(hand_library)
    page.filters.put(replace(ALL, by=Grouping.AGENT))
    choose(page, "Q07_filing", TIME, qtbot)
    times = page.detail.times
    rows = rows_of(times.lines)
    assert rows[0][:3] == ["All cases", "9", "7"]
    assert [row[0] for row in rows[1:]] == sorted(row[0] for row in rows[1:])
    assert times.chart is not None
    choose(page, "Q01", TIME, qtbot)
    assert "This metric is no time" in sentence(times)


def test_two_periods_stand_beside_each_other(show: Shown, hand_library, qtbot: QtBot):
    chosen = Filter(Period.CUSTOM, date(2025, 4, 1), date(2025, 6, 30))
    page = show(hand_library, chosen)
    choose(page, "Q01", COMPARE, qtbot)
    compare = page.detail.compare
    (line,) = rows_of(compare.lines)
    # 1–3 were granted in the first quarter, 4, 5 and 7 lost in the second.
    assert line[1] == "3"
    assert line[2].startswith("100.0%")
    assert line[4].startswith("0.0%")
    assert line[5].startswith("−100.0 points (")
    assert line[6] == "beyond chance"
    assert "2025-01-01 to 2025-03-31" in sentence(compare)
    compare.against.put(Against.CUSTOM)
    compare._again()
    assert "Give the first and the last day" in sentence(compare)
    compare.first.put(date(2024, 1, 1))
    compare.last.put(date(2024, 12, 31))
    compare._again()
    settle(page, qtbot)
    assert rows_of(compare.lines)[0][1] == "1"


def test_without_bounds_there_is_nothing_to_compare(
    show: Shown, hand_library, qtbot: QtBot
):
    page = show(hand_library)
    choose(page, "Q01", COMPARE, qtbot)
    assert "Choose a period above" in sentence(page.detail.compare)


@pytest.mark.parametrize(
    ("first", "last", "by_year", "before"),
    [
        ((2025, 4, 1), (2025, 6, 30), False, ((2025, 1, 1), (2025, 3, 31))),
        ((2024, 1, 1), (2024, 12, 31), False, ((2023, 1, 1), (2023, 12, 31))),
        ((2025, 10, 1), (2026, 9, 30), False, ((2024, 10, 1), (2025, 9, 30))),
        ((2025, 3, 10), (2025, 3, 19), False, ((2025, 2, 28), (2025, 3, 9))),
        ((2024, 2, 29), (2024, 5, 31), True, ((2023, 2, 28), (2023, 5, 31))),
    ],
)
def test_the_period_before(first, last, by_year, before):
    found = period_before(date(*first), date(*last), by_year=by_year)
    assert found == tuple(date(*one) for one in before)


def test_a_share_stands_in_the_chart_as_in_the_table(show: Shown, hand_library, qtbot):
    page = show(hand_library)
    choose(page, "Q01", CONTROL, qtbot)
    figure = page.detail.control.chart._figure
    assert math.isclose(figure.centre, 300 / 7)
