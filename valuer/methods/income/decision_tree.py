"""Decision tree (决策树): chances averaged, decisions taken for the best.

A table of nodes tells what may happen, with which chance, when, and what flows then.
From the ends backwards each chance node is worth the average of its branches and each
decision node the best of them; the beginning is worth what the patent is. Without any
decision that equals each flow weighted by the chance of reaching it.

Source: Magee 1964, Decision Trees for Decision Making, Harvard Business Review 42(4);
Raiffa 1968, Decision Analysis (averaging out and folding back).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from valuer.core.dated import CURRENCY, DISCOUNT_RATE, FACTOR_DIGITS
from valuer.core.distributions import Floats
from valuer.core.earning import RATE_COVERS, RateCovers
from valuer.core.method import Approach, Method, centred
from valuer.core.params import Currency, Money, Number, Rate, Text, Years, param
from valuer.core.problems import Issue, Severity
from valuer.core.slots import number_arrays
from valuer.core.texts import N_, message
from valuer.core.trees import (
    Layout,
    NodeKind,
    branch_issues,
    layout,
    structure_issues,
)
from valuer.core.working import Rounded, Silent, Unit

AXIS = "nodes"
"""Along the nodes; the name of their table."""

_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the tree."""

    name: Text = param(N_("Node"), help=N_("Every node has a name of its own."))
    kind: NodeKind = param(
        N_("Kind of node"),
        choice_labels=(
            (NodeKind.CHANCE.value, N_("Chance")),
            (NodeKind.DECISION.value, N_("Decision")),
            (NodeKind.END.value, N_("End")),
        ),
        help=N_("What follows it: chances, a decision of the owner, or nothing."),
    )
    parent: Text = param(
        N_("Hangs on"),
        "",
        help=N_("Name of the node before it; none at the beginning."),
    )
    probability: Rate | None = param(
        N_("Chance"),
        None,
        symbol="p",
        low=0,
        high=1,
        is_base=True,
        help=N_("Where it follows a chance node: given that that one is reached."),
    )
    flow: Money = param(
        N_("Flow"),
        0.0,
        symbol="c",
        help=N_("What is received when the node is reached; below 0 what is paid."),
    )
    time: Years = param(
        N_("Time"),
        0.0,
        symbol="t",
        low=0,
        high=200,
        help=N_("Years from the valuation date."),
    )


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the decision tree."""

    nodes: tuple[Node, ...] = param(N_("Nodes"), by_row=True)
    discount_rate: Rate = param(
        **DISCOUNT_RATE | {"help": N_("Annual, without any premium for failure.")}
    )
    rate_covers: RateCovers = param(**RATE_COVERS)
    factor_digits: Number | None = param(**FACTOR_DIGITS)
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Value at the beginning of the tree, in the currency of the flows.

    Columns of ``nodes`` are (…, rows); the discount rate is () or (…, 1).
    """
    add = working.add
    tree: Layout = given["tree"]
    flow = add(N_("Flow"), "c", "", given["nodes_flow"], Unit.MONEY, AXIS)
    time = add(N_("Time of the flow"), "t", "", given["nodes_time"], Unit.YEARS, AXIS)
    text = N_("Chance")
    chance = add(text, "p", "", _chances(given), Unit.RATE, AXIS)
    rate = add(N_("Discount rate"), "r", "", given["discount_rate"], Unit.RATE)
    factor = add(
        N_("Discount factor"),
        "d",
        "(1 + r)^(−t)",
        (1 + rate) ** -time,
        Unit.FACTOR,
        AXIS,
        rounded=Rounded.FACTOR,
    )
    present = flow * factor
    present = add(N_("Present value"), "P", "c × d", present, Unit.MONEY, AXIS)
    worth: dict[int, Floats] = {}
    for place in tree.order:
        worth[place] = _folded(working, place, worth, present, chance, tree)
    text, root = N_("Value"), _numbered("V", tree.root)
    return add(text, "V", root, worth[tree.root], Unit.MONEY)


def _folded(
    working: Silent,
    place: int,
    worth: Mapping[int, Floats],
    present: Floats,
    chance: Floats,
    tree: Layout,
) -> Floats:
    """Return what a node is worth on the valuation date, once it is reached."""
    own, formula = present[..., place], _numbered("P", place)
    after = tree.branches[place]
    if tree.kinds[place] is NodeKind.DECISION:
        own = own + reduce(np.maximum, [worth[branch] for branch in after])
        inner = "; ".join(_numbered("V", branch) for branch in after)
        formula += f" + max({inner})" if len(after) > 1 else f" + {inner}"
    elif after:
        for branch in after:
            own = own + chance[..., branch] * worth[branch]
            formula += f" + {_numbered('p', branch)} × {_numbered('V', branch)}"
    text = message(N_("Value from “{name}” on"), name=tree.names[place])
    return working.add(text, _numbered("V", place), formula, own, Unit.MONEY)


def _chances(given: Mapping[str, Any]) -> Floats:
    """Return the chance of each node; what follows no chance node is certain."""
    found: Floats = np.nan_to_num(given["nodes_probability"], nan=1.0)
    return found


def _numbered(symbol: str, place: int) -> str:
    """Return the symbol of one node, as in ``V₃`` for the third row."""
    return symbol + str(place + 1).translate(_BELOW)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments: numbers and how the nodes hang together."""
    return number_arrays(params) | {"tree": layout(params.nodes)}


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: one tree, chances that sum to one."""
    return tuple(_errors(params))


def _errors(params: Any) -> Iterator[Issue]:
    if params.rate_covers is RateCovers.LAPSE:
        text = N_(
            "Failure is counted twice: by the chances of the tree and by a premium in"
            " the discount rate. Take the premium out of the rate."
        )
        yield Issue(Severity.ERROR, message(text), "rate_covers")
    broken = tuple(structure_issues(AXIS, params.nodes))
    yield from broken or branch_issues(AXIS, params.nodes)


def outputs(params: Any) -> dict[str, Any]:
    """Return what is decided, how likely each end is, and what the nodes are called."""
    found = arrays(centred(params))
    tree = found["tree"]
    worth: dict[int, Floats] = {}
    with np.errstate(all="ignore"):
        present = found["nodes_flow"] * (1 + found["discount_rate"]) ** (
            -found["nodes_time"]
        )
        for place in tree.order:
            given = (worth, present, _chances(found), tree)
            worth[place] = _folded(Silent(), place, *given)
    return {
        "axes": {AXIS: list(tree.names)},
        "decisions": {
            tree.names[place]: tree.names[_best(tree.branches[place], worth)]
            for place in reversed(tree.order)
            if tree.kinds[place] is NodeKind.DECISION
        },
        "end_probabilities": _end_chances(tree, worth, _chances(found)),
    }


def _best(branches: tuple[int, ...], worth: Mapping[int, Floats]) -> int:
    return max(branches, key=lambda branch: float(worth[branch]))


def _end_chances(
    tree: Layout, worth: Mapping[int, Floats], chance: Floats
) -> dict[str, float]:
    """Return the chance of each end, decisions being taken for the best."""
    reached = {tree.root: 1.0}
    for place in reversed(tree.order):
        after = tree.branches[place]
        if tree.kinds[place] is NodeKind.DECISION:
            best = _best(after, worth)
            reached |= {branch: reached[place] * (branch == best) for branch in after}
        else:
            reached |= {b: reached[place] * float(chance[b]) for b in after}
    ends = [place for place in reversed(tree.order) if not tree.branches[place]]
    return {tree.names[place]: reached[place] for place in ends}


METHOD = Method(
    key="decision_tree",
    version=1,
    approach=Approach.INCOME,
    title=N_("Decision tree"),
    idea=N_(
        "From the ends backwards, chances are averaged and decisions taken for the"
        " best; the beginning is worth what the patent is."
    ),
    source="Magee 1964, Harvard Business Review 42(4); Raiffa 1968, Decision Analysis",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
)
