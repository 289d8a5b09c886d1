"""What needs attention today: each matter with its count, and the cases behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from valuer.agency.attention import HORIZONS, Matter, Waiting
from valuer.agency.credit_line import Deadline, Step, plain_points
from valuer.agency.dashboard import Board
from valuer.agency.quality_words import Said
from valuer.core.texts import N_, Message, message, tr
from valuer.gui import formats
from valuer.gui.agency.cards import Card, dress
from valuer.gui.elided import ElidedLabel
from valuer.gui.fields import Choice
from valuer.gui.shell import Shell
from valuer.gui.words import Texts

QUESTIONS, WORDS, CREDIT = "questions", "words", "credit"
"""Keys of the rows that have no cases behind them."""

USUAL_HORIZON = 15

DEADLINES_WITHIN = 90
"""Days ahead within which a day of the credit ledger stands here."""

_NAMES = {
    Matter.OVERDUE: N_("Due dates passed"),
    Matter.RESTORABLE: N_("Losses that can be restored"),
    Matter.SUSPECTED: N_("Suspected abnormal, not answered"),
}

_URGENT = (Matter.OVERDUE, Matter.RESTORABLE, Matter.SUSPECTED)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what waits, how many, and what more is known of it.

    Attributes:
        key: of the matter; ``place``: of its cases in the board, −1 without.
        is_urgent: whether it bears a warning sign.
    """

    key: str
    count: int
    name: Said
    detail: Said
    place: int = -1
    is_urgent: bool = False


class WaitingPanel(QWidget):
    """All that waits, one row each.

    ``cases_wanted`` carries a place in the board's waiting and what to call it,
    ``wanted`` the key of another matter.
    """

    cases_wanted = Signal(int, object)
    wanted = Signal(str)

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._board: Board | None = None
        self._deadlines: tuple[Deadline, ...] = ()
        self._steps: tuple[Step, ...] = ()
        self.rows: list[WaitingRow] = []
        self.horizon = Choice(shell.words, self)
        self._nothing = QLabel(self)
        self._list = QVBoxLayout()
        self._lay_out()
        shell.words.changed.connect(self._show)
        self._show()

    def put(self, board: Board | None) -> None:
        """Show what waits in the docket; None: it is still being looked for."""
        self._board = board
        self._show()

    def put_credit(self, found: Sequence[Deadline], steps: Sequence[Step]) -> None:
        """Show the days of the credit ledger too, and those on which the score changes."""
        self._deadlines, self._steps = tuple(found), tuple(steps)
        self._show()

    def lines(self) -> tuple[Line, ...]:
        """Return what stands in the rows."""
        words = self._shell.words
        today = self._shell.desk.credit.today()
        credit = (
            *_of_credit(self._deadlines, today, words.language),
            *_of_steps(self._steps, today, words.language),
        )
        if self._board is None:
            return credit
        return (*_of_docket(self._board, self.horizon.value), *credit)

    def _lay_out(self) -> None:
        texts = Texts(self._shell.words, self)
        title = QLabel(self)
        title.setProperty("part", "heading")
        texts.put(title.setText, N_("Needs attention today"))
        texts.name(self.horizon, "waiting_horizon", N_("Days ahead"))
        self.horizon.offer([(days, _ahead(days)) for days in HORIZONS])
        self.horizon.put(USUAL_HORIZON)
        self.horizon.committed.connect(self._show)
        self._nothing.setProperty("part", "muted")
        self._nothing.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.horizon)
        self._list.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._nothing)
        layout.addLayout(self._list)
        layout.addStretch(1)

    def _show(self) -> None:
        lines = self.lines()
        for row in self.rows[len(lines) :]:
            row.hide()
        while len(self.rows) < len(lines):
            row = WaitingRow(len(self.rows), self._shell, self)
            row.pressed.connect(partial(self._take, len(self.rows)))
            self.setTabOrder(self.rows[-1] if self.rows else self.horizon, row)
            self.rows.append(row)
            self._list.addWidget(row)
        for row, line in zip(self.rows, lines, strict=False):
            row.put(line)
            row.show()
        text = N_("Nothing waits today.")
        if self._board is None:
            text = N_("The docket is being looked through…")
        elif not self._board.cases:
            text = N_("The docket has no cases.")
        self._nothing.setText(self._shell.words.tell(text))
        self._nothing.setVisible(self._board is None or not lines)
        self.horizon.setVisible(self._board is not None and self._board.cases > 0)

    def _take(self, number: int) -> None:
        line = self.rows[number].line
        if line is None:
            return
        if line.place >= 0:
            self.cases_wanted.emit(line.place, line.name)
        else:
            self.wanted.emit(line.key)


class WaitingRow(Card):
    """A count, what it counts, and what more is known."""

    def __init__(self, number: int, shell: Shell, parent: QWidget) -> None:
        super().__init__(f"waiting_{number}", parent)
        self._shell = shell
        self.line: Line | None = None
        self.setProperty("part", "row")
        self.count = QLabel(self)
        self.count.setFixedWidth(56)
        self.count.setAlignment(
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        self.name = ElidedLabel(self)
        self.detail = ElidedLabel(self)
        self.detail.setProperty("part", "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 3, 8, 3)
        layout.setSpacing(10)
        layout.addWidget(self.count)
        layout.addWidget(self.name, 1)
        layout.addWidget(self.detail)

    def put(self, line: Line) -> None:
        """Show a line."""
        self.line = line
        words = self._shell.words
        sign = "⚠ " if line.is_urgent else ""
        self.count.setText(f"{sign}{line.count:,}" if line.count else "")
        dress(self.count, "warn" if line.is_urgent else "")
        self.name.put(words.say(line.name))
        self.detail.put(words.say(line.detail))
        told = (self.count.text(), self.name.whole, self.detail.whole)
        self.setAccessibleName(" ".join(filter(None, told)))


def _of_docket(board: Board, horizon: int) -> Iterator[Line]:
    """Yield the rows of the docket that count anything."""
    for place, one in enumerate(board.waiting):
        if not one.count or (one.matter is Matter.DUE and one.horizon != horizon):
            continue
        name = _NAMES.get(one.matter) or message(
            N_("Due within {count} days"), count=one.horizon
        )
        urgent = one.matter in _URGENT
        detail = _detail(one, board.as_of)
        yield Line(one.matter.value, one.count, name, detail, place, urgent)
    if board.questions:
        name = N_("Questions on imported cases")
        yield Line(QUESTIONS, board.questions, name, N_("which version holds?"))
    if board.words:
        detail = message(N_("in {count} cases"), count=f"{board.unread:,}")
        yield Line(WORDS, board.words, N_("Status words not known"), detail)


def _detail(one: Waiting, today: date) -> Said:
    """Return the nearest day, and how many have none."""
    found: Message | None = None
    if one.day is not None and one.matter in (Matter.OVERDUE, Matter.SUSPECTED):
        found = message(N_("earliest {day}"), day=formats.day(one.day))
    elif one.day is not None:
        left, day = (one.day - today).days, formats.day(one.day)
        found = message(N_("nearest {day}, days left: {count}"), day=day, count=left)
    if not one.undated:
        return found or ""
    unknown = message(
        N_("{count} without a day that is still to come"), count=f"{one.undated:,}"
    )
    if one.matter is Matter.SUSPECTED:
        unknown = message(N_("{count} without a day"), count=f"{one.undated:,}")
    if found is None:
        return unknown
    return message(N_("{first}; {then}"), first=found, then=unknown)


def _of_credit(found: Sequence[Deadline], today: date, language: str) -> Iterator[Line]:
    for one in found:
        left = (one.date - today).days
        if left > DEADLINES_WITHIN:
            continue
        yield Line(CREDIT, 0, _what(one, language), _day(one.date, today))


def _of_steps(found: Sequence[Step], today: date, language: str) -> Iterator[Line]:
    """Yield the days ahead on which the score changes, as when points are cleared."""
    for one in found:
        if not 0 < (one.date - today).days <= DEADLINES_WITHIN or one.total is None:
            continue
        values = {"points": plain_points(one.total), "grade": one.grade or ""}
        text = N_("Score becomes {points} ({grade}): {reason}")
        name = message(text, **values, reason=one.say(language))
        yield Line(CREDIT, 0, name, _day(one.date, today))


def _day(day: date, today: date) -> Message:
    """Return a day with how far off it is."""
    left, shown = (day - today).days, formats.day(day)
    if left <= 0:
        return message(N_("since {day}"), day=shown)
    return message(N_("{day}, days left: {count}"), day=shown, count=left)


def _what(one: Deadline, language: str) -> Message:
    """Return what can be done, before the long name of the rule."""
    # "{rule}: what": without the rule only the colon is left in front.
    bare = tr(one.what.text, language, **dict(one.what.values) | {"rule": ""})
    what, rule = bare.lstrip(":： "), one.what.rule
    what = what[:1].upper() + what[1:]
    name = rule.named(language).removeprefix(rule.code).strip()
    return message(N_("{what} ({rule})"), what=what, rule=name)


def _ahead(days: int) -> Message:
    return message(N_("{count} days ahead"), count=days)
