"""Income share: cases by hand, laws, a second reckoning, and what it refuses."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import Severity, UserError
from valuer.methods import METHODS

METHOD = METHODS.find("income_share")

TWO_YEARS: dict[str, Any] = {
    "revenue": [1000, 2000],
    "share_rate": 0.03,
    "tax_rate": 0.25,
    "discount_rate": 0.25,
    "valuation_date": "2024-12-31",
    "first_period_end": "2025-12-31",
    "expiry_date": "2026-12-31",
    "timing": "end",
    "share_source": "评分表 3",
}

shares = st.floats(0.001, 0.19)


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, TWO_YEARS | given)
    return METHOD.run(params)


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def told(severity: Severity, **given: Any) -> list[str]:
    issues = run(**given).issues
    return [str(one.wording) for one in issues if one.severity is severity]


@st.composite
def inputs(draw: st.DrawFn) -> dict[str, Any]:
    """Whole years from the valuation date, so that the second reckoning is short."""
    count = draw(st.integers(1, 8))

    def series(one: st.SearchStrategy[float]) -> st.SearchStrategy[list[float]]:
        return st.lists(one, min_size=count, max_size=count)

    found = {
        "revenue": draw(series(st.floats(0.01, 1e9))),
        "share_rate": draw(shares | series(shares)),
        "tax_rate": draw(st.floats(0, 0.9)),
        "discount_rate": draw(st.floats(0, 0.9)),
        "valuation_date": "2023-12-31",
        "first_period_end": "2024-12-31",
        "expiry_date": f"{2023 + draw(st.integers(1, 9))}-12-31",
        "timing": draw(st.sampled_from(["mid", "end"])),
        "day_count": "act/act",
        "tax_basis": draw(st.sampled_from(["after_tax", "pre_tax"])),
    }
    forms: list[dict[str, Any]] = [
        {},
        {"decline": "constant", "decline_rate": draw(st.floats(0, 1))},
        {"decline": "table", "decline_rate": draw(series(st.floats(0, 1)))},
        {
            "decline": "logistic",
            "decline_speed": draw(st.floats(0, 3)),
            "decline_midpoint": draw(st.floats(-5, 20)),
        },
        {
            "decline": "gompertz",
            "decline_speed": draw(st.floats(0, 1)),
            "decline_level": draw(st.floats(0, 2)),
        },
    ]
    covered = draw(st.none() | st.floats(0, 1))
    margin = draw(st.none() | st.floats(0.2, 1) | series(st.floats(0.2, 1)))
    found |= {} if covered is None else {"covered_share": covered}
    found |= {} if margin is None else {"profit_margin": margin}
    return found | draw(st.sampled_from(forms))


def worth(given: dict[str, Any]) -> float:
    """Reckon the value anew, one year after the other."""
    years = int(given["expiry_date"][:4]) - 2023
    left, parts = 1.0, []
    for k, revenue in enumerate(given["revenue"][:years]):
        when = k + (0.5 if given["timing"] == "mid" else 1.0)
        left *= 1 - fallen(given, k)
        rate = kth(given["share_rate"], k) * (curve(given, when) or left)
        flow = revenue * rate * given.get("covered_share", 1)
        if given["tax_basis"] == "after_tax":
            flow -= flow * given["tax_rate"]
        parts.append(flow / math.exp(when * math.log1p(given["discount_rate"])))
    return math.fsum(parts)


def kth(rate: Any, k: int) -> float:
    return rate[k] if isinstance(rate, list) else rate


def fallen(given: dict[str, Any], k: int) -> float:
    """By what part the rate falls in a period."""
    match given.get("decline"):
        case "constant":
            return given["decline_rate"] if k else 0.0
        case "table":
            return given["decline_rate"][k]
    return 0.0


def curve(given: dict[str, Any], when: float) -> float | None:
    """What a curve has left at a time, against its start."""
    match given.get("decline"):
        case "logistic":
            speed, middle = given["decline_speed"], given["decline_midpoint"]
            heights = [math.tanh(speed * (t - middle) / 2) for t in (when, 0.0)]
            return (1 - heights[0]) / (1 - heights[1])
        case "gompertz":
            speed, level = given["decline_speed"], given["decline_level"]
            return math.exp(level) / math.exp(level * math.exp(speed * when))
    return None


# By hand


def test_two_years_by_hand():
    # 30 and 60, three quarters after tax, at 25 % a year.
    found = run()
    assert found.value == pytest.approx(22.5 / 1.25 + 45 / 1.5625, rel=1e-14)


def test_the_share_falls_from_the_second_year_on():
    found = run(decline="constant", decline_rate=0.2, tax_basis="pre_tax")
    assert found.value == pytest.approx(30 / 1.25 + 48 / 1.5625, rel=1e-14)
    assert found.outputs["share_rates"] == pytest.approx([0.03, 0.024])


def test_only_the_covered_share_of_the_revenue_counts():
    assert run(covered_share=0.4).value == pytest.approx(0.4 * run().value, rel=1e-14)
    assert run(covered_share=0.4).outputs["rate_on_whole_revenue"] == pytest.approx(
        0.012
    )


def test_the_share_of_revenue_is_told_as_a_share_of_profit():
    found = run(share_rate=0.02, profit_margin=0.1)
    assert found.outputs["share_of_profit"] == pytest.approx(0.2)
    assert found.value == run(share_rate=0.02).value


def test_the_last_year_counts_to_the_expiry_day_alone():
    # 73 of 365 days: a fifth of 22.5, a fifth of a year.
    found = run(revenue=[1000], expiry_date="2025-03-14")
    assert found.value == pytest.approx(4.5 / 1.25**0.2, rel=1e-13)


# Laws


@given(inputs())
def test_every_formula_gives_the_numbers_shown(formulas_hold, given):
    formulas_hold("income_share", given, rel=1e-9)


@given(inputs())
def test_the_value_agrees_with_a_second_reckoning(given):
    params, _ = params_or_refuse(METHOD.params, given)
    found = METHOD.run(params).value
    assert found == pytest.approx(worth(given), rel=1e-9, abs=1e-9)


@given(inputs(), st.floats(0.001, 1000))
def test_value_is_proportional_to_revenue(given, factor):
    scaled = given | {"revenue": [factor * one for one in given["revenue"]]}
    assert value(scaled) == pytest.approx(factor * value(given), rel=1e-12)


@given(inputs(), st.floats(0, 0.05))
def test_value_rises_with_the_share_and_falls_with_the_rate(given, more):
    rate = given["share_rate"]
    greater = [one + more for one in rate] if isinstance(rate, list) else rate + more
    assert value(given) <= hair_above(value(given | {"share_rate": greater}))
    dearer = given | {"discount_rate": given["discount_rate"] + more}
    assert value(dearer) <= hair_above(value(given))


@given(inputs())
def test_value_rises_with_life(given):
    year = int(given["expiry_date"][:4])
    longer = given | {"expiry_date": f"{year + 1}-12-31"}
    assert value(given) <= hair_above(value(longer))


@given(inputs())
def test_nought_in_nought_out(given):
    assert value(given | {"revenue": [0] * len(given["revenue"])}) == 0
    assert value(given | {"share_rate": 0}) == 0
    assert value(given | {"covered_share": 0}) == 0


def value(given: dict[str, Any]) -> float:
    params, _ = params_or_refuse(METHOD.params, given)
    return METHOD.run(params).value


def hair_above(number: float) -> float:
    return number * (1 + 1e-12)


# What it refuses and tells


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"share_rate": 1.2}, "share_rate"),
        ({"share_rate": [0.1, 0.1, 0.1]}, "share_rate"),
        ({"revenue": []}, "revenue"),
        ({"covered_share": 1.01}, "covered_share"),
        ({"profit_margin": 0}, "profit_margin"),
        ({"decline": "table", "decline_rate": 0.1}, "decline_rate"),
        ({"decline": "logistic", "decline_speed": 1}, "decline_midpoint"),
        ({"expiry_date": "2024-12-31"}, "expiry_date"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(given, named):
    assert named in refused(**given)


def test_a_share_above_the_profit_margin_is_warned_of():
    ceiling, above = told(Severity.WARNING, share_rate=0.06, profit_margin=[0.08, 0.05])
    assert "120 %" in ceiling
    assert "6 %" in above
    assert "margin of 5 %" in above
    assert not told(Severity.WARNING, share_rate=0.04, profit_margin=0.25)


def test_a_rate_above_the_ceiling_of_open_licences_is_warned_of():
    assert "20 %" in told(Severity.WARNING, share_rate=0.21)[0]
    assert not told(Severity.WARNING, share_rate=0.2)
    court = {"jurisdiction": "english", "share_basis": "analytical"}
    assert not told(Severity.WARNING, share_rate=0.21, **court)
