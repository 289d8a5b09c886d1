"""The picture of its source beside a table that was pasted from a terminal.

Figures copied from a terminal cannot be looked up again by the reader; a screenshot,
kept under its SHA-256, shows where they stood. It is evidence about that table.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QVBoxLayout

from valuer.core.case import Case
from valuer.core.engagement import Evidence, EvidenceKind
from valuer.core.problems import Severity
from valuer.core.texts import N_, message
from valuer.gui.case_tools import CaseTools
from valuer.gui.evidence_taking import EvidenceTaking
from valuer.gui.forms import ParamsForm
from valuer.gui.notices import Offer
from valuer.gui.table_field import TableField
from valuer.gui.words import Words


class SourcePictures(QObject):
    """Offers the pictures for the pasted tables of one run, and tells those kept."""

    def __init__(self, form: ParamsForm, run: str, tools: CaseTools) -> None:
        super().__init__(form)
        self._beside = {
            name: SourcePicture(table, f"runs.{run}.{name}", tools)
            for name, table in form.pasted_tables().items()
        }
        form.pasted.connect(self._offer)

    def _offer(self, name: str, count: int) -> None:
        self._beside[name].offer(count)


class SourcePicture(QObject):
    """The button of one table, and below it what is kept of its source."""

    def __init__(self, table: TableField, about: str, tools: CaseTools) -> None:
        super().__init__(table)
        self._tools, self._about = tools, about
        self.taking = EvidenceTaking(tools, table, about, EvidenceKind.PRICE)
        self.line = QLabel(table)
        self.line.setWordWrap(True)
        self.line.setProperty("part", "muted")
        self.line.setObjectName(f"{table.grid.objectName()}_pictures")
        table.offer(
            N_("Picture of the source…"),
            (
                (partial(_told, N_("Paste from the clipboard")), self.taking.paste),
                (partial(_told, N_("Choose a file…")), self.taking.choose_picture),
            ),
        )
        layout = table.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.indexOf(table.line), self.line)
        tools.open_case.changed.connect(self._show)
        tools.shell.words.changed.connect(self._follow)
        self._follow()

    def offer(self, count: int) -> None:
        """Ask for the picture of what was pasted just now, where none is kept."""
        if self._kept(self._tools.open_case.case):
            return
        text = N_(
            "{count} companies were pasted. Keep the picture of their source beside"
            " them: copy a screenshot of the terminal, or choose its file."
        )
        offers = (
            Offer("paste_picture", N_("Paste the screenshot"), self.taking.paste),
            Offer("choose_picture", N_("Choose the file…"), self.taking.choose_picture),
        )
        notices = self._tools.shell.notices
        notices.tell(message(text, count=count), Severity.NOTE, offers)

    def _follow(self) -> None:
        self._show(self._tools.open_case.case)

    def _show(self, case: Case) -> None:
        """Tell which pictures are kept."""
        words, text = self._tools.shell.words, N_("{name} (SHA-256 {digest}…)")
        kept = tuple(
            message(text, name=one.name, digest=one.digest[:12])
            for one in self._kept(case)
        )
        told = message(N_("Source: {documents}"), documents=kept)
        self.line.setText(words.say(told) if kept else "")
        self.line.setVisible(bool(kept))

    def _kept(self, case: Case) -> list[Evidence]:
        return [one for one in case.evidence if one.about == self._about]


def _told(text: str, words: Words) -> str:
    return words.tell(text)
