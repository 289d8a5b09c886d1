"""Option on a tree of stated rises and falls (二叉树期权).

In each step the underlying rises by one factor or falls by another, both stated. The
risk-neutral probability follows from them and from the rate; values are stepped back
from the last nodes, each worth the more of using the right and of waiting.

Source: Cox, Ross and Rubinstein 1979, eq. 2 and 3; Trigeorgis, Real options, 1996, chapter
5 (option to defer; the cost grows with time).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.dated import CURRENCY
from valuer.core.distributions import Floats
from valuer.core.method import Approach, Method, Topic, centred
from valuer.core.options import lattice
from valuer.core.options.terms import (
    EXERCISE_NAMES,
    EXERCISE_PRICE,
    SIDE_NAMES,
    UNDERLYING,
    Exercise,
    Side,
    error,
    price_issues,
)
from valuer.core.params import Currency, Money, Number, Rate, param
from valuer.core.problems import Issue
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_, Message, message
from valuer.core.working import Silent, Unit

SHOWN = 6
"""Steps at most of which every node is shown."""


class Compounding(StrEnum):
    """How the rate of a step counts."""

    ANNUAL = "annual"
    CONTINUOUS = "continuous"


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of an option on a stated tree."""

    side: Side = param(N_("Right"), Side.CALL, choice_labels=SIDE_NAMES)
    underlying_value: Money = param(**UNDERLYING)
    exercise_price: Money = param(**EXERCISE_PRICE)
    up: Number = param(N_("Factor of a rise"), symbol="u", low=0, above=True, high=1000)
    down: Number = param(
        N_("Factor of a fall"), symbol="d", low=0, above=True, high=1000
    )
    rate: Rate = param(
        N_("Risk-free rate of a step"),
        symbol="r",
        low=-0.1,
        high=1,
        help=N_("For one step of the tree."),
    )
    compounding: Compounding = param(
        N_("Compounding"),
        Compounding.ANNUAL,
        choice_labels=(
            (Compounding.ANNUAL.value, N_("Once a step: 1 + r")),
            (Compounding.CONTINUOUS.value, N_("Continuous: exp(r)")),
        ),
    )
    steps: Number = param(
        N_("Steps"),
        1.0,
        low=1,
        high=500,
        whole=True,
        is_base=True,
        help=N_("Of the tree."),
    )
    price_growth: Rate = param(
        N_("Growth of the exercise price"),
        0.0,
        symbol="g",
        low=-0.9,
        high=1,
        help=N_("In each step, compounded once a step."),
    )
    exercise: Exercise = param(
        N_("The right may be used"), Exercise.EUROPEAN, choice_labels=EXERCISE_NAMES
    )
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Value of the option, in the currency of the underlying.

    Numbers are () or have leading axes and a last of one.
    """
    add, steps = working.add, given["steps"]
    text = N_("Value of the underlying")
    worth = add(text, "S", "", given["underlying_value"], Unit.MONEY)
    price = add(N_("Exercise price"), "K", "", given["exercise_price"], Unit.MONEY)
    up = add(N_("Factor of a rise"), "u", "", given["up"], Unit.FACTOR)
    down = add(N_("Factor of a fall"), "d", "", given["down"], Unit.FACTOR)
    rate = add(N_("Risk-free rate of a step"), "r", "", given["rate"], Unit.RATE)
    text = N_("Growth of the exercise price")
    growth = add(text, "g", "", given["price_growth"], Unit.RATE)
    is_continuous = given["compounding"] is Compounding.CONTINUOUS
    grown = np.exp(rate) if is_continuous else 1 + rate
    text = N_("Growth of a sum in one step")
    add(text, "R", "exp(r)" if is_continuous else "1 + r", grown, Unit.FACTOR)
    text = N_("Risk-neutral probability of a rise")
    chance = (grown - down) / (up - down)
    # Outside 0 to 1 there is no such probability, and so no value.
    chance = np.where((chance > 0) & (chance < 1), chance, np.nan)
    add(text, "p", "(R − d) / (u − d)", chance, Unit.RATE)
    add(N_("Steps"), "n", "", np.array(float(steps)), Unit.NUMBER)
    tree = _Tree(worth, price, up, down, grown, chance, growth, given)
    values = _gains(tree, steps)
    values = _level(working, tree, steps, np.maximum(values, 0), "max({gain}; 0)")
    for step in range(steps - 1, -1, -1):
        values = _back(working, tree, values, step)
    found = values[0] if values.ndim == 1 else values
    if steps > SHOWN:
        text = N_("Value of the option, by steps back through the tree")
        return by_scenario(add(text, "V", "", found, Unit.MONEY))
    return by_scenario(add(N_("Value of the option"), "V", "C0", found, Unit.MONEY))


@dataclass(frozen=True, slots=True)
class _Tree:
    worth: Floats
    price: Floats
    up: Floats
    down: Floats
    grown: Floats
    chance: Floats
    growth: Floats
    given: Mapping[str, Any]


def _gains(tree: _Tree, step: int) -> Floats:
    """Return what using the right brings at each node of a step; shape (…, nodes)."""
    rises = np.arange(step + 1)
    values = tree.worth * tree.up**rises * tree.down ** (step - rises)
    price = tree.price * (1 + tree.growth) ** step
    return np.asarray(tree.given["side"].sign * (values - price))


def _rule(tree: _Tree, step: int) -> str:
    worth = f"S × u^j{step} × d^({step} − j{step})"
    price = f"K × (1 + g)^{step}"
    is_call = tree.given["side"] is Side.CALL
    return f"{worth} − {price}" if is_call else f"{price} − {worth}"


def _back(working: Silent, tree: _Tree, later: Floats, step: int) -> Floats:
    """Return the values at the nodes of a step from those of the next."""
    rise, fall = later[..., 1:], later[..., :-1]
    values = (tree.chance * rise + (1 - tree.chance) * fall) / tree.grown
    rule = f"(p × A{step} + (1 − p) × B{step}) / R"
    if tree.given["exercise"] is Exercise.AMERICAN:
        gains = _gains(tree, step)
        # What is missing stays missing.
        values = np.where(values < gains, gains, values)
        rule = f"max({rule}; {{gain}})"
    if tree.given["steps"] <= SHOWN:
        text = N_("Value one step later after a rise, from step {step}")
        _add(working, message(text, step=step), f"A{step}", "", rise, step)
        text = N_("Value one step later after a fall, from step {step}")
        _add(working, message(text, step=step), f"B{step}", "", fall, step)
    return _level(working, tree, step, values, rule)


def _level(
    working: Silent, tree: _Tree, step: int, values: Floats, rule: str
) -> Floats:
    """Show the values at the nodes of a step, where every node is shown."""
    if tree.given["steps"] <= SHOWN:
        text = N_("Rises until step {step}, fewest first")
        rises = np.arange(step + 1, dtype=np.float64)
        _add(working, message(text, step=step), f"j{step}", "", rises, step)
        text = N_("Value at the nodes of step {step}")
        formula = rule.format(gain=_rule(tree, step))
        _add(working, message(text, step=step), f"C{step}", formula, values, step)
    return values


def _add(
    working: Silent,
    label: Message,
    symbol: str,
    formula: str,
    values: Floats,
    step: int,
) -> None:
    shown = values if step else values[..., 0]
    unit = Unit.NUMBER if symbol.startswith("j") else Unit.MONEY
    working.add(label, symbol, formula, shown, unit, f"step{step}")


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments."""
    found: dict[str, Any] = number_arrays(params)
    settings = {
        "steps": int(found.pop("steps")),
        "side": params.side,
        "exercise": params.exercise,
        "compounding": params.compounding,
    }
    return found | settings


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows."""
    found = tuple(price_issues(params, "exercise_price"))
    return found or tuple(_chance_issues(centred(params)))


def _chance_issues(params: Any) -> Iterator[Issue]:
    grown = 1 + params.rate
    if params.compounding is Compounding.CONTINUOUS:
        grown = float(np.exp(params.rate))
    if params.down < grown < params.up:
        return
    text = N_(
        "The growth of a sum in one step, {grown:.10g}, must lie between the factor of"
        " a fall, {down:.10g}, and that of a rise, {up:.10g}; else the probability of a"
        " rise lies outside 0 to 1."
    )
    name = "down" if params.down >= grown else "up"
    yield error(name, text, grown=grown, down=params.down, up=params.up)


def work(params: Any) -> float:
    """Return the figures of the lattice of one scenario."""
    return lattice.binomial_work(int(params.steps))


METHOD = Method(
    key="binomial_option",
    version=1,
    approach=Approach.INCOME,
    listed=Topic.OPTIONS,
    title=N_("Option on a stated tree"),
    idea=N_(
        "The underlying rises or falls by stated factors; the risk-neutral probability"
        " follows from them and from the rate, and values are stepped back."
    ),
    source="Cox, Ross & Rubinstein 1979, eq. 2–3; Trigeorgis 1996, ch. 5",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    work=work,
    tells=(("p", "p"),),
)
