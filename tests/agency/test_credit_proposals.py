"""What the docket proposes to the credit ledger, with the cases behind it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from valuer.agency.credit_events import Event, Subject
from valuer.agency.credit_pack_files import (
    shipped_packs,
)
from valuer.agency.credit_packs import (
    SubjectKind,
)
from valuer.agency.credit_proposals import proposals, volumes
from valuer.agency.docket import Abnormal, AbnormalResult, Case

NOTICED, DECIDED = date(2025, 3, 1), date(2025, 5, 6)
AGENCY = Subject(SubjectKind.AGENCY, "32100")


def case(number, *agents, result=None, filed=date(2025, 1, 2)):
    found = None if result is None else (Abnormal(NOTICED, result, DECIDED),)
    return Case(number, agents=agents, filed=filed, abnormal=found)


def test_only_what_was_confirmed_is_proposed():
    cases = [
        case(f"CN{number}", "王", result=result)
        for number, result in enumerate(AbnormalResult)
    ]
    found = proposals(cases, "32100")
    confirmed = f"CN{list(AbnormalResult).index(AbnormalResult.CONFIRMED)}"
    assert [(one.rule_code, one.cases) for one in found] == [
        ("AG-ABN", (confirmed,)),
        ("PA-ABN", (confirmed,)),
    ]
    assert found[0].subject == AGENCY
    assert (found[0].fact_date, found[0].decision_date) == (NOTICED, DECIDED)
    assert found[1].subject == Subject(SubjectKind.AGENT, "王")


def test_cases_of_one_decision_are_one_proposal():
    confirmed = AbnormalResult.CONFIRMED
    cases = [case("CN2", "王", result=confirmed), case("CN1", "李", result=confirmed)]
    found = {one.subject.id: one.cases for one in proposals(cases, "32100")}
    assert found == {"32100": ("CN1", "CN2"), "王": ("CN2",), "李": ("CN1",)}


def test_what_is_in_the_ledger_is_not_proposed_again():
    cases = [case("CN1", "王", result=AbnormalResult.CONFIRMED)]
    days = (NOTICED, DECIDED, DECIDED)
    entered = Event("AG-ABN", "f1", *days, Decimal("0.1"), cases=("CN1",))
    assert [one.rule_code for one in proposals(cases, "32100", [entered])] == ["PA-ABN"]


def test_volume_against_the_average_of_the_agents():
    # Six cases by 王, one each by 李 and 赵: eight by three, 2.25 times the average.
    cases = [case(f"CN{number}", "王") for number in range(6)]
    cases += [case("CN6", "李"), case("CN7", "赵")]
    cases.append(case("CN8", "李", filed=date(2024, 12, 31)))
    found = volumes(cases, 2025)
    assert [(one.agent, len(one.cases), one.times) for one in found] == [
        ("王", 6, Decimal("2.25")),
        ("李", 1, Decimal("0.375")),
        ("赵", 1, Decimal("0.375")),
    ]
    assert proposals(cases, "32100") == ()
    (busy,) = proposals(cases, "32100", year=2025, times=Decimal(2))
    assert (busy.rule_code, busy.subject.id, busy.times) == (
        "PA-VOL",
        "王",
        Decimal("2.25"),
    )
    assert proposals(cases, "32100", year=2025, times=Decimal("2.25")) == ()


def test_the_codes_proposed_are_rules():
    pack = shipped_packs()[-1]
    assert "AG-ABN" in pack.rules(SubjectKind.AGENCY)
    assert {"PA-ABN", "PA-VOL"} <= set(pack.rules(SubjectKind.AGENT))


def test_without_cases_nothing_is_proposed():
    assert volumes([], 2025) == ()
    assert proposals([], "32100", year=2025, times=Decimal(3)) == ()
