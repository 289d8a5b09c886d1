"""The licensor's share of profit: three ways by hand, identities, and refusals."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import Severity, UserError
from valuer.methods import METHODS

METHOD = METHODS.find("lslp")
Given = dict[str, Any]

PRICES: Given = {
    "licensor_share": 0.25,
    "profit_by": "price",
    "price_before": 16,
    "price_after": 20,
    "share_source": "许可合同",
}
PROFITS = PRICES | {"profit_by": "unit_profit", "cost_before": 10, "cost_after": 12}
MARGIN = {
    "licensor_share": 0.2,
    "profit_by": "margin",
    "profit_margin": 0.1,
    "share_source": "许可合同",
}


def run(given: Given) -> Result:
    params, _ = params_or_refuse(METHOD.params, given)
    return METHOD.run(params)


def refused(given: Given) -> str:
    with pytest.raises(UserError) as refusal:
        run(given)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("given", "rate"), [(PRICES, 0.05), (PROFITS, 0.025), (MARGIN, 0.02)]
)
def test_each_way_by_hand(given, rate):
    assert run(given).value == pytest.approx(rate, rel=1e-12)


@st.composite
def units(draw: st.DrawFn) -> Given:
    """A unit that earns at least as much with the technology."""
    costs = [draw(st.floats(0, 1000)), draw(st.floats(0, 1000))]
    before = draw(st.floats(0, 1000))
    after = max(before + costs[1] - costs[0], 0) + draw(st.floats(0.01, 1000))
    return PROFITS | {
        "licensor_share": draw(st.floats(0, 1)),
        "price_before": before,
        "price_after": after,
        "cost_before": costs[0],
        "cost_after": costs[1],
    }


@given(units())
def test_every_formula_gives_the_numbers_shown(formulas_hold, given):
    formulas_hold("lslp", given, rel=1e-9)


@given(units())
def test_the_rate_is_what_fractions_give(given):
    p0, p1, c0, c1, share = (
        Fraction(given[name])
        for name in (
            "price_before", "price_after", "cost_before", "cost_after", "licensor_share"
        )
    )  # fmt: skip
    expected = float(share * ((p1 - c1) - (p0 - c0)) / p1)
    assert run(given).value == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(st.floats(0, 1), st.floats(0, 1e6), st.floats(0.01, 1e6), st.floats(0, 1e6))
def test_with_the_same_cost_the_rule_of_prices_is_that_of_profits(
    s, before, more, cost
):
    prices = {"licensor_share": s, "price_before": before, "price_after": before + more}
    by_price = run(PRICES | prices).value
    costs = {"cost_before": cost, "cost_after": cost}
    by_profit = run(PROFITS | prices | costs).value
    assert by_price == pytest.approx(by_profit, rel=1e-6, abs=1e-9)


@given(units(), st.floats(0, 1))
def test_the_rate_is_proportional_to_the_share(given, factor):
    lower = given | {"licensor_share": given["licensor_share"] * factor}
    assert run(lower).value == pytest.approx(run(given).value * factor, abs=1e-12)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({**PRICES, "price_before": None}, "price_before"),
        ({**PROFITS, "cost_after": None}, "cost_after"),
        ({**MARGIN, "profit_margin": None}, "profit_margin"),
        (PRICES | {"price_after": 15}, "nothing to share"),
        (PROFITS | {"cost_after": 15}, "nothing to share"),
        (PRICES | {"price_after": 0}, "Price with the technology"),
        (PRICES | {"licensor_share": 1.5}, "Licensor's share"),
        (PROFITS | {"profit_by": "price"}, "unit cost changes"),
    ],
)
def test_what_is_missing_or_wrong_is_refused(given, told):
    assert told in refused(given)


def test_a_share_without_a_source_is_noted():
    issues = run(MARGIN | {"share_source": " "}).issues
    assert [one.severity for one in issues] == [Severity.NOTE]


def test_a_quarter_is_warned_of_in_a_chinese_report_and_refused_in_court():
    (issue,) = run(PRICES).issues
    assert issue.severity is Severity.WARNING
    assert issue.where == "licensor_share"
    assert "25–33 %" in issue.say("en")
    for jurisdiction in ("english", "litigation"):
        assert "Uniloc" in refused(PRICES | {"jurisdiction": jurisdiction})
    thumb = PRICES | {"share_basis": "rule_of_thumb"}
    assert "only evidence" in refused(thumb)


def test_an_equal_split_is_refused_in_court():
    half = PRICES | {"licensor_share": 0.5, "jurisdiction": "litigation"}
    assert "VirnetX" in refused(half)
    shown = half | {
        "other_evidence": "双方以往合同均按五五分成",
        "share_basis": "contract",
    }
    assert run(shown).value == pytest.approx(0.1)
