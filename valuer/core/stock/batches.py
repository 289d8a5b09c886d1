"""Batches: rows of parameters that one call of a formula can take together.

Rows go together whose settings, lengths of series and uncertain places are the same.
Each is read, checked and laid out as a single run is; ``together`` only stacks what
came of it. What a stock of great size takes instead stands in ``plain``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from valuer.core.distributions import Distribution, Floats
from valuer.core.entries import read_params
from valuer.core.method import Method, centred, rounding_of, uncertain
from valuer.core.problems import Issue, Severity
from valuer.core.slots import Slot, number_arrays
from valuer.core.stock.dates import Laid

Places = NDArray[np.int64]
"""Rows of the stock, from 0."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One uncertain place of all rows of a batch.

    Attributes:
        of: the distribution of each row.
    """

    slot: Slot
    of: tuple[Distribution, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that go together.

    Attributes:
        rows: their places in the stock.
        own: arrays (rows, …) of what each row has of its own; what stands alone is
            (rows, 1).
        given: the same of the numbers as given, where a draw replaces some of them.
        shared: the formula's other arguments, the same for all.
        laid: periods of the rows that are not among their own arrays, or None.
        known: the value of each row whose steps are rounded, by its own run; NaN of
            the others; None where no row's are.
    """

    rows: Places
    own: Mapping[str, Floats]
    given: Mapping[str, Floats]
    shared: Mapping[str, Any]
    drawn: tuple[Drawn, ...] = ()
    laid: Laid | None = None
    known: Floats | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as its own run would have it."""

    place: int
    arrays: dict[str, Any]
    given: dict[str, Floats]
    uncertain: list[tuple[Slot, Distribution]]
    known: float

    @property
    def kind(self) -> tuple[Any, ...]:
        """What rows that go together have in common."""
        arrays = ((name, _kind(value)) for name, value in sorted(self.arrays.items()))
        given = ((name, value.shape) for name, value in sorted(self.given.items()))
        return (*arrays, *given, *(slot.key for slot, _ in self.uncertain))


def _kind(value: Any) -> Any:
    # By its words: settings are choices, truths and texts, and lists of them.
    return value.shape if isinstance(value, np.ndarray) else repr(value)


def rows_together(
    method: Method, rows: Iterable[tuple[int, Mapping[str, Any]]], issues: list[Issue]
) -> Iterator[Batch]:
    """Yield batches of rows given as JSON; refusals go to ``issues``."""
    found: dict[tuple[Any, ...], list[_Row]] = {}
    for place, given in rows:
        row = _read(method, place, given, issues)
        if row is not None:
            found.setdefault(row.kind, []).append(row)
    for together in found.values():
        yield _stacked(together)


def _read(
    method: Method, place: int, given: Mapping[str, Any], issues: list[Issue]
) -> _Row | None:
    params, wrong = read_params(method.params, given)
    if params is not None:
        wrong = method.check(params)
    errors = [one for one in wrong if one.severity is Severity.ERROR]
    if errors:
        issues.extend(in_row(one, place) for one in errors)
        return None
    centre = centred(params)
    arrays, found = method.arrays(centre), uncertain(params)
    known = method.run(params).value if rounding_of(params) else np.nan
    return _Row(place, arrays, number_arrays(centre), found, known)


def in_row(issue: Issue, place: int) -> Issue:
    """Return an issue that tells its row, from 1."""
    return Issue(issue.severity, issue.wording, issue.where, row=place + 1)


def _stacked(rows: list[_Row]) -> Batch:
    first = rows[0]
    stand = [name for name, one in first.arrays.items() if isinstance(one, np.ndarray)]
    of_each = [[of for _, of in row.uncertain] for row in rows]
    return Batch(
        np.array([row.place for row in rows]),
        {name: _stack([row.arrays[name] for row in rows]) for name in stand},
        {name: _stack([row.given[name] for row in rows]) for name in first.given},
        {name: one for name, one in first.arrays.items() if name not in stand},
        tuple(
            Drawn(slot, tuple(of))
            for (slot, _), *of in zip(first.uncertain, *of_each, strict=True)
        ),
        known=np.array([row.known for row in rows]),
    )


def _stack(arrays: list[Floats]) -> Floats:
    # Places are outermost in memory, so that whatever goes over rows runs along it.
    stacked = np.stack([np.atleast_1d(one) for one in arrays], axis=-1)
    return np.moveaxis(stacked, -1, 0)
