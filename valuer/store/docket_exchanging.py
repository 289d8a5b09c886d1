"""Exchange what the cases of a batch are with what they were.

As ``exchanging`` does it for patents: once takes a batch back, twice brings it again,
under the same numbers, and only while later work does not rest on it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection

from valuer.core.progress import Progress, ignore
from valuer.store.docket_rows import DocketWriter, Row, facts_case, hands
from valuer.store.exchanging import Parts, changed_since

_PRESENT = """SELECT id, batch_id, facts, by_hand FROM docket_cases
JOIN docket_facts ON case_id = id WHERE batch_id = ?1 OR id IN
(SELECT case_id FROM docket_changes WHERE batch_id = ?1) ORDER BY id"""
_FORMER = """SELECT case_id, former_batch_id, former_facts, former_by_hand
FROM docket_changes WHERE batch_id = ? AND former_facts IS NOT NULL ORDER BY case_id"""
_COUNT = """SELECT (SELECT count(*) FROM docket_cases WHERE batch_id = ?1 OR id IN
(SELECT case_id FROM docket_changes WHERE batch_id = ?1)) + (SELECT count(*)
FROM docket_changes WHERE batch_id = ?1 AND former_facts IS NOT NULL)"""
_FORGET = "DELETE FROM docket_changes WHERE batch_id = ?"
_REMEMBER = """INSERT INTO docket_changes
(batch_id, case_id, former_batch_id, former_facts, former_by_hand)
VALUES (?, ?, ?, ?, ?)"""
_TOUCHED = """SELECT case_id FROM docket_changes WHERE batch_id = ?1
UNION SELECT id FROM docket_cases WHERE batch_id = ?1"""
_SHARING = """SELECT id FROM docket_cases WHERE number <> '' AND number IN
(SELECT value FROM json_each(?))"""
_LATER = """SELECT batch_id FROM docket_changes
WHERE batch_id IN (SELECT value FROM json_each(?1))
AND (case_id IN (SELECT value FROM json_each(?2)) OR former_batch_id = ?3)
UNION SELECT batch_id FROM docket_cases
WHERE batch_id IN (SELECT value FROM json_each(?1))
AND id IN (SELECT value FROM json_each(?2))"""


def exchange_docket(
    connection: Connection, key: int, progress: Progress = ignore
) -> None:
    """Make the cases of a batch what they were before, and keep what they are.

    Raises:
        UserError: what they were can no longer be read.
    """
    total = connection.exec_driver_sql(_COUNT, (key,)).scalar() or 0
    parts = Parts(progress, 2 * int(total))
    present = _rows(connection, _PRESENT, key, parts)
    former = _rows(connection, _FORMER, key, parts)
    writer = DocketWriter(connection)
    connection.exec_driver_sql(_FORGET, (key,))
    # First all go, then the others come: a number may change places.
    for part in parts.take(present):
        writer.remove([row.id for row, _ in part])
        _remember(
            connection,
            [
                (key, row.id, row.batch, facts, json.dumps(row.by_hand))
                for row, facts in part
            ],
        )
    known = {row.id for row, _ in present}
    for part in parts.take(former):
        writer.insert([row for row, _ in part])
        # Those of the batch itself are known by its number while they are there.
        came = [
            (key, row.id, None, None, None)
            for row, _ in part
            if row.id not in known and row.batch != key
        ]
        _remember(connection, came)
    writer.end()


def blocking_docket(connection: Connection, key: int) -> dict[int, bool]:
    """Return the batches whose work on the same cases is not as this one left it.

    Returns:
        By number, the newest first, whether its work stands now.
    """
    since = changed_since(connection, key)
    if not since:
        return {}
    touched = set(connection.exec_driver_sql(_TOUCHED, (key,)).scalars())
    coming = _rows(connection, _FORMER, key, Parts(ignore, 0))
    numbers = [row.case.number for row, _ in coming]
    sharing = connection.exec_driver_sql(_SHARING, (json.dumps(numbers),)).scalars()
    asked = (json.dumps([*since]), json.dumps([*touched, *sharing]), key)
    later = connection.exec_driver_sql(_LATER, asked).scalars()
    return {number: since[number] for number in sorted(later, reverse=True)}


def _rows(
    connection: Connection, query: str, key: int, parts: Parts
) -> list[tuple[Row, str]]:
    """Return cases of a batch, each also as it is stored."""
    read = connection.exec_driver_sql(query, (key,)).all()
    return [
        (Row(number, batch, facts_case(facts, number), hands(by_hand)), facts)
        for part in parts.take(read)
        for number, batch, facts, by_hand in part
    ]


def _remember(connection: Connection, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        connection.exec_driver_sql(_REMEMBER, list(rows))
