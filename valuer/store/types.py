"""How values stand in the library's columns, all of them as text.

STRICT tables know INTEGER and TEXT only. Dates are ISO days, times are UTC with
microseconds (so that text order is time order), money is a decimal as written, never
a float: SQLite's own numbers lose cents. JSON is canonical.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from valuer.core.canonical import canonical
from valuer.core.problems import UserError
from valuer.core.texts import N_

T = TypeVar("T")


class Day(TypeDecorator[date]):
    """A day, as ``2026-11-22``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Return the text to store."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        """Return the stored day."""
        return None if value is None else read_stored(date.fromisoformat, value)


class Moment(TypeDecorator[datetime]):
    """A time in UTC, as ``2026-11-22T08:30:00.000000Z``; a naive one is a bug."""

    impl = Text
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> str | None:
        """Return the text to store."""
        return None if value is None else moment_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the stored time, aware."""
        return None if value is None else read_stored(datetime.fromisoformat, value)


class DecimalText(TypeDecorator[Decimal]):
    """A decimal exactly as it was given, digits after the point included."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Return the text to store; a float or a NaN is a bug."""
        if value is None:
            return None
        if not isinstance(value, Decimal) or not value.is_finite():
            raise ValueError(f"{value!r} is no finite decimal")
        return str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Return the stored decimal."""
        return None if value is None else read_stored(Decimal, value)


class Json(TypeDecorator[Any]):
    """A value as canonical JSON; it comes back as dicts, lists and strings."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """Return the text to store."""
        return canonical(value).decode()

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Return the stored JSON."""
        return None if value is None else read_stored(msgspec.json.decode, value)


def moment_text(at: datetime) -> str:
    """Return a time as the library writes it, in UTC.

    Raises:
        ValueError: the time does not say its zone.
    """
    if at.tzinfo is None:
        raise ValueError("a time without zone cannot be stored")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def read_stored(reading: Callable[[Any], T], stored: Any) -> T:
    """Return what a column holds.

    Raises:
        UserError: it holds something else.
    """
    try:
        return reading(stored)
    except (ValueError, ArithmeticError) as error:
        raise UserError(
            N_("The library is damaged: {found} cannot be read. Restore a backup."),
            found=str(stored)[:40],
        ) from error
