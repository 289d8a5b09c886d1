"""Rate from listed companies: by hand, by laws, and what it refuses."""

from __future__ import annotations

import statistics
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import Severity, UserError
from valuer.methods import METHODS

METHOD = METHODS.find("listed_companies_rate")

COMPANY: dict[str, Any] = {
    "name": "甲",
    "price_date": "2026-09-30",
    "market_cap": 800,
    "debt": 200,
    "beta": 1.1875,
    "beta_window": "60 个月，月度",
    "tax_rate": 0.25,
    "source": "手算例",
}
PLAIN: dict[str, Any] = {
    "country": "CN",
    "valuation_date": "2026-09-30",
    "companies": [
        COMPANY,
        COMPANY | {"name": "乙", "market_cap": 1000, "debt": 0, "beta": 1.1},
        COMPANY | {"name": "丙", "market_cap": 600, "debt": 400, "beta": 1.35},
    ],
    "tax_rate": 0.25,
    "risk_free_rate": 0.02,
    "equity_premium": 0.06,
    "specific_premium": 0.01,
    "cost_of_debt": 0.04,
    "meant_for": "enterprise",
    "sources": [
        {
            "component": one,
            "day": "2026-09-30",
            "country": "CN",
            "currency": "CNY",
            "source": "手算例",
        }
        for one in (
            "risk_free",
            "beta",
            "equity_premium",
            "specific",
            "cost_of_debt",
            "tax_rate",
            "asset_rates",
        )
    ],
}
ASSETS: dict[str, Any] = {
    "working_share": 0.2,
    "fixed_share": 0.3,
    "working_rate": 0.03,
    "fixed_rate": 0.04,
}

companies = st.lists(
    st.fixed_dictionaries(
        {
            "market_cap": st.floats(1, 1e6),
            "debt": st.floats(0, 1e6),
            "beta": st.floats(0.2, 3),
            "tax_rate": st.floats(0, 0.5),
        }
    ),
    min_size=1,
    max_size=6,
).map(
    lambda rows: [
        COMPANY | {"name": f"公司{place}"} | row for place, row in enumerate(rows)
    ]
)


def run(**given: Any) -> Result:
    return METHOD.run(params_or_refuse(METHOD.params, PLAIN | given)[0])


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def one(**given: Any) -> list[dict[str, Any]]:
    return [*PLAIN["companies"][:2], COMPANY | {"name": "丁"} | given]


def test_the_three_companies_by_hand():
    found = run()
    # 1.1875 / (1 + 0.75 × 0.25), 1.1, 1.35 / (1 + 0.75 × 2/3)
    assert found.outputs["unlevered_betas"] == pytest.approx([1, 1.1, 0.9])
    assert found.outputs["levered_beta"] == pytest.approx(1.1875)
    assert found.value == pytest.approx(0.8 * 0.10125 + 0.2 * 0.03)
    assert found.heads("companies") == ("甲", "乙", "丙")
    assert not found.issues


def test_the_technology_returns_what_the_other_assets_leave():
    found = run(**ASSETS)
    assert found.outputs["technology_share"] == pytest.approx(0.5)
    assert found.value == pytest.approx((0.087 - 0.2 * 0.03 - 0.3 * 0.04) / 0.5)


def test_the_structure_of_assets_may_be_that_of_the_companies():
    rows = [
        row | {"working_capital": current, "fixed_assets": fixed}
        for row, current, fixed in zip(
            PLAIN["companies"], (100, 200, 300), (300, 200, 400), strict=True
        )
    ]
    bare = {"working_share": None, "fixed_share": None}
    found = run(**ASSETS | bare, companies=rows)
    assert found.value == pytest.approx(run(**ASSETS).value)


@settings(max_examples=25)
@given(companies, st.sampled_from(["hamada", "harris_pringle"]))
def test_unlevering_and_levering_again_is_the_beta_observed(rows, how):
    (row,) = rows[:1]
    share = row["debt"] / (row["debt"] + row["market_cap"])
    alone = {"companies": [row], "relevering": how, "tax_rate": row["tax_rate"]}
    if share < 0.99:
        found = run(**alone, debt_share=share).outputs
        assert found["levered_beta"] == pytest.approx(row["beta"], rel=1e-9)


@settings(max_examples=25)
@given(companies)
def test_the_median_is_that_of_the_statisticians(rows):
    found = run(companies=rows, middle="median", debt_share=0).outputs
    betas = [
        row["beta"] / (1 + (1 - row["tax_rate"]) * row["debt"] / row["market_cap"])
        for row in rows
    ]
    assert found["unlevered_beta"] == pytest.approx(statistics.median(betas))
    assert found["levered_beta"] == pytest.approx(statistics.median(betas))


@settings(max_examples=25)
@given(companies, st.floats(1.01, 100))
def test_the_unit_of_the_amounts_does_not_matter(rows, factor):
    scaled = [
        row | {name: row[name] * factor for name in ("market_cap", "debt")}
        for row in rows
    ]
    found = run(companies=rows, debt_share=0.3).value
    assert run(companies=scaled, debt_share=0.3).value == pytest.approx(found)


@settings(max_examples=25)
@given(
    companies,
    st.sampled_from(["mean", "median"]),
    st.sampled_from(["none", "hamada", "harris_pringle"]),
    st.booleans(),
)
def test_every_formula_gives_the_numbers_shown(formulas_hold, rows, middle, how, seeks):
    given = {"companies": rows, "middle": middle, "relevering": how, "debt_share": 0.2}
    assets = ASSETS | {"working_rate": 0.001, "fixed_rate": 0.001} if seeks else {}
    formulas_hold("listed_companies_rate", PLAIN | given | assets, rel=1e-10)


@settings(max_examples=25)
@given(st.floats(0.005, 0.1), st.floats(0.001, 0.1))
def test_it_rises_with_the_premium_of_the_market(premium, more):
    low, high = run(equity_premium=premium), run(equity_premium=premium + more)
    assert low.value < high.value


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"companies": []}, "companies"),
        ({"companies": one(name="")}, "companies[2].name"),
        ({"companies": one(name="甲")}, "companies[2].name"),
        ({"companies": one(price_date="2026-10-08")}, "companies[2].price_date"),
        ({"companies": one(price_date="2026-06-30")}, "92 days before"),
        ({"companies": one(market_cap=0)}, "companies[2].market_cap"),
        ({"companies": one(debt=-1)}, "companies[2].debt"),
        (
            {"companies": one(working_capital=600, fixed_assets=400), **ASSETS},
            "companies[2]",
        ),
        ({"debt_beta": 0.2}, "debt_beta"),
        ({"working_rate": 0.03}, "fixed_rate"),
        (ASSETS | {"fixed_share": None}, "fixed_share"),
        (ASSETS | {"fixed_share": 0.8}, "fixed_share"),
        (ASSETS | {"working_rate": 0.9}, "companies"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(given, where):
    assert where in refused(**given)


def test_what_is_doubtful_is_told():
    bare = COMPANY | {"beta_window": "", "source": ""}
    told = run(companies=[bare], meant_for="patent").issues
    assert {one.severity for one in told} == {Severity.WARNING}
    assert [one.where for one in told] == [
        "companies",
        "companies[0].source",
        "companies[0].beta_window",
        "meant_for",
    ]
    windows = run(companies=one(beta_window="100 周")).issues
    assert [one.where for one in windows] == ["companies"]
    assert not run(**ASSETS, meant_for="patent").issues
