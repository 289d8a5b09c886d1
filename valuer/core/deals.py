"""The nature of a deal to compare with: what counts as a price paid, and what does not.

Only what unrelated parties agreed and paid by the valuation date tells what others would
pay. A price asked, one between related parties, a deal free of charge: each is listed
with the reason why it does not count.

Source: 《资产评估执业准则——资产评估方法》 and 《专利资产评估指导意见》, market approach
(relation of the parties, date); recorded licences in China are free in large part.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from valuer.core.texts import N_


class Nature(StrEnum):
    """What kind of price a case states."""

    UNRELATED = "unrelated"
    RELATED = "related"
    ASKING = "asking"
    FREE = "free"


class Doubtful(StrEnum):
    """What becomes of prices between related parties and of asking prices."""

    LEAVE_OUT = "leave_out"
    COUNT = "count"


NATURE: Any = {
    "label": N_("Nature of the price"),
    "choice_labels": (
        (Nature.UNRELATED.value, N_("Paid between unrelated parties")),
        (Nature.RELATED.value, N_("Paid between related parties")),
        (Nature.ASKING.value, N_("Asked, not paid")),
        (Nature.FREE.value, N_("Free of charge")),
    ),
    "help": N_("Only prices paid between unrelated parties count by default."),
}
DOUBTFUL: Any = {
    "label": N_("Related parties and asking prices"),
    "default": Doubtful.LEAVE_OUT,
    "choice_labels": (
        (Doubtful.LEAVE_OUT.value, N_("Do not count")),
        (Doubtful.COUNT.value, N_("Count, with a warning")),
    ),
    "help": N_("A deal free of charge never counts."),
}

REASONS = {
    Nature.RELATED: N_("the price was paid between related parties"),
    Nature.ASKING: N_("the price was asked, not paid"),
    Nature.FREE: N_("the deal was free of charge"),
}
"""Why a deal does not count."""
