"""The cases behind what was clicked: those that count, the hits, what was left out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from valuer.agency.columns import Docket
from valuer.agency.left_out import left_out
from valuer.agency.metric import Shape
from valuer.agency.quality import behind as cases_behind
from valuer.core.texts import N_, Message, message
from valuer.gui.agency.docket_questions import Wanted, docket_source
from valuer.gui.agency.docket_table import TITLE, docket_columns
from valuer.gui.agency.metrics_asked import Behind
from valuer.gui.agency.metrics_reckoning import Reckoning
from valuer.gui.agency.metrics_sentence import NO_CASES, RECKONING, Sentence
from valuer.gui.fields import Choice
from valuer.gui.finder import Finder
from valuer.gui.long_list import LongList
from valuer.gui.shell import Shell
from valuer.gui.tables import Index
from valuer.gui.words import Texts
from valuer.store.docket import DocketFilter

HITS = {
    Shape.RATE: N_("In the numerator"),
    Shape.INCIDENCE: N_("Granted by now"),
    Shape.SURVIVAL: N_("Ended by now"),
    Shape.TIME: N_("Ended by now"),
}
"""What the hits of a metric are, where it has any."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the cases behind a figure: what they are, and their numbers."""

    title: Message | str
    numbers: tuple[str, ...]


class CasesPanel(QWidget):
    """``cases_wanted`` carries numbers and a title, to be shown in the docket."""

    cases_wanted = Signal(object, object)

    def __init__(self, shell: Shell, reckoning: Reckoning, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell, self._reckoning = shell, reckoning
        self._texts = Texts(shell.words, self)
        self._behind: Behind | None = None
        self._parts: tuple[Part, ...] = ()
        self.finder = Finder(
            docket_source(shell.desk), Wanted(), shell.tasks, shell.notices, self
        )
        self.table = LongList(
            "metrics_cases",
            N_("The cases behind the figure"),
            docket_columns(shell),
            TITLE,
            self.finder,
            shell,
            self,
        )
        self.table.ordered.connect(self._order)
        self.table.activated.connect(self._open)
        self._sentence = Sentence("metrics_cases", shell.words, self)
        self._sentence.hold(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(self._sentence, 1)
        shell.words.changed.connect(self._name)

    def put(self, wanted: Behind | None) -> None:
        """Show the cases behind a figure."""
        self._behind, self._parts = wanted, ()
        self._name()
        self._line.setVisible(False)
        if wanted is None:
            self._sentence.say("", alone=True)
            return
        self._sentence.say(RECKONING, alone=True)
        if wanted.numbers is not None:
            self._show((Part(N_("Counted"), wanted.numbers),))
        else:
            self._reckoning.ask(
                "cases", lambda docket, _: parts_of(docket, wanted), self._show
            )

    def _head(self) -> QWidget:
        self._line = QWidget(self)
        self._title = QLabel(self._line)
        self.part = Choice(self._shell.words, self._line)
        self.part.setMinimumWidth(180)  # it keeps the width of what was offered before
        self.part.committed.connect(self._ask)
        name = N_("Which of the cases are listed")
        self._texts.name(self.part, "metrics_part", name, name)
        self.show_all = QPushButton(self._line)
        text = N_("Show in the docket")
        self._texts.put(self.show_all.setText, text)
        hint = N_("Show these cases in the docket; a double click shows one")
        self._texts.name(self.show_all, "metrics_to_docket", text, hint)
        self.show_all.clicked.connect(self._want_all)
        layout = QHBoxLayout(self._line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self._title, self.part):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.show_all)
        return self._line

    def _show(self, parts: tuple[Part, ...]) -> None:
        self._parts = parts
        text = N_("{part} ({count})")
        self.part.offer(
            [
                (
                    place,
                    message(text, part=told(one.title), count=f"{len(one.numbers):,}"),
                )
                for place, one in enumerate(parts)
            ]
        )
        self.part.put(0 if parts else None)
        self._line.setVisible(bool(parts))
        if parts:
            self._sentence.say("")
            self._ask()
        else:
            self._sentence.say(NO_CASES, alone=True)

    def _ask(self) -> None:
        part = self._part
        if part is not None:
            which = DocketFilter(numbers=part.numbers)
            self.finder.ask(replace(self.finder.asked, which=which))

    def _order(self, order: str, descending: bool) -> None:
        order = order or "added"
        asked = replace(self.finder.asked, order=order, descending=descending)
        self.finder.ask(asked)

    @property
    def _part(self) -> Part | None:
        place = self.part.value
        return None if place is None or not self._parts else self._parts[place]

    def _want_all(self) -> None:
        part, wanted = self._part, self._behind
        if part is not None and wanted is not None:
            text = N_("{figure}: {part}")
            title = message(text, figure=told(wanted.title), part=told(part.title))
            self.cases_wanted.emit(part.numbers, title)

    def _open(self, index: Index) -> None:
        case = self.table.table.row(index.row())
        if case is not None:
            number = case.number or case.reference
            self.cases_wanted.emit(
                (number,), message(N_("Case {number}"), number=number)
            )

    def _name(self) -> None:
        title = self._behind.title if self._behind else ""
        self._title.setText(self._shell.words.say(title))


def told(title: Message | str) -> Message:
    """Return a title as a message, so that it is told in the language."""
    return message(title) if isinstance(title, str) else title


def parts_of(docket: Docket, wanted: Behind) -> tuple[Part, ...]:
    """Return the cases behind a figure: counted, hits, left out by reason."""
    numbers, hits = cases_behind(docket, wanted.question, wanted.metric, wanted.group)
    parts = [Part(N_("Counted"), numbers)]
    if wanted.metric.shape in HITS:
        parts.append(Part(HITS[wanted.metric.shape], hits))
    if wanted.group is None:
        found = left_out(docket, wanted.question, wanted.metric)
        parts += [Part(one.reason, one.numbers) for one in found]
    return tuple(part for part in parts if part.numbers)
