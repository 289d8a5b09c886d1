"""The bridge of three rates: it closes, it parts, and what it refuses."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import Severity, UserError
from valuer.core.simulation import simulate
from valuer.methods import METHODS

METHOD = METHODS.find("rate_bridge")
DAY = date(2026, 9, 30)

PLAIN: dict[str, Any] = {
    "country": "CN",
    "valuation_date": DAY.isoformat(),
    "price": 1000,
    "flows": [{"day": "2027-09-30", "amount": 1104}],
    "wacc": 0.104,
    "assets": [
        {"name": "固定资产", "kind": "fixed", "value": 500, "rate": 0.06},
        {"name": "商誉", "kind": "goodwill"},
    ],
    "sources": [
        {
            "component": one,
            "day": DAY.isoformat(),
            "country": "CN",
            "currency": "CNY",
            "source": "手算例",
        }
        for one in ("flows", "wacc", "asset_rates")
    ],
}

amounts = st.lists(st.floats(1, 1000), min_size=1, max_size=8)
costs = st.floats(0.05, 0.4)


def run(**given: Any) -> Result:
    return METHOD.run(params_or_refuse(METHOD.params, PLAIN | given)[0])


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def yearly(drawn: list[float]) -> list[dict[str, Any]]:
    """Return flows 365 days apart, so that act/365 counts whole years."""
    return [
        {"day": (DAY + timedelta(365 * place)).isoformat(), "amount": amount}
        for place, amount in enumerate(drawn, start=1)
    ]


def deal(drawn: list[float], cost: float) -> dict[str, Any]:
    """Return a deal whose price is what its flows are worth at the cost of capital."""
    price = sum(one / (1 + cost) ** place for place, one in enumerate(drawn, start=1))
    assets = [
        {"name": "固定资产", "kind": "fixed", "value": price / 2, "rate": cost / 2},
        {"name": "商誉", "kind": "goodwill"},
    ]
    return {"price": price, "flows": yearly(drawn), "wacc": cost, "assets": assets}


@settings(max_examples=25)
@given(amounts, costs)
def test_it_closes_where_price_and_goodwill_follow_from_the_cost(drawn, cost):
    found = run(**deal(drawn, cost))
    assert found.value == pytest.approx(0, abs=1e-12)
    assert found.outputs["irr"] == pytest.approx(cost, rel=1e-10)
    assert found.outputs["wara"] == pytest.approx(cost, rel=1e-12)
    assert found.outputs["rate_sought"] == pytest.approx(1.5 * cost, rel=1e-9)
    assert found.outputs["verdict"] == "within"
    assert not found.issues


@settings(max_examples=25)
@given(amounts, costs, st.floats(1.1, 2))
def test_a_dearer_price_earns_less(drawn, cost, times):
    given = deal(drawn, cost)
    dear = given | {"price": given["price"] * times}
    found = run(**dear).outputs
    assert found["irr"] < cost
    assert found["basis_points"]["irr_less_wacc"] < 0


@settings(max_examples=25)
@given(amounts, costs, st.sampled_from([None, 0.0, 0.02]))
def test_every_formula_gives_the_numbers_shown(formulas_hold, drawn, cost, growth):
    given = deal(drawn, cost) | {"terminal_growth": growth}
    formulas_hold("rate_bridge", PLAIN | given, rel=1e-9)


@settings(max_examples=25)
@given(st.floats(0.04, 0.3), st.floats(-0.02, 0.03))
def test_a_flow_that_grows_for_ever_earns_its_yield_and_growth(earned, growth):
    flow = 1000 * (earned - growth)
    found = run(flows=yearly([flow]), terminal_growth=growth, wacc=0.1)
    assert found.outputs["irr"] == pytest.approx(earned, rel=1e-9)


def test_rates_too_far_apart_are_told_in_basis_points():
    found = run(flows=[{"day": "2027-09-30", "amount": 1130}])
    assert found.outputs["verdict"] == "exceeded"
    assert found.outputs["basis_points"]["irr_less_wacc"] == pytest.approx(260)
    assert [one.severity for one in found.issues] == [Severity.WARNING] * 2
    assert "260.0 basis points" in found.issues[0].say("en")
    assert (
        run(flows=[{"day": "2027-09-30", "amount": 1130}], tolerance=261).issues == ()
    )


def test_scenarios_find_the_rate_of_each():
    flows = [
        {"day": "2027-09-30", "amount": {"dist": "uniform", "low": 1080, "high": 1120}}
    ]
    params, _ = params_or_refuse(METHOD.params, PLAIN | {"flows": flows})
    arrays = METHOD.arrays(
        METHOD.params(**{**_fields(params), "flows": run_flows(1104)})
    )
    arrays["flows_amount"] = np.array([[1080.0], [1104.0], [1204.0]])
    wanted = [0.024, 0.0, 0.1]
    assert METHOD.values(arrays) == pytest.approx(wanted, abs=1e-12)
    assert simulate(METHOD, params, 200, 1).mean > 0


def _fields(params: Any) -> dict[str, Any]:
    return {name: getattr(params, name) for name in params.__dataclass_fields__}


def run_flows(amount: float) -> Any:
    flows = [{"day": "2027-09-30", "amount": amount}]
    return params_or_refuse(METHOD.params, PLAIN | {"flows": flows})[0].flows


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"price": 0}, "price"),
        ({"flows": []}, "flows"),
        ({"flows": [{"day": "2026-09-30", "amount": 1}]}, "flows[0].day"),
        ({"flows": yearly([1, 1])[::-1]}, "flows[1].day"),
        ({"flows": yearly([-1])}, "no internal rate"),
        ({"flows": yearly([2500, -1540])}, "several"),
        ({"flows": yearly([-1]), "terminal_growth": 0.02}, "flows[0].amount"),
        ({"wacc": 0}, "wacc"),
        ({"tolerance": -1}, "tolerance"),
        ({"assets": []}, "assets"),
        ({"assets": [{"name": "甲", "value": 900, "rate": 0.1}]}, "assets"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(given, where):
    assert where in refused(**given)
