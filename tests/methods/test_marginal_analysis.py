"""The share by marginal analysis: the published case, laws, and refusals."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import UserError
from valuer.methods import METHODS

METHOD = METHODS.find("marginal_analysis")
Given = dict[str, Any]

PLAIN: Given = {
    "added_profit": [100, 150, 80, 60],
    "added_share": [0.4, 0.3, 0.2, 0.15],
    "discount_rate": 0.1,
    "valuation_date": "2020-12-31",
    "first_period_end": "2021-12-31",
    "expiry_date": "2024-12-31",
    "timing": "end",
    "day_count": "act/act",
}
TOTALS = {"added_share": None, "total_profit": [250, 500, 400, 400]}
profits = st.lists(
    st.tuples(st.floats(0.01, 1e6), st.floats(0.01, 1)), min_size=4, max_size=4
)


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    return METHOD.run(params)


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def test_published_case():
    found = run(factor_digits=4, share_digits=2)
    assert found.outputs["pv_added"] == pytest.approx(315.954, abs=0.0005)
    assert found.outputs["pv_profit"] == pytest.approx(1214.195, abs=0.0005)
    assert found.value == 0.26


def test_total_profits_are_as_good_as_shares_of_them():
    assert run(**TOTALS).value == pytest.approx(run().value, rel=1e-12)


@given(profits, st.floats(0, 1), st.sampled_from(["mid", "end"]))
def test_every_formula_gives_the_numbers_shown(formulas_hold, parts, rate, timing):
    given = PLAIN | {
        "added_profit": [one for one, _ in parts],
        "added_share": [share for _, share in parts],
        "discount_rate": rate,
        "timing": timing,
    }
    formulas_hold("marginal_analysis", given)


@given(profits, st.floats(0, 1))
def test_the_share_is_what_fractions_give(parts, rate):
    d = 1 / (1 + Fraction(rate))
    own = sum(Fraction(one) * d ** (n + 1) for n, (one, _) in enumerate(parts))
    whole = sum(
        Fraction(one) / Fraction(share) * d ** (n + 1)
        for n, (one, share) in enumerate(parts)
    )
    given = {
        "added_profit": [p[0] for p in parts],
        "added_share": [p[1] for p in parts],
    }
    found = run(**given, discount_rate=rate).value
    assert found == pytest.approx(float(own / whole), rel=1e-9)


@given(profits, st.floats(0, 1))
def test_the_share_lies_between_those_of_the_years(parts, rate):
    shares = [share for _, share in parts]
    given = {"added_profit": [p[0] for p in parts], "added_share": shares}
    found = run(**given, discount_rate=rate).value
    assert min(shares) * (1 - 1e-9) <= found <= max(shares) * (1 + 1e-9)


@given(st.floats(0.01, 1), st.floats(0, 1))
def test_a_share_that_is_the_same_every_year_is_the_share(share, rate):
    assert run(added_share=share, discount_rate=rate).value == pytest.approx(share)


def test_nothing_added_is_no_share():
    assert run(**TOTALS | {"added_profit": [0, 0, 0, 0]}).value == 0


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"added_share": None}, "not both"),
        ({"total_profit": [250, 500, 400, 400]}, "not both"),
        ({"added_share": [0.4, 0.3]}, "4"),
        ({"added_share": 0}, "Added profit as a share"),
        (TOTALS | {"total_profit": [250, 100, 400, 400]}, "period 2"),
        ({"added_profit": [0, 0, 0, 0]}, "No period has a profit"),
        ({"added_profit": []}, "1 to"),
        ({"added_profit": [1, -1, 1, 1]}, "Added profit"),
        ({"discount_rate": 1.5}, "Discount rate"),
        ({"expiry_date": "2020-01-01"}, "expiry day"),
        ({"first_period_end": "2022-12-31"}, "first period"),
    ],
)
def test_what_does_not_go_together_is_refused(given, told):
    assert told in refused(**given)
