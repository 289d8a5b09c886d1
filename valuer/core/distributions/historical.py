"""Distributions that a past series of the same quantity implies.

Two readings of the past, which the appraiser must choose between: that the level
stays (each year varies about one mean), or that growth stays (each year's growth
varies about one rate, and errors add up). Both widen with what the series is too
short to tell.

Sources: the next value of a normal sample, x̄ ± t·s√(1 + 1/n), is standard (Hahn and
Meeker, Statistical Intervals, prediction of one future observation). Growth is the
maximum-likelihood drift of a geometric Brownian motion observed at uneven dates.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import ClassVar

import numpy as np

from valuer.core.distributions.listed import is_wild
from valuer.core.distributions.normal import Lognormal
from valuer.core.distributions.protocol import Floats

_YEAR = 365.25  # days; growth over many years knows no leap years


@dataclass(frozen=True, slots=True)
class HistoricalLevel:
    """The next value of a series that varies about one mean: Student's t.

    n values of mean x̄ and standard deviation s: x̄ + s√(1 + 1/n)·t with n − 1 degrees
    of freedom. Fewer than four values have no variance to tell.
    """

    values: tuple[float, ...]
    dates: tuple[date, ...]
    name: ClassVar[str] = "historical_level"

    @property
    def centre(self) -> float:
        return self.mean

    @property
    def mean(self) -> float:
        return math.fsum(self.values) / len(self.values)

    @property
    def scale(self) -> float:
        """What Student's t is multiplied by."""
        count, mean = len(self.values), self.mean
        squares = math.fsum((one - mean) * (one - mean) for one in self.values)
        return math.sqrt(squares / (count - 1) * (1 + 1 / count))

    @property
    def variance(self) -> float:
        freedom = len(self.values) - 1
        return self.scale * self.scale * freedom / (freedom - 2)

    def cumulative(self, x: float) -> float:
        from scipy.special import stdtr

        return float(stdtr(len(self.values) - 1, (x - self.mean) / self.scale))

    def quantile(self, u: Floats) -> Floats:
        from scipy.special import stdtrit

        return np.asarray(self.mean + self.scale * stdtrit(len(self.values) - 1, u))

    def fault(self) -> str:
        if len(self.values) < 4 or len(set(self.values)) < 2 or is_wild(self.values):
            return "values"
        return _dates_fault(self.values, self.dates)


@dataclass(frozen=True, slots=True)
class HistoricalGrowth:
    """The value on a later day of a series whose growth varies about one rate.

    With the logarithmic growths rᵢ over dᵢ years, T years in all and m growths:
    drift μ = Σr/T, σ² = Σ(rᵢ − μdᵢ)²/dᵢ/(m − 1); h years after the last value x the
    logarithm is normal with mean ln x + μh and variance σ²(h + h²/T), the second term
    for what T years cannot tell of μ. Its centre is the mean.
    """

    values: tuple[float, ...]
    dates: tuple[date, ...]
    on: date
    name: ClassVar[str] = "historical_growth"

    @property
    def drift(self) -> float:
        """Logarithmic growth a year."""
        return (math.log(self.values[-1]) - math.log(self.values[0])) / self._span

    @property
    def volatility(self) -> float:
        """Standard deviation of the logarithmic growth of a year."""
        years = np.array([day.toordinal() for day in self.dates]) / _YEAR
        growths, lengths = np.diff(np.log(self.values)), np.diff(years)
        squares = (growths - self.drift * lengths) ** 2 / lengths
        return math.sqrt(float(squares.sum()) / (len(growths) - 1))

    @property
    def lognormal(self) -> Lognormal:
        """The same as a lognormal."""
        ahead = _years(self.dates[-1], self.on)
        variance = self.volatility**2 * (ahead + ahead * ahead / self._span)
        middle = math.log(self.values[-1]) + self.drift * ahead
        return Lognormal(
            math.exp(middle + variance / 2), math.sqrt(math.expm1(variance))
        )

    @property
    def centre(self) -> float:
        return self.mean

    @property
    def mean(self) -> float:
        return self.lognormal.mean

    @property
    def variance(self) -> float:
        return self.lognormal.variance

    def cumulative(self, x: float) -> float:
        return self.lognormal.cumulative(x)

    def quantile(self, u: Floats) -> Floats:
        return self.lognormal.quantile(u)

    def fault(self) -> str:
        if len(self.values) < 3 or min(self.values) <= 0 or is_wild(self.values):
            return "values"
        if fault := _dates_fault(self.values, self.dates):
            return fault
        if not self.dates[-1] < self.on:
            return "on"
        try:
            return "values" if self.lognormal.fault() else ""
        except OverflowError:
            return "on"

    @property
    def _span(self) -> float:
        return _years(self.dates[0], self.dates[-1])


def _dates_fault(values: tuple[float, ...], dates: tuple[date, ...]) -> str:
    """Return "dates" unless each value has its date, the oldest first."""
    rising = all(one < other for one, other in pairwise(dates))
    return "" if len(dates) == len(values) and rising else "dates"


def _years(since: date, until: date) -> float:
    return (until - since).days / _YEAR
