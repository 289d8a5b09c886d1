"""A patent as an option (专利实物期权) to launch its product.

The owner may spend the cost of development while the patent lasts. Each year of waiting
loses a year of protected flows: a yield of one over the life. Beside the European value
stand those of launching at any time, with that constant yield and with the erosion as
it is, (T − t)/T of the value at t; and the present value of launching now, which every
one of them contains and to which none is added.

Source: Black and Scholes 1973; Merton 1973; Damodaran, The promise and peril of real
options (patent of Avonex).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.method import Approach, Method, Topic, centred
from valuer.core.options import lattice
from valuer.core.options.black_scholes import TELLS, european, stated, value
from valuer.core.options.early import waiting
from valuer.core.options.terms import (
    EXERCISE_PRICE,
    LIFE,
    UNDERLYING,
    YIELD,
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
from valuer.core.working import Silent, Unit, Working


class Basis(StrEnum):
    """When the product may be launched, and how waiting costs."""

    EUROPEAN = "european"
    AMERICAN = "american"
    EROSION = "erosion"


@dataclass(frozen=True, slots=True)
class Params(Uncertain):
    """Inputs of a patent option."""

    underlying_value: Money = param(
        **UNDERLYING
        | {
            "label": N_("Present value of the flows if launched now"),
            "help": N_("After tax, over the life of the patent, before development."),
        }
    )
    exercise_price: Money = param(
        **EXERCISE_PRICE
        | {
            "label": N_("Cost of development and launch"),
            "help": N_("Present value of what has to be spent to launch."),
        }
    )
    life: Years = param(**LIFE | {"label": N_("Remaining life of the patent")})
    yield_rate: Rate | None = param(
        **YIELD
        | {
            "label": N_("Cost of delay"),
            "default": None,
            "help": N_(
                "Annual, continuous: share of the value that a year of waiting loses."
                " Left out: one over the life."
            ),
        }
    )
    basis: Basis = param(
        N_("Value adopted"),
        Basis.EUROPEAN,
        choice_labels=(
            (Basis.EUROPEAN.value, N_("Launch on the last day (European, least)")),
            (Basis.AMERICAN.value, N_("Launch at any time, constant cost of delay")),
            (Basis.EROSION.value, N_("Launch at any time, erosion (T − t)/T")),
        ),
        help=N_("The others stand beside it."),
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Value of the patent as an option, in the currency of its flows.

    Numbers are () or have leading axes and a last of one.
    """
    add, basis = working.add, given["basis"]
    terms = stated(
        working,
        given,
        underlying=N_("Present value of the flows if launched now"),
        price=N_("Cost of development and launch"),
        life=N_("Remaining life of the patent"),
    )
    at_end = european(working, terms, Side.CALL, certain=given["certain"], symbol="E")
    now = terms.underlying - terms.price
    text = N_("Present value of launching now, contained in the option")
    add(text, "NPV", "S − K", now, Unit.MONEY)
    found = {Basis.EUROPEAN: at_end}
    for each_basis in (Basis.AMERICAN, Basis.EROSION):
        # What only stands beside the value is left out where no steps are kept.
        if basis is each_basis or isinstance(working, Working):
            found[each_basis] = _early(working, terms, each_basis, at_end, now)
    symbol = {Basis.EUROPEAN: "E", Basis.AMERICAN: "A", Basis.EROSION: "B"}[basis]
    worth = found[basis]
    text = N_("Value of waiting beyond that of launching now")
    add(text, "premium", f"{symbol} − NPV", worth - now, Unit.MONEY)
    return by_scenario(add(N_("Value"), "V", symbol, worth, Unit.MONEY))


def _early(
    working: Silent, terms: Terms, basis: Basis, at_end: Floats, now: Floats
) -> Floats:
    """Return the value with launch at any time; two lattices are extrapolated."""
    is_eroding = basis is Basis.EROSION
    letter = "B" if is_eroding else "A"
    label = _LABELS[basis]
    held, rule = waiting(working, terms, 1, letter, label, erodes=is_eroding)
    if is_eroding:
        best, text = np.maximum(held, np.maximum(now, 0)), f"max({rule}; NPV; 0)"
    else:
        best = np.maximum(held, np.maximum(at_end, now))
        text = f"max({rule}; E; NPV)"
    return working.add(label, letter, text, best, Unit.MONEY)


_LABELS = {
    Basis.AMERICAN: N_("Launch at any time, constant cost of delay"),
    Basis.EROSION: N_("Launch at any time, erosion (T − t)/T"),
}


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments."""
    settings = {"basis": params.basis, "certain": sigma_of(params) == 0}
    return number_arrays(params) | settings


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows."""
    return (*uncertain_issues(params), *price_issues(params, "exercise_price"))


def outputs(params: Any) -> dict[str, Any]:
    """Return the life at which waiting to the end is worth no more than launching.

    Value and cost of launching stay as they are, the cost of delay is one over the life
    in question; absent where launching now brings nothing, or a cost is stated.
    """
    plain: Mapping[str, Any] = arrays(centred(params))
    now = float(plain["underlying_value"] - plain["exercise_price"])
    if now <= 0 or params.yield_rate is not None:
        return {}
    with np.errstate(all="ignore"):
        found = break_even_life(plain, now, sigma_of(centred(params)))
    return {} if found is None else {"break_even_life": found}


def break_even_life(given: Mapping[str, Any], now: float, sigma: float) -> float | None:
    """Return the years of life at which the European value is that of launching now.

    By bisection; None where it is more, or less, over the whole range of lives.
    """

    def beyond(life: float) -> float:
        worth = value(
            1,
            given["underlying_value"],
            given["exercise_price"],
            life,
            given["risk_free_rate"],
            1 / life,
            sigma,
        )
        return float(worth) - now

    low, high = _SHORTEST, float(LIFE["high"])
    if not beyond(low) < 0 < beyond(high):
        return None
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if beyond(middle) < 0 else (low, middle)
    return (low + high) / 2


_SHORTEST = 0.01
_HALVINGS = 60


def work(params: Any) -> float:
    """Return the figures of the lattices, those of both early uses."""
    dates = lattice.usual_dates(params.life)
    return 2 * lattice.held_work(dates, sigma_of(params) * params.life**0.5)


METHOD = Method(
    key="patent_option",
    version=1,
    approach=Approach.INCOME,
    listed=Topic.OPTIONS,
    title=N_("Patent as an option"),
    idea=N_(
        "A patent not yet used is the right to launch its product while it lasts;"
        " waiting may bring more than launching now, and costs a year of protection"
        " each year."
    ),
    source="Black & Scholes 1973; Merton 1973; Damodaran, real options (cost of delay 1/n)",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    work=work,
    tells=(
        *TELLS,
        ("npv", "NPV"),
        ("premium", "premium"),
        ("european", "E"),
        ("american", "A"),
        ("erosion", "B"),
        ("cost_of_delay", "q"),
    ),
)
