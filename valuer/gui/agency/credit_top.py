"""The head of the credit page: whose score, as of when, by which rules, and how high."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from valuer.agency.credit import Score
from valuer.agency.credit_line import plain_points
from valuer.agency.credit_readings import place_words
from valuer.core.texts import N_
from valuer.gui import formats
from valuer.gui.agency.credit_view import CreditView
from valuer.gui.agency.credit_words import UNKNOWN, points, subject_words
from valuer.gui.elided import ElidedLabel
from valuer.gui.fields import Choice, date_entry
from valuer.gui.headings import Heading
from valuer.gui.icons import picture
from valuer.gui.shell import Shell
from valuer.gui.words import Texts


class CreditHead(Heading):
    """Subject, day and rules; ``new_wanted`` and ``change_wanted`` ask for the form."""

    new_wanted = Signal()
    change_wanted = Signal()

    def __init__(self, view: CreditView, shell: Shell, page: QWidget) -> None:
        super().__init__(N_("Credit"), shell.words, page)
        self._view, self._shell = view, shell
        self.subjects = Choice(shell.words, self)
        self.subjects.setFixedWidth(290)
        shrunk = Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.subjects.setSizeAdjustPolicy(shrunk)
        self.texts.name(self.subjects, "credit_subject", N_("Who is scored"))
        self.subjects.committed.connect(self._choose)
        self.place(self.subjects)
        self._change = self.action(
            "credit_change", N_("Change…"), N_("Name and province of the one shown")
        )
        self._change.clicked.connect(self.change_wanted)
        self._new = self.action("credit_new", N_("New…"), N_("Another agency or agent"))
        self._new.clicked.connect(self.new_wanted)
        self._may_change = shell.library.needs_writing(self._change, shell.words)
        shell.library.needs_writing(self._new, shell.words)
        self._as_of = QLabel(self)
        self._as_of.setProperty("part", "muted")
        self.texts.put(self._as_of.setText, N_("As of"))
        self.place(self._as_of)
        self.day = date_entry(self)
        self.texts.name(self.day, "credit_day", N_("As of"))
        self.day.put(view.as_of)
        self.day.committed.connect(self._look)
        self.place(self.day)
        view.looked_up.connect(self._show)
        shell.words.changed.connect(self._show)

    def _choose(self) -> None:
        self._view.choose(self.subjects.value)

    def _look(self) -> None:
        if self.day.value is None:
            self.day.put(self._view.as_of)
        else:
            self._view.look_at(self.day.value)

    def _show(self) -> None:
        view = self._view
        self.subjects.offer(
            [(one.subject, subject_words(one)) for one in view.subjects]
        )
        self.subjects.put(view.subject)
        self.day.put(view.as_of)
        self._may_change.want(wanted=view.known is not None)
        for part in (self.subjects, self._change, self._new, self._as_of, self.day):
            part.setVisible(bool(view.subjects))


class ScoreStrip(QFrame):
    """Total, grade, how it is made up, and why it is not official.

    ``rule_wanted`` carries the place in the rule pack that is to be copied or checked.
    """

    rule_wanted = Signal(str)

    def __init__(self, view: CreditView, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._view, self._shell = view, shell
        self._texts = Texts(shell.words, self)
        self.total, self.grade = self._label("total"), self._label("grade")
        for label in (self.total, self.grade):
            label.setProperty("part", "value")
        self.formula = self._label("formula")
        self.rules = ElidedLabel(self)
        self.rules.setObjectName("credit_rules")
        self.rules.setProperty("part", "muted")
        self._sign = QLabel(self)
        self.why = ElidedLabel(self)
        self.why.setObjectName("credit_why")
        self.copying = QPushButton(self)
        self._texts.put(self.copying.setText, N_("To the rule pack…"))
        self._texts.name(
            self.copying,
            "credit_copy",
            N_("To the rule pack…"),
            N_("Open the first of these rules in the rule pack"),
        )
        self.copying.clicked.connect(self._want_rule)
        self._lay_out()
        for signal in (view.reckoned, shell.words.changed, shell.theme.changed):
            signal.connect(self._show)
        self._show()

    def _want_rule(self) -> None:
        for one in self._view.open_rules[:1]:
            self.rule_wanted.emit(one.place)

    def _show(self) -> None:
        found = self._view.found
        score = None if found is None else found.score
        self.total.setText(UNKNOWN if score is None else points(score.total))
        grade = "" if score is None else score.grade or ""
        text = N_("Grade {grade}")
        self.grade.setText(self._shell.words.tell(text, grade=grade) if grade else "")
        self.formula.setText("" if score is None else self._made_of(score))
        self.rules.put(self._rule_pack())
        self._show_why(score)

    def _made_of(self, score: Score) -> str:
        """Return base − deductions + bonus, and what the cap left unused."""
        words = self._shell.words
        text = N_("base {base} − deductions {deductions} + bonus {bonus}")
        told = [
            words.tell(
                text,
                base=points(score.base),
                deductions=points(score.deductions),
                bonus=points(score.bonus),
            )
        ]
        if score.unused_bonus:
            text = N_("{points} of the bonuses have no effect")
            told.append(words.tell(text, points=plain_points(score.unused_bonus)))
        return formats.listed(told, words)

    def _rule_pack(self) -> str:
        pack, words = self._view.pack, self._shell.words
        if pack is None:
            return ""
        title = (
            pack.title_en if words.language == "en" and pack.title_en else pack.title
        )
        text = N_("Rules: {title}, {number}, version {version}")
        return words.tell(text, title=title, number=pack.doc_no, version=pack.version)

    def _show_why(self, score: Score | None) -> None:
        """Say whether the number is official, and what stands against it."""
        words, tokens = self._shell.words, self._shell.theme.tokens
        rules = self._view.open_rules
        name, colour, told = "good", tokens.good, ""
        if score is None:
            found = self._view.found
            told = words.tell(_CONTRADICTS) if found and found.issues else ""
            name, colour = "error", tokens.bad
        elif score.official:
            told = words.tell(N_("Every rule used here was verified."))
        else:
            holding = [one for one in rules if one.holds_total]
            text = _COPY if holding else _NOT_OFFICIAL
            named = [self._named(one.name) for one in holding or rules]
            told = words.tell(text, rules=formats.listed(named, words))
            name, colour = "warning", tokens.warn
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(picture(name, colour, 16, ratio))
        self._sign.setVisible(bool(told))
        self.why.put(told)
        self.copying.setVisible(bool(rules))

    def _named(self, name: str) -> str:
        pack, words = self._view.pack, self._shell.words
        return name if pack is None else place_words(pack, name, words.language)

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(f"credit_{name}")
        return label

    def _lay_out(self) -> None:
        self.setProperty("part", "strip")
        self.setMinimumHeight(64)  # as high without the button as with it
        left = QHBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.total)
        left.addWidget(self.grade)
        why = QHBoxLayout()
        why.setSpacing(6)
        why.addWidget(self._sign)
        why.addWidget(self.why, 1)
        why.addWidget(self.copying)
        first = QHBoxLayout()
        first.setSpacing(16)
        first.addWidget(self.formula)
        first.addWidget(self.rules, 1)
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addLayout(first)
        right.addLayout(why)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        layout.setSpacing(24)
        layout.addLayout(left)
        layout.addLayout(right, 1)


_COPY = N_("Copy from the notice: {rules}")
_NOT_OFFICIAL = N_("Not official; not verified: {rules}")
_CONTRADICTS = N_(
    "No score: the ledger contradicts itself or the rules; see the ledger."
)
