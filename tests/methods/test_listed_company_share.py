"""The share rate from listed companies: by hand, a second reckoning, refusals."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import UserError
from valuer.core.simulation import simulate
from valuer.methods import METHODS

METHOD = METHODS.find("listed_company_share")
Given = dict[str, Any]


def company(name: str, **given: Any) -> Given:
    plain = {
        "price_date": "2025-12-31",
        "capital": 1000,
        "working_capital": 200,
        "fixed_assets": 400,
        "technology": 0.5,
        "ebitda": 100,
        "revenue": 500,
        "source": "年报",
    }
    return {"name": name} | plain | given


THREE = [
    company("甲"),
    company("乙", capital=2000, working_capital=500, fixed_assets=1000, technology=0.4,
            ebitda=90, revenue=600),
    company("丙", capital=800, working_capital=160, ebitda=40, revenue=400),
]  # fmt: skip
PLAIN: Given = {"companies": THREE, "valuation_date": "2025-12-31"}


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    return METHOD.run(params)


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


@st.composite
def compared(draw: st.DrawFn) -> Given:
    money = st.floats(0.01, 1e9)
    rows = []
    for number in range(draw(st.integers(1, 5))):
        own, fixed, left = draw(money), draw(money), draw(money)
        rows.append(
            company(
                f"公司{number}",
                capital=own + fixed + left,
                working_capital=own,
                fixed_assets=fixed,
                technology=draw(st.floats(0, 1)),
                ebitda=draw(st.floats(0.01, 1e6)),
                revenue=draw(st.floats(1, 1e6)),
            )
        )
    margin = draw(st.none() | st.floats(0, 1))
    return PLAIN | {"companies": rows, "subject_margin": margin}


def test_by_hand():
    # 0.4 × 0.5 × 20 %, 0.25 × 0.4 × 15 %, 0.3 × 0.5 × 10 %: mean of 4, 1.5, 1.5 %.
    found = run()
    assert found.outputs["company_shares"] == pytest.approx([0.04, 0.015, 0.015])
    assert found.value == pytest.approx(0.07 / 3)
    # Turned by 18 % over the mean margin of 15 %.
    assert run(subject_margin=0.18).value == pytest.approx(0.028)
    assert not found.issues


@given(compared())
def test_every_formula_gives_the_numbers_shown(formulas_hold, given):
    formulas_hold("listed_company_share", given, rel=1e-9)


@given(compared())
def test_the_share_is_what_fractions_give(given):
    parts, margins = [], []
    for row in given["companies"]:
        one = {key: Fraction(row[key]) for key in row if isinstance(row[key], float)}
        left = one["capital"] - one["working_capital"] - one["fixed_assets"]
        margins.append(one["ebitda"] / one["revenue"])
        parts.append(left / one["capital"] * one["technology"] * margins[-1])
    expected = sum(parts) / len(parts)
    if given["subject_margin"] is not None:
        expected *= Fraction(given["subject_margin"]) * len(parts) / sum(margins)
    # Small intangibles are a difference of great sums.
    assert run(**given).value == pytest.approx(float(expected), rel=1e-6, abs=1e-6)


@given(compared(), st.floats(0.1, 10))
def test_the_share_does_not_know_the_unit_of_the_figures(given, unit):
    scaled = [
        row | {key: row[key] * unit for key in ("ebitda", "revenue")}
        for row in given["companies"]
    ]
    found = run(**given | {"companies": scaled}).value
    assert found == pytest.approx(run(**given).value, rel=1e-9, abs=1e-12)


def test_the_margin_of_all_is_no_turn():
    assert run(subject_margin=0.15).value == pytest.approx(run().value)


def test_an_uncertain_part_of_technology_is_simulated():
    rows = [company("甲", technology={"dist": "uniform", "low": 0.4, "high": 0.6})]
    given = {"companies": rows, "subject_margin": 0.2}
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    found = simulate(METHOD, params, 2000, 5)
    assert found.mean == pytest.approx(0.04, abs=5 * found.se)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"companies": []}, "Companies"),
        ({"companies": [company("甲", capital=500)]}, "no intangibles"),
        ({"companies": [company("甲", price_date="2026-01-01")]}, "was not known"),
        ({"companies": [company("甲", price_date="2025-06-30")]}, "at most 10"),
        ({"companies": [company("甲"), company("甲")]}, "name of its own"),
        ({"companies": [company("甲", revenue=0)]}, "Revenue"),
        ({"companies": [company("甲", technology=1.1)]}, "Technology share"),
        ({"companies": [company("甲", ebitda=0)], "subject_margin": 0.1}, "margins"),
        ({"subject_margin": 1.1}, "EBITDA margin"),
    ],
)
def test_what_does_not_go_together_is_refused(given, told):
    assert told in refused(**given)


def test_few_companies_and_blank_sources_are_warned_of():
    issues = run(companies=[company("甲", source="")]).issues
    assert [one.where for one in issues] == ["companies[0].source", "companies"]
