"""Betas, cut normals, lists of values and past series, against scipy and by hand."""

from __future__ import annotations

import json
import math
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from valuer.core.distributions import (
    DISTRIBUTIONS,
    Beta,
    BetaMoments,
    Discrete,
    Distribution,
    Empirical,
    HistoricalGrowth,
    HistoricalLevel,
    Lognormal,
    Resampled,
    TruncatedNormal,
    figures,
    plain_distribution,
    stated,
    within,
)
from valuer.core.entries import params_or_refuse, plain_params
from valuer.core.params import parameters
from valuer.core.problems import UserError
from valuer.core.schema import params_schema
from valuer.core.value_words import param_words
from valuer.methods import METHODS

METHOD = METHODS.find("relief_from_royalty")
PLAIN: dict[str, Any] = {
    "revenue": [100],
    "royalty_rate": 0.05,
    "tax_rate": 0,
    "discount_rate": 0,
    "valuation_date": "2024-12-31",
    "first_period_end": "2025-12-31",
    "expiry_date": "2030-12-31",
    "timing": "end",
}
shares = st.floats(1e-6, 1 - 1e-6)
values = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30)


def at(of: Distribution, share: float) -> float:
    return float(of.quantile(np.asarray(share)))


@given(st.floats(-100, 100), st.floats(0.1, 50), st.floats(-3, 3), st.floats(0.1, 5))
def test_a_cut_normal_is_scipy_s(mu, sigma, low, width):
    of = TruncatedNormal(mu, sigma, mu + low * sigma, mu + (low + width) * sigma)
    assume(of.low < of.high)
    a, b = (of.low - mu) / sigma, (of.high - mu) / sigma
    theirs = stats.truncnorm(a, b, mu, sigma)
    spread = sigma * (b - a)
    assert of.mean == pytest.approx(theirs.mean(), abs=1e-9 * spread)
    assert of.variance == pytest.approx(theirs.var(), rel=1e-6)
    for share in (0.001, 0.3, 0.999):
        x = theirs.ppf(share)
        assert at(of, share) == pytest.approx(x, abs=1e-8 * spread)
        assert of.cumulative(x) == pytest.approx(share, abs=1e-9)


@given(st.floats(0.05, 200), st.floats(0.05, 200), shares)
def test_a_beta_is_scipy_s(alpha, beta, share):
    of = Beta(alpha, beta, 10, 30)
    theirs = stats.beta(alpha, beta, 10, 20)
    assert of.mean == pytest.approx(theirs.mean(), rel=1e-12)
    assert of.variance == pytest.approx(theirs.var(), rel=1e-9)
    assert at(of, share) == pytest.approx(theirs.ppf(share), rel=1e-9)


@given(st.floats(0.05, 0.95), st.floats(0.01, 0.9))
def test_a_beta_by_its_moments_has_them(place, tightness):
    mean = -5 + 20 * place
    sd = 20 * tightness * math.sqrt(place * (1 - place))
    shapes = BetaMoments(mean, sd, -5, 15).shapes
    assert shapes.mean == pytest.approx(mean, abs=1e-9)
    assert math.sqrt(shapes.variance) == pytest.approx(sd, rel=1e-9)


@given(values, st.data())
def test_a_discrete_one_gives_each_value_its_probability(listed, data):
    raw = [data.draw(st.integers(0, 5)) for _ in listed]
    assume(sum(raw))
    of = Discrete(tuple(listed), tuple(one / sum(raw) for one in raw))
    assert not of.fault()
    count = 5000
    drawn = of.quantile((np.arange(count) + 0.5) / count)
    for value in set(listed):
        pairs = zip(listed, raw, strict=True)
        chance = sum(weight for one, weight in pairs if one == value) / sum(raw)
        assert (drawn == value).mean() == pytest.approx(chance, abs=2 / count)
        assert of.cumulative(value) - of.below(value) == pytest.approx(chance)
    assert drawn.mean() == pytest.approx(of.mean, abs=2e7 / count)


@given(values, shares)
def test_the_empirical_one_is_numpy_s_linear_quantile(listed, share):
    assume(len(set(listed)) > 1)
    of = Empirical(tuple(listed))
    expected = np.quantile(listed, share)
    size = max(map(abs, listed))
    assert at(of, share) == pytest.approx(expected, abs=1e-12 * size)
    grid = of.quantile((np.arange(20_000) + 0.5) / 20_000)
    assert of.mean == pytest.approx(grid.mean(), abs=1e-3 * size)
    assert of.variance == pytest.approx(grid.var(), abs=1e-3 * size * size)


@given(values, shares)
def test_a_share_and_its_quantile_belong_together(listed, share):
    assume(len(set(listed)) > 1)
    for of in (Empirical(tuple(listed)), Resampled(tuple(listed))):
        x = at(of, share)
        # The quantile is rounded to a number next to it.
        assert of.below(np.nextafter(x, -np.inf)) <= share + 1e-9
        assert of.cumulative(np.nextafter(x, np.inf)) >= share - 1e-9


def test_drawing_again_gives_every_value_alike():
    of = Resampled((3, 1, 1, 7))
    assert [at(of, share) for share in (0.1, 0.3, 0.6, 0.9)] == [1, 1, 3, 7]
    assert (of.mean, of.variance) == (3, 6)


def test_a_value_at_the_end_of_the_range_is_not_cut_off():
    cut = within(Discrete((0.0, 0.5, 1.0), (0.5, 0.25, 0.25)), 0, 1)
    assert cut.outside == 0
    assert within(Discrete((0.0, 2.0), (0.5, 0.5)), 0, 1).outside == 0.5


# Past series


def yearly(count: int) -> tuple[date, ...]:
    return tuple(date(2010 + year, 12, 31) for year in range(count))


def test_the_level_of_the_past_is_the_prediction_of_one_more():
    # Mean 12, s² = (4 + 1 + 0 + 1 + 4)/4 = 2.5; t(4; 0.975) = 2.776445.
    of = HistoricalLevel((10, 11, 12, 13, 14), yearly(5))
    half = 2.776445105 * math.sqrt(2.5 * 1.2)
    assert at(of, 0.975) == pytest.approx(12 + half, rel=1e-9)
    assert at(of, 0.025) == pytest.approx(12 - half, rel=1e-9)
    assert of.variance == pytest.approx(2.5 * 1.2 * 4 / 2)
    assert of.cumulative(12) == pytest.approx(0.5)


def test_growth_is_carried_forward_with_what_the_past_cannot_tell():
    # Every 1,461 days four years: growths of 0.2 and 0.4 over 4 years each.
    days = [date(2008, 1, 1) + timedelta(1461 * step) for step in range(4)]
    first, second = math.exp(0.2), math.exp(0.6)
    of = HistoricalGrowth((1, first, second), tuple(days[:3]), days[3])
    assert of.drift == pytest.approx(0.6 / 8)
    # Each growth is 0.1 off: σ² = (0.01/4 + 0.01/4)/1.
    assert of.volatility == pytest.approx(math.sqrt(0.005))
    assert at(of, 0.5) == pytest.approx(math.exp(0.6 + 0.3))
    variance = 0.005 * (4 + 16 / 8)
    assert of.mean == pytest.approx(math.exp(0.9 + variance / 2))
    assert of.lognormal.sigma == pytest.approx(math.sqrt(variance))
    assert of.cumulative(of.mean) > 0.5


@pytest.mark.parametrize(
    ("of", "fault"),
    [
        (TruncatedNormal(0, 0, 0, 1), "sigma"),
        (TruncatedNormal(0, 1, 1, 1), "high"),
        (TruncatedNormal(0, 1, 6, 7), "low"),
        (TruncatedNormal(0, 1, 3, 9), ""),
        (Beta(0, 1, 0, 1), "alpha"),
        (Beta(1, 1e10, 0, 1), "beta"),
        (Beta(1, 1, 1, 1), "high"),
        (BetaMoments(1, 0.1, 0, 1), "mean"),
        (BetaMoments(0.5, 0.5, 0, 1), "sd"),
        (BetaMoments(0.5, 0, 0, 1), "sd"),
        (BetaMoments(0.5, 0.1, 1, 0), "high"),
        (Discrete((), ()), "values"),
        (Discrete((1, 2), (1,)), "probabilities"),
        (Discrete((1, 2), (0.5, 0.4)), "probabilities"),
        (Discrete((1, 2), (1.5, -0.5)), "probabilities"),
        (Discrete((1, 1e200), (0.5, 0.5)), "values"),
        (Empirical((1, 1)), "values"),
        (Resampled((1,)), "values"),
        (HistoricalLevel((1, 2, 3), yearly(3)), "values"),
        (HistoricalLevel((1, 2, 3, 4), yearly(3)), "dates"),
        (HistoricalLevel((1, 2, 3, 4), yearly(4)[::-1]), "dates"),
        (HistoricalGrowth((1, 2), yearly(2), date(2030, 1, 1)), "values"),
        (HistoricalGrowth((1, 0, 2), yearly(3), date(2030, 1, 1)), "values"),
        (HistoricalGrowth((1, 2, 1), yearly(3), date(2011, 1, 1)), "on"),
        (HistoricalGrowth((1, 2, 1), yearly(2), date(2030, 1, 1)), "dates"),
        (HistoricalGrowth((1, 1e90, 1), yearly(3), date(9000, 1, 1)), "on"),
    ],
)
def test_figures_that_do_not_fit_are_named(of, fault):
    assert of.fault() == fault


def test_what_a_lognormal_s_top_holds_is_the_closed_form():
    # STAT-01 by Python's own normal: Φ(σ + Φ⁻¹(share)).
    of = Lognormal(3e6, math.sqrt(99))
    normal = stats.norm
    assert of.held_by_top(0.05) == pytest.approx(
        normal.cdf(of.sigma + normal.ppf(0.05)), rel=1e-12
    )


# As JSON

STATED: list[dict[str, Any]] = [
    {"dist": "truncated_normal", "mu": 0.05, "sigma": 0.02, "low": 0, "high": 0.1},
    {"dist": "beta", "alpha": 2, "beta": 5, "low": 0.01, "high": 0.1},
    {"dist": "beta_moments", "mean": 0.05, "sd": 0.01, "low": 0, "high": 0.1},
    {"dist": "discrete", "values": [0.03, 0.05], "probabilities": [0.4, 0.6]},
    {"dist": "empirical", "values": [0.02, 0.05, 0.03]},
    {"dist": "resampled", "values": [0.02, 0.05, 0.03]},
    {
        "dist": "historical_level",
        "values": [0.05, 0.06, 0.05, 0.04],
        "dates": ["2020-12-31", "2021-12-31", "2022-12-31", "2023-12-31"],
    },
    {
        "dist": "historical_growth",
        "values": [0.05, 0.06, 0.05],
        "dates": ["2020-12-31", "2021-12-31", "2022-12-31"],
        "on": "2025-12-31",
    },
]


@pytest.mark.parametrize("given", STATED, ids=lambda one: one["dist"])
def test_what_is_stated_is_read_told_and_written_again(given):
    params, _ = params_or_refuse(METHOD.params, {**PLAIN, "royalty_rate": given})
    of = params.royalty_rate
    assert isinstance(of, DISTRIBUTIONS[given["dist"]])
    assert plain_params(params)["royalty_rate"] == given
    assert plain_distribution(of) == json.loads(json.dumps(given))
    figures_ = {key: value for key, value in given.items() if key != "dist"}
    assert stated(given["dist"], figures_) == of
    one = next(
        one
        for one in params_schema(METHOD.params)["properties"]["royalty_rate"]["anyOf"]
        if one.get("properties", {}).get("dist") == {"const": given["dist"]}
    )
    assert set(one["required"]) == set(given)
    assert set(one["properties"]) == set(given)
    assert one["description"]
    assert [figure.name for figure in figures(given["dist"])] == one["required"][1:]


def test_a_list_is_told_figure_by_figure():
    rate = next(one for one in parameters(METHOD.params) if one.name == "royalty_rate")
    said = param_words(rate, STATED[3])
    assert str(said) == "discrete: values 3%; 5% with probabilities 0.4; 0.6"
    broken = {"dist": "discrete", "values": "x", "probabilities": [1]}
    assert "values: x" in str(param_words(rate, broken))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"dist": "discrete", "values": 1, "probabilities": [1]}, "must be a list"),
        ({"dist": "discrete", "values": [], "probabilities": []}, "must be a list"),
        (
            {"dist": "discrete", "values": [0.1, 0.2], "probabilities": [0.5, 0.4]},
            "“probabilities” must be one for each value, none below nought, and sum",
        ),
        (
            {"dist": "discrete", "values": [0.1, 1.5], "probabilities": [0.5, 0.5]},
            "“values”, place 2 must lie between 0 % and 100 %; it is 150 %",
        ),
        (
            {"dist": "empirical", "values": [0.1, "x"]},
            "“values”, place 2 must be a fraction",
        ),
        ({"dist": "empirical", "values": [0.1, 0.1]}, "two different"),
        ({"dist": "empirical", "values": [0.1] * 1001}, "1 to 1000"),
        ({"dist": "empirical", "values": [0.1, math.nan]}, "finite"),
        ({"dist": "beta", "alpha": -1, "beta": 1, "low": 0, "high": 1}, "“alpha” must"),
        (
            {"dist": "historical_level", "values": [0.1] * 4, "dates": ["x"] * 4},
            "“dates”, place 1 must be a date",
        ),
        ({**STATED[7], "on": "2022-01-01"}, "“on” must be later"),
        ({**STATED[7], "on": 5}, "“on” must be a date"),
    ],
)
def test_what_is_wrong_is_refused_by_its_name(given, said):
    with pytest.raises(UserError, match=said):
        params_or_refuse(METHOD.params, {**PLAIN, "royalty_rate": given})
