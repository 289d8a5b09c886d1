"""What a chart shows, in no particular drawing system.

The window and the report draw the same figure: a frozen value with finished texts
and plain numbers. How it is drawn, in which colours and size, is the drawer's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from valuer.core.quality_figures import (
    ControlFigure,
    IncidenceFigure,
    RareFigure,
    StepFigure,
)


@dataclass(frozen=True, slots=True)
class BarFigure:
    """One amount a period, as bars.

    Attributes:
        title: says what is seen.
        unit: of the amounts, above the axis.
        labels: one a bar, under it.
        values: one a bar; negative ones hang below the axis.
        past: how many bars at the left are history; they are hatched.
        names: what history and forecast are called, where there is history.
    """

    title: str
    unit: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    past: int = 0
    names: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Swing:
    """What one input does: the ends of its range, and the value each gives."""

    label: str
    low_input: str
    high_input: str
    low: float
    high: float

    @property
    def width(self) -> float:
        """How far the value moves."""
        return abs(self.high - self.low)


@dataclass(frozen=True, slots=True)
class TornadoFigure:
    """What each input does to the value, around the value adopted."""

    title: str
    unit: str
    value: float
    value_label: str
    swings: tuple[Swing, ...]

    @property
    def ranked(self) -> tuple[Swing, ...]:
        """The swings, the widest first; equal ones in their given order."""
        return tuple(sorted(self.swings, key=lambda swing: -swing.width))


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the value axis of a histogram.

    Attributes:
        label: stands at the mark: ``P50 12,345``.
        value: where it stands.
        is_adopted: whether it is the value adopted, drawn in full strength.
    """

    label: str
    value: float
    is_adopted: bool = False


@dataclass(frozen=True, slots=True)
class HistogramFigure:
    """How simulated values are spread.

    Attributes:
        title: says what is seen.
        unit: of the values, at the end of their axis.
        count_label: what the height of a column counts.
        edges: of the columns, rising, one more than there are counts.
        counts: of the values between two edges.
        marks: percentiles and the value adopted.
    """

    title: str
    unit: str
    count_label: str
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class ConvergenceFigure:
    """How the mean settles as scenarios are added, with its band of ±1.96 errors.

    Attributes:
        title: says what is seen.
        unit: of the means, above their axis.
        count_label: what stands along the other axis.
        counts: scenarios so far, rising.
        means: the mean of so many scenarios; ``lows`` and ``highs``: ends of the band.
        mean_label, band_label: stand beside line and band.
    """

    title: str
    unit: str
    count_label: str
    counts: tuple[int, ...]
    means: tuple[float, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    mean_label: str = ""
    band_label: str = ""


@dataclass(frozen=True, slots=True)
class Rise:
    """One column of a waterfall: an amount added, or a sum reached.

    Attributes:
        amount: what is added; below nought what is taken away.
        is_total: whether it is a sum, drawn from nought.
    """

    label: str
    amount: float
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class WaterfallFigure:
    """How amounts lead to the value, each column beginning where the last ended."""

    title: str
    unit: str
    rises: tuple[Rise, ...]

    @property
    def spans(self) -> tuple[tuple[float, float], ...]:
        """From where to where each column reaches; a sum begins at nought."""
        spans, at = [], 0.0
        for rise in self.rises:
            start, at = (0.0, rise.amount) if rise.is_total else (at, at + rise.amount)
            spans.append((start, at))
        return tuple(spans)


@dataclass(frozen=True, slots=True)
class RadarFigure:
    """Scores around a circle; the report alone draws it.

    Attributes:
        labels: one a spoke; ``values``: its score, from 0 to ``full``.
    """

    title: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    full: float


Figure = (
    BarFigure
    | TornadoFigure
    | HistogramFigure
    | ConvergenceFigure
    | WaterfallFigure
    | ControlFigure
    | RareFigure
    | IncidenceFigure
    | StepFigure
)


def first_days(first: date, last: date, about: int = 7) -> tuple[date, ...]:
    """Return first days of months between two days, evenly apart, ``about`` so many."""
    start = first.year * 12 + first.month - (first.day == 1)
    months = max(last.year * 12 + last.month - start, 0)
    stride = next((one for one in _STRIDES if months <= one * about), _STRIDES[-1])
    numbers = range(-(-start // stride) * stride, last.year * 12 + last.month, stride)
    return tuple(date(number // 12, number % 12 + 1, 1) for number in numbers)


_STRIDES = (1, 2, 3, 6, 12, 24, 60)
"""Months between two places of an axis of days."""


def ticks(low: float, high: float, about: int = 5) -> tuple[float, ...]:
    """Return round numbers that enclose a range, some ``about`` steps apart."""
    if not high > low:
        low, high = low - (abs(low) or 1.0) / 2, low + (abs(low) or 1.0) / 2
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= rough * 0.999999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(step * i for i in range(first, last + 1))


def ticks_within(low: float, high: float, about: int = 5) -> tuple[float, ...]:
    """Return ticks that enclose a range, none beyond 0 or 100 where it is within them."""
    slack = (high - low) * 1e-9
    return tuple(
        one
        for one in ticks(low, high, about)
        if (one >= -slack or low < 0) and (one <= 100 + slack or high > 100)
    )


def tick_labels(places: Sequence[float]) -> tuple[str, ...]:
    """Return the places as figures, thousands set apart, all with equal decimals."""
    step = places[1] - places[0] if len(places) > 1 else 1.0
    decimals = next(
        (d for d in range(12) if abs(round(step, d) - step) < step * 1e-6), 12
    )
    labels = (f"{place:,.{decimals}f}" for place in places)
    return tuple(label.replace("-", "−") for label in labels)
