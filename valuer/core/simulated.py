"""What a simulation found: mean, error, percentiles, histogram, convergence."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.problems import UserError
from valuer.core.sampling import Correlated, Coupling, Sequence
from valuer.core.texts import N_

PERCENTS = (1, 5, 10, 25, 50, 75, 90, 95, 99)
"""The percentiles that a summary tells."""


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
        sequence: where the uniform numbers came from; with Sobol, ``se`` is that of
            the replicates' means.
        coupling: how the correlated inputs were made so; ``correlations``: what was
            asked and achieved for each pair of them.
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
    sequence: Sequence = Sequence.PSEUDO_RANDOM
    coupling: Coupling | None = None
    correlations: tuple[Correlated, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return the summary as JSON; sequence and correlations where chosen."""
        chosen: dict[str, Any] = {}
        if self.sequence is not Sequence.PSEUDO_RANDOM:
            chosen["sequence"] = self.sequence.value
        if self.coupling is not None:
            chosen["coupling"] = self.coupling.value
            chosen["correlations"] = [asdict(one) for one in self.correlations]
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
            **chosen,
        }


def summary(values: Floats, seed: int, groups: int = 1) -> Simulation:
    """Return what values tell; ``groups`` of independent replicates run in turn.

    Raises:
        UserError: some value is not finite.
    """
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
        sd / math.sqrt(n) if groups == 1 else _error_of_means(values, groups),
        found[5],
        found[50],
        found[95],
        tuple(found.items()),
        tuple(edges),
        _counts(ordered, edges),
        _path(values, mean) if groups == 1 else _path_of_means(values, groups),
    )


def percentile_of(ordered: Floats, percent: float) -> Floats:
    """Return a percentile of ordered draws along the last axis.

    Linear between draws (Hyndman and Fan 1996, type 7).
    """
    place = (ordered.shape[-1] - 1) * percent / 100
    below = min(int(place), ordered.shape[-1] - 2)
    low, high = ordered[..., below], ordered[..., below + 1]
    return np.asarray(low + (high - low) * (place - below))


def _percentile(ordered: Floats, percent: float) -> float:
    return float(percentile_of(ordered, percent))


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


def _error_of_means(values: Floats, groups: int) -> float:
    """Return the standard error of the mean by the means of replicates."""
    means = np.array([values[group::groups].mean() for group in range(groups)])
    return float(means.std(ddof=1)) / math.sqrt(groups)


def _path_of_means(values: Floats, groups: int) -> tuple[tuple[int, float, float], ...]:
    """Return how mean and error settle as each replicate gets its next points."""
    rounds = len(values) // groups
    sums = np.cumsum(values[: rounds * groups].reshape(rounds, groups), axis=0)
    points = sorted({max(1, round(rounds * share / 50)) for share in range(1, 50)})
    found = []
    for point in points:
        means = sums[point - 1] / point
        error = float(means.std(ddof=1)) / math.sqrt(groups)
        found.append((point * groups, float(means.mean()), error))
    last = (len(values), float(values.mean()), _error_of_means(values, groups))
    return (*(one for one in found if one[0] < len(values)), last)
