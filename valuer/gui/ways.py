"""The ways between places that do not know each other."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Ways(QObject):
    """The ways between places that do not know each other."""

    case_wanted = Signal(str)
    place_shown = Signal(str)
    place_wanted = Signal(str)
    place_in_case_wanted = Signal(str)
    page_built = Signal()
    library_changed = Signal()
