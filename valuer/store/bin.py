"""The bin: cases set aside, with all that was saved of them.

Nothing is ever thrown away from it. A case of which a report went out never enters it:
the house answers for that report, and the case is its ground.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.store.cases import case_key, case_name
from valuer.store.cases import list_binned as list_binned
from valuer.store.journal import EntryKind, note
from valuer.store.reports import list_reports
from valuer.store.schema import cases


def bin_case(
    connection: Connection,
    case_id: str,
    author: str,
    at: datetime,
    undoes: int | None = None,
) -> str:
    """Put a case into the bin and return its name.

    ``undoes`` is the number of the journal's entry that is undone by this, if any.

    Raises:
        UserError: there is no such case, it is there already, or a report of it was
            issued.
    """
    key = _key(connection, case_id, is_binned=False)
    issued = list_reports(connection, case_name(key))
    if issued:
        raise UserError(
            N_(
                "Case {case} stays: report {report} was issued from its revision"
                " {revision}, and what was signed is kept."
            ),
            case=case_name(key),
            report=issued[-1].number or issued[-1].sha256[:16],
            revision=issued[-1].revision,
        )
    _move(connection, key, at)
    note(connection, EntryKind.BIN_CASE, case_name(key), author, at, undoes=undoes)
    return case_name(key)


def take_out(
    connection: Connection,
    case_id: str,
    author: str,
    at: datetime,
    undoes: int | None = None,
) -> str:
    """Take a case out of the bin and return its name.

    ``undoes`` is the number of the journal's entry that is undone by this, if any.

    Raises:
        UserError: there is no such case, or it is not in the bin.
    """
    key = _key(connection, case_id, is_binned=True)
    _move(connection, key, None)
    note(connection, EntryKind.TAKE_OUT_CASE, case_name(key), author, at, undoes=undoes)
    return case_name(key)


def _key(connection: Connection, case_id: str, *, is_binned: bool) -> int:
    query = select(cases.c.id, cases.c.binned_at)
    row = connection.execute(query.where(cases.c.id == case_key(case_id))).first()
    if row is None:
        raise UserError(N_("The library has no case {case}."), case=case_id)
    name = case_name(row.id)
    if is_binned and row.binned_at is None:
        raise UserError(N_("Case {case} is not in the bin."), case=name)
    if not is_binned and row.binned_at is not None:
        raise UserError(N_("Case {case} is in the bin already."), case=name)
    return int(row.id)


def _move(connection: Connection, key: int, binned_at: datetime | None) -> None:
    connection.execute(
        update(cases).where(cases.c.id == key).values(binned_at=binned_at)
    )
