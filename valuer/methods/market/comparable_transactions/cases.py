"""The cases compared, and the points in which they are (可比交易案例、比较因素)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import numpy as np

from valuer.core.deals import DOUBTFUL, NATURE, Doubtful, Nature
from valuer.core.distributions import Floats
from valuer.core.method import centred
from valuer.core.params import (
    Currency,
    Kind,
    Measure,
    Money,
    Number,
    Quantity,
    Rate,
    Shape,
    Text,
    param,
)
from valuer.core.slots import number_arrays
from valuer.core.texts import N_

AXIS = "comparables"
"""Along the cases; the name of their table."""

FACTOR_NAMES = (
    N_("Date of the deal"),
    N_("Way of the deal"),
    N_("Territory of the deal"),
    N_("Remaining economic life"),
    N_("Technical features and advance"),
    N_("Legal status and scope of protection"),
    N_("Way of payment"),
    N_("Other"),
)
"""Points of difference that the form offers; others are as good."""

Indices = Annotated[
    tuple[Quantity, ...], Measure(Kind.NUMBER, Shape.SERIES, across=AXIS)
]


@dataclass(frozen=True, slots=True)
class Comparable:
    """One case: a deal in a patent like the subject (可比交易案例)."""

    name: Text = param(
        N_("Comparable"), help=N_("What the report calls it, as in “Comparable A”.")
    )
    patent_number: Text = param(
        N_("Patent No."), "", help=N_("Number of the patent that changed hands.")
    )
    price: Money = param(
        N_("Price"),
        symbol="P",
        low=0,
        help=N_("Price of the deal, in the currency of this run."),
    )
    deal_date: date = param(
        N_("Date of the deal"), help=N_("A deal after the valuation date never counts.")
    )
    nature: Nature = param(**NATURE)
    terms: Text = param(
        N_("Terms of the deal"),
        "",
        help=N_("Assignment or licence, its kind and term, how it was paid."),
    )
    source: Text = param(
        N_("Source"), help=N_("Where the deal is recorded, so that it can be found.")
    )
    weight: Rate | None = param(
        N_("Weight"),
        None,
        symbol="w",
        is_base=True,
        low=0,
        help=N_(
            "For every comparable that counts, adding to 1, or for none: then equal."
        ),
    )


@dataclass(frozen=True, slots=True)
class Factor:
    """One point of difference between the subject and the cases (比较因素)."""

    name: Text = param(
        N_("Factor"),
        suggestions=FACTOR_NAMES,
        help=N_("In what the subject and the comparables differ."),
    )
    subject: Number = param(
        N_("Index of the subject"),
        100.0,
        symbol="s",
        is_base=True,
        low=0,
        above=True,
        help=N_("100 unless another base is chosen."),
    )
    indices: Indices = param(
        N_("Index of the comparable"),
        symbol="c",
        low=0,
        above=True,
        help=N_(
            "One for each comparable, above that of the subject where it is better."
        ),
    )
    reason: Text = param(
        N_("Reason"),
        "",
        help=N_("What in the subject and the comparables supports the indices."),
    )


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the method of comparable transactions."""

    comparables: tuple[Comparable, ...] = param(
        N_("Comparables"),
        by_row=True,
        help=N_("Deals in patents like the subject, three at least where possible."),
    )
    factors: tuple[Factor, ...] = param(
        N_("Factors"),
        by_row=True,
        help=N_(
            "Each adjusts every price by the index of the subject over that of the comparable."
        ),
    )
    doubtful: Doubtful = param(**DOUBTFUL)
    valuation_date: date = param(
        N_("Valuation date"),
        fact="valuation_date",
        help=N_("The day on which the prices are compared."),
    )
    currency: Currency = param(
        N_("Currency"),
        "CNY",
        fact="currency",
        help=N_("Currency of the prices and of the value."),
    )


def adjustments(params: Any) -> Floats:
    """Return every adjustment factor at its centre, shape (factors, cases)."""
    numbers = number_arrays(centred(params))
    subject: Floats = numbers["factors_subject"][:, np.newaxis]
    return subject / numbers["factors_indices"]
