"""Country risk premium: by hand, by laws, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import UserError
from valuer.methods import METHODS

METHOD = METHODS.find("country_risk")

PLAIN: dict[str, Any] = {
    "country": "CN",
    "valuation_date": "2026-09-30",
    "default_spread": 0.006,
    "relative_volatility": 1.5,
}
wholes = st.fixed_dictionaries(
    {
        "default_spread": st.floats(0, 0.3),
        "relative_volatility": st.floats(0.1, 5),
        "revenue_share": st.floats(0, 1),
        "average_share": st.floats(0.01, 1),
    }
)


def run(**given: Any) -> Result:
    return METHOD.run(params_or_refuse(METHOD.params, PLAIN | given)[0])


@settings(max_examples=25)
@given(wholes)
def test_it_is_the_product_of_its_parts(formulas_hold, params):
    found = formulas_hold("country_risk", PLAIN | params)
    wanted = params["default_spread"] * params["relative_volatility"]
    wanted *= params["revenue_share"] / params["average_share"]
    assert found.value == pytest.approx(wanted)


def test_as_exposed_as_the_average_it_is_the_country_s():
    assert run().value == pytest.approx(0.009)
    assert run(revenue_share=0.4, average_share=0.4).value == pytest.approx(0.009)
    assert run(default_spread=0).value == 0


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"default_spread": -0.01}, "default_spread"),
        ({"relative_volatility": 0}, "relative_volatility"),
        ({"revenue_share": 0.5}, "average_share"),
        ({"average_share": 0.5}, "revenue_share"),
        ({"average_share": 0, "revenue_share": 1}, "average_share"),
        ({"country": "中国"}, "country"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(given, where):
    with pytest.raises(UserError) as refusal:
        run(**given)
    assert where in str(refusal.value)
