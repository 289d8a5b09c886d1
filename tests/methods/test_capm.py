"""Cost of equity: by hand, by laws, and what it refuses."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import Severity, UserError
from valuer.core.simulation import simulate
from valuer.methods import METHODS

METHOD = METHODS.find("capm")

SOURCED: dict[str, Any] = {
    "day": "2026-09-30",
    "country": "CN",
    "currency": "CNY",
    "source": "手算例",
}
PLAIN: dict[str, Any] = {
    "country": "CN",
    "valuation_date": "2026-09-30",
    "risk_free_rate": 0.02,
    "beta": 1.1,
    "equity_premium": 0.06,
    "sources": [
        SOURCED | {"component": one} for one in ("risk_free", "beta", "equity_premium")
    ],
}

premiums = st.none() | st.floats(0, 0.2)
wholes = st.fixed_dictionaries(
    {
        "risk_free_rate": st.floats(0.001, 0.1),
        "beta": st.floats(0.1, 3),
        "equity_premium": st.floats(0.001, 0.15),
        "debt_to_equity": st.floats(0, 5),
        "tax_rate": st.floats(0, 0.5),
        "relevering": st.sampled_from(["none", "hamada", "harris_pringle"]),
        "size_premium": premiums,
        "country_premium": premiums,
        "country_exposure": st.floats(0, 3),
        "specific_premium": premiums,
    }
)


def run(**given: Any) -> Result:
    return METHOD.run(params_or_refuse(METHOD.params, PLAIN | given)[0])


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def one_source(**changed: Any) -> list[dict[str, Any]]:
    return [SOURCED | {"component": "risk_free"} | changed]


@settings(max_examples=25)
@given(wholes)
def test_every_formula_gives_the_numbers_shown(formulas_hold, params):
    formulas_hold("capm", PLAIN | params)


@settings(max_examples=25)
@given(wholes)
def test_it_is_the_sum_reckoned_in_fractions(params):
    one = {
        name: Fraction(value or 0)
        for name, value in params.items()
        if name != "relevering"
    }
    levered = one["beta"]
    if params["relevering"] == "hamada":
        levered *= 1 + (1 - one["tax_rate"]) * one["debt_to_equity"]
    if params["relevering"] == "harris_pringle":
        levered *= 1 + one["debt_to_equity"]
    wanted = one["risk_free_rate"] + levered * one["equity_premium"]
    wanted += one["size_premium"] + one["specific_premium"]
    wanted += one["country_exposure"] * one["country_premium"]
    assert run(**params).value == pytest.approx(float(wanted), rel=1e-12)


@settings(max_examples=25)
@given(wholes)
def test_hamada_without_tax_is_harris_pringle(params):
    bare = params | {"tax_rate": 0}
    hamada = run(**bare | {"relevering": "hamada"}).value
    assert hamada == pytest.approx(run(**bare | {"relevering": "harris_pringle"}).value)


@settings(max_examples=25)
@given(wholes, st.sampled_from(["risk_free_rate", "beta", "equity_premium"]))
def test_it_rises_with_each_part(params, name):
    assert run(**params | {name: params[name] * 1.1}).value > run(**params).value


def test_debt_with_a_beta_of_its_own_takes_risk_from_equity():
    bare = {"relevering": "harris_pringle", "debt_to_equity": 0.4}
    found = run(**bare, debt_beta=0.2)
    assert found.outputs["levered_beta"] == pytest.approx(1.1 + 0.9 * 0.4)
    assert found.value < run(**bare).value


def test_a_rate_is_a_rate_of_its_country_money_and_day():
    found = run()
    assert (found.finds.value, found.currency) == ("rate", "")
    assert found.outputs["country"] == "CN"
    assert found.outputs["valuation_date"] == "2026-09-30"
    assert not found.issues


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"country": "China"}, "country"),
        ({"country": ""}, "country"),
        ({"risk_free_rate": float("nan")}, "risk_free_rate"),
        ({"risk_free_rate": -0.2}, "risk_free_rate"),
        ({"equity_premium": 0}, "equity_premium"),
        ({"beta": -4}, "equity_premium"),
        ({"beta": None}, "beta"),
        ({"relevering": "hamada"}, "debt_to_equity"),
        ({"relevering": "hamada", "debt_to_equity": 1}, "tax_rate"),
        (
            {
                "relevering": "hamada",
                "debt_to_equity": 1,
                "tax_rate": 0,
                "debt_beta": 1,
            },
            "debt_beta",
        ),
        ({"relevering": "harris_pringle"}, "debt_to_equity"),
        ({"sources": one_source(country="US")}, "sources[0].country"),
        ({"sources": one_source(currency="USD")}, "sources[0].currency"),
        ({"sources": one_source(source=" ")}, "sources[0].source"),
        ({"sources": one_source(day="2026-10-01")}, "1 days after"),
        ({"sources": one_source(day="2025-12-31")}, "273 days before"),
        ({"valuation_date": "1026-09-30"}, "valuation_date"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(given, where):
    assert where in refused(**given)


def test_the_last_trading_day_before_is_taken_and_told():
    rows = [
        SOURCED | {"component": one, "day": "2026-09-25"}
        for one in ("risk_free", "beta", "equity_premium")
    ]
    told = run(sources=rows).issues
    assert [one.severity for one in told] == [Severity.NOTE] * 3
    assert "5 days" in told[0].say("en")
    assert "at most 3" in refused(sources=rows, days_before=3)


def test_a_component_without_a_source_is_told():
    told = run(sources=[], size_premium=0.01).issues
    assert [one.severity for one in told] == [Severity.WARNING] * 4


def test_a_premium_from_abroad_needs_the_country_s_own():
    abroad = [
        one | ({"country": "US"} if one["component"] == "equity_premium" else {})
        for one in PLAIN["sources"]
    ]
    assert "sources[2].country" in refused(sources=abroad)
    added = [*abroad, SOURCED | {"component": "country_risk"}]
    assert not run(sources=added, country_premium=0.01).issues


def test_leverage_that_is_not_used_is_told():
    assert run(debt_to_equity=1).issues[0].where == "debt_to_equity"


def test_an_uncertain_structure_of_capital_moves_the_levered_beta():
    either = {"dist": "discrete", "values": [0.4, 0.6], "probabilities": [0.5, 0.5]}
    given = {"debt_to_equity": either, "relevering": "hamada", "tax_rate": 0.25}
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    found = simulate(METHOD, params, 200, seed=1)
    # 2 % + 1.1 × (1 + 0.75 × D/E) × 6 %
    assert (found.p5, found.p95) == pytest.approx((0.1058, 0.1157), rel=1e-12)
