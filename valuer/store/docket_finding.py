"""Which case of the docket a list speaks of.

A case is known by its application number with its office. Before the office accepts a
filing it has none: then by the agency's own reference, where kind and filing day do not
speak against it. When the number comes, the two are one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter

from sqlalchemy import Connection

from valuer.agency.docket import Case
from valuer.store.docket_rows import Row, facts_case, hands

Key = tuple[str, str]

_BY_NUMBER = """SELECT id, batch_id, facts, by_hand FROM docket_cases
JOIN docket_facts ON case_id = id WHERE number <> ''
AND number IN (SELECT value FROM json_each(?))"""
_BY_REFERENCE = """SELECT id, batch_id, facts, by_hand FROM docket_cases
JOIN docket_facts ON case_id = id WHERE reference <> ''
AND reference IN (SELECT value FROM json_each(?))"""
_BY_ID = """SELECT id, batch_id, facts, by_hand FROM docket_cases
JOIN docket_facts ON case_id = id WHERE id IN (SELECT value FROM json_each(?))
ORDER BY id"""


class Known:
    """The cases that a list may speak of: stored ones, and those it has brought."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.rows: dict[int, Row] = {}
        self._by_number: dict[Key, int] = {}
        self._by_reference: dict[str, set[int]] = defaultdict(set)

    def load(self, cases: Sequence[Case]) -> None:
        """Read the stored cases that some of a list may speak of."""
        numbers = sorted({case.number for case in cases} - {""})
        references = sorted({case.reference for case in cases} - {""})
        self._read(_BY_NUMBER, numbers)
        self._read(_BY_REFERENCE, references)

    def _read(self, query: str, names: Sequence[str]) -> None:
        if not names:
            return
        for row in read_rows(self._connection, query, names):
            if row.id not in self.rows:
                self.put(row)

    def put(self, row: Row) -> None:
        """Note a case, or what it has become."""
        self.drop(row.id)
        self.rows[row.id] = row
        if row.case.number:
            self._by_number[row.case.office, row.case.number] = row.id
        if row.case.reference:
            self._by_reference[row.case.reference].add(row.id)

    def drop(self, key: int) -> None:
        """Forget a case that has gone into another."""
        old = self.rows.pop(key, None)
        if old is None:
            return
        if old.case.number:
            del self._by_number[old.case.office, old.case.number]
        if old.case.reference:
            self._by_reference[old.case.reference].discard(key)

    def meant(self, case: Case) -> list[Row]:
        """Return the cases that one of a list may be: none, one or several."""
        by_number = self._by_number.get((case.office, case.number))
        if by_number is not None:
            return [self.rows[by_number]]
        sharing = self._sharing(case)
        unnumbered = [row for row in sharing if not row.case.number]
        if case.number or unnumbered:
            return unnumbered
        return sharing

    def numbered(self, office: str, number: str) -> Row | None:
        """Return the case with this number."""
        key = self._by_number.get((office, number))
        return None if key is None else self.rows[key]

    def named(self, name: str) -> Row | None:
        """Return the case that has a number, or else a reference; None: there is none.

        Where several cases bear the reference, the first that came is meant.
        """
        rows = sorted(self.rows.values(), key=itemgetter(0))
        by_number = (row for row in rows if name and row.case.number == name)
        by_reference = (row for row in rows if name and row.case.reference == name)
        return next(by_number, None) or next(by_reference, None)

    def forerunner(self, case: Case) -> Row | None:
        """Return the case without number that the one with this number was before."""
        if not case.number or not case.reference:
            return None
        found = [row for row in self._sharing(case) if not row.case.number]
        return found[0] if len(found) == 1 else None

    def _sharing(self, case: Case) -> list[Row]:
        keys = self._by_reference.get(case.reference, ()) if case.reference else ()
        rows = [self.rows[key] for key in sorted(keys)]
        return [row for row in rows if _may_be(row.case, case)]


def _may_be(one: Case, other: Case) -> bool:
    pairs = ((one.kind, other.kind), (one.filed, other.filed))
    return one.office == other.office and all(
        first is None or second is None or first == second for first, second in pairs
    )


def read_rows(connection: Connection, query: str, names: Iterable[object]) -> list[Row]:
    """Return stored cases; the query asks for id, batch, facts and what is by hand."""
    found = connection.exec_driver_sql(query, (json.dumps(list(names)),)).all()
    return [
        Row(key, batch, facts_case(facts, key), hands(by_hand))
        for key, batch, facts, by_hand in found
    ]


def rows_of(connection: Connection, ids: Iterable[int]) -> list[Row]:
    """Return the stored cases with these numbers."""
    return read_rows(connection, _BY_ID, ids)
