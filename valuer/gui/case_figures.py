"""The figures of a run: flows by period, sensitivity, simulation.

They are the report's own descriptions, with texts in the window's language and
amounts in the unit shown.
"""

from __future__ import annotations

from decimal import Decimal

from valuer.core.figures import (
    BarFigure,
    ConvergenceFigure,
    HistogramFigure,
    Mark,
    Rise,
    Swing,
    TornadoFigure,
    WaterfallFigure,
)
from valuer.core.method import Method, Result
from valuer.core.params import Kind
from valuer.core.sensitivity import SHARE
from valuer.core.sensitivity import Swing as Moved
from valuer.core.simulation import Simulation
from valuer.core.texts import N_
from valuer.core.valuing import RunResult
from valuer.core.waterfalls import columns
from valuer.core.working import PERIODS, Unit
from valuer.gui import formats
from valuer.gui.words import Words

Z_95 = 1.96
"""Standard errors either way that hold the mean in 95 of 100 cases."""


SWINGS = 10
"""The most inputs of a chart of sensitivity: those that move the result most."""


def scale_of(
    unit: Unit, currency: str, words: Words, size: Decimal
) -> tuple[float, str]:
    """Return what figures of a unit are divided by to be shown, and its name."""
    match unit:
        case Unit.MONEY:
            return float(size), formats.unit_name(words, currency, size)
        case Unit.RATE:
            return 0.01, "%"
        case Unit.YEARS:
            return 1.0, words.tell(N_("years"))
    return 1.0, ""


def series(result: Result, axis: str, words: Words, size: Decimal) -> BarFigure | None:
    """Return the last amounts of the working along an axis, else its last rates."""
    along = [one for one in result.working if one.is_series and one.axis == axis]
    found = [
        step
        for unit in (Unit.RATE, Unit.MONEY)
        for step in along
        if step.unit is unit and any(step.values)
    ]
    if not found:
        return None
    step = found[-1]
    scale, unit_name = scale_of(step.unit, result.currency, words, size)
    heads, title = result.heads(axis), words.tell(step.label)
    if axis == PERIODS:
        title = words.tell(N_("{step} by period"), step=title)
        heads = tuple(head[:4] for head in heads)
    return BarFigure(
        title, unit_name, heads, tuple(value / scale for value in step.values)
    )


def waterfall(result: Result, words: Words, size: Decimal) -> WaterfallFigure | None:
    """Return how amounts lead to the value, where the working tells."""
    found = columns(result)
    if not found or result.unit is not Unit.MONEY:
        return None
    return WaterfallFigure(
        words.tell(N_("How the value comes about")),
        formats.unit_name(words, result.currency, size),
        tuple(
            Rise(words.say(one.label), one.amount / float(size), one.is_total)
            for one in found
        ),
    )


def tornado(one: RunResult, words: Words, size: Decimal) -> TornadoFigure | None:
    """Return what each input does to the value."""
    result = one.result
    if result is None or not one.swings:
        return None
    is_money = result.unit is Unit.MONEY
    scale, unit = scale_of(result.unit, result.currency, words, size)
    swings = tuple(
        Swing(
            words.tell(swing.label),
            _end(swing, swing.low_input, "−", size),
            _end(swing, swing.high_input, "+", size),
            swing.low / scale,
            swing.high / scale,
        )
        for swing in one.swings[:SWINGS]
    )
    title = (
        N_("Sensitivity of the value to one input")
        if is_money
        else N_("Sensitivity of the result to one input")
    )
    label = N_("Value by the working") if is_money else N_("Result by the working")
    return TornadoFigure(
        words.tell(title), unit, result.value / scale, words.tell(label), swings
    )


def histogram(
    found: Simulation, result: Result, words: Words, size: Decimal
) -> HistogramFigure:
    """Return how the simulated values are spread."""
    unit = float(size)

    def mark(name: str, value: float, *, adopted: bool = False) -> Mark:
        return Mark(f"{name} {value / unit:,.2f}", value / unit, adopted)

    return HistogramFigure(
        words.tell(N_("Distribution of the simulated values")),
        formats.unit_name(words, result.currency, size),
        words.tell(N_("Scenarios")),
        tuple(edge / unit for edge in found.edges),
        found.counts,
        (
            mark("P5", found.p5),
            mark("P50", found.p50),
            mark("P95", found.p95),
            mark(words.tell(N_("Value by the working")), result.value, adopted=True),
        ),
    )


def convergence(
    found: Simulation, result: Result, words: Words, size: Decimal
) -> ConvergenceFigure:
    """Return how the mean settles as scenarios are added."""
    unit = float(size)
    ends = [(mean, se * Z_95) for _, mean, se in found.path]
    return ConvergenceFigure(
        words.tell(N_("Convergence of the mean")),
        formats.unit_name(words, result.currency, size),
        words.tell(N_("Scenarios")),
        tuple(count for count, _, _ in found.path),
        tuple(mean / unit for mean, _ in ends),
        tuple((mean - half) / unit for mean, half in ends),
        tuple((mean + half) / unit for mean, half in ends),
        words.tell(N_("Mean")),
        words.tell(N_("±1.96 standard errors")),
    )


def method_words(method: Method, words: Words) -> str:
    """Return a method's title with the version of its formula."""
    title = words.tell(method.title)
    return words.tell(
        N_("{title}, formula {version}"), title=title, version=method.version
    )


def _end(swing: Moved, value: float | None, sign: str, size: Decimal) -> str:
    """Return the end of an input's range: the figure itself, or how far all moved."""
    if value is None:
        percentile = "P5" if sign == "−" else "P95"
        share = f"{sign}{SHARE:.0%}"
        return ", ".join([percentile] * swing.is_drawn + [share] * swing.is_moved)
    if swing.kind is Kind.RATE:
        return f"{value * 100:.4g}%"
    if swing.kind is Kind.MONEY:
        return formats.money(value, size)
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:,.4g}"
