"""The result strip: what the case is worth, by which method, what is missing, saved or not."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from valuer.core.case import Case
from valuer.core.problems import Severity
from valuer.core.texts import N_, Message
from valuer.core.valuing import Valuation
from valuer.gui import formats
from valuer.gui.elided import ElidedLabel
from valuer.gui.fields import Choice
from valuer.gui.gate_watch import GateWatch
from valuer.gui.icons import icon
from valuer.gui.issue_table import SEVERITY_NAMES
from valuer.gui.open_case import OpenCase
from valuer.gui.rest import Typing
from valuer.gui.shell import Shell
from valuer.gui.valuations import Valuations
from valuer.gui.why import Explanation
from valuer.gui.words import Texts

NAMED = 3
"""The most methods that are named; their page lists them all."""


class ResultStrip(QFrame):
    """Stays in sight on every page of a case."""

    def __init__(
        self,
        open_case: OpenCase,
        valuations: Valuations,
        typing: Typing,
        shell: Shell,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._open_case, self._valuations, self._shell = open_case, valuations, shell
        self._typing = typing
        self.watch = GateWatch(valuations, shell, self)
        self.setProperty("part", "strip")
        self.name = ElidedLabel(self)
        self.name.setProperty("part", "heading")
        self.saved = self._muted()
        self.method = ElidedLabel(self)
        self.method.setProperty("part", "muted")
        self.gate = QToolButton(self)
        self.gate.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.gate.setIconSize(QSize(14, 14))
        self.gate.setProperty("part", "gate")
        self.gate.clicked.connect(self.explain)
        self.kind = self._muted()
        self.value = QLabel(self)
        self.value.setProperty("part", "value")
        self.value.setObjectName("strip_value")
        self.unit = Choice(shell.words, self)
        self.unit.committed.connect(self._choose_unit)
        texts = Texts(shell.words, self)
        hint = N_("Show the errors and warnings")
        texts.name(self.gate, "strip_gate", hint, hint)
        texts.name(self.unit, "strip_unit", N_("Unit in which money is shown"))
        self._offered = ("", "")
        self._lay_out()
        for signal in (
            shell.words.changed,
            shell.theme.changed,
            shell.scale.changed,
            open_case.changed,
            open_case.drafted,
            valuations.changed,
            typing.changed,
            self.watch.changed,
        ):
            signal.connect(self._show)
        self._show()

    def explain(self) -> None:
        """Say in the "why" panel what stands in the way."""
        order = list(Severity)
        parts = [
            (SEVERITY_NAMES[severity], wording)
            for severity, wording in sorted(
                self._standing_in_the_way(), key=lambda one: order.index(one[0])
            )
        ]
        title = N_("Errors and warnings") if parts else N_("Nothing stands in the way.")
        self._shell.why.setVisible(True)
        self._shell.why.tell(Explanation(title, parts))

    def _standing_in_the_way(self) -> list[tuple[Severity, Message]]:
        """Return what the gate finds, or what the valuation does while it is looked."""
        gate = self.watch.gate
        if gate is not None and self.watch.is_new:
            found = (*gate.errors, *gate.unanswered)
            return [(one.severity, one.message) for one in found]
        valuation = self._valuations.valuation
        issues = valuation.issues if valuation else ()
        return [(issue.severity, issue.wording) for issue in issues]

    def _muted(self) -> QLabel:
        label = QLabel(self)
        label.setProperty("part", "muted")
        return label

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.name)
        left.addWidget(self.saved)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.method)
        middle.addWidget(self.gate, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        layout.setSpacing(24)
        layout.addLayout(left, 1)
        layout.addLayout(middle)
        right = QHBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.kind)
        right.addWidget(self.value)
        right.addWidget(self.unit)
        layout.addLayout(right)

    def _choose_unit(self) -> None:
        self._shell.scale.choose(self.unit.value)

    def _show(self) -> None:
        words, case = self._shell.words, self._open_case.shown
        self.name.put(case.name or words.tell(N_("Case without a name")))
        self.saved.setText(words.tell(self._standing()))
        self._offer_units(case.currency)
        valuation = self._valuations.valuation
        self.method.put(_methods(valuation, case, self._shell))
        self._show_gate()
        amount, kind = _amount(valuation)
        self.kind.setText(words.tell(kind))
        shown = "—" if amount is None else formats.money(amount, self._shell.scale.size)
        self.value.setText(shown)

    def _standing(self) -> str:
        """Return whether what is shown is in the library."""
        open_case = self._open_case
        if self._typing.is_on or open_case.shown != open_case.case:
            return N_("Being typed")
        return N_("Saved") if open_case.is_saved else N_("Not saved")

    def _offer_units(self, currency: str) -> None:
        words = self._shell.words
        if self._offered != (currency, words.language):
            self._offered = (currency, words.language)
            names = [
                (size, formats.unit_name(words, currency, size))
                for size in formats.SCALES
            ]
            self.unit.offer(names)
        self.unit.put(self._shell.scale.size)

    def _show_gate(self) -> None:
        severities = [severity for severity, _ in self._standing_in_the_way()]
        errors = severities.count(Severity.ERROR)
        warnings = severities.count(Severity.WARNING)
        gate = self.watch.gate
        if gate is not None and not self.watch.is_new:
            # Being looked at anew: the number seen last stands until then.
            warnings = max(warnings, len(gate.unanswered))
        if errors:
            sign, part = "error", "bad"
        elif warnings:
            sign, part = "warning", "warn"
        else:
            sign, part = "good", "good"
        colour = getattr(self._shell.theme.tokens, part)
        self.gate.setIcon(icon(sign, colour))
        text = N_("Errors {errors}, warnings {warnings}")
        if gate is not None:
            text = N_("Errors {errors}, warnings without an answer {warnings}")
        self.gate.setText(
            self._shell.words.tell(text, errors=errors, warnings=warnings)
        )


def _amount(valuation: Valuation | None) -> tuple[Decimal | None, str]:
    """Return the figure that matters now, and what it is."""
    if valuation is None:
        return None, ""
    if valuation.conclusion is not None:
        return valuation.conclusion.value, N_("Conclusion")
    valued = [one.result for one in valuation.valuing if one.result is not None]
    if len(valued) == 1:
        return valued[0].amount, N_("Result of the method")
    return None, N_("Result of the method")


def _methods(valuation: Valuation | None, case: Case, shell: Shell) -> str:
    """Return the method whose result is adopted, else those that are applied."""
    if valuation is None or not valuation.valuing:
        return shell.words.tell(N_("No method chosen"))
    adopted = case.conclusion.run if case.conclusion else ""
    for one in valuation.valuing:
        if one.run.key == adopted:
            return shell.words.tell(one.method.title)
    titles = dict.fromkeys(one.method.title for one in valuation.valuing)
    names = [shell.words.tell(title) for title in titles]
    return formats.listed(names[:NAMED] + ["…"] * (len(names) > NAMED), shell.words)
