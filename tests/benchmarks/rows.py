"""What a benchmark hands over, and how two ways are timed in turn."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        what: what is measured; ``against``: what it is compared with.
        measured: the figure in ``unit``; ``bound``: the most allowed, or None.
    """

    what: str
    against: str
    measured: float
    bound: float | None
    unit: str = "×"

    @property
    def within(self) -> bool:
        """Whether the figure keeps its bound."""
        return self.bound is None or self.measured <= self.bound


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work takes."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(
    ours: Callable[[], object], theirs: Callable[[], object], times: int = 5
) -> float:
    """Return the median of ``ours`` over the median of ``theirs``, run in turn."""
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(times)]
    mine, other = zip(*pairs, strict=True)
    return statistics.median(mine) / statistics.median(other)
