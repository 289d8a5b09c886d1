"""Monte Carlo simulation (蒙特卡洛模拟) of a method with uncertain inputs.

Each uncertain input has its own stream, spawned from the seed by its slot among the
parameters, so the same seed gives the same draws whatever the block, the machine or
the other inputs: raw PCG64DXSM integers k become (k + ½)/2⁵³, and these pass through
the input's quantile function.
Draws outside a parameter's range are cut off by mapping the uniforms into it. Blocks
are small: fast, little memory, and Cancel is heard between them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from valuer.core.distributions import Distribution, Floats, within
from valuer.core.method import Method, centred, uncertain
from valuer.core.problems import UserError
from valuer.core.progress import Progress, ignore
from valuer.core.slots import Slot, number_arrays
from valuer.core.texts import N_

BLOCK = 8000
"""Scenarios at a time."""

MOST = 10_000_000
"""The most scenarios of one simulation."""

PERCENTS = (1, 5, 10, 25, 50, 75, 90, 95, 99)
"""The percentiles that a summary tells."""

_DROPPED = np.uint64(11)  # bits below the 53 that a float holds
_STEP = 2.0**-53


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a simulation found; draws are not kept.

    Attributes:
        se: standard error of the mean.
        percentiles: (percent, value) for each of ``PERCENTS``, linear between draws;
            ``p5``, ``p50`` and ``p95`` are among them.
        edges: borders of the histogram's bars; ``counts``: draws in each.
        path: (scenarios, mean so far, its standard error) at some points, to show
            convergence.
    """

    n: int
    seed: int
    mean: float
    sd: float
    se: float
    p5: float
    p50: float
    p95: float
    percentiles: tuple[tuple[float, float], ...]
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    path: tuple[tuple[int, float, float], ...]

    def plain(self) -> dict[str, Any]:
        """Return the summary as JSON."""
        return {
            "n": self.n,
            "seed": self.seed,
            "mean": self.mean,
            "se": self.se,
            "sd": self.sd,
            "p5": self.p5,
            "p50": self.p50,
            "p95": self.p95,
            "percentiles": {
                f"{percent:g}": value for percent, value in self.percentiles
            },
        }


def simulate(
    method: Method, params: Any, n: int, seed: int = 0, progress: Progress = ignore
) -> Simulation:
    """Value ``n`` scenarios of ``params``.

    Raises:
        UserError: nothing is uncertain, ``n`` or ``seed`` is out of range, or a
            scenario has no finite value.
        Cancelled: as ``progress`` raises it.
    """
    if not uncertain(params):
        raise UserError(
            N_("No parameter is uncertain; give at least one a distribution.")
        )
    if not 2 <= n <= MOST:
        raise UserError(
            N_("The number of scenarios must lie between 2 and {most}; it is {n}."),
            most=MOST,
            n=n,
        )
    if not 0 <= seed < 2**63:
        raise UserError(N_("The seed must be a whole number from 0."))
    with np.errstate(all="ignore"):
        values = _values(method, params, n, seed, progress)
        return _summary(values, seed)


class _Draws:
    """The stream of one uncertain input."""

    def __init__(self, slot: Slot, of: Distribution, seed: int) -> None:
        self.slot = slot
        sequence = np.random.SeedSequence(seed, spawn_key=slot.key)
        self._bits = np.random.PCG64DXSM(sequence)
        self._cut = within(of, slot.parameter.low, slot.parameter.high)

    def next(self, count: int) -> Floats:
        """Return the next ``count`` draws, shape (count,)."""
        raw = np.asarray(self._bits.random_raw(count), dtype=np.uint64)
        u = (raw >> _DROPPED).astype(np.float64)
        u += 0.5
        u *= _STEP
        return self._cut.quantile(u)


def _values(
    method: Method, params: Any, n: int, seed: int, progress: Progress
) -> Floats:
    method.checked(params)
    centre = centred(params)
    # A method may lay arrays out anew; what is drawn replaces the numbers as given.
    fixed, given = method.arrays(centre), number_arrays(centre)
    streams = [_Draws(slot, of, seed) for slot, of in uncertain(params)]
    values = np.empty(n)
    for done in range(0, n, BLOCK):
        count = min(BLOCK, n - done)
        arrays = {**fixed, **_block(given, streams, count)}
        values[done : done + count] = method.values(arrays)
        progress(done + count, n)
    return values


def _block(
    given: dict[str, Floats], streams: list[_Draws], count: int
) -> dict[str, Floats]:
    """Return the arrays of one block: (count, 1) or (count, places, …)."""
    drawn: dict[str, Floats] = {}
    for stream in streams:
        name, index, draws = stream.slot.array, stream.slot.index, stream.next(count)
        if not index:
            drawn[name] = draws[:, np.newaxis]
            continue
        if name not in drawn:
            same = given[name]
            places = np.repeat(same, count).reshape(*same.shape, count)
            # The scenarios of a place lie together.
            drawn[name] = np.moveaxis(places, -1, 0)
        places = drawn[name]
        np.moveaxis(places, 0, -1)[index] = draws
    return drawn


def _summary(values: Floats, seed: int) -> Simulation:
    n = len(values)
    mean, sd = float(values.mean()), float(values.std(ddof=1))
    if not math.isfinite(sd):
        raise UserError(N_("Some scenarios give no finite value; narrow the inputs."))
    ordered = np.sort(values)  # once, for percentiles and histogram
    edges = _edges(ordered)
    found = {percent: _percentile(ordered, percent) for percent in PERCENTS}
    return Simulation(
        n,
        seed,
        mean,
        sd,
        sd / math.sqrt(n),
        found[5],
        found[50],
        found[95],
        tuple(found.items()),
        tuple(edges),
        _counts(ordered, edges),
        _path(values, mean),
    )


def _percentile(ordered: Floats, percent: float) -> float:
    """Return a percentile, linear between draws (Hyndman and Fan 1996, type 7)."""
    place = (len(ordered) - 1) * percent / 100
    below = min(int(place), len(ordered) - 2)
    low, high = float(ordered[below]), float(ordered[below + 1])
    return low + (high - low) * (place - below)


def _edges(ordered: Floats) -> list[float]:
    """Return forty equal bars over the middle 99.8 %, the rest in the outer two."""
    low, high = _percentile(ordered, 0.1), _percentile(ordered, 99.9)
    edges = np.linspace(low, high, 41).tolist() if low < high else [low, high]
    return [float(ordered[0]), *edges[1:-1], float(ordered[-1])]


def _counts(ordered: Floats, edges: list[float]) -> tuple[int, ...]:
    """Return the draws in each bar; one on a border counts in the upper bar."""
    places = np.searchsorted(ordered, edges[1:-1]).tolist()
    borders = [0, *places, len(ordered)]
    return tuple(end - start for start, end in pairwise(borders))


def _path(values: Floats, mean: float) -> tuple[tuple[int, float, float], ...]:
    n = len(values)
    points = sorted({max(2, round(n * share / 50)) for share in range(1, 51)})
    counts = np.array(points)
    means = np.cumsum(values)[counts - 1] / counts
    # Squares about the mean of all: those of large values would lose their digits.
    squares = values - mean
    squares *= squares
    sums = np.cumsum(np.add.reduceat(squares, [0, *points[:-1]]))
    variances = np.maximum(sums - counts * (means - mean) ** 2, 0) / (counts - 1)
    errors = np.sqrt(variances / counts)
    return tuple(zip(points, means.tolist(), errors.tolist(), strict=True))
