from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from valuer.core.figures import first_days, ticks_within
from valuer.core.quality_figures import (
    ControlFigure,
    ControlPoint,
    IncidenceFigure,
    IncidenceLine,
    Limits,
    ScoreStep,
    StepFigure,
)

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def stepped(*steps: ScoreStep, last: date = date(2028, 5, 23)) -> StepFigure:
    return StepFigure("t", "points", date(2026, 11, 23), last, steps)


def test_a_step_holds_until_the_next_one_and_the_last_until_the_end():
    figure = stepped(
        ScoreStep(date(2026, 11, 23), 90.0), ScoreStep(date(2027, 4, 2), 100.0)
    )
    assert [(start, end) for start, end, _ in figure.spans] == [
        (date(2026, 11, 23), date(2027, 4, 2)),
        (date(2027, 4, 2), date(2028, 5, 23)),
    ]


def test_a_step_from_before_is_shown_from_the_first_day():
    figure = stepped(ScoreStep(date(2026, 1, 1), 90.0))
    assert figure.spans[0][0] == date(2026, 11, 23)


def test_the_axis_holds_the_totals_and_is_never_below_nought():
    assert stepped(ScoreStep(date(2026, 11, 23), 3.0)).reach == (0.0, 105.0)
    low, high = stepped(ScoreStep(date(2026, 11, 23), 110.0)).reach
    assert low <= 100 < 110 < high


def test_an_axis_of_days_begins_each_quarter_with_its_first_month():
    places = first_days(date(2026, 11, 23), date(2028, 5, 23))
    assert [f"{day:%Y-%m}" for day in places] == [
        "2027-01", "2027-04", "2027-07", "2027-10", "2028-01", "2028-04",
    ]  # fmt: skip


@given(days, st.integers(0, 20_000), st.integers(1, 12))
def test_places_of_an_axis_of_days_are_firsts_within_it(first, length, about):
    last = first + timedelta(days=length)
    places = first_days(first, last, about)
    assert all(day.day == 1 and first <= day <= last for day in places)
    assert len(places) <= max(about, length // 1800) + 1


def test_months_from_filing_are_told_by_the_year():
    line = IncidenceLine("granted", tuple(map(float, range(61))), (0.0,) * 61)
    figure = IncidenceFigure("t", "%", "months", (line,))
    assert figure.places == (0, 12, 24, 36, 48, 60)


def test_what_is_supposed_stands_beside_the_line_and_within_the_axis():
    first, last = date(2026, 11, 23), date(2028, 5, 23)
    line = (ScoreStep(first, 80.0), ScoreStep(date(2027, 4, 1), 100.0))
    supposed = (ScoreStep(first, 80.0), ScoreStep(date(2027, 1, 1), 20.0))
    figure = StepFigure("", "", first, last, line)
    both = replace(figure, supposed=supposed, supposed_label="假设")
    assert figure.supposed_spans == ()
    assert both.spans == figure.spans
    assert [span[:2] for span in both.supposed_spans] == [
        (first, date(2027, 1, 1)),
        (date(2027, 1, 1), last),
    ]
    assert both.reach[0] <= 20 < figure.reach[0]


def chart_of(*values: float, unit: str = "%") -> ControlFigure:
    points = tuple(
        ControlPoint("m", one, Limits(9.0, one, one, one, one)) for one in values
    )
    return ControlFigure("t", unit, "n", values[0], "", "", "", points)


def test_an_axis_of_shares_stays_within_nought_and_a_hundred():
    for values in ((0.0,), (100.0,), (0.0, 100.0), (0.0, 3.0), (97.0, 100.0)):
        places = ticks_within(*chart_of(*values).reach)
        assert places[0] >= 0
        assert places[-1] <= 100
        assert places[0] <= min(values)
        assert places[-1] >= max(values)
        assert len(places) > 1


def test_a_rate_per_thousand_may_reach_above_a_hundred():
    assert ticks_within(*chart_of(20.0, 180.0, unit="").reach)[-1] >= 180
