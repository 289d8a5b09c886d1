"""Waterfalls: nothing stands in them that the working does not name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from valuer.core.method import Finds, Result
from valuer.core.waterfalls import columns
from valuer.core.working import PERIODS, Step, Unit


def step(
    symbol: str, formula: str, *values: float, axis: str = PERIODS, series: bool = False
) -> Step:
    return Step(symbol, symbol, formula, values, Unit.MONEY, series, axis)


def result(value: float, *steps: Step) -> Result:
    outputs: dict[str, Any] = {}
    return Result("m", 1, value, "CNY", steps, outputs, ())


def told(found: Result) -> list[tuple[str, float, bool]]:
    return [(str(one.label), one.amount, one.is_total) for one in columns(found)]


def test_flows_go_from_the_first_amount_computed_to_the_value():
    # By hand: 10 + 20 = 30 saved, 7.5 + 15 = 22.5 after tax, 7 + 13 = 20 today.
    found = result(
        20,
        step("R", "", 100, 200, series=True),
        step("S", "R × ρ", 10, 20, series=True),
        step("N", "S × (1 − τ)", 7.5, 15, series=True),
        step("P", "N × d", 7, 13, series=True),
        step("V", "Σ P", 20),
    )
    assert told(found) == [
        ("S", 30, True),
        ("× (1 − τ)", -7.5, False),
        ("N", 22.5, True),
        ("× d", -2.5, False),
        ("P", 20, True),
    ]


def test_the_terms_of_the_last_sum_come_first_and_then_what_becomes_of_it():
    found = result(
        44,
        step("D", "", 50),
        step("E", "", 30),
        step("C", "D + E", 80),
        step("K", "", 0),
        step("G", "", 8),
        step("R", "C + K + G", 88),
        step("V", "R × q", 44),
    )
    assert told(found) == [
        ("C", 80, False),
        ("G", 8, False),
        ("R", 88, True),
        ("× q", -44, False),
        ("V", 44, True),
    ]


def test_what_a_sum_takes_away_falls():
    found = result(3, step("A", "", 5), step("B", "", 2), step("V", "A − B", 3))
    assert told(found) == [("A", 5, False), ("B", -2, False), ("V", 3, True)]


@pytest.mark.parametrize(
    "steps",
    [
        (),
        (step("P", "", 1, 2, axis="comparables", series=True), step("V", "Σ P", 3)),
        (step("A", "", 1), step("V", "A × 3", 3)),
        (step("A", "", 1), step("V", "A + x", 3)),
    ],
)
def test_where_no_sum_leads_to_the_value_there_is_no_waterfall(steps: tuple[Step, ...]):
    assert columns(result(3, *steps)) == ()


def test_what_does_not_end_at_the_value_is_not_shown():
    found = result(99, step("A", "", 1), step("B", "", 2), step("V", "A + B", 3))
    assert columns(found) == ()


def test_a_value_that_does_not_follow_from_the_sum_is_not_led_to():
    # The premium is told beside the value, which rests on E alone.
    parts = (step("E", "", 9), step("N", "", 4), step("premium", "E − N", 5))
    assert columns(result(9, *parts, step("V", "E", 9))) == ()


def test_a_value_that_divides_the_sum_is_led_to():
    found = result(
        50,
        step("A", "", 7),
        step("B", "", 2),
        step("X", "A − B", 5),
        step("V", "X / r", 50),
    )
    assert told(found)[-2:] == [("/ r", 45, False), ("V", 50, True)]


def test_a_result_that_is_no_money_has_no_waterfall():
    found = result(3, step("A", "", 1), step("B", "", 2), step("V", "A + B", 3))
    assert columns(found)
    assert columns(replace(found, finds=Finds.RATE)) == ()
