"""The discount rate by scored risks: by hand, laws, and refusals."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Finds, Result, Topic
from valuer.core.problems import Severity, UserError
from valuer.core.score_sheets import rows_of
from valuer.methods import METHODS
from valuer.ratings import rating

METHOD = METHODS.find("build_up")
Given = dict[str, Any]
ROWS = rows_of(rating("risk_premium").sheet())


def source(component: str, **given: Any) -> Given:
    plain = {"day": "2025-12-31", "country": "CN", "currency": "CNY", "source": "底稿"}
    return {"component": component} | plain | given


def scored(scores: list[float | None]) -> list[Given]:
    """The rows of the shipped sheet with these scores, in order."""
    return [
        row if score is None else row | {"score": score, "evidence": "底稿"}
        for row, score in zip(ROWS["scores"], scores, strict=True)
    ]


FACTORS = len(ROWS["scores"])
PLAIN: Given = ROWS | {
    "risk_free_rate": 0.03,
    "country": "CN",
    "valuation_date": "2025-12-31",
    "sources": [source("risk_free"), source("risk_scores")],
    "scores": scored([50.0] * FACTORS),
}
scores = st.lists(st.floats(0, 100), min_size=FACTORS, max_size=FACTORS)


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    return METHOD.run(params)


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def test_it_finds_a_rate():
    assert METHOD.finds is Finds.RATE
    assert METHOD.topic is Topic.RATES


def test_half_of_every_risk_is_half_of_four_premiums():
    found = run()
    # 3 % + 4 × 5 % × 50/100.
    assert found.value == pytest.approx(0.13)
    assert found.outputs["premiums"] == pytest.approx([0.025] * 4)
    assert not found.issues


def test_a_fifth_risk_without_scores_is_refused_and_with_them_counts():
    policy = [*ROWS["groups"], {"name": "政策风险", "most": 0.08}]
    assert "“政策风险” has no factors" in refused(groups=policy)
    row = {"factor": "产业政策", "group": "政策风险", "weight": 1.0}
    blank = [*PLAIN["scores"], row]
    assert "“政策风险” is scored, so it has no premium" in refused(
        groups=policy, scores=blank
    )
    rows = [*PLAIN["scores"], row | {"score": 25, "evidence": "目录"}]
    assert run(groups=policy, scores=rows).value == pytest.approx(0.15)


def test_other_premiums_come_on_top():
    add_ons = [{"name": "通货膨胀", "rate": 0.02, "source": "统计公报"}]
    assert run(add_ons=add_ons).value == pytest.approx(0.15)


@given(scores, st.floats(0, 0.2), st.sampled_from(["", "most_8", "most_10"]))
def test_every_formula_gives_the_numbers_shown(formulas_hold, marks, base, preset):
    groups = rows_of(rating("risk_premium").sheet(), preset)["groups"]
    given = {"scores": scored(list(marks)), "risk_free_rate": base, "groups": groups}
    formulas_hold("build_up", PLAIN | given, rel=1e-9)


@given(scores)
def test_the_rate_is_a_second_reckoning_of_the_sheet(marks):
    # Weights as printed in the sheet, market risk by 0.4, 0.24 and 0.36.
    weights = [
        *(0.3, 0.3, 0.2, 0.2),
        *(0.4, 0.24, 0.36 * 0.3, 0.36 * 0.4, 0.36 * 0.3),
        *(0.5, 0.5),
        *(0.4, 0.3, 0.3),
    ]
    expected = 0.03 + 0.05 * sum(
        weight * mark / 100 for weight, mark in zip(weights, marks, strict=True)
    )
    assert run(scores=scored(list(marks))).value == pytest.approx(expected, rel=1e-9)


@given(scores, st.integers(0, FACTORS - 1), st.floats(0, 100))
def test_the_rate_rises_with_every_score(marks, place, mark):
    lower, higher = sorted([marks[place], mark])
    low = [*marks[:place], lower, *marks[place + 1 :]]
    high = [*marks[:place], higher, *marks[place + 1 :]]
    few, more = run(scores=scored(low)).value, run(scores=scored(high)).value
    assert few <= more + 1e-12


@given(scores)
def test_the_rate_lies_between_the_risk_free_rate_and_all_premiums(marks):
    assert 0.03 - 1e-12 <= run(scores=scored(list(marks))).value <= 0.23 + 1e-12


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"risk_free_rate": 2}, "Risk-free rate"),
        ({"country": "China"}, "two capital letters"),
        ({"sources": [source("risk_free", day="2026-01-05")]}, "after the valuation"),
        ({"sources": [source("risk_free", day="2025-06-30")]}, "before the valuation"),
        ({"sources": [source("risk_free", currency="USD")]}, "USD"),
        ({"sources": [source("risk_free", country="US")]}, "US"),
        ({"groups": [{"name": "技术风险", "most": 0}]}, "Greatest premium"),
        ({"groups": [{"name": "技术风险", "most": 0.3}]}, "Greatest premium"),
        ({"scores": scored([None] * FACTORS)}, "No factor is scored"),
        ({"add_ons": [{"name": "通胀", "rate": 0.02, "source": ""}]}, "source"),
    ],
)
def test_what_does_not_fit_is_refused(given, told):
    assert told in refused(**given)


def test_components_without_a_source_are_warned_of():
    issues = run(sources=[]).issues
    assert [one.severity for one in issues] == [Severity.WARNING] * 2
