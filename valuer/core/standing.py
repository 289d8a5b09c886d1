"""Where a patent stands on the valuation date, and whether it can be valued.

The newest list speaks of its own day; the history tells what held on another. A right
declared invalid at any time, later too, is as if it never was (Patent Law art. 47); a
lapsed or expired one has no future and is refused except for past damages; within the
grace period or while restorable a warning is due; an application not yet granted is
another object (专利申请权).

Source: Patent Law arts. 42–47; Implementing Rules, Rule 115 (six months of grace).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valuer.core.case import Purpose
from valuer.core.patents import STATUS_NAMES, LegalStatus, Patent, PatentKind
from valuer.core.periods import add_months
from valuer.core.problems import Issue, Severity
from valuer.core.term import expiry_day
from valuer.core.texts import N_, message

GRACE_MONTHS = 6
"""Months after the due day in which an annual fee may be paid late (Rule 115)."""

MOST_PTE_DAYS = 5 * 366
"""The most days of drug term compensation: five years (art. 42(3))."""

MOST_PTA_DAYS = 20 * 366
"""Days of term compensation that no patent has; beyond them a figure is mistyped."""

_YEARS = range(1, 26)  # patent years: twenty, and five of compensation

_LIVING = {
    LegalStatus.IN_FORCE,
    LegalStatus.FEE_GRACE,
    LegalStatus.RESTORABLE,
    LegalStatus.UNKNOWN,
}

_GRANTED = {
    LegalStatus.IN_FORCE,
    LegalStatus.FEE_GRACE,
    LegalStatus.RESTORABLE,
    LegalStatus.LAPSED,
    LegalStatus.EXPIRED,
}

NEVER_GRANTED = {LegalStatus.PENDING, LegalStatus.WITHDRAWN, LegalStatus.REFUSED}
"""What befalls applications only, so that there is no day of grant."""

_DEAD = {
    LegalStatus.LAPSED: N_("{number} ended before {date}; it cannot be valued."),
    LegalStatus.EXPIRED: N_(
        "The term of {number} ended by {date}; it cannot be valued."
    ),
    LegalStatus.WITHDRAWN: N_("The application {number} was withdrawn by {date}."),
    LegalStatus.REFUSED: N_("The application {number} was refused by {date}."),
    LegalStatus.ABANDONED: N_("{number} was abandoned by {date}."),
}

_PAST = N_("{number} had ended by {date}; only damages for the past can be valued.")

_UNDATED = N_(
    "{number} has ended, on a day not known; it cannot be valued. If it ended after {date}, state the day."
)

ENDED_LATER = N_(
    "After the valuation date, on {on}, this was published of {number}: {status}. See in the register that it was in force on the valuation date, and disclose it as a subsequent event."
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a patent stands on a day.

    Attributes:
        status: the status on that day.
        is_application: whether the object is an application (专利申请权).
        issues: errors where it cannot be valued, warnings where care is due.
    """

    status: LegalStatus
    is_application: bool
    issues: tuple[Issue, ...]


def standing(patent: Patent, on: date, purpose: Purpose) -> Standing:
    """Return where ``patent`` stands on the day ``on``, for a purpose."""
    status = status_on(patent, on)
    is_application = _is_application(patent, status, on)
    if is_application and status in (LegalStatus.IN_FORCE, LegalStatus.UNKNOWN):
        status = LegalStatus.PENDING
    issues = (
        *_date_issues(patent, on),
        *_status_issues(patent, status, on, purpose),
        *_later_issues(patent, on),
    )
    return Standing(status, is_application, issues)


def status_on(patent: Patent, on: date) -> LegalStatus:
    """Return the legal status on a day, from history, list, term and fees."""
    status, seen = _by_news(patent, on)
    end = expiry_day(patent)
    if status in _LIVING and end is not None and end <= on:
        return LegalStatus.EXPIRED
    if status is LegalStatus.IN_FORCE:
        return _by_fees(patent, on, seen)
    return status


def _by_news(patent: Patent, on: date) -> tuple[LegalStatus, date | None]:
    """Return what the newest news up to a day makes of the patent, and its day."""
    news, undated = _dated_news(patent), _undated_news(patent)
    if undated in _DEAD and undated not in {status for _, status in news}:
        return undated, None
    past = [one for one in news if one[0] <= on]
    later = {status for day, status in news if day > on} | {undated}
    day, last = past[-1] if past else (None, None)
    if not news and undated is not LegalStatus.UNKNOWN:
        last = undated  # all there is to go by, whatever its day
    if last not in (None, LegalStatus.PENDING):
        return last, day
    if patent.granted is not None:
        is_told = last is not None or later != {LegalStatus.UNKNOWN}
        if patent.granted > on:
            return LegalStatus.PENDING, day
        return LegalStatus.IN_FORCE if is_told else LegalStatus.UNKNOWN, patent.granted
    if later & _GRANTED:
        return LegalStatus.UNKNOWN, day  # granted some day, before or after this one
    is_filed = patent.filed is not None and patent.filed <= on
    is_pending = last is not None or (is_filed and bool(later & NEVER_GRANTED))
    return LegalStatus.PENDING if is_pending else LegalStatus.UNKNOWN, day


def _dated_news(patent: Patent) -> list[tuple[date, LegalStatus]]:
    """Return what is told with its day, oldest first; the list's own word last."""
    told = [(event.on, event.status) for event in patent.history]
    told.append((patent.status_on, patent.status))
    dated = [
        (day, status)
        for day, status in told
        if day is not None and status is not LegalStatus.UNKNOWN
    ]
    return sorted(dated, key=lambda one: one[0])


def _undated_news(patent: Patent) -> LegalStatus:
    """Return the list's status if it has no day, else unknown."""
    return patent.status if patent.status_on is None else LegalStatus.UNKNOWN


def _by_fees(patent: Patent, on: date, seen: date | None) -> LegalStatus:
    """Judge by the fees paid, where any are recorded.

    Where the patent was ``seen`` in force after a fee was long overdue, it is the
    record of fees that lacks one.
    """
    years = [fee.year for fee in patent.fees if fee.on <= on and fee.year in _YEARS]
    if not years or patent.filed is None:
        return LegalStatus.IN_FORCE
    try:
        due = add_months(patent.filed, 12 * max(years))
        last = add_months(due, GRACE_MONTHS)
    except OverflowError:
        return LegalStatus.IN_FORCE
    if on <= due or (seen is not None and seen > last):
        return LegalStatus.IN_FORCE
    return LegalStatus.FEE_GRACE if on <= last else LegalStatus.LAPSED


def _is_application(patent: Patent, status: LegalStatus, on: date) -> bool:
    if status is LegalStatus.PENDING:
        return True
    return patent.granted is not None and patent.granted > on


def _date_issues(patent: Patent, on: date) -> list[Issue]:
    found = []
    is_chinese = patent.country in ("", "CN")
    if patent.filed is None:
        text = N_("{number} has no filing date; its term cannot be reckoned.")
        found.append(_issue(Severity.WARNING, patent, text))
    elif patent.filed > on:
        text = N_("{number} was filed on {filed}, after the valuation date {date}.")
        found.append(_issue(Severity.ERROR, patent, text, filed=patent.filed, date=on))
    if patent.kind is None and is_chinese:
        text = N_("The kind of {number} is not known; its term cannot be reckoned.")
        found.append(_issue(Severity.WARNING, patent, text))
    if not is_chinese:
        text = N_(
            "{number} is not a Chinese patent; check its term under the law of {country}."
        )
        found.append(_issue(Severity.WARNING, patent, text, country=patent.country))
    return found + _compensation_issues(patent)


def _compensation_issues(patent: Patent) -> list[Issue]:
    if patent.pta_days < 0 or patent.pte_days < 0:
        text = N_("The days of compensation of {number} must not be below nought.")
        return [_issue(Severity.ERROR, patent, text)]
    if patent.pte_days > MOST_PTE_DAYS:
        text = N_(
            "{number} has {days} days of drug term compensation; the law allows five years."
        )
        return [_issue(Severity.ERROR, patent, text, days=patent.pte_days)]
    if patent.pta_days > MOST_PTA_DAYS:
        text = N_("{number} has {days} days of term compensation; check them.")
        return [_issue(Severity.ERROR, patent, text, days=patent.pta_days)]
    is_invention = patent.kind in (PatentKind.INVENTION, None)
    if (patent.pta_days or patent.pte_days) and not is_invention:
        text = N_(
            "{number} is no invention patent, yet has days of compensation; check them."
        )
        return [_issue(Severity.WARNING, patent, text)]
    return []


def _status_issues(
    patent: Patent, status: LegalStatus, on: date, purpose: Purpose
) -> list[Issue]:
    if status in _DEAD:
        has_past = purpose is Purpose.PAST_DAMAGES and _was_granted(patent, status, on)
        severity = Severity.WARNING if has_past else Severity.ERROR
        dated = {told for _, told in _dated_news(patent)}
        is_undated = status is _undated_news(patent) and status not in dated
        text = _UNDATED if is_undated else _DEAD[status]
        text = _PAST if has_past else text
        return [_issue(severity, patent, text, date=on)]
    texts = {
        LegalStatus.PENDING: N_(
            "{number} was not granted on the valuation date; the object is the application (专利申请权)."
        ),
        LegalStatus.FEE_GRACE: N_(
            "An annual fee of {number} was late on the valuation date, within the grace period; obtain the receipt."
        ),
        LegalStatus.RESTORABLE: N_(
            "{number} had ended for unpaid fees and could be restored on the valuation date; obtain the decision."
        ),
        LegalStatus.UNKNOWN: N_(
            "The legal status of {number} on the valuation date is not known; obtain an extract of the register."
        ),
    }
    if status in texts:
        return [_issue(Severity.WARNING, patent, texts[status])]
    return []


def _was_granted(patent: Patent, status: LegalStatus, on: date) -> bool:
    """Whether there ever was a right that could be infringed."""
    if status in (LegalStatus.LAPSED, LegalStatus.EXPIRED):
        return True
    return patent.granted is not None and patent.granted <= on


def _later_issues(patent: Patent, on: date) -> list[Issue]:
    """Tell what befell the right: declared invalid at any time, ended later."""
    told = {event.status for event in patent.history} | {patent.status}
    if LegalStatus.INVALIDATED in told:
        text = N_("{number} was declared invalid; it is deemed never to have existed.")
        return [_issue(Severity.ERROR, patent, text)]
    first: dict[LegalStatus, date] = {}
    for day, status in _dated_news(patent):
        if day > on and status in _DEAD:
            first.setdefault(status, day)
    return [
        _issue(
            Severity.WARNING,
            patent,
            ENDED_LATER,
            on=day,
            status=message(STATUS_NAMES[status]),
        )
        for status, day in first.items()
    ]


def _issue(severity: Severity, patent: Patent, text: str, **values: object) -> Issue:
    number = patent.identity or patent.title
    return Issue(severity, message(text, number=number, **values), number)
