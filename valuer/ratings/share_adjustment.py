"""Adjustment coefficient of the share rate (分成率调整系数评分表).

Eleven legal, technical and economic factors, 0 to 100 each, say where a patent's share
rate lies between the limits of its field. Fills the tables of ``adjusted_share_rate``.
Source: as the file says; weights and bands are remembered practice.
"""

from __future__ import annotations

from valuer.core.score_sheets import Rating
from valuer.core.texts import N_

RATING = Rating(
    "share_adjustment",
    N_("Where the share rate lies between the limits of its field."),
    "ratings/share_adjustment.json",
)
