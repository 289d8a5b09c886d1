"""Control charts (控制图) of rates: what is chance, and what is not.

A p-chart holds each month's or each agent's rate against limits of its own count, a
funnel plot the same along the count. Where the counts are too few for the normal curve
the limits are exact, of the binomial law. For rare losses a g-chart counts the cases
between one and the next.

Source: W. A. Shewhart (1931); Montgomery, Introduction to Statistical Quality Control,
ch. 7 (p-chart); Spiegelhalter, Statist. Med. 24 (2005) 1185 (funnel plot); Benneyan,
Health Care Manag. Sci. 4 (2001) 305 (g-chart).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from valuer.core.distributions import Floats

LIMITS = 3.0
WARNINGS = 2.0
"""Standard deviations of the limits and of the warning lines."""

FUNNEL_INNER, FUNNEL_OUTER = 1.959963984540054, 3.090232306167813
"""Standard deviations of the funnel's 95 % and 99.8 % lines."""

_FEW = 5.0  # expected hits or misses below which the normal curve misleads


def p_limits(rate: float, n: Floats, sigmas: float = LIMITS) -> tuple[Floats, Floats]:
    """Return the limits of a rate in counts ``n``, exact where hits or misses are few.

    Exact limits are the quantiles of the binomial law at the normal curve's tails,
    over n. NaN where n is nought.
    """
    from scipy import special

    counts = np.asarray(n, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        half = sigmas * np.sqrt(rate * (1 - rate) / counts)
        low, high = np.maximum(rate - half, 0.0), np.minimum(rate + half, 1.0)
        few = (np.minimum(counts * rate, counts * (1 - rate)) < _FEW) & (counts > 0)
        tail = float(special.ndtr(-sigmas))
        exact = (_binomial_quantile(p, counts, rate) / counts for p in (tail, 1 - tail))
        exact_low, exact_high = exact
    none = counts <= 0
    low, high = np.where(few, exact_low, low), np.where(few, exact_high, high)
    return np.where(none, np.nan, low), np.where(none, np.nan, high)


def _binomial_quantile(p: float, n: Floats, rate: float) -> Floats:
    """Return the least counts of hits among ``n`` that come with a chance of p.

    As ``scipy.stats.binom.ppf``, whose module takes a second to import.
    """
    from scipy import special

    if not 0 < rate < 1:
        return np.where(rate >= 1, n, 0.0)
    found = np.ceil(special.bdtrik(p, n, rate))
    below = np.maximum(found - 1, 0)
    reached = special.bdtr(below, n.astype(np.int64), rate) >= p
    least: Floats = np.where(reached, below, np.maximum(found, 0))
    return least


@dataclass(frozen=True, slots=True)
class Chart:
    """Rates with their limits; ``out`` beyond 3σ, ``warned`` beyond 2σ only."""

    centre: float
    rates: Floats
    low: Floats
    high: Floats
    warning_low: Floats
    warning_high: Floats

    @property
    def out(self) -> NDArray[np.bool_]:
        """Which points lie outside the limits."""
        return (self.rates < self.low) | (self.rates > self.high)

    @property
    def warned(self) -> NDArray[np.bool_]:
        """Which lie outside the warning lines and inside the limits."""
        beyond = (self.rates < self.warning_low) | (self.rates > self.warning_high)
        return beyond & ~self.out


def p_chart(hits: Floats, n: Floats, centre: float | None = None) -> Chart:
    """Return the p-chart of points; the centre is their common rate, or as given."""
    return _chart(hits, n, centre, LIMITS, WARNINGS)


def funnel(hits: Floats, n: Floats, centre: float | None = None) -> Chart:
    """Return the funnel of groups: limits 99.8 %, warning lines 95 %."""
    return _chart(hits, n, centre, FUNNEL_OUTER, FUNNEL_INNER)


@dataclass(frozen=True, slots=True)
class RareChart:
    """Cases between one loss and the next; ``high`` is 3σ, and below nought is none."""

    between: Floats
    centre: float
    low: float
    high: float


def g_chart(between: Floats) -> RareChart:
    """Return the g-chart of counts of cases between losses; NaN without any.

    A point above ``high`` tells that losses have become rarer than they were.

    Source: Benneyan (2001), μ ± 3 √(μ (μ + 1)) for counts from nought.
    """
    counts = np.asarray(between, dtype=float)
    if not len(counts):
        return RareChart(counts, float("nan"), float("nan"), float("nan"))
    mean = float(counts.mean())
    half = 3 * float(np.sqrt(mean * (mean + 1)))
    return RareChart(counts, mean, max(mean - half, 0.0), mean + half)


def between_losses(lost: NDArray[np.bool_]) -> Floats:
    """Return how many cases went well before each loss, cases in their order."""
    places = np.flatnonzero(lost)
    return np.diff(places, prepend=-1).astype(float) - 1


def _chart(
    hits: Floats, n: Floats, centre: float | None, outer: float, inner: float
) -> Chart:
    counts = np.asarray(n, dtype=float)
    total = float(counts.sum())
    if centre is None:
        centre = float(np.sum(hits)) / total if total else float("nan")
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = np.asarray(hits, dtype=float) / counts
    return Chart(
        centre,
        rates,
        *p_limits(centre, counts, outer),
        *p_limits(centre, counts, inner),
    )
