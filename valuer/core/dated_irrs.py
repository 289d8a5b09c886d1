"""Internal rates of return of dated flows: every rate at which they are worth nothing.

At the force of interest ρ = ln(1 + r) flows are worth Σ C exp(−ρ t). Descartes' rule
holds for any times: flows that change sign once have one rate at most, however great.
Others are looked over on a grid; a change of sign is a rate, and so is a place where
the worth touches nought.

Source: Excel's documentation of XIRR; Descartes' rule for exponential sums (Laguerre).
"""

from __future__ import annotations

import numpy as np

from valuer.core.distributions import Floats

_LEAST, _MOST = float(np.log(1e-12)), float(np.log(1e300))
_GRID = np.concatenate(
    [
        np.linspace(_LEAST, np.log(1e-4), 500, endpoint=False),
        np.linspace(np.log(1e-4), np.log(101), 4000, endpoint=False),
        np.geomspace(np.log(101), _MOST, 500),
    ]
)
_NOUGHT = 1e-15  # of a day's flows: what rounding leaves of flows that cancel
_CLOSE = 1e-9  # of the flows' absolute worth: as good as nothing
_APART = 1e-5  # of 1 + r: rates nearer than this are one


def dated_irrs(flows: Floats, years: Floats) -> Floats:
    """Return every rate in (−1, 1e300) of rows of dated flows, sorted, then NaN.

    ``flows`` and ``years`` have the shape (rows, n); the result (rows, most rates).
    """
    found = [_rates(*row) for row in zip(flows, years, strict=True)]
    table = np.full((len(found), max(map(len, found), default=1) or 1), np.nan)
    for row, rates in zip(table, found, strict=True):
        row[: len(rates)] = rates
    return table


def dated_irrs_work(flows: int) -> float:
    """Return the figures that finding every rate of one row computes."""
    return 100_000.0 + 13_000.0 * flows


def _rates(flows: Floats, years: Floats) -> list[float]:
    flows, times = _by_day(flows, years)
    changes = np.count_nonzero(np.diff(np.sign(flows)))
    if not changes:
        return []
    worth = _Worth(flows, times - times[0])
    forces = worth.between(_LEAST, _MOST) if changes == 1 else worth.all()
    return [float(np.expm1(one)) for one in forces]


def _by_day(flows: Floats, years: Floats) -> tuple[Floats, Floats]:
    """Return the flow of each day that has one, in the order of the days."""
    times, place = np.unique(years, return_inverse=True)
    sums: Floats = np.bincount(place, weights=flows).astype(np.float64)
    is_flow = abs(sums) > _NOUGHT * np.bincount(place, weights=abs(flows))
    return sums[is_flow], times[is_flow]


class _Worth:
    """The worth of flows as a function of the force of interest."""

    def __init__(self, flows: Floats, times: Floats) -> None:
        self._flows = flows
        self._times = times

    def __call__(self, force: float) -> float:
        return float(self._parts(force).sum())

    def all(self) -> list[float]:
        """Return every force at which the worth is nought, sorted."""
        worths = self._on_grid()
        is_positive = worths >= 0
        found: list[float] = []
        for at in np.flatnonzero(is_positive[:-1] != is_positive[1:]):
            found += self.between(_GRID[at], _GRID[at + 1])
        size, inner = abs(worths), is_positive[1:-1]
        is_low = (size[1:-1] <= size[:-2]) & (size[1:-1] < size[2:])
        is_low &= (is_positive[:-2] == inner) & (is_positive[2:] == inner)
        for at in np.flatnonzero(is_low) + 1:
            found += self._near(_GRID[at - 1], _GRID[at + 1])
        found.sort()
        return [
            one
            for place, one in enumerate(found)
            if not place or one - found[place - 1] > _APART
        ]

    def between(self, low: float, high: float) -> list[float]:
        """Return the force between two at which the worth changes sign, if it does."""
        from scipy.optimize import brentq

        first, last = self(low), self(high)
        if (first >= 0) == (last >= 0):
            return []
        return [float(brentq(self, low, high, xtol=1e-15, maxiter=2000))]

    def _near(self, low: float, high: float) -> list[float]:
        """Return the forces about a lowest point: none, one that touches, or two."""
        from scipy.optimize import brentq

        since = self._since((low + high) / 2)

        def slope(force: float) -> float:
            return float((since * self._flows * np.exp(-force * since)).sum())

        if slope(low) * slope(high) >= 0:
            return []
        lowest = float(brentq(slope, low, high, xtol=1e-15))
        if abs(self(lowest)) <= _CLOSE * abs(self._parts(lowest)).sum():
            return [lowest]
        return self.between(low, lowest) + self.between(lowest, high)

    def _on_grid(self) -> Floats:
        forces = _GRID[:, np.newaxis]
        since = np.where(forces < 0, self._times - self._times[-1], self._times)
        return np.asarray((self._flows * np.exp(-forces * since)).sum(axis=-1))

    def _parts(self, force: float) -> Floats:
        return np.asarray(self._flows * np.exp(-force * self._since(force)))

    def _since(self, force: float) -> Floats:
        """Return the years from the day on which the worth is taken.

        That is the last one where rates are below nought: nothing overflows.
        """
        return self._times - self._times[-1] if force < 0 else self._times
