"""The licences compared, and the points in which they differ (可比许可)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from valuer.core.dated import SHARE_DIGITS, VALUATION_DATE
from valuer.core.deals import DOUBTFUL, NATURE, Doubtful, Nature, deal_doubt
from valuer.core.params import (
    Kind,
    Measure,
    Number,
    Quantity,
    Rate,
    Shape,
    Text,
    param,
)
from valuer.core.share_of import SHARE_OF, ShareOf
from valuer.core.texts import N_, Message, message

AXIS = "licences"
"""Along the licences; the name of their table."""

COUNTED = "counted"
"""Along the licences that count."""

FACTOR_NAMES = (
    N_("Exclusivity"),
    N_("Territory of the deal"),
    N_("Term of the licence"),
    N_("Stage of development"),
    N_("Bundle of rights"),
    N_("Date of the deal"),
    N_("Other"),
)
"""Points of difference that the form offers; others are as good."""

Adjustments = Annotated[
    tuple[Quantity, ...], Measure(Kind.NUMBER, Shape.SERIES, across=AXIS)
]


class Exclusivity(StrEnum):
    """Who may use the right beside the licensee (许可种类)."""

    EXCLUSIVE = "exclusive"
    SOLE = "sole"
    ORDINARY = "ordinary"
    UNKNOWN = "unknown"


class Taken(StrEnum):
    """Which figure of the table is taken as the rate."""

    MINIMUM = "minimum"
    LOWER = "lower_quartile"
    MEDIAN = "median"
    MEAN = "mean"
    UPPER = "upper_quartile"
    MAXIMUM = "maximum"


@dataclass(frozen=True, slots=True)
class Licence:
    """One licence agreement."""

    name: Text = param(
        N_("Licence"), help=N_("What the report calls it, as in “Licence A”.")
    )
    parties: Text = param(N_("Parties"), "", help=N_("Licensor and licensee."))
    rate: Rate = param(
        N_("Royalty rate"),
        symbol="ρ",
        low=0,
        high=1,
        help=N_("Running rate as agreed, before adjustment."),
    )
    share_of: ShareOf = param(
        **SHARE_OF | {"help": N_("One on another base than the result never counts.")}
    )
    deal_date: date = param(
        N_("Date of the deal"), help=N_("A deal after the valuation date never counts.")
    )
    nature: Nature = param(**NATURE)
    exclusivity: Exclusivity = param(
        N_("Exclusivity"),
        Exclusivity.UNKNOWN,
        choice_labels=(
            (Exclusivity.EXCLUSIVE.value, N_("Exclusive")),
            (Exclusivity.SOLE.value, N_("Sole")),
            (Exclusivity.ORDINARY.value, N_("Ordinary")),
            (Exclusivity.UNKNOWN.value, N_("Not known")),
        ),
        help=N_("Exclusive: the licensee alone; sole: with the licensor; or ordinary."),
    )
    territory: Text = param(N_("Territory"), "", help=N_("Where it may be used."))
    terms: Text = param(
        N_("Terms of the deal"),
        "",
        help=N_("Term, entry fee, least royalty, what else was licensed."),
    )
    source: Text = param(
        N_("Source"), help=N_("Where the licence is recorded, so that it can be found.")
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """One point of difference, as a factor on the rate of each licence."""

    name: Text = param(
        N_("Factor"),
        suggestions=FACTOR_NAMES,
        help=N_("In what the subject's licence and those compared differ."),
    )
    factors: Adjustments = param(
        N_("Adjustment factor"),
        symbol="k",
        low=0,
        above=True,
        high=10,
        help=N_("One for each licence; 1.1 where the subject's terms are worth more."),
    )
    evidence: Text = param(
        N_("Evidence"),
        "",
        help=N_("What supports the factors; needed unless all are 1."),
    )


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the table of licences."""

    licences: tuple[Licence, ...] = param(
        N_("Licences"),
        by_row=True,
        help=N_("Agreements on rights like the subject, five at least where possible."),
    )
    differences: tuple[Difference, ...] = param(
        N_("Adjustments"),
        (),
        by_row=True,
        help=N_("Each multiplies every rate by its factor for that licence."),
    )
    taken: Taken = param(
        N_("Rate taken"),
        Taken.MEDIAN,
        choice_labels=(
            (Taken.MINIMUM.value, N_("Minimum")),
            (Taken.LOWER.value, N_("Lower quartile")),
            (Taken.MEDIAN.value, N_("Median")),
            (Taken.MEAN.value, N_("Mean")),
            (Taken.UPPER.value, N_("Upper quartile")),
            (Taken.MAXIMUM.value, N_("Maximum")),
        ),
        help=N_("Which figure of the adjusted rates is the result; argue the choice."),
    )
    share_of: ShareOf = param(**SHARE_OF)
    doubtful: Doubtful = param(**DOUBTFUL)
    valuation_date: date = param(**VALUATION_DATE)
    share_digits: Number | None = param(**SHARE_DIGITS)


def doubt(params: Any, licence: Any) -> Message | None:
    """Return why a licence does not count, or None."""
    reason = deal_doubt(params, licence)
    if reason is None and licence.share_of is not params.share_of:
        return message(N_("its rate is taken of another base"))
    return reason


def counting(params: Any) -> tuple[int, ...]:
    """Return the places of the licences that count."""
    return tuple(
        place for place, one in enumerate(params.licences) if doubt(params, one) is None
    )
