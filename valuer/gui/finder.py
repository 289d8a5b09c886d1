"""Search and order among the rows of a long list, off the GUI thread.

One question is on its way at a time; while it is, only the newest one waits, and the
answer to an older one is dropped. Rows come in blocks, as they come into sight.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from valuer.core.progress import Progress
from valuer.gui.notices import Notices
from valuer.gui.tasks import Tasks

BLOCK = 200
"""Rows read at a time."""

Q = TypeVar("Q")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Source(Generic[Q, T]):
    """Where the rows come from.

    Attributes:
        count: returns how many rows there are for a question.
        read: returns so many rows of a question, from one on.
    """

    count: Callable[[Q], int]
    read: Callable[[Q, int, int], Sequence[T]]


@dataclass(frozen=True, slots=True)
class _Answer(Generic[T]):
    total: int | None
    rows: Sequence[T]


class Finder(QObject, Generic[Q, T]):
    """Answers questions: ``found`` with all there are, ``read`` with more of the rows.

    ``found`` gives how many there are and the first of them; ``read`` the number of
    the first row and the rows.
    """

    found = Signal(int, object)
    read = Signal(int, object)

    def __init__(
        self,
        source: Source[Q, T],
        first: Q,
        tasks: Tasks,
        notices: Notices,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._source, self._tasks, self._notices = source, tasks, notices
        self._asked = first
        self._wanted: tuple[Q, int] | None = None
        self._is_busy = False

    @property
    def asked(self) -> Q:
        """The question asked last."""
        return self._asked

    @property
    def is_settled(self) -> bool:
        """Whether every question is answered."""
        return not self._is_busy

    def ask(self, question: Q) -> None:
        """Ask a question; the answer to the one before is no longer wanted."""
        self._asked = question
        self._want(0)

    def ask_here(self, question: Q) -> None:
        """Ask a question that is answered at once: one that costs no search."""
        self._asked, self._wanted = question, None
        self._tell(0, self._answer(question, 0))

    def want_rows(self, first: int) -> None:
        """Ask for more rows of the present question."""
        if self._wanted is None or self._wanted[1]:
            self._want(first)

    def rows(self, question: Q, numbers: Sequence[int]) -> list[T]:
        """Return rows of a question; called on a worker's thread."""
        found: dict[int, T] = {}
        for number in numbers:
            if number not in found:
                found.update(enumerate(self._answer(question, number).rows, number))
        return [found[number] for number in numbers if number in found]

    def _want(self, first: int) -> None:
        self._wanted = (self._asked, first)
        if not self._is_busy:
            self._start()

    def _start(self) -> None:
        if self._wanted is None:
            return
        (question, first), self._wanted = self._wanted, None
        self._is_busy = True

        def work(progress: Progress) -> _Answer[T]:
            del progress
            return self._answer(question, first)

        def done(answer: _Answer[T]) -> None:
            self._is_busy = False
            if question == self._asked:
                self._tell(first, answer)
            self._start()

        self._tasks.start(work, done, self._failed, owner=self)

    def _answer(self, question: Q, first: int) -> _Answer[T]:
        rows = self._source.read(question, BLOCK, first)
        return _Answer(None if first else self._source.count(question), rows)

    def _tell(self, first: int, answer: _Answer[T]) -> None:
        if answer.total is not None:
            self.found.emit(answer.total, answer.rows)
        else:
            self.read.emit(first, answer.rows)

    def _failed(self, error: Exception) -> None:
        self._is_busy = False
        self._start()
        self._notices.refuse(error)
