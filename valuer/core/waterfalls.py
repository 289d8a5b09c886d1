"""How amounts lead to the value: the columns of a waterfall, read from a working.

Nothing is named here that the working does not name. By periods it goes from the
first amount computed to its present value; elsewhere from the terms of the longest
sum to that sum, and on to the value.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from valuer.core.method import Result
from valuer.core.texts import N_, Message, message
from valuer.core.working import PERIODS, Step, Unit

_CHANGE = N_("Up to “{step}”")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: an amount added in the run's currency, or a sum reached."""

    label: Message | str
    amount: float
    is_total: bool = False


def columns(result: Result) -> tuple[Column, ...]:
    """Return the columns that lead to the value; none where the working has none."""
    flows = [
        step
        for step in result.working
        if step.is_series
        and step.axis == PERIODS
        and step.unit is Unit.MONEY
        and step.formula
    ]
    found = _chained(flows) if flows else _summed(result.working)
    ends = found and math.isclose(found[-1].amount, result.value, rel_tol=1e-9)
    return tuple(found) if ends and len(found) > 2 else ()


def _chained(flows: Sequence[Step]) -> list[Column]:
    """Return the sum of the first flows, each change of it, and the last sum."""
    sums = [(step.label, math.fsum(step.values)) for step in flows]
    return [_total(*sums[0]), *_changes(sums), _total(*sums[-1])]


def _summed(working: Sequence[Step]) -> list[Column]:
    """Return the terms of the longest sum, the sum, and what follows from it."""
    amounts = {
        step.symbol: step
        for step in working
        if not step.is_series and step.unit is Unit.MONEY
    }
    sums = [
        (step, terms)
        for step in amounts.values()
        if (terms := [amounts.get(term) for term in step.formula.split(" + ")])
        and len(terms) > 1
        and None not in terms
    ]
    if not sums:
        return []
    total, terms = max(sums, key=lambda one: len(one[1]))
    last = working[-1]
    found = [Column(term.label, term.values[0]) for term in terms if term is not None]
    found.append(_total(total.label, total.values[0]))
    if last is not total:
        ends = [(total.label, total.values[0]), (last.label, last.values[0])]
        found += [*_changes(ends), _total(*ends[-1])]
    return found


def _changes(sums: Sequence[tuple[Message | str, float]]) -> list[Column]:
    return [
        Column(message(_CHANGE, step=_said(label)), after - before)
        for (_, before), (label, after) in zip(sums[:-1], sums[1:], strict=True)
    ]


def _total(label: Message | str, amount: float) -> Column:
    return Column(label, amount, is_total=True)


def _said(label: Message | str) -> Message:
    return label if isinstance(label, Message) else message(label)
