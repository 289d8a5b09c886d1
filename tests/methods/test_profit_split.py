"""Profit split: cases by hand, laws, a second reckoning, and what it refuses."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import UserError
from valuer.methods import METHODS

METHOD = METHODS.find("profit_split")
INCOME_SHARE = METHODS.find("income_share")

DATES: dict[str, Any] = {
    "tax_rate": 0.25,
    "discount_rate": 0.25,
    "valuation_date": "2024-12-31",
    "first_period_end": "2025-12-31",
    "expiry_date": "2026-12-31",
    "timing": "end",
}
STATED = DATES | {"profit": [100, 200], "share_rate": 0.2}
BY_MARGIN = DATES | {
    "profit_from": "margin",
    "revenue": [1000, 2000],
    "profit_margin": 0.1,
    "share_rate": 0.2,
}

money = st.floats(0.01, 1e9)
rates = st.floats(0.001, 1)


def run(given: dict[str, Any], method: Any = METHOD) -> Result:
    params, _ = params_or_refuse(method.params, given)
    return method.run(params)


def refused(given: dict[str, Any]) -> str:
    with pytest.raises(UserError) as refusal:
        run(given)
    return str(refusal.value)


@st.composite
def inputs(draw: st.DrawFn) -> dict[str, Any]:
    """Either form, over whole years from the valuation date."""
    count = draw(st.integers(1, 6))
    each = st.lists(money, min_size=count, max_size=count)
    either = rates | st.lists(rates, min_size=count, max_size=count)
    found = DATES | {
        "share_rate": draw(either),
        "tax_rate": draw(st.floats(0, 0.9)),
        "discount_rate": draw(st.floats(0, 0.9)),
        "expiry_date": f"{2024 + count}-12-31",
        "day_count": "act/act",
        "tax_basis": draw(st.sampled_from(["after_tax", "pre_tax"])),
    }
    if draw(st.booleans()):
        found |= {"covered_share": draw(st.floats(0, 1))}
    if draw(st.booleans()):
        found |= {"decline": "constant", "decline_rate": draw(st.floats(0, 1))}
    if draw(st.booleans()):
        return found | {"profit": draw(each)}
    margin = draw(either)
    return found | {
        "profit_from": "margin",
        "revenue": draw(each),
        "profit_margin": margin,
    }


def worth(given: dict[str, Any]) -> float:
    """Reckon the value anew, the last year first."""
    found = 0.0
    profits = given.get("profit") or [
        one * kth(given["profit_margin"], k) for k, one in enumerate(given["revenue"])
    ]
    for k in reversed(range(len(profits))):
        left = (1 - given.get("decline_rate", 0)) ** k
        part = profits[k] * kth(given["share_rate"], k) * left
        part *= given.get("covered_share", 1)
        if given["tax_basis"] == "after_tax":
            part *= 1 - given["tax_rate"]
        found = (found + part) / (1 + given["discount_rate"])
    return found


def kth(rate: Any, k: int) -> float:
    return rate[k] if isinstance(rate, list) else rate


# By hand


def test_two_years_of_profit_by_hand():
    # A fifth of 100 and 200, three quarters after tax, at 25 % a year.
    assert run(STATED).value == pytest.approx(15 / 1.25 + 30 / 1.5625, rel=1e-14)


def test_profit_by_margin_is_the_same_profit():
    assert run(BY_MARGIN).value == pytest.approx(run(STATED).value, rel=1e-14)
    assert run(BY_MARGIN).outputs["share_of_revenue"] == pytest.approx(0.02)


def test_the_last_year_counts_to_the_expiry_day_alone():
    # 73 of 365 days: a fifth of 15, a fifth of a year.
    found = run(STATED | {"profit": [100], "expiry_date": "2025-03-14"})
    assert found.value == pytest.approx(3 / 1.25**0.2, rel=1e-13)


# Laws


@given(inputs())
def test_every_formula_gives_the_numbers_shown(formulas_hold, given):
    formulas_hold("profit_split", given)


@given(inputs())
def test_the_value_agrees_with_a_second_reckoning(given):
    assert run(given).value == pytest.approx(worth(given), rel=1e-9, abs=1e-9)


@given(inputs())
def test_a_share_of_profit_is_that_share_times_the_margin_of_revenue(given):
    if "revenue" not in given:
        return
    count = len(given["revenue"])
    rate = [
        kth(given["share_rate"], k) * kth(given["profit_margin"], k)
        for k in range(count)
    ]
    same = {k: v for k, v in given.items() if k not in ("profit_from", "profit_margin")}
    found = run(same | {"share_rate": rate}, INCOME_SHARE).value
    assert found == pytest.approx(run(given).value, rel=1e-12)


@given(inputs(), st.floats(0.001, 1000))
def test_value_is_proportional_to_profit(given, factor):
    base = "revenue" if "revenue" in given else "profit"
    scaled = given | {base: [factor * one for one in given[base]]}
    assert run(scaled).value == pytest.approx(factor * run(given).value, rel=1e-12)


@given(inputs())
def test_the_whole_profit_is_split_in_two(given):
    rate = given["share_rate"]
    other = [1 - one for one in rate] if isinstance(rate, list) else 1 - rate
    parts = run(given).value + run(given | {"share_rate": other}).value
    whole = run(given | {"share_rate": 1}).value
    assert parts == pytest.approx(whole, rel=1e-9, abs=1e-9)
    assert math.isfinite(whole)


@given(inputs())
def test_nought_in_nought_out(given):
    base = "revenue" if "revenue" in given else "profit"
    assert run(given | {base: [0] * len(given[base])}).value == 0
    assert run(given | {"share_rate": 0}).value == 0


# What it refuses


@pytest.mark.parametrize(
    ("given", "left_out"),
    [(STATED, "profit"), (BY_MARGIN, "revenue"), (BY_MARGIN, "profit_margin")],
)
def test_a_profit_that_cannot_be_reckoned_is_refused(given, left_out):
    assert left_out in refused({k: v for k, v in given.items() if k != left_out})


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"profit": [-1, 100]}, "profit"),
        ({"share_rate": [0.1] * 3}, "share_rate"),
        ({"revenue": [1, 2, 3]}, "revenue"),
        ({"first_period_end": "2024-12-31"}, "first_period_end"),
        ({"tax_life": 10}, "amortisation_tax_rate"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(given, named):
    assert named in refused(STATED | given)
