"""Plain estimates of the days that are added to a term (期限补偿).

Compensation is granted on request and never automatic: what counts are the days of the
office's decision. The estimate stands beside them, so that a slip of either shows.

Source: Patent Law art. 42(2), Implementing Rules 77–79 and 84 (unreasonable delay of the
grant); art. 42(3), Rules 80–84 (new drugs: five years at the most, fourteen from the
approval).
"""

from __future__ import annotations

from datetime import date

from valuer.core.periods import same_day

DRUG_YEARS = 5
"""Years from filing to approval that are not compensated, and the most that are."""

EFFECTIVE_YEARS = 14
"""Years of term after the approval that compensation does not exceed."""


def grant_delay_days(
    filed: date,
    examination_requested: date,
    granted: date,
    excused_days: int = 0,
    applicant_days: int = 0,
) -> int:
    """Return the days by which a grant was late without reason, nought or more.

    Args:
        filed: the day of filing.
        examination_requested: the day examination was asked for.
        granted: the day the grant was announced.
        excused_days: delays that are reasonable, as a re-examination with amendments.
        applicant_days: delays that the applicant caused.
    """
    due = max(same_day(filed, 12 * 4), same_day(examination_requested, 12 * 3))
    return max((granted - due).days - excused_days - applicant_days, 0)


def approval_delay_days(filed: date, approved: date, end: date) -> int:
    """Return the days that a new drug's approval took beyond five years, as capped.

    Args:
        filed: the day of filing.
        approved: the day of the marketing approval in China.
        end: the day the term ends without this compensation.
    """
    delay = (approved - same_day(filed, 12 * DRUG_YEARS)).days
    return max(min(delay, most_approval_days(approved, end)), 0)


def most_approval_days(approved: date, end: date) -> int:
    """Return the most days that may be granted for a drug's approval, nought or more."""
    by_years = (same_day(end, 12 * DRUG_YEARS) - end).days
    by_effect = (same_day(approved, 12 * EFFECTIVE_YEARS) - end).days
    return max(min(by_years, by_effect), 0)
