"""Draw control charts as vectors: points before the limits of chance.

A point within is a disc, one beyond the warning lines an open diamond, one beyond the
limits a square with its name: the shapes tell it in grey print, too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from reportlab.graphics.shapes import Drawing

from valuer.core.figures import tick_labels, ticks, ticks_within
from valuer.core.quality_figures import (
    ControlFigure,
    ControlPoint,
    Limits,
    RareFigure,
)
from valuer.reports.plotting import GAP, SIZE, Plot, Scale, fitting, scale
from valuer.reports.style import BLUE, LINE, ORANGE, PALE, TEXT, VERMILLION, Colour

KEY_LINE = 11.0
"""Height of one line of the key at the head."""

_SAMPLE = 16.0
_LEGIBLE = 6.5
_NAMED_AT_MOST = 12
"""Names of points beyond the limits; more would lie on each other."""
_LIMIT_DASH, _WARNING_DASH = (5.0, 2.0), (1.2, 2.0)

Place = tuple[float, float]
Sample = Callable[[Plot, float, float], None]


def control(shown: ControlFigure, plot: Plot) -> Drawing:
    """Draw a p-chart, or a funnel where the figure has its lines."""
    top = plot.height - KEY_LINE * key(plot, _samples(shown)) - 6
    places = ticks_within(*shown.reach)
    left = plot.widest(tick_labels(places)) + GAP + 1
    if shown.is_funnel:
        _funnel(shown, plot, places, left, top)
    else:
        _p_chart(shown, plot, places, left, top)
    return plot.drawing


def rare(shown: RareFigure, plot: Plot) -> Drawing:
    """Draw the cases between one loss and the next, in the order of the losses."""
    samples = [(_line(LINE, 0.8), shown.centre_label), _limit(shown.limit_label)]
    if any(shown.out):
        samples.append((_spot_sample(is_out=True), shown.out_label))
    top = plot.height - KEY_LINE * key(plot, [(None, shown.unit), *samples]) - 6
    places = ticks(0.0, max((shown.high, *shown.values, 1.0)))
    left = plot.widest(tick_labels(places)) + GAP + 1
    foot = 20.0
    up = scale(places, foot, top)
    step = (plot.width - left) / max(1, len(shown.values))
    xs = [left + step * (number + 0.5) for number in range(len(shown.values))]
    plot.rules(places, left, up)
    plot.line((left, up(shown.centre)), (plot.width, up(shown.centre)), LINE, 0.8)
    bounds = [shown.high, *([shown.low] if shown.low > 0 else [])]
    for bound in bounds:
        plot.line((left, up(bound)), (plot.width, up(bound)), TEXT, 0.7, _LIMIT_DASH)
    points = [(x, up(value)) for x, value in zip(xs, shown.values, strict=True)]
    plot.path(points, BLUE, 0.6)
    for (x, y), is_out in zip(points, shown.out, strict=True):
        _spot(plot, x, y, is_out=is_out)
    _names(plot, xs, shown.labels, foot - 11, step)
    plot.line((left, foot), (plot.width, foot), TEXT, 0.8)
    return plot.drawing


def key(plot: Plot, samples: Iterable[tuple[Sample | None, str]]) -> int:
    """Say at the head what each line and shape is; return how many lines it took."""
    x, y, lines = 0.0, plot.height - 9, 1
    for sample, label in samples:
        if not label:
            continue
        wide = plot.width_of(label) + (_SAMPLE + GAP if sample else 0)
        if x > 0 and x + wide > plot.width:
            x, y, lines = 0.0, y - KEY_LINE, lines + 1
        if sample:
            sample(plot, x, y + 2.6)
            plot.text(x + _SAMPLE + GAP, y, label)
        else:
            plot.text(x, y, label)
        x += wide + 3 * GAP
    return lines


def _p_chart(
    shown: ControlFigure,
    plot: Plot,
    places: Sequence[float],
    left: float,
    top: float,
) -> None:
    foot = 30.0
    up = scale(places, foot, top)
    step = (plot.width - left) / max(1, len(shown.points))
    xs = [left + step * (number + 0.5) for number in range(len(shown.points))]
    stairs = [
        (x + side * step / 2, one.limits)
        for x, one in zip(xs, shown.points, strict=True)
        for side in (-1, 1)
    ]
    _lines(plot, shown, stairs, places, (left, up))
    points = [(x, up(one.value)) for x, one in zip(xs, shown.points, strict=True)]
    plot.path(points, BLUE, 0.6)
    for (x, y), one in zip(points, shown.points, strict=True):
        _spot(plot, x, y, is_out=one.is_out, is_warned=one.is_warned)
    _names(plot, xs, [one.label for one in shown.points], foot - 10, step)
    counts = [f"{one.n:,}" for one in shown.points]
    _names(plot, xs, counts, foot - 19, step)
    plot.text(left - GAP, foot - 19, "n", "end")
    plot.line((left, foot), (plot.width, foot), TEXT, 0.8)


def _funnel(
    shown: ControlFigure,
    plot: Plot,
    places: Sequence[float],
    left: float,
    top: float,
) -> None:
    foot = 30.0
    up = scale(places, foot, top)
    along = ticks(0.0, max(one.n for one in shown.funnel))
    across = scale(along, left, plot.width - plot.width_of(tick_labels(along)[-1]) / 2)
    _lines(
        plot, shown, [(across(one.n), one) for one in shown.funnel], places, (left, up)
    )
    for place, label in zip(along, tick_labels(along), strict=True):
        plot.line((across(place), foot), (across(place), foot - 2.5), TEXT)
        plot.text(across(place), foot - 11, label, "middle")
    plot.text(plot.width, foot - 22, shown.count_label, "end")
    plot.line((left, foot), (plot.width, foot), TEXT, 0.8)
    for one in sorted(shown.points, key=lambda point: point.is_out):
        x, y = across(one.n), up(one.value)
        _spot(plot, x, y, is_out=one.is_out, is_warned=one.is_warned)
    _named_apart(plot, shown.points, across, up)


def _named_apart(
    plot: Plot, points: Sequence[ControlPoint], across: Scale, up: Scale
) -> None:
    """Name the points beyond the limits, one above another where they would meet."""
    taken: list[tuple[float, float, float]] = []
    outside = sorted((one for one in points if one.is_out), key=lambda one: -one.n)
    for one in outside[:_NAMED_AT_MOST]:
        x, y = across(one.n), up(one.value)
        label = plot.shortened(one.label, plot.width * 0.3)
        wide = plot.width_of(label)
        start = x - wide - 5 if x + wide + 5 > plot.width else x + 5
        level = y - 2.6
        while any(
            start < right and left < start + wide and abs(level - at) < SIZE
            for left, right, at in taken
        ):
            level += SIZE
        taken.append((start, start + wide, level))
        if level < plot.height - SIZE:
            plot.text(start, level, label)


def _lines(
    plot: Plot,
    shown: ControlFigure,
    at: Sequence[tuple[float, Limits]],
    places: Sequence[float],
    frame: tuple[float, Scale],
) -> None:
    """Draw the pale ground of chance, its limits, warning lines and the centre."""
    left, up = frame

    def through(name: str) -> list[Place]:
        found = ((x, getattr(one, name)) for x, one in at)
        return [(x, up(value)) for x, value in found if not math.isnan(value)]

    lows, highs = through("low"), through("high")
    if lows:
        plot.band([*lows, *reversed(highs)], PALE)
    plot.rules(places, left, up)
    for edge in (lows, highs):
        plot.path(edge, TEXT, 0.7, _LIMIT_DASH)
    for name in ("warning_low", "warning_high"):
        plot.path(through(name), TEXT, 0.6, _WARNING_DASH)
    plot.line((left, up(shown.centre)), (plot.width, up(shown.centre)), LINE, 0.8)


def _samples(shown: ControlFigure) -> list[tuple[Sample | None, str]]:
    samples: list[tuple[Sample | None, str]] = [
        (None, shown.unit),
        (_line(LINE, 0.8), shown.centre_label),
        _limit(shown.limit_label),
        (_line(TEXT, 0.6, _WARNING_DASH), shown.warning_label),
    ]
    if any(point.is_out for point in shown.points):
        samples.append((_spot_sample(is_out=True), shown.out_label))
    if any(point.is_warned for point in shown.points):
        samples.append((_spot_sample(is_out=False), shown.warned_label))
    return samples


def _limit(label: str) -> tuple[Sample, str]:
    return _line(TEXT, 0.7, _LIMIT_DASH), label


def _line(colour: Colour, weight: float, dash: Sequence[float] | None = None) -> Sample:
    def sample(plot: Plot, x: float, y: float) -> None:
        plot.line((x, y), (x + _SAMPLE, y), colour, weight, dash)

    return sample


def _spot_sample(*, is_out: bool) -> Sample:
    def sample(plot: Plot, x: float, y: float) -> None:
        _spot(plot, x + _SAMPLE - 4, y, is_out=is_out, is_warned=not is_out)

    return sample


def _spot(
    plot: Plot, x: float, y: float, *, is_out: bool, is_warned: bool = False
) -> None:
    if is_out:
        plot.spot(x, y, 4, VERMILLION)
    elif is_warned:
        plot.spot(x, y, 4, ORANGE, open_=True)
    else:
        plot.spot(x, y, 0, BLUE)


def _names(
    plot: Plot, xs: Sequence[float], labels: Sequence[str], y: float, step: float
) -> None:
    """Write names under the points, every so many that they stay apart."""
    size = fitting(plot, labels, step - 2)
    if plot.widest(labels, size) > step - 2 or size < _LEGIBLE:
        size = _LEGIBLE
    named = [plot.shortened(label, max(step - 2, 60.0), size) for label in labels]
    every = -(-int(plot.widest(named, size) + GAP) // max(int(step), 1))
    for x, label in list(zip(xs, named, strict=True))[:: max(every, 1)]:
        half = plot.width_of(label, size) / 2
        plot.text(min(x, plot.width - half), y, label, "middle", size)
