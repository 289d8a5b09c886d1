"""What needs attention today (今日待办): how many cases wait, and which are urgent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from valuer.agency.columns import Column, Docket
from valuer.agency.metric import Mask
from valuer.agency.waiting import WAITS, Wait

HORIZONS = (7, 15, 30)
"""Days ahead within which due dates can be looked at."""

MOST = 1000
"""Cases that are named of one matter, the most urgent first."""


class Matter(StrEnum):
    """What needs attention. The words are kept with answers, so they stay."""

    OVERDUE = "overdue"
    DUE = "due"
    RESTORABLE = "restorable"
    SUSPECTED = "suspected"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Cases that wait for the same.

    Attributes:
        horizon: days ahead, of due dates; 0 of other matters.
        count: how many there are: due dates, else cases.
        day: the nearest day that counts: due, last day to restore, day of the notice;
            None where none is told.
        undated: how many have no such day, or one that has passed.
    """

    matter: Matter
    horizon: int
    count: int
    day: date | None = None
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Attention:
    """What waits, and the cases of each in the same order, most urgent first."""

    waiting: tuple[Waiting, ...]
    numbers: tuple[tuple[str, ...], ...]


def attention(docket: Docket) -> Attention:
    """Return what waits on the day of a docket."""
    parts = [*_parts(docket)]
    return Attention(tuple(one for one, _ in parts), tuple(names for _, names in parts))


def _parts(docket: Docket) -> Iterator[tuple[Waiting, tuple[str, ...]]]:
    """Yield what waits with its cases; due dates once for each horizon."""
    table = docket.tables.get("waiting")
    none = np.zeros(0, dtype=np.int64)
    case = none if table is None else table["case"]
    code = none if table is None else table["wait"]
    day = none.astype("datetime64[D]") if table is None else table["day"]
    today = np.datetime64(docket.as_of, "D")
    seen = _Seen(docket, case, day)
    due, ever = code == WAITS.index(Wait.DUE), np.datetime64(date.min, "D")
    yield seen.waiting(Matter.OVERDUE, 0, due & (day < today), ever)
    for horizon in HORIZONS:
        last = np.datetime64(docket.as_of + timedelta(days=horizon), "D")
        near = due & (day >= today) & (day <= last)
        yield seen.waiting(Matter.DUE, horizon, near, today)
    restorable = code == WAITS.index(Wait.RESTORABLE)
    yield seen.waiting(Matter.RESTORABLE, 0, restorable, today)
    suspected = code == WAITS.index(Wait.SUSPECTED)
    yield seen.waiting(Matter.SUSPECTED, 0, suspected, ever)


@dataclass(frozen=True, slots=True)
class _Seen:
    docket: Docket
    case: Column
    day: Column

    def waiting(
        self, matter: Matter, horizon: int, rows: Mask, first: np.datetime64
    ) -> tuple[Waiting, tuple[str, ...]]:
        """Return what waits; days before ``first`` are no longer counted on."""
        dated = np.flatnonzero(rows & (self.day >= first))
        dated = dated[np.argsort(self.day[dated], kind="stable")]
        others = np.flatnonzero(rows & ~(self.day >= first))
        cases = self.case[np.concatenate([dated, others])].tolist()
        urgent = list(dict.fromkeys(cases))[:MOST]
        nearest = self.day[dated[0]].astype(object) if len(dated) else None
        waiting = Waiting(matter, horizon, len(cases), nearest, len(others))
        return waiting, tuple(self.docket.numbers[urgent].tolist())
