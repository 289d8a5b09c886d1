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
from valuer.core.patents import LegalStatus, Patent
from valuer.core.periods import add_months
from valuer.core.problems import Issue, Severity
from valuer.core.term import expiry_day
from valuer.core.texts import N_, message

GRACE_MONTHS = 6
"""Months after the due day in which an annual fee may be paid late (Rule 115)."""

_DEAD = {
    LegalStatus.LAPSED: N_("{number} ended before {date}; it cannot be valued."),
    LegalStatus.EXPIRED: N_(
        "The term of {number} ended by {date}; it cannot be valued."
    ),
    LegalStatus.WITHDRAWN: N_("The application {number} was withdrawn by {date}."),
    LegalStatus.REFUSED: N_("The application {number} was refused by {date}."),
    LegalStatus.ABANDONED: N_("{number} was abandoned by {date}."),
}

_LATER = {
    LegalStatus.LAPSED: N_(
        "{number} ended on {on}, after the valuation date; disclose it as a subsequent event."
    ),
    LegalStatus.EXPIRED: N_(
        "{number} expired on {on}, after the valuation date; disclose it as a subsequent event."
    ),
    LegalStatus.WITHDRAWN: N_(
        "The application {number} was withdrawn on {on}, after the valuation date; disclose it as a subsequent event."
    ),
    LegalStatus.REFUSED: N_(
        "The application {number} was refused on {on}, after the valuation date; disclose it as a subsequent event."
    ),
    LegalStatus.ABANDONED: N_(
        "{number} was abandoned on {on}, after the valuation date; disclose it as a subsequent event."
    ),
}


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
    dated = [event for event in patent.history if event.on and event.on <= on]
    told = patent.status_on is not None and patent.status_on <= on
    if told and (not dated or patent.status_on >= dated[-1].on):  # type: ignore[operator]  # told means it has a day
        status = patent.status
    elif dated:
        status = dated[-1].status
    elif patent.status_on is None:
        status = patent.status
    else:
        status = _before_first_news(patent, on)
    if status in (LegalStatus.IN_FORCE, LegalStatus.UNKNOWN):
        end = expiry_day(patent)
        if end is not None and end <= on:
            return LegalStatus.EXPIRED
    if status is LegalStatus.IN_FORCE:
        return _by_fees(patent, on)
    return status


def _before_first_news(patent: Patent, on: date) -> LegalStatus:
    """The only news is later than the day: granted before it or still pending."""
    if patent.granted and patent.granted <= on:
        return LegalStatus.IN_FORCE
    if patent.filed and patent.filed <= on and (patent.granted or _pre_grant(patent)):
        return LegalStatus.PENDING
    return LegalStatus.UNKNOWN


def _pre_grant(patent: Patent) -> bool:
    return patent.status in (
        LegalStatus.PENDING,
        LegalStatus.WITHDRAWN,
        LegalStatus.REFUSED,
        LegalStatus.IN_FORCE,
    )


def _by_fees(patent: Patent, on: date) -> LegalStatus:
    """Judge by the fees paid, where any are recorded."""
    if not patent.fees or patent.filed is None:
        return LegalStatus.IN_FORCE
    paid = max((fee.year for fee in patent.fees if fee.on <= on), default=None)
    if paid is None:
        return LegalStatus.IN_FORCE
    due = add_months(patent.filed, 12 * paid)
    if on <= due:
        return LegalStatus.IN_FORCE
    if on <= add_months(due, GRACE_MONTHS):
        return LegalStatus.FEE_GRACE
    return LegalStatus.LAPSED


def _is_application(patent: Patent, status: LegalStatus, on: date) -> bool:
    if status is LegalStatus.PENDING:
        return True
    return patent.granted is not None and patent.granted > on


def _date_issues(patent: Patent, on: date) -> list[Issue]:
    found = []
    if patent.filed is None:
        text = N_("{number} has no filing date; its term cannot be reckoned.")
        found.append(_issue(Severity.WARNING, patent, text))
    elif patent.filed > on:
        text = N_("{number} was filed on {filed}, after the valuation date {date}.")
        found.append(_issue(Severity.ERROR, patent, text, filed=patent.filed, date=on))
    if patent.country not in ("", "CN"):
        text = N_(
            "{number} is not a Chinese patent; check its term under the law of {country}."
        )
        found.append(_issue(Severity.WARNING, patent, text, country=patent.country))
    return found


def _status_issues(
    patent: Patent, status: LegalStatus, on: date, purpose: Purpose
) -> list[Issue]:
    if status in _DEAD:
        past = purpose is Purpose.PAST_DAMAGES
        severity = Severity.WARNING if past else Severity.ERROR
        return [_issue(severity, patent, _DEAD[status], date=on)]
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


def _later_issues(patent: Patent, on: date) -> list[Issue]:
    """Tell what befell the right, whenever it was declared invalid, later otherwise."""
    news = [(event.status, event.on) for event in patent.history]
    news.append((patent.status, patent.status_on))
    if any(status is LegalStatus.INVALIDATED for status, _ in news):
        text = N_("{number} was declared invalid; it is deemed never to have existed.")
        return [_issue(Severity.ERROR, patent, text)]
    later = {
        status: day for status, day in news if day and day > on and status in _LATER
    }
    return [
        _issue(Severity.WARNING, patent, _LATER[status], on=day)
        for status, day in later.items()
    ]


def _issue(severity: Severity, patent: Patent, text: str, **values: object) -> Issue:
    number = patent.identity or patent.title
    return Issue(severity, message(text, number=number, **values), number)
