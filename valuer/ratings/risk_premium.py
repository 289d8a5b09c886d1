"""Risk premiums of the build-up (风险报酬率评分表).

Technical, market, capital and management risk, each of scored factors: 0 is no risk and
100 the greatest. Fills the tables of ``build_up``.
Source: as the file says; weights and bands are remembered practice.
"""

from __future__ import annotations

from valuer.core.score_sheets import Rating
from valuer.core.texts import N_

RATING = Rating(
    "risk_premium",
    N_("How great the risks are that a discount rate by build-up pays for."),
    "ratings/risk_premium.json",
)
