"""How sure the figure is: sensitivity and simulation (敏感性分析、蒙特卡洛模拟)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from valuer.core import figures
from valuer.core.figures import HistogramFigure, TornadoFigure
from valuer.core.method import Result
from valuer.core.params import Kind, Parameter, parameters
from valuer.core.sensitivity import SHARE, Swing
from valuer.core.simulation import Simulation
from valuer.core.texts import N_
from valuer.core.valuing import RunResult
from valuer.reports import formats
from valuer.reports.sections.blocks import (
    DASH,
    Block,
    Chart,
    Column,
    Facts,
    Heading,
    Prose,
    Table,
)
from valuer.reports.sections.draft import Draft

_BY = formats.percent(SHARE)


def sensitivity(draft: Draft, one: RunResult, result: Result) -> Iterator[Block]:
    """Yield what each input alone does to the value."""
    if not one.swings:
        return
    value = result.value
    yield Heading(draft.say(N_("Sensitivity analysis")), 3)
    text = N_(
        "One input moves while the others stay: a fixed figure by {share} of itself either"
        " way, an uncertain one from its 5th to its 95th percentile, a series in all"
        " periods together. Each value is computed anew by the formulas above."
    )
    yield Prose(draft.say(text, share=formats.percent(SHARE)))
    yield Table(
        draft.say(N_("Sensitivity of the value to one input")),
        (
            Column(draft.say(N_("Input"))),
            Column(draft.say(N_("Low input")), is_figure=True),
            Column(draft.say(N_("Resulting value")), is_figure=True),
            Column(draft.say(N_("Change of value")), is_figure=True),
            Column(draft.say(N_("High input")), is_figure=True),
            Column(draft.say(N_("Resulting value")), is_figure=True),
            Column(draft.say(N_("Change of value")), is_figure=True),
        ),
        tuple(_row(draft, one, value, swing) for swing in one.swings),
        draft.unit,
    )
    amounts = [end for swing in one.swings for end in (swing.low, swing.high)]
    scale, unit = formats.chart_unit(amounts, draft.case.currency, draft.language)
    yield Chart(
        TornadoFigure(
            draft.say(N_("Sensitivity of the value to one input")),
            unit,
            value / scale,
            draft.say(N_("Value by the working")),
            tuple(
                figures.Swing(
                    draft.told(swing.label),
                    *_ends(one, swing),
                    swing.low / scale,
                    swing.high / scale,
                )
                for swing in one.swings
            ),
        )
    )


def simulated(draft: Draft, one: RunResult, result: Result) -> Iterator[Block]:
    """Yield the simulation: what was drawn, how often, and what came out."""
    found = one.simulation
    if found is None:
        return
    yield Heading(draft.say(N_("Monte Carlo simulation")), 3)
    text = N_(
        "The uncertain inputs were drawn {n} times, independently of one another, from"
        " the distributions stated among the inputs (generator PCG64DXSM, seed {seed});"
        " the same seed gives the same draws. The simulation shows how far the value may"
        " vary; the {opinion} rests on the working above."
    )
    yield Prose(draft.say(text, n=f"{found.n:,}", seed=found.seed))
    yield Facts(
        (
            (draft.say(N_("Scenarios")), f"{found.n:,}"),
            (draft.say(N_("Seed")), str(found.seed)),
            (draft.say(N_("Mean")), draft.money(found.mean)),
            (draft.say(N_("Standard error of the mean")), draft.money(found.se)),
            (draft.say(N_("Standard deviation")), draft.money(found.sd)),
            (draft.say(N_("5th percentile (P5)")), draft.money(found.p5)),
            (draft.say(N_("Median (P50)")), draft.money(found.p50)),
            (draft.say(N_("95th percentile (P95)")), draft.money(found.p95)),
        )
    )
    yield Chart(_histogram(draft, found, result.value))


def _histogram(draft: Draft, found: Simulation, value: float) -> HistogramFigure:
    scale, unit = formats.chart_unit(found.edges, draft.case.currency, draft.language)
    marks = (("P5", found.p5), ("P50", found.p50), ("P95", found.p95))
    adopted = draft.say(N_("Value by the working"))
    return HistogramFigure(
        draft.say(N_("Distribution of the simulated values")),
        unit,
        draft.say(N_("Scenarios")),
        tuple(edge / scale for edge in found.edges),
        found.counts,
        (
            *(
                figures.Mark(f"{name} {formats.amount(at / scale)}", at / scale)
                for name, at in marks
            ),
            figures.Mark(
                f"{adopted} {formats.amount(value / scale)}",
                value / scale,
                is_adopted=True,
            ),
        ),
    )


def _row(draft: Draft, one: RunResult, value: float, swing: Swing) -> tuple[str, ...]:
    low, high = _ends(one, swing)
    return (
        draft.told(swing.label),
        low,
        formats.amount(swing.low),
        _change(swing.low, value),
        high,
        formats.amount(swing.high),
        _change(swing.high, value),
    )


def _ends(one: RunResult, swing: Swing) -> tuple[str, str]:
    """Return the two ends of the input's range as text."""
    parameter = next(p for p in parameters(one.method.params) if p.name == swing.name)
    given = one.given[swing.name]
    items = given if isinstance(given, list | tuple) else [given]
    drawn = sum(isinstance(item, Mapping) for item in items)
    ends = (("P5", f"−{_BY}", swing.low_input), ("P95", f"+{_BY}", swing.high_input))
    low, high = (
        _end(parameter, value)
        if value is not None
        else ", ".join([quantile] * (drawn > 0) + [share] * (drawn < len(items)))
        for quantile, share, value in ends
    )
    return low, high


def _end(one: Parameter, value: float) -> str:
    if one.measure.kind is Kind.RATE:
        return formats.percent(value, 2)
    return formats.amount(value)


def _change(value: float, from_value: float) -> str:
    if not from_value:
        return DASH
    change = value / from_value - 1
    return ("+" if change > 0 else "") + formats.percent(change, 1)
