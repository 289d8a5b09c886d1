"""Replacement cost: cases by hand, laws, and what it refuses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Approach, Result
from valuer.core.params import Kind, parameters
from valuer.core.problems import Severity, UserError
from valuer.methods import METHODS

METHOD = METHODS.find("replacement_cost")

# Direct 600, indirect 400; half of the life is left.
PLAIN: dict[str, Any] = {
    "items": [
        {"name": "研发人员工资", "amount": 600},
        {"name": "管理费分摊", "amount": "400", "group": "indirect"},
    ],
    "profit_base": "cost",
    "used_life": 5,
    "remaining_life": 5,
    "valuation_date": "2024-12-31",
}

money = st.floats(0.01, 1e9)
rates = st.floats(0, 1)
few = settings(max_examples=25)


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    return METHOD.run(params)


def figures(**given: Any) -> dict[str, tuple[float, ...]]:
    """The numbers of each step by its symbol."""
    return {step.symbol: step.values for step in run(**given).working}


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def at_most(value: float) -> Any:
    """A hair above ``value``, for laws of order between floats."""
    return value * (1 + 1e-12)


@st.composite
def whole(draw: st.DrawFn) -> dict[str, Any]:
    """Any parameters that the method takes."""
    years = range(2019, 2025)
    items = st.fixed_dictionaries(
        {
            "name": st.just("项目"),
            "group": st.sampled_from(["direct", "indirect"]),
            "amount": money,
            "incurred": st.none() | st.sampled_from([f"{y}-06-30" for y in years]),
            "index": st.sampled_from(["", "物价"]),
        }
    )
    fees = st.fixed_dictionaries({"name": st.just("年费"), "amount": money})
    return {
        "items": draw(st.lists(items, min_size=1, max_size=5)),
        "price_indices": [
            {
                "index": "物价",
                "until": f"{year}-12-31",
                "change": draw(st.floats(-0.1, 0.2)),
            }
            for year in years
        ],
        "development_years": draw(st.floats(0, 10)),
        "capital_rate": draw(rates),
        "spending": draw(st.sampled_from(["even", "start"])),
        "profit_rate": draw(rates),
        "profit_base": draw(st.sampled_from(["cost", "cost_and_capital"])),
        "official_fees": draw(st.lists(fees, max_size=3)),
        "taxes": draw(money),
        "newness_basis": draw(st.sampled_from(["life", "rate"])),
        "used_life": draw(st.floats(0, 50)),
        "remaining_life": draw(st.floats(0.1, 50)),
        "newness_rate": draw(rates),
        "further_depreciation": draw(rates),
        "valuation_date": "2024-12-31",
    }


def costs_times(params: dict[str, Any], factor: float) -> dict[str, Any]:
    """The parameters with every amount of money multiplied."""

    def times(rows: Any) -> Any:
        return [row | {"amount": row["amount"] * factor} for row in rows]

    return params | {
        "items": times(params["items"]),
        "official_fees": times(params["official_fees"]),
        "taxes": params["taxes"] * factor,
    }


# By hand


def test_a_whole_cost_by_hand():
    # C 1000; K of two years, spent evenly: 1000 × (1.21^(2/2) − 1) = 210;
    # G 10 % of 1000: 100; F 30; T 10; R 1350; half of it, less a tenth: 607.5.
    found = figures(
        development_years=2,
        capital_rate=0.21,
        profit_rate=0.1,
        official_fees=[
            {"name": "申请费", "amount": 10},
            {"name": "年费", "amount": 20},
        ],
        taxes=10,
        further_depreciation=0.1,
    )
    told = {symbol: found[symbol] for symbol in "DECKGFTRqV"}
    assert told == {
        "D": (600,),
        "E": (400,),
        "C": (1000,),
        "K": (pytest.approx(210),),
        "G": (100,),
        "F": (30,),
        "T": (10,),
        "R": (pytest.approx(1350),),
        "q": (0.5,),
        "V": (pytest.approx(607.5),),
    }


def test_spent_at_the_start_capital_is_bound_all_the_time():
    # 1000 × (1.1² − 1); evenly 1000 × (1.1 − 1).
    given = {"development_years": 2, "capital_rate": 0.1}
    assert figures(**given, spending="start")["K"] == (pytest.approx(210),)
    assert figures(**given)["K"] == (pytest.approx(100),)


def test_profit_may_be_reckoned_on_the_capital_too_and_the_step_says_so():
    given = {"development_years": 2, "capital_rate": 0.1, "profit_rate": 0.2}
    assert figures(**given)["G"] == (pytest.approx(200),)
    both = run(**given, profit_base="cost_and_capital")
    (step,) = (step for step in both.working if step.symbol == "G")
    assert step.values == (pytest.approx(220),)
    assert step.formula == "(C + K) × p"
    assert "capital" in str(step.label)


def test_the_base_of_profit_is_never_assumed():
    given = {key: value for key, value in PLAIN.items() if key != "profit_base"}
    with pytest.raises(UserError, match="profit_base"):
        params_or_refuse(METHOD.params, given)


def test_newness_may_be_stated():
    found = run(newness_basis="rate", newness_rate=0.8)
    assert found.value == pytest.approx(800)
    assert "m" not in {step.symbol for step in found.working}


def test_the_working_names_items_changes_and_fees():
    found = run(
        items=[{"name": "工资", "amount": 1, "incurred": "2023-01-01", "index": "CPI"}],
        price_indices=[{"index": "CPI", "until": "2024-12-31", "change": 0.02}],
        official_fees=[{"name": "年费", "due": "2024-05-01", "amount": 900}],
    )
    assert found.heads("items") == ("工资",)
    assert found.heads("price_indices") == ("CPI 2024-12-31",)
    assert found.heads("official_fees") == ("年费",)
    axes = {step.symbol: step.axis for step in found.working if step.is_series}
    assert {axes[symbol] for symbol in "auwxrδ"} == {"items"}
    assert {axes[symbol] for symbol in "bgl"} == {"price_indices"}
    assert axes["f"] == "official_fees"
    assert found.working[-1].values == (found.value,)


def test_without_fees_or_indices_there_are_no_empty_steps():
    assert all(step.values for step in run().working)
    assert "x" not in figures()
    assert figures()["F"] == (0,)


def test_it_belongs_to_the_cost_approach_and_speaks_the_currency_given():
    assert METHOD.approach is Approach.COST
    assert run(currency="EUR").currency == "EUR"


# Laws


@few
@given(whole(), st.floats(0, 10))
def test_value_falls_with_age(params, more):
    older = params | {"used_life": params["used_life"] + more}
    assert run(**older).value <= at_most(run(**params).value)


@few
@given(whole(), st.floats(0, 10))
def test_value_rises_with_the_life_that_remains(params, more):
    longer = params | {"remaining_life": params["remaining_life"] + more}
    assert run(**params).value <= at_most(run(**longer).value)


@few
@given(whole(), st.floats(0.001, 1000))
def test_value_is_proportional_to_all_costs(params, factor):
    scaled = run(**costs_times(params, factor)).value
    assert scaled == pytest.approx(factor * run(**params).value, rel=1e-12)


@few
@given(whole())
def test_nought_in_nought_out(params):
    assert run(**costs_times(params, 0)).value == 0
    assert run(**params | {"further_depreciation": 1}).value == 0
    assert run(**params | {"newness_basis": "rate", "newness_rate": 0}).value == 0


@few
@given(whole(), money, st.data())
def test_value_rises_with_each_cost(params, more, data):
    items = list(params["items"])
    place = data.draw(st.integers(0, len(items) - 1))
    items[place] = items[place] | {"amount": items[place]["amount"] + more}
    assert run(**params).value <= at_most(run(**params | {"items": items}).value)


@few
@given(whole(), st.sampled_from(["capital_rate", "profit_rate"]), st.floats(0, 0.5))
def test_value_rises_with_the_rates_of_capital_and_profit(params, name, more):
    params = params | {name: params[name] / 2}
    higher = params | {name: params[name] + more}
    assert run(**params).value <= at_most(run(**higher).value)


@few
@given(whole())
def test_spending_evenly_costs_no_more_than_at_the_start(params):
    even, start = (run(**params | {"spending": how}) for how in ("even", "start"))
    assert even.value <= at_most(start.value)


@few
@given(whole())
def test_a_group_changes_the_subtotals_and_not_the_value(params):
    items = [item | {"group": "direct"} for item in params["items"]]
    found, moved = run(**params), run(**params | {"items": items})
    assert moved.value == pytest.approx(found.value, rel=1e-12)
    assert {s.symbol: s.values for s in moved.working}["E"] == (0,)


@few
@given(whole(), st.randoms())
def test_the_order_of_the_rows_does_not_matter(params, random):
    mixed = dict(params)
    for table in ("items", "price_indices", "official_fees"):
        mixed[table] = random.sample(params[table], len(params[table]))
    assert run(**mixed).value == pytest.approx(run(**params).value, rel=1e-12)


@few
@given(whole())
def test_nothing_is_below_nought(params):
    for step in run(**params).working:
        if step.symbol != "g":
            assert min(step.values) >= 0


@few
@given(whole(), st.integers(1, 5))
def test_scenarios_of_fixed_inputs_all_give_the_single_value(params, scenarios):
    checked, _ = params_or_refuse(METHOD.params, params)
    arrays = METHOD.arrays(checked)
    for name, numbers in arrays.items():
        if isinstance(numbers, np.ndarray) and name != "is_direct":
            flat = np.atleast_1d(numbers)
            arrays[name] = np.repeat(flat[np.newaxis, :], scenarios, axis=0)
    values = METHOD.values(arrays)
    assert values.shape == (scenarios,)
    assert values == pytest.approx(METHOD.run(checked).value, rel=1e-14)


# What it refuses, and what it tells


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"items": []}, "items"),
        ({"items": [{"name": "甲"}]}, "items[0].amount"),
        ({"items": [{"name": "甲", "amount": -1}]}, "items[0].amount"),
        ({"items": [{"name": "甲", "amount": 1, "group": "x"}]}, "items[0].group"),
        ({"items": [{"name": "甲", "amount": 1, "year": 2020}]}, "items[0]"),
        ({"official_fees": [{"name": "甲", "amount": -1}]}, "official_fees[0].amount"),
        ({"capital_rate": 1.5}, "capital_rate"),
        ({"profit_rate": -0.1}, "profit_rate"),
        ({"further_depreciation": 1.1}, "further_depreciation"),
        ({"taxes": -1}, "taxes"),
        ({"development_years": 51}, "development_years"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(given, where):
    assert where in refused(**given)


def test_several_faults_are_told_together():
    told = refused(
        items=[{"name": "甲", "amount": 1, "index": "没有", "incurred": "2030-01-01"}],
        used_life=None,
    )
    assert "items[0].index" in told
    assert "items[0].incurred" in told
    assert "used_life" in told


def test_a_value_beyond_all_measure_is_refused():
    items = [{"name": "甲", "amount": 1.7e308}] * 3
    assert "finite" in refused(items=items)


def test_a_fee_not_yet_due_is_warned_of():
    fee = {"name": "第8年年费", "due": "2025-01-01", "amount": 2000}
    (warning,) = run(official_fees=[fee]).issues
    assert warning.severity is Severity.WARNING
    assert warning.where == "official_fees[0].due"
    assert run(official_fees=[fee | {"due": "2024-12-31"}]).issues == ()


def test_everything_a_form_shows_has_a_label_and_a_help():
    for one in parameters(METHOD.params):
        assert one.label
        assert one.help
        for column in one.columns:
            assert column.label
            assert column.help
    tables = [o.name for o in parameters(METHOD.params) if o.measure.kind is Kind.TABLE]
    assert tables == ["items", "price_indices", "official_fees"]
