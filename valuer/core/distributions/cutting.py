"""A distribution cut to the range of its input."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuer.core.distributions.listed import Discrete, Empirical, Resampled
from valuer.core.distributions.protocol import Distribution, Floats


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
    below = 0.0 if low is None else _below(of, low)
    up_to = 1.0 if high is None else of.cumulative(high)
    return Cut(of, low, high, below, up_to)


def _below(of: Distribution, x: float) -> float:
    """Return the probability of less than ``x``; a single value may have one."""
    if isinstance(of, Discrete | Empirical | Resampled):
        return of.below(x)
    return of.cumulative(x)
