"""What a case knows of the official fees, and where a run is told so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from valuer.core import facts as module
from valuer.core.case import Case, Run
from valuer.core.entries import read_params
from valuer.core.facts import bound, contradictions, facts
from valuer.core.fees import Fee
from valuer.core.patents import LegalStatus, Patent, PatentKind
from valuer.core.problems import Severity
from valuer.core.quantities import LONGEST
from valuer.core.valuing import value_case
from valuer.methods import METHODS

COST = METHODS.find("replacement_cost")
PATENT = Patent(
    number="CN202010000001X",
    country="CN",
    kind=PatentKind.UTILITY_MODEL,
    filed=date(2024, 3, 1),
    granted=date(2024, 12, 10),
)
GIVEN: dict[str, Any] = {
    "items": [{"name": "研发", "amount": 1000}],
    "profit_base": "cost",
    "used_life": 0,
    "remaining_life": 5,
}
RUN = Run("cost", "replacement_cost", params=GIVEN)
CASE = Case(valuation_date=date(2026, 9, 30), patents=(PATENT,), runs=(RUN,))


def fees(case: Case) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = facts(case).get("official_fees", [])
    return found


def warned(case: Case, run: Run = RUN, params: type[Any] = COST.params) -> list[str]:
    found = contradictions(case, run, params)
    assert all(issue.severity is Severity.WARNING for issue in found)
    assert all(issue.say("en") for issue in found)
    return [issue.where for issue in found]


def test_the_fees_of_a_case_are_rows_that_name_patent_and_year():
    # 500 on filing; 600 a year for the years 1 to 3.
    assert fees(CASE) == [
        {"name": "CN202010000001X 申请费", "amount": "500", "due": "2024-03-01"},
        {"name": "CN202010000001X 第1年年费", "amount": "600", "due": "2024-12-10"},
        {"name": "CN202010000001X 第2年年费", "amount": "600", "due": "2025-03-01"},
        {"name": "CN202010000001X 第3年年费", "amount": "600", "due": "2026-03-01"},
    ]


def test_the_fees_fill_a_run_that_leaves_them_out():
    (found,) = value_case(CASE, METHODS).runs
    assert found.result is not None
    # 1000 and 2300 of fees, five of five years left.
    assert found.result.value == pytest.approx(3300)


def test_fees_that_are_stated_stand():
    run = replace(RUN, params=GIVEN | {"official_fees": []})
    assert bound(CASE, run, COST.params)["official_fees"] == []
    assert warned(CASE, run) == []


@pytest.mark.parametrize(
    "change",
    [
        {"currency": "EUR"},
        {"valuation_date": None},
        {"valuation_date": date(2018, 1, 1)},
        {"patents": (replace(PATENT, country="US"),)},
        {"patents": ()},
    ],
)
def test_where_fees_are_not_known_the_run_is_warned(change):
    case = replace(CASE, **change)
    assert fees(case) == []
    assert warned(case) == ["cost.official_fees"]


@pytest.mark.parametrize(
    "change", [{"country": "US"}, {"kind": None}, {"granted": None}, {"filed": None}]
)
def test_a_patent_whose_fees_are_not_all_known_beside_others_is_told(change):
    other = replace(PATENT, number="CN2020100000021", **change)
    case = replace(CASE, patents=(PATENT, other))
    found = contradictions(case, RUN, COST.params)
    (told,) = (one for one in found if one.where == "cost.official_fees")
    assert "CN2020100000021" in told.say("en")
    assert PATENT.number not in told.say("en")


def test_the_fees_of_an_application_lack_nothing():
    pending = replace(PATENT, granted=None, status=LegalStatus.PENDING)
    assert warned(replace(CASE, patents=(pending,))) == []


def test_a_contradiction_names_the_parameter_as_people_do():
    run = replace(RUN, params=GIVEN | {"currency": "USD"})
    (found,) = contradictions(CASE, run, COST.params)
    assert found.say("zh_CN").startswith("cost：币种为 USD")


def test_a_method_without_fees_is_not_warned():
    params = METHODS.find("multiplier_cost").params
    assert warned(replace(CASE, patents=()), params=params) == []


def test_patents_that_end_on_different_days_matter_where_the_end_is_asked_for():
    other = replace(PATENT, number="CN2020100000021", filed=date(2023, 3, 1))
    case = replace(CASE, patents=(PATENT, other))
    assert warned(case) == ["cost"]
    assert bound(case, RUN, COST.params)["expiry_date"] == "2033-03-01"
    market = METHODS.find("comparable_transactions").params
    assert warned(case, params=market) == []


def test_an_expiry_day_left_empty_contradicts_nothing():
    run = replace(RUN, params=GIVEN | {"expiry_date": None})
    assert warned(CASE, run) == []


def test_many_fees_become_a_row_for_each_patent_and_then_one():
    def of(count: int) -> list[dict[str, Any]]:
        patents = tuple(
            replace(
                PATENT, number=f"CN{number}", filed=PATENT.filed + timedelta(number)
            )
            for number in range(count)
            if PATENT.filed is not None
        )
        return fees(replace(CASE, patents=patents))

    assert len(of(50)) == LONGEST
    assert of(51)[0] == {"name": "CN0", "amount": "2300"}
    assert len(of(200)) == LONGEST
    (only,) = of(201)
    assert only == {"name": "CN0 … CN200 (201)", "amount": "462300"}
    for rows in (of(50), of(200), [only]):
        whole = GIVEN | {"official_fees": rows, "valuation_date": "2026-09-30"}
        assert read_params(COST.params, whole)[0] is not None


def test_an_amount_that_is_not_verified_is_shown_as_such(monkeypatch):
    unsure = Fee("印花税", date(2025, 1, 1), Decimal(5), Decimal(5), None, "M-lo", "")
    monkeypatch.setattr(module, "official_fees", lambda patent, on: (unsure,))
    assert fees(CASE)[0]["name"] == "CN202010000001X 印花税 [M-lo]"
