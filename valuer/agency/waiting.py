"""What a case waits for (待办): days by which something is to be done, as facts of it.

A case that is closed waits for nothing. Of its notices only the last with a due day
counts: a later notice shows that the case went on, though no list told the answer
before it.

Source: 专利法实施细则 art. 6: a right lost can be restored within two months of the
notice of its loss.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from valuer.agency.docket import AbnormalResult, Case
from valuer.agency.notices import NoticeKind
from valuer.agency.statuses import Outcome
from valuer.core.periods import same_day

RESTORE_MONTHS = 2


class Wait(StrEnum):
    """What is waited for; the place of each is its code in the columns."""

    DUE = "due"
    RESTORABLE = "restorable"
    SUSPECTED = "suspected"


WAITS = tuple(Wait)


def waits_of(case: Case) -> Iterator[tuple[Wait, date | None]]:
    """Yield what a case waits for, with its day; None where no source told it."""
    outcome = case.outcome
    if outcome is Outcome.RESTORABLE:
        yield Wait.RESTORABLE, last_day_to_restore(case)
    for abnormal in case.abnormal or ():
        if abnormal.result is AbnormalResult.SUSPECTED:
            yield Wait.SUSPECTED, abnormal.noticed
    if outcome not in _CLOSED:
        for due in sorted(_open_due_dates(case)):
            yield Wait.DUE, due


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


def _open_due_dates(case: Case) -> set[date]:
    """Return each day by which something is to be done for a case."""
    known = case.due_dates or ()
    days = {one.due for one in known if one.done is None and not one.lost}
    notices = [one for one in case.notices or () if one.on or one.due]
    last = max(notices, key=lambda one: one.on or one.due or date.min, default=None)
    if last is not None and last.due is not None and last.answered is None:
        days |= {last.due} - {one.due for one in known}
    return days


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
