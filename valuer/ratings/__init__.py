"""The scoring rulebooks. To add one: write its module, add its line here."""

from __future__ import annotations

from valuer.core.problems import UserError
from valuer.core.score_sheets import Rating
from valuer.core.texts import N_
from valuer.ratings import (
    factor_contribution,
    patent_value,
    risk_premium,
    share_adjustment,
)

RATINGS = (
    patent_value.RATING,
    share_adjustment.RATING,
    risk_premium.RATING,
    factor_contribution.RATING,
)


def rating(key: str) -> Rating:
    """Return a rulebook by its key.

    Raises:
        UserError: there is none such.
    """
    for one in RATINGS:
        if one.key == key:
            return one
    known = tuple(one.key for one in RATINGS)
    text = N_("There is no score sheet “{key}”; known are {known}.")
    raise UserError(text, key=key[:40], known=known)
