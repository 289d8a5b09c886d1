"""The way to the first window is short: nothing slow is imported on it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SLOW = (
    "numpy",
    "pandas",
    "scipy",
    "pyqtgraph",
    "reportlab",
    "pyhanko",
    "alembic",
    "pypdfium2",
    "pikepdf",
    "fontTools",
    "cryptography",
    "openpyxl",
)

SHOW = f"""
import sys
from PySide6.QtWidgets import QApplication, QTableView
application = QApplication([])
from valuer.app import build_window
window = build_window(sys.argv[1])
window.show()
application.processEvents()
view = window.findChild(QTableView, "patents_table")
assert view.isVisible() and view.model().index(49, 0).data()
print([name for name in {SLOW!r} if name in sys.modules])
window.close()
"""


def test_fifty_patents_are_shown_and_nothing_slow_was_imported(patents_only: Path):
    command = [sys.executable, "-c", SHOW, str(patents_only)]
    shown = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.strip() == "[]"
