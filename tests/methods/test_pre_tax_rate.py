"""The pre-tax rate: it reproduces the value, and refuses where there is none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import UserError
from valuer.methods import METHODS

METHOD = METHODS.find("pre_tax_rate")

PLAIN: dict[str, Any] = {
    "country": "CN",
    "valuation_date": "2026-09-30",
    "discount_rate": 0.1,
    "first_period_end": "2027-09-30",
    "expiry_date": "2040-09-30",
    "timing": "end",
    "day_count": "months",
    "flows": [100, 100],
    "tax_rate": 0.25,
    "sources": [
        {
            "component": one,
            "day": "2026-09-30",
            "country": "CN",
            "currency": "CNY",
            "source": "手算例",
        }
        for one in ("wacc", "tax_rate")
    ],
}

amounts = st.lists(st.floats(1, 1000), min_size=1, max_size=10)
rates = st.floats(0.01, 0.4)
taxes = st.floats(0, 0.6)


def run(**given: Any) -> Result:
    return METHOD.run(params_or_refuse(METHOD.params, PLAIN | given)[0])


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


@settings(max_examples=25)
@given(amounts, rates, taxes, st.sampled_from(["end", "mid"]))
def test_flows_before_tax_are_worth_at_it_what_those_after_tax_are(
    drawn, rate, tax, timing
):
    found = run(flows=drawn, discount_rate=rate, tax_rate=tax, timing=timing)
    shift = 0.5 if timing == "mid" else 0
    times = [place - shift for place in range(1, len(drawn) + 1)]
    after = sum(
        one * (1 - tax) * (1 + rate) ** -time
        for one, time in zip(drawn, times, strict=True)
    )
    before = sum(
        one * (1 + found.value) ** -time for one, time in zip(drawn, times, strict=True)
    )
    assert found.outputs["value"] == pytest.approx(after, rel=1e-10)
    assert before == pytest.approx(after, rel=1e-10)


@settings(max_examples=25)
@given(rates, taxes)
def test_one_flow_after_a_year_by_hand(rate, tax):
    wanted = (1 + rate) / (1 - tax) - 1
    assert run(flows=[100], discount_rate=rate, tax_rate=tax).value == pytest.approx(
        wanted
    )


@settings(max_examples=25)
@given(amounts, rates, st.floats(0, 0.5), st.floats(0.01, 0.09))
def test_it_rises_with_tax_and_with_the_rate_after_tax(drawn, rate, tax, more):
    given = {"flows": drawn, "discount_rate": rate, "tax_rate": tax}
    assert run(**given | {"tax_rate": tax + more}).value > run(**given).value
    assert run(**given | {"discount_rate": rate + more}).value > run(**given).value


@settings(max_examples=25)
@given(amounts, rates)
def test_without_tax_it_is_the_rate_itself(drawn, rate):
    assert run(flows=drawn, discount_rate=rate, tax_rate=0).value == pytest.approx(rate)


def test_a_long_level_flow_nears_the_rate_grossed_up():
    found = run(flows=[100] * 200, expiry_date="2300-01-01")
    assert found.value == pytest.approx(0.1 / 0.75, rel=1e-6)
    assert found.outputs["simple"] == pytest.approx(0.1 / 0.75)


def test_what_tax_allows_to_deduct_brings_it_down():
    assert run(deductions=[50, 50]).value < run().value
    # Where all is deducted no tax is paid.
    assert run(deductions=[100, 100]).value == pytest.approx(0.1)


@settings(max_examples=25)
@given(amounts, rates, taxes, st.booleans(), st.floats(0, 0.05))
def test_every_formula_gives_the_numbers_shown(
    formulas_hold, drawn, rate, tax, deducts, inflation
):
    given = {"flows": drawn, "discount_rate": rate, "tax_rate": tax}
    given |= {"deductions": [one / 2 for one in drawn]} if deducts else {}
    given |= {"flow_prices": "real", "inflation_rate": inflation} if deducts else {}
    formulas_hold("pre_tax_rate", PLAIN | given, rel=1e-9)


def test_scenarios_find_the_rate_of_each():
    params, _ = params_or_refuse(METHOD.params, PLAIN | {"flows": [100]})
    arrays = METHOD.arrays(params)
    arrays["tax_rate"] = np.array([[0.0], [0.2], [0.5]])
    assert METHOD.values(arrays) == pytest.approx([0.1, 0.375, 1.2])


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"flows": []}, "flows"),
        ({"flows": [0, 0]}, "flows"),
        ({"flows": [-1, -1]}, "a rate needs a worth"),
        ({"flows": [300, -770, 500]}, "flows"),
        ({"deductions": [1]}, "deductions"),
        ({"deductions": [1e9, 1e9]}, "at no rate"),
        ({"tax_rate": 1}, "tax_rate"),
        ({"discount_rate": 0}, "discount_rate"),
        ({"flow_prices": "real"}, "inflation_rate"),
        ({"expiry_date": "2026-09-30"}, "expiry_date"),
        ({"currency": "USD"}, "sources[0].currency"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(given, where):
    assert where in refused(**given)
