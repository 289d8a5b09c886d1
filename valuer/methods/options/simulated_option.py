"""Option used early, by simulation (最小二乘蒙特卡洛).

For what has no closed form: the underlying is simulated, and on each date the value of
waiting is regressed on its powers. The same seed gives the same figures everywhere; the
standard error stands beside the value. Right with dates of use spread evenly.

Source: Longstaff and Schwartz, Valuing American options by simulation, 2001.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.distributions import Floats, is_distribution
from valuer.core.method import Approach, Method, Topic
from valuer.core.options import lattice, least_squares
from valuer.core.options.black_scholes import TELLS, european, stated
from valuer.core.options.least_squares import Simulated, simulated
from valuer.core.options.terms import (
    DATES,
    EXERCISE_PRICE,
    LIFE,
    SIDE_NAMES,
    UNDERLYING,
    YIELD,
    Side,
    Terms,
    Uncertain,
    error,
    even_issues,
    price_issues,
    sigma_of,
    uncertain_issues,
)
from valuer.core.params import Money, Number, Rate, Years, param
from valuer.core.problems import Issue
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit

COUNTS = ("dates", "paths", "degree", "seed")
"""The parameters that are whole numbers and settings of the simulation."""


@dataclass(frozen=True, slots=True)
class Params(Uncertain):
    """Inputs of a simulated option."""

    side: Side = param(N_("Right"), choice_labels=SIDE_NAMES)
    underlying_value: Money = param(**UNDERLYING)
    exercise_price: Money = param(**EXERCISE_PRICE)
    life: Years = param(**LIFE)
    yield_rate: Rate = param(**YIELD)
    dates: Number = param(**DATES | {"default": 50.0})
    paths: Number = param(
        N_("Paths"),
        100_000.0,
        low=1000,
        high=2_000_000,
        whole=True,
        is_base=True,
        help=N_("An even number: each path has its mirror image."),
    )
    degree: Number = param(
        N_("Highest power"),
        3.0,
        low=1,
        high=8,
        whole=True,
        is_base=True,
        help=N_("Of the underlying, in the regression of the value of waiting."),
    )
    seed: Number = param(
        N_("Seed"),
        1.0,
        low=0,
        high=2**53,
        whole=True,
        is_base=True,
        help=N_("The same seed gives the same draws."),
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Value of the option, in the currency of the underlying.

    Numbers are () or have leading axes and a last of one.
    """
    add, side = working.add, given["side"]
    terms = stated(
        working,
        given,
        underlying=N_("Value of the underlying"),
        price=N_("Exercise price"),
    )
    european(working, terms, side, certain=given["certain"], symbol="E")
    today = "S − K" if side is Side.CALL else "K − S"
    now = side.sign * (terms.underlying - terms.price)
    add(N_("Brought by using the right today"), "I", today, now, Unit.MONEY)
    mean = _waiting(working, terms, given)
    label = N_("Value of the option")
    best = np.where(mean < now, now, mean)
    return by_scenario(add(label, "V", "max(W; I)", best, Unit.MONEY))


def _waiting(working: Silent, terms: Terms, given: Mapping[str, Any]) -> Floats:
    """Return the value of waiting, with its standard error where steps are kept."""
    found: list[Simulated] = []

    def one(right: lattice.Right) -> float:
        dates, pairs = given["dates"], given["paths"] // 2
        found.append(simulated(right, dates, pairs, given["degree"], given["seed"]))
        return found[-1].mean

    add = working.add
    means = lattice.each_right(one, given["side"].sign, terms)
    text = N_("Value of waiting: mean over the paths, used by least squares")
    add(text, "W", "", means, Unit.MONEY)
    first = found[0]
    text = N_("Standard deviation of the mean of a path and its mirror image")
    add(text, "s", "", np.array(first.deviation), Unit.MONEY)
    text = N_("Pairs of paths")
    add(text, "n", "", np.array(float(first.pairs)), Unit.NUMBER)
    text = N_("Standard error")
    error_of = np.array(first.deviation) / np.sqrt(first.pairs)
    add(text, "ε", "s / sqrt(n)", error_of, Unit.MONEY)
    text = N_("Share of paths used before the end")
    add(text, "φ", "", np.array(first.used), Unit.RATE)
    return means


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments."""
    found: dict[str, Any] = number_arrays(params)
    counts = {name: int(found.pop(name)) for name in COUNTS}
    settings = {"side": params.side, "certain": sigma_of(params) == 0}
    return found | counts | settings


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows."""
    return (
        *uncertain_issues(params),
        *price_issues(params, "exercise_price"),
        *even_issues(params, "paths"),
        *_size_issues(params),
    )


MOST = 25_000_000
"""Paths times dates at most: some seconds, the sensitivity a dozen times that."""


def _size_issues(params: Any) -> Iterator[Issue]:
    if is_distribution(params.paths) or is_distribution(params.dates):
        return
    if params.paths * params.dates > MOST:
        text = N_("Paths times dates must be at most {most}; lower one of them.")
        yield error("paths", text, most=MOST)


def work(params: Any) -> float:
    """Return the figures of the paths of one scenario."""
    return least_squares.work(params.paths, params.dates, params.degree)


METHOD = Method(
    key="simulated_option",
    version=1,
    approach=Approach.INCOME,
    listed=Topic.OPTIONS,
    title=N_("Option by simulation"),
    idea=N_(
        "Paths of the underlying are simulated; on each date the right is used where"
        " that brings more than waiting is worth by a regression over the paths."
    ),
    source="Longstaff & Schwartz 2001, section 1",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    work=work,
    tells=(
        *TELLS,
        ("european", "E"),
        ("standard_error", "ε"),
        ("used_early", "φ"),
    ),
)
