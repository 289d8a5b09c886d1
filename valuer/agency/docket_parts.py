"""Columns of a docket in parts: each part by itself, all of them as one docket.

So after a change only the part is made anew in which it fell. Names have codes of their
own in each part; joined, they have one. A column is put together when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

import numpy as np

from valuer.agency.columns import OUTCOMES, Column, Docket, Labels, Table, columns_of
from valuer.agency.docket import Case
from valuer.agency.statuses import Outcome

T = TypeVar("T")

_NAMED = {"agent": "agent", "handler": "agent", "client": "client", "field": "field"}
"""Whose names stand behind the codes of a column; in tables, too."""


@dataclass(frozen=True, slots=True)
class Part:
    """The columns of some cases.

    Attributes:
        tells_outcome: whether any of its cases tells a status or an end.
    """

    count: int
    tells_outcome: bool
    numbers: tuple[str, ...]
    columns: Mapping[str, Column]
    tables: Mapping[str, Table]
    labels: Mapping[str, tuple[str, ...]]


class Lazy(Mapping[str, T], Generic[T]):
    """Values that are made when they are asked for, each once."""

    def __init__(self, names: Sequence[str], make: Callable[[str], T]) -> None:
        self._names = dict.fromkeys(names)
        self._make = make
        self._made: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        """Return the value of a name."""
        if name not in self._made:
            if name not in self._names:
                raise KeyError(name)
            self._made[name] = self._make(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        """Say whether there is a name, without making its value."""
        return name in self._names


def part_of(cases: Sequence[Case], as_of: date) -> Part:
    """Return the columns of some cases of a docket."""
    made = columns_of(cases, as_of)
    tells = any(case.status or case.has_ended_by_date for case in cases)
    columns = dict(made.columns)
    if not tells:
        codes = [OUTCOMES.index(case.outcome) for case in cases]
        columns["outcome"] = np.array(codes, np.int8)
    names = tuple(made.numbers.tolist())
    return Part(len(cases), tells, names, columns, made.tables, made.labels)


def joined_parts(parts: Sequence[Part], as_of: date) -> Docket:
    """Return the docket whose cases stand in parts, one after the other."""
    if not parts:
        return columns_of((), as_of)
    joining = _Joining(parts)
    tables: dict[str, Sequence[str]] = {}
    for part in parts:
        for name, table in part.tables.items():
            tables.setdefault(name, tuple(table))
    names = np.array([name for part in parts for name in part.numbers], dtype=object)
    return Docket(
        sum(part.count for part in parts),
        as_of,
        names,
        Lazy(tuple(parts[0].columns), joining.column),
        {
            name: Lazy(columns, joining.of_table(name))
            for name, columns in tables.items()
        },
        joining.labels,
    )


class _Joining:
    """Puts the columns of parts together."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._tells = any(part.tells_outcome for part in parts)
        self._codes: dict[str, list[Column]] = {}
        names: dict[str, tuple[str, ...]] = {}
        for owner in dict.fromkeys(_NAMED.values()):
            labels = Labels()
            self._codes[owner] = [labels.codes(one.labels[owner]) for one in parts]
            names[owner] = labels.names
        self.labels = {column: names[owner] for column, owner in _NAMED.items()}

    def column(self, name: str) -> Column:
        """Return a column of all cases."""
        if name == "outcome" and not self._tells:
            unknown = OUTCOMES.index(Outcome.UNKNOWN)
            return np.full(sum(part.count for part in self._parts), unknown, np.int8)
        owner = _NAMED.get(name)
        return np.concatenate(
            [
                self._named(owner, place, part.columns[name])
                for place, part in enumerate(self._parts)
            ]
        )

    def of_table(self, table: str) -> Callable[[str], Column]:
        """Return what makes a column of a table."""
        places = [at for at, part in enumerate(self._parts) if table in part.tables]
        starts = np.cumsum([0, *(part.count for part in self._parts)])

        def column(name: str) -> Column:
            owner = _NAMED.get(name)
            return np.concatenate(
                [
                    self._parts[at].tables[table][name] + starts[at]
                    if name == "case"
                    else self._named(owner, at, self._parts[at].tables[table][name])
                    for at in places
                ]
            )

        return column

    def _named(self, owner: str | None, place: int, column: Column) -> Column:
        if owner is None:
            return column
        codes: Column = self._codes[owner][place][column]
        return codes
