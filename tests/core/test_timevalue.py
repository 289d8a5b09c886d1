"""Time-value functions against pyxirr, numpy-financial and identities."""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import numpy_financial as npf
import pytest
import pyxirr
from hypothesis import assume, given
from hypothesis import strategies as st

from valuer.core.problems import UserError
from valuer.core.timevalue import (
    FUNCTIONS,
    expected_present_value,
    fv,
    growing_annuity,
    irr,
    mirr,
    nper,
    npv_after_one,
    npv_from_now,
    npv_mid_year,
    pmt,
    pv,
    xirr,
    xnpv,
)

rates = st.floats(0.001, 1)
flows = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20)
spans = st.lists(st.integers(1, 900), min_size=1, max_size=12)


def by_hand(rate: float, cashflows: list[float], first: float) -> float:
    return sum(
        flow / (1 + rate) ** (first + place) for place, flow in enumerate(cashflows)
    )


@given(rates, flows)
def test_the_three_npv_differ_in_their_first_time_alone(rate, cashflows):
    close = {"rel": 1e-9, "abs": 1e-6}
    assert npv_from_now(rate, cashflows) == pytest.approx(
        by_hand(rate, cashflows, 0), **close
    )
    assert npv_mid_year(rate, cashflows) == pytest.approx(
        by_hand(rate, cashflows, 0.5), **close
    )
    assert npv_after_one(rate, cashflows) == pytest.approx(
        by_hand(rate, cashflows, 1), **close
    )


@given(rates, spans, st.data())
def test_xnpv_is_pyxirr_s(rate, days, data):
    dates = [date(2020, 1, 1) + timedelta(sum(days[:k])) for k in range(len(days) + 1)]
    cashflows = data.draw(
        st.lists(st.floats(-1e6, 1e6), min_size=len(dates), max_size=len(dates))
    )
    theirs = pyxirr.xnpv(rate, dates, cashflows)
    assert xnpv(rate, cashflows, dates) == pytest.approx(theirs, rel=1e-9, abs=1e-6)


@given(st.floats(1, 1e6), st.lists(st.floats(0, 1e6), min_size=1, max_size=20))
def test_an_investment_has_one_irr_and_it_is_pyxirr_s(outlay, returns):
    assume(sum(returns) > outlay * 1e-3)
    cashflows = [-outlay, *returns]
    (found,) = irr(cashflows)
    assert npv_from_now(found, cashflows) == pytest.approx(
        0, abs=1e-6 * sum(abs(f) for f in cashflows)
    )
    theirs = pyxirr.irr(cashflows)
    if theirs is not None:
        assert found == pytest.approx(theirs, rel=1e-6, abs=1e-6)


@given(st.lists(st.floats(-0.5, 2), min_size=1, max_size=4, unique=True))
def test_every_irr_of_flows_made_from_their_roots_is_found(wanted):
    wanted = sorted(wanted)
    assume(all(b - a > 0.05 for a, b in pairwise(wanted)))
    # A product of (−1 − r + x) over the roots, x being 1 + rate.
    cashflows = np.poly([1 + rate for rate in wanted]).tolist()
    assert irr(cashflows) == pytest.approx(wanted, abs=1e-5)


def test_a_double_root_is_one_rate():
    # (1.1 x − 1)², x the discount factor: 10 % twice.
    assert irr([1, -2.2, 1.21]) == pytest.approx([0.1], abs=1e-6)


def test_trailing_noughts_change_nothing():
    assert irr([-100, 110, 0, 0]) == pytest.approx([0.1])
    assert irr([0, -100, 110]) == pytest.approx([0.1])


@pytest.mark.parametrize("cashflows", [[], [0], [5], [1, 1], [-1, -2], [1, -1, 1]])
def test_flows_without_an_irr_are_told(cashflows):
    with pytest.raises(UserError, match="no internal rate"):
        irr(cashflows)


@given(st.floats(1, 1e6), spans, st.data())
def test_xirr_makes_xnpv_nought(outlay, days, data):
    dates = [date(2020, 1, 1) + timedelta(sum(days[:k])) for k in range(len(days) + 1)]
    returns = data.draw(
        st.lists(st.floats(1, 1e6), min_size=len(days), max_size=len(days))
    )
    cashflows = [-outlay, *returns]
    try:
        (found,) = xirr(cashflows, dates)
    except UserError:
        assume(False)
    scale = sum(abs(flow) for flow in cashflows)
    worth = xnpv(found, cashflows, dates)
    assert worth == pytest.approx(0, abs=1e-6 * scale * (1 + found) ** -3 + 1e-3)


def test_xirr_finds_every_rate():
    # Yearly flows −1, 2.3, −1.32: rates 10 % and 20 %, in years without a leap day.
    dates = [date(2021, 1, 1), date(2022, 1, 1), date(2023, 1, 1)]
    assert xirr([-1, 2.3, -1.32], dates) == pytest.approx([0.1, 0.2], abs=1e-9)


@pytest.mark.parametrize(
    ("days", "back", "wanted"),
    [
        (7, 1100, 1.1 ** (365 / 7) - 1),
        (10, 1500, 1.5**36.5 - 1),
        (10, 500, 0.5**36.5 - 1),
        (1, 2000, 2.0**365 - 1),
    ],
)
def test_a_gain_of_a_few_days_has_its_rate_however_great(days, back, wanted):
    dates = [date(2020, 1, 1), date(2020, 1, 1) + timedelta(days)]
    assert xirr([-1000, back], dates) == pytest.approx([wanted], rel=1e-11)


def test_a_double_root_of_dated_flows_is_one_rate():
    dates = [date(2021, 1, 1), date(2022, 1, 1), date(2023, 1, 1)]
    assert xirr([1, -2.2, 1.21], dates) == pytest.approx([0.1], abs=1e-9)


def test_dated_rates_that_lie_close_are_both_found():
    # −1000 + 2200.2 x − 1210 x² = 0, by the rule for squares.
    root = math.sqrt(2200.2**2 - 4 * 1210 * 1000)
    wanted = sorted(2420 / (2200.2 + sign * root) - 1 for sign in (1, -1))
    dates = [date(2021, 1, 1), date(2022, 1, 1), date(2023, 1, 1)]
    assert xirr([-1000, 2200.2, -1210], dates) == pytest.approx(wanted, abs=1e-9)


def test_flows_of_one_day_count_as_one():
    dates = [date(2021, 1, 1), date(2021, 1, 1), date(2022, 1, 1)]
    assert xirr([-1000, 500, 600], dates) == pytest.approx([0.2], rel=1e-12)


@given(st.lists(st.floats(-0.8, 5), min_size=1, max_size=3, unique=True))
def test_every_rate_of_dated_flows_made_from_their_rates_is_found(wanted):
    wanted = sorted(wanted)
    assume(all(b - a > 0.05 * (1 + b) for a, b in pairwise(wanted)))
    cashflows = np.poly([1 + rate for rate in wanted]).tolist()
    dates = [date(2020, 1, 1) + timedelta(365 * k) for k in range(len(cashflows))]
    assert xirr(cashflows, dates) == pytest.approx(wanted, abs=1e-5)


def test_dated_flows_without_a_rate_are_told():
    with pytest.raises(UserError, match="no internal rate"):
        xirr([1, 1], [date(2021, 1, 1), date(2022, 1, 1)])


@given(rates, st.integers(1, 40), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_annuities_balance(rate, count, paid, final):
    # What is had now, what is paid in and what is left grow to nought together.
    now = pv(rate, count, paid, final)
    grown = (1 + rate) ** count
    total = now * grown + paid * (grown - 1) / rate + final
    scale = 1 + abs(now) * grown + abs(paid) * grown / rate + abs(final)
    assert total == pytest.approx(0, abs=1e-9 * scale)
    assert fv(rate, count, paid, now) == pytest.approx(final, abs=1e-9 * scale)
    assert pmt(rate, count, now, final) == pytest.approx(paid, abs=1e-9 * scale)


def test_the_number_of_periods_by_hand():
    # 100 grown at 10 % is 121 after two periods.
    assert nper(0.1, 0, -100, 121) == pytest.approx(2)
    assert nper(0, -10, 100) == pytest.approx(10)
    # Excel's documentation of NPER: 1 % a month, 100 paid, 1,000 owed, 10,000 wanted.
    assert nper(0.01, -100, -1000, 10000) == pytest.approx(60.0821229)


@pytest.mark.parametrize(
    "given", [(0, 0, 100, 5), (0.1, 0, 0, 5), (0.1, -10, 100, 0), (0.1, 0, 100, 5)]
)
def test_payments_that_never_get_there_are_told(given):
    with pytest.raises(UserError, match="never"):
        nper(*given)


@pytest.mark.parametrize("dates", [[], [date(2020, 1, 1)], [date(2020, 1, 1)] * 3])
def test_each_flow_needs_its_date(dates):
    with pytest.raises(UserError, match="date"):
        xnpv(0.1, [1, 2], dates)
    with pytest.raises(UserError, match="date"):
        xirr([1, 2], dates)


def test_mirr_is_excel_s():
    # Excel's documentation of MIRR: 12.61 % for 10 % borrowed and 12 % reinvested.
    cashflows = [-120000, 39000, 30000, 21000, 37000, 46000]
    assert mirr(cashflows, 0.10, 0.12) == pytest.approx(0.126094, abs=5e-7)


@given(rates, st.floats(-0.5, 0.9), st.floats(1, 1e6), st.integers(1, 30))
def test_a_growing_annuity_has_its_closed_form(rate, growth, first, count):
    assume(abs(rate - growth) > 1e-3)
    left = ((1 + growth) / (1 + rate)) ** count
    closed = first * (1 - left) / (rate - growth)
    assert growing_annuity(rate, growth, first, count) == pytest.approx(
        closed, rel=1e-9
    )


def test_the_expected_present_value_of_a_sure_time_is_the_present_value():
    assert expected_present_value(1000, [1], [2], [0.05]) == pytest.approx(
        1000 / 1.1025
    )


@given(rates, st.integers(1, 30), st.floats(1, 1e6))
def test_an_annuity_is_the_npv_of_level_flows(rate, count, paid):
    level = npv_after_one(rate, [paid] * count)
    assert -pv(rate, count, paid) == pytest.approx(level, rel=1e-9)
    assert npf.npv(rate, [0, *[paid] * count]) == pytest.approx(level, rel=1e-9)


def test_every_function_is_known_by_its_name():
    assert {
        "npv_from_now",
        "npv_after_one",
        "npv_mid_year",
        "xnpv",
        "irr",
        "xirr",
        "mirr",
        "pv",
        "fv",
        "pmt",
        "nper",
        "growing_annuity",
        "expected_present_value",
    } == set(FUNCTIONS)
