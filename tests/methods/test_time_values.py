"""The time-value methods npv, xnpv, irr, xirr, mirr, pv, fv, pmt and nper."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import numpy_financial as npf
import pytest
import pyxirr
from hypothesis import assume, given
from hypothesis import strategies as st

from valuer.core import timevalue
from valuer.core.entries import params_or_refuse
from valuer.core.problems import Severity, UserError
from valuer.methods import METHODS

rates = st.floats(0.001, 1)
flows = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20)
amounts = st.floats(-1e6, 1e6)
investments = st.builds(
    lambda outlay, returns: [-outlay, *returns],
    st.floats(1, 1e6),
    st.lists(st.floats(1, 1e6), min_size=1, max_size=12),
)


def value(key, **params):
    method = METHODS.find(key)
    return method.run(params_or_refuse(method.params, params)[0]).value


def dated(cashflows, gap=200):
    first = date(2020, 1, 1)
    return [
        {"day": (first + timedelta(gap * k)).isoformat(), "amount": amount}
        for k, amount in enumerate(cashflows)
    ]


FIRST = {"now": 0, "after_one": 1}


@given(rates, flows, st.sampled_from(sorted(FIRST)))
def test_npv_is_that_of_fractions(rate, cashflows, first):
    step = 1 / (1 + Fraction(rate))
    exact = sum(
        Fraction(flow) * step ** (FIRST[first] + k) for k, flow in enumerate(cashflows)
    )
    found = value("npv", rate=rate, cashflows=cashflows, first_flow=first)
    assert found == pytest.approx(float(exact), rel=1e-9, abs=1e-6)


@given(rates, flows)
def test_npv_from_the_middle_stands_half_a_period_between(rate, cashflows):
    now = value("npv", rate=rate, cashflows=cashflows, first_flow="now")
    middle = value("npv", rate=rate, cashflows=cashflows, first_flow="mid")
    assert middle == pytest.approx(now / (1 + rate) ** 0.5, rel=1e-9, abs=1e-6)


@given(rates, flows)
def test_xnpv_is_pyxirr_s(rate, cashflows):
    rows = dated(cashflows)
    days = [date.fromisoformat(row["day"]) for row in rows]
    theirs = pyxirr.xnpv(rate, days, cashflows)
    assert value("xnpv", rate=rate, flows=rows) == pytest.approx(
        theirs, rel=1e-9, abs=1e-6
    )


@given(investments)
def test_irr_is_that_of_timevalue_and_makes_npv_nought(cashflows):
    (wanted,) = timevalue.irr(cashflows)
    assume(wanted > -0.99)
    found = value("irr", cashflows=cashflows)
    assert found == pytest.approx(wanted, rel=1e-9, abs=1e-9)
    assert value(
        "npv", rate=found, cashflows=cashflows, first_flow="now"
    ) == pytest.approx(
        0,
        abs=1e-8
        * sum(abs(flow) / (1 + found) ** k for k, flow in enumerate(cashflows)),
    )


def test_several_rates_are_all_told_with_a_warning():
    method = METHODS.find("irr")
    given = {"cashflows": [-5, 10.5, 1, -8, 1]}
    result = method.run(params_or_refuse(method.params, given)[0])
    assert result.outputs["rates"] == pytest.approx([-0.8702, 0.0886, 0.7096], abs=5e-5)
    assert [issue.severity for issue in result.issues] == [Severity.WARNING]
    assert "-87.02 %, 8.86 %, 70.96 %" in str(result.issues[0].wording)
    other = method.run(params_or_refuse(method.params, given | {"guess": 0.6})[0])
    assert other.value == pytest.approx(0.7096, abs=5e-5)


def test_several_dated_rates_are_all_told():
    method = METHODS.find("xirr")
    rows = dated([-1, 2.3, -1.32], gap=365)
    result = method.run(params_or_refuse(method.params, {"flows": rows})[0])
    assert result.outputs["rates"] == pytest.approx([0.1, 0.2], abs=1e-9)
    assert [issue.severity for issue in result.issues] == [Severity.WARNING]


@given(investments)
def test_xirr_over_whole_years_is_irr(cashflows):
    (wanted,) = timevalue.irr(cashflows)
    assume(-0.99 < wanted < 90)
    found = value("xirr", flows=dated(cashflows, gap=365))
    assert found == pytest.approx(wanted, rel=1e-8, abs=1e-8)


@given(investments, rates, rates)
def test_mirr_is_numpy_financial_s(cashflows, finance, reinvest):
    found = value(
        "mirr", cashflows=cashflows, finance_rate=finance, reinvest_rate=reinvest
    )
    theirs = npf.mirr(cashflows, finance, reinvest)
    assert found == pytest.approx(theirs, rel=1e-9, abs=1e-9)


@given(
    rates,
    st.integers(1, 40),
    amounts,
    amounts,
    st.sampled_from(["begin", "end"]),
)
def test_annuities_are_numpy_financial_s(rate, count, paid, other, due):
    close = {"rel": 1e-8, "abs": 1e-6 * (1 + rate) ** count}
    given = {"rate": rate, "nper": count, "due": due}
    assert value("pv", pmt=paid, fv=other, **given) == pytest.approx(
        float(npf.pv(rate, count, paid, other, due)), **close
    )
    assert value("fv", pmt=paid, pv=other, **given) == pytest.approx(
        float(npf.fv(rate, count, paid, other, due)), **close
    )
    assert value("pmt", pv=paid, fv=other, **given) == pytest.approx(
        float(npf.pmt(rate, count, paid, other, due)), **close
    )


@given(st.integers(1, 40), amounts, amounts, st.sampled_from(["begin", "end"]))
def test_without_interest_payments_only_add_up(count, paid, other, due):
    given = {"rate": 0, "nper": count, "due": due}
    total = pytest.approx(-(other + paid * count), rel=1e-9, abs=1e-6)
    assert value("pv", pmt=paid, fv=other, **given) == total
    assert value("fv", pmt=paid, pv=other, **given) == total
    level = pytest.approx(-(other + paid) / count, rel=1e-9, abs=1e-6)
    assert value("pmt", pv=paid, fv=other, **given) == level


@given(st.one_of(st.just(0.0), rates), st.integers(1, 40), st.floats(1, 1e4))
def test_nper_undoes_fv(rate, count, paid):
    assume((1 + rate) ** count < 1e9)
    for due in ("begin", "end"):
        grown = value("fv", rate=rate, nper=count, pmt=-paid, due=due)
        found = value("nper", rate=rate, pmt=-paid, fv=grown, due=due)
        assert found == pytest.approx(count, rel=1e-6)


GIVEN = {
    "npv": {"rate": 0.08, "cashflows": [-4, 5, 0, 2], "first_flow": "mid"},
    "xnpv": {"rate": 0.08, "flows": dated([-4, 5, 0, 2])},
    "irr": {"cashflows": [-4, 5, 0, 2]},
    "xirr": {"flows": dated([-4, 5, 0, 2])},
    "mirr": {"cashflows": [-4, 5, -1, 2], "finance_rate": 0.1, "reinvest_rate": 0.12},
    "pv": {"rate": 0.08, "nper": 12, "pmt": -3, "fv": 7, "due": "begin"},
    "fv": {"rate": 0.0, "nper": 12, "pmt": -3, "pv": 7, "due": "begin"},
    "pmt": {"rate": 0.08, "nper": 12, "pv": 7, "fv": 100},
    "nper": {"rate": 0.01, "pmt": -100, "pv": -1000, "fv": 10000, "due": "begin"},
}


@pytest.mark.parametrize("key", GIVEN)
def test_formulas_give_the_numbers_shown(key, formulas_hold):
    formulas_hold(key, GIVEN[key], rel=1e-9)


@pytest.mark.parametrize(
    ("key", "change", "words"),
    [
        ("npv", {"rate": -1}, "above"),
        ("npv", {"cashflows": []}, "1 to 200"),
        ("npv", {"cashflows": [float("nan")]}, "finite"),
        ("npv", {"rate": -0.999999, "cashflows": [1e308] * 200}, "finite"),
        ("irr", {"cashflows": [1, 2]}, "no internal rate"),
        ("irr", {"cashflows": [0]}, "no internal rate"),
        ("xirr", {"flows": dated([1, 2])}, "no internal rate"),
        ("xirr", {"flows": dated([-1, 2])[::-1]}, "before the first row's day"),
        ("xnpv", {"flows": dated([-1, 2])[::-1]}, "before the first row's day"),
        ("xnpv", {"flows": []}, "1 to 200 rows"),
        ("mirr", {"cashflows": [1, 2]}, "flows out and flows in"),
        ("pv", {"nper": 0}, "above"),
        ("nper", {"pmt": 0, "rate": 0}, "never reach"),
        ("nper", {"pmt": -10, "pv": 1000, "fv": 0, "rate": 0.1}, "never reach"),
    ],
)
def test_what_makes_no_sense_is_refused(key, change, words):
    with pytest.raises(UserError, match=words):
        value(key, **GIVEN[key] | change)


def test_a_number_of_periods_below_nought_is_the_spreadsheet_s_with_a_warning():
    # Excel's documentation of NPER, third example: 1 % a month, no future value.
    method = METHODS.find("nper")
    given = {"rate": 0.01, "pmt": -100, "pv": -1000}
    result = method.run(params_or_refuse(method.params, given)[0])
    assert result.value == pytest.approx(-9.57859404, abs=5e-9)
    assert [issue.severity for issue in result.issues] == [Severity.WARNING]


def test_the_number_of_periods_keeps_its_digits_where_interest_is_next_to_nothing():
    found = value("nper", rate=1e-13, pmt=-100, pv=-1000, fv=10000)
    assert found == pytest.approx(90, rel=1e-10)
