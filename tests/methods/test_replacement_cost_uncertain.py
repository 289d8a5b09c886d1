"""Replacement cost with uncertain inputs: simulation and tornado over tables."""

from __future__ import annotations

from typing import Any

import pytest

from valuer.core.entries import params_or_refuse
from valuer.core.sensitivity import one_way
from valuer.core.simulation import simulate
from valuer.methods import METHODS

METHOD = METHODS.find("replacement_cost")

# 1000, of which half is left.
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


def uniform(low: float, high: float) -> dict[str, Any]:
    return {"dist": "uniform", "low": low, "high": high}


def test_every_number_may_be_uncertain_wherever_it_stands():
    given = PLAIN | {
        "items": [
            {"name": "甲", "amount": uniform(90, 110)},
            {"name": "乙", "amount": 50, "incurred": "2023-06-30", "index": "物价"},
        ],
        "price_indices": [
            {"index": "物价", "until": "2024-12-31", "change": uniform(0, 0.1)}
        ],
        "official_fees": [{"name": "年费", "amount": uniform(5, 15)}],
        "remaining_life": uniform(4, 6),
        "profit_rate": uniform(0.1, 0.2),
        "development_years": uniform(0.5, 1),
        "capital_rate": uniform(0.04, 0.06),
        "taxes": uniform(1, 2),
        "further_depreciation": uniform(0, 0.1),
    }
    params, _ = params_or_refuse(METHOD.params, given)
    found = simulate(METHOD, params, 4000, 1)
    centre = METHOD.run(params).value
    assert found.mean == pytest.approx(centre, rel=0.01)
    assert found.p5 < centre < found.p95


@pytest.mark.parametrize(
    ("given", "mean"),
    [
        # One input at a time, in which the value is linear: the mean is the centre's.
        ({"items": [{"name": "甲", "amount": uniform(90, 110)}]}, 50),
        ({"newness_basis": "rate", "newness_rate": uniform(0.4, 0.6)}, 500),
        ({"profit_rate": uniform(0, 0.2)}, 550),
        ({"official_fees": [{"name": "费", "amount": uniform(0, 20)}]}, 505),
        (
            {
                "items": [
                    {
                        "name": "甲",
                        "amount": 100,
                        "incurred": "2023-01-01",
                        "index": "x",
                    }
                ],
                "price_indices": [
                    {"index": "x", "until": "2024-12-31", "change": uniform(0, 0.2)}
                ],
            },
            55,
        ),
    ],
)
def test_the_mean_of_a_linear_input_is_that_of_its_centre(given, mean):
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    found = simulate(METHOD, params, 20_000, 3)
    assert found.mean == pytest.approx(mean, abs=5 * found.se)
    assert METHOD.run(params).value == pytest.approx(mean)


def test_an_uncertain_input_that_is_not_used_moves_nothing():
    params, _ = params_or_refuse(METHOD.params, PLAIN | {"newness_rate": uniform(0, 1)})
    found = simulate(METHOD, params, 100)
    assert (found.mean, found.sd) == (500, 0)


def test_the_tornado_moves_items_one_by_one():
    params, _ = params_or_refuse(METHOD.params, PLAIN)
    swings = {swing.name: swing for swing in one_way(METHOD, params)}
    items = {"items[0].amount", "items[1].amount"}
    assert set(swings) == {*items, "used_life", "remaining_life"}
    first = swings["items[0].amount"]
    assert (first.low, first.high) == pytest.approx((470, 530))
