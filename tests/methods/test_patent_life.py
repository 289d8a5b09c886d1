"""Life of a patent: terms by kind and filing, compensation, and which bound binds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Finds, Result, Topic
from valuer.core.problems import Severity, UserError
from valuer.methods import METHODS

METHOD = METHODS.find("patent_life")

PLAIN: dict[str, Any] = {
    "patent_kind": "invention",
    "filed": "2020-05-18",
    "valuation_date": "2026-05-18",
}

few = settings(max_examples=25)


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    return METHOD.run(params)


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def told(**given: Any) -> dict[str, Severity]:
    return {one.where: one.severity for one in run(**given).issues}


@pytest.mark.parametrize(
    ("kind", "filed", "end"),
    [
        ("invention", "2020-05-18", "2040-05-18"),
        ("utility_model", "2020-05-18", "2030-05-18"),
        ("design", "2021-05-31", "2031-05-31"),
        ("design", "2021-06-01", "2036-06-01"),
        ("invention", "2020-02-29", "2040-02-29"),
    ],
)
def test_the_term_goes_by_kind_and_filing(kind, filed, end):
    found = run(patent_kind=kind, filed=filed)
    assert found.outputs["statutory_end"] == end
    left = (date.fromisoformat(end) - date(2026, 5, 18)).days
    assert found.value == left / 365
    assert found.outputs["binding"] == "legal"


def test_a_patent_may_be_valued_on_its_filing_day():
    assert (
        run(filed="2026-05-18").value
        == (date(2046, 5, 18) - date(2026, 5, 18)).days / 365
    )


def test_days_granted_lengthen_the_legal_life():
    # 2026-05-18 to 2040-05-18 are 5114 days.
    found = run(pta_days=100, pte_days=200)
    assert found.outputs["legal_life"] == (5114 + 300) / 365
    assert found.outputs["expiry_day"] == "2041-03-14"
    assert found.outputs["granted_days"] == {"pta_days": 100, "pte_days": 200}


@pytest.mark.parametrize(
    ("given", "binding", "years"),
    [
        ({"economic_life": 6}, "economic", 6),
        ({"economic_life": 20}, "legal", 5114 / 365),
        ({"contract_end": "2029-05-18"}, "contract", 1096 / 365),
        ({"economic_life": 2, "contract_end": "2029-05-18"}, "economic", 2),
        ({"economic_life": 5, "contract_end": "2029-05-18"}, "contract", 1096 / 365),
    ],
)
def test_the_shortest_binds_and_is_named(given, binding, years):
    found = run(**given)
    assert found.outputs["binding"] == binding
    assert found.value == years
    words = {"economic": "Economic", "legal": "Legal", "contract": "contract"}
    assert words[binding] in found.issues[-1].say("en")


def test_another_countrys_term_may_be_stated():
    assert run(statutory_years=14).outputs["statutory_end"] == "2034-05-18"


def test_the_estimates_stand_beside_the_days_granted():
    # Due 2024-05-18 by four years; the grant came 61 days later, 20 of them excused.
    given = {
        "granted": "2024-07-18",
        "examination_requested": "2021-01-05",
        "excused_days": 15,
        "applicant_days": 5,
    }
    found = run(**given, pta_days=30)
    assert found.outputs["estimated_days"] == {"pta_days": 41}
    assert told(**given, pta_days=30)["pta_days"] is Severity.NOTE
    assert "pta_days" not in told(**given, pta_days=41)


def test_more_days_for_a_drug_than_the_law_allows_are_warned_of():
    # Approved 2026-05-01: 347 days beyond five years; fourteen years end 2040-05-01,
    # before the term does.
    given = {"approved": "2026-05-01", "valuation_date": "2026-05-18"}
    assert run(**given).outputs["estimated_days"] == {"pte_days": 0}
    assert told(**given, pte_days=10)["pte_days"] is Severity.WARNING


@st.composite
def lives(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(["invention", "utility_model", "design"]))
    filed = draw(st.dates(date(2018, 1, 1), date(2026, 5, 17)))
    days = st.integers(0, 2000) if kind == "invention" else st.just(0)
    after = st.integers(1, 9000).map(lambda n: date(2026, 5, 18) + timedelta(n))
    return {
        "patent_kind": kind,
        "filed": filed.isoformat(),
        "valuation_date": "2026-05-18",
        "pta_days": draw(days),
        "pte_days": draw(days),
        "economic_life": draw(st.none() | st.floats(0.1, 30)),
        "contract_end": draw(st.none() | after.map(date.isoformat)),
    }


@few
@given(lives())
def test_every_formula_holds_and_the_life_is_the_least_of_its_bounds(
    formulas_hold, params
):
    found = formulas_hold("patent_life", params)
    known = found.outputs["bounds"]
    assert found.value == pytest.approx(min(known.values()), rel=1e-12)
    assert known[found.outputs["binding"]] == min(known.values())


@few
@given(lives(), st.floats(0.1, 30))
def test_a_further_bound_never_lengthens_the_life(params, years):
    without = run(**params | {"economic_life": None}).value
    assert run(**params | {"economic_life": years}).value == min(without, years)


@few
@given(lives(), st.integers(1, 4))
def test_many_at_once_are_each_the_single_one(params, count):
    checked, _ = params_or_refuse(METHOD.params, params)
    arrays = {
        name: np.repeat(np.atleast_1d(one)[np.newaxis], count, axis=0)
        for name, one in METHOD.arrays(checked).items()
    }
    assert list(METHOD.values(arrays)) == [METHOD.run(checked).value] * count


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"filed": "2026-05-19"}, "valuation_date"),
        ({"filed": "2006-05-18"}, "filed"),
        ({"filed": "9990-01-01", "valuation_date": "9995-01-01"}, "filed"),
        ({"contract_end": "2026-05-18"}, "contract_end"),
        ({"economic_life": 0}, "economic_life"),
        ({"pta_days": 1.5}, "pta_days"),
        ({"pte_days": -1}, "pte_days"),
        ({"patent_kind": "design", "pta_days": 5}, "pta_days"),
        ({"granted": "2020-05-17"}, "granted"),
        ({"approved": "2020-05-17"}, "approved"),
        ({"statutory_years": 0}, "statutory_years"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(given, where):
    assert where in refused(**given)


def test_it_finds_years_and_values_nothing():
    assert METHOD.finds is Finds.YEARS
    assert METHOD.topic is Topic.LIVES
    assert run().currency == ""


@pytest.mark.parametrize("day", ["9998-12-30", "9999-12-31"])
def test_a_day_that_leads_out_of_the_calendar_is_refused(day):
    assert "approved" in refused(approved=day)
    late = {"examination_requested": day, "granted": day, "excused_days": 0}
    assert "granted" in refused(**late)
