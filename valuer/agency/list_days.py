"""Up to which day a list tells of its cases (清单日期).

A case that is pending in a list of years ago was seen pending then, not today: who
followed it to today would count years in which nobody looked. The day is said by who
imports the list; else the newest day in it is taken where that is long ago.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from valuer.agency.case_checks import DAY_NAMES
from valuer.agency.docket import Case
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.texts import N_, message

LONG_AGO = timedelta(days=365)
"""No list of an agency at work is without a day of the last year."""


def with_list_day(
    cases: Sequence[Case], told: date | None, today: date
) -> tuple[tuple[Case, ...], tuple[Issue, ...]]:
    """Return cases with the day up to which their list tells of them.

    ``told`` is the day of the list, if somebody said it.

    Raises:
        UserError: that day is still to come, or before a day in the list.
    """
    newest = max((day for case in cases for day in _days(case, today)), default=None)
    if told is not None:
        _refuse(told, newest, today)
        return (_seen(cases, told) if told < today else tuple(cases)), ()
    if newest is None or today - newest <= LONG_AGO:
        return tuple(cases), ()
    text = N_(
        "The newest day in the list is {day}: its cases are followed up to then, not to"
        " today. Where the list is newer, import it again and say its day."
    )
    issue = Issue(Severity.WARNING, message(text, day=newest), "seen")
    return _seen(cases, newest), (issue,)


def _refuse(told: date, newest: date | None, today: date) -> None:
    if told > today:
        text = N_("The day of the list, {day}, is still to come.")
        raise UserError(text, day=told)
    if newest is not None and told < newest:
        text = N_("The list tells of {newest}; it cannot be of {day}.")
        raise UserError(text, newest=newest, day=told)


def _seen(cases: Sequence[Case], day: date) -> tuple[Case, ...]:
    return tuple(replace(case, seen=day) for case in cases)


def _days(case: Case, today: date) -> Iterator[date]:
    """Yield the days told of a case that have been."""
    told: list[date | None] = [getattr(case, name) for name in _OF_CASE]
    for name, parts in _OF_EVENTS:
        told += [
            getattr(one, part) for one in getattr(case, name) or () for part in parts
        ]
    yield from (day for day in told if day is not None and day <= today)


_OF_CASE = (*DAY_NAMES, "restored", "taken_over", "handed_over")
_OF_EVENTS = (
    ("notices", ("made", "mailed", "answered")),
    ("due_dates", ("done", "restored")),
    ("annuities", ("paid",)),
    ("reexaminations", ("closed",)),
    ("invalidations", ("decided",)),
    ("dealings", ("on",)),
    ("abnormal", ("noticed", "decided")),
    ("complaints", ("made", "closed")),
)
"""Days on which something was, of what a case has several of; a last day is none."""
