"""Blocks: a batch valued a piece at a time, within the memory given.

Arrays are (patents, places), in a simulation (patents, scenarios, places), whatever is
the same for all having one place instead. In memory places are outermost: a formula's
operations run along patents or scenarios, and a sum over places adds whole rows.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.method import Method
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.simulated import percentile_of
from valuer.core.simulation import MOST, Draws
from valuer.core.stock.batches import Batch, Drawn, Places
from valuer.core.texts import N_, message

BLOCK = 200_000
"""Figures of one array of a block: 10,000 scenarios of twenty years are one."""

ROWS = 100_000
"""The same where each patent is valued once: few enough for a processor's cache, and so
many that what goes over them takes longer than what is said of them."""

MANY = 20_000
"""The same where scenarios of several patents go together: each has a run of its own,
and a patent of many is faster alone."""

ARRAYS = 24
"""Arrays of a block that a formula holds at once, at most."""

FIGURES = ("value", "mean", "se", "p5", "p50", "p95")
"""What is found of each patent; without a simulation, the value alone."""

FREED = 28 * 1024**2
"""Bytes; just below what the C library at most keeps by it when freed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much at a time.

    Attributes:
        scenarios: of each patent, 0 for none.
        figures: of one array of a block, at most.
    """

    scenarios: int
    figures: int


def limits_of(scenarios: int, memory: int) -> Limits:
    """Return the limits that a simulation and a bound of memory in bytes set.

    Raises:
        UserError: so many scenarios are not simulated, or not in so little memory.
    """
    if scenarios and not 2 <= scenarios <= MOST:
        raise UserError(
            N_("The number of scenarios must lie between 2 and {most}; it is {n}."),
            most=MOST,
            n=scenarios,
        )
    kept = 3 * 8 * scenarios  # the values of a patent, in order, and their squares
    figures = min(BLOCK, (memory - kept) // (8 * ARRAYS))
    if figures < _LEAST:
        least = (kept + _LEAST * 8 * ARRAYS) / 1024**2
        text = N_("The memory given is too little; at least {least:.1f} MB are needed.")
        raise UserError(text, least=least)
    return Limits(scenarios, figures)


_LEAST = 2000
"""Figures of a block that hold two rows of the longest tables of usual methods."""


Tell = Callable[[int], None]
"""Told how many more patents are done."""


def value_batch(
    method: Method, batch: Batch, seeds: Sequence[int], limits: Limits, tell: Tell
) -> Floats:
    """Return what is found of each row: (1, rows), or (figures, rows) of a simulation.

    ``seeds`` are those of the rows, where scenarios are drawn.
    """
    # The C library gives freed memory of this size and less back to us, not to the
    # system, once it has seen one such piece: no block faults its pages in anew.
    np.empty(FREED, dtype=np.uint8)
    values = _alone(method, batch, limits)
    if batch.known is not None:
        values = np.where(np.isnan(batch.known), values, batch.known)
    if not limits.scenarios:
        tell(len(values))
        return values[np.newaxis]
    found = np.empty((len(FIGURES), len(batch.rows)))
    found[0], found[1:] = values, values
    if not batch.drawn:
        found[2] = 0.0
        tell(len(values))
        return found
    found[1:] = _simulated(method, batch, seeds, limits, tell)
    return found


def not_finite(figures: Floats, rows: Places) -> Iterator[Issue]:
    """Yield an error for each row that has no finite figure, and take the others."""
    for row in rows[~np.isfinite(figures[:, rows]).all(axis=0)]:
        is_value = math.isfinite(figures[0, row])
        text = (
            N_("Some scenarios give no finite value; narrow the inputs.")
            if is_value
            else N_("These parameters give no finite value.")
        )
        figures[1 if is_value else 0 :, row] = np.nan
        yield Issue(Severity.ERROR, message(text), row=int(row) + 1)


def _alone(method: Method, batch: Batch, limits: Limits) -> Floats:
    """Return the value of each row, its uncertain inputs at their centres."""
    values = np.empty(len(batch.rows))
    step = max(2, min(ROWS, limits.figures) // _width(batch))
    for start in range(0, len(values), step):
        end = min(start + step, len(values))
        # Never one row alone: its sums would run the other way, in another order.
        places = slice(start, end) if end - start > 1 else [start, start]
        arrays = {name: _rows(one, places) for name, one in batch.own.items()}
        arrays |= batch.laid.of(places) if batch.laid else {}
        found = method.values({**batch.shared, **arrays})
        values[start:end] = np.broadcast_to(found, np.shape(values[places]))[
            : end - start
        ]
    return values


def _width(batch: Batch) -> int:
    widths = [math.prod(one.shape[1:]) for one in batch.own.values()]
    return max([*widths, batch.laid.length.shape[1] if batch.laid else 1])


def _rows(array: Floats, places: Any) -> Floats:
    """Return some rows with their places outermost in memory."""
    if len(array) == 1 and isinstance(places, slice):
        return array
    some = array[places] if len(array) > 1 else np.repeat(array, 2, axis=0)
    is_by_place = some.ndim != 2 or some.strides[0] <= some.strides[1]
    return some if is_by_place else np.asfortranarray(some)


def _simulated(
    method: Method, batch: Batch, seeds: Sequence[int], limits: Limits, tell: Tell
) -> Floats:
    """Return mean, standard error and percentiles of each row; (5, rows)."""
    n, count = limits.scenarios, len(batch.rows)
    together = max(1, min(MANY, limits.figures) // (_width(batch) * n))
    found = np.empty((len(FIGURES) - 1, count))
    for start in range(0, count, together):
        rows = slice(start, min(start + together, count))
        values = _scenarios(method, batch, rows, seeds[rows], limits)
        with np.errstate(all="ignore"):
            found[:, rows] = _summary(values)
        tell(len(values))
    return found


def _scenarios(
    method: Method, batch: Batch, rows: slice, seeds: Sequence[int], limits: Limits
) -> Floats:
    """Return the values of all scenarios of some rows; (rows, scenarios)."""
    n = limits.scenarios
    own = {name: _held(one, rows) for name, one in batch.own.items()}
    laid = batch.laid.of(rows) if batch.laid else {}
    own |= {name: one[:, np.newaxis] for name, one in laid.items()}
    given = {name: _held(one, rows) for name, one in batch.given.items()}
    streams = [
        (
            drawn,
            [
                Draws(drawn.slot, of, seed)
                for of, seed in zip(drawn.of[rows], seeds, strict=True)
            ],
        )
        for drawn in batch.drawn
    ]
    step = max(1, limits.figures // _width(batch)) if len(seeds) == 1 else n
    values = np.empty((len(seeds), n))
    for start in range(0, n, step):
        count = min(step, n - start)
        arrays = {**batch.shared, **own, **_drawn(given, streams, count)}
        values[:, start : start + count] = method.values(arrays)
    return values


def _held(array: Floats, rows: slice) -> Floats:
    """Return some rows for every scenario: (rows or 1, 1, places)."""
    return (array if len(array) == 1 else array[rows])[:, np.newaxis]


def _drawn(
    given: Mapping[str, Floats],
    streams: Sequence[tuple[Drawn, list[Draws]]],
    count: int,
) -> dict[str, Floats]:
    """Return the arrays of one block that are drawn: (rows, scenarios, places)."""
    found: dict[str, Floats] = {}
    for drawn, of_rows in streams:
        draws = np.empty((len(of_rows), count))
        for row, stream in enumerate(of_rows):
            draws[row] = stream.next(count)
        name, index = drawn.slot.array, drawn.slot.index
        if not index:
            found[name] = draws[..., np.newaxis]
            continue
        if name not in found:
            same = given[name]
            places = np.empty((*same.shape[2:], *draws.shape))
            found[name] = np.moveaxis(places, (-2, -1), (0, 1))
            found[name][:] = same
        # Rows and scenarios last: they are outermost in an index of places alone.
        np.moveaxis(found[name], (0, 1), (-2, -1))[index] = draws
    return found


def _summary(values: Floats) -> Floats:
    """Return mean, standard error and percentiles of rows of scenarios; (5, rows)."""
    n = values.shape[-1]
    mean = values.mean(axis=-1, keepdims=True)
    error = values.std(axis=-1, ddof=1, mean=mean) / math.sqrt(n)
    values.sort(axis=-1)
    percentiles = [percentile_of(values, percent) for percent in (5, 50, 95)]
    return np.stack([mean[..., 0], error, *percentiles])
