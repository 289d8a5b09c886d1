"""Discount factors of many rates and times at once.

One rate is raised to its power, as tables are. Of many rates, powers are what costs
most in a simulation or a stock; they lie in memory as sums over time are taken.

Source: d = (1 + r)^(−t) = exp(−t ln(1 + r)).
"""

from __future__ import annotations

import numpy as np

from valuer.core.distributions import Floats

_FINE = 2.0**46


def discount_factors(rate: Floats, time: Floats) -> Floats:
    """Return (1 + rate)^(−time) of times in any order; shape of both together."""
    if np.ndim(rate) == 0:
        return np.asarray((1 + rate) ** -time)
    powers = np.multiply(-np.log1p(rate), time, order="F")
    return np.exp(powers, out=powers)


def running_factors(rate: Floats, time: Floats) -> Floats:
    """Return (1 + rate)^(−time) of times that do not fall; shape of both together.

    Where many scenarios share their times, each factor is the one before times that of
    the years between: few lengths come between many times, and an exponential costs as
    much as twenty products. Years between are taken to 2⁻⁴⁶, half a microsecond, so
    that a year is a year wherever it begins; the factors are the same to 1e-13.
    """
    # (periods,) of a simulation, (patents, 1, periods) of a stock that simulates; the
    # patents of one that does not have each their own times, (patents, periods).
    if np.ndim(rate) == 0 or time.ndim == 2 or time.shape[-2:-1] > (1,):
        return discount_factors(rate, time)
    force = -np.log1p(rate[..., 0])
    years = time.copy()
    years[..., 1:] -= time[..., :-1]
    years = np.asarray(np.rint(years * _FINE) / _FINE)
    shape = np.broadcast_shapes(rate.shape, time.shape)
    found: Floats = np.empty(shape, order="F")
    steps: dict[bytes, Floats] = {}
    before: Floats = np.ones(1)
    for place in range(years.shape[-1]):
        between = years[..., place]
        key = between.tobytes()
        if key not in steps:
            steps[key] = np.exp(force * between)
        after = found[..., place]
        before = np.multiply(before, steps[key], out=after)
    return found
