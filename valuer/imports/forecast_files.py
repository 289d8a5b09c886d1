"""Read a forecast from a file or from pasted text."""

from __future__ import annotations

import hashlib
import re
from datetime import date

from valuer.core.patents import Source
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_, Message, message
from valuer.imports import forecast
from valuer.imports.result import ReadForecast
from valuer.imports.table import Table
from valuer.imports.tables import read_tables

_LONGEST_PASTE = 1_000_000
_BLANK = re.compile(r"[ \u3000\xa0]+")


def forecast_from_bytes(
    data: bytes,
    name: str,
    progress: Progress = ignore,
    valuation_date: date | None = None,
) -> ReadForecast:
    """Return the forecast in a file's bytes; of several sheets, the likeliest.

    Raises:
        UserError: no table, or no forecast in it.
    """
    tables = read_tables(data, name, progress)
    source = Source(name, hashlib.sha256(data).hexdigest())
    return _likeliest(tables, source, name, valuation_date)


def forecast_from_text(text: str, valuation_date: date | None = None) -> ReadForecast:
    """Return the forecast in pasted text: cells parted by tabs, else by blanks.

    Raises:
        UserError: no forecast in it.
    """
    name = message(N_("The pasted text"))
    if len(text) > _LONGEST_PASTE:
        raise UserError(N_("The pasted text is too long; import it as a file."))
    lines = text.splitlines()
    # A comma is a thousands mark in pasted figures, never the end of a cell.
    if "\t" in text:
        rows = [line.split("\t") for line in lines]
    else:
        rows = [_BLANK.split(line.strip()) for line in lines]
    return _likeliest([Table("", rows)], Source(), name, valuation_date)


def _likeliest(
    tables: list[Table],
    source: Source,
    name: str | Message,
    valuation_date: date | None,
) -> ReadForecast:
    scored = [(forecast.recognise(table), -place) for place, table in enumerate(tables)]
    score, place = max(scored, default=(0.0, 0))
    line = forecast.find_line(tables[-place]) if score else None
    if line is None:
        text = N_(
            "{file} holds no forecast that can be read; name the periods, as in 2027年,"
            " in one row or column, and the line of figures 收入 or revenue."
        )
        raise UserError(text, file=name)
    read = forecast.read(tables[-place], line, source, valuation_date)
    others = tuple(
        _passed_over(tables[-other].sheet)
        for judged, other in scored
        if other != place and judged == score
    )
    if not others:
        return read
    return ReadForecast(read.forecast, read.unit, read.read, (*others, *read.issues))


def _passed_over(sheet: str) -> Issue:
    text = N_("Sheet “{sheet}” holds a forecast too; it was not read.")
    return Issue(Severity.WARNING, message(text, sheet=sheet), "", sheet)
