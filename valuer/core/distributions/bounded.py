"""Distributions between two ends: triangular, PERT, uniform and beta.

Sources: triangular and PERT moments in closed form (the PERT variance is
(μ − a)(b − μ)/7, exactly).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from valuer.core.distributions.protocol import Floats

_LEAST_SHAPE, _MOST_SHAPE = 1e-3, 1e9
"""Beyond these shapes the inverse of the beta loses its digits."""


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
    def shapes(self) -> Beta:
        """The same by its two shapes."""
        rise, fall, width = (
            self.mode - self.low,
            self.high - self.mode,
            self.high - self.low,
        )
        return Beta(1 + 4 * rise / width, 1 + 4 * fall / width, self.low, self.high)

    def cumulative(self, x: float) -> float:
        return self.shapes.cumulative(x)

    def quantile(self, u: Floats) -> Floats:
        return self.shapes.quantile(u)

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
class Beta:
    """Beta between ``low`` and ``high`` by its two shapes, both above nought."""

    alpha: float
    beta: float
    low: float
    high: float
    name: ClassVar[str] = "beta"

    @property
    def centre(self) -> float:
        return self.mean

    @property
    def mean(self) -> float:
        share = self.alpha / (self.alpha + self.beta)
        return self.low + (self.high - self.low) * share

    @property
    def variance(self) -> float:
        both, width = self.alpha + self.beta, self.high - self.low
        share = self.alpha / both * (self.beta / both) / (both + 1)
        return width * width * share

    def cumulative(self, x: float) -> float:
        from scipy.special import betainc

        share = (x - self.low) / (self.high - self.low)
        return float(betainc(self.alpha, self.beta, min(max(share, 0.0), 1.0)))

    def quantile(self, u: Floats) -> Floats:
        from scipy.special import betaincinv

        share = betaincinv(self.alpha, self.beta, u)
        return np.asarray(self.low + (self.high - self.low) * share)

    def fault(self) -> str:
        for name, shape in (("alpha", self.alpha), ("beta", self.beta)):
            if not _LEAST_SHAPE <= shape <= _MOST_SHAPE:
                return name
        return "" if self.low < self.high else "high"


@dataclass(frozen=True, slots=True)
class BetaMoments:
    """Beta between ``low`` and ``high`` by its mean and standard deviation.

    Source: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions,
    vol. 2, ch. 25 (method of moments): with the mean m and the variance v as shares
    of the range, α + β = m(1 − m)/v − 1 and α = m(α + β).
    """

    mean: float
    sd: float
    low: float
    high: float
    name: ClassVar[str] = "beta_moments"

    @property
    def shapes(self) -> Beta:
        """The same by its two shapes."""
        width = self.high - self.low
        share, spread = (self.mean - self.low) / width, self.sd / width
        both = share * (1 - share) / (spread * spread) - 1
        return Beta(share * both, (1 - share) * both, self.low, self.high)

    @property
    def centre(self) -> float:
        return self.mean

    @property
    def variance(self) -> float:
        return self.sd * self.sd

    def cumulative(self, x: float) -> float:
        return self.shapes.cumulative(x)

    def quantile(self, u: Floats) -> Floats:
        return self.shapes.quantile(u)

    def fault(self) -> str:
        if not self.low < self.high:
            return "high"
        if not self.low < self.mean < self.high:
            return "mean"
        if not (self.high - self.low) * 1e-6 <= self.sd:
            return "sd"
        return "sd" if self.shapes.fault() else ""


def _ordered(low: float, mode: float, high: float) -> str:
    if not low < high:
        return "high"
    return "" if low <= mode <= high else "mode"
