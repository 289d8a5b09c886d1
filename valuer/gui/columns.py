"""Columns of a table as the user arranged them: order and widths, for the next start."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QHeaderView, QTableView

from valuer.gui.preferences import Preferences

NARROWEST, WIDEST = 40, 2000
"""Pixels that a width may have; another one was not written by us."""


class Columns(QObject):
    """Lets columns be moved and keeps where they are and how wide.

    Written as ``place:width`` for each column; what does not fit the table counts as
    never arranged.
    """

    def __init__(self, view: QTableView, preferences: Preferences) -> None:
        super().__init__(view)
        self._key, self._preferences = view.objectName(), preferences
        self._header = view.horizontalHeader()
        self._header.setSectionsMovable(True)
        self._put(preferences.chosen.columns.get(self._key, ""))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(500)
        self._pause.timeout.connect(self.keep)
        self._header.sectionMoved.connect(self._pause.start)
        self._header.sectionResized.connect(self._wait)

    def keep(self) -> None:
        """Keep how the columns are arranged now."""
        header = self._header
        told = (
            f"{header.visualIndex(column)}:{header.sectionSize(column)}"
            for column in range(header.count())
        )
        self._preferences.keep_columns(self._key, " ".join(told))

    def _wait(self, column: int) -> None:
        # The window's own width changes that of the stretched one, again and again.
        mode = self._header.sectionResizeMode(column)
        if mode is QHeaderView.ResizeMode.Interactive:
            self._pause.start()

    def _put(self, written: str) -> None:
        arranged = _read(written, self._header.count())
        for place, (column, width) in enumerate(arranged):
            self._header.moveSection(self._header.visualIndex(column), place)
            mode = self._header.sectionResizeMode(column)
            if mode is QHeaderView.ResizeMode.Interactive:
                self._header.resizeSection(column, width)


def _read(written: str, count: int) -> list[tuple[int, int]]:
    """Return columns in their order, each with its width; nothing where it is not so."""
    try:
        told = [tuple(map(int, one.split(":"))) for one in written.split()]
        found = [(place, column, width) for column, (place, width) in enumerate(told)]
    except ValueError:
        return []
    found.sort()
    is_whole = [place for place, _, _ in found] == list(range(count))
    if not is_whole or not all(NARROWEST <= w <= WIDEST for _, _, w in found):
        return []
    return [(column, width) for _, column, width in found]
