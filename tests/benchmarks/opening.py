"""One opening of the dashboard, told in seconds; a process of its own for its benchmark.

    python opening.py LIBRARY

The window is there and idle; then its place is chosen. Ready means: every tile shows
what the docket of today answers, and is painted.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from valuer.app import build_window


def opened(path: Path) -> float:
    """Return the seconds from the press until every tile shows its number."""
    window = build_window(path, "zh_CN")
    window.show()
    for _ in range(20):
        QApplication.processEvents()
    start = time.perf_counter()
    page = window.place("quality")
    dashboard = page.leaf("overview")
    tiles = dashboard.tiles.cards.values()
    while not dashboard.is_settled:
        QApplication.processEvents()
    dashboard.tiles.repaint()
    took = time.perf_counter() - start
    shown = all(one.isVisible() and one.value.text() != "…" for one in tiles)
    if not shown:
        raise RuntimeError("a tile shows no number")
    return took


if __name__ == "__main__":
    application = QApplication([])
    sys.stdout.write(str(opened(Path(sys.argv[1]))))
    sys.stdout.flush()
    os._exit(0)
