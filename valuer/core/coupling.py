"""Inputs that move together: uniform numbers joined by rank (秩相关).

Gaussian copula: the numbers become normals, these are mixed, and become uniform
again; a block at a time, in no more memory than without.
Iman–Conover: the numbers of the whole sample are put in another order, that of
mixed normal scores, so that every input keeps exactly its independent draws. It holds
n numbers of each correlated input.
A wish for Spearman's ρₛ is one for 2 sin(π ρₛ/6) between the normals of either.

Source: Iman and Conover (1982), the scores' own correlation removed first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from valuer.core.correlation import mended, normal_matrix, triangular_root, wishes
from valuer.core.distributions import Floats
from valuer.core.problems import UserError
from valuer.core.progress import Progress
from valuer.core.sampling import (
    Correlated,
    Coupling,
    RankCorrelation,
    spearman_of_pearson,
)
from valuer.core.sequences import Stream
from valuer.core.texts import N_

MOST_HELD = 20_000_000
"""The most numbers that Iman–Conover holds: scenarios times correlated inputs."""

_BLOCK = 100_000  # numbers drawn at a time, between looks for Cancel

_LEAST, _MOST = 2.0**-54, 1 - 2.0**-53  # no number may round to 0 or 1


class Wishes:
    """The correlations wished for, mended where they contradict each other.

    ``names`` are the inputs that are correlated with some other.
    """

    def __init__(
        self, correlations: tuple[RankCorrelation, ...], known: tuple[str, ...]
    ) -> None:
        self.names, self._wished = wishes(correlations, known)
        self._matrix = mended(normal_matrix(self.names, self._wished))

    @property
    def root(self) -> Floats:
        """The mixing of independent normals."""
        return triangular_root(self._matrix)

    def told(self, achieved: Floats) -> tuple[Correlated, ...]:
        """Return what became of every pair."""
        found = []
        for i, a in enumerate(self.names):
            for j, b in enumerate(self.names[i + 1 :], i + 1):
                asked = self._wished.get((a, b))
                used = spearman_of_pearson(float(self._matrix[i, j]))
                if asked is not None and abs(used - asked) < 1e-12:
                    used = asked
                found.append(Correlated(a, b, asked, used, float(achieved[i, j])))
        return tuple(found)


class Joined(Protocol):
    """The streams of the correlated inputs, joined."""

    def next(self, count: int) -> Floats:
        """Return the next numbers of every input, shape (inputs, count)."""


class Copula:
    """Streams joined by a Gaussian copula, as they run."""

    def __init__(self, streams: Sequence[Stream], root: Floats) -> None:
        self._streams, self._root = streams, root

    def next(self, count: int) -> Floats:
        """Return the next numbers of every input, shape (inputs, count)."""
        from scipy.special import ndtr, ndtri

        drawn = np.stack([stream.next(count) for stream in self._streams])
        normals = ndtri(drawn)
        for place in range(1, len(drawn)):  # the first stays as it is
            drawn[place] = ndtr(_mixed(self._root[place], normals))
        return np.clip(drawn, _LEAST, _MOST, out=drawn)


class Reordered:
    """Streams joined by Iman and Conover's reordering of the whole sample."""

    def __init__(
        self,
        streams: Sequence[Stream],
        root: Floats,
        n: int,
        groups: int,
        progress: Progress,
    ) -> None:
        """Draw and reorder; ``groups`` of scenarios in turn, each by itself.

        Raises:
            UserError: there are too many numbers to hold, or too few to reorder.
            Cancelled: as ``progress`` raises it.
        """
        if n * len(streams) > MOST_HELD:
            text = N_(
                "Iman–Conover holds every draw of the {inputs} correlated inputs, at most"
                " {most} scenarios of them; use fewer scenarios or the Gaussian copula."
            )
            most = f"{MOST_HELD // len(streams):,}"
            raise UserError(text, inputs=len(streams), most=most)
        self._done = 0
        self._drawn = np.empty((len(streams), n))
        for place, stream in enumerate(streams):
            for start in range(0, n, _BLOCK):
                count = min(_BLOCK, n - start)
                self._drawn[place, start : start + count] = stream.next(count)
            progress(0, n)
        for group in range(groups):
            reorder(self._drawn[:, group::groups], root)
            progress(0, n)

    def next(self, count: int) -> Floats:
        """Return the next numbers of every input, shape (inputs, count)."""
        found = self._drawn[:, self._done : self._done + count]
        self._done += count
        return found


def reorder(drawn: Floats, root: Floats) -> None:
    """Put each row of ``drawn`` in the order that gives the correlations; in place.

    The first row keeps its order.

    Raises:
        UserError: there are too few numbers in a row.
    """
    from scipy.special import ndtri

    inputs, count = drawn.shape
    ranks = ndtri(np.arange(1, count + 1) / (count + 1))
    scores = np.empty(drawn.shape)
    for row, given in zip(scores, drawn, strict=True):
        row[np.argsort(given, kind="stable")] = ranks
    if count <= inputs or not (own := _own_root(scores)).diagonal().all():
        text = N_(
            "There are too few scenarios to correlate {inputs} inputs; use more of them."
        )
        raise UserError(text, inputs=inputs)
    for place in range(1, inputs):  # scores as if they had no correlation
        scores[place] -= _mixed(own[place, :place], scores)
        scores[place] /= own[place, place]
    for place in range(1, inputs):
        order = np.argsort(_mixed(root[place], scores), kind="stable")
        drawn[place, order] = np.sort(drawn[place])


class Grades:
    """The rank correlations of what is drawn, told by its uniform numbers."""

    def __init__(self, inputs: int) -> None:
        self._sums, self._products = np.zeros(inputs), np.zeros((inputs, inputs))
        self._count = 0

    def note(self, drawn: Floats) -> None:
        """Take note of the next numbers, shape (inputs, count)."""
        away = drawn - 0.5
        self._sums += away.sum(axis=1)
        self._products += away @ away.T
        self._count += drawn.shape[1]

    @property
    def achieved(self) -> Floats:
        """The correlations of all that was noted."""
        means = self._sums / self._count
        covariance = self._products / self._count - np.outer(means, means)
        spread = np.sqrt(np.diag(covariance))
        return np.asarray(covariance / np.outer(spread, spread))


def joined(
    how: Coupling,
    streams: Sequence[Stream],
    root: Floats,
    n: int,
    groups: int,
    progress: Progress,
) -> Joined:
    """Return the streams joined."""
    if how is Coupling.GAUSSIAN_COPULA:
        return Copula(streams, root)
    return Reordered(streams, root, n, groups, progress)


def _own_root(scores: Floats) -> Floats:
    squares = float((scores[0] * scores[0]).sum())
    return triangular_root(scores @ scores.T / squares)


def _mixed(weights: Floats, rows: Floats) -> Floats:
    """Return the weighted sum of rows, added in order: the same on every machine."""
    found = weights[0] * rows[0]
    for weight, row in zip(weights[1:].tolist(), rows[1:], strict=False):
        if weight:
            found += weight * row
    return np.asarray(found)
