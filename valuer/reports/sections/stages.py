"""From the first amount to the value, stage by stage, as a waterfall (价值形成过程).

The stages are read off the working itself: a sum of single amounts and what becomes
of it, or amounts by period each made from the one before.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence

from valuer.core.figures import Rise, WaterfallFigure
from valuer.core.method import Result
from valuer.core.texts import N_
from valuer.core.working import PERIODS, Step, Unit
from valuer.reports import formats
from valuer.reports.sections.blocks import Block, Chart
from valuer.reports.sections.draft import Draft

_FEWEST, _MOST = 3, 9
"""Columns of a waterfall that are worth drawing."""

_SUM = re.compile(r"\w+(?: [+−] \w+)+")
_PRODUCT = re.compile(r"(\w+) (×.*)")


def stages(draft: Draft, result: Result) -> Iterator[Block]:
    """Yield the waterfall of a working that has one."""
    steps = {step.symbol: step for step in result.working if step.unit is Unit.MONEY}
    rises = _from_sum(draft, steps, result) or _from_periods(draft, steps, result)
    if not _FEWEST <= len(rises) <= _MOST:
        return
    amounts = [rise.amount for rise in rises]
    scale, unit = formats.chart_unit(amounts, draft.case.currency, draft.language)
    yield Chart(
        WaterfallFigure(
            draft.say(N_("How the value comes about")),
            unit,
            tuple(Rise(r.label, r.amount / scale, r.is_total) for r in rises),
        )
    )


def _from_sum(
    draft: Draft, steps: Mapping[str, Step], result: Result
) -> Sequence[Rise]:
    """Return the parts of the last plain sum of amounts, the sum, and the value."""
    sums = [
        step
        for step in steps.values()
        if not step.is_series and _SUM.fullmatch(step.formula)
    ]
    if not sums:
        return ()
    parts = sums[-1].formula.split()
    rises = []
    for sign, symbol in zip(["+", *parts[1::2]], parts[::2], strict=True):
        if symbol not in steps or steps[symbol].is_series:
            return ()
        amount = steps[symbol].values[0] * (1 if sign == "+" else -1)
        if amount:
            rises.append(Rise(draft.told(steps[symbol].label), amount))
    rises.append(Rise(draft.told(sums[-1].label), sums[-1].values[0], is_total=True))
    return (*rises, *_changed(draft, sums[-1].values[0], result.working[-1]))


def _from_periods(
    draft: Draft, steps: Mapping[str, Step], result: Result
) -> Sequence[Rise]:
    """Return the sums over the periods of amounts that are made from one another."""
    series = [s for s in steps.values() if s.is_series and s.axis == PERIODS]
    chain = [step for step in series if step.formula]
    if not chain or result.working[-1].formula != f"Σ {chain[-1].symbol}":
        return ()
    rises: list[Rise] = []
    for step in chain:
        total = math.fsum(step.values)
        match = _PRODUCT.fullmatch(step.formula)
        if rises and match and match[1] == chain[chain.index(step) - 1].symbol:
            rises.append(Rise(match[2], total - rises[-1].amount))
        elif rises:
            return ()
        rises.append(Rise(draft.told(step.label), total, is_total=True))
    return rises


def _changed(draft: Draft, at: float, last: Step) -> Iterator[Rise]:
    """Yield what becomes of an amount in the last step, and where that ends."""
    value = last.values[0]
    match = _PRODUCT.fullmatch(last.formula)
    if value == at:
        return
    yield Rise(match[2] if match else last.formula, value - at)
    yield Rise(draft.told(last.label), value, is_total=True)
