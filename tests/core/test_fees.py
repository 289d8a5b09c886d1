"""Official fees: the table as read, what is due by a day, reductions, late payment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.fees import (
    Fee,
    Reduction,
    annual_fee,
    annual_fees,
    fee_table,
    grant_year,
    late_surcharge,
    official_fees,
)
from valuer.core.patents import Patent, PatentKind
from valuer.core.periods import same_day

NOW = date(2026, 9, 30)

GRANTED = Patent(
    number="CN202010000001X",
    country="CN",
    kind=PatentKind.INVENTION,
    filed=date(2020, 5, 18),
    granted=date(2022, 4, 1),
)

K = PatentKind

days = st.dates(date(1985, 4, 1), date(2120, 12, 31))
kinds = st.sampled_from(list(K))
patents = st.builds(
    lambda kind, filed, wait: replace(
        GRANTED, kind=kind, filed=filed, granted=filed + timedelta(days=wait)
    ),
    kinds,
    days,
    st.integers(0, 3000),
)


def patent(**given: Any) -> Patent:
    return replace(GRANTED, **given)


def told(of: Patent, on: date = NOW, **given: Any) -> list[tuple[str, str, str]]:
    """Name, day due and amount of each fee."""
    return [
        (fee.name, fee.due.isoformat(), format(fee.amount, "f"))
        for fee in official_fees(of, on, **given)
    ]


def paid(fees: tuple[Fee, ...]) -> Decimal:
    return sum((fee.amount for fee in fees), Decimal(0))


# The table


@pytest.mark.parametrize(
    ("kind", "years", "total"),
    [(K.INVENTION, 20, 82300), (K.UTILITY_MODEL, 10, 11200), (K.DESIGN, 15, 26200)],
)
def test_the_annual_fees_of_a_whole_life_add_up_as_published(kind, years, total):
    # Sums checked against the schedule; that of the invention is FEE-01.
    fees = [annual_fee(kind, year, NOW) for year in range(1, years + 1)]
    assert sum(fee for fee in fees if fee is not None) == total
    assert None not in fees
    assert annual_fee(kind, years + 1, NOW) is None
    assert annual_fee(kind, 0, NOW) is None


@pytest.mark.parametrize(
    ("kind", "year", "fee"),
    [
        (K.INVENTION, 1, 900),
        (K.INVENTION, 3, 900),
        (K.INVENTION, 4, 1200),
        (K.INVENTION, 9, 2000),
        (K.INVENTION, 10, 4000),
        (K.INVENTION, 15, 6000),
        (K.INVENTION, 16, 8000),
        (K.UTILITY_MODEL, 5, 900),
        (K.UTILITY_MODEL, 6, 1200),
        (K.UTILITY_MODEL, 9, 2000),
        (K.DESIGN, 10, 2000),
        (K.DESIGN, 11, 3000),
    ],
)
def test_the_annual_fee_of_a_year_is_that_of_its_band(kind, year, fee):
    assert annual_fee(kind, year, NOW) == fee


def test_before_its_first_day_the_table_says_nothing():
    assert annual_fee(K.INVENTION, 1, date(2018, 8, 1)) == 900
    assert annual_fee(K.INVENTION, 1, date(2018, 7, 31)) is None
    assert official_fees(patent(filed=date(2012, 1, 1)), date(2018, 7, 31)) == ()


def test_every_entry_states_its_source_and_a_mark_that_the_table_explains():
    table = fee_table()
    for entry in (*table.entries, *table.reductions, *table.surcharges):
        assert entry.source
        assert entry.mark in table.marks
    for entry in table.entries:
        assert entry.amounts
        assert all(one.amount is None or one.amount > 0 for one in entry.amounts)


def test_no_day_has_two_entries_for_one_fee():
    for one, other in combinations(fee_table().entries, 2):
        early, late = sorted((one, other), key=lambda entry: entry.first or date.min)
        is_over = early.last is not None and late.first is not None
        assert one.fee != other.fee or (is_over and early.last < late.first)


def test_what_is_no_longer_charged_has_ended_and_no_amount_is_made_up():
    stopped = {one.fee: one for one in fee_table().entries if one.last is not None}
    assert set(stopped) == {
        "registration",
        "announcement_printing",
        "agent_change",
        "pct_transmittal",
    }
    assert {one.last for one in stopped.values()} == {date(2018, 7, 31)}
    (unknown,) = [e for e in fee_table().entries if e.fee == "compensation_annual"]
    assert [one.amount for one in unknown.amounts] == [None]


# What is due by a day


def test_the_fees_of_a_granted_invention_by_hand():
    # Granted in its second year; the fee of each later year is due on 18 May.
    assert told(GRANTED) == [
        ("申请费", "2020-05-18", "900"),
        ("公布印刷费", "2020-05-18", "50"),
        ("实质审查费", "2022-04-01", "2500"),
        ("第2年年费", "2022-04-01", "900"),
        ("第3年年费", "2022-05-18", "900"),
        ("第4年年费", "2023-05-18", "1200"),
        ("第5年年费", "2024-05-18", "1200"),
        ("第6年年费", "2025-05-18", "1200"),
        ("第7年年费", "2026-05-18", "2000"),
    ]


def test_a_utility_model_pays_neither_printing_nor_examination():
    names = [name for name, *_ in told(patent(kind=K.UTILITY_MODEL))]
    assert names[:2] == ["申请费", "第2年年费"]
    assert sum(name == "申请费" for name in names) == 1


def test_a_fee_counts_from_the_day_it_is_due():
    assert told(GRANTED, date(2023, 5, 17))[-1][0] == "第3年年费"
    assert told(GRANTED, date(2023, 5, 18))[-1][0] == "第4年年费"


def test_an_application_pays_no_annual_fee_and_examination_within_three_years():
    pending = patent(granted=None)
    assert [name for name, *_ in told(pending, date(2023, 5, 17))] == [
        "申请费",
        "公布印刷费",
    ]
    assert told(pending, date(2023, 5, 18))[-1] == ("实质审查费", "2023-05-18", "2500")
    # Three years run from the priority date where there is one.
    early = patent(granted=None, priority=date(2019, 6, 1))
    assert told(early, date(2022, 6, 1))[-1][1] == "2022-06-01"


def test_the_end_of_the_calendar_is_no_obstacle():
    last = patent(filed=date(9998, 1, 1), granted=None)
    assert [name for name, *_ in told(last, date(9999, 12, 30))] == [
        "申请费",
        "公布印刷费",
    ]


def test_a_patent_granted_later_counts_as_pending_before():
    assert told(GRANTED, date(2022, 3, 31)) == told(GRANTED)[:2]


def test_years_after_the_term_are_not_paid():
    last = official_fees(GRANTED, date(2060, 1, 1))[-1]
    assert (last.year, last.due) == (20, date(2039, 5, 18))
    # A design filed before 2021-06-01 has ten years.
    design = patent(kind=K.DESIGN, filed=date(2021, 5, 31), granted=date(2021, 12, 1))
    assert official_fees(design, date(2060, 1, 1))[-1].year == 10
    design = replace(design, filed=date(2021, 6, 1))
    assert official_fees(design, date(2060, 1, 1))[-1].year == 15


@pytest.mark.parametrize(
    "lacking",
    [
        {"country": "US"},
        {"kind": None},
        {"filed": None},
        {"filed": date(2026, 10, 1)},
    ],
)
def test_where_fees_cannot_be_told_there_are_none(lacking):
    assert official_fees(patent(**lacking), NOW) == ()


@pytest.mark.parametrize(
    ("granted", "year"),
    [
        (date(2020, 5, 18), 1),
        (date(2021, 5, 17), 1),
        (date(2021, 5, 18), 2),
        (date(2019, 1, 1), 1),  # a mistyped day before the filing
        (None, None),
    ],
)
def test_the_year_of_the_grant_runs_from_the_filing_date(granted, year):
    assert grant_year(patent(granted=granted)) == year


def test_without_a_filing_date_there_is_no_year_of_the_grant():
    assert grant_year(patent(filed=None)) is None


def test_a_patent_filed_on_a_leap_day_pays_by_the_last_of_february():
    leap = patent(filed=date(2020, 2, 29), granted=date(2020, 12, 1))
    assert [fee.due.isoformat() for fee in official_fees(leap, NOW) if fee.year] == [
        "2020-12-01",
        "2021-02-28",
        "2022-02-28",
        "2023-02-28",
        "2024-02-29",
        "2025-02-28",
        "2026-02-28",
    ]


@given(patents, days, st.integers(0, 2000))
def test_a_later_day_only_adds_fees(of, on, more):
    before = official_fees(of, on)
    after = official_fees(of, on + timedelta(days=more))
    assert {*before} <= {*after}
    assert all(fee.due <= on for fee in before)


@given(patents, days)
def test_each_year_is_paid_once_and_from_that_of_the_grant_on(of, on):
    years = [fee.year for fee in official_fees(of, on) if fee.year is not None]
    begin = grant_year(of)
    assert begin is not None
    assert sorted(years) == list(range(begin, begin + len(years)))


@given(
    st.builds(
        Patent,
        country=st.sampled_from(["", "CN", "US"]),
        kind=st.none() | kinds,
        filed=st.none() | st.dates(),
        granted=st.none() | st.dates(),
        priority=st.none() | st.dates(),
    ),
    st.dates(),
    st.sampled_from(Reduction),
)
def test_no_dates_break_the_reckoning(of, on, reduction):
    for fee in official_fees(of, on, reduction):
        assert 0 < fee.amount <= fee.full
        assert fee.is_verified


# Reductions


def test_a_single_owner_pays_fifteen_hundredths():
    assert told(GRANTED, reduction=Reduction.SINGLE)[:5] == [
        ("申请费", "2020-05-18", "135.00"),
        ("公布印刷费", "2020-05-18", "50"),  # printing is never reduced
        ("实质审查费", "2022-04-01", "375.00"),
        ("第2年年费", "2022-04-01", "135.00"),
        ("第3年年费", "2022-05-18", "135.00"),
    ]


def test_joint_owners_pay_three_tenths():
    assert told(GRANTED, reduction=Reduction.JOINT)[0][2] == "270.00"


def test_the_reduction_of_annual_fees_ends_after_ten_years():
    # Granted in year 2: years 2 to 11 are reduced, year 12 is not.
    fees = {
        fee.year: fee
        for fee in official_fees(GRANTED, date(2040, 1, 1), Reduction.SINGLE)
    }
    assert fees[11].amount == Decimal("600")
    assert fees[12].amount == fees[12].full == 4000


@given(patents, days)
def test_joint_owners_pay_more_than_one_and_less_than_in_full(of, on):
    full, joint, single = (
        paid(official_fees(of, on, one))
        for one in (Reduction.NONE, Reduction.JOINT, Reduction.SINGLE)
    )
    assert single <= joint <= full
    assert single >= full * Decimal("0.15")


# Paid late


@pytest.mark.parametrize(
    ("paid_on", "share"),
    [
        ("2026-05-01", "0"),
        ("2026-05-18", "0"),
        ("2026-05-19", "0"),  # the first month is free
        ("2026-06-18", "0"),
        ("2026-06-19", "0.05"),
        ("2026-07-18", "0.05"),
        ("2026-07-19", "0.10"),
        ("2026-08-19", "0.15"),
        ("2026-09-19", "0.20"),
        ("2026-10-19", "0.25"),
        ("2026-11-18", "0.25"),
    ],
)
def test_a_month_late_costs_a_twentieth_after_the_first(paid_on, share):
    due = date(2026, 5, 18)
    found = late_surcharge(Decimal(2000), due, date.fromisoformat(paid_on))
    assert found == 2000 * Decimal(share)


def test_after_six_months_the_right_has_ended():
    assert late_surcharge(Decimal(900), date(2026, 5, 18), date(2026, 11, 19)) is None


def test_months_run_to_the_same_day_or_the_month_s_last():
    # Due on 31 August: the first month ends on 30 September.
    due = date(2026, 8, 31)
    assert late_surcharge(Decimal(900), due, date(2026, 9, 30)) == 0
    assert late_surcharge(Decimal(900), due, date(2026, 10, 1)) == 45
    # Due on 28 February: it ends on 28 March, not on the 31st.
    assert late_surcharge(Decimal(900), date(2026, 2, 28), date(2026, 3, 29)) == 45


@given(days, st.integers(0, 250), st.integers(0, 100))
def test_paying_later_never_costs_less(due, late, more):
    first = late_surcharge(Decimal(900), due, due + timedelta(days=late))
    then = late_surcharge(Decimal(900), due, due + timedelta(days=late + more))
    if first is None:
        assert then is None
    elif then is not None:
        assert first <= then


def test_a_surcharge_goes_by_the_rule_of_the_day_the_fee_was_due():
    # Both rules say the same; each day has one of them.
    for due in (date(2009, 5, 18), date(2024, 1, 19), date(2024, 1, 20)):
        assert late_surcharge(Decimal(900), due, same_day(due, 3)) == 90


def test_the_fees_of_a_whole_life_are_those_of_its_years():
    found = annual_fees(K.INVENTION, range(1, 21), NOW)
    assert found == tuple(annual_fee(K.INVENTION, year, NOW) for year in range(1, 21))
    assert sum(found) == 82300
    assert sum(annual_fees(K.UTILITY_MODEL, range(1, 11), NOW)) == 11200
    assert sum(annual_fees(K.DESIGN, range(1, 16), NOW)) == 26200


def test_reduced_annual_fees_are_full_again_ten_years_after_the_grant():
    found = annual_fees(K.INVENTION, range(3, 15), NOW, Reduction.SINGLE, granted_in=3)
    assert found[0] == 135  # 15 % of 900
    assert found[9] == 600  # year 12: 15 % of 4000
    assert found[10] == 6000  # year 13


def test_an_open_licence_takes_its_share_off_annual_fees_alone():
    found = annual_fees(K.DESIGN, range(1, 3), NOW, Reduction.OPEN_LICENCE)
    assert found == (510, 510)
    fees = official_fees(GRANTED, NOW, Reduction.OPEN_LICENCE)
    assert all(fee.amount == fee.full for fee in fees if fee.year is None)
    assert all(fee.amount < fee.full for fee in fees if fee.year)


def test_annual_fees_beyond_the_table_are_not_known():
    assert annual_fees(K.UTILITY_MODEL, range(9, 12), NOW) is None
    assert annual_fees(K.INVENTION, range(1, 3), date(2001, 1, 1)) is None
