"""Answers that were reckoned once for a state of the docket, kept until it changes."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from valuer.store.docket_schema import docket_kept

_k = docket_kept.c


def kept_answer(connection: Connection, key: str, state: int) -> bytes | None:
    """Return what was kept under a key for this state of the docket, or None."""
    query = select(_k.body).where(_k.key == key, _k.state == state)
    body: bytes | None = connection.scalar(query)
    return body


def keep_answer(connection: Connection, key: str, state: int, body: bytes) -> None:
    """Keep an answer; those of earlier states are dropped."""
    connection.execute(delete(docket_kept).where(_k.state < state))
    new = insert(docket_kept).values(key=key, state=state, body=body)
    told = {"state": new.excluded.state, "body": new.excluded.body}
    connection.execute(new.on_conflict_do_update(index_elements=[_k.key], set_=told))
