"""Renewal option (续展期权): a patent as the right to decide every year anew.

At the beginning of each year the owner pays the fee and takes the year's return, or lets
the right lapse for ever. Returns fall on average and wander on the way, and may vanish;
since a bad turn can be cut off and a good one kept, the value lies above that of any
number of years fixed now. Stepped back on a grid of returns.

Source: Pakes 1986, Patents as options: V(t, r) = max{0, r − c_t + β E[V(t + 1, r′)]};
here ln(r′/r) is normal and r′ vanishes by a chance each year (the learning of the first
years is not modelled).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.method import Approach, Method, Topic, centred
from valuer.core.params import Money, Rate, param
from valuer.core.problems import Issue, Severity
from valuer.core.renewal import (
    DECAY_RATE,
    Renewing,
    fees_of,
    renewal_arrays,
    renewal_issues,
    renewal_outputs,
    shown_fees,
)
from valuer.core.slots import by_scenario
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit

SPACING = 0.1
"""Distance of the grid's nodes, in standard deviations of a year."""

REACH = 6.5
"""How far the grid reaches, in standard deviations of the whole time."""

MOST_YEARS = 60
"""The most years decided on; no right lives longer, and the grid would be slow."""

TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Params(Renewing):
    """Inputs of the renewal option."""

    first_return: Money = param(
        N_("Return of the first year"),
        symbol="R",
        low=0,
        help=N_("What the right earns in the year of the first fee, before the fee."),
    )
    decay_rate: Rate = param(**DECAY_RATE)
    volatility: Rate = param(
        N_("Volatility of the return"),
        symbol="σ",
        low=0,
        high=2,
        help=N_("Annual standard deviation of the logarithm of the return."),
    )
    vanish_rate: Rate = param(
        N_("Chance that the return vanishes"),
        0.0,
        symbol="λ",
        low=0,
        high=1,
        help=N_("Each year, for ever: a better technology, or the right revoked."),
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Value of the right, decided on every year, in the currency of the return.

    Fees are (…, years), all other numbers () or with a last axis of one.
    """
    add = working.add
    fees = shown_fees(working, given)
    text = N_("Return of the first year")
    first = add(text, "R", "", given["first_return"], Unit.MONEY)
    fall = add(DECAY_RATE["label"], "δ", "", given["decay_rate"], Unit.RATE)
    text = N_("Chance that the return vanishes")
    vanish = add(text, "λ", "", given["vanish_rate"], Unit.RATE)
    rate = add(N_("Discount rate"), "r", "", given["discount_rate"], Unit.RATE)
    count = np.arange(fees.shape[-1], dtype=np.float64)
    add(N_("Years after the first"), "j", "", count, Unit.YEARS)
    mean = first * ((1 - fall) * (1 - vanish)) ** count
    add(N_("Return expected"), "m", "R × ((1 − δ) × (1 − λ))^j", mean, Unit.MONEY)
    factor = (1 + rate) ** -count
    add(N_("Discount factor"), "d", "(1 + r)^(−j)", factor, Unit.FACTOR)
    sums = np.cumsum((mean - fees) * factor, axis=-1)
    text = N_("Value where the years to keep it are fixed now, by their number")
    add(text, "A", "Σₜ (m − c) × d", sums, Unit.MONEY)
    best = np.maximum(sums.max(axis=-1, keepdims=sums.ndim > 1), 0)
    text = N_("Value with the best number of years fixed now")
    fixed = add(text, "F", "max(quartile(A; 4); 0)", best, Unit.MONEY)
    add(N_("Volatility of the return"), "σ", "", given["volatility"], Unit.RATE)
    text = N_("Value of deciding again from the second year on, by the grid")
    later = add(text, "B", "", continuation(fees, given), Unit.MONEY)
    begin = first - (fees[0] if fees.ndim == 1 else fees[..., :1])
    choice = add(
        N_("Value of deciding every year"),
        "O",
        "max(max(R − c₁ + B; 0) − F; 0)",
        np.maximum(np.maximum(begin + later, 0) - fixed, 0),
        Unit.MONEY,
    )
    return by_scenario(add(N_("Value"), "V", "F + O", fixed + choice, Unit.MONEY))


def continuation(fees: Floats, given: dict[str, Any]) -> Floats:
    """Return what the years after the first are worth at its beginning.

    In units of the year's own return, under the measure that makes it so: what is
    reckoned lies between nought and an annuity, whatever the volatility, so that the
    grid may end where the normal law does.
    """
    years = fees.shape[-1]
    first, sigma = given["first_return"], given["volatility"]
    kept = 1 - given["decay_rate"]
    step = kept * (1 - given["vanish_rate"]) / (1 + given["discount_rate"])
    nodes, ahead = _grid(years)
    worth = np.zeros(np.broadcast_shapes(np.shape(step), nodes.shape))
    for year in range(years - 1, 0, -1):
        grown = np.exp(sigma * nodes + sigma**2 * (year / 2))
        back = np.maximum(first * kept**year * grown, TINY)
        fee = fees[..., year : year + 1]
        worth = _positive(1 - fee / back + step * (worth @ ahead))
    middle = ahead[:, nodes.size // 2]
    expected = (worth * middle).sum(axis=-1, keepdims=worth.ndim > 1)
    return np.asarray(first * step * expected)


def _positive(worth: Floats) -> Floats:
    """Return what is kept of a worth on the nodes: it, where above nought.

    The node next to the turn takes what makes the sum over the nodes the integral to
    the third order of their distance (Euler and Maclaurin): the mean of its cell, less
    a twelfth of the change over half of it. Else the error would go with where the turn
    falls between two nodes.
    """
    half = np.abs(np.gradient(worth, axis=-1)) / 2
    turning = np.abs(worth) < half
    mean = (worth + half) ** 2 / (4 * np.where(turning, half, 1.0))
    return np.where(turning, mean - half / 12, np.maximum(worth, 0))


@cache
def _grid(years: int) -> tuple[Floats, Floats]:
    """Return nodes of the standard normal walk, and the weights of a year's step.

    Weights have the shape (nodes after, nodes before); what would leave the grid stays
    at its end.
    """
    half = int(np.ceil(REACH * np.sqrt(years) / SPACING))
    nodes = SPACING * np.arange(-half, half + 1, dtype=np.float64)
    reach = np.arange(-int(8 / SPACING), int(8 / SPACING) + 1)
    weight = np.exp(-((reach * SPACING) ** 2) / 2)
    weight /= weight.sum()
    ahead = np.zeros((nodes.size, nodes.size))
    before = np.arange(nodes.size)
    for offset, share in zip(reach, weight, strict=True):
        after = np.clip(before + offset, 0, nodes.size - 1)
        ahead[after, before] += share
    return nodes, ahead


def check(params: Any) -> tuple[Issue, ...]:
    """Return what is wrong with years and fees; the grid grows with their number."""
    issues = renewal_issues(params)
    if any(one.severity is Severity.ERROR for one in issues):
        return issues
    years = len(fees_of(centred(params)))
    if years <= MOST_YEARS:
        return issues
    text = N_("The years to be decided on must be at most {most}; these are {years}.")
    words = message(text, most=MOST_YEARS, years=years)
    return (Issue(Severity.ERROR, words, "last_year"),)


def work(params: Any) -> float:
    """Return the figures of the grid of one scenario: nodes by nodes, every year."""
    return 170.0 * len(fees_of(params)) ** 2


METHOD = Method(
    key="renewal_option",
    version=1,
    approach=Approach.INCOME,
    title=N_("Renewal option"),
    idea=N_(
        "The patent is worth its returns net of fees where the owner decides every year"
        " anew whether to keep it, returns being uncertain."
    ),
    source="Pakes 1986, Patents as options: V(t, r) = max{0, r − c_t + β E[V(t + 1, r′)]}",
    params=Params,
    arrays=renewal_arrays,
    formula=formula,
    check=check,
    outputs=renewal_outputs,
    work=work,
    listed=Topic.SPECIAL,
    tells=(("fixed_plan", "F"), ("option", "O"), ("fees", "c")),
)
