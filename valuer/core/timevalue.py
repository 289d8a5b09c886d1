"""Time-value functions, named and signed as in a spreadsheet.

numpy-financial does the scalar annuity arithmetic. Where the conventions part (does
NPV discount its first flow?) both stand here under names that say which; an IRR is
never given alone where there are several.

Sources: Excel's documentation of NPV, XNPV, XIRR, MIRR, PV, FV, PMT and NPER.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import numpy_financial as npf

from valuer.core.dated_irrs import dated_irrs
from valuer.core.distributions import Floats
from valuer.core.problems import UserError
from valuer.core.texts import N_


def npv_from_now(rate: float, cashflows: Sequence[float]) -> float:
    """Return the present value of flows at the times 0, 1, 2 and so on."""
    return float(npf.npv(rate, np.asarray(cashflows, dtype=np.float64)))


def npv_after_one(rate: float, cashflows: Sequence[float]) -> float:
    """Return the present value of flows at the times 1, 2 and so on, as Excel's NPV."""
    return npv_from_now(rate, cashflows) / (1 + rate)


def npv_mid_year(rate: float, cashflows: Sequence[float]) -> float:
    """Return the present value of flows at the times ½, 1½ and so on."""
    return float(npv_from_now(rate, cashflows) / (1 + rate) ** 0.5)


def xnpv(rate: float, cashflows: Sequence[float], dates: Sequence[date]) -> float:
    """Return the present value on the first date, act/365.

    Raises:
        UserError: flows and dates differ in number.
    """
    years, flows = _dated(cashflows, dates)
    return float(np.sum(flows * (1 + rate) ** -years))


def irr(cashflows: Sequence[float]) -> tuple[float, ...]:
    """Return every real rate above −1 at which the flows are worth nothing, sorted.

    Raises:
        UserError: there is none.
    """
    flows = np.asarray(cashflows, dtype=np.float64)
    # A flow lost beside the others would only divide by next to nothing.
    seen = np.flatnonzero(abs(flows) > 1e-15 * abs(flows).max(initial=0))
    flows = flows[seen[0] : seen[-1] + 1] if len(seen) else flows[:0]
    roots = np.roots(flows[::-1]) if len(flows) > 1 else np.array([])
    # Eigenvalues are rough where flows differ much in size, and a double root comes
    # out as a pair beside the real axis: near ones are polished, then judged.
    near = (abs(roots.imag) < 1e-3 * abs(roots)) & (roots.real > 0)
    real = _polished(flows[::-1], np.asarray(roots.real[near], dtype=np.float64))
    rates = sorted(float(1 / root - 1) for root in real)
    distinct = [
        rate
        for index, rate in enumerate(rates)
        if index == 0 or rate - rates[index - 1] > 1e-5 * (1 + rate)
    ]
    if not distinct:
        raise UserError(N_("These flows have no internal rate of return."))
    return tuple(distinct)


def _polished(polynomial: Floats, roots: Floats) -> Floats:
    """Return roots after Newton's steps; those that are none are left out."""
    slope = np.polyder(polynomial)
    with np.errstate(all="ignore"):
        for _ in range(50):
            moved = roots - np.polyval(polynomial, roots) / np.polyval(slope, roots)
            roots = np.where(np.isfinite(moved) & (moved > 0), moved, roots)
        left = abs(np.polyval(polynomial, roots))
        return roots[left <= 1e-9 * np.polyval(abs(polynomial), roots)]


def xirr(cashflows: Sequence[float], dates: Sequence[date]) -> tuple[float, ...]:
    """Return every rate above −1 at which dated flows are worth nothing, sorted.

    Raises:
        UserError: there is none, or flows and dates differ in number.
    """
    years, flows = _dated(cashflows, dates)
    (found,) = dated_irrs(flows[np.newaxis], years[np.newaxis])
    if np.isnan(found[0]):
        raise UserError(N_("These flows have no internal rate of return."))
    return tuple(map(float, found))


def mirr(
    cashflows: Sequence[float], finance_rate: float, reinvest_rate: float
) -> float:
    """Return the modified internal rate of return."""
    return float(npf.mirr(np.asarray(cashflows), finance_rate, reinvest_rate))


def pv(rate: float, nper: float, pmt: float, fv: float = 0.0) -> float:
    """Return the present value of an annuity paid at period ends; Excel's sign."""
    return float(npf.pv(rate, nper, pmt, fv))


def fv(rate: float, nper: float, pmt: float, pv: float = 0.0) -> float:
    """Return the future value of an annuity paid at period ends; Excel's sign."""
    return float(npf.fv(rate, nper, pmt, pv))


def pmt(rate: float, nper: float, pv: float, fv: float = 0.0) -> float:
    """Return the payment at each period's end; Excel's sign."""
    return float(npf.pmt(rate, nper, pv, fv))


def nper(rate: float, pmt: float, pv: float, fv: float = 0.0) -> float:
    """Return the number of periods; Excel's sign.

    Our own: numpy-financial has the wrong sign at a rate of nought, and warns where
    there are no payments.

    Raises:
        UserError: the payments never get there.
    """
    if rate == 0:
        periods = -(pv + fv) / pmt if pmt else math.nan
    else:
        level = pmt / rate
        grown = (level - fv) / (level + pv) if level + pv else math.nan
        periods = math.log(grown) / math.log1p(rate) if grown > 0 else math.nan
    if math.isnan(periods):
        raise UserError(N_("These payments never reach the amount."))
    return periods


def growing_annuity(rate: float, growth: float, first: float, nper: int) -> float:
    """Return the present value of ``first`` growing at ``growth``, at period ends."""
    flows = first * (1 + growth) ** np.arange(nper)
    return npv_after_one(rate, flows.tolist())


def expected_present_value(
    amount: float,
    p: Sequence[float],
    years: Sequence[float],
    rates: Sequence[float],
) -> float:
    """Return the mean present value of an amount at an uncertain time.

    Source: IAS 36 Appendix A, A8: each time with its own rate and probability.
    """
    worth = (1 + np.asarray(rates)) ** -np.asarray(years, dtype=np.float64)
    return float(amount * np.sum(np.asarray(p) * worth))


def _dated(cashflows: Sequence[float], dates: Sequence[date]) -> tuple[Floats, Floats]:
    """Return years from the first date, act/365, and the flows."""
    if len(cashflows) != len(dates) or not dates:
        raise UserError(N_("Each flow needs its date."))
    years = np.array([(day - dates[0]).days / 365 for day in dates])
    return years, np.asarray(cashflows, dtype=np.float64)


FUNCTIONS: dict[str, Callable[..., float | tuple[float, ...]]] = {
    function.__name__: function
    for function in (
        npv_from_now,
        npv_after_one,
        npv_mid_year,
        xnpv,
        irr,
        xirr,
        mirr,
        pv,
        fv,
        pmt,
        nper,
        growing_annuity,
        expected_present_value,
    )
}
"""The functions by name, for worked cases."""
