"""The form of the conclusion: selection or weighting, unit, range, analysis, ground.

Only what has a say is shown: weights where all results are weighted, the two ends of
a range where the contract asks for one, the ground where one method alone is applied.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from valuer.core.case import (
    ONE_METHOD_GROUND_NAMES,
    Case,
    Conclusion,
    OneMethodGround,
    Run,
)
from valuer.core.case_names import CONCLUSION_NAMES, RANGE_NAME
from valuer.core.problems import Issue, Severity
from valuer.core.run_differences import run_names
from valuer.core.texts import N_
from valuer.core.valuing import valuing_runs
from valuer.gui import formats
from valuer.gui.case_form import LABELS
from valuer.gui.closing import Closing
from valuer.gui.fields import Choice, Entry, Lines
from valuer.gui.money import read_money
from valuer.gui.rows import Rows
from valuer.gui.shell import Shell
from valuer.gui.weight_fields import WeightFields

UNITS = tuple(Decimal(10) ** power for power in range(6))
"""What the final figure may be rounded to."""

_GROUNDS = tuple(
    (ground, name)
    for ground, name in ONE_METHOD_GROUND_NAMES.items()
    if ground is not OneMethodGround.IN_WORDS
)
_YES_NO = ((False, N_("No")), (True, N_("Yes")))
_WAYS = (
    (False, N_("One result is selected")),
    (True, N_("All results are weighted")),
)

_PLACES = {
    "conclusion.run": "run",
    "conclusion.unit": "unit",
    "range_agreed": "range",
    "conclusion.low": "low",
    "conclusion.high": "high",
    "conclusion": "low",
    "conclusion.analysis": "analysis",
    "conclusion.ground_kind": "ground_kind",
    "conclusion.ground": "ground",
    "runs": "weights",
}
"""Where each issue is shown."""


class ConclusionForm(QWidget):
    """Rows for the conclusion of a case; ``committed`` follows each change."""

    committed = Signal()

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        words = shell.words
        self._is_shown = False
        self._rows = Rows(words, shell.theme, self, LABELS)
        self.way, self.run, self.unit = (Choice(words, self) for _ in range(3))
        self.weights = WeightFields(shell, self)
        self.range, self.ground_kind = Choice(words, self), Choice(words, self)
        self.low, self.high = self._amount(), self._amount()
        self._units = (QLabel(self), QLabel(self))
        self._currency, self._roundings = "CNY", list(UNITS)
        self.analysis, self.ground = Lines(3, self), Lines(2, self)
        self.way.offer(_WAYS)
        self.range.offer(_YES_NO)
        self._add_rows()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._rows)
        self._closing = Closing(shell.library, self)
        for signal in (shell.scale.changed, words.changed):
            signal.connect(self._refresh)

    def put(self, case: Case) -> None:
        """Show the conclusion of a case, if it has one."""
        found = case.conclusion or Conclusion()
        self._is_shown = True
        names = run_names(case, self._shell.desk.methods)
        keys = [run.key for run in self._valuing(case)]
        self.run.offer([(key, names[key]) for key in keys])
        self.run.put(found.run or (keys[0] if keys else None))
        self.way.put(not found.run and len(keys) > 1)
        self._currency = case.currency
        self._offer(found)
        self.range.put(case.range_agreed)
        self.low.put(found.low)
        self.high.put(found.high)
        self.analysis.put(found.analysis)
        self.ground_kind.put(found.ground_kind)
        self.ground.put(found.ground)
        self.weights.put(case)
        self._is_shown = False
        self._want(case, found)
        self._closing.follow()

    def written(self, case: Case) -> Case:
        """Return the case with what is typed here."""
        if case.conclusion is None:
            return case
        is_ranged = bool(self.range.value)
        keys = [run.key for run in self._valuing(case)]
        adopted = self.run.value or (keys[0] if keys else "")
        conclusion = replace(
            case.conclusion,
            run="" if self.way.value else adopted,
            unit=self.unit.value or case.conclusion.unit,
            low=self._end(self.low, case.conclusion.low) if is_ranged else None,
            high=self._end(self.high, case.conclusion.high) if is_ranged else None,
            analysis=self.analysis.value,
            ground_kind=self.ground_kind.value,
            ground=self.ground.value,
        )
        runs = self.weights.runs() if self.way.value else case.runs
        return replace(case, runs=runs, range_agreed=is_ranged, conclusion=conclusion)

    def tell(self, issues: Iterable[Issue]) -> None:
        """Show each issue at the field it is about."""
        found: dict[str, Issue] = {}
        wrong = {}
        for issue in issues:
            place = _PLACES.get(issue.where)
            key, _, name = issue.where.rpartition(".")
            if place is None and name in ("weight", "reason"):
                place, wrong[key] = "weights", name == "weight"
            if place is not None:
                found.setdefault(place, issue)
        self.weights.tell(wrong)
        for row in self._rows.rows():
            one = found.get(row.key.removeprefix("conclusion_"))
            row.tell(
                one.wording if one else None, one.severity if one else Severity.ERROR
            )

    def _add_rows(self) -> None:
        names = CONCLUSION_NAMES
        self._add("way", N_("How it is concluded"), self.way)
        self._add("run", names["run"], self.run)
        self._add(
            "weights",
            N_("Weights"),
            self.weights,
            N_("The weights add to 100%; each needs its reason."),
            wide=True,
        )
        self._add(
            "unit",
            names["unit"],
            self.unit,
            N_("The final figure is a multiple of this amount, halves up."),
        )
        self._add(
            "range",
            RANGE_NAME,
            self.range,
            N_("Without it the conclusion is one figure; percentiles are no range."),
        )
        ends = (self.low, self.high)
        for key, entry, unit in zip(("low", "high"), ends, self._units, strict=True):
            self._rows.add(
                f"conclusion_{key}", names[key], self._beside(entry, unit), named=entry
            )
            entry.committed.connect(self._commit)
        self._add(
            "analysis",
            names["analysis"],
            self.analysis,
            N_("What makes the results differ, and why this one is adopted."),
            wide=True,
        )
        self._add(
            "ground_kind",
            names["ground_kind"],
            self.ground_kind,
            N_(
                "Asset Appraisal Law, art. 26. That the house itself lacks means or"
                " data is no ground."
            ),
        )
        self._add(
            "ground",
            names["ground"],
            self.ground,
            N_("Why this ground holds here."),
            wide=True,
        )

    def _add(
        self, key: str, label: str, field: Any, text: str = "", *, wide: bool = False
    ) -> None:
        self._rows.add(f"conclusion_{key}", label, field, text, wide=wide)
        field.committed.connect(self._commit)

    def _valuing(self, case: Case) -> tuple[Run, ...]:
        return valuing_runs(case, self._shell.desk.methods)

    def _want(self, case: Case, found: Conclusion) -> None:
        """Show the rows that have a say."""
        is_weighted = bool(self.way.value)
        is_alone = len({run.method for run in self._valuing(case)}) < 2
        has_ground = bool(found.ground or found.ground_kind)
        wanted = {
            "way": len(self._valuing(case)) > 1,
            "run": not is_weighted,
            "weights": is_weighted,
            "low": case.range_agreed or found.low is not None,
            "high": case.range_agreed or found.high is not None,
            "ground_kind": is_alone or has_ground,
            "ground": is_alone or has_ground,
        }
        for key, is_wanted in wanted.items():
            self._rows.row(f"conclusion_{key}").want(wanted=is_wanted)

    def _offer(self, found: Conclusion) -> None:
        """Offer what may be chosen, and what stands there from before."""
        self._roundings = sorted({*UNITS, found.unit})
        self._refresh()
        self.unit.put(found.unit)
        former = OneMethodGround.IN_WORDS
        grounds: list[tuple[OneMethodGround, str]] = list(_GROUNDS)
        if found.ground_kind is former:
            grounds.append((former, ONE_METHOD_GROUND_NAMES[former]))
        self.ground_kind.offer(grounds)

    def _amount(self) -> Entry:
        scale = self._shell.scale

        def read(text: str) -> Decimal | None:
            return read_money(text, scale.size)

        def show(amount: Decimal) -> str:
            return formats.money_typed(amount, scale.size)

        entry = Entry(read, show, self)
        entry.setFixedWidth(140)
        return entry

    def _beside(self, entry: Entry, unit: QLabel) -> QWidget:
        """Return a field with the unit at its end."""
        field = QWidget(self)
        layout = QHBoxLayout(field)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(entry)
        layout.addWidget(unit)
        return field

    def _end(self, entry: Entry, former: Decimal | None) -> Decimal | None:
        value: Decimal | None = entry.value if entry.is_readable else former
        return value

    def _refresh(self) -> None:
        """Show amounts anew, in the unit and the language of the moment."""
        words, size = self._shell.words, self._shell.scale.size
        currency = self._currency
        self.unit.offer(
            [(one, formats.whole(one, currency, words)) for one in self._roundings]
        )
        for entry, unit in zip((self.low, self.high), self._units, strict=True):
            entry.refresh()
            unit.setText(formats.unit_name(words, currency, size))

    def _commit(self) -> None:
        if not self._is_shown:
            self.committed.emit()
