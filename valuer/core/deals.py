"""The nature of a deal to compare with: what counts as a price paid, and what does not.

Only what unrelated parties agreed and paid by the valuation date tells what others would
pay. A price asked, one between related parties, a deal free of charge: each is listed
with the reason why it does not count.

Source: 《资产评估执业准则——资产评估方法》 and 《专利资产评估指导意见》, market approach
(relation of the parties, date); recorded licences in China are free in large part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_, Message, message


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


@dataclass(frozen=True, slots=True)
class DealTexts:
    """What a method says of its deals, marked texts with their ``{name}``.

    Attributes:
        left_out: of one that does not count, with its ``{reason}``.
        counted: of one that counts in spite of a ``{reason}``.
        unsourced: of one that names no source.
    """

    left_out: str
    counted: str
    unsourced: str


def deal_doubt(params: Any, deal: Any) -> Message | None:
    """Return why a deal does not count, by its day and nature, or None."""
    if deal.deal_date > params.valuation_date:
        text = N_("the deal of {day} is later than the valuation date {valued}")
        return message(text, day=deal.deal_date, valued=params.valuation_date)
    if deal.nature is Nature.UNRELATED:
        return None
    if params.doubtful is Doubtful.COUNT and deal.nature is not Nature.FREE:
        return None
    return message(REASONS[deal.nature])


def deal_warnings(
    table: str,
    deals: Sequence[Any],
    doubt: Callable[[Any], Message | None],
    texts: DealTexts,
) -> Iterator[Issue]:
    """Warn of deals that do not count, of those that do in doubt, of those unsourced."""

    def warning(where: str, text: str, **values: object) -> Issue:
        return Issue(Severity.WARNING, message(text, **values), where)

    for place, one in enumerate(deals):
        where = f"{table}[{place}]"
        if (reason := doubt(one)) is not None:
            yield warning(where, texts.left_out, name=one.name, reason=reason)
        elif one.nature is not Nature.UNRELATED:
            reason = message(REASONS[one.nature])
            yield warning(where, texts.counted, name=one.name, reason=reason)
        if not one.source.strip():
            yield warning(f"{where}.source", texts.unsourced, name=one.name)
