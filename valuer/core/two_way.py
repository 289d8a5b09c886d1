"""Two-way sensitivity (双因素敏感性分析): a table of values over two inputs.

Both inputs move over their grids, every other stays at its centre; each value is
computed anew by the method's formula.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from valuer.core.levers import Lever, grid, lever
from valuer.core.method import Method, centred
from valuer.core.problems import UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_

LARGEST = 50
"""The most positions of an input in the table."""


@dataclass(frozen=True, slots=True)
class TwoWay:
    """A table of values.

    Attributes:
        columns, rows: the two inputs; ``across`` and ``down`` their positions.
        values: a row for each position of ``rows``, in the run's currency; None where
            the method has no value.
    """

    columns: Lever
    rows: Lever
    across: tuple[float, ...]
    down: tuple[float, ...]
    values: tuple[tuple[float | None, ...], ...]

    def plain(self) -> dict[str, Any]:
        """Return the table as JSON."""
        return {
            "columns": {"input": self.columns.name, "is_factor": self.columns.is_factor}
            | {"positions": list(self.across)},
            "rows": {"input": self.rows.name, "is_factor": self.rows.is_factor}
            | {"positions": list(self.down)},
            "values": [list(row) for row in self.values],
        }


def two_way(
    method: Method,
    params: Any,
    columns: str,
    rows: str,
    across: Sequence[float] | None = None,
    down: Sequence[float] | None = None,
    progress: Progress = ignore,
) -> TwoWay:
    """Return the table of two inputs, named as in JSON, over the positions given.

    Without positions each has five around where it stands, that among them.

    Raises:
        UserError: an input is none, both are the same, or a position is out of range.
        Cancelled: as ``progress`` raises it.
    """
    one, other = lever(params, columns), lever(params, rows)
    if {slot.key for slot, _ in one.given} & {slot.key for slot, _ in other.given}:
        raise UserError(N_("A two-way table takes two inputs that differ."))
    method.checked(params)
    steps, others = grid(params, one, across), grid(params, other, down)
    if max(len(steps), len(others)) > LARGEST:
        text = N_("A two-way table takes at most {most} positions of an input.")
        raise UserError(text, most=LARGEST)
    centre = centred(params)
    values = []
    for done, position in enumerate(others):
        moved = other.moved(centre, position)
        row = []
        for place, step in enumerate(steps):
            progress(done * len(steps) + place, len(others) * len(steps))
            row.append(_value(method, one, moved, step))
        values.append(tuple(row))
    progress(len(others) * len(steps), len(others) * len(steps))
    return TwoWay(one, other, steps, others, tuple(values))


def _value(method: Method, one: Lever, params: Any, step: float) -> float | None:
    try:
        return one.value(method, params, step)
    except UserError:
        return None
