"""Words of what a docket answers: figures with their units, groups, and why none.

Screen, report and table tell a metric alike. A figure is told as precisely as it is
known: a share of one in ten thousand is not 0.0 %.
"""

from __future__ import annotations

import math

from valuer.agency.cohorts import Compared
from valuer.agency.metric import Benchmark, Grouping, Metric, Shape, Unit, Work
from valuer.agency.metrics import (
    care,
    drafting,
    examination,
    filings,
    grants,
    losses,
    metric,
    patents,
)
from valuer.agency.quality import Row
from valuer.core.texts import N_, Message, message

Said = Message | str

GROUPS: tuple[tuple[str, str, tuple[Metric, ...]], ...] = (
    ("grants", N_("Grants"), grants.METRICS),
    ("examination", N_("Examination"), examination.METRICS),
    ("losses", N_("Applications deemed withdrawn"), losses.METRICS),
    ("filings", N_("Filings"), filings.METRICS),
    ("drafting", N_("Drafting"), drafting.METRICS),
    ("patents", N_("After grant"), patents.METRICS),
    ("care", N_("Docketing and service"), care.METRICS),
)
"""The groups of metrics, each with its key, its title and its metrics."""

GROUPING_NAMES = {
    Grouping.AGENT: N_("Agent"),
    Grouping.CLIENT: N_("Client of the agency"),
    Grouping.FIELD: N_("IPC section"),
    Grouping.MONTH: N_("Month"),
}

SECTIONS = {
    "A": N_("Human necessities"),
    "B": N_("Operations, transporting"),
    "C": N_("Chemistry, metallurgy"),
    "D": N_("Textiles, paper"),
    "E": N_("Fixed constructions"),
    "F": N_("Mechanical engineering, lighting, heating, weapons"),
    "G": N_("Physics"),
    "H": N_("Electricity"),
}
"""IPC sections. Source: WIPO, International Patent Classification."""

STATISTICS = {
    Shape.RATE: N_(
        "Interval: Wilson (1927), 95%. It stays within 0 and 100% and holds for few"
        " cases too: none of 8 still leaves up to 32.4% possible."
    ),
    Shape.MEAN: N_("Interval of the mean: Student (1908), 95%."),
    Shape.MEDIAN: N_("Interval of the median: order statistics (Conover), 95%."),
    Shape.TIME: N_(
        "Kaplan and Meier (1958): what is still pending counts as long as it was"
        " followed, and is not left out. Interval: Brookmeyer and Crowley (1982), 95%."
    ),
    Shape.SURVIVAL: N_(
        "Kaplan and Meier (1958): patents not yet old enough count as long as they were"
        " followed. Interval on the log-minus-log scale, 95%."
    ),
    Shape.INCIDENCE: N_(
        "Aalen and Johansen (1978): pending cases count as long as they were followed,"
        " and a loss competes with the grant. One minus Kaplan and Meier's curve would"
        " overstate the chance. Interval: Marubini and Valsecchi (1995), 95%."
    ),
    Shape.COUNT_PER: N_("Interval of the count: Garwood (1936), exact, 95%."),
    Shape.PER_UNIT: N_("Interval of the count: Garwood (1936), exact, 95%."),
    Shape.CONCENTRATION: N_("A description of all filings; it has no interval."),
    Shape.PEAK: N_("The largest count that was seen; it has no interval."),
}
"""How each shape of metric is reckoned."""

WORK_NAMES = {
    Work.DRAFTING: N_("The signing agent at filing; cases taken over are left out."),
    Work.PROSECUTION: N_(
        "The agent in charge; cases handed over count until that day."
    ),
}
"""To whom a metric is attributed."""

MARK_NAMES = {
    "V2": N_("read in two independent sources, or in the text of the rule"),
    "V1": N_("read in one source"),
}
"""What the marks of benchmarks mean."""

UNITS = {
    Unit.SHARE: "%",
    Unit.NUMBER: "",
    Unit.MONTHS: N_("months"),
    Unit.YEARS: N_("years"),
    Unit.PAGES: N_("pages"),
    Unit.CHARACTERS: N_("characters"),
}
"""In what the figures of a unit are told."""

_PLACES = {Unit.NUMBER: 2, Unit.CHARACTERS: 0}
_FINEST = 4  # places of a share in percent


def scale_of(unit: Unit) -> float:
    """Return by what a value is multiplied to be told in its unit."""
    return 100.0 if unit is Unit.SHARE else 1.0


def group_name(group: str | None, by: Grouping | None) -> Said:
    """Return the name of a group as people know it."""
    if group is None:
        return N_("All cases")
    if not group:
        return N_("Not told")
    if by is Grouping.FIELD and group in SECTIONS:
        return message(
            N_("{section} {name}"), section=group, name=message(SECTIONS[group])
        )
    return group


def value_words(row: Row) -> Said:
    """Return the value with its unit, or why there is none."""
    if row.value is None:
        return why_none(row)
    unit, places = _measure(row)
    return _with_unit(_figure(row.value, unit, places), unit)


def interval_words(row: Row) -> Said:
    """Return the 95 % interval; "" without one. Only shares name their unit again."""
    unit, places = _measure(row)
    if row.low is None and row.high is None:
        return ""
    if row.high is None:
        text = N_("{figure} or more")
        return message(text, figure=_of_share(_figure(row.low, unit, places), unit))
    if row.low is None:
        text = N_("up to {figure}")
        return message(text, figure=_of_share(_figure(row.high, unit, places), unit))
    low, high = _figure(row.low, unit, places), _figure(row.high, unit, places)
    return _of_share(f"{low}–{high}", unit)


def numerator_words(row: Row) -> str:
    """Return what stands above the line; "" where a figure has no such count."""
    if row.numerator is None or metric(row.key).shape is Shape.MEDIAN:
        return ""
    whole = math.isclose(row.numerator, round(row.numerator), abs_tol=1e-6)
    return f"{row.numerator:,.0f}" if whole else f"{row.numerator:,.1f}"


def why_none(row: Row) -> Said:
    """Return why a row has no value."""
    if row.missing:
        return N_("Fields are missing")
    if not row.n:
        return N_("No case counts")
    if metric(row.key).shape is Shape.TIME:
        return N_("Less than half are done")
    return N_("Not followed that long yet")


def benchmark_words(found: Benchmark | None) -> Said:
    """Return a benchmark's value and year; "" where none is verified."""
    if found is None:
        return ""
    figure = _with_unit(_figure(found.value, found.unit, 1), found.unit)
    return message(N_("{figure} ({year})"), figure=figure, year=found.year)


def mark_words(found: Benchmark) -> Said:
    """Return how well a benchmark is verified."""
    if found.mark not in MARK_NAMES:
        return found.mark
    return message(
        N_("{mark}: {meaning}"),
        mark=found.mark,
        meaning=message(MARK_NAMES[found.mark]),
    )


def change_words(found: Compared) -> Said:
    """Return how far a value changed, with the interval of the change."""
    if found.change is None:
        return N_("No comparison: a period has no value")
    row = found.later
    unit, places = _measure(row)
    scale = scale_of(unit)
    if found.low is None or found.high is None:
        return _of_change(_signed(found.change * scale, places), unit)
    text = N_("{change} ({low} to {high})")
    parts = (found.change, found.low, found.high)
    change, low, high = (_signed(one * scale, places) for one in parts)
    return message(text, change=_of_change(change, unit), low=low, high=high)


def _of_change(figure: str, unit: Unit) -> Said:
    if unit is Unit.SHARE:
        return message(N_("{figure} points"), figure=figure)
    return _with_unit(figure, unit)


def _measure(row: Row) -> tuple[Unit, int]:
    """Return the unit and how many places its figures need."""
    asked = metric(row.key)
    if asked.shape is Shape.PEAK:
        return asked.unit, 0
    if asked.shape is Shape.CONCENTRATION:
        return Unit.NUMBER, 3
    if asked.unit is not Unit.SHARE:
        return asked.unit, _PLACES.get(asked.unit, 1)
    smallest = min((one for one in (row.value, row.high) if one), default=1.0)
    places = 1
    while places < _FINEST and smallest * 100 < 10**-places:
        places += 1
    return asked.unit, places


def _figure(value: float | None, unit: Unit, places: int) -> str:
    scaled = (value or 0.0) * scale_of(unit)
    return f"{scaled:,.{places}f}".replace("-", "−")


def _of_share(figure: str, unit: Unit) -> str:
    return f"{figure}%" if unit is Unit.SHARE else figure


def _signed(value: float, places: int) -> str:
    shown = f"{value:+,.{places}f}"
    if not float(shown.replace(",", "")):
        return f"{0:.{places}f}"
    return shown.replace("-", "−")


def _with_unit(figure: str, unit: Unit) -> Said:
    name = UNITS[unit]
    if not name:
        return figure
    if name == "%":
        return f"{figure}%"
    return message(N_("{figure} {unit}"), figure=figure, unit=message(name))
