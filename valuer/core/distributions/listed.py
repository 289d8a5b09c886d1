"""Distributions that are a list of values: discrete, resampled, empirical.

Values may stand in any order. ``below`` tells the probability of less than a value,
which differs from that of at most it, since single values have a probability.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from valuer.core.distributions.protocol import Floats

_SUM = 1e-9
"""How far probabilities may be from one together."""

_MOST = 1e150  # beyond it squares overflow


def is_wild(values: tuple[float, ...]) -> bool:
    """Whether values are too great to reckon with."""
    return any(abs(value) > _MOST for value in values)


@dataclass(frozen=True, slots=True)
class Discrete:
    """Each of ``values`` with its probability; these sum to one."""

    values: tuple[float, ...]
    probabilities: tuple[float, ...]
    name: ClassVar[str] = "discrete"

    @property
    def centre(self) -> float:
        return self.mean

    @property
    def mean(self) -> float:
        values, shares = self._ordered
        return float((values * shares).sum())

    @property
    def variance(self) -> float:
        values, shares = self._ordered
        return float(((values - self.mean) ** 2 * shares).sum())

    def cumulative(self, x: float) -> float:
        values, shares = self._ordered
        return min(float(shares[values <= x].sum()), 1.0)

    def below(self, x: float) -> float:
        """Return the probability of less than ``x``."""
        values, shares = self._ordered
        return min(float(shares[values < x].sum()), 1.0)

    def quantile(self, u: Floats) -> Floats:
        values, shares = self._ordered
        steps = np.cumsum(shares)
        return values[np.searchsorted(steps[:-1], u)]

    def fault(self) -> str:
        if not self.values or is_wild(self.values):
            return "values"
        shares = self.probabilities
        if len(shares) != len(self.values) or min(shares) < 0:
            return "probabilities"
        return "" if abs(sum(shares) - 1) <= _SUM else "probabilities"

    @property
    def _ordered(self) -> tuple[Floats, Floats]:
        """The values that may come, rising, with their probabilities."""
        values, shares = np.array(self.values), np.array(self.probabilities)
        order = np.argsort(values, kind="stable")
        order = order[shares[order] > 0]
        return values[order], shares[order] / shares.sum()


@dataclass(frozen=True, slots=True)
class Resampled:
    """One of the ``values`` observed, all alike (drawing again with replacement)."""

    values: tuple[float, ...]
    name: ClassVar[str] = "resampled"

    @property
    def centre(self) -> float:
        return self.mean

    @property
    def mean(self) -> float:
        return float(np.mean(self.values))

    @property
    def variance(self) -> float:
        return float(np.var(self.values))

    def cumulative(self, x: float) -> float:
        return sum(value <= x for value in self.values) / len(self.values)

    def below(self, x: float) -> float:
        """Return the probability of less than ``x``."""
        return sum(value < x for value in self.values) / len(self.values)

    def quantile(self, u: Floats) -> Floats:
        count = len(self.values)
        places = np.minimum((u * count).astype(np.intp), count - 1)
        return np.sort(self.values)[places]

    def fault(self) -> str:
        is_fit = len(self.values) > 1 and not is_wild(self.values)
        return "" if is_fit else "values"


@dataclass(frozen=True, slots=True)
class Empirical:
    """Anything between the ``values`` observed, linear between their quantiles.

    Source: Hyndman and Fan (1996), type 7: of n values the k-th smallest is the
    quantile (k − 1)/(n − 1).
    """

    values: tuple[float, ...]
    name: ClassVar[str] = "empirical"

    @property
    def centre(self) -> float:
        return self.mean

    @property
    def mean(self) -> float:
        ordered = np.sort(self.values)
        return float((ordered[1:] + ordered[:-1]).mean() / 2)

    @property
    def variance(self) -> float:
        # Within a stretch the values are uniform: their mean square in closed form.
        away = np.sort(self.values) - self.mean
        low, high = away[:-1], away[1:]
        return float((low * low + low * high + high * high).mean() / 3)

    def cumulative(self, x: float) -> float:
        return self._share(x, is_with=True)

    def below(self, x: float) -> float:
        """Return the probability of less than ``x``."""
        return self._share(x, is_with=False)

    def quantile(self, u: Floats) -> Floats:
        ordered = np.sort(self.values)
        place = u * (len(ordered) - 1)
        lower = np.minimum(place.astype(np.intp), len(ordered) - 2)
        low, high = ordered[lower], ordered[lower + 1]
        return np.asarray(low + (high - low) * (place - lower))

    def fault(self) -> str:
        is_fit = len(set(self.values)) > 1 and not is_wild(self.values)
        return "" if is_fit else "values"

    def _share(self, x: float, *, is_with: bool) -> float:
        ordered = np.sort(self.values)
        above = int(np.searchsorted(ordered, x, "right" if is_with else "left"))
        if above in (0, len(ordered)):
            return float(above > 0)
        low, high = float(ordered[above - 1]), float(ordered[above])
        return (above - 1 + (x - low) / (high - low)) / (len(ordered) - 1)
