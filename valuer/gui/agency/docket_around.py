"""What stands around the list of cases: names to filter by, and what waits.

Read off the GUI thread, for a docket may be long; of several wishes the newest is
read last. The questions themselves are read only where they are listed.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from valuer.core.progress import Progress
from valuer.gui.agency.docket_pending import Pending
from valuer.gui.desk import Desk
from valuer.gui.shell import Shell


@dataclass(frozen=True, slots=True)
class Around:
    """The surroundings of the list.

    Attributes:
        waiting: how many questions and unknown words wait.
        pending: those, and the words explained; None where nobody lists them.
    """

    agents: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    waiting: int = 0
    pending: tuple[Pending, ...] | None = None


class AroundReader(QObject):
    """Reads the surroundings; ``told`` carries them."""

    told = Signal(object)

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._is_busy = False
        self._wanted: bool | None = None

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being read."""
        return not self._is_busy

    def ask(self, *, listed: bool) -> None:
        """Read anew; ``listed``: the questions themselves, too."""
        self._wanted = listed
        if not self._is_busy:
            self._start()

    def _start(self) -> None:
        if self._wanted is None:
            return
        listed, self._wanted, self._is_busy = self._wanted, None, True
        desk = self._shell.desk

        def work(progress: Progress) -> Around:
            del progress
            return _read(desk, listed=listed)

        self._shell.tasks.start(work, self._done, self._failed, owner=self)

    def _done(self, around: Around) -> None:
        self._is_busy = False
        if self._wanted is None:
            self.told.emit(around)
        self._start()

    def _failed(self, error: Exception) -> None:
        self._is_busy = False
        self._start()
        self._shell.notices.refuse(error)


def _read(desk: Desk, *, listed: bool) -> Around:
    docket = desk.docket
    agents, clients = docket.agents(), docket.clients()
    words = docket.unknown_words()
    if not listed:
        return Around(agents, clients, docket.count_questions() + len(words))
    questions = docket.questions()
    pending = (
        *(Pending(question) for question in questions),
        *(Pending(None, word, count) for word, count in words),
        *(Pending(None, word, 0, means) for word, means in docket.told_words()),
    )
    return Around(agents, clients, len(questions) + len(words), pending)
