"""``value_many``: the values of a stock of patents, in parts, wherever they are reckoned.

A part of the rows is one task: read, laid out and valued in blocks that fit the memory
given. An executor of ``concurrent.futures`` may run the tasks, threads, processes or a
cluster's; what comes out is the same, for each patent has its own seed and no figure
depends on its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.method import Method
from valuer.core.problems import Issue, UserError
from valuer.core.progress import Progress, ignore
from valuer.core.stock.batches import Batch, rows_together
from valuer.core.stock.blocks import (
    FIGURES,
    Limits,
    Tell,
    limits_of,
    not_finite,
    value_batch,
)
from valuer.core.stock.columns import Column, Columns, count_of, part, row_of
from valuer.core.stock.plain import plain_batches
from valuer.core.texts import N_

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

MEMORY = 256 * 1024**2
"""Bytes that a stock may take where the caller names no bound."""

PART = 131_072
"""The most patents of one task."""

SIMULATED_PART = 4096
"""The most patents of one task that simulates."""

SENT_PART = 128
"""The same of a task that an executor runs, which is told of when it is done."""

BYTES = 2048
"""What a patent takes within its task, periods of twenty years and all."""

AHEAD = 64
"""Tasks handed to an executor ahead of those done."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What was found of each patent, in the order of the rows.

    Attributes:
        value: shape (patents,), uncertain inputs at their centres; NaN where refused.
        mean: of the scenarios of each; ``se``: its standard error; ``p5``, ``p50`` and
            ``p95``: percentiles, linear between draws. None without a simulation.
        issues: what refused rows were refused for, with their rows from 1.
    """

    value: Floats
    issues: tuple[Issue, ...]
    mean: Floats | None = None
    se: Floats | None = None
    p5: Floats | None = None
    p50: Floats | None = None
    p95: Floats | None = None


@dataclass(frozen=True, slots=True)
class _Task:
    """A part of the rows; ``seeds`` are theirs, or the one of the whole stock."""

    method: Method
    columns: dict[str, Column]
    start: int
    count: int
    seeds: int | tuple[int, ...]
    limits: Limits


Done = tuple[int, Floats, list[Issue]]
"""Where a part starts, its figures (kinds, patents), and its refusals."""


def value_many(
    method: Method,
    columns: Columns,
    *,
    executor: Executor | None = None,
    memory: int = MEMORY,
    progress: Progress = ignore,
    scenarios: int = 0,
    seeds: int | Sequence[int] = 0,
) -> Stock:
    """Value each patent of a stock.

    Args:
        method: how.
        columns: parameters, as ``core.stock.columns`` says.
        executor: runs the tasks; None: this thread.
        memory: bytes that each task may take beside the columns.
        progress: told how many patents are done of how many.
        scenarios: how many to simulate of each patent; 0: none.
        seeds: that of each patent, as a single simulation takes it, or one that the
            patents' are spawned from in the order of the rows.

    Raises:
        UserError: columns do not go together, or scenarios, seeds or memory are out of
            range.
        Cancelled: as ``progress`` raises it.
    """
    count = count_of(columns)
    limits = limits_of(scenarios, memory)
    found = np.full((len(FIGURES) if scenarios else 1, count), np.nan)
    issues: list[Issue] = []
    size = _size(limits, memory, is_sent=executor is not None)
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        progress(min(done, count), count)

    tasks = _tasks(method, columns, count, _checked(seeds, count), limits, size)
    for start, figures, wrong in _run(tasks, executor, tell):
        found[:, start : start + figures.shape[1]] = figures
        issues.extend(wrong)
    progress(count, count)
    issues.sort(key=lambda issue: issue.row or 0)
    told = dict(zip(FIGURES, found, strict=False))
    return Stock(issues=tuple(issues), **told)


def seeds_of(seed: int, start: int, count: int) -> tuple[int, ...]:
    """Return the seeds of ``count`` patents from a row (from 0), spawned from one."""
    rows = range(start, start + count)
    spawned = (np.random.SeedSequence(seed, spawn_key=(row,)) for row in rows)
    words = (each.generate_state(1, np.uint64)[0] for each in spawned)
    return tuple(int(word >> np.uint64(1)) for word in words)


def _checked(seeds: int | Sequence[int], count: int) -> int | tuple[int, ...]:
    given = (seeds,) if isinstance(seeds, int) else tuple(int(one) for one in seeds)
    if any(not 0 <= seed < 2**63 for seed in given):
        raise UserError(N_("The seed must be a whole number from 0."))
    if isinstance(seeds, int):
        return seeds
    if len(given) != count:
        text = N_("There are {found} seeds for {count} patents; give one of each.")
        raise UserError(text, found=len(given), count=count)
    return given


def _size(limits: Limits, memory: int, *, is_sent: bool) -> int:
    """Return how many patents a task takes."""
    if limits.scenarios:
        return SENT_PART if is_sent else SIMULATED_PART
    return max(SENT_PART, min(PART, memory // BYTES))


def _tasks(
    method: Method,
    columns: Columns,
    count: int,
    seeds: int | tuple[int, ...],
    limits: Limits,
    size: int,
) -> Iterator[_Task]:
    for start in range(0, count, size):
        end = min(start + size, count)
        own = seeds if isinstance(seeds, int) else seeds[start:end]
        yield _Task(method, part(columns, start, end), start, end - start, own, limits)


def _run(
    tasks: Iterator[_Task], executor: Executor | None, tell: Tell
) -> Iterator[Done]:
    """Yield what is done, in any order."""
    if executor is None:
        for task in tasks:
            yield _work(task, tell)
        return
    from concurrent.futures import FIRST_COMPLETED, wait

    waiting: set[Future[Done]] = set()
    try:
        while True:
            ahead = islice(tasks, AHEAD - len(waiting))
            waiting |= {executor.submit(_work, task) for task in ahead}
            if not waiting:
                return
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                found = future.result()
                tell(found[1].shape[1])
                yield found
    finally:
        for future in waiting:
            future.cancel()


def _untold(more: int) -> None:
    """Take a report and do nothing: the task is told of when it is done."""


def _work(task: _Task, tell: Tell = _untold) -> Done:
    """Value a part of the rows; what a process or a machine elsewhere runs."""
    issues: list[Issue] = []
    scenarios = task.limits.scenarios
    figures = np.full((len(FIGURES) if scenarios else 1, task.count), np.nan)
    plain, left = plain_batches(task.method, task.columns, task.count)
    alone = ((int(row), row_of(task.columns, int(row))) for row in left)
    for batch in chain(plain, rows_together(task.method, alone, issues)):
        found = value_batch(
            task.method, batch, _seeds_of_rows(task, batch), task.limits, tell
        )
        figures[:, batch.rows] = found
        issues.extend(not_finite(figures, batch.rows))
    moved = [replace(one, row=(one.row or 0) + task.start) for one in issues]
    return task.start, figures, moved


def _seeds_of_rows(task: _Task, batch: Batch) -> list[int]:
    if not task.limits.scenarios:
        return []
    of_task = task.seeds
    if isinstance(of_task, int):
        of_task = seeds_of(of_task, task.start, task.count)
    return [of_task[row] for row in batch.rows]
