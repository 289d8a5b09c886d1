"""Analyses that a run of a case is asked for beside its value.

Inputs are named as in JSON: ``royalty_rate``, ``revenue[2]``, ``items[0].amount``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MOST = 20
"""The most tables, and the most targets, that are reckoned of a run."""


@dataclass(frozen=True, slots=True)
class TwoInputs:
    """A two-way table: the input across, the input down, and their positions.

    Positions left out are five around where the input stands.
    """

    columns: str
    rows: str
    across: tuple[float, ...] = ()
    down: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A break-even: at which position of ``input`` the result is ``target``."""

    input: str
    target: float


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario: its name, its weight, what it changes (JSON by parameter)."""

    name: str
    weight: float
    changes: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run is asked for; the report prints each.

    Attributes:
        two_way: tables of two inputs; ``break_even``: targets to be reached.
        scenarios: one set, whose weights sum to one.
    """

    two_way: tuple[TwoInputs, ...] = ()
    break_even: tuple[Target, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
