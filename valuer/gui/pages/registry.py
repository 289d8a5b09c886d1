"""The pages, in the order of the rail and of the work in a case.

To add a page: write its module, add its line here. Each is imported and built when it
is first shown, so that the window opens fast.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from valuer.core.texts import N_
from valuer.gui.shell import Shell


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the rail.

    Attributes:
        key: stable name; ``title``: marked word; ``icon``: name of its icon.
        build: returns its page.
        explains: whether the "why" panel stands beside it.
        leaves: keys and marked names of its parts that one may go to at once.
    """

    key: str
    title: str
    icon: str
    build: Callable[[Shell, QWidget], QWidget]
    explains: bool = True
    leaves: tuple[tuple[str, str], ...] = ()


@runtime_checkable
class Leafed(Protocol):
    """A page whose parts have keys."""

    def leaf(self, key: str) -> QWidget:
        """Show the part with this key and return it."""


def _cases(shell: Shell, parent: QWidget) -> QWidget:
    from valuer.gui.pages.cases import CasesPage

    return CasesPage(shell, parent)


def _patents(shell: Shell, parent: QWidget) -> QWidget:
    from valuer.gui.pages.patents import PatentsPage

    return PatentsPage(shell, parent)


def _record(shell: Shell, parent: QWidget) -> QWidget:
    from valuer.gui.pages.record import RecordPage

    return RecordPage(shell, parent)


def _quality(shell: Shell, parent: QWidget) -> QWidget:
    from valuer.gui.pages.quality import QualityPage

    return QualityPage(shell, parent)


def _credit(shell: Shell, parent: QWidget) -> QWidget:
    from valuer.gui.pages.credit import CreditPage

    return CreditPage(shell, parent)


def _verify(shell: Shell, parent: QWidget) -> QWidget:
    from valuer.gui.pages.verify import VerifyPage

    return VerifyPage(shell, parent)


def _settings(shell: Shell, parent: QWidget) -> QWidget:
    from valuer.gui.pages.settings import SettingsPage

    return SettingsPage(shell, parent)


PLACES = (
    Place("cases", N_("Cases"), "cases", _cases),
    Place("patents", N_("Patents"), "patents", _patents),
    Place("data", N_("Data"), "data", _record),
    Place(
        "quality",
        N_("Quality"),
        "quality",
        _quality,
        leaves=(("docket", N_("Docket")), ("metrics", N_("Quality metrics"))),
    ),
    Place("credit", N_("Credit"), "credit", _credit),
    Place("verify", N_("Verify"), "verify", _verify, explains=False),
    Place("settings", N_("Settings"), "settings", _settings, explains=False),
)
