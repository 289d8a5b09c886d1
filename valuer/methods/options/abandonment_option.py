"""Option to abandon (放弃期权).

The right to give the project up for what its means bring elsewhere is a put on its
value. Unlike the right to launch, it comes on top of the value of going on: the patent
with it is worth both together.

Source: Black and Scholes 1973; Merton 1973; Trigeorgis, Real options, 1996, chapter 1
(option to abandon for salvage value).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.method import Approach, Method, Topic
from valuer.core.options.black_scholes import TELLS, european, stated
from valuer.core.options.early import waiting
from valuer.core.options.terms import (
    EXERCISE_NAMES,
    EXERCISE_PRICE,
    LIFE,
    UNDERLYING,
    YIELD,
    Exercise,
    Side,
    Terms,
    Uncertain,
    price_issues,
    sigma_of,
    uncertain_issues,
)
from valuer.core.params import Money, Rate, Years, param
from valuer.core.problems import Issue
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit


class Subject(StrEnum):
    """Of what the value is adopted."""

    OPTION = "option"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Params(Uncertain):
    """Inputs of an option to abandon."""

    underlying_value: Money = param(
        **UNDERLYING
        | {
            "label": N_("Present value of going on"),
            "help": N_("Of the flows that abandoning would give up."),
        }
    )
    exercise_price: Money = param(
        **EXERCISE_PRICE
        | {
            "label": N_("Proceeds of abandoning"),
            "help": N_("What sale or other use brings when the project is given up."),
        }
    )
    life: Years = param(**LIFE)
    yield_rate: Rate = param(**YIELD)
    exercise: Exercise = param(
        N_("Abandoning is possible"),
        Exercise.EUROPEAN,
        choice_labels=EXERCISE_NAMES,
    )
    subject: Subject = param(
        N_("Value adopted"),
        Subject.OPTION,
        choice_labels=(
            (Subject.OPTION.value, N_("The option by itself")),
            (Subject.WHOLE.value, N_("Going on, with the option")),
        ),
        help=N_("The option adds to the value of going on."),
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Value of the option, or of going on with it, in the currency of the flows.

    Numbers are () or have leading axes and a last of one.
    """
    add = working.add
    terms = stated(
        working,
        given,
        underlying=N_("Present value of going on"),
        price=N_("Proceeds of abandoning"),
    )
    put = european(working, terms, Side.PUT, certain=given["certain"], symbol="P")
    text = N_("Value of the call on the same terms, by put–call parity")
    leaked = terms.underlying * np.exp(-terms.leak * terms.life)
    owed = terms.price * np.exp(-terms.rate * terms.life)
    parity = "P + S × exp(−q × T) − K × exp(−r × T)"
    add(text, "C", parity, put + leaked - owed, Unit.MONEY)
    worth, symbol = put, "P"
    if given["exercise"] is Exercise.AMERICAN:
        worth, symbol = _early(working, terms, put), "A"
    text = N_("Value of going on, with the option")
    whole = add(text, "F", f"S + {symbol}", terms.underlying + worth, Unit.MONEY)
    if given["subject"] is Subject.WHOLE:
        worth, symbol = whole, "F"
    return by_scenario(add(N_("Value"), "V", symbol, worth, Unit.MONEY))


def _early(working: Silent, terms: Terms, put: Floats) -> Floats:
    """Return the value with abandoning at any time."""
    now = terms.price - terms.underlying
    text = N_("Brought by abandoning today")
    working.add(text, "I", "K − S", now, Unit.MONEY)
    label = N_("Value with abandoning at any time")
    held, rule = waiting(working, terms, -1, "A", label)
    best = np.maximum(np.maximum(held, put), now)
    return working.add(label, "A", f"max({rule}; P; I)", best, Unit.MONEY)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments."""
    settings = {
        "exercise": params.exercise,
        "subject": params.subject,
        "certain": sigma_of(params) == 0,
    }
    return number_arrays(params) | settings


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows."""
    return (*uncertain_issues(params), *price_issues(params, "exercise_price"))


METHOD = Method(
    key="abandonment_option",
    version=1,
    approach=Approach.INCOME,
    listed=Topic.OPTIONS,
    title=N_("Option to abandon"),
    idea=N_(
        "The right to give a project up for what its means bring elsewhere is a put on"
        " its value, and adds to the value of going on."
    ),
    source="Black & Scholes 1973; Merton 1973; Trigeorgis 1996, ch. 1",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    tells=(
        *TELLS,
        ("put", "P"),
        ("call", "C"),
        ("american", "A"),
        ("with_option", "F"),
    ),
)
