"""Where a patent stands is judged on the valuation date.

Patent Law arts. 42 to 47, Implementing Rules, Rule 115; issue item 3.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from valuer.core.case import Purpose
from valuer.core.patents import (
    FeePaid,
    LegalEvent,
    LegalStatus,
    Patent,
    PatentKind,
)
from valuer.core.problems import Severity
from valuer.core.standing import Standing, standing, status_on

VALUED = date(2026, 9, 30)
BEFORE, AFTER = date(2025, 3, 1), date(2027, 3, 1)

S = LegalStatus

GRANTED = Patent(
    number="CN202010000001X",
    country="CN",
    kind=PatentKind.INVENTION,
    filed=date(2020, 5, 18),
    granted=date(2022, 4, 1),
)


def patent(**given: Any) -> Patent:
    """A granted invention, with what is said of it."""
    return replace(GRANTED, **given)


def told(*news: tuple[S, date | None]) -> tuple[LegalEvent, ...]:
    return tuple(LegalEvent(status, status.value, day) for status, day in news)


def paid(*years: tuple[int, str]) -> tuple[FeePaid, ...]:
    return tuple(
        FeePaid(year, date.fromisoformat(day), Decimal(1200)) for year, day in years
    )


def judged(of: Patent, purpose: Purpose = Purpose.ASSIGNMENT) -> Standing:
    return standing(of, VALUED, purpose)


def severities(of: Patent, purpose: Purpose = Purpose.ASSIGNMENT) -> list[str]:
    found = judged(of, purpose)
    for issue in found.issues:
        assert issue.where == of.identity
        assert issue.say("en")
    return [issue.severity.value for issue in found.issues]


# By the news


@pytest.mark.parametrize(
    ("of", "status"),
    [
        # the list alone
        (patent(status=S.IN_FORCE), S.IN_FORCE),
        (patent(status=S.IN_FORCE, status_on=BEFORE), S.IN_FORCE),
        (patent(status=S.IN_FORCE, status_on=VALUED), S.IN_FORCE),
        (patent(status=S.IN_FORCE, status_on=AFTER), S.IN_FORCE),
        (patent(status=S.LAPSED, status_on=BEFORE), S.LAPSED),
        (patent(status=S.LAPSED, status_on=VALUED), S.LAPSED),
        (patent(status=S.LAPSED, status_on=AFTER), S.IN_FORCE),
        (patent(status=S.LAPSED), S.LAPSED),
        (patent(status=S.FEE_GRACE, status_on=BEFORE), S.FEE_GRACE),
        (patent(status=S.RESTORABLE, status_on=BEFORE), S.RESTORABLE),
        (patent(), S.UNKNOWN),
        (patent(granted=None), S.UNKNOWN),
        # an application
        (patent(granted=AFTER, status=S.IN_FORCE, status_on=AFTER), S.PENDING),
        (patent(granted=AFTER, status=S.IN_FORCE), S.PENDING),
        (patent(granted=AFTER), S.PENDING),
        (patent(granted=None, status=S.PENDING), S.PENDING),
        (patent(granted=None, status=S.PENDING, status_on=BEFORE), S.PENDING),
        (patent(granted=None, status=S.PENDING, status_on=AFTER), S.PENDING),
        (patent(granted=None, status=S.WITHDRAWN, status_on=AFTER), S.PENDING),
        (patent(granted=None, status=S.REFUSED, status_on=AFTER), S.PENDING),
        (patent(granted=None, status=S.REFUSED, status_on=BEFORE), S.REFUSED),
        (patent(granted=None, status=S.WITHDRAWN, status_on=BEFORE), S.WITHDRAWN),
        # granted on a day that nobody states: before or after the valuation date
        (patent(granted=None, status=S.IN_FORCE, status_on=AFTER), S.UNKNOWN),
        (patent(granted=None, status=S.LAPSED, status_on=AFTER), S.UNKNOWN),
        (patent(granted=None, status=S.IN_FORCE, status_on=BEFORE), S.IN_FORCE),
        (patent(granted=None, status=S.ABANDONED, status_on=AFTER), S.UNKNOWN),
        (
            patent(
                granted=None,
                history=told((S.PENDING, date(2021, 1, 1))),
                status=S.IN_FORCE,
                status_on=AFTER,
            ),
            S.UNKNOWN,
        ),
        (patent(granted=None, history=told((S.PENDING, BEFORE))), S.PENDING),
        # the grant is news too: an old list that says pending is outdated by it
        (patent(status=S.PENDING, status_on=date(2021, 1, 1)), S.IN_FORCE),
        (patent(history=told((S.PENDING, date(2021, 1, 1)))), S.IN_FORCE),
        (
            patent(
                history=told((S.PENDING, date(2021, 1, 1))),
                status=S.IN_FORCE,
                status_on=AFTER,
            ),
            S.IN_FORCE,
        ),
    ],
)
def test_the_list_is_judged_on_the_valuation_date(of, status):
    assert judged(of).status is status


@pytest.mark.parametrize(
    ("news", "status"),
    [
        ([(S.IN_FORCE, BEFORE), (S.LAPSED, AFTER)], S.IN_FORCE),
        ([(S.IN_FORCE, BEFORE), (S.LAPSED, VALUED)], S.LAPSED),
        ([(S.LAPSED, date(2024, 1, 1)), (S.IN_FORCE, BEFORE)], S.IN_FORCE),
        ([(S.LAPSED, BEFORE), (S.IN_FORCE, AFTER)], S.LAPSED),
        # out of order, and words that tell nothing
        ([(S.LAPSED, AFTER), (S.IN_FORCE, BEFORE)], S.IN_FORCE),
        ([(S.IN_FORCE, BEFORE), (S.UNKNOWN, VALUED)], S.IN_FORCE),
        ([(S.UNKNOWN, None), (S.IN_FORCE, BEFORE)], S.IN_FORCE),
    ],
)
def test_history_tells_what_held_on_the_day(news, status):
    assert status_on(patent(history=told(*news)), VALUED) is status


def test_a_list_without_a_status_does_not_hide_the_history():
    of = patent(history=told((S.LAPSED, BEFORE)), status_on=VALUED)
    assert status_on(of, VALUED) is S.LAPSED


def test_the_later_of_list_and_history_holds():
    history = told((S.IN_FORCE, date(2024, 1, 1)))
    of = patent(history=history, status=S.LAPSED, status_on=BEFORE)
    assert status_on(of, VALUED) is S.LAPSED
    of = patent(
        history=told((S.LAPSED, date(2023, 1, 1)), (S.IN_FORCE, BEFORE)),
        status=S.LAPSED,
        status_on=date(2023, 1, 1),
    )
    assert status_on(of, VALUED) is S.IN_FORCE


def test_an_end_without_a_day_holds_until_the_day_is_stated():
    history = told((S.IN_FORCE, BEFORE))
    assert status_on(patent(history=history, status=S.LAPSED), VALUED) is S.LAPSED
    dated = told((S.IN_FORCE, BEFORE), (S.LAPSED, AFTER))
    assert status_on(patent(history=dated, status=S.LAPSED), VALUED) is S.IN_FORCE


# By the term


@pytest.mark.parametrize("status", [S.IN_FORCE, S.UNKNOWN, S.FEE_GRACE, S.RESTORABLE])
def test_after_the_expiry_day_whatever_lives_has_expired(status):
    of = patent(filed=date(2006, 9, 30), status=status)
    assert status_on(of, date(2026, 9, 29)) is status
    assert status_on(of, date(2026, 9, 30)) is S.EXPIRED


def test_compensation_keeps_it_in_force():
    of = patent(filed=date(2006, 9, 1), status=S.IN_FORCE)
    assert judged(of).status is S.EXPIRED
    assert judged(replace(of, pta_days=60)).status is S.IN_FORCE


# By the fees: filed 2020-05-18, the fee of year n + 1 is due on 18 May 2020 + n


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2026-05-18", S.IN_FORCE),
        ("2026-05-19", S.FEE_GRACE),
        ("2026-09-30", S.FEE_GRACE),
        ("2026-11-18", S.FEE_GRACE),
        ("2026-11-19", S.LAPSED),
    ],
)
def test_a_fee_may_be_six_months_late(day, status):
    of = patent(status=S.IN_FORCE, fees=paid((5, "2024-05-01"), (6, "2025-05-01")))
    assert status_on(of, date.fromisoformat(day)) is status


def test_a_fee_paid_after_the_valuation_date_was_late_on_it():
    fees = paid((6, "2025-05-01"), (7, "2026-10-15"))
    assert judged(patent(status=S.IN_FORCE, fees=fees)).status is S.FEE_GRACE
    on_time = paid((6, "2025-05-01"), (7, "2026-05-10"))
    assert judged(patent(status=S.IN_FORCE, fees=on_time)).status is S.IN_FORCE


def test_the_register_outweighs_a_gap_in_the_fees():
    # No fee since year 3, yet the register of 2026-08-01 says in force.
    fees = paid((3, "2022-05-01"))
    of = patent(status=S.IN_FORCE, status_on=date(2026, 8, 1), fees=fees)
    assert judged(of).status is S.IN_FORCE
    early = replace(of, status_on=date(2023, 6, 1))
    assert judged(early).status is S.LAPSED


def test_fees_of_impossible_years_are_passed_over():
    for year in (0, -5, 26, 10**9):
        of = patent(status=S.IN_FORCE, fees=paid((year, "2021-01-01")))
        assert judged(of).status is S.IN_FORCE


def test_fees_tell_nothing_without_a_filing_date_or_before_the_first():
    fees = paid((3, "2022-05-01"))
    assert status_on(patent(filed=None, status=S.IN_FORCE, fees=fees), VALUED)
    late = paid((30, "2026-12-01"))
    assert judged(patent(status=S.IN_FORCE, fees=late)).status is S.IN_FORCE


def test_dates_at_the_end_of_the_calendar_break_nothing():
    of = patent(
        filed=date(9980, 1, 1),
        granted=date(9981, 1, 1),
        status=S.IN_FORCE,
        fees=paid((20, "9981-01-01")),
    )
    assert status_on(of, date.max) is S.IN_FORCE


# What is told


def test_in_force_nothing_is_said():
    found = judged(patent(status=S.IN_FORCE, status_on=BEFORE))
    assert found == Standing(S.IN_FORCE, is_application=False, issues=())


def test_a_pending_application_is_another_object():
    found = judged(patent(granted=None, status=S.PENDING, status_on=BEFORE))
    assert found.is_application
    (issue,) = found.issues
    assert issue.severity is Severity.WARNING
    assert "专利申请权" in issue.say("en")


def test_granted_later_it_was_an_application():
    found = judged(patent(granted=AFTER, status=S.IN_FORCE, status_on=AFTER))
    assert found.is_application
    assert found.status is S.PENDING


@pytest.mark.parametrize("status", [S.FEE_GRACE, S.RESTORABLE])
def test_grace_and_restorable_are_warnings(status):
    assert severities(patent(status=status, status_on=BEFORE)) == ["warning"]


def test_a_status_not_known_is_a_warning():
    assert severities(patent()) == ["warning"]


@pytest.mark.parametrize("status", [S.LAPSED, S.EXPIRED, S.ABANDONED])
def test_what_has_ended_is_refused_except_for_past_damages(status):
    of = patent(status=status, status_on=BEFORE)
    assert severities(of) == ["error"]
    assert severities(of, Purpose.PAST_DAMAGES) == ["warning"]


def test_the_term_over_is_refused_except_for_past_damages():
    of = patent(filed=date(2006, 9, 30), status=S.IN_FORCE)
    assert severities(of) == ["error"]
    assert severities(of, Purpose.PAST_DAMAGES) == ["warning"]


@pytest.mark.parametrize("status", [S.WITHDRAWN, S.REFUSED, S.ABANDONED])
@pytest.mark.parametrize("purpose", [Purpose.ASSIGNMENT, Purpose.PAST_DAMAGES])
def test_what_was_never_granted_has_no_past_damages(status, purpose):
    of = patent(granted=None, status=status, status_on=BEFORE)
    assert severities(of, purpose) == ["error"]


@pytest.mark.parametrize("status", [S.LAPSED, S.EXPIRED, S.ABANDONED])
def test_what_ended_later_is_told_as_a_subsequent_event(status):
    of = patent(history=told((S.IN_FORCE, BEFORE), (status, AFTER)), status=status)
    assert severities(replace(of, status_on=AFTER)) == ["warning"]
    (issue,) = judged(replace(of, status_on=AFTER)).issues
    assert "2027-03-01" in issue.say("en")


def test_an_end_without_a_day_asks_for_it():
    of = patent(status=S.LAPSED)
    (issue,) = judged(of).issues
    assert issue.severity is Severity.ERROR
    assert "state the day" in issue.say("en")
    assert severities(of, Purpose.PAST_DAMAGES) == ["warning"]


@pytest.mark.parametrize("purpose", list(Purpose))
@pytest.mark.parametrize("day", [BEFORE, VALUED, AFTER, None])
def test_declared_invalid_at_any_time_it_is_refused(day, purpose):
    by_list = patent(status=S.INVALIDATED, status_on=day)
    assert severities(by_list, purpose) == ["error"]
    by_history = patent(
        status=S.IN_FORCE, status_on=BEFORE, history=told((S.INVALIDATED, day))
    )
    assert severities(by_history, purpose) == ["error"]


def test_filed_after_the_valuation_date_it_is_refused():
    of = patent(filed=AFTER, granted=None, status=S.PENDING, status_on=AFTER)
    assert "error" in severities(of)


@pytest.mark.parametrize(
    "given",
    [
        {"filed": None},
        {"kind": None},
        {"country": "US"},
        {"kind": PatentKind.UTILITY_MODEL, "pta_days": 30},
    ],
)
def test_a_doubtful_term_is_a_warning(given):
    of = patent(status=S.IN_FORCE, status_on=BEFORE, **given)
    assert severities(of) == ["warning"]


@pytest.mark.parametrize(
    "given",
    [
        {"pta_days": -1},
        {"pte_days": -1},
        {"pte_days": 5 * 366 + 1},
        {"pta_days": 10**9},
        {"pte_days": 10**30},
    ],
)
def test_days_of_compensation_that_cannot_be_are_refused(given):
    of = patent(status=S.IN_FORCE, status_on=BEFORE, **given)
    assert severities(of) == ["error"]
