"""Settings of a library: what the house has decided once.

Each setting has a key, a type and a default. What is stored and does not fit (by
hand, by another version) counts as not set: a setting never stops the program.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from valuer.core.canonical import canonical, from_plain, parse_json
from valuer.core.case import House
from valuer.core.problems import UserError
from valuer.core.rate_tables import RateTables
from valuer.core.texts import LANGUAGES
from valuer.store.schema import settings

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One setting: its key in the library, its type, its default, what it may be."""

    key: str
    kind: type[T]
    default: T
    allowed: tuple[T, ...] = ()


LANGUAGE = Setting("language", str, LANGUAGES[0], LANGUAGES)
HOUSE = Setting("house", House, House())
AUTHOR = Setting("author", str, "")
LAST_FOLDER = Setting("last_folder", str, "")
RATE_TABLES = Setting("rate_tables", RateTables, RateTables())

SETTINGS: tuple[Setting[Any], ...] = (
    LANGUAGE,
    HOUSE,
    AUTHOR,
    LAST_FOLDER,
    RATE_TABLES,
)
"""Every setting but those of credit; keys are never reused."""


def setting(connection: Connection, which: Setting[T]) -> T:
    """Return a setting, or its default where none or a bad one is stored."""
    query = select(settings.c.value).where(settings.c.key == which.key)
    stored = connection.scalar(query)
    if stored is None:
        return which.default
    try:
        value = from_plain(parse_json(stored.encode(), which.key), which.kind)
    except UserError:
        log.warning("the setting %s cannot be read; its default is used", which.key)
        return which.default
    return value if not which.allowed or value in which.allowed else which.default


def put_setting(connection: Connection, which: Setting[T], value: T) -> None:
    """Store a setting."""
    if which.allowed and value not in which.allowed:
        raise ValueError(f"{which.key} may not be {value!r}")
    new = insert(settings).values(key=which.key, value=canonical(value).decode())
    same = new.on_conflict_do_update(
        index_elements=[settings.c.key], set_={"value": new.excluded.value}
    )
    connection.execute(same)
