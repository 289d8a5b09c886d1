"""Return on assets: by hand, by laws, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import UserError
from valuer.core.simulation import simulate
from valuer.methods import METHODS

METHOD = METHODS.find("wara")

# INV-09: (104 − 12 − 16 − 49) / 150 = 18 %.
PLAIN: dict[str, Any] = {
    "country": "CN",
    "valuation_date": "2026-09-30",
    "wacc": 0.104,
    "assets": [
        {"name": "营运资金", "kind": "working", "value": 300, "rate": 0.04},
        {"name": "固定资产", "kind": "fixed", "value": 200, "rate": 0.08},
        {"name": "技术", "kind": "intangible", "value": 350, "rate": 0.14},
        {"name": "商誉", "kind": "goodwill", "value": 150},
    ],
    "sources": [
        {
            "component": one,
            "day": "2026-09-30",
            "country": "CN",
            "currency": "CNY",
            "source": "手算例",
        }
        for one in ("wacc", "asset_rates")
    ],
}

assets = st.lists(
    st.tuples(st.floats(1, 1e6), st.floats(0.01, 0.5)), min_size=2, max_size=5
)


def run(**given: Any) -> Result:
    return METHOD.run(params_or_refuse(METHOD.params, PLAIN | given)[0])


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def table(drawn: list[tuple[float, float]], **last: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"name": f"资产{place}", "value": value, "rate": rate}
        for place, (value, rate) in enumerate(drawn)
    ]
    rows[-1] |= last
    return rows


def changed(place: int, **given: Any) -> list[dict[str, Any]]:
    rows = [dict(row) for row in PLAIN["assets"]]
    rows[place] |= given
    return rows


def test_goodwill_by_hand():
    found = run()
    assert found.value == pytest.approx(0.18, abs=1e-12)
    assert found.heads("assets") == ("营运资金", "固定资产", "技术", "商誉")
    assert not found.issues


@settings(max_examples=25)
@given(assets)
def test_it_is_the_mean_of_the_rates_weighed_by_the_values(drawn):
    whole = sum(value for value, _ in drawn)
    wanted = sum(value * rate for value, rate in drawn) / whole
    assert run(assets=table(drawn)).value == pytest.approx(wanted, rel=1e-12)


@settings(max_examples=25)
@given(assets)
def test_the_rate_left_out_is_the_one_at_which_the_average_is_the_cost(drawn):
    average = run(assets=table(drawn)).value
    value, rate = drawn[-1]
    assume(value > 1e-3 * sum(one for one, _ in drawn))
    found = run(assets=table(drawn, rate=None), wacc=average).value
    assert found == pytest.approx(rate, rel=1e-9)


@settings(max_examples=25)
@given(assets)
def test_the_value_left_out_is_the_rest_of_the_whole(drawn):
    whole = sum(value for value, _ in drawn)
    assume(drawn[-1][0] > 1e-3 * whole)
    stated = run(assets=table(drawn)).value
    rest = run(assets=table(drawn, value=None), enterprise_value=whole).value
    assert rest == pytest.approx(stated, rel=1e-9)


@settings(max_examples=25)
@given(st.floats(0.095, 0.3), st.floats(0.001, 0.2))
def test_the_rate_sought_rises_with_the_cost_of_capital(cost, more):
    assert run(wacc=cost + more).value > run(wacc=cost).value


@settings(max_examples=25)
@given(assets, st.booleans(), st.booleans())
def test_every_formula_gives_the_numbers_shown(formulas_hold, drawn, rest, sought):
    assume(drawn[-1][0] > 1e-2 * sum(value for value, _ in drawn))
    last = ({"value": None} if rest else {}) | ({"rate": None} if sought else {})
    whole = sum(value for value, _ in drawn)
    given = {"assets": table(drawn, **last), "wacc": 0.9}
    given |= {"enterprise_value": whole} if rest else {}
    formulas_hold("wara", PLAIN | given, rel=1e-9)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"assets": []}, "assets"),
        ({"assets": changed(0, name=" ")}, "assets[0].name"),
        ({"assets": changed(0, rate=None)}, "assets[3].rate"),
        ({"assets": changed(3, value=None)}, "enterprise_value"),
        ({"assets": changed(3, value=0)}, "assets[3].value"),
        ({"assets": changed(3, value=None), "enterprise_value": 850}, "assets"),
        ({"enterprise_value": 900}, "assets"),
        ({"wacc": None}, "wacc"),
        ({"wacc": 0.05}, "assets"),
        ({"assets": [{"name": "甲", "value": 0, "rate": 0.1}]}, "assets"),
        ({"currency": "USD"}, "sources[0].currency"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(given, where):
    assert where in refused(**given)


def test_two_values_left_out_are_refused():
    rows = changed(0, value=None)
    rows[1] |= {"value": None}
    assert "assets[1].value" in refused(assets=rows, enterprise_value=1000)


def test_a_safer_asset_that_returns_more_is_told():
    (told,) = run(assets=changed(0, rate=0.1), wacc=0.2).issues
    assert told.where == "assets[1].rate"
    assert "营运资金" in told.say("en")


def test_an_uncertain_whole_moves_the_rest_and_its_rate():
    either = {"dist": "discrete", "values": [980, 1020], "probabilities": [0.5, 0.5]}
    rest = [*PLAIN["assets"][:3], {"name": "商誉", "kind": "goodwill"}]
    given = PLAIN | {"assets": rest, "enterprise_value": either}
    params, _ = params_or_refuse(METHOD.params, given)
    found = simulate(METHOD, params, 200, seed=1)
    # (10.4 % × 1020 − 77) / 170 and (10.4 % × 980 − 77) / 130
    wanted = (29.08 / 170, 24.92 / 130)
    assert (found.p5, found.p95) == pytest.approx(wanted, rel=1e-12)
