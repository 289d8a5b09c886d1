"""The queue of the docket: both versions side by side, and which of them holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from valuer.agency.docket_queue import CHOICE_NAMES, Question
from valuer.agency.docket_queue import Choice as Answer
from valuer.agency.statuses import OUTCOME_NAMES, Outcome, listed_words
from valuer.core.texts import N_, Message, message
from valuer.gui.agency.docket_pending import (
    Difference,
    Pending,
    differences,
    explain_pending,
    pending_columns,
)
from valuer.gui.fields import Choice
from valuer.gui.icons import icon
from valuer.gui.record_list import RecordList
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.words import Texts


class QueuePanel(QWidget):
    """Lists what waits.

    ``left`` follows the wish to see the cases again, ``cases_wanted`` carries the status
    word whose cases are to be seen.
    """

    left = Signal()
    cases_wanted = Signal(str)

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        words = shell.words
        self.list: RecordList[Pending] = RecordList(
            "docket_queue",
            N_("Waiting for an answer"),
            N_("Nothing waits: every case was read without contradiction."),
            pending_columns(shell),
            lambda row: explain_pending(row, words),
            shell,
            self,
        )
        self.list.body.setContentsMargins(0, 0, 0, 0)
        back = self.list.heading.action("docket_queue_back", N_("Back to the cases"))
        back.clicked.connect(self.left)
        self.versions = Versions(shell, self)
        self.versions.answered.connect(self._answer)
        self.meaning = Meaning(shell, self)
        self.meaning.chosen.connect(self._put_word)
        self.meaning.cases_wanted.connect(self.cases_wanted)
        self._detail = QStackedWidget(self)
        for part in (QWidget(self), self.versions, self.meaning):
            self._detail.addWidget(part)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self._detail)
        split.setSizes([240, 300])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        self.list.view.selectionModel().selectionChanged.connect(self._follow)
        self.list.table.modelReset.connect(self._follow)

    def put(self, rows: Sequence[Pending]) -> None:
        """Show what waits; the line at the place of the one chosen is chosen next."""
        self.list.put(rows)
        waiting = sum(not row.means for row in rows)
        self.list.heading.note.setText(f"{waiting:,}")
        if rows and not self.list.view.chosen():
            self.list.view.selectRow(0)
        self._follow()

    def explain(self) -> None:
        """Tell all about the line chosen."""
        self.list.explain()

    @property
    def chosen(self) -> tuple[Pending, ...]:
        """The lines chosen."""
        rows = (self.list.table.row(number) for number in self.list.view.chosen())
        return tuple(row for row in rows if row is not None)

    def _follow(self) -> None:
        chosen = self.chosen
        questions = [row.question for row in chosen if row.question is not None]
        self._detail.setVisible(bool(chosen))
        if questions:
            self.versions.put(questions)
            self._detail.setCurrentWidget(self.versions)
        elif chosen:
            self.meaning.put(chosen)
            self._detail.setCurrentWidget(self.meaning)

    def _answer(self, choice: Answer) -> None:
        docket = self._shell.desk.docket
        asked = [row.question.id for row in self.chosen if row.question is not None]

        def work() -> None:
            docket.answer_all(asked, choice)

        self._change(work, message(N_("Answering {count} questions"), count=len(asked)))

    def _put_word(self, means: str) -> None:
        docket = self._shell.desk.docket
        asked = [row.word for row in self.chosen if row.question is None]

        def work() -> None:
            for one in asked:
                docket.put_word(one, means)

        text = N_("Reading cases by “{word}”") if means else N_("Reading cases anew")
        self._change(work, message(text, word=means))

    def _change(self, work: Callable[[], None], title: Message) -> None:
        self._shell.keeping.change(work, title)


class Versions(QWidget):
    """What stands beside what came; ``answered`` carries which of them holds."""

    answered = Signal(object)

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._texts = Texts(shell.words, self)
        self._asked: Sequence[Question] = ()
        self._buttons: dict[Answer, QPushButton] = {}
        self.what = QLabel(self)
        self.what.setWordWrap(True)
        tell = shell.words.tell

        def sign(one: Difference) -> QIcon:
            if not one.differs:
                return QIcon()
            return icon("warning", shell.theme.tokens.warn)

        columns: tuple[TableColumn[Difference], ...] = (
            TableColumn(
                N_("Field of a case"), lambda d: tell(d.label), width=220, sign=sign
            ),
            TableColumn(N_("Stands"), lambda d: _one_line(d.stands), width=300),
            TableColumn(N_("Came"), lambda d: _one_line(d.came), width=300),
        )
        self.table = RowTable(columns, shell.words, self)
        name = N_("Both versions of the case")
        self.view = Table("docket_versions", name, shell.words, self)
        self.view.setModel(self.table)
        self.view.fit(2, [column.width for column in columns])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.what)
        layout.addWidget(self.view, 1)
        layout.addLayout(self._foot())
        shell.words.changed.connect(self._show)

    def put(self, asked: Sequence[Question]) -> None:
        """Show the versions of the first; the answer holds for all."""
        self._asked = asked
        self._show()

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addStretch(1)
        for choice, name in CHOICE_NAMES.items():
            button = QPushButton(self)
            self._texts.name(button, f"docket_{choice.value}", name)
            button.clicked.connect(partial(self._answer, choice))
            self._shell.library.needs_writing(button, self._shell.words)
            self._buttons[choice] = button
            line.addWidget(button)
        return line

    def _answer(self, choice: Answer) -> None:
        self.answered.emit(choice)

    def _show(self) -> None:
        if not self._asked:
            return
        words, first = self._shell.words, self._asked[0]
        self.table.put(differences(first, words))
        lines = [words.say(issue.wording) for issue in first.issues]
        if len(self._asked) > 1:
            text = N_("{count} lines are chosen; the answer holds for each of them.")
            lines.append(words.tell(text, count=f"{len(self._asked):,}"))
        self.what.setText("\n".join(lines))
        names = dict(CHOICE_NAMES)
        if all(one.stands is None for one in self._asked):
            names[Answer.KEEP] = N_("Do not take it in")
        for choice, button in self._buttons.items():
            button.setText(words.tell(names[choice]))


class Meaning(QWidget):
    """Which listed word a status word means; ``chosen`` carries the listed word."""

    chosen = Signal(str)
    cases_wanted = Signal(str)

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._texts = Texts(shell.words, self)
        self._rows: Sequence[Pending] = ()
        self.what = QLabel(self)
        self.what.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.what)
        layout.addLayout(self._line())
        layout.addStretch(1)
        shell.words.changed.connect(self._show)
        self._allow()

    def put(self, rows: Sequence[Pending]) -> None:
        """Ask for the meaning of the words of some lines."""
        if list(rows) != list(self._rows):
            self._rows = rows
            self.outcome.put(None)
            self.word.offer(())
        self._show()
        self._allow()

    def _line(self) -> QHBoxLayout:
        """Make the choices of class and word, and what acts on them."""
        texts, words = self._texts, self._shell.words
        self.outcome, self.word = Choice(words, self), Choice(words, self)
        told = dict.fromkeys(one.outcome for one in listed_words())
        names = [(one, OUTCOME_NAMES[one]) for one in told if one is not None]
        self.outcome.offer([(None, N_("Choose the class…")), *names])
        texts.name(self.outcome, "docket_word_outcome", N_("Outcome class"))
        texts.name(self.word, "docket_word_listed", N_("Listed word"))
        self.outcome.committed.connect(self._offer)
        self.word.committed.connect(self._allow)
        read, back = N_("Read it so"), N_("Take back")
        take_name = N_("Read the status word so")
        back_name = N_("Read the status word as unknown again")
        see_name = N_("Show the cases with this status")
        self.take = self._button("take", read, take_name, self._take)
        self.take.setProperty("part", "primary")
        self.back = self._button("back", back, back_name, self._take_back)
        see = N_("Show its cases")
        self.see = self._button("cases", see, see_name, self._see)
        library = self._shell.library
        self._may_take = library.needs_writing(self.take, words)
        self._may_take_back = library.needs_writing(self.back, words)
        line = QHBoxLayout()
        for part in (self.outcome, self.word, self.take, self.back):
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(self.see)
        return line

    def _button(
        self, key: str, text: str, name: str, act: Callable[[], None]
    ) -> QPushButton:
        button = QPushButton(self)
        self._texts.put(button.setText, text)
        self._texts.name(button, f"docket_word_{key}", name)
        button.clicked.connect(act)
        return button

    def _offer(self) -> None:
        """Offer the listed words of the class chosen."""
        outcome: Outcome | None = self.outcome.value
        found = [one.word for one in listed_words() if one.outcome is outcome]
        self.word.offer([(word, word) for word in found])
        self.word.put(found[0] if found else None)
        self._allow()

    def _allow(self) -> None:
        self._may_take.want(wanted=self.word.value is not None)
        self.see.setEnabled(len(self._rows) == 1)
        is_told = any(row.means for row in self._rows)
        self.back.setVisible(is_told)
        self._may_take_back.want(wanted=is_told)
        self.word.setVisible(self.outcome.value is not None)

    def _take(self) -> None:
        self.chosen.emit(self.word.value)

    def _take_back(self) -> None:
        self.chosen.emit("")

    def _see(self) -> None:
        self.cases_wanted.emit(self._rows[0].word)

    def _show(self) -> None:
        between = "、" if self._shell.words.language == "zh_CN" else ", "
        listed = between.join(f"“{one.word}”" for one in self._rows[:8])
        means = {one.means for one in self._rows}
        text = N_(
            "No list knows the status {words}. Choose its class, then the listed word"
            " that means the same; the word as written stays."
        )
        told = N_(
            "The status {words} is read as “{means}”; choose another word for it."
        )
        if len(means) == 1 and "" not in means:
            text = told
        told_as = next(iter(means), "")
        self.what.setText(self._shell.words.tell(text, words=listed, means=told_as))


def _one_line(text: str) -> str:
    return " · ".join(text.splitlines())
