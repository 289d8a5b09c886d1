"""Two-way tables, break-even and scenario sets: every figure by the method itself."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.break_even import break_even
from valuer.core.entries import params_or_refuse
from valuer.core.examples import example_files, read_example
from valuer.core.levers import lever
from valuer.core.problems import UserError
from valuer.core.scenario_sets import read_scenarios, value_scenarios
from valuer.core.two_way import two_way
from valuer.methods import METHODS

METHOD = METHODS.find("relief_from_royalty")
PLAIN: dict[str, Any] = {
    "revenue": [1000, 1100, {"dist": "uniform", "low": 900, "high": 1300}],
    "royalty_rate": 0.03,
    "tax_rate": 0.25,
    "discount_rate": {"dist": "normal", "mean": 0.15, "sd": 0.01},
    "valuation_date": "2024-12-31",
    "first_period_end": "2025-12-31",
    "expiry_date": "2034-12-31",
    "timing": "end",
}
COST = METHODS.find("replacement_cost")
NPV = METHODS.find("npv")

rates = st.floats(0.001, 0.9)


def params(**given: Any) -> Any:
    return params_or_refuse(METHOD.params, PLAIN | given)[0]


def value(**given: Any) -> float:
    return METHOD.run(params(**given)).value


def npv(flows: tuple[float, ...], rate: float) -> Any:
    given = {"cashflows": [*flows], "rate": rate, "first_flow": "now"}
    return params_or_refuse(NPV.params, given)[0]


# Two ways


@given(rates, st.floats(0.01, 0.4))
@settings(max_examples=20)
def test_the_table_s_centre_is_the_single_value(rate, discount):
    given = {"royalty_rate": rate, "discount_rate": discount}
    found = two_way(METHOD, params(**given), "royalty_rate", "discount_rate")
    row, column = found.down.index(discount), found.across.index(rate)
    assert found.values[row][column] == value(**given)


def test_every_cell_is_a_run_of_its_own():
    found = two_way(
        METHOD, params(), "royalty_rate", "tax_rate", (0.05, 0.02), (0.0, 0.5)
    )
    assert (found.across, found.down) == ((0.02, 0.05), (0.0, 0.5))
    for tax, row in zip(found.down, found.values, strict=True):
        for rate, cell in zip(found.across, row, strict=True):
            assert cell == value(royalty_rate=rate, tax_rate=tax)


def test_a_whole_series_moves_by_a_factor():
    found = two_way(METHOD, params(), "revenue", "royalty_rate", (0.5, 1, 2))
    middle = found.down.index(0.03)
    half, whole, double = (cell or 0 for cell in found.values[middle])
    assert found.columns.is_factor
    assert half == pytest.approx(whole / 2, rel=1e-12)
    assert double == pytest.approx(whole * 2, rel=1e-12)


def test_an_uncertain_input_goes_from_one_quantile_to_the_other():
    found = two_way(METHOD, params(), "discount_rate", "revenue[2]")
    ends = 0.15 - 1.6448536 * 0.01, 0.15 + 1.6448536 * 0.01
    assert (found.across[0], found.across[-1]) == pytest.approx(ends, rel=1e-7)
    assert (found.down[0], found.down[-1]) == pytest.approx((920, 1280))
    assert 0.15 in found.across
    assert 1100 in found.down


def test_a_row_of_a_table_is_a_lever_and_so_is_its_column():
    # Cohen's epoxy patent with its cost in two parts: (60 + 40) × 13/17.
    given = {
        "items": [{"name": "工资", "amount": 60}, {"name": "材料", "amount": 40}],
        "profit_base": "cost",
        "used_life": 4,
        "remaining_life": 13,
        "valuation_date": "2020-12-31",
        "currency": "USD",
    }
    cost, _ = params_or_refuse(COST.params, given)
    found = two_way(COST, cost, "items[1].amount", "items[0].amount", (57,), (28,))
    assert found.values == ((pytest.approx(65),),)
    even = break_even(COST, cost, "items.amount", 152 + 16 / 17)
    assert even.positions == (pytest.approx(2, rel=1e-12),)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("pace", "tax_rate"), "“pace” is no number among the inputs"),
        (("tax_rate", "tax_rate"), "two inputs that differ"),
        (("revenue", "revenue[1]"), "two inputs that differ"),
        (
            ("tax_rate", "royalty_rate", (0.5, 1.5)),
            "must lie between 0 % and 100 %; it is 150 %",
        ),
        (("tax_rate", "royalty_rate", (math.nan,)), "out of its range"),
        (("tax_rate", "royalty_rate", [k / 100 for k in range(51)]), "at most 50"),
    ],
)
def test_what_is_no_pair_of_inputs_is_refused(asked, said):
    with pytest.raises(UserError, match=said):
        two_way(METHOD, params(), *asked)


# Break-even


@given(rates, st.floats(0.01, 0.9))
@settings(max_examples=15)
def test_break_even_gives_the_input_that_gave_the_value(rate, wanted):
    target = value(royalty_rate=wanted)
    found = break_even(METHOD, params(royalty_rate=rate), "royalty_rate", target)
    assert found.positions == (pytest.approx(wanted, rel=1e-10),)


@given(st.floats(0.005, 0.9))
@settings(max_examples=15)
def test_the_value_at_break_even_is_the_target(discount):
    target = value(discount_rate=discount)
    found = break_even(METHOD, params(), "discount_rate", target)
    (position,) = found.positions
    assert value(discount_rate=position) == pytest.approx(target, rel=1e-10)


def test_a_whole_series_breaks_even_by_a_factor():
    found = break_even(METHOD, params(), "revenue", 2 * value())
    assert found.positions == (pytest.approx(2, rel=1e-12),)
    assert found.input.is_factor
    assert found.plain()["positions"] == list(found.positions)


def test_where_it_is_never_reached_the_values_met_are_told():
    found = break_even(METHOD, params(), "royalty_rate", -1)
    assert found.positions == ()
    assert (found.low, found.high) == (0, 1)
    assert found.least == 0
    assert found.greatest == pytest.approx(value(royalty_rate=1))


@pytest.mark.parametrize("flows", [(-10, 23, -13.2), (10, -23, 13.2)])
def test_all_positions_are_told(flows):
    # Worth nothing at 10 % and at 20 %: 1.1 + 1.2 = 2.3 and 1.1 × 1.2 = 1.32.
    found = break_even(NPV, npv(flows, 0.5), "rate", 0)
    assert found.positions == pytest.approx((0.1, 0.2), rel=1e-9)


def test_two_positions_closer_than_the_search_looks_are_both_told():
    # 1.15 + 1.151 = 2.301 and 1.15 × 1.151 = 1.32365.
    found = break_even(NPV, npv((-1000, 2301, -1323.65), 0.5), "rate", 0)
    assert found.positions == pytest.approx((0.15, 0.151), rel=1e-6)


def test_at_an_end_of_the_range_it_is_found_too():
    assert break_even(METHOD, params(), "tax_rate", 0).positions == (1.0,)
    assert break_even(METHOD, params(), "royalty_rate", 0).positions == (0.0,)


@pytest.mark.parametrize("target", [math.nan, math.inf])
def test_a_target_that_is_no_number_is_refused(target):
    with pytest.raises(UserError, match="finite"):
        break_even(METHOD, params(), "royalty_rate", target)


def test_positions_before_the_first_period_have_no_value_and_stop_no_search():
    method = METHODS.find("renewal_floor")
    runs = (read_example(path).run for path in example_files())
    known = next(run["params"] for run in runs if run.get("method") == method.key)
    floor, _ = params_or_refuse(method.params, known)
    first = lever(floor, "first_year")
    assert math.isnan(first.reckoned(method, floor, 1000.0))
    worth = method.run(floor).value
    assert first.centre in break_even(method, floor, "first_year", worth).positions


def test_an_input_that_is_none_is_refused():
    with pytest.raises(UserError, match="those are revenue, royalty_rate"):
        break_even(METHOD, params(), "revenue[7]", 1)


def test_a_lever_of_negative_figures_stays_within_their_range():
    found = lever(params(), "revenue")
    assert (found.low, found.high) == (0, None)


# Scenario sets

SET = [
    {"name": "悲观", "weight": 0.25, "changes": {"royalty_rate": 0.01}},
    {"name": "基准", "weight": 0.5, "changes": {}},
    {"name": "乐观", "weight": 0.25, "changes": {"revenue[1]": 2000}},
]


def test_scenarios_are_valued_by_themselves_and_weighed():
    found = value_scenarios(METHOD, params(), read_scenarios(SET))
    low, middle = value(royalty_rate=0.01), value()
    high = value(revenue=[1000, 2000, 1100])
    assert [one.value for one in found.scenarios] == [low, middle, high]
    mean = 0.25 * low + 0.5 * middle + 0.25 * high
    assert found.mean == pytest.approx(mean, rel=1e-14)
    parts = zip((0.25, 0.5, 0.25), (low, middle, high), strict=True)
    assert found.sd == pytest.approx(
        math.sqrt(sum(weight * (one - mean) ** 2 for weight, one in parts))
    )
    assert [one["name"] for one in found.plain()["scenarios"]] == [
        "悲观",
        "基准",
        "乐观",
    ]


def changed(**given: Any) -> list[dict[str, Any]]:
    return [{**SET[0], "weight": 1, **given}]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "1 to 100 scenarios"),
        (SET[:2], "must sum to one; they sum to 0.75"),
        ([SET[0] | {"weight": 0.5}] * 2, "a name of its own"),
        ([SET[0] | {"weight": 1e308}, SET[1] | {"weight": 1e308}], "sum to inf"),
        (changed(name=" "), "a name of its own"),
        ([SET[0] | {"weight": -1}], "below nought"),
        (changed(changes={"pace": 1}), "Scenario “悲观”: pace"),
        (changed(changes={"royalty_rate": 2}), "Scenario “悲观”: .*between"),
        (changed(changes={"revenue[9]": 2}), "“revenue\\[9\\]” is no place"),
        (changed(changes={"revenue[x]": 2}), "is no place"),
        (changed(changes={"revenue.low": 2}), "is no place"),
        (changed(changes={"[0]": 2}), "is no place"),
        (changed(changes={"tax_rate.low": 2}), "is no place"),
    ],
)
def test_what_is_no_scenario_set_is_refused(given, said):
    with pytest.raises(UserError, match=said):
        value_scenarios(METHOD, params(), read_scenarios(given))
