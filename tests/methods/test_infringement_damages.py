"""Damages for past infringement: bases by hand, what the law bears, laws."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.case import Purpose
from valuer.core.entries import params_or_refuse
from valuer.core.method import Finds, Result
from valuer.core.problems import Severity, UserError
from valuer.methods import METHODS

METHOD = METHODS.find("infringement_damages")

LOSS = {"period": "2023", "kind": "loss", "until": "2023-12-31"}
GAIN = {"period": "2024", "kind": "gain", "until": "2024-12-31"}
ROYALTY = {"period": "2024", "kind": "royalty", "until": "2024-12-31"}
PLAIN: dict[str, Any] = {
    "basis": "loss",
    "amounts": [
        LOSS | {"quantity": 100, "unit_amount": 20, "share": 0.5},
        LOSS | {"until": "2024-12-30", "unit_amount": 500},
        GAIN | {"quantity": 300, "unit_amount": 8},
    ],
    "valuation_date": "2025-12-30",
}
AGGRAVATED = {"wilful": "yes", "serious": "yes"}

few = settings(max_examples=25)
rates = st.floats(0, 1)


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    return METHOD.run(params)


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def warned(**given: Any) -> list[str]:
    issues = run(**given).issues
    return [one.where for one in issues if one.severity is Severity.WARNING]


@st.composite
def claims(draw: st.DrawFn) -> dict[str, Any]:
    rows = st.fixed_dictionaries(
        {
            "period": st.just("年"),
            "kind": st.sampled_from(["loss", "gain", "royalty"]),
            "until": st.dates(date(2015, 1, 1), date(2025, 12, 30)).map(str),
            "quantity": st.floats(0, 1e4),
            "unit_amount": st.floats(0, 1e4),
            "share": rates,
        }
    )
    found = draw(st.lists(rows, min_size=1, max_size=5))
    return {
        "amounts": found,
        "basis": draw(st.sampled_from([row["kind"] for row in found])),
        "royalty_multiple": draw(st.floats(1, 5)),
        "punitive_multiple": draw(st.floats(1, 5)),
        **AGGRAVATED,
        "reasonable_costs": draw(st.floats(0, 1e5)),
        "interest_rate": draw(st.none() | rates),
        "valuation_date": "2025-12-30",
    }


def test_loss_and_gain_are_each_summed_and_the_basis_is_taken():
    # 100 × 20 × 0.5 + 500; 300 × 8.
    found = run()
    assert (found.outputs["loss"], found.outputs["gain"]) == (1500, 2400)
    assert found.value == 1500
    assert run(basis="gain").value == 2400


def test_a_royalty_is_taken_by_its_multiple():
    rows = [ROYALTY | {"quantity": 1000, "unit_amount": 2}]
    found = run(basis="royalty", amounts=rows, royalty_multiple=1.5)
    assert found.value == 3000
    assert found.outputs["royalty"] == 2000
    # The multiple belongs to the royalty alone.
    assert run(royalty_multiple=3).value == 1500


def test_wilful_and_serious_infringement_multiplies_and_costs_come_on_top():
    found = run(**AGGRAVATED, punitive_multiple=3, reasonable_costs=200)
    assert found.outputs["damages"] == 4500
    assert found.value == 4700


def test_interest_is_simple_on_the_basis_before_any_multiple():
    # 1000 for 730 days, 500 for 365, at 10 %.
    found = run(**AGGRAVATED, punitive_multiple=2, interest_rate=0.1)
    assert found.outputs["interest"] == pytest.approx(250)
    assert found.value == pytest.approx(3250)
    assert found.issues[-1].severity is Severity.NOTE


@pytest.mark.parametrize("given", [{}, {"wilful": "yes"}, {"serious": "yes"}])
def test_nothing_is_multiplied_unless_wilful_and_serious(given):
    assert refused(**given, punitive_multiple=2).startswith("punitive_multiple")


def test_the_statutory_sum_lies_within_the_bounds_of_the_law_of_the_day():
    given = {"basis": "statutory", "amounts": []}
    found = run(**given, statutory_amount=400_000, reasonable_costs=50_000)
    assert found.value == 450_000
    assert found.outputs["statutory"]["low"] == 30_000
    assert "第七十一条" in found.outputs["statutory"]["source"]
    assert "statutory_amount" in refused(**given, statutory_amount=29_999)
    assert "statutory_amount" in refused(**given, statutory_amount=5_000_001)
    old = {"law_on": "2020-12-31"}
    assert "statutory_amount" in refused(**given, **old, statutory_amount=1_000_001)
    assert warned(**given, **old, statutory_amount=15_000) == ["law_on"]


def test_the_statutory_sum_is_never_multiplied_and_bears_no_interest():
    given = {"basis": "statutory", "amounts": [], "statutory_amount": 400_000}
    assert "multiplied" in refused(**given, **AGGRAVATED, punitive_multiple=2)
    assert run(**given, interest_rate=0.1).value == 400_000


def test_the_law_before_2021_knows_no_multiple():
    told = refused(**AGGRAVATED, punitive_multiple=2, law_on="2021-05-31")
    assert told.startswith("punitive_multiple")
    assert run(**AGGRAVATED, punitive_multiple=2, law_on="2021-06-01").value == 3000


def test_a_later_basis_beside_an_earlier_one_is_warned_of():
    rows = [*PLAIN["amounts"], ROYALTY | {"unit_amount": 10}]
    assert warned(amounts=rows) == []
    assert warned(amounts=rows, basis="royalty") == ["basis"]
    assert warned(basis="statutory", statutory_amount=400_000) == ["basis"]


def test_it_serves_past_damages_and_is_no_value():
    assert METHOD.purposes == (Purpose.PAST_DAMAGES,)
    assert METHOD.finds is Finds.AMOUNT


@few
@given(claims())
def test_every_formula_holds_and_damages_are_those_reckoned_anew(formulas_hold, params):
    found = formulas_hold("infringement_damages", params, rel=1e-9)
    valued, rate = date(2025, 12, 30), params["interest_rate"] or 0
    base, interest = [], []
    for row in params["amounts"]:
        if row["kind"] == params["basis"]:
            amount = row["quantity"] * row["unit_amount"] * row["share"]
            days = (valued - date.fromisoformat(row["until"])).days
            base.append(amount)
            interest.append(amount * rate * days / 365)
    times = params["punitive_multiple"]
    if params["basis"] == "royalty":
        times *= params["royalty_multiple"]
    parts = [math.fsum(base) * times, *interest, params["reasonable_costs"]]
    assert found.value == pytest.approx(math.fsum(parts), rel=1e-9)


@few
@given(claims())
def test_damages_lie_between_one_and_five_times_their_basis(params):
    params = params | {"royalty_multiple": 1}
    found = run(**params).outputs["damages"]
    base = run(**params | {"punitive_multiple": 1}).outputs["damages"]
    assert base * (1 - 1e-12) <= found <= 5 * base * (1 + 1e-12)


@few
@given(claims(), st.floats(0, 100))
def test_all_but_the_costs_is_proportional_to_the_amounts(params, factor):
    rows = [r | {"unit_amount": r["unit_amount"] * factor} for r in params["amounts"]]
    params = params | {"reasonable_costs": 0}
    expected = factor * run(**params).value
    scaled = run(**params | {"amounts": rows}).value
    assert scaled == pytest.approx(expected, rel=1e-9, abs=1e-9)


@few
@given(claims(), st.integers(1, 4))
def test_many_at_once_are_each_the_single_one(params, count):
    checked, _ = params_or_refuse(METHOD.params, params)
    arrays = {
        name: np.repeat(np.atleast_1d(one)[np.newaxis], count, axis=0)
        if isinstance(one, np.ndarray)
        else one
        for name, one in METHOD.arrays(checked).items()
    }
    single = METHOD.run(checked).value
    assert METHOD.values(arrays) == pytest.approx([single] * count, rel=1e-12)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"basis": "royalty"}, "amounts"),
        ({"amounts": []}, "amounts"),
        ({"amounts": [LOSS | {"unit_amount": -1}]}, "amounts[0].unit_amount"),
        (
            {"amounts": [LOSS | {"unit_amount": 1, "share": 1.1}]},
            "amounts[0].share",
        ),
        (
            {"amounts": [LOSS | {"unit_amount": 1, "until": "2025-12-31"}]},
            "amounts[0].until",
        ),
        ({**AGGRAVATED, "punitive_multiple": 5.1}, "punitive_multiple"),
        ({"royalty_multiple": 0.5}, "royalty_multiple"),
        ({"basis": "statutory"}, "statutory_amount"),
        (
            {"basis": "statutory", "statutory_amount": 50_000, "currency": "USD"},
            "currency",
        ),
        ({"interest_rate": float("nan")}, "interest_rate"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(given, where):
    assert where in refused(**given)
