"""What a field may take from other runs of the case, and whence it took its figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from valuer.core.case import Case
from valuer.core.method import Finds
from valuer.core.params import Kind
from valuer.core.references import FROM, OUTPUT, fits, is_reference
from valuer.core.run_results import RunResult, Taken
from valuer.core.texts import N_
from valuer.gui.run_list import found_words, run_names
from valuer.gui.shell import Shell
from valuer.gui.words import Texts


@dataclass(frozen=True, slots=True)
class Offer:
    """What another run found.

    Attributes:
        title: what its method is called; ``shown``: its result with the unit.
    """

    key: str
    title: str
    shown: str
    finds: Finds


class TakeBar(QWidget):
    """Offers the runs whose result fits a figure; says which one it is taken from.

    ``chosen`` carries the key of a run to take from, ``wanted`` that of one to open.
    """

    chosen = Signal(str)
    wanted = Signal(str)

    def __init__(self, kind: Kind, shell: Shell, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind, self._shell = kind, shell
        self._offers: tuple[Offer, ...] = ()
        self._given: Any = None
        self._is_wanted = True
        self.button = QToolButton(self)
        self.button.setText("=")
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.menu = QMenu(self.button)
        self.button.setMenu(self.menu)
        self.button.setProperty("part", "menu")
        self.source = QLabel(self)
        self.source.setObjectName(f"{key}_taken")
        self.source.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.source.linkActivated.connect(self.wanted)
        hint = N_("Take the figure from another method of the case")
        Texts(shell.words, self).name(self.button, f"{key}_take", hint, hint)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.button)
        layout.addWidget(self.source)
        shell.theme.changed.connect(self._show)
        self._show()

    def offer(self, offers: Sequence[Offer]) -> None:
        """Offer the runs whose result fits."""
        found = tuple(one for one in offers if fits(one.finds, self._kind))
        if found != self._offers:
            self._offers = found
            self.menu.clear()
            for one in found:
                named = f"{one.title}   {one.shown}   ={one.key}".replace("&", "&&")
                action = self.menu.addAction(named)
                action.triggered.connect(partial(self.chosen.emit, one.key))
        self._show()

    def put(self, given: Any, *, wanted: bool) -> None:
        """Say where a figure given as JSON is taken from."""
        self._given, self._is_wanted = given, wanted
        self._show()

    def _show(self) -> None:
        self.button.setVisible(bool(self._offers))
        key = str(self._given[FROM]) if is_reference(self._given) else ""
        found = next((one for one in self._offers if one.key == key), None)
        text = ""
        if found is not None:
            colour, has_output = self._shell.theme.tokens.accent, OUTPUT in self._given
            text = f'<a style="color:{colour}" href="{escape(key)}">'
            text += f"{escape(found.title)}</a>"
            text += "" if has_output else f" {escape(found.shown)}"
        self.source.setText(text)
        self.source.setVisible(bool(text))
        self.setVisible(self._is_wanted and bool(self._offers))


def offers(
    case: Case, runs: Sequence[RunResult], taker: str, shell: Shell
) -> tuple[Offer, ...]:
    """Return what a run may take from the others: nothing that itself needs it."""
    names = run_names(case, shell.desk.methods, shell.words)
    uses = {one.run.key: {taken.run for taken in one.taken} for one in runs}
    return tuple(
        Offer(
            one.run.key,
            names.get(one.run.key, one.run.key),
            found_words(one.result, shell),
            one.method.finds,
        )
        for one in runs
        if one.result is not None and not _needs(one.run.key, taker, uses)
    )


def taken_at(found: RunResult, name: str) -> Taken | None:
    """Return what stands at a parameter if it is taken from another run."""
    return next((one for one in found.taken if one.where == name), None)


def _needs(run: str, other: str, uses: Mapping[str, set[str]]) -> bool:
    """Whether a run is another one or needs its result, by however many steps."""
    reached, ahead = set[str](), {run}
    while ahead:
        reached |= ahead
        ahead = {next_one for one in ahead for next_one in uses.get(one, ())} - reached
    return other in reached
