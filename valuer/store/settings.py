"""The library's settings: a key and a JSON value each.

A bad setting falls back to its default and nothing else stops.
"""

from __future__ import annotations

import logging
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select

from valuer.core.canonical import canonical
from valuer.store.schema import settings

log = logging.getLogger(__name__)


def setting(connection: Connection, key: str, default: Any) -> Any:
    """Return a setting of the default's type, or the default."""
    text = connection.scalar(select(settings.c.value).where(settings.c.key == key))
    if text is None:
        return default
    try:
        return msgspec.json.decode(text, type=type(default))
    except msgspec.DecodeError:
        log.warning("the setting %s cannot be read; its default is used", key)
        return default


def put_setting(connection: Connection, key: str, value: Any) -> None:
    """Keep a setting."""
    connection.execute(delete(settings).where(settings.c.key == key))
    text = canonical(value).decode()
    connection.execute(insert(settings).values(key=key, value=text))
