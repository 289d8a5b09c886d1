"""Cost of capital: by hand, by laws, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import Severity, UserError
from valuer.core.simulation import simulate
from valuer.methods import METHODS

METHOD = METHODS.find("wacc")

PLAIN: dict[str, Any] = {
    "country": "CN",
    "valuation_date": "2026-09-30",
    "debt_share": 0.2,
    "cost_of_equity": 0.1,
    "cost_of_debt": 0.04,
    "tax_rate": 0.25,
    "meant_for": "enterprise",
    "sources": [
        {
            "component": one,
            "day": "2026-09-30",
            "country": "CN",
            "currency": "CNY",
            "source": "手算例",
        }
        for one in ("cost_of_equity", "cost_of_debt", "capital_structure", "tax_rate")
    ],
}
MODEL: dict[str, Any] = {
    "cost_of_equity": None,
    "risk_free_rate": 0.02,
    "beta": 1.0,
    "equity_premium": 0.06,
}

wholes = st.fixed_dictionaries(
    {
        "debt_share": st.floats(0, 0.9),
        "cost_of_debt": st.floats(0, 0.2),
        "tax_rate": st.floats(0, 0.5),
        "patent_premium": st.none() | st.floats(0, 0.2),
    }
)
by_model = st.fixed_dictionaries(
    {
        "cost_of_equity": st.none(),
        "risk_free_rate": st.floats(0.001, 0.1),
        "beta": st.floats(0.1, 3),
        "equity_premium": st.floats(0.001, 0.15),
        "relevering": st.sampled_from(["none", "hamada", "harris_pringle"]),
    }
)


def run(**given: Any) -> Result:
    return METHOD.run(params_or_refuse(METHOD.params, PLAIN | given)[0])


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


@settings(max_examples=25)
@given(wholes, by_model | st.just({}), st.sampled_from(["pre_tax", "after_tax"]))
def test_every_formula_gives_the_numbers_shown(formulas_hold, params, model, basis):
    formulas_hold("wacc", PLAIN | params | model | {"debt_basis": basis})


@settings(max_examples=25)
@given(wholes)
def test_it_lies_between_debt_after_tax_and_equity(params):
    found = run(**params).outputs["wacc"]
    after = params["cost_of_debt"] * (1 - params["tax_rate"])
    assert min(after, 0.1) - 1e-12 <= found <= max(after, 0.1) + 1e-12


@settings(max_examples=25)
@given(wholes, by_model)
def test_with_the_equity_found_stated_it_is_the_same(params, model):
    found = run(**params | model)
    stated = run(**params, cost_of_equity=found.outputs["cost_of_equity"])
    assert stated.value == pytest.approx(found.value, rel=1e-14)


@settings(max_examples=25)
@given(st.floats(0.1, 3), st.floats(0, 0.9), st.floats(0, 0.5))
def test_under_harris_and_pringle_debt_at_the_risk_free_rate_moves_it_by_tax_alone(
    beta, share, tax
):
    model = MODEL | {"beta": beta, "relevering": "harris_pringle"}
    found = run(**model, debt_share=share, tax_rate=tax, cost_of_debt=0.02).value
    free_of_debt = 0.02 + beta * 0.06
    assert found == pytest.approx(free_of_debt - share * tax * 0.02, rel=1e-12)


@settings(max_examples=25)
@given(wholes, st.sampled_from(["cost_of_debt", "cost_of_equity"]))
def test_it_rises_with_the_cost_of_each(params, name):
    dearer = params | {name: (PLAIN | params)[name] + 0.01}
    assert run(**dearer).value >= run(**params).value


def test_a_patent_s_premium_is_added():
    found = run(meant_for="patent", patent_premium=0.03)
    assert found.outputs["wacc"] == pytest.approx(0.8 * 0.1 + 0.2 * 0.03)
    assert found.value == pytest.approx(0.116)
    assert not found.issues


def test_an_enterprise_s_rate_taken_for_a_patent_is_a_warning():
    for premium in (None, 0):
        (told,) = run(meant_for="patent", patent_premium=premium).issues
        assert (told.severity, told.where) == (Severity.WARNING, "meant_for")


def test_debt_after_tax_needs_no_tax_rate():
    found = run(debt_basis="after_tax", tax_rate=None)
    assert found.value == pytest.approx(0.8 * 0.1 + 0.2 * 0.04)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"debt_share": 1}, "debt_share"),
        ({"debt_share": -0.1}, "debt_share"),
        ({"cost_of_equity": None}, "risk_free_rate"),
        ({"beta": 1}, "beta"),
        ({"size_premium": 0.01}, "size_premium"),
        ({"cost_of_equity": 0}, "cost_of_equity"),
        ({"tax_rate": None}, "tax_rate"),
        (
            {
                **MODEL,
                "relevering": "hamada",
                "tax_rate": None,
                "debt_basis": "after_tax",
            },
            "tax_rate",
        ),
        ({"currency": "USD"}, "sources[0].currency"),
        ({"country": "US"}, "sources[0].country"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(given, where):
    assert where in refused(**given)


def test_uncertain_parts_have_the_mean_of_their_means():
    params, _ = params_or_refuse(
        METHOD.params,
        PLAIN | {"cost_of_debt": {"dist": "uniform", "low": 0.03, "high": 0.05}},
    )
    found = simulate(METHOD, params, 2000, 7)
    assert found.mean == pytest.approx(0.086, abs=5 * found.se)
