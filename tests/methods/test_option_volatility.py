"""Volatility of a project: two values by hand, and the standard library's deviation."""

from __future__ import annotations

import math
import statistics
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.methods import METHODS

METHOD = METHODS.find("option_volatility")
amounts = st.floats(0.1, 1e6)


def run(**given: Any) -> Result:
    return METHOD.run(params_or_refuse(METHOD.params, given)[0])


@given(amounts, st.floats(1, 100), st.floats(0.1, 30))
def test_every_formula_of_two_values_gives_the_numbers_shown(
    formulas_hold, worst, times, life
):
    given = {"way": "spread", "pessimistic": worst, "optimistic": worst * times}
    formulas_hold("option_volatility", given | {"life": life})


@given(st.lists(amounts, min_size=3, max_size=9), st.floats(1, 252))
def test_every_formula_of_many_values_gives_the_numbers_shown(
    formulas_hold, values, often
):
    given = {"way": "values", "values": values, "per_year": often}
    formulas_hold("option_volatility", given, rel=1e-9)


def test_values_four_deviations_apart_after_four_years():
    spread = math.exp(4 * 0.3 * 2)
    found = run(way="spread", optimistic=50 * spread, pessimistic=50, life=4)
    assert found.value == pytest.approx(0.3, rel=1e-12)


@given(st.lists(amounts, min_size=3, max_size=9), st.floats(1, 252))
def test_it_is_the_deviation_of_logarithms_brought_to_a_year(values, often):
    changes = [math.log(b / a) for a, b in pairwise(values)]
    expected = statistics.stdev(changes) * math.sqrt(often)
    found = run(way="values", values=values, per_year=often).value
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(st.lists(amounts, min_size=3, max_size=9), st.floats(0.01, 100))
def test_the_unit_of_the_values_does_not_matter(values, factor):
    scaled = [factor * one for one in values]
    found = run(way="values", values=scaled).value
    assert found == pytest.approx(run(way="values", values=values).value, abs=1e-9)
