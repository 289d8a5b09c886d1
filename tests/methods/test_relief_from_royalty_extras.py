"""Relief from royalty with all that it shares with other methods.

Decline of the rate, costs of the licensor, survival, tax amortisation benefit, days of
flows, prices: each by hand, and all together against a reckoning in plain Python.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import UserError
from valuer.core.simulation import simulate
from valuer.methods import METHODS

METHOD = METHODS.find("relief_from_royalty")

PLAIN: dict[str, Any] = {
    "revenue": [1000, 1000],
    "royalty_rate": 0.05,
    "tax_rate": 0.2,
    "discount_rate": 0.25,
    "valuation_date": "2024-12-31",
    "first_period_end": "2025-12-31",
    "expiry_date": "2026-12-31",
    "timing": "end",
}
BENEFIT = {"tax_life": 10, "amortisation_tax_rate": 0.25}


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    return METHOD.run(params)


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def step(found: Result, symbol: str) -> tuple[float, ...]:
    return next(one.values for one in found.working if one.symbol == symbol)


# By hand: 50 saved a year, 40 after tax, worth 32 and 25.6.


def test_plain_flows_by_hand():
    assert run().value == pytest.approx(57.6, rel=1e-14)


def test_a_constant_decline_counts_from_the_second_period():
    found = run(decline="constant", decline_rate=0.5)
    assert found.value == pytest.approx(32 + 12.8, rel=1e-14)


def test_a_table_of_decline_counts_from_the_first_period():
    found = run(decline="table", decline_rate=[0.5, 0.5])
    assert found.value == pytest.approx(16 + 6.4, rel=1e-14)


def test_a_published_table_of_share_rates_comes_out():
    # Eight yearly rates of a real worksheet, 3.39 % falling to 0.47 %.
    printed = [3.39, 2.78, 2.23, 1.74, 1.34, 0.99, 0.71, 0.47]
    falls = [0.0, *(1 - b / a for a, b in pairwise(printed))]
    found = run(
        revenue=[100] * 8,
        royalty_rate=0.0339,
        decline="table",
        decline_rate=falls,
        expiry_date="2032-12-31",
    )
    rates = [100 * one for one in step(found, "ρ′")]
    assert rates == pytest.approx(printed, rel=1e-12)


def test_a_logistic_curve_has_lost_half_at_its_middle():
    # At the middle e^0 = 1; at the start 1/(1 + e^−20) is all but 1.
    found = run(decline="logistic", decline_speed=20, decline_midpoint=1)
    assert step(found, "g")[0] == pytest.approx(0.5, rel=1e-8)


def test_a_gompertz_curve_by_hand():
    # b = ln 2: e^(b t) − 1 is 1 and 3; c = ln 2 leaves 1/2 and 1/8.
    ln2 = math.log(2)
    found = run(
        decline="gompertz", decline_speed=ln2, decline_level=ln2, day_count="act/act"
    )
    assert step(found, "g") == pytest.approx([0.5, 0.125])


def test_what_the_licensor_bears_is_taken_off_before_tax():
    assert run(licensor_costs=25).value == pytest.approx(57.6 / 2, rel=1e-14)
    assert run(licensor_costs=[0, 50]).value == pytest.approx(32, rel=1e-14)


def test_costs_of_a_period_cut_short_are_cut_alike():
    found = run(revenue=[1000], licensor_costs=25, expiry_date="2025-03-14")
    # 73 of 365 days: a fifth of 25, a fifth of a year.
    assert found.value == pytest.approx(4 / 1.25**0.2, rel=1e-13)


def test_survival_weighs_each_flow():
    assert run(survival=[1, 0.5]).value == pytest.approx(32 + 12.8, rel=1e-14)


def test_the_tax_benefit_is_the_fixed_point():
    value = run(**BENEFIT).value
    saved = sum(value / 10 * 0.25 / 1.25**year for year in range(1, 11))
    assert value == pytest.approx(57.6 + saved, rel=1e-13)
    mid = run(**BENEFIT, tax_saved_at="mid").value
    saved = sum(mid / 10 * 0.25 / 1.25 ** (year - 0.5) for year in range(1, 11))
    assert mid == pytest.approx(57.6 + saved, rel=1e-13)


def test_flows_count_on_the_days_stated():
    days = [{"day": "2025-05-26"}, {"day": "2026-05-26"}]
    # 146 and 511 days.
    found = run(flow_dates=days)
    assert found.value == pytest.approx(40 / 1.25**0.4 + 40 / 1.25**1.4, rel=1e-13)


def test_a_real_rate_for_nominal_flows_is_turned():
    # (1 + 25 %) = (1 + r)(1 + π).
    turned = run(discount_rate=1.25 / 1.1 - 1, rate_prices="real", inflation_rate=0.1)
    assert turned.value == pytest.approx(57.6, rel=1e-13)
    real = run(flow_prices="real", inflation_rate=0.1)
    rate = 1.25 / 1.1
    assert real.value == pytest.approx(40 / rate + 40 / rate**2, rel=1e-13)


def test_four_digit_factors_are_met_where_stated():
    found = run(discount_rate=0.15, factor_digits=4, tax_basis="pre_tax")
    # Printed tables have 0.8696 and 0.7561.
    assert step(found, "d") == (0.8696, 0.7561)
    assert found.value == pytest.approx(50 * (0.8696 + 0.7561), rel=1e-14)


def test_an_uncertain_decline_is_simulated():
    uncertain = {"dist": "uniform", "low": 0.2, "high": 0.4}
    given = PLAIN | {"decline": "constant", "decline_rate": uncertain}
    params, _ = params_or_refuse(METHOD.params, given)
    found = simulate(METHOD, params, 2000)
    # Linear in the rate, so the mean is the value at the mean.
    assert abs(found.mean - (32 + 25.6 * 0.7)) < 4 * found.se


# All together


@st.composite
def everything(draw: st.DrawFn) -> dict[str, Any]:
    valued = draw(st.dates(date(2000, 1, 1), date(2050, 12, 28)))
    count = draw(st.integers(1, 6))
    rates = st.floats(0, 0.9)
    found: dict[str, Any] = {
        "revenue": draw(st.lists(st.floats(1, 1e6), min_size=count, max_size=count)),
        "royalty_rate": draw(rates),
        "tax_rate": draw(rates),
        "discount_rate": draw(st.floats(0.01, 0.9)),
        "valuation_date": valued.isoformat(),
        "first_period_end": (valued + timedelta(draw(st.integers(1, 365)))).isoformat(),
        "expiry_date": (valued + timedelta(draw(st.integers(1, 2500)))).isoformat(),
        "timing": draw(st.sampled_from(["mid", "end"])),
        "licensor_costs": draw(st.floats(0, 100)),
        "covered_share": draw(st.floats(0, 1)),
        "survival": [0.9**k for k in range(count)],
        "decline": draw(st.sampled_from(["constant", "logistic", "gompertz"])),
        "decline_rate": draw(st.floats(0, 1)),
        "decline_speed": draw(st.floats(0, 1)),
        "decline_midpoint": draw(st.floats(0, 10)),
        "decline_level": draw(st.floats(0, 2)),
        "tax_life": draw(st.integers(1, 20)),
        "amortisation_tax_rate": draw(st.floats(0, 0.5)),
    }
    return found


def worth(given: dict[str, Any]) -> float:
    """Reckon the value anew, a period at a time, the benefit by iteration."""
    valued = date.fromisoformat(given["valuation_date"])
    expiry = date.fromisoformat(given["expiry_date"])
    ends = period_ends(given)
    begin, found = valued, 0.0
    for k, end in enumerate(ends):
        until = min(end, expiry)
        if until <= begin:
            break
        first, last = (begin - valued).days / 365, (until - valued).days / 365
        when = (first + last) / 2 if given["timing"] == "mid" else last
        rate = given["royalty_rate"] * left(given, k, when) * given["covered_share"]
        flow = given["revenue"][k] * rate - given["licensor_costs"]
        flow *= (until - begin).days / (end - begin).days
        flow *= (1 - given["tax_rate"]) * given["survival"][k]
        found += flow / (1 + given["discount_rate"]) ** when
        begin = end
    years = range(1, given["tax_life"] + 1)
    level = math.fsum((1 + given["discount_rate"]) ** -year for year in years)
    saved = given["amortisation_tax_rate"] / given["tax_life"] * level
    value = found
    for _ in range(200):
        value = found + saved * value
    return value


def period_ends(given: dict[str, Any]) -> list[date]:
    first = date.fromisoformat(given["first_period_end"])
    is_last = (first + timedelta(1)).day == 1
    ends = []
    for k in range(len(given["revenue"])):
        if is_last:
            month = first + timedelta(1)
            ends.append(month.replace(year=month.year + k) - timedelta(1))
        else:
            ends.append(first.replace(year=first.year + k))
    return ends


def left(given: dict[str, Any], k: int, when: float) -> float:
    if given["decline"] == "constant":
        return math.prod([1 - given["decline_rate"]] * k)
    speed = given["decline_speed"]
    if given["decline"] == "logistic":
        middle = given["decline_midpoint"]
        heights = [1 / (1 + math.exp(speed * (t - middle))) for t in (when, 0.0)]
        return heights[0] / heights[1]
    return math.exp(-given["decline_level"] * (math.exp(speed * when) - 1))


@given(everything())
def test_all_together_agree_with_a_second_reckoning(given):
    params, _ = params_or_refuse(METHOD.params, given)
    found = METHOD.run(params).value
    size = sum(given["revenue"]) + 100 * len(given["revenue"])
    assert found == pytest.approx(worth(given), rel=1e-9, abs=1e-12 * size)


@given(everything())
def test_every_formula_gives_the_numbers_shown(formulas_hold, given):
    formulas_hold("relief_from_royalty", given | {"licensor_costs": 0}, rel=1e-9)


@given(everything(), st.integers(1, 4))
def test_scenarios_of_fixed_inputs_all_give_the_single_value(given, scenarios):
    params, _ = params_or_refuse(METHOD.params, given)
    arrays = METHOD.arrays(params)
    for name in ("royalty_rate", "covered_share", "decline_rate", "tax_life"):
        arrays[name] = np.full((scenarios, 1), arrays[name])
    values = METHOD.values(arrays)
    assert values.shape == (scenarios,)
    size = 1e-12 * (sum(given["revenue"]) + 100)
    assert values == pytest.approx(METHOD.run(params).value, rel=1e-12, abs=size)


# Refused


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"decline": "constant"}, "decline_rate"),
        ({"decline": "gompertz", "decline_speed": 1}, "decline_level"),
        ({"decline": "constant", "decline_rate": 1.1}, "decline_rate"),
        ({"licensor_costs": -1}, "licensor_costs"),
        ({"licensor_costs": [1, 2, 3]}, "licensor_costs"),
        ({"survival": [0.5, 0.6]}, "survival"),
        ({"survival": [1, 0.9], "rate_covers": "lapse"}, "survival"),
        ({"tax_life": 10}, "amortisation_tax_rate"),
        (BENEFIT | {"tax_basis": "pre_tax"}, "tax_life"),
        ({"flow_dates": [{"day": "2025-06-30"}]}, "flow_dates"),
        ({"flow_dates": [{"day": "2024-06-30"}, {"day": "2026-06-30"}]}, "flow_dates"),
        ({"flow_prices": "real"}, "inflation_rate"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(given, named):
    assert named in refused(**given)
