"""The queue of the docket: what lists said and nobody has decided yet.

Questions and answers stay as they were written. A question whose import was taken back
is none; an answer that was taken back is not given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, insert

from valuer.agency.docket import Case
from valuer.agency.docket_merge import Doubt, differing, facts_of, taken
from valuer.agency.docket_queue import Answer, Choice, Question, Reason
from valuer.core.canonical import digest
from valuer.core.problems import Issue, UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_
from valuer.store.docket_edits import Editing, standing
from valuer.store.docket_finding import rows_of
from valuer.store.docket_issues import issues_of, issues_text
from valuer.store.docket_rows import Row, facts_case, facts_text
from valuer.store.docket_schema import docket_answers
from valuer.store.journal import EntryKind, note
from valuer.store.types import read_stored

_encode = msgspec.json.Encoder().encode

_ASK = """INSERT INTO docket_questions
(batch_id, case_id, at, reason, digest, issues, stands, came)
SELECT ?1, ?2, at, ?3, ?4, ?5, ?6, ?7 FROM batches WHERE id = ?1"""

# Questions of imports that stand, each with the last answer that stands, or NULL.
_STATE = """FROM docket_questions q
JOIN batches b ON b.id = q.batch_id AND b.taken_back_at IS NULL
LEFT JOIN docket_answers a ON a.number = (
    SELECT max(n.number) FROM docket_answers n
    LEFT JOIN batches t ON t.id = n.batch_id
    WHERE n.question_id = q.id AND t.taken_back_at IS NULL)"""
_OPEN = f"SELECT q.* {_STATE} WHERE a.number IS NULL ORDER BY q.id"
_ONE = f"""SELECT q.* {_STATE} WHERE q.id = ?1
AND (a.number IS NULL OR (a.choice = 'keep' AND ?2 = 'take'))"""
_COUNT = f"SELECT count(*) {_STATE} WHERE a.number IS NULL"
_ANSWERED = f"""SELECT q.*, a.choice, a.author, a.at AS answered_at {_STATE}
WHERE a.number IS NOT NULL ORDER BY a.number DESC"""
_ASKED = f"""SELECT q.digest {_STATE} WHERE a.number IS NULL OR a.choice = 'keep'"""


class Asking:
    """Puts the questions of one list into the queue, each once."""

    def __init__(self, connection: Connection, batch: int) -> None:
        self._connection = connection
        self._batch = batch
        self._rows: list[tuple[Any, ...]] = []
        self._known: set[str] | None = None
        self._count = 0
        self._issues: list[Issue] = []

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Why, of those that were not asked before."""
        return tuple(self._issues)

    @property
    def count(self) -> int:
        """How many questions were put."""
        return self._count

    def ask(self, doubt: Doubt, stands: Row | None, came: Case) -> None:
        """Ask which version holds, unless that was asked before."""
        if self._known is None:
            self._known = {*self._connection.exec_driver_sql(_ASKED).scalars()}
        what = (str(doubt.reason), stands.id if stands else None, facts_of(came))
        key = digest(_encode(what))
        if key in self._known:
            return
        self._known.add(key)
        self._count += 1
        self._issues += doubt.issues
        self._rows.append(
            (
                self._batch,
                stands.id if stands else None,
                str(doubt.reason),
                key,
                issues_text(doubt.issues),
                facts_text(stands.case) if stands else None,
                facts_text(came),
            )
        )

    def write(self) -> None:
        """Write the questions put since the last time."""
        if self._rows:
            self._connection.exec_driver_sql(_ASK, self._rows)
            self._rows = []


def list_questions(connection: Connection) -> tuple[Question, ...]:
    """Return the questions that wait for an answer, the oldest first."""
    found = connection.exec_driver_sql(_OPEN).mappings()
    return tuple(_question(row) for row in found)


def count_questions(connection: Connection) -> int:
    """Return how many questions wait for an answer."""
    return connection.exec_driver_sql(_COUNT).scalar() or 0


def list_answers(connection: Connection) -> tuple[Answer, ...]:
    """Return what was answered, the newest first."""
    found = connection.exec_driver_sql(_ANSWERED).mappings()
    return tuple(
        Answer(
            _question(row),
            Choice(row["choice"]),
            row["author"],
            read_stored(datetime.fromisoformat, row["answered_at"]),
        )
        for row in found
    )


def answer_questions(
    connection: Connection,
    numbers: Sequence[int],
    choice: Choice,
    author: str,
    at: datetime,
    progress: Progress = ignore,
) -> None:
    """Keep what stands, or take what came; taking is one step, undone like an edit.

    Who kept what stands may still take what came.

    Raises:
        UserError: no such question waits for an answer; nothing was changed.
    """
    editing = Editing(connection, author, at)
    for done, number in enumerate(numbers):
        progress(done, len(numbers))
        question, key = _asked(connection, number, choice)
        if choice is Choice.TAKE:
            _take(connection, editing, key, question)
    told = {"at": at, "author": author, "choice": str(choice)}
    told["batch_id"] = batch = editing.end()
    rows = [told | {"question_id": number} for number in numbers]
    if rows:
        connection.execute(insert(docket_answers), rows)
    if rows and batch is None:
        subject = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]} …"
        detail = {"choice": str(choice), "questions": list(numbers)}
        note(connection, EntryKind.DOCKET_ANSWER, subject, author, at, detail)


def answer_question(
    connection: Connection, number: int, choice: Choice, author: str, at: datetime
) -> None:
    """Answer one question, as ``answer_questions`` does."""
    answer_questions(connection, [number], choice, author, at)


def _asked(
    connection: Connection, number: int, choice: Choice
) -> tuple[Question, int | None]:
    """Return a question that may be answered so, and the case that it is about."""
    row = connection.exec_driver_sql(_ONE, (number, str(choice))).mappings().first()
    if row is None:
        text = N_("In the queue of the docket there is no question {number}.")
        raise UserError(text, number=number)
    return _question(row), row["case_id"]


def _take(
    connection: Connection, editing: Editing, key: int | None, question: Question
) -> None:
    came = question.came
    stands = next(iter(rows_of(connection, [key])), None) if key else None
    if stands is None:
        stands = standing(connection, came)
    if stands is None:
        editing.put(None, came, ())
        return
    own = {*stands.by_hand} - {*differing(stands.case, came)}
    editing.put(stands, taken(stands.case, came), own)


def _question(row: Mapping[Any, Any]) -> Question:
    stands = row["stands"]
    return Question(
        row["id"],
        f"B{row['batch_id']}",
        read_stored(Reason, row["reason"]),
        issues_of(row["issues"]),
        None if stands is None else facts_case(stands, row["case_id"]),
        facts_case(row["came"], row["id"]),
        read_stored(datetime.fromisoformat, row["at"]),
    )
