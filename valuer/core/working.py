"""The working (测算过程): every named step from input to value.

A formula states each step with its symbol, its formula in the field's notation and
its numbers. Screen, report and attachment print the same working, and each formula
can be evaluated on the numbers shown. ``Silent`` keeps nothing: simulation uses it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.rounding import half_up
from valuer.core.texts import Message, say


class Unit(StrEnum):
    """What the numbers of a step are."""

    MONEY = "money"
    RATE = "rate"
    YEARS = "years"
    FACTOR = "factor"
    NUMBER = "number"


PERIODS = "periods"
"""The axis of most series; others are the rows of a table parameter, by its name."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        label: marked text, as in "Discount factor", or a message with a name in it.
        symbol: what the step is called in later formulas, as in ``d``.
        formula: right-hand side in the symbols of earlier steps; "" for an input.
        values: its numbers, one, or one for each place of its axis.
        axis: along what a series runs.
    """

    label: Message | str
    symbol: str
    formula: str
    values: tuple[float, ...]
    unit: Unit
    is_series: bool
    axis: str = PERIODS

    def plain(self, language: str = "en") -> dict[str, Any]:
        """Return the step as JSON."""
        values: Any = list(self.values) if self.is_series else self.values[0]
        formula = f"{self.symbol} = {self.formula}" if self.formula else ""
        return {
            "step": say(self.label, language),
            "symbol": self.symbol,
            "formula": formula,
            "unit": self.unit.value,
            "values": values,
        } | ({"axis": self.axis} if self.is_series and self.axis != PERIODS else {})


class Rounded(StrEnum):
    """The named steps that a policy of rounding may round."""

    FACTOR = "factor"
    SHARE = "share"
    AMOUNT = "amount"


Rounding = Mapping[Rounded, int]
"""Decimal places for each kind of step that is rounded; {} rounds nothing."""


class Silent:
    """A working that keeps nothing and rounds nothing, for simulation."""

    def add(
        self,
        label: Message | str,
        symbol: str,
        formula: str,
        values: Floats,
        unit: Unit,
        axis: str = PERIODS,
        rounded: Rounded | None = None,
    ) -> Floats:
        """Return the numbers as they are."""
        return values


class Working(Silent):
    """A working that keeps its steps, for one scenario.

    A step whose kind the policy names goes on rounded half up, and its formula says so:
    published answers come out as they were reckoned, from tables of four digits.
    """

    def __init__(self, rounding: Rounding = MappingProxyType({})) -> None:
        self._steps: list[Step] = []
        self._rounding = rounding

    def add(
        self,
        label: Message | str,
        symbol: str,
        formula: str,
        values: Floats,
        unit: Unit,
        axis: str = PERIODS,
        rounded: Rounded | None = None,
    ) -> Floats:
        """Keep a step and return its numbers, shape () or (places,)."""
        digits = self._rounding.get(rounded) if rounded else None
        if digits is not None and formula:
            values = half_up(values, digits)
            formula = f"round({formula}; {digits})"
        array = np.asarray(values, dtype=np.float64) + 0.0  # nought has no sign
        numbers = tuple(float(number) for number in np.atleast_1d(array))
        self._steps.append(
            Step(label, symbol, formula, numbers, unit, array.ndim > 0, axis)
        )
        return values

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps so far, in order."""
        return tuple(self._steps)
