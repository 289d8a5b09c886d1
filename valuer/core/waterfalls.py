"""From the first amount to the value, stage by stage: the columns of a waterfall.

The stages are read off the working itself: a sum of single amounts and what becomes
of it, or amounts by period each made from the one before. Window and report draw the
same columns.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from valuer.core.method import Result
from valuer.core.texts import Message
from valuer.core.working import PERIODS, Step, Unit

_FEWEST, _MOST = 3, 9
"""Columns of a waterfall that are worth drawing."""

_SUM = re.compile(r"\w+(?: [+−] \w+)+")
_PRODUCT = re.compile(r"(\w+) (×.*)")
_SCALED = re.compile(r"(\w+) ([×/] .*)")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: an amount added in the run's currency, or a sum reached.

    Attributes:
        label: a step's name, or for a change the factor in its formula.
    """

    label: Message | str
    amount: float
    is_total: bool = False


def columns(result: Result) -> tuple[Column, ...]:
    """Return the columns that lead to the value; none where the working has none."""
    if result.unit is not Unit.MONEY:
        return ()
    steps = {step.symbol: step for step in result.working if step.unit is Unit.MONEY}
    found = _from_sum(steps, result) or _from_periods(steps, result)
    if not _FEWEST <= len(found) <= _MOST:
        return ()
    ends = math.isclose(found[-1].amount, result.value, rel_tol=1e-9)
    return tuple(found) if ends else ()


def _from_sum(steps: Mapping[str, Step], result: Result) -> list[Column]:
    """Return the parts of the last plain sum of amounts, the sum, and the value."""
    sums = [
        step
        for step in steps.values()
        if not step.is_series and _SUM.fullmatch(step.formula)
    ]
    if not sums:
        return []
    parts = sums[-1].formula.split()
    found = []
    for sign, symbol in zip(["+", *parts[1::2]], parts[::2], strict=True):
        if symbol not in steps or steps[symbol].is_series:
            return []
        amount = steps[symbol].values[0] * (1 if sign == "+" else -1)
        if amount:
            found.append(Column(steps[symbol].label, amount))
    total = sums[-1].values[0]
    found.append(Column(sums[-1].label, total, is_total=True))
    return [*found, *_changed(sums[-1], result.working[-1])]


def _from_periods(steps: Mapping[str, Step], result: Result) -> list[Column]:
    """Return the sums over the periods of amounts that are made from one another."""
    series = [s for s in steps.values() if s.is_series and s.axis == PERIODS]
    chain = [step for step in series if step.formula]
    if not chain or result.working[-1].formula != f"Σ {chain[-1].symbol}":
        return []
    found: list[Column] = []
    for number, step in enumerate(chain):
        total = math.fsum(step.values)
        match = _PRODUCT.fullmatch(step.formula)
        if found and match and match[1] == chain[number - 1].symbol:
            found.append(Column(match[2], total - found[-1].amount))
        elif found:
            return []
        found.append(Column(step.label, total, is_total=True))
    return found


def _changed(reached: Step, last: Step) -> Iterator[Column]:
    """Yield what becomes of a sum in the last step, where that step scales it."""
    at, value = reached.values[0], last.values[0]
    match = _SCALED.fullmatch(last.formula)
    if value != at and match and match[1] == reached.symbol:
        yield Column(match[2], value - at)
        yield Column(last.label, value, is_total=True)
