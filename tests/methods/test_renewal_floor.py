"""Lower bound from renewals: by hand, laws, and against the option that it bounds."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import Severity, UserError
from valuer.methods import METHODS

METHOD = METHODS.find("renewal_floor")

PLAIN: dict[str, Any] = {
    "fees": [1, 2, 3],
    "kept_through": 2,
    "decay_rate": 0.5,
    "discount_rate": 1,
    "valuation_date": "2026-09-30",
}

few = settings(max_examples=25)


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    return METHOD.run(params)


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


@st.composite
def renewals(draw: st.DrawFn) -> dict[str, Any]:
    fees = sorted(draw(st.lists(st.floats(0, 1e5), min_size=1, max_size=12)))
    first = draw(st.integers(1, 9))
    years = st.integers(first, first + len(fees) - 1)
    return {
        "fees": fees,
        "first_year": first,
        "kept_through": draw(years),
        "valued_year": draw(st.none() | years),
        "decay_rate": draw(st.floats(0, 0.9)),
        "discount_rate": draw(st.floats(0, 1)),
        "valuation_date": "2026-09-30",
    }


def reckoned(of: dict[str, Any]) -> float:
    """The floor year by year, in plain numbers."""
    least = of["fees"][of["kept_through"] - of["first_year"]]
    for _ in range(of["kept_through"] - of["first_year"]):
        least /= 1 - of["decay_rate"]
    begin, worth = of["valued_year"] or of["first_year"], []
    for place, fee in enumerate(of["fees"]):
        year = of["first_year"] + place
        if year >= begin and least > fee:
            worth.append((least - fee) / (1 + of["discount_rate"]) ** (year - begin))
        least *= 1 - of["decay_rate"]
    return math.fsum(worth)


def test_the_last_fee_paid_bounds_every_return_before_it():
    # 2 in the second year at half each year: 4, 2, 1; net of 1, 2, 3: 3, 0, 0.
    found = run()
    assert found.outputs["first_return"] == 4
    assert found.outputs["returns"] == [4, 2, 1]
    assert found.value == 3
    # 3 in the third: 12, 6, 3; net 11, 4, 0; at 100 %: 11 + 2.
    assert run(kept_through=3).value == 13


def test_years_before_the_valuation_do_not_count():
    # From the second year on: 4 + 0.
    found = run(kept_through=3, valued_year=2)
    assert found.value == 4
    assert found.outputs["first_return"] == 12


def test_it_says_that_it_is_a_floor():
    (note,) = run().issues
    assert note.severity is Severity.NOTE
    assert "floor" in note.say("en").lower()


def test_the_chinese_table_serves_where_no_fees_are_given():
    given = {"fees": None, "patent_kind": "invention", "first_year": 10}
    found = run(**given, kept_through=20, decay_rate=0)
    # 8,000 a year against 4,000, 6,000 and 8,000.
    assert found.outputs["returns"] == [8000] * 11
    assert found.outputs["fees"] == [4000] * 3 + [6000] * 3 + [8000] * 5


@few
@given(renewals())
def test_every_formula_holds_and_the_floor_is_the_one_reckoned_anew(
    formulas_hold, params
):
    found = formulas_hold("renewal_floor", params, rel=1e-9)
    assert found.value == pytest.approx(reckoned(params), rel=1e-9, abs=1e-6)


@few
@given(renewals())
def test_a_later_renewal_never_lowers_the_floor(params):
    later = params["first_year"] + len(params["fees"]) - 1
    known = run(**params).value
    assert known <= run(**params | {"kept_through": later}).value * (1 + 1e-9) + 1e-6


@few
@given(renewals(), st.floats(0, 1))
def test_the_floor_falls_with_the_discount_rate(params, more):
    higher = params | {"discount_rate": max(more, params["discount_rate"])}
    assert run(**higher).value <= run(**params).value * (1 + 1e-12)


@few
@given(renewals(), st.floats(0, 1))
def test_the_floor_lies_below_the_option_with_its_first_return(params, sigma):
    begin = params["first_year"]
    params = params | {"valued_year": None}
    floor = run(**params)
    option = METHODS.find("renewal_option")
    left_out = ("kept_through", "valued_year")
    given = {key: params[key] for key in params if key not in left_out}
    given |= {"first_return": floor.outputs["first_return"], "volatility": sigma}
    checked, _ = params_or_refuse(option.params, given | {"first_year": begin})
    assert floor.value <= option.run(checked).value * (1 + 1e-9) + 1e-6


@few
@given(renewals(), st.integers(1, 4))
def test_many_at_once_are_each_the_single_one(params, count):
    checked, _ = params_or_refuse(METHOD.params, params)
    arrays = METHOD.arrays(checked)
    for name in ("fees", "decay_rate", "discount_rate"):
        arrays[name] = np.repeat(np.atleast_1d(arrays[name])[np.newaxis], count, axis=0)
    single = METHOD.run(checked).value
    assert METHOD.values(arrays) == pytest.approx([single] * count, rel=1e-12)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"kept_through": 4}, "kept_through"),
        ({"kept_through": 0}, "kept_through"),
        ({"kept_through": 1.5}, "kept_through"),
        ({"valued_year": 4}, "valued_year"),
        ({"fees": [2, 1, 3]}, "fees[1]"),
        ({"decay_rate": 1}, "decay_rate"),
        ({"discount_rate": -0.1}, "discount_rate"),
        ({"fees": None}, "fees"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(given, where):
    assert where in refused(**given)
