"""One start of a window, told in seconds; a process of its own for ``bench_start``.

    python starting.py window|select|bare LIBRARY MOMENT

``MOMENT`` is when the process was started. Ready means: 50 rows are known and those
in sight are painted, and a key pressed has moved the selection.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

ROWS = 50
READ = 200
"""Patents that the window reads at once."""


class Rows(QAbstractTableModel):
    """Rows as the driver gives them."""

    def __init__(self, rows: Sequence[Sequence[Any]], total: int) -> None:
        super().__init__()
        self._rows, self._total = rows, total

    def rowCount(self, parent: object = None) -> int:  # noqa: N802 - Qt's name
        del parent
        return self._total

    def columnCount(self, parent: object = None) -> int:  # noqa: N802 - Qt's name
        del parent
        return 6

    def data(self, index: Any, role: int = 0) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or index.row() >= len(self._rows):
            return None
        return str(self._rows[index.row()][index.column()])


def window(library: Path) -> QTableView:
    """Show the program's own window."""
    from valuer.app import build_window

    shown = build_window(library)
    shown.show()
    keep.append(shown)
    return shown.findChild(QTableView, "patents_table")


def select(library: Path) -> QTableView:
    """Show a bare window with the same SELECT; numpy is imported and not used."""
    import numpy as np
    import sqlalchemy as sa

    keep.append(np)
    names = (
        *("number", "title", "owners", "filed", "granted", "status"),
        *("id", "publications", "country", "kind", "inventors", "ipc", "priority"),
        *("status_wording", "status_on", "history", "fees", "pta_days", "pte_days"),
    )
    patents = sa.table("patents", *map(sa.column, names))
    with sa.create_engine(f"sqlite:///{library}").connect() as connection:
        total = connection.scalar(sa.select(sa.func.count()).select_from(patents))
        query = sa.select(patents).order_by(patents.c.id).limit(READ)
        rows = connection.execute(query).all()
    return bare_table(rows, total or 0)


def bare(library: Path) -> QTableView:
    """Show a bare window with made-up rows."""
    del library
    return bare_table([[str(number)] * 6 for number in range(READ)], READ)


def bare_table(rows: Sequence[Sequence[Any]], total: int) -> QTableView:
    """Show rows in a window of the same size."""
    shown = QMainWindow()
    shown.resize(1366, 768)
    view = QTableView(shown)
    shown.setCentralWidget(view)
    model = Rows(rows, total)
    view.setModel(model)
    shown.show()
    keep.extend((shown, model))
    return view


def wait_until_ready(view: QTableView) -> None:
    """Paint what is in sight and press a key."""
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 0))
    QApplication.processEvents()
    view.viewport().repaint()
    known = [view.model().index(row, 0).data() for row in range(ROWS)]
    if not all(known) or not view.viewport().isVisible():
        raise RuntimeError("the rows are not shown")
    down, plain = Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier
    QCoreApplication.sendEvent(view, QKeyEvent(QEvent.Type.KeyPress, down, plain))
    if view.currentIndex().row() != 1:
        raise RuntimeError("the key was not taken")


if __name__ == "__main__":
    keep: list[object] = [QApplication([])]
    kind, path, moment = sys.argv[1:]
    wait_until_ready(
        {"window": window, "select": select, "bare": bare}[kind](Path(path))
    )
    sys.stdout.write(str(time.time() - float(moment)))
    sys.stdout.flush()
    os._exit(0)
