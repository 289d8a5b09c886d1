"""Normal, truncated normal and lognormal distributions.

Source: lognormal by σ² = ln(1 + cv²), μ = ln m − σ²/2.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from valuer.core.distributions.protocol import Floats

_LEAST_LEFT = 1e-6
"""The least share of a normal that a truncated one may keep."""

_FAR = 12.0  # deviations, beyond which a normal has no more to tell


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
        return normal_share((x - self.mean) / self.sd)

    def quantile(self, u: Floats) -> Floats:
        return normal_quantile(u, self.mean, self.sd)

    def fault(self) -> str:
        return "" if self.sd > 0 else "sd"


@dataclass(frozen=True, slots=True)
class TruncatedNormal:
    """Normal of mean ``mu`` and deviation ``sigma``, cut to ``low`` and ``high``.

    ``mu`` and ``sigma`` are those before it is cut; ``mean`` is that of what is left.
    """

    mu: float
    sigma: float
    low: float
    high: float
    name: ClassVar[str] = "truncated_normal"

    @property
    def centre(self) -> float:
        return self.mean

    @property
    def mean(self) -> float:
        return self._moments[0]

    @property
    def variance(self) -> float:
        return self._moments[1]

    def cumulative(self, x: float) -> float:
        inside = min(max(x, self.low), self.high)
        return self._between(self.low, inside) / self._between(self.low, self.high)

    def quantile(self, u: Floats) -> Floats:
        a, b, sign = self._ends
        below, up_to = normal_share(a), normal_share(b)
        # Beyond the mean the share above is what keeps its digits: turned around.
        share = u if sign > 0 else 1 - u
        found = normal_quantile(
            below + share * (up_to - below), self.mu, sign * self.sigma
        )
        return np.clip(found, self.low, self.high)

    def fault(self) -> str:
        if not self.sigma > 0:
            return "sigma"
        if not self.low < self.high:
            return "high"
        left = self._between(self.low, self.high)
        return "" if left >= _LEAST_LEFT else "low"

    @property
    def _ends(self) -> tuple[float, float, int]:
        """The ends in deviations from ``mu``, mirrored where both lie above it."""
        a, b = (self.low - self.mu) / self.sigma, (self.high - self.mu) / self.sigma
        return (a, b, 1) if a < 0 else (-b, -a, -1)

    def _between(self, low: float, high: float) -> float:
        a, b = (low - self.mu) / self.sigma, (high - self.mu) / self.sigma
        if a > 0:
            a, b = -b, -a
        return normal_share(b) - normal_share(a)

    @property
    def _moments(self) -> tuple[float, float]:
        """Mean and variance, by Gauss and Legendre: closed forms lose their digits."""
        a, b = (self.low - self.mu) / self.sigma, (self.high - self.mu) / self.sigma
        a, b = max(a, -_FAR), min(b, _FAR)
        nodes, weights = np.polynomial.legendre.leggauss(120)
        z = (a + b) / 2 + (b - a) / 2 * nodes
        weights = weights * np.exp(-(z * z) / 2)
        weights /= weights.sum()
        mean = float((weights * z).sum())
        spread = float((weights * (z - mean) ** 2).sum())
        return self.mu + self.sigma * mean, self.sigma * self.sigma * spread


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
    def median(self) -> float:
        """Half of the values lie below it."""
        return math.exp(self.mu)

    @property
    def mode(self) -> float:
        """The likeliest value."""
        return math.exp(self.mu - self.sigma**2)

    def held_by_top(self, share: float) -> float:
        """Return what part of the whole the largest ``share`` of values holds."""
        from scipy.special import ndtri

        return normal_share(self.sigma + float(ndtri(share)))

    @property
    def centre(self) -> float:
        return self.mean

    @property
    def variance(self) -> float:
        return self.mean * self.cv * (self.mean * self.cv)

    def cumulative(self, x: float) -> float:
        if x <= 0:
            return 0.0
        return normal_share((math.log(x) - self.mu) / self.sigma)

    def quantile(self, u: Floats) -> Floats:
        logarithm = normal_quantile(u, self.mu, self.sigma)
        return np.exp(logarithm, out=logarithm)

    def fault(self) -> str:
        if self.mean <= 0:
            return "mean"
        # Beyond these the square of cv is lost or overflows.
        return "" if 1e-6 <= self.cv <= 1e6 else "cv"


def normal_share(z: float) -> float:
    """Return the probability of at most ``z`` standard deviations."""
    return 0.5 * math.erfc(-z / math.sqrt(2))


def normal_quantile(u: Floats, mean: float, sd: float) -> Floats:
    """Return the quantiles of a normal; same shape."""
    from scipy.special import ndtri

    found = np.asarray(ndtri(u))
    found *= sd
    found += mean
    return found
