"""Monte Carlo simulation (蒙特卡洛模拟) of a method with uncertain inputs.

Each uncertain input has its own stream, spawned from the seed by its slot among the
parameters, so the same seed gives the same draws whatever the block, the machine or
the other inputs; Sobol points serve instead where they are asked for, and rank
correlations join the streams of the inputs that they name, of no other. What is drawn
passes through the input's quantile function; a distribution that reaches out of its
parameter's range is cut off by mapping the uniforms into it. Blocks are small: fast,
little memory, and Cancel is heard between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from valuer.core.coupling import Grades, Wishes, joined
from valuer.core.distributions import Distribution, Floats, within
from valuer.core.method import Method, centred, uncertain
from valuer.core.problems import UserError
from valuer.core.progress import Progress, ignore
from valuer.core.quantities import place_of
from valuer.core.sampling import Correlated, Sampling, Sequence
from valuer.core.sequences import REPLICATES, PseudoRandom, Stream, sobol_streams
from valuer.core.simulated import PERCENTS, Simulation, percentile_of, summary
from valuer.core.slots import Slot, number_arrays
from valuer.core.texts import N_, message
from valuer.core.work import of_scenario

__all__ = [
    "BLOCK",
    "MOST",
    "PERCENTS",
    "Draws",
    "Simulation",
    "percentile_of",
    "simulate",
]

BLOCK = 8000
"""Scenarios at a time."""

MOST = 10_000_000
"""The most scenarios of one simulation."""

MOST_WORK = 100_000_000_000
"""The most figures of one simulation: some quarter of an hour."""

_HELD = 4_000_000
"""The most numbers of a block; wide inputs go in smaller ones."""


def simulate(
    method: Method,
    params: Any,
    n: int,
    seed: int = 0,
    progress: Progress = ignore,
    sampling: Sampling = Sampling(),  # noqa: B008 - a value that never changes
) -> Simulation:
    """Value ``n`` scenarios of ``params``.

    Sobol points are best where ``n`` is sixteen times a power of two: any other number
    is as true, but its error is greater. Iman–Conover holds n numbers for each
    correlated input.

    Raises:
        UserError: nothing is uncertain, ``n`` or ``seed`` is out of range, the method
            computes too much for so many, the correlations name what is not there, or
            a scenario has no finite value.
        Cancelled: as ``progress`` raises it.
    """
    if not uncertain(params):
        raise UserError(
            N_("No parameter is uncertain; give at least one a distribution.")
        )
    groups = REPLICATES if sampling.sequence is Sequence.SOBOL else 1
    if not 2 * groups <= n <= MOST:
        raise UserError(
            N_(
                "The number of scenarios must lie between {least} and {most}; it is {n}."
            ),
            least=2 * groups,
            most=MOST,
            n=n,
        )
    if not 0 <= seed < 2**63:
        raise UserError(N_("The seed must be a whole number from 0."))
    with np.errstate(all="ignore"):
        method.checked(params)
        _check_work(method, params, n)
        inputs = _Inputs(params, n, seed, sampling, progress)
        values = _values(method, params, n, inputs, progress)
        found = summary(values, seed, groups)
    coupling = sampling.coupling if inputs.correlations else None
    return replace(
        found,
        sequence=sampling.sequence,
        coupling=coupling,
        correlations=inputs.correlations,
    )


def _check_work(method: Method, params: Any, n: int) -> None:
    most = int(MOST_WORK / of_scenario(method, params))
    if n > most:
        text = N_(
            "{method} computes so much in each scenario that at most {most} of them are"
            " possible with these inputs; {n} are asked for."
        )
        title, found = message(method.title), f"{most:,}"
        raise UserError(text, method=title, most=found, n=f"{n:,}")


class Draws:
    """The stream of one uncertain input."""

    def __init__(
        self, slot: Slot, of: Distribution, seed: int, stream: Stream | None = None
    ) -> None:
        self.slot = slot
        self.stream = stream or PseudoRandom(seed, slot.key)
        self._cut = within(of, slot.parameter.low, slot.parameter.high)

    def next(self, count: int) -> Floats:
        """Return the next ``count`` draws, shape (count,)."""
        return self.values(self.stream.next(count))

    def values(self, u: Floats) -> Floats:
        """Return what the input is at uniform numbers; same shape."""
        return self._cut.quantile(u)


class _Inputs:
    """All uncertain inputs, those correlated joined."""

    def __init__(
        self, params: Any, n: int, seed: int, sampling: Sampling, progress: Progress
    ) -> None:
        known = uncertain(params)
        streams: list[Any] = [None] * len(known)
        if sampling.sequence is Sequence.SOBOL:
            streams = [*sobol_streams(len(known), n, seed)]
        draws = {
            place_of(slot).path: Draws(slot, of, seed, stream)
            for (slot, of), stream in zip(known, streams, strict=True)
        }
        self._wishes = Wishes(sampling.correlations, tuple(draws))
        names = self._wishes.names
        self._alone = [one for name, one in draws.items() if name not in names]
        self._joined = [draws[name] for name in names]
        self._grades = Grades(len(names))
        if names:
            groups = REPLICATES if sampling.sequence is Sequence.SOBOL else 1
            self._uniform = joined(
                sampling.coupling,
                [one.stream for one in self._joined],
                self._wishes.root,
                n,
                groups,
                progress,
            )

    def next(self, count: int) -> Iterator[tuple[Slot, Floats]]:
        """Yield the next draws of every input, shape (count,)."""
        for one in self._alone:
            yield one.slot, one.next(count)
        if self._joined:
            uniform = self._uniform.next(count)
            self._grades.note(uniform)
            for one, u in zip(self._joined, uniform, strict=True):
                yield one.slot, one.values(u)

    @property
    def correlations(self) -> tuple[Correlated, ...]:
        """What became of the correlations asked for."""
        return self._wishes.told(self._grades.achieved) if self._joined else ()


def _values(
    method: Method, params: Any, n: int, inputs: _Inputs, progress: Progress
) -> Floats:
    centre = centred(params)
    # A method may lay arrays out anew; what is drawn replaces the numbers as given.
    fixed, given = method.arrays(centre), number_arrays(centre)
    values = np.empty(n)
    widest = max((one.size for one in given.values()), default=1)
    block = max(1, min(BLOCK, _HELD // max(1, widest)))
    for done in range(0, n, block):
        count = min(block, n - done)
        arrays = {**fixed, **_block(given, inputs.next(count), count)}
        values[done : done + count] = method.values(arrays)
        progress(done + count, n)
    return values


def _block(
    given: dict[str, Floats], draws: Iterator[tuple[Slot, Floats]], count: int
) -> dict[str, Floats]:
    """Return the arrays of one block: (count, 1) or (count, places, …)."""
    drawn: dict[str, Floats] = {}
    for slot, numbers in draws:
        name, index = slot.array, slot.index
        if not index:
            drawn[name] = numbers[:, np.newaxis]
            continue
        if name not in drawn:
            same = given[name]
            places = np.repeat(same, count).reshape(*same.shape, count)
            # The scenarios of a place lie together.
            drawn[name] = np.moveaxis(places, -1, 0)
        places = drawn[name]
        np.moveaxis(places, 0, -1)[index] = numbers
    return drawn
