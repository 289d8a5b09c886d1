"""Contribution of factors to profit (要素贡献比例).

What capital, technology and management are said to contribute to profit by kind of
industry: rules of thumb, marked so. Fills the table of ``factor_contribution``.
Source: as the file says; remembered.
"""

from __future__ import annotations

from valuer.core.score_sheets import Rating
from valuer.core.texts import N_

RATING = Rating(
    "factor_contribution",
    N_("What each factor is said to contribute to profit, by kind of industry."),
    "ratings/factor_contribution.json",
)
