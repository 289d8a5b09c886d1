"""Distributions of an uncertain input.

Each knows its centre (mode of triangular and PERT, mean of the others), its mean and
variance, and the inverse of its distribution function, so that the same uniform
draws serve all of them on every platform.

Sources: triangular and PERT moments in closed form (the PERT variance is
(μ − a)(b − μ)/7, exactly); lognormal by σ² = ln(1 + cv²), μ = ln m − σ²/2.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, TypeGuard

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Distribution(Protocol):
    """What every distribution offers."""

    name: ClassVar[str]

    @property
    def centre(self) -> float:
        """The value used where a single number is wanted."""

    @property
    def mean(self) -> float:
        """The expected value."""

    @property
    def variance(self) -> float:
        """The variance, exactly."""

    def cumulative(self, x: float) -> float:
        """Return the probability of at most ``x``."""

    def quantile(self, u: Floats) -> Floats:
        """Return the values below which the shares ``u`` of draws lie; same shape."""

    def fault(self) -> str:
        """Return the name of the first parameter that makes no sense, or ""."""


@dataclass(frozen=True, slots=True)
class Triangular:
    """Triangular between ``low`` and ``high`` with its peak at ``mode``."""

    low: float
    mode: float
    high: float
    name: ClassVar[str] = "triangular"

    @property
    def centre(self) -> float:
        return self.mode

    @property
    def mean(self) -> float:
        return (self.low + self.mode + self.high) / 3

    @property
    def variance(self) -> float:
        rise, fall = self.mode - self.low, self.high - self.mode
        return (rise * rise + rise * fall + fall * fall) / 18

    def cumulative(self, x: float) -> float:
        a, m, b = self.low, self.mode, self.high
        if x <= a or x >= b:
            return float(x >= b)
        if x < m:
            return (x - a) / (b - a) * ((x - a) / (m - a))
        return 1 - (b - x) / (b - a) * ((b - x) / (b - m))

    def quantile(self, u: Floats) -> Floats:
        a, m, b = self.low, self.mode, self.high
        rising = a + np.sqrt(u * (b - a) * (m - a))
        falling = b - np.sqrt((1 - u) * (b - a) * (b - m))
        return np.where(u < (m - a) / (b - a), rising, falling)

    def fault(self) -> str:
        return _ordered(self.low, self.mode, self.high)


@dataclass(frozen=True, slots=True)
class Pert:
    """PERT: a beta between ``low`` and ``high``, mean (low + 4 mode + high)/6."""

    low: float
    mode: float
    high: float
    name: ClassVar[str] = "pert"

    @property
    def centre(self) -> float:
        return self.mode

    @property
    def mean(self) -> float:
        return (self.low + 4 * self.mode + self.high) / 6

    @property
    def variance(self) -> float:
        return (self.mean - self.low) * (self.high - self.mean) / 7

    @property
    def _shape(self) -> tuple[float, float]:
        width = self.high - self.low
        return (
            1 + 4 * (self.mode - self.low) / width,
            1 + 4 * (self.high - self.mode) / width,
        )

    def cumulative(self, x: float) -> float:
        from scipy.special import betainc

        share = (x - self.low) / (self.high - self.low)
        return float(betainc(*self._shape, min(max(share, 0.0), 1.0)))

    def quantile(self, u: Floats) -> Floats:
        from scipy.special import betaincinv

        share = betaincinv(*self._shape, u)
        return np.asarray(self.low + (self.high - self.low) * share)

    def fault(self) -> str:
        return _ordered(self.low, self.mode, self.high)


@dataclass(frozen=True, slots=True)
class Uniform:
    """Every value between ``low`` and ``high`` alike."""

    low: float
    high: float
    name: ClassVar[str] = "uniform"

    @property
    def centre(self) -> float:
        return self.mean

    @property
    def mean(self) -> float:
        return (self.low + self.high) / 2

    @property
    def variance(self) -> float:
        return (self.high - self.low) * (self.high - self.low) / 12

    def cumulative(self, x: float) -> float:
        return min(max((x - self.low) / (self.high - self.low), 0.0), 1.0)

    def quantile(self, u: Floats) -> Floats:
        return self.low + (self.high - self.low) * u

    def fault(self) -> str:
        return "" if self.low < self.high else "high"


@dataclass(frozen=True, slots=True)
class Normal:
    """Normal with ``mean`` and standard deviation ``sd``."""

    mean: float
    sd: float
    name: ClassVar[str] = "normal"

    @property
    def centre(self) -> float:
        return self.mean

    @property
    def variance(self) -> float:
        return self.sd * self.sd

    def cumulative(self, x: float) -> float:
        return _normal_share((x - self.mean) / self.sd)

    def quantile(self, u: Floats) -> Floats:
        return _normal_quantile(u, self.mean, self.sd)

    def fault(self) -> str:
        return "" if self.sd > 0 else "sd"


@dataclass(frozen=True, slots=True)
class Lognormal:
    """Lognormal with ``mean`` and coefficient of variation ``cv``."""

    mean: float
    cv: float
    name: ClassVar[str] = "lognormal"

    @property
    def sigma(self) -> float:
        """Standard deviation of the logarithm."""
        return math.sqrt(math.log1p(self.cv**2))

    @property
    def mu(self) -> float:
        """Mean of the logarithm."""
        return math.log(self.mean) - self.sigma**2 / 2

    @property
    def centre(self) -> float:
        return self.mean

    @property
    def variance(self) -> float:
        return self.mean * self.cv * (self.mean * self.cv)

    def cumulative(self, x: float) -> float:
        if x <= 0:
            return 0.0
        return _normal_share((math.log(x) - self.mu) / self.sigma)

    def quantile(self, u: Floats) -> Floats:
        logarithm = _normal_quantile(u, self.mu, self.sigma)
        return np.exp(logarithm, out=logarithm)

    def fault(self) -> str:
        if self.mean <= 0:
            return "mean"
        # Beyond these the square of cv is lost or overflows.
        return "" if 1e-6 <= self.cv <= 1e6 else "cv"


DISTRIBUTIONS: dict[str, type[Any]] = {
    kind.name: kind for kind in (Triangular, Pert, Uniform, Normal, Lognormal)
}
"""The distributions by the name used in JSON."""


def is_distribution(value: object) -> TypeGuard[Distribution]:
    """Whether a value is a distribution rather than a number."""
    return isinstance(value, tuple(DISTRIBUTIONS.values()))


@dataclass(frozen=True, slots=True)
class Cut:
    """A distribution within a range; what lies outside is cut off.

    Attributes:
        below: probability below the range; ``up_to``: up to its upper end.
    """

    of: Distribution
    low: float | None
    high: float | None
    below: float
    up_to: float

    @property
    def outside(self) -> float:
        """The probability that is cut off."""
        return self.below + (1 - self.up_to)

    def quantile(self, u: Floats) -> Floats:
        """Return the values below which the shares ``u`` of draws lie; same shape."""
        if not self.outside:
            return self.of.quantile(u)
        found = self.of.quantile(self.below + u * (self.up_to - self.below))
        # The quantile function may overstep an end by its last digit.
        return np.clip(found, self.low, self.high)


def within(of: Distribution, low: float | None, high: float | None) -> Cut:
    """Return a distribution cut to a range; None leaves an end open."""
    below = 0.0 if low is None else of.cumulative(low)
    up_to = 1.0 if high is None else of.cumulative(high)
    return Cut(of, low, high, below, up_to)


def _ordered(low: float, mode: float, high: float) -> str:
    if not low < high:
        return "high"
    return "" if low <= mode <= high else "mode"


def _normal_share(z: float) -> float:
    return 0.5 * math.erfc(-z / math.sqrt(2))


def _normal_quantile(u: Floats, mean: float, sd: float) -> Floats:
    from scipy.special import ndtri

    found = np.asarray(ndtri(u))
    found *= sd
    found += mean
    return found
