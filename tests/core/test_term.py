"""The term of a patent: Patent Law art. 42, valuation-cn §3.7."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.patents import Patent, PatentKind
from valuer.core.term import expiry_day, remaining_years, term_years

INVENTION, MODEL, DESIGN = PatentKind


@pytest.mark.parametrize(
    ("kind", "filed", "expiry"),
    [
        (INVENTION, "2020-05-18", "2040-05-18"),
        (INVENTION, "2004-02-29", "2024-02-29"),
        (INVENTION, "2020-02-29", "2040-02-29"),
        (INVENTION, "2003-02-28", "2023-02-28"),
        (INVENTION, "2004-02-28", "2024-02-28"),
        (INVENTION, "2020-04-30", "2040-04-30"),
        (INVENTION, "2020-01-31", "2040-01-31"),
        (INVENTION, "2019-12-31", "2039-12-31"),
        (MODEL, "2020-05-18", "2030-05-18"),
        (MODEL, "2020-02-29", "2030-02-28"),
        (MODEL, "2018-02-28", "2028-02-28"),
        (DESIGN, "2021-05-31", "2031-05-31"),
        (DESIGN, "2021-06-01", "2036-06-01"),
        (DESIGN, "2024-02-29", "2039-02-28"),
        (DESIGN, "2012-02-29", "2022-02-28"),
    ],
)
def test_the_expiry_day_by_kind_and_filing_date(kind, filed, expiry):
    patent = Patent(country="CN", kind=kind, filed=date.fromisoformat(filed))
    assert expiry_day(patent) == date.fromisoformat(expiry)


def test_designs_before_june_2021_have_ten_years():
    assert term_years(DESIGN, date(2021, 5, 31)) == 10
    assert term_years(DESIGN, date(2021, 6, 1)) == 15
    assert term_years(MODEL, date(2021, 6, 1)) == 10
    assert term_years(INVENTION, date(1986, 1, 1)) == 20


def test_the_priority_date_does_not_matter():
    patent = Patent(kind=INVENTION, filed=date(2020, 5, 18), priority=date(2019, 5, 20))
    assert expiry_day(patent) == date(2040, 5, 18)


def test_compensation_is_added_as_granted():
    patent = Patent(kind=INVENTION, filed=date(2020, 5, 18), pta_days=30, pte_days=100)
    assert expiry_day(patent) == date(2040, 5, 18) + timedelta(130)


@pytest.mark.parametrize(
    "patent",
    [
        Patent(kind=INVENTION),
        Patent(filed=date(2020, 5, 18)),
        Patent(country="JP", kind=MODEL, filed=date(2020, 5, 18)),
        Patent(country="US", kind=DESIGN, filed=date(2020, 5, 18)),
        Patent(kind=INVENTION, filed=date(9990, 1, 1)),
        Patent(kind=INVENTION, filed=date.max),
        Patent(kind=INVENTION, filed=date(2020, 5, 18), pta_days=10**9),
        Patent(kind=INVENTION, filed=date(2020, 5, 18), pte_days=10**30),
        Patent(kind=INVENTION, filed=date(2020, 5, 18), pta_days=-(10**9)),
    ],
)
def test_what_cannot_be_reckoned_is_not_known(patent):
    assert expiry_day(patent) is None
    assert remaining_years(patent, date(2026, 9, 30)) is None


def test_abroad_an_invention_has_twenty_years():
    patent = Patent(country="US", kind=INVENTION, filed=date(2020, 5, 18))
    assert expiry_day(patent) == date(2040, 5, 18)


def test_what_is_left_is_counted_from_the_valuation_date():
    patent = Patent(kind=INVENTION, filed=date(2020, 5, 18))
    assert remaining_years(patent, date(2030, 5, 18)) == 10
    # 2026-09-30 to 2027-05-18 is 230 of 365 days, the rest thirteen whole years,
    # counted from the valuation date: to 2039-09-30, then 231 of 366 days.
    assert remaining_years(patent, date(2026, 9, 30)) == pytest.approx(13 + 231 / 366)
    assert remaining_years(patent, date(2040, 5, 17)) == pytest.approx(1 / 365)
    assert remaining_years(patent, date(2040, 5, 18)) == 0
    assert remaining_years(patent, date(2050, 1, 1)) == 0


@given(
    st.sampled_from(list(PatentKind)),
    st.dates(date(1985, 4, 1), date(2100, 1, 1)),
    st.integers(0, 2000),
)
def test_a_later_filing_never_ends_earlier(kind, filed, days):
    ends = [
        expiry_day(Patent(kind=kind, filed=day))
        for day in (filed, filed + timedelta(days))
    ]
    assert ends[0] <= ends[1]
