"""Trees of decisions and chances: their order, and what is wrong with them.

Each node names its parent; one has none and is the root. At a chance node (机会节点)
something happens with stated chances that sum to one, at a decision node (决策节点) the
owner takes the best branch, at an end node (终点) nothing follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from valuer.core.distributions import is_distribution
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_, message

NEAR_ONE = 1e-9
"""How far the chances of one node's branches may sum from one."""


class NodeKind(StrEnum):
    """What decides which branch follows a node."""

    CHANCE = "chance"
    DECISION = "decision"
    END = "end"


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a table hang together; all numbers are places of rows, from 0.

    Attributes:
        root: the node without a parent.
        order: every node after all that follow it.
        branches: of each node, those that follow it.
    """

    root: int
    order: tuple[int, ...]
    branches: tuple[tuple[int, ...], ...]
    kinds: tuple[NodeKind, ...]
    names: tuple[str, ...]


def layout(nodes: Sequence[Any]) -> Layout:
    """Return how nodes without ``structure_issues`` hang together."""
    names = tuple(_name(node) for node in nodes)
    parents = [node.parent.strip() for node in nodes]
    branches = tuple(
        tuple(place for place, parent in enumerate(parents) if parent == name)
        for name in names
    )
    root = parents.index("")
    onwards = [root]
    for place in onwards:  # grows while it is walked
        onwards.extend(branches[place])
    kinds = tuple(node.kind for node in nodes)
    return Layout(root, tuple(reversed(onwards)), branches, kinds, names)


def structure_issues(table: str, nodes: Sequence[Any]) -> Iterator[Issue]:
    """Yield an error for each node that does not hang in one tree."""
    names = [_name(node) for node in nodes]
    roots = [place for place, node in enumerate(nodes) if not node.parent.strip()]
    if len(roots) != 1:
        text = N_(
            "{count} nodes have no parent; exactly one, the beginning, must have none."
        )
        yield _error(
            f"{table}[{roots[1] if roots else 0}].parent", text, count=len(roots)
        )
    for place, node in enumerate(nodes):
        name, parent = names[place], node.parent.strip()
        if not name:
            text = N_("A node has no name; name every node.")
            yield _error(f"{table}[{place}].name", text)
        elif name in names[:place]:
            text = N_("Two nodes are called “{name}”; names tell them apart.")
            yield _error(f"{table}[{place}].name", text, name=name)
        if parent and parent not in names:
            text = N_("“{name}” hangs on “{parent}”, which is no node of the table.")
            where = f"{table}[{place}].parent"
            yield _error(where, text, name=name, parent=parent)
        elif parent and _runs_in_circle(place, names, nodes):
            text = N_("“{name}” hangs on itself in a circle; lead it to the beginning.")
            yield _error(f"{table}[{place}].parent", text, name=name)


def branch_issues(table: str, nodes: Sequence[Any]) -> Iterator[Issue]:
    """Yield an error for each node whose branches, chances or times are wrong."""
    laid = layout(nodes)
    for place, node in enumerate(nodes):
        branches = laid.branches[place]
        if node.kind is NodeKind.END and branches:
            text = N_("“{name}” is an end, yet other nodes hang on it.")
            yield _error(f"{table}[{place}].kind", text, name=laid.names[place])
        if node.kind is not NodeKind.END and not branches:
            text = N_("Nothing follows “{name}”; make it an end or give it branches.")
            yield _error(f"{table}[{place}].kind", text, name=laid.names[place])
        if place == laid.root and node.probability is not None:
            text = N_("The beginning has no chance of its own; leave it empty.")
            yield _error(f"{table}[{place}].probability", text)
        if node.kind is NodeKind.CHANCE and branches:
            yield from _chance_issues(table, nodes, laid, place)
        if node.kind is NodeKind.DECISION:
            yield from _decision_issues(table, nodes, laid, place)
        for branch in branches:
            before, after = node.time, nodes[branch].time
            if is_distribution(before) or is_distribution(after) or after >= before:
                continue
            text = N_("“{name}” comes before “{parent}”, on which it hangs.")
            values = {"name": laid.names[branch], "parent": laid.names[place]}
            yield _error(f"{table}[{branch}].time", text, **values)


def _chance_issues(
    table: str, nodes: Sequence[Any], laid: Layout, place: int
) -> Iterator[Issue]:
    chances = [nodes[branch].probability for branch in laid.branches[place]]
    for branch, chance in zip(laid.branches[place], chances, strict=True):
        where = f"{table}[{branch}].probability"
        if chance is None:
            text = N_("“{name}” follows a chance; state how likely it is.")
            yield _error(where, text, name=laid.names[branch])
        elif is_distribution(chance):
            text = N_(
                "The chance of “{name}” must be one figure: drawn by itself, it would"
                " no longer sum to one with the others."
            )
            yield _error(where, text, name=laid.names[branch])
    plain = [chance for chance in chances if isinstance(chance, float)]
    if len(plain) == len(chances) and abs(sum(plain) - 1) > NEAR_ONE:
        text = N_("The chances after “{name}” sum to {found}; they must sum to 1.")
        where = f"{table}[{laid.branches[place][-1]}].probability"
        name, found = laid.names[place], f"{sum(plain):.10g}"
        yield _error(where, text, name=name, found=found)


def _decision_issues(
    table: str, nodes: Sequence[Any], laid: Layout, place: int
) -> Iterator[Issue]:
    for branch in laid.branches[place]:
        if nodes[branch].probability is not None:
            text = N_(
                "“{name}” follows a decision: the owner chooses it, and it has no"
                " chance."
            )
            where = f"{table}[{branch}].probability"
            yield _error(where, text, name=laid.names[branch])


def _runs_in_circle(place: int, names: list[str], nodes: Sequence[Any]) -> bool:
    """Whether a node's ancestors come back to itself."""
    seen, at = {place}, nodes[place].parent.strip()
    while at and at in names:
        upwards = names.index(at)
        if upwards in seen:
            return upwards == place
        seen.add(upwards)
        at = nodes[upwards].parent.strip()
    return False


def _name(node: Any) -> str:
    return str(node.name).strip()


def _error(where: str, text: str, **values: object) -> Issue:
    return Issue(Severity.ERROR, message(text, **values), where)
