"""Realisability for a pledge: by hand, laws, and the bank's figures kept apart."""

from __future__ import annotations

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

METHOD = METHODS.find("pledge_value")

PLAIN: dict[str, Any] = {"market_value": 1000}
ROWS = [
    {"name": "急售", "rate": 0.2, "ground": "司法拍卖统计"},
    {"name": "买方少", "rate": 0.1, "ground": "访谈"},
]

few = settings(max_examples=25)
rates = st.floats(0, 1)

pledges = st.fixed_dictionaries(
    {
        "market_value": st.floats(0, 1e9),
        "discounts": st.lists(
            st.fixed_dictionaries({"name": st.just("因素"), "rate": rates}), max_size=4
        ),
        "selling_cost_rate": rates,
        "selling_costs": st.floats(0, 1e6),
        "sale_time": st.floats(0, 10),
        "sale_rate": rates,
    }
)


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    return METHOD.run(params)


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def told(**given: Any) -> list[tuple[Severity, str]]:
    return [(one.severity, one.where) for one in run(**given).issues]


def test_a_forced_sale_by_hand():
    # 1000 × 0.8 × 0.9 = 720; less 5 % and 84: 600; half a year at 44 %: 500.
    found = run(
        discounts=ROWS,
        selling_cost_rate=0.05,
        selling_costs=84,
        sale_time=0.5,
        sale_rate=0.44,
    )
    assert found.outputs["forced_sale_price"] == pytest.approx(720)
    assert found.value == pytest.approx(500)
    assert found.heads("discounts") == ("急售", "买方少")


def test_the_banks_figures_stand_apart_and_change_nothing():
    bare = run(discounts=ROWS)
    banks = run(discounts=ROWS, pledge_ratio=0.3, credit_line=250)
    assert banks.value == bare.value
    assert banks.working == bare.working
    assert "bank" not in bare.outputs
    assert banks.outputs["bank"] == {
        "pledge_ratio": 0.3,
        "credit_line": 250,
        "value_times_ratio": 300,
    }
    assert (Severity.NOTE, "pledge_ratio") in [
        (one.severity, one.where) for one in banks.issues
    ]


def test_a_line_above_what_a_sale_brings_is_warned_of():
    assert (Severity.WARNING, "pledge_ratio") in told(discounts=ROWS, pledge_ratio=0.8)
    assert (Severity.WARNING, "credit_line") in told(discounts=ROWS, credit_line=721)
    assert Severity.WARNING not in dict(told(discounts=ROWS, credit_line=719))


def test_discounts_without_a_ground_and_waits_without_a_rate_are_warned_of():
    row = {"name": "急售", "rate": 0.2, "ground": " "}
    assert told(discounts=[row]) == [(Severity.WARNING, "discounts[0].ground")]
    assert told(sale_time=1) == [(Severity.WARNING, "sale_rate")]


def test_it_serves_a_pledge_and_is_no_value_to_conclude_upon():
    assert METHOD.purposes == (Purpose.PLEDGE,)
    assert METHOD.finds is Finds.AMOUNT
    assert not METHOD.is_valuing


@few
@given(pledges)
def test_every_formula_holds_and_the_amount_is_the_one_reckoned_anew(
    formulas_hold, params
):
    found = formulas_hold("pledge_value", params, rel=1e-9)
    price = params["market_value"]
    for row in params["discounts"]:
        price -= price * row["rate"]
    net = price - price * params["selling_cost_rate"] - params["selling_costs"]
    again = max(net, 0) / (1 + params["sale_rate"]) ** params["sale_time"]
    assert found.value == pytest.approx(again, rel=1e-9, abs=1e-6)
    assert 0 <= found.value <= params["market_value"]


@few
@given(
    pledges,
    st.sampled_from(["selling_cost_rate", "selling_costs", "sale_time", "sale_rate"]),
)
def test_costs_and_waiting_never_help(params, name):
    less = run(**params | {name: params[name] / 2}).value
    assert run(**params).value <= less * (1 + 1e-12)


@few
@given(pledges, st.integers(1, 4))
def test_many_at_once_are_each_the_single_one(params, count):
    checked, _ = params_or_refuse(METHOD.params, params)
    arrays = {
        name: np.repeat(np.atleast_1d(one)[np.newaxis], count, axis=0)
        for name, one in METHOD.arrays(checked).items()
    }
    single = METHOD.run(checked).value
    assert METHOD.values(arrays) == pytest.approx([single] * count, rel=1e-12)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"market_value": -1}, "market_value"),
        ({"discounts": [{"name": "急售", "rate": 1.1}]}, "discounts[0].rate"),
        ({"selling_cost_rate": float("nan")}, "selling_cost_rate"),
        ({"sale_time": 21}, "sale_time"),
        ({"pledge_ratio": 1.1}, "pledge_ratio"),
        ({"credit_line": -1}, "credit_line"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(given, where):
    assert where in refused(**given)
