"""The pages, in the order of the rail and of the work in a case.

To add a page: write its module, add its line here. Each is imported and built when it
is first shown, so that the window opens fast.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from valuer.core.texts import N_
from valuer.gui.shell import Shell


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the rail: stable key, marked word, icon, and how it is built."""

    key: str
    title: str
    icon: str
    build: Callable[[Shell, QWidget], QWidget]


def _cases(shell: Shell, parent: QWidget) -> QWidget:
    from valuer.gui.pages.cases import CasesPage

    return CasesPage(shell, parent)


def _patents(shell: Shell, parent: QWidget) -> QWidget:
    from valuer.gui.pages.patents import PatentsPage

    return PatentsPage(shell, parent)


PLACES = (
    Place("cases", N_("Cases"), "cases", _cases),
    Place("patents", N_("Patents"), "patents", _patents),
)
