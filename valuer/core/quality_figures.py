"""What the charts of an agency's quality and credit show (控制图、走势图).

As every figure they are frozen values with finished texts and plain numbers, in the
unit that is shown; the window and the report draw the same ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

_NARROW = 2.0
"""Points that an axis spans at least, so that one value alone has an axis."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Between what a value is chance, for a count ``n``; warning lines within.

    In the unit of the figure. NaN: not known.
    """

    n: float
    low: float
    high: float
    warning_low: float
    warning_high: float


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """One month, agent or client on a control chart.

    Attributes:
        is_out: beyond the limits; ``is_warned``: beyond the warning lines only.
    """

    label: str
    value: float
    limits: Limits
    is_out: bool = False
    is_warned: bool = False

    @property
    def n(self) -> int:
        """Of how many cases the value is."""
        return round(self.limits.n)


@dataclass(frozen=True, slots=True)
class ControlFigure:
    """Values of months or groups against the limits of their own counts.

    A p-chart stands the points side by side, ``n`` under each; a funnel stands them
    along their counts, between lines.

    Attributes:
        unit: of the values, above their axis.
        count_label: what the counts are of, along the lower axis.
        centre: the common value; its label, that of the limits and of the warning
            lines stand beside the lines.
        points: in the order in which they stand; a funnel's in any.
        funnel: the lines of a funnel, ``n`` rising; () for a p-chart.
        out_label, warned_label: what the shapes of such points mean.
    """

    title: str
    unit: str
    count_label: str
    centre: float
    centre_label: str
    limit_label: str
    warning_label: str
    points: tuple[ControlPoint, ...]
    funnel: tuple[Limits, ...] = ()
    out_label: str = ""
    warned_label: str = ""

    @property
    def is_funnel(self) -> bool:
        """Whether the points stand along their counts."""
        return bool(self.funnel)

    @property
    def reach(self) -> tuple[float, float]:
        """From where to where points and limits reach; a share within 0 and 100 %."""
        ends = [point.value for point in self.points]
        for one in self.funnel or tuple(point.limits for point in self.points):
            ends += [end for end in (one.low, one.high) if not math.isnan(end)]
        low, high = min(ends, default=0.0), max(ends, default=1.0)
        if high - low < _NARROW:
            low, high = low - _NARROW, high + _NARROW
        return max(low, 0.0), min(high, 100.0) if self.unit == "%" else high


@dataclass(frozen=True, slots=True)
class RareFigure:
    """Cases that went well between one loss and the next (g-chart).

    Attributes:
        unit: what is counted; ``labels``: of the losses, one a value.
        out: which values lie beyond the limits; ``out_label`` says what that means.
        low: nought where there is no lower limit.
    """

    title: str
    unit: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    centre: float
    low: float
    high: float
    centre_label: str
    limit_label: str
    out: tuple[bool, ...]
    out_label: str = ""


@dataclass(frozen=True, slots=True)
class IncidenceLine:
    """The chance, by each time, of one way to end; it holds until the next time.

    Attributes:
        values: one a time, rising; NaN from where none was followed so far.
        lows, highs: the 95 % band; () where there is none.
    """

    label: str
    times: tuple[float, ...]
    values: tuple[float, ...]
    lows: tuple[float, ...] = ()
    highs: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class IncidenceFigure:
    """How cases filed together end as time passes, each way a line of steps."""

    title: str
    unit: str
    time_label: str
    lines: tuple[IncidenceLine, ...]

    @property
    def places(self) -> tuple[float, ...]:
        """The places of the lower axis: every so many months, years where it may be."""
        most = max((time for line in self.lines for time in line.times), default=12.0)
        step = next(
            one for one in (1, 3, 6, 12, 24, 60, 120) if most <= 8 * one or one == 120
        )
        count = max(math.ceil(most / step), 1)
        return tuple(float(step * place) for place in range(count + 1))


@dataclass(frozen=True, slots=True)
class ScoreStep:
    """A total that holds from a day on.

    Attributes:
        total: None while it is not known.
        label: stands at the step, short; ``note``: why it changes, in words.
    """

    day: date
    total: float | None
    label: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ScoreBand:
    """The totals of one grade; None: no bound."""

    label: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class StepFigure:
    """A total from day to day, before bands of grades.

    Attributes:
        first, last: the days between which it is shown.
        steps: days rising, the first not after ``first``.
        supposed: steps of a line that is only supposed, drawn beside as such;
            ``supposed_label`` says so.
    """

    title: str
    unit: str
    first: date
    last: date
    steps: tuple[ScoreStep, ...]
    bands: tuple[ScoreBand, ...] = ()
    supposed: tuple[ScoreStep, ...] = ()
    supposed_label: str = ""

    @property
    def spans(self) -> tuple[tuple[date, date, ScoreStep], ...]:
        """From when to when each step holds, within the days shown."""
        return self._spans(self.steps)

    @property
    def supposed_spans(self) -> tuple[tuple[date, date, ScoreStep], ...]:
        """The same of the line that is only supposed."""
        return self._spans(self.supposed)

    def _spans(
        self, steps: tuple[ScoreStep, ...]
    ) -> tuple[tuple[date, date, ScoreStep], ...]:
        ends = (*(step.day for step in steps[1:]), self.last)
        spans = (
            (max(step.day, self.first), min(end, self.last), step)
            for step, end in zip(steps, ends, strict=False)
        )
        return tuple(span for span in spans if span[0] <= span[1])

    @property
    def reach(self) -> tuple[float, float]:
        """The totals between which the axis runs: those shown, and some room."""
        steps = (*self.steps, *self.supposed)
        totals = [step.total for step in steps if step.total is not None]
        low, high = min(totals, default=100.0), max(totals, default=100.0)
        return max(math.floor((low - 5) / 10) * 10.0, 0.0), max(high + 5, 105.0)
