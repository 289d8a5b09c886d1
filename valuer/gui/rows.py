"""Rows of a form: label, field, and one line under it for help or what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from valuer.core.problems import Severity
from valuer.core.texts import N_, Message, message
from valuer.gui.fields import Entry
from valuer.gui.icons import picture
from valuer.gui.notices import SIGNS
from valuer.gui.theme import Theme
from valuer.gui.words import Texts, Words

UNREAD = N_("What is typed cannot be read; it is not saved.")


class Row(QObject):
    """One field with its label; ``origin`` stands before the value as a small sign."""

    def __init__(
        self,
        key: str,
        field: QWidget,
        help_text: str,
        words: Words,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.key, self.field = key, field
        self._help = help_text
        self._words, self._theme = words, theme
        self._wrong: Message | None = None
        self._severity = Severity.ERROR
        self._focused = False
        self._is_unread = False
        self._is_wanted = True
        self.label = QLabel(parent)
        self.origin = QLabel(parent)
        self.origin.setFixedWidth(18)
        self._origin: tuple[str, str] | None = None
        self.sign = QLabel(parent)
        self.line = QLabel(parent)
        self.line.setWordWrap(True)
        self.line.setObjectName(f"{key}_line")
        words.changed.connect(self._show)
        theme.changed.connect(self._show)
        self._show()

    def tell(self, wrong: Message | None, severity: Severity = Severity.ERROR) -> None:
        """Say what is wrong with the field, or nothing."""
        self._wrong, self._severity = wrong, severity
        self._show()

    def misread(self, unread: bool) -> None:
        """Say that what is typed cannot be read, or no more."""
        if unread != self._is_unread:
            self._is_unread = unread
            self._show()

    def mark(self, sign: str, meaning: str) -> None:
        """Show where the value comes from: a sign and its marked meaning."""
        self._origin = (sign, meaning)
        self._show()

    def want(self, *, wanted: bool) -> None:
        """Show the whole row, or hide it where it has no say."""
        self._is_wanted = wanted
        for part in (self.label, self.origin, self.field):
            part.setVisible(wanted)
        self._show()

    def focus(self, *, focused: bool) -> None:
        """Show the help while the field has the focus."""
        if focused != self._focused:
            self._focused = focused
            self._show()

    def _show(self) -> None:
        ratio = self.field.devicePixelRatioF()
        tokens = self._theme.tokens
        if self._origin is not None:
            name, meaning = self._origin
            self.origin.setPixmap(picture(name, tokens.muted, 14, ratio))
            self.origin.setToolTip(self._words.tell(meaning))
            self.field.setAccessibleDescription(self._words.tell(meaning))
        wrong = message(UNREAD) if self._is_unread else self._wrong
        severity = Severity.ERROR if self._is_unread else self._severity
        is_wrong = self._is_wanted and wrong is not None
        is_helped = self._is_wanted and self._focused and bool(self._help)
        self.line.setVisible(is_wrong or is_helped)
        self.sign.setVisible(is_wrong)
        if wrong is not None:
            name, part = SIGNS[severity]
            self.sign.setPixmap(picture(name, getattr(tokens, part), 14, ratio))
            self.line.setText(self._words.say(wrong))
        else:
            part = "muted"
            self.line.setText(self._words.tell(self._help))
        if self.line.property("part") != part:
            self.line.setProperty("part", part)
            self.line.style().unpolish(self.line)
            self.line.style().polish(self.line)


class Rows(QWidget):
    """A column of rows. Labels stand left, fields are as wide as what they hold."""

    def __init__(
        self, words: Words, theme: Theme, parent: QWidget, label_width: int = 0
    ) -> None:
        super().__init__(parent)
        self._words, self._theme = words, theme
        self.texts = Texts(words, self)
        self._rows: dict[str, Row] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(2, 1)
        self._grid.setColumnMinimumWidth(0, label_width)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus)

    def add(
        self,
        key: str,
        label: str,
        field: QWidget,
        help_text: str = "",
        *,
        named: QWidget | None = None,
        wide: bool = False,
        over: bool = False,
    ) -> Row:
        """Add a field under its marked label.

        ``named`` is the part of it that is typed into: it gets the stable name. What
        is ``over`` its whole line, as a table is, stands below its label.
        """
        row = Row(key, field, help_text, self._words, self._theme, self)
        for entry in (field, *field.findChildren(Entry)):
            if isinstance(entry, Entry):
                entry.unread.connect(row.misread)
        self._rows[key] = row
        line = self._grid.rowCount()
        name = row.label
        name.setBuddy(named or field)
        name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        name.setContentsMargins(0, 4, 0, 0)
        self.texts.put(name.setText, label)
        self.texts.name(named or field, key, label)
        self._grid.addWidget(name, line, 0)
        self._grid.addWidget(row.origin, line, 1)
        if over:
            line += 1
            self._grid.addLayout(_beside(field, wide=True), line, 0, 1, 3)
        else:
            self._grid.addLayout(_beside(field, wide=wide), line, 2)
        below = QHBoxLayout()
        below.setSpacing(4)
        below.addWidget(row.sign, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(row.line, 1)
        self._grid.addLayout(below, line + 1, 0 if over else 2, 1, 3 if over else 1)
        return row

    def divide(self, widget: QWidget) -> None:
        """Put a widget over the whole width below the rows so far."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 3)

    def row(self, key: str) -> Row:
        """Return the row of a field."""
        return self._rows[key]

    def rows(self) -> tuple[Row, ...]:
        """Return all rows, in order."""
        return tuple(self._rows.values())

    def _focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        for row in self._rows.values():
            inside = new is row.field or (
                new is not None and row.field.isAncestorOf(new)
            )
            row.focus(focused=inside)


class FormArea(QScrollArea):
    """A form that scrolls up and down; it is never narrower than its fields."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("part", "page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        form = self.widget()
        if form is None:
            return least
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(form.minimumSizeHint().width() + bar, least.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def _beside(field: QWidget, *, wide: bool) -> QHBoxLayout:
    beside = QHBoxLayout()
    beside.addWidget(field, int(wide))
    if wide:
        policy = field.sizePolicy().verticalPolicy()
        field.setSizePolicy(QSizePolicy.Policy.Expanding, policy)
    else:
        beside.addStretch(1)
    return beside
