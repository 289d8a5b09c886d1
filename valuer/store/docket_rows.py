"""Cases of the docket and their rows: one way in, one way out, many at a time.

All facts are JSON without what is not told; beside them stand the columns by which
lists are ordered and filtered. What a status word means is the library's to say: it is
put in when a case is read, and never stored with it. Each change says that the docket
is another one, and drops the parts of columns that knew the cases.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple, get_type_hints

import msgspec
from sqlalchemy import Connection

from valuer.agency.docket import Case
from valuer.agency.statuses import plain_word
from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.store.words import folded

PART = 1 << 11
"""Numbers of cases that share one part of the columns: a tenth of a second's work."""

_INSERT = """INSERT INTO docket_cases (id, batch_id, office, number, reference, kind,
title, client, agent, field, status, outcome, filed, granted, words)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_UPDATE = """UPDATE docket_cases SET office = ?3, number = ?4, reference = ?5,
kind = ?6, title = ?7, client = ?8, agent = ?9, field = ?10, status = ?11,
outcome = ?12, filed = ?13, granted = ?14, words = ?15 WHERE id = ?1 AND ?2 = ?2"""
_FACTS = "INSERT INTO docket_facts (case_id, facts, by_hand) VALUES (?, ?, ?)"
_NEW_FACTS = "UPDATE docket_facts SET facts = ?2, by_hand = ?3 WHERE case_id = ?1"
_AGENT = "INSERT OR IGNORE INTO docket_agents (case_id, agent) VALUES (?, ?)"
_REMOVE = (
    "DELETE FROM docket_agents WHERE case_id IN (SELECT value FROM json_each(?))",
    "DELETE FROM docket_facts WHERE case_id IN (SELECT value FROM json_each(?))",
    "DELETE FROM docket_cases WHERE id IN (SELECT value FROM json_each(?))",
)
# By chance, too: a backup restored and changed otherwise is never in the same state.
_GROW = """INSERT INTO docket_state (id, state) VALUES (1, 1 + (random() & 0xFFFFF))
ON CONFLICT (id) DO UPDATE SET state = state + excluded.state"""
_DROP = "DELETE FROM docket_parts WHERE part IN (SELECT value FROM json_each(?))"
_WORDS = """SELECT word, means FROM docket_words WHERE means <> '' AND number IN
(SELECT max(number) FROM docket_words GROUP BY word)"""

_KEPT = fields(Case)[:-1]  # what a status word means stands last
_HINTS = get_type_hints(Case)
_told = attrgetter(*(one.name for one in _KEPT))
# A struct leaves out what is not told, and reads the rest twice as fast as a dataclass.
_Facts = msgspec.defstruct(
    "_Facts",
    [
        (one.name, _HINTS[one.name])
        if one.default is MISSING
        else (one.name, _HINTS[one.name], one.default)
        for one in _KEPT
    ],
    omit_defaults=True,
)
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(_Facts).decode


class Row(NamedTuple):
    """A case with its number in the library, its batch and what was set by hand."""

    id: int
    batch: int
    case: Case
    by_hand: tuple[str, ...] = ()


def facts_text(case: Case) -> str:
    """Return all facts of a case as they are stored."""
    return _encode(_Facts(*_told(case))).decode()


def facts_case(facts: str, name: object = "") -> Case:
    """Return the case that stored facts tell.

    Raises:
        UserError: they are damaged.
    """
    try:
        return Case(*_told(_decode(facts)))
    except msgspec.DecodeError as error:
        text = N_("Case {name} of the docket is damaged. Restore it from a backup.")
        raise UserError(text, name=name) from error


def hands(by_hand: str) -> tuple[str, ...]:
    """Return the facts that were entered by hand."""
    return () if by_hand == "[]" else tuple(json.loads(by_hand))


def status_words(connection: Connection) -> Mapping[str, str]:
    """Return what the user said that status words mean, in plain words."""
    return dict(connection.exec_driver_sql(_WORDS).all())


def as_read(case: Case, words: Mapping[str, str]) -> Case:
    """Return a case with its status read as the user said."""
    if not words or not case.status:
        return case
    means = words.get(plain_word(case.status), "")
    return replace(case, status_means=means) if means else case


class DocketWriter:
    """Writes cases of one change; ``end`` says that the docket is another one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._words = status_words(connection)
        self._parts: set[int] = set()

    def insert(self, rows: Sequence[Row]) -> None:
        """Insert cases, each with its own number and its batch's."""
        self._write(_INSERT, _FACTS, rows)

    def change(self, rows: Sequence[Row]) -> None:
        """Give stored cases new facts; their batch stays that which added them."""
        self._drop_agents([row.id for row in rows])
        self._write(_UPDATE, _NEW_FACTS, rows)

    def remove(self, ids: Sequence[int]) -> None:
        """Delete cases and what leads to them."""
        gone = (json.dumps(ids),)
        for statement in _REMOVE:
            self._connection.exec_driver_sql(statement, gone)
        self._touch(ids)

    def end(self) -> None:
        """Count the change, if there was one."""
        if not self._parts:
            return
        self._connection.exec_driver_sql(_GROW)
        self._connection.exec_driver_sql(_DROP, (json.dumps(sorted(self._parts)),))
        self._parts.clear()

    def _write(self, into: str, facts: str, rows: Sequence[Row]) -> None:
        if not rows:
            return
        run = self._connection.exec_driver_sql
        run(into, [self._columns(row) for row in rows])
        run(
            facts,
            [
                (r.id, facts_text(r.case), json.dumps(r.by_hand) if r.by_hand else "[]")
                for r in rows
            ],
        )
        agents = [(r.id, name) for r in rows for name in agents_of(r.case)]
        if agents:
            run(_AGENT, agents)
        self._touch([row.id for row in rows])

    def _drop_agents(self, ids: Sequence[int]) -> None:
        self._connection.exec_driver_sql(_REMOVE[0], (json.dumps(ids),))

    def _touch(self, ids: Iterable[int]) -> None:
        self._parts.update(key // PART for key in ids)

    def _columns(self, row: Row) -> tuple[Any, ...]:
        case = as_read(row.case, self._words)
        return (
            row.id,
            row.batch,
            case.office,
            case.number,
            case.reference,
            str(case.kind or ""),
            case.title,
            case.client,
            next(iter(case.agents), case.handler),
            case.field[:1].upper(),
            case.status,
            str(case.outcome),
            _day(case.filed),
            _day(case.granted),
            searched(case),
        )


def agents_of(case: Case) -> set[str]:
    """Return who signed a case or has it in charge."""
    return {*case.agents, case.handler} - {""}


def searched(case: Case) -> str:
    """Return the text in which a search looks, folded."""
    texts = (case.number, case.reference, case.title, case.client, *case.agents)
    return folded("\n".join((*texts, case.handler)))


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
