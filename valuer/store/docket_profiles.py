"""Profiles of an agency's own lists (列对应方案), kept by name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from valuer.agency.docket_profiles import Profile, profile_from, unknown_profile
from valuer.core.canonical import canonical, parse_json
from valuer.store.docket_schema import docket_profiles

_p = docket_profiles.c


def put_profile(
    connection: Connection, profile: Profile, author: str, at: datetime
) -> None:
    """Keep a profile; one of the same name gives way.

    Raises:
        UserError: it names what is not known.
    """
    checked = profile_from(parse_json(canonical(profile), profile.name))
    new = insert(docket_profiles).values(
        name=checked.name, at=at, author=author, body=canonical(checked).decode()
    )
    told = {name: new.excluded[name] for name in ("at", "author", "body")}
    connection.execute(new.on_conflict_do_update(index_elements=[_p.name], set_=told))


def list_profiles(connection: Connection) -> tuple[Profile, ...]:
    """Return the profiles in the order of their names."""
    rows = connection.execute(select(_p.name, _p.body).order_by(_p.name))
    return tuple(_profile(name, body) for name, body in rows)


def find_profile(connection: Connection, name: str) -> Profile:
    """Return a profile.

    Raises:
        UserError: there is none of that name.
    """
    query = select(_p.body).where(_p.name == name)
    body = connection.scalar(query)
    if body is None:
        raise unknown_profile(name)
    return _profile(name, body)


def remove_profile(connection: Connection, name: str) -> None:
    """Remove a profile.

    Raises:
        UserError: there is none of that name.
    """
    find_profile(connection, name)
    connection.execute(delete(docket_profiles).where(_p.name == name))


def _profile(name: str, body: str) -> Profile:
    return profile_from(parse_json(body.encode(), name))
