"""How sure the figure is: sensitivity and simulation (敏感性分析、蒙特卡洛模拟)."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.core import figures
from valuer.core.concluding import RULES
from valuer.core.entries import read_params
from valuer.core.figures import ConvergenceFigure, HistogramFigure, TornadoFigure
from valuer.core.method import Result
from valuer.core.quantities import place_of
from valuer.core.sampling import COUPLING_NAMES, Sequence
from valuer.core.sensitivity import SHARE, Swing
from valuer.core.sequences import REPLICATES
from valuer.core.simulation import Simulation
from valuer.core.slots import slots
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
    Note,
    Prose,
    Table,
)
from valuer.reports.sections.draft import Draft

_BY = formats.percent(SHARE)

_SURE = 1.96
"""Standard errors to either side that hold the mean with 95 % probability."""

_WIDEST = 15
"""The most inputs that the chart shows."""

_LONGEST = 40
"""The most inputs that the table shows; some methods take hundreds of rows."""


def sensitivity(draft: Draft, one: RunResult, result: Result) -> Iterator[Block]:
    """Yield what each input alone does to the value."""
    if not one.swings:
        return
    value = result.value
    yield Heading(draft.say(N_("Sensitivity analysis")), 3)
    text = N_(
        "One input moves while the others stay: a fixed figure by {share} of itself either"
        " way, an uncertain one from its 5th to its 95th percentile, a series in all its"
        " periods together, a table row by row or else column by column. Each value is"
        " computed anew by the formulas above."
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
        tuple(_row(draft, value, swing) for swing in one.swings[:_LONGEST]),
        draft.unit,
    )
    if len(one.swings) > _LONGEST:
        text = N_(
            "Shown are the {shown} inputs that move the value most; the other {rest} move"
            " it less."
        )
        rest = len(one.swings) - _LONGEST
        yield Note(draft.say(text, shown=_LONGEST, rest=rest))
    shown = one.swings[:_WIDEST]
    amounts = [end for swing in shown for end in (swing.low, swing.high)]
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
                    *_ends(swing),
                    swing.low / scale,
                    swing.high / scale,
                )
                for swing in shown
            ),
        )
    )


def simulated(draft: Draft, one: RunResult, result: Result) -> Iterator[Block]:
    """Yield the simulation: what was drawn, how often, and what came out."""
    found = one.simulation
    if found is None:
        return
    yield Heading(draft.say(N_("Monte Carlo simulation")), 3)
    if found.sequence is not Sequence.PSEUDO_RANDOM or found.correlations:
        yield from _drawn(draft, one, found)
    else:
        yield Prose(_independently(draft, found))
    yield from _summary(draft, found)
    yield Chart(_histogram(draft, found, result.value))
    if draft.rules >= RULES:
        text = N_(
            "The mean settles as scenarios are added. The band reaches 1.96 standard"
            " errors to either side; it holds the true mean with some 95 % probability."
        )
        yield Prose(draft.say(text))
        yield Chart(_convergence(draft, found))


def _independently(draft: Draft, found: Simulation) -> str:
    text = N_(
        "The uncertain inputs were drawn {n} times, independently of one another, from"
        " the distributions stated among the inputs (generator PCG64DXSM, seed {seed});"
        " the same seed gives the same draws. The simulation shows how far the value may"
        " vary; the {opinion} rests on the working above."
    )
    return draft.say(text, n=f"{found.n:,}", seed=found.seed)


def _drawn(draft: Draft, run: RunResult, found: Simulation) -> Iterator[Block]:
    """Yield how the inputs were drawn: by Sobol points, or moving together."""
    text = N_(
        "The uncertain inputs were drawn {n} times from the distributions stated among"
        " the inputs (generator PCG64DXSM, seed {seed}); the same seed gives the same"
        " draws. The simulation shows how far the value may vary; the {opinion} rests on"
        " the working above."
    )
    if found.sequence is Sequence.SOBOL:
        text = N_(
            "The uncertain inputs were drawn {n} times from the distributions stated"
            " among the inputs, by {replicates} independently scrambled Sobol sequences"
            " (seed {seed}), whose means tell the standard error; the same seed gives the"
            " same draws. The simulation shows how far the value may vary; the {opinion}"
            " rests on the working above."
        )
    said = {"n": f"{found.n:,}", "seed": found.seed, "replicates": REPLICATES}
    yield Prose(draft.say(text, **said))
    if found.coupling is not None:
        yield from _correlations(draft, run, found, COUPLING_NAMES[found.coupling])


def _correlations(
    draft: Draft, run: RunResult, found: Simulation, coupling: str
) -> Iterator[Block]:
    """Yield which inputs moved together, as asked for and as drawn."""
    params, _ = read_params(run.method.params, run.given)
    places = [place_of(slot) for slot, _ in slots(params)]
    labels = {place.path: draft.told(place.label) for place in places}
    text = N_(
        "Inputs that move together were drawn so ({coupling}); the others independently."
        " Coefficients are Spearman's. Where the wishes contradict each other, the"
        " nearest coefficients that are possible together were aimed at."
    )
    yield Prose(draft.say(text, coupling=draft.say(coupling)))
    yield Table(
        draft.say(N_("Rank correlations of the inputs")),
        (
            Column(draft.say(N_("Input"))),
            Column(draft.say(N_("Input"))),
            Column(draft.say(N_("Asked for")), is_figure=True),
            Column(draft.say(N_("Aimed at")), is_figure=True),
            Column(draft.say(N_("Achieved")), is_figure=True),
        ),
        tuple(
            (
                labels[one.a],
                labels[one.b],
                DASH if one.asked is None else formats.coefficient(one.asked),
                formats.coefficient(one.used),
                formats.coefficient(one.achieved),
            )
            for one in found.correlations
        ),
    )


def _summary(draft: Draft, found: Simulation) -> Iterator[Block]:
    rows = (
        (draft.say(N_("Scenarios")), f"{found.n:,}"),
        (draft.say(N_("Seed")), str(found.seed)),
        (draft.say(N_("Mean")), draft.money(found.mean)),
        (draft.say(N_("Standard error of the mean")), draft.money(found.se)),
        (draft.say(N_("Standard deviation")), draft.money(found.sd)),
    )
    if draft.rules >= RULES:
        yield Facts(rows)
        yield _percentiles(draft, found)
        return
    ends = (
        (draft.say(N_("5th percentile (P5)")), draft.money(found.p5)),
        (draft.say(N_("Median (P50)")), draft.money(found.p50)),
        (draft.say(N_("95th percentile (P95)")), draft.money(found.p95)),
    )
    yield Facts((*rows, *ends))


def _percentiles(draft: Draft, found: Simulation) -> Table:
    return Table(
        draft.say(N_("Percentiles of the simulated values")),
        (
            Column(draft.say(N_("Percentile"))),
            Column(draft.say(N_("Simulated value")), is_figure=True),
            Column(draft.say(N_("Difference from the median")), is_figure=True),
        ),
        tuple(
            (f"P{percent:g}", formats.amount(value), _change(value, found.p50))
            for percent, value in found.percentiles
        ),
        draft.unit,
    )


def _convergence(draft: Draft, found: Simulation) -> ConvergenceFigure:
    """Return the running mean; the first points, all chance, are left out."""
    path = [point for point in found.path if point[0] >= found.n / 25]
    ends = [(mean - _SURE * se, mean + _SURE * se) for _, mean, se in path]
    amounts = [end for both in ends for end in both]
    scale, unit = formats.chart_unit(amounts, draft.case.currency, draft.language)
    return ConvergenceFigure(
        draft.say(N_("Mean of the simulated values by number of scenarios")),
        unit,
        draft.say(N_("Scenarios")),
        tuple(count for count, _, _ in path),
        tuple(mean / scale for _, mean, _ in path),
        tuple(low / scale for low, _ in ends),
        tuple(high / scale for _, high in ends),
        draft.say(N_("Mean so far")),
        draft.say(N_("Mean ± 1.96 standard errors")),
    )


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


def _row(draft: Draft, value: float, swing: Swing) -> tuple[str, ...]:
    low, high = _ends(swing)
    return (
        draft.told(swing.label),
        low,
        formats.amount(swing.low),
        _change(swing.low, value),
        high,
        formats.amount(swing.high),
        _change(swing.high, value),
    )


def _ends(swing: Swing) -> tuple[str, str]:
    """Return the two ends of the input's range as text."""
    low, high = swing.low_input, swing.high_input
    if low is not None and high is not None:
        kind = swing.kind
        return formats.moved_input(kind, low), formats.moved_input(kind, high)
    lows = ["P5"] * swing.is_drawn + [f"−{_BY}"] * swing.is_moved
    highs = ["P95"] * swing.is_drawn + [f"+{_BY}"] * swing.is_moved
    return ", ".join(lows), ", ".join(highs)


def _change(value: float, from_value: float) -> str:
    return formats.change(value / from_value) if from_value else DASH
