"""Cost of keeping a patent: the fees of its years and their present value."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import Severity, UserError
from valuer.methods import METHODS

METHOD = METHODS.find("renewal_cost")

PLAIN: dict[str, Any] = {"discount_rate": 0.08, "valuation_date": "2026-09-30"}

few = settings(max_examples=25)
schedules = st.lists(st.floats(0, 1e6), min_size=1, max_size=20)
rates = st.floats(0, 1)


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    return METHOD.run(params)


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def test_an_invention_kept_for_twenty_years():
    # 82,300 in all by the table; 8 %.
    found = run(patent_kind="invention")
    assert found.outputs["total"] == 82300
    assert found.value == pytest.approx(31739.965776901274)
    late = run(patent_kind="invention", until_first=1)
    assert late.value == pytest.approx(29388.85720083451)


def test_the_table_serves_from_the_year_asked_for():
    found = run(patent_kind="utility_model", first_year=6)
    assert found.outputs["fees"] == [1200, 1200, 1200, 2000, 2000]
    assert found.outputs["patent_years"] == [6, 7, 8, 9, 10]
    assert found.heads() == ("6", "7", "8", "9", "10")
    assert run(patent_kind="design", last_year=10).outputs["total"] == 11200


def test_a_reduction_ends_ten_years_after_the_grant():
    found = run(
        patent_kind="invention",
        first_year=11,
        last_year=14,
        fee_reduction="single",
        granted_in=3,
    )
    assert found.outputs["fees"] == pytest.approx([600, 600, 6000, 6000])


def test_a_share_that_was_never_read_is_warned_of():
    found = run(patent_kind="invention", fee_reduction="open_licence")
    kinds = [(one.severity, one.where) for one in found.issues]
    assert (Severity.WARNING, "fee_reduction") in kinds
    assert found.outputs["fees"][0] == pytest.approx(765)


@few
@given(schedules, rates, st.floats(0, 5))
def test_every_formula_holds_on_the_numbers_shown(formulas_hold, fees, rate, wait):
    given = {"fees": fees, "discount_rate": rate, "until_first": wait}
    found = formulas_hold("renewal_cost", PLAIN | given)
    again = math.fsum(
        fee * (1 + rate) ** -(wait + year) for year, fee in enumerate(fees)
    )
    assert found.value == pytest.approx(again, rel=1e-12)


@few
@given(schedules, rates, rates)
def test_the_cost_falls_with_the_rate_and_never_exceeds_the_total(fees, one, other):
    low, high = sorted([one, other])
    cheap, dear = run(fees=fees, discount_rate=high), run(fees=fees, discount_rate=low)
    assert cheap.value <= dear.value * (1 + 1e-12)
    assert dear.value <= math.fsum(fees) * (1 + 1e-12)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({}, "fees"),
        ({"fees": []}, "fees"),
        ({"fees": [1, -1]}, "fees[1]"),
        ({"fees": [float("nan")]}, "fees[0]"),
        ({"patent_kind": "invention", "first_year": 1.5}, "first_year"),
        (
            {
                "patent_kind": "invention",
                "first_year": {"dist": "uniform", "low": 1, "high": 9},
            },
            "first_year",
        ),
        ({"patent_kind": "invention", "first_year": 21, "last_year": 21}, "fees"),
        ({"patent_kind": "invention", "first_year": 9, "last_year": 8}, "last_year"),
        ({"patent_kind": "invention", "currency": "EUR"}, "currency"),
        ({"patent_kind": "invention", "fee_reduction": "joint"}, "granted_in"),
        ({"patent_kind": "invention", "valuation_date": "2001-01-01"}, "fees"),
        ({"patent_kind": "plant"}, "patent_kind"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(given, where):
    assert where in refused(**given)
