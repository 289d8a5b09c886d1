"""The template of the house that works with a library: its look, and its logo's bytes.

The look is part of the house among the settings; the logo lies with the documents,
under its SHA-256, for as long as the house or a case names it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from valuer.core.case import Case, House
from valuer.core.look import Look
from valuer.store.evidence import read_back, take_up
from valuer.store.journal import EntryKind, note
from valuer.store.settings import HOUSE, put_setting, setting

_FILE = "logo.png"


def put_template(
    connection: Connection, look: Look, logo: bytes, author: str, at: datetime
) -> None:
    """Keep a template for the house; ``Look()`` removes it. The journal tells it."""
    house = setting(connection, HOUSE)
    if look.logo:
        take_up(connection, _FILE, logo, at)
    if house.look != look:
        put_setting(connection, HOUSE, replace(house, look=look))
        note(connection, EntryKind.HOUSE, "", author, at)


def logo_of(connection: Connection, case: Case) -> bytes:
    """Return the bytes of the logo that a case names; b"" where it names none.

    Raises:
        UserError: the library does not have it, or it is damaged.
    """
    return logo_of_house(connection, case.house)


def logo_of_house(connection: Connection, house: House) -> bytes:
    """Return the bytes of the logo that a house's look names; b"" where it names none.

    Raises:
        UserError: the library does not have it, or it is damaged.
    """
    digest = house.look.logo
    return read_back(connection, digest) if digest else b""
