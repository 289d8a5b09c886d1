"""The first column of a wide table, kept in sight while the rest is scrolled.

It is a second view of the same model over the first one, and there only while the
table is scrolled sideways: unscrolled, the table itself shows and edits that column.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHeaderView,
    QTableView,
)

from valuer.gui.tokens import ROW


class FrozenColumn(QTableView):
    """Stands over the left edge of a table that has its model already."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self.setObjectName(f"{view.objectName()}_frozen")
        self.setModel(view.model())
        self.setSelectionModel(view.selectionModel())
        self._dress(view)
        self._keep_step(view)
        self.hide()

    def follow(self) -> None:
        """Stand where the column would be, if it is scrolled out of sight."""
        view = self._view
        width, room = view.columnWidth(0), view.viewport().width()
        is_scrolled = view.horizontalScrollBar().value() > 0
        if not is_scrolled or width > 0.7 * room:
            self.hide()
            return
        for column in range(1, view.model().columnCount()):
            if not self.isColumnHidden(column):
                self.hideColumn(column)
        sides, frame = view.verticalHeader(), view.frameWidth()
        left = frame + (sides.width() if sides.isVisible() else 0)
        head = view.horizontalHeader().height()
        self.setColumnWidth(0, width)
        self.horizontalHeader().setFixedHeight(head)
        self.setGeometry(left, frame, width, head + view.viewport().height())
        self.setAccessibleName(view.accessibleName())
        self.show()
        self.raise_()
        self.verticalScrollBar().setValue(view.verticalScrollBar().value())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.follow()
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._view.viewport(), event)

    def _dress(self, view: QTableView) -> None:
        """Look and select as the table does."""
        self.setSelectionBehavior(view.selectionBehavior())
        self.setSelectionMode(view.selectionMode())
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QTableView { border: 0; }")  # else a pixel beside its rows
        self.setVerticalScrollMode(view.verticalScrollMode())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAlternatingRowColors(view.alternatingRowColors())
        self.setShowGrid(view.showGrid())
        self.setWordWrap(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        self.horizontalHeader().setHighlightSections(False)

    def _keep_step(self, view: QTableView) -> None:
        """Scroll with the table, and leave typing to it."""
        self.doubleClicked.connect(view.edit)
        self.clicked.connect(view.setFocus)
        view.horizontalScrollBar().valueChanged.connect(self.follow)
        view.horizontalHeader().sectionResized.connect(self.follow)
        bars = (view.verticalScrollBar(), self.verticalScrollBar())
        bars[0].valueChanged.connect(bars[1].setValue)
        bars[1].valueChanged.connect(bars[0].setValue)
        view.installEventFilter(self)
