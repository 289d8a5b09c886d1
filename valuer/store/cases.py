"""The cases of the library: their names, never used twice, and the list of them.

A case in the bin stands in a list of its own; all that was saved of it stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    LargeBinary,
    and_,
    bindparam,
    cast,
    func,
    insert,
    select,
)

from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.store.schema import cases, revisions

_BINNED = select(cases.c.id).where(
    cases.c.id == bindparam("case"), cases.c.binned_at.is_not(None)
)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as a list shows it: name of the case, its latest revision and its day.

    Attributes:
        binned_at: when it was put into the bin, in UTC; None where it is not there.
    """

    case_id: str
    name: str
    report_number: str
    client: str
    revision: int
    at: datetime
    binned_at: datetime | None = None


class _Head(msgspec.Struct):
    """What the list needs of a stored case; the rest is not decoded."""

    name: str = ""
    report_number: str = ""
    client: str = ""


_head = msgspec.json.Decoder(_Head)


def make_case(connection: Connection, at: datetime) -> int:
    """Reserve the key of a new case; the sequence never goes back."""
    made = connection.scalar(insert(cases).values(at=at).returning(cases.c.id))
    return int(made or 0)


def list_cases(connection: Connection) -> tuple[CaseLine, ...]:
    """Return the cases that are not in the bin, the latest changed first."""
    return _listed(connection, cases.c.binned_at.is_(None))


def list_binned(connection: Connection) -> tuple[CaseLine, ...]:
    """Return the cases in the bin, the latest changed first."""
    return _listed(connection, cases.c.binned_at.is_not(None))


def refuse_binned(connection: Connection, case_id: str) -> None:
    """Refuse to change a case that is in the bin.

    Raises:
        UserError: it is.
    """
    if connection.scalar(_BINNED, {"case": case_key(case_id)}) is not None:
        text = N_("Case {case} is in the bin and is not changed. Take it out first.")
        raise UserError(text, case=case_id)


def case_name(key: int) -> str:
    """Return the name of a case, as in ``C7``."""
    return f"C{key}"


def case_key(name: str) -> int | None:
    """Return the number in a case's name, or None where it is no such name."""
    match = re.fullmatch(r"[Cc]?([1-9][0-9]{0,17})", name.strip(), re.ASCII)
    return int(match[1]) if match else None


def _listed(connection: Connection, which: ColumnElement[bool]) -> tuple[CaseLine, ...]:
    r = revisions.c
    latest = (
        select(r.case_id, func.max(r.number).label("number"))
        .group_by(r.case_id)
        .subquery()
    )
    query = (
        select(r.case_id, r.number, r.at, cast(r.body, LargeBinary), cases.c.binned_at)
        .join(
            latest,
            and_(latest.c.case_id == r.case_id, latest.c.number == r.number),
        )
        .join(cases, cases.c.id == r.case_id)
        .where(which)
        .order_by(r.at.desc(), r.case_id.desc())
    )
    found = []
    for key, number, at, body, binned_at in connection.execute(query):
        head = _read(body)
        told = (head.name, head.report_number, head.client)
        found.append(CaseLine(case_name(key), *told, number, at, binned_at))
    return tuple(found)


def _read(body: bytes) -> _Head:
    try:
        return _head.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        # One damaged case must not hide the others; opening it tells.
        return _Head()
