"""Floor 3: from bytes to rows to values and issues.

To add a format of patent lists: write its module, add its line to ``FORMATS``.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_
from valuer.imports import (
    cnipa_list,
    forecast,
    google_patents,
    lens,
    number_list,
)
from valuer.imports.forecast_files import forecast_from_bytes, forecast_from_text
from valuer.imports.reading import (
    ENOUGH,
    Format,
    best_format,
    file_bytes,
    read_tables_with,
)
from valuer.imports.result import ReadFile, ReadForecast
from valuer.imports.tables import read_tables

FORMATS = (
    Format(
        cnipa_list.KEY,
        N_("Chinese patent list"),
        cnipa_list.recognise,
        cnipa_list.read,
    ),
    Format(
        google_patents.KEY,
        N_("Google Patents list"),
        google_patents.recognise,
        google_patents.read,
    ),
    Format(lens.KEY, N_("The Lens list"), lens.recognise, lens.read),
    Format(
        number_list.KEY,
        N_("List of patent numbers"),
        number_list.recognise,
        number_list.read,
    ),
)
"""The formats of patent lists; the one that judges a file best reads it."""


def read_file(path: Path, progress: Progress = ignore) -> ReadFile:
    """Return the patents in a file, recognised by what it holds.

    Raises:
        UserError: it cannot be read, or no format knows it.
    """
    return read_bytes(file_bytes(path), path.name, progress)


def read_bytes(data: bytes, name: str, progress: Progress = ignore) -> ReadFile:
    """Return the patents in a file's bytes; ``name`` is kept as their source.

    Raises:
        UserError: it cannot be read, or no format knows it.
    """
    return read_tables_with(FORMATS, data, name, progress)


def read_forecast(
    path: Path, progress: Progress = ignore, valuation_date: date | None = None
) -> ReadForecast:
    """Return the forecast in a file; periods ending by the valuation date are past.

    Raises:
        UserError: it cannot be read, or holds no forecast.
    """
    data = file_bytes(path)
    return forecast_from_bytes(data, path.name, progress, valuation_date)


def read_pasted_forecast(text: str, valuation_date: date | None = None) -> ReadForecast:
    """Return the forecast in pasted text.

    Raises:
        UserError: it holds no forecast.
    """
    return forecast_from_text(text, valuation_date)


def recognised(path: Path, progress: Progress = ignore) -> str:
    """Return the key of a file's format, ``forecast`` among them, or "" if unknown.

    Raises:
        UserError: it cannot be read as a table.
    """
    tables = read_tables(file_bytes(path), path.name, progress)
    found = best_format(FORMATS, tables)
    if found is not None:
        return found.key
    if any(forecast.recognise(table) >= ENOUGH for table in tables):
        return forecast.KEY
    return ""
