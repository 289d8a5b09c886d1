"""What needs attention today (今日待办): days that pass, losses to restore, suspicions.

One look through the docket. A case that is closed waits for nothing. Of a case's
notices only the last with a due day counts: a later notice shows that the case went on,
though no list told the answer before it.

Source: 专利法实施细则 art. 6: a right lost can be restored within two months of the
notice of its loss.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from valuer.agency.docket import AbnormalResult, Case
from valuer.agency.notices import NoticeKind
from valuer.agency.statuses import Outcome
from valuer.core.periods import same_day

HORIZONS = (7, 15, 30)
"""Days ahead within which due dates can be looked at."""

MOST = 1000
"""Cases that are named of one matter, the most urgent first."""

RESTORE_MONTHS = 2


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


Found = list[tuple[date | None, str]]
"""Day and case; None where no day is told."""


def attention(cases: Iterable[Case], as_of: date) -> Attention:
    """Return what waits on a day."""
    found: dict[Matter, Found] = {matter: [] for matter in Matter}
    for case in cases:
        outcome = case.outcome
        if outcome is Outcome.RESTORABLE:
            found[Matter.RESTORABLE].append((last_day_to_restore(case), case.number))
        for abnormal in case.abnormal or ():
            if abnormal.result is AbnormalResult.SUSPECTED:
                found[Matter.SUSPECTED].append((abnormal.noticed, case.number))
        if outcome not in _CLOSED:
            for due in _open_due_dates(case):
                matter = Matter.OVERDUE if due < as_of else Matter.DUE
                found[matter].append((due, case.number))
    parts = [*_parts(found, as_of)]
    return Attention(tuple(one for one, _ in parts), tuple(names for _, names in parts))


def last_day_to_restore(case: Case) -> date | None:
    """Return the last day to ask for a right back, two months from the notice.

    None where no source told the notice. A notice on paper counts as received later:
    this day is the earliest that it can be.
    """
    notices = (one for one in case.notices or () if one.kind is NoticeKind.ENDED)
    last = max(notices, key=lambda one: one.on or date.min, default=None)
    if last is None or last.on is None:
        return None
    return last.due or same_day(last.on, RESTORE_MONTHS)


def _open_due_dates(case: Case) -> Iterator[date]:
    """Yield each day by which something is to be done for a case, once."""
    days = {
        one.due for one in case.due_dates or () if one.done is None and not one.lost
    }
    notices = [one for one in case.notices or () if one.on or one.due]
    last = max(notices, key=lambda one: one.on or one.due or date.min, default=None)
    if last is not None and last.due is not None and last.answered is None:
        known = {one.due for one in case.due_dates or ()}
        days |= {last.due} - known
    yield from days


def _parts(
    found: dict[Matter, Found], as_of: date
) -> Iterator[tuple[Waiting, tuple[str, ...]]]:
    """Yield what waits with its cases; due dates once for each horizon."""
    yield _waiting(Matter.OVERDUE, 0, found[Matter.OVERDUE], date.min)
    for horizon in HORIZONS:
        last = as_of + timedelta(days=horizon)
        near = [one for one in found[Matter.DUE] if one[0] and one[0] <= last]
        yield _waiting(Matter.DUE, horizon, near, as_of)
    yield _waiting(Matter.RESTORABLE, 0, found[Matter.RESTORABLE], as_of)
    yield _waiting(Matter.SUSPECTED, 0, found[Matter.SUSPECTED], date.min)


def _waiting(
    matter: Matter, horizon: int, rows: Found, first: date
) -> tuple[Waiting, tuple[str, ...]]:
    """Return what waits; days before ``first`` are no longer counted on."""
    dated = sorted((day, name) for day, name in rows if day and day >= first)
    others = [name for day, name in rows if not day or day < first]
    names = tuple(dict.fromkeys([name for _, name in dated] + others))
    nearest = dated[0][0] if dated else None
    waiting = Waiting(matter, horizon, len(rows), nearest, len(others))
    return waiting, names[:MOST]


_CLOSED = frozenset(
    {
        Outcome.REFUSED,
        Outcome.DEEMED_WITHDRAWN,
        Outcome.DEEMED_ABANDONED,
        Outcome.WITHDRAWN,
        Outcome.ENDED,
        Outcome.EXCLUDED,
    }
)
