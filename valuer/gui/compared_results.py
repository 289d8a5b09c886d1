"""The results of all runs side by side: how far each lies above the lowest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from valuer.core.case import Case, Run
from valuer.core.concluding import Differences
from valuer.core.method import TOPIC_NAMES
from valuer.core.run_differences import run_names
from valuer.core.run_results import RunResult
from valuer.core.texts import N_, Message, message
from valuer.core.valuing import Valuation, valuing_runs
from valuer.gui import formats
from valuer.gui.icons import icon
from valuer.gui.shell import Shell
from valuer.gui.tables import RowTable, Table, TableColumn
from valuer.gui.tokens import ROW

SEEN = 8
"""The most runs in sight; more are scrolled to."""


@dataclass(frozen=True, slots=True)
class ComparedRun:
    """One run: what it is called, what it found, whether it is adopted."""

    name: Message
    run: Run
    approach: str
    amount: Decimal | None
    above: Decimal | None
    is_adopted: bool


class ComparedResults(Table):
    """Method, approach, value, difference to the lowest, weight and reason."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(
            "conclusion_results", N_("Results of the methods"), shell.words, parent
        )
        self._shell = shell
        self._currency = "CNY"
        self.lines = RowTable(self._columns(), shell.words, self)
        self.setModel(self.lines)
        self.fit(5, [column.width for column in self.lines.columns])
        shell.theme.changed.connect(self.lines.refresh)
        shell.scale.changed.connect(self._rename)

    def put(self, case: Case, valuation: Valuation | None) -> None:
        """Show the runs of a case, as far as they are valued."""
        names = run_names(case, self._shell.desk.methods)
        found = {one.run.key: one for one in valuation.runs} if valuation else {}
        apart = valuation.differences if valuation else None
        adopted = case.conclusion.run if case.conclusion else ""
        is_weighted = case.conclusion is not None and not adopted
        rows = [
            _compared(
                run if is_weighted else replace(run, weight=None),
                names[run.key],
                found.get(run.key),
                apart,
                adopted,
            )
            for run in valuing_runs(case, self._shell.desk.methods)
        ]
        self.lines.put(rows)
        self._currency = case.currency
        self._rename()
        self.setFixedHeight(ROW * (min(max(len(rows), 1), SEEN) + 1) + 4)

    def _rename(self) -> None:
        """Name the unit of the moment in the header."""
        self.lines.columns = tuple(self._columns())
        self.lines.refresh()

    def _columns(self) -> Sequence[TableColumn[ComparedRun]]:
        shell = self._shell
        words = shell.words
        unit = formats.unit_name(words, self._currency, shell.scale.size)

        def value(row: ComparedRun) -> str:
            if row.amount is None:
                return "—"
            return formats.money(row.amount, shell.scale.size)

        def sign(row: ComparedRun) -> QIcon:
            return icon("good", shell.theme.tokens.good) if row.is_adopted else QIcon()

        return (
            TableColumn(
                N_("Method"), lambda r: words.say(r.name), width=200, sign=sign
            ),
            TableColumn(N_("Approach"), lambda r: words.tell(r.approach), width=132),
            TableColumn(message(N_("Value ({unit})"), unit=unit), value, True, 140),
            TableColumn(
                N_("Above the lowest"), lambda r: share(r.above), True, width=120
            ),
            TableColumn(
                N_("Weight"),
                lambda r: "—" if r.run.weight is None else formats.rate(r.run.weight),
                is_number=True,
                width=72,
            ),
            TableColumn(N_("Reason"), lambda r: r.run.reason, width=160),
        )


def share(fraction: Decimal | None) -> str:
    """Return a fraction as a percentage of one decimal; a dash for none."""
    if fraction is None:
        return "—"
    return f"{formats.rounded(fraction * 100, 1)}%"


def _compared(
    run: Run,
    name: Message,
    found: RunResult | None,
    apart: Differences | None,
    adopted: str,
) -> ComparedRun:
    result = found.result if found else None
    approach = TOPIC_NAMES[found.method.topic] if found else ""
    amount = result.amount if result else None
    above = None
    if apart is not None and amount is not None and apart.low > 0:
        above = amount / apart.low - 1
    return ComparedRun(name, run, approach, amount, above, run.key == adopted)
