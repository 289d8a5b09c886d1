"""What the library has learned of patents since a case quoted them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from valuer.core.case import Case
from valuer.core.differences import differences
from valuer.core.patents import Patent
from valuer.core.quoting import facts_differ
from valuer.core.texts import N_
from valuer.gui.difference_table import DifferenceTable
from valuer.gui.issue_table import MOST
from valuer.gui.shell import Shell
from valuer.gui.tokens import ROW
from valuer.gui.words import Texts


class NewerFacts(QWidget):
    """Hidden while the library knows nothing newer; else the differences, one button."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self.patents: tuple[Patent, ...] = ()
        self._quoted: tuple[Patent, ...] = ()
        texts = Texts(shell.words, self)
        self.line = QLabel(self)
        self.line.setObjectName("newer_line")
        self.requote = QPushButton(self)
        texts.put(self.requote.setText, N_("Quote anew"))
        hint = N_("Takes the newer facts of the library into the case")
        texts.name(self.requote, "case_patents_requote", N_("Quote anew"), hint)
        self.found = DifferenceTable("newer_differences", shell, self)
        self.found.setColumnHidden(0, True)
        top = QHBoxLayout()
        top.addWidget(self.line, 1)
        top.addWidget(self.requote)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.found)
        shell.words.changed.connect(self._say)
        self.hide()

    def knows(self, patent: Patent) -> bool:
        """Whether the library knows newer facts of a patent, as far as it was asked."""
        return patent in self._quoted

    def look_up(self, quoted: tuple[Patent, ...], told: Callable[[], object]) -> None:
        """Ask the library about patents in the background; ``told`` follows."""

        def done(known: Sequence[Patent | None]) -> None:
            pairs = [
                (one, other)
                for one, other in zip(quoted, known, strict=True)
                if other is not None and facts_differ(one, other)
            ]
            self._put(pairs)
            told()

        desk = self._shell.desk
        self._shell.tasks.start(
            lambda progress: desk.known(quoted),
            done,
            self._shell.notices.refuse,
            owner=self,
        )

    def _put(self, pairs: Sequence[tuple[Patent, Patent]]) -> None:
        self._quoted = tuple(one for one, _ in pairs)
        self.patents = tuple(other for _, other in pairs)
        before, after = Case(patents=self._quoted), Case(patents=self.patents)
        found = differences(before, after, self._shell.desk.methods)
        self.found.put(found)
        self.found.setFixedHeight(ROW * (min(len(found), MOST) + 1) + 4)
        self._say()
        self.setVisible(bool(pairs))

    def _say(self) -> None:
        text = N_("The library knows newer facts of {count} patents of this case.")
        self.line.setText(self._shell.words.tell(text, count=len(self.patents)))
