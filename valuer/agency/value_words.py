"""A metric's figures in words: shares as 55.0 %, times as 15.5 months.

Window, report and command line say the same figure alike.
"""

from __future__ import annotations

from valuer.agency.metric import Metric, Unit
from valuer.agency.quality import Row
from valuer.core.texts import N_, tr

UNITS = {
    Unit.SHARE: "%",
    Unit.NUMBER: "",
    Unit.MONTHS: N_("months"),
    Unit.YEARS: N_("years"),
    Unit.PAGES: N_("pages"),
    Unit.CHARACTERS: N_("characters"),
}
"""In what the figures of a unit are shown."""

NOTHING = "—"


def scale_of(unit: Unit) -> float:
    """Return by what a value is multiplied to be shown in its unit."""
    return 100.0 if unit is Unit.SHARE else 1.0


def unit_name(unit: Unit, language: str) -> str:
    """Return the name of a unit, "" where it has none."""
    name = UNITS[unit]
    return name if name in ("", "%") else tr(name, language)


def digits(unit: Unit, value: float | None) -> str:
    """Return a value in its unit without the unit's name; a dash where there is none."""
    if value is None:
        return NOTHING
    shown = value * scale_of(unit)
    places = 0 if abs(shown) >= 1000 else 1 if unit is not Unit.NUMBER else 2
    return f"{shown:,.{places}f}".replace("-", "−")


def value_words(metric: Metric, value: float | None, language: str) -> str:
    """Return a value with its unit, as 55.0 %."""
    name = unit_name(metric.unit, language) if value is not None else ""
    return f"{digits(metric.unit, value)} {name}".strip()


def interval_words(row: Row, metric: Metric) -> str:
    """Return the 95 % interval of a row as 45.2–64.4; an unknown end is a dash.

    "" where neither end is known.
    """
    if row.low is None and row.high is None:
        return ""
    return f"{digits(metric.unit, row.low)}–{digits(metric.unit, row.high)}"
