"""The figures of a run: flows by period, sensitivity, simulation.

They are the report's own descriptions, with texts in the window's language and
amounts in the unit shown.
"""

from __future__ import annotations

from decimal import Decimal

from valuer.core.figures import (
    BarFigure,
    HistogramFigure,
    Mark,
    Swing,
    TornadoFigure,
)
from valuer.core.method import Method, Result
from valuer.core.params import Kind, Parameter, parameters
from valuer.core.simulation import Simulation
from valuer.core.texts import N_
from valuer.core.valuing import RunResult
from valuer.core.working import Unit
from valuer.gui import formats
from valuer.gui.words import Words
from valuer.gui.working_table import period_heads


def flows(result: Result, words: Words, size: Decimal) -> BarFigure | None:
    """Return the last series of money in the working, which the value sums."""
    series = [s for s in result.working if s.is_series and s.unit is Unit.MONEY]
    if not series:
        return None
    step = series[-1]
    return BarFigure(
        words.tell(N_("{step} by period"), step=words.tell(step.label)),
        formats.unit_name(words, result.currency, size),
        tuple(head[:4] for head in period_heads(result)),
        tuple(value / float(size) for value in step.values),
    )


def tornado(one: RunResult, words: Words, size: Decimal) -> TornadoFigure | None:
    """Return what each input does to the value."""
    if one.result is None or not one.swings:
        return None
    value = one.result.value / float(size)
    known = {parameter.name: parameter for parameter in parameters(one.method.params)}
    swings = tuple(
        Swing(
            words.tell(swing.label),
            _end(known[swing.name], swing.low_input, "−10%"),
            _end(known[swing.name], swing.high_input, "+10%"),
            swing.low / float(size),
            swing.high / float(size),
        )
        for swing in one.swings
    )
    return TornadoFigure(
        words.tell(N_("Sensitivity of the value to one input")),
        formats.unit_name(words, one.result.currency, size),
        value,
        words.tell(N_("Value by the working")),
        swings,
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


def method_words(method: Method, words: Words) -> str:
    """Return a method's title with the version of its formula."""
    title = words.tell(method.title)
    return words.tell(
        N_("{title}, formula {version}"), title=title, version=method.version
    )


def _end(parameter: Parameter, value: float | None, share: str) -> str:
    if value is None:
        return share
    if parameter.measure.kind is Kind.RATE:
        return f"{value * 100:.4g}%"
    return f"{value:,.6g}"
