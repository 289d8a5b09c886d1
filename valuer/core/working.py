"""The working (测算过程): every named step from input to value.

A formula states each step with its symbol, its formula in the field's notation and
its numbers. Screen, report and attachment print the same working, and each formula
can be evaluated on the numbers shown. ``Silent`` keeps nothing: simulation uses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
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


class Silent:
    """A working that keeps nothing, for simulation."""

    def add(
        self,
        label: Message | str,
        symbol: str,
        formula: str,
        values: Floats,
        unit: Unit,
        axis: str = PERIODS,
    ) -> Floats:
        """Return the numbers as they are."""
        return values


class Working(Silent):
    """A working that keeps its steps, for one scenario."""

    def __init__(self) -> None:
        self._steps: list[Step] = []

    def add(
        self,
        label: Message | str,
        symbol: str,
        formula: str,
        values: Floats,
        unit: Unit,
        axis: str = PERIODS,
    ) -> Floats:
        """Keep a step and return its numbers as they are, shape () or (places,)."""
        array = np.asarray(values, dtype=np.float64)
        numbers = tuple(float(number) for number in np.atleast_1d(array))
        self._steps.append(
            Step(label, symbol, formula, numbers, unit, array.ndim > 0, axis)
        )
        return values

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps so far, in order."""
        return tuple(self._steps)
