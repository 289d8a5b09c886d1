"""The cost methods against a second reckoning that shares nothing with them.

Plain Python: one cost after the other, one year after the other, sums by ``fsum``.
"""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.methods import METHODS

VALUED = date(2024, 9, 30)


def left(cost: float, of: dict[str, Any]) -> float:
    """What is left of a cost after depreciation."""
    if of["newness_basis"] == "rate":
        share = of["newness_rate"]
    else:
        share = 1 - of["used_life"] / (of["used_life"] + of["remaining_life"])
    return float(cost * share * (1 - of["further_depreciation"]))


def present(item: dict[str, Any], changes: list[dict[str, Any]]) -> float:
    """A cost at the prices of the valuation date, year after year."""
    amount = float(item["amount"])
    if item["incurred"] is None:
        return amount
    for year in range(date.fromisoformat(item["incurred"]).year + 1, VALUED.year + 1):
        for change in changes:
            until = date.fromisoformat(change["until"])
            if change["index"] != item["index"] or until > VALUED:
                continue
            if until.year == year:
                amount += amount * change["change"]
    return amount


def replacement(of: dict[str, Any]) -> float:
    costs = [present(item, of["price_indices"]) for item in of["items"]]
    cost = math.fsum(costs)
    years = of["development_years"] / (2 if of["spending"] == "even" else 1)
    capital = cost * math.expm1(years * math.log1p(of["capital_rate"]))
    base = cost if of["profit_base"] == "cost" else cost + capital
    fees = math.fsum(fee["amount"] for fee in of["official_fees"])
    whole = [cost, capital, base * of["profit_rate"], fees, of["taxes"]]
    return left(math.fsum(whole), of)


def multiplied(of: dict[str, Any]) -> float:
    material = math.fsum(row["amount"] for row in of["materials"])
    labour = of["labour_multiple"] * of["living_labour"]
    succeeding = 1 - of["research_risk"]
    return left((material + labour) * (1 + of["return_rate"]) / succeeding, of)


def licence(of: dict[str, Any]) -> float:
    costs = [present(item, of["price_indices"]) for item in of["items"]]
    share = of["licensee_capacity"] / of["total_capacity"]
    borne = left(math.fsum(costs), of) * share
    return math.fsum([borne, of["lost_income"], of["added_cost"]])


money = st.floats(0.01, 1e9)
rates = st.floats(0, 1)

items = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.just("项目"),
            "amount": money,
            "incurred": st.none()
            | st.dates(date(2017, 1, 1), VALUED).map(date.isoformat),
            "index": st.sampled_from(["甲", "乙", ""]),
        }
    ),
    min_size=1,
    max_size=5,
)

ENDS = [f"{year}-{end}" for year in range(2017, 2025) for end in ("06-30", "12-31")]


@st.composite
def priced(draw: st.DrawFn) -> dict[str, Any]:
    """Costs and indices with gaps, in any order."""
    known = draw(
        st.lists(
            st.tuples(st.sampled_from("甲乙"), st.sampled_from(ENDS)),
            unique=True,
            max_size=12,
        )
    )
    # Every index that is named has at least one change.
    known = [*{("甲", "2019-12-31"), ("乙", "2025-12-31"), *known}]
    changes = [
        {"index": index, "until": until, "change": draw(st.floats(-0.2, 0.3))}
        for index, until in draw(st.permutations(sorted(known)))
    ]
    return {"items": draw(items), "price_indices": changes}


aged = st.fixed_dictionaries(
    {
        "newness_basis": st.sampled_from(["life", "rate"]),
        "used_life": st.floats(0, 50),
        "remaining_life": st.floats(0.5, 50),
        "newness_rate": rates,
        "further_depreciation": rates,
        "valuation_date": st.just(VALUED.isoformat()),
    }
)

OWN: dict[str, tuple[Any, Any]] = {
    "replacement_cost": (
        replacement,
        st.fixed_dictionaries(
            {
                "development_years": st.floats(0, 20),
                "capital_rate": rates,
                "spending": st.sampled_from(["even", "start"]),
                "profit_rate": rates,
                "profit_base": st.sampled_from(["cost", "cost_and_capital"]),
                "official_fees": st.lists(
                    st.fixed_dictionaries({"name": st.just("费"), "amount": money}),
                    max_size=4,
                ),
                "taxes": money,
            }
        ),
    ),
    "multiplier_cost": (
        multiplied,
        st.fixed_dictionaries(
            {
                "materials": st.lists(
                    st.fixed_dictionaries({"name": st.just("料"), "amount": money}),
                    min_size=1,
                    max_size=4,
                ),
                "living_labour": money,
                "labour_multiple": st.floats(0, 100),
                "research_risk": st.floats(0, 0.99),
                "return_rate": st.floats(0, 10),
            }
        ),
    ),
    "minimum_licence_fee": (
        licence,
        st.fixed_dictionaries(
            {
                "licensee_capacity": st.floats(0, 100),
                "total_capacity": st.floats(100, 1e6),
                "lost_income": money,
                "added_cost": money,
            }
        ),
    ),
}


@pytest.mark.parametrize("key", OWN)
@given(data=st.data())
@settings(max_examples=60)
def test_every_value_is_the_one_reckoned_anew(key, data):
    again, own = OWN[key]
    of = data.draw(own) | data.draw(aged)
    if key != "multiplier_cost":
        of |= data.draw(priced())
    method = METHODS.find(key)
    params, _ = params_or_refuse(method.params, of)
    assert method.run(params).value == pytest.approx(again(of), rel=1e-11, abs=1e-9)
