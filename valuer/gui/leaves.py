"""Parts of a page as leaves: tabs above, each leaf built when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from valuer.gui.shell import Shell
from valuer.gui.words import Texts


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf: its key, its marked name, and what makes it within a parent."""

    key: str
    title: str
    build: Callable[[QWidget], QWidget]


class Leaves(QWidget):
    """Tabs and what stands below them; Alt+1 … choose a leaf. ``shown`` follows each."""

    shown = Signal()

    def __init__(
        self,
        key: str,
        name: str,
        leaves: Sequence[Leaf],
        shell: Shell,
        parent: QWidget,
        ending: QWidget | None = None,
    ) -> None:
        """Make the tabs of a stable key and a marked name; ``ending`` ends their bar."""
        super().__init__(parent)
        self._shell = shell
        self._leaves = tuple(leaves)
        self._built: dict[int, QWidget] = {}
        self._texts = Texts(shell.words, self)
        self.stack = QStackedWidget(self)
        self.tabs = QTabBar(self)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        self._texts.name(self.tabs, key, name)
        for number, leaf in enumerate(self._leaves):
            self.tabs.addTab("")
            self._texts.put(partial(self.tabs.setTabText, number), leaf.title)
            shortcut = QShortcut(QKeySequence(f"Alt+{number + 1}"), parent)
            shortcut.activated.connect(partial(self.tabs.setCurrentIndex, number))
        self.tabs.currentChanged.connect(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar(ending))
        layout.addWidget(self.stack, 1)

    @property
    def current(self) -> QWidget | None:
        """The leaf shown."""
        return self.stack.currentWidget()

    def leaf(self, key: str) -> QWidget:
        """Show the leaf with this key and return it."""
        number = [one.key for one in self._leaves].index(key)
        self.tabs.setCurrentIndex(number)
        self.go(number)
        return self._built[number]

    def go(self, number: int) -> None:
        """Show a leaf."""
        if number not in self._built:
            self._built[number] = self._leaves[number].build(self.stack)
            self.stack.addWidget(self._built[number])
            self._shell.ways.page_built.emit()
        self.stack.setCurrentWidget(self._built[number])
        self.shown.emit()

    def _bar(self, ending: QWidget | None) -> QFrame:
        bar = QFrame(self)
        bar.setProperty("part", "bar")
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(8, 0, 16, 0)
        layout.addWidget(self.tabs)
        layout.addStretch(1)
        if ending is not None:
            layout.addWidget(ending)
        return bar
