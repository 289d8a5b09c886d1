"""The docket, by plain calls for the pages: each one look or one change.

What cannot be done is a ``UserError``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from valuer.core.progress import Progress, ignore

if TYPE_CHECKING:
    from valuer.agency.columns import Docket
    from valuer.agency.docket import Case
    from valuer.agency.docket_profiles import Profile
    from valuer.agency.docket_queue import Answer, Choice, Question
    from valuer.gui.desk import Desk
    from valuer.store.batches import BatchFile
    from valuer.store.docket import DocketFilter
    from valuer.store.docket_origins import Origin
    from valuer.store.docket_putting import Outcome


_AT_ONCE = 4
"""Parts of the columns made in one change: under half a second."""


class DocketDesk:
    """The docket of the library on the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._columns: tuple[int, Docket] | None = None
        self._answers: dict[str, tuple[int, bytes]] = {}

    @property
    def today(self) -> date:
        """The day of the docket: today, where the user sits."""
        return self._desk.clock().astimezone().date()

    # Cases

    def cases(
        self,
        wanted: DocketFilter,
        first: int = 0,
        count: int | None = None,
        order: str = "added",
        *,
        descending: bool = False,
    ) -> tuple[Case, ...]:
        """Return some of the cases wanted, in an order of ``store.docket.ORDERS``."""
        from valuer.store.docket import list_docket

        with self._desk.library.read() as connection:
            return list_docket(
                connection, wanted, first, count, order, descending=descending
            )

    def count(self, wanted: DocketFilter) -> int:
        """Return how many cases are wanted."""
        from valuer.store.docket import count_docket

        with self._desk.library.read() as connection:
            return count_docket(connection, wanted)

    def find(self, name: str) -> Case:
        """Return the case with this application number, else with this reference."""
        from valuer.store.docket import find_docket_case

        with self._desk.library.read() as connection:
            return find_docket_case(connection, name)

    def origins(self, case: Case) -> Mapping[str, Origin]:
        """Return where each fact of a case comes from, by field."""
        from valuer.store.docket_origins import fact_origins

        with self._desk.library.read() as connection:
            return fact_origins(connection, case)

    def every(self) -> tuple[Case, ...]:
        """Return all cases."""
        from valuer.store.docket import every_case

        with self._desk.library.read() as connection:
            return every_case(connection)

    def agents(self) -> tuple[str, ...]:
        """Return all who sign cases or have them in charge, in order."""
        return self._names("agent")

    def clients(self) -> tuple[str, ...]:
        """Return all clients of the docket, in order."""
        return self._names("client")

    def _names(self, column: str) -> tuple[str, ...]:
        from valuer.store.docket import docket_names

        with self._desk.library.read() as connection:
            return docket_names(connection, column)

    def save(self, case: Case, name: str = "") -> Case:
        """Keep a case edited by hand; ``name`` is what it was called before."""
        from valuer.store.docket_edits import save_case

        desk = self._desk
        with desk.library.change() as connection:
            return save_case(connection, case, desk.author, desk.clock(), name)

    def put(
        self,
        files: Sequence[BatchFile],
        lists: Sequence[Sequence[Case]],
        progress: Progress = ignore,
    ) -> tuple[str, tuple[Outcome, ...]]:
        """Put lists into the docket, all or none, and return the batch."""
        from valuer.store.batches import BatchKind, new_batch
        from valuer.store.docket_putting import put_cases

        desk, kind = self._desk, BatchKind.DOCKET
        with desk.library.change() as connection:
            batch = new_batch(connection, files, desk.clock(), desk.author, kind)
            done = tuple(
                put_cases(connection, batch, one, self.today, desk.author, progress)
                for one in lists
            )
        return batch, done

    # Figures

    def state(self) -> int:
        """Return a number that grows with every change of the docket."""
        from valuer.store.docket import docket_state

        with self._desk.library.read() as connection:
            return docket_state(connection)

    def columns(self, as_of: date) -> Docket:
        """Return the columns of all cases, the same until the docket changes."""
        from valuer.store.docket import docket_state
        from valuer.store.docket_columns import docket_columns

        known = self._columns
        if known is None or known[0] != self.state():
            self._make_columns_ready()
            with self._desk.library.read() as connection:
                known = docket_state(connection), docket_columns(connection, as_of)
            self._columns = known
        return replace(known[1], as_of=as_of)

    def _make_columns_ready(self) -> None:
        """Keep what is to be made, where the library may be written."""
        from valuer.store.docket_columns import are_columns_kept, keep_columns

        if self._desk.is_read_only:
            return
        with self._desk.library.read() as connection:
            are_kept = are_columns_kept(connection)
        while not are_kept:
            with self._desk.library.change() as connection:
                are_kept = keep_columns(connection, most=_AT_ONCE)

    def kept_answer(self, key: str, state: int) -> bytes | None:
        """Return what was kept under a key for this state of the docket."""
        from valuer.store.docket_kept import kept_answer

        known = self._answers.get(key)
        if known and known[0] == state:
            return known[1]
        with self._desk.library.read() as connection:
            return kept_answer(connection, key, state)

    def keep_answer(self, key: str, state: int, body: bytes) -> None:
        """Keep an answer for this state; in a library only read, until it closes."""
        from valuer.store.docket_kept import keep_answer

        self._answers[key] = (state, body)
        library = self._desk.library
        # A library that nothing was put into has no file, and gets none by a look.
        if not library.is_read_only and not library.is_new:
            with self._desk.library.change() as connection:
                keep_answer(connection, key, state, body)

    # The queue, status words, profiles

    def questions(self) -> tuple[Question, ...]:
        """Return the questions that wait for an answer, the oldest first."""
        from valuer.store.docket_questions import list_questions

        with self._desk.library.read() as connection:
            return list_questions(connection)

    def count_questions(self) -> int:
        """Return how many questions wait for an answer."""
        from valuer.store.docket_questions import count_questions

        with self._desk.library.read() as connection:
            return count_questions(connection)

    def answers(self) -> tuple[Answer, ...]:
        """Return what was answered, the newest first."""
        from valuer.store.docket_questions import list_answers

        with self._desk.library.read() as connection:
            return list_answers(connection)

    def answer(self, question: int, choice: Choice) -> None:
        """Keep what stands, or take what came."""
        from valuer.store.docket_questions import answer_question

        desk = self._desk
        with desk.library.change() as connection:
            answer_question(connection, question, choice, desk.author, desk.clock())

    def answer_all(
        self, questions: Sequence[int], choice: Choice, progress: Progress = ignore
    ) -> None:
        """Answer several questions alike, as one step."""
        from valuer.store.docket_questions import answer_questions

        desk, now = self._desk, self._desk.clock()
        with desk.library.change() as connection:
            answer_questions(connection, questions, choice, desk.author, now, progress)

    def unknown_words(self) -> tuple[tuple[str, int], ...]:
        """Return the status words that tell no outcome, with how many cases."""
        from valuer.store.docket_words import unknown_status_words

        with self._desk.library.read() as connection:
            return unknown_status_words(connection)

    def told_words(self) -> tuple[tuple[str, str], ...]:
        """Return the words that the user explained, each with what it means."""
        from valuer.store.docket_words import told_status_words

        with self._desk.library.read() as connection:
            return told_status_words(connection)

    def put_word(self, word: str, listed_word: str) -> int:
        """Read a status word as a listed one; "" takes that back."""
        from valuer.store.docket_words import put_status_word

        desk = self._desk
        with desk.library.change() as connection:
            return put_status_word(
                connection, word, listed_word, desk.author, desk.clock()
            )

    def profiles(self) -> tuple[Profile, ...]:
        """Return the profiles of the agency's own lists."""
        from valuer.store.docket_profiles import list_profiles

        with self._desk.library.read() as connection:
            return list_profiles(connection)

    def put_profile(self, profile: Profile) -> None:
        """Keep a profile; one of the same name gives way."""
        from valuer.store.docket_profiles import put_profile

        desk = self._desk
        with desk.library.change() as connection:
            put_profile(connection, profile, desk.author, desk.clock())

    def remove_profile(self, name: str) -> None:
        """Remove a profile."""
        from valuer.store.docket_profiles import remove_profile

        with self._desk.library.change() as connection:
            remove_profile(connection, name)
