"""Of what a share rate is a share (分成基数): of revenue or of profit."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from valuer.core.texts import N_


class ShareOf(StrEnum):
    """What the share is taken of."""

    REVENUE = "revenue"
    PROFIT = "profit"


SHARE_OF: Any = {
    "label": N_("Share of"),
    "choice_labels": (
        (ShareOf.REVENUE.value, N_("Revenue")),
        (ShareOf.PROFIT.value, N_("Profit")),
    ),
    "help": N_("A share of profit times the profit margin is a share of revenue."),
}
