"""Search and order among the patents of the library, off the GUI thread.

One question is on its way at a time; while it is, only the newest one waits, and the
answer to an older one is dropped. Rows come in blocks, as they come into sight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from valuer.core.patents import Patent
from valuer.core.progress import Progress
from valuer.gui.desk import Desk
from valuer.gui.notices import Notices
from valuer.gui.tasks import Tasks

BLOCK = 200
"""Patents read at a time."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which patents, and in which order."""

    search: str = ""
    order: str = "added"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class _Answer:
    total: int | None
    rows: Sequence[Patent]


class PatentFinder(QObject):
    """Answers questions: ``found`` with all there are, ``read`` with more of the rows.

    ``found`` gives how many there are and the first of them; ``read`` the number of
    the first row and the rows.
    """

    found = Signal(int, object)
    read = Signal(int, object)

    def __init__(
        self, desk: Desk, tasks: Tasks, notices: Notices, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._notices = desk, tasks, notices
        self._asked = Question()
        self._wanted: tuple[Question, int] | None = None
        self._is_busy = False

    @property
    def asked(self) -> Question:
        """The question asked last."""
        return self._asked

    @property
    def is_settled(self) -> bool:
        """Whether every question is answered."""
        return not self._is_busy

    def ask(self, question: Question) -> None:
        """Ask a question; the answer to the one before is no longer wanted."""
        self._asked = question
        self._want(0)

    def ask_here(self, question: Question) -> None:
        """Ask a question that is answered at once: all, as they came in."""
        self._asked, self._wanted = question, None
        self._tell(0, self._answer(question, 0))

    def want_rows(self, first: int) -> None:
        """Ask for more rows of the present question."""
        if self._wanted is None or self._wanted[1]:
            self._want(first)

    def rows(self, question: Question, numbers: Sequence[int]) -> list[Patent]:
        """Return rows of a question; called on a worker's thread."""
        found: dict[int, Patent] = {}
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

        def work(progress: Progress) -> _Answer:
            del progress
            return self._answer(question, first)

        def done(answer: _Answer) -> None:
            self._is_busy = False
            if question == self._asked:
                self._tell(first, answer)
            self._start()

        self._tasks.start(work, done, self._failed, owner=self)

    def _answer(self, question: Question, first: int) -> _Answer:
        rows = self._desk.patents(
            question.search,
            question.order,
            BLOCK,
            first,
            descending=question.descending,
        )
        return _Answer(None if first else self._desk.count(question.search), rows)

    def _tell(self, first: int, answer: _Answer) -> None:
        if answer.total is not None:
            self.found.emit(answer.total, answer.rows)
        else:
            self.read.emit(first, answer.rows)

    def _failed(self, error: Exception) -> None:
        self._is_busy = False
        self._start()
        self._notices.refuse(error)
