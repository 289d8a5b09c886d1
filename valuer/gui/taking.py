"""What a field may take from other runs of the case, and whence it took its figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
from valuer.core.working import Unit
from valuer.gui.run_list import found_words, run_names
from valuer.gui.shell import Shell
from valuer.gui.words import Texts
from valuer.gui.working_table import step_value


@dataclass(frozen=True, slots=True)
class Output:
    """A figure that a run tells beside its result.

    Attributes:
        name: as JSON calls it; ``title``: as people do; ``shown``: the figure.
        unit: what it is a number of; None where the method does not say.
    """

    name: str
    title: str
    shown: str
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class Offer:
    """What another run found.

    Attributes:
        title: what its method is called; ``shown``: its result with the unit.
        outputs: the figures it tells beside.
    """

    key: str
    title: str
    shown: str
    finds: Finds
    outputs: tuple[Output, ...] = ()


_FITTING = {
    Kind.MONEY: (Unit.MONEY,),
    Kind.RATE: (Unit.RATE, Unit.FACTOR),
    Kind.YEARS: (Unit.YEARS,),
    Kind.NUMBER: (*Unit, None),
}
"""The units of outputs that may stand for a figure of each kind."""


class TakeBar(QWidget):
    """Offers the runs whose result fits a figure; says which one it is taken from.

    ``taken`` carries the reference to what is taken, ``wanted`` the key of a run to
    open.
    """

    taken = Signal(object)
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
        """Offer the runs whose result fits, and outputs that do."""
        fitting = [
            replace(one, outputs=tuple(filter(self._fits, one.outputs)))
            for one in offers
        ]
        found = tuple(
            one for one in fitting if one.outputs or fits(one.finds, self._kind)
        )
        if found != self._offers:
            self._offers = found
            self.menu.clear()
            for one in found:
                self._list(one)
        self._show()

    def _fits(self, output: Output) -> bool:
        return output.unit in _FITTING.get(self._kind, ())

    def _list(self, one: Offer) -> None:
        """Put a run into the menu, its outputs into one below it."""
        if fits(one.finds, self._kind):
            named = f"{one.title}   {one.shown}   ={one.key}".replace("&", "&&")
            action = self.menu.addAction(named)
            action.triggered.connect(partial(self.taken.emit, {FROM: one.key}))
        if not one.outputs:
            return
        text = N_("{method}: figures told beside")
        title = self._shell.words.tell(text, method=one.title).replace("&", "&&")
        below = self.menu.addMenu(title)
        for output in one.outputs:
            given = f"={one.key}.{output.name}"
            named = f"{output.title}   {output.shown}   {given}".replace("&", "&&")
            action = below.addAction(named)
            reference = {FROM: one.key, OUTPUT: output.name}
            action.triggered.connect(partial(self.taken.emit, reference))

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
            colour = self._shell.theme.tokens.accent
            text = f'<a style="color:{colour}" href="{escape(key)}">'
            text += f"{escape(found.title)}</a>"
            text += f" {escape(self._figure(found))}"
        self.source.setText(text)
        self.source.setVisible(bool(text))
        self.setVisible(self._is_wanted and bool(self._offers))

    def _figure(self, found: Offer) -> str:
        """Return the figure taken from a run, with its name where it is an output."""
        name = self._given.get(OUTPUT)
        if not name:
            return found.shown
        known = (one for one in found.outputs if one.name == name)
        return next((f"{one.title} {one.shown}" for one in known), "")


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
            _outputs(one, shell),
        )
        for one in runs
        if one.result is not None and not _needs(one.run.key, taker, uses)
    )


def _outputs(found: RunResult, shell: Shell) -> tuple[Output, ...]:
    """Return the single figures that a run tells beside its result."""
    if found.result is None:
        return ()
    *before, last = found.result.working
    steps = {step.symbol: step for step in before}
    told = {name: steps.get(symbol) for name, symbol in found.method.tells}
    same = {name for name, symbol in found.method.tells if symbol == last.symbol}
    outputs = []
    for name, value in found.result.outputs.items():
        if (
            name in same
            or isinstance(value, bool)
            or not isinstance(value, int | float)
        ):
            continue
        step = told.get(name)
        if step is None:
            outputs.append(Output(name, name, f"{value:,.6g}", None))
            continue
        shown = step_value(value, step.unit, shell.scale.size)
        outputs.append(Output(name, shell.words.tell(step.label), shown, step.unit))
    return tuple(outputs)


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
