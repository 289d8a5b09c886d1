"""The row of filters above the docket: outcome, kind, agent, client, chosen cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from valuer.agency.statuses import OUTCOME_NAMES
from valuer.core.patents import KIND_NAMES
from valuer.core.texts import N_, Message
from valuer.gui.fields import Choice
from valuer.gui.icons import icon
from valuer.gui.search_choice import SearchChoice
from valuer.gui.shell import Shell
from valuer.gui.tokens import ROW
from valuer.gui.words import Texts


@dataclass(frozen=True, slots=True)
class Picked:
    """Cases that another page wants to be seen, under a title.

    Attributes:
        numbers: their application numbers or references; None: any.
        status: the status word they bear; "": any.
    """

    title: Message | str
    numbers: tuple[str, ...] | None = None
    status: str = ""


class DocketFilters(QWidget):
    """``changed`` follows each choice; "" stands for all agents, clients and so on."""

    changed = Signal()

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._texts = Texts(shell.words, self)
        self.picked: Picked | None = None
        self._offered: tuple[Sequence[str], Sequence[str]] | None = None
        self.outcome = Choice(shell.words, self)
        self.kind = Choice(shell.words, self)
        self.agent = SearchChoice(shell.words, self)
        self.client = SearchChoice(shell.words, self)
        self.outcome.offer([("", N_("All outcome classes")), *OUTCOME_NAMES.items()])
        self.kind.offer([("", N_("All kinds")), *KIND_NAMES.items()])
        self.offer((), ())
        self.chip = QToolButton(self)
        self.chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.chip.setProperty("part", "chip")
        self.chip.setFixedHeight(ROW - 2)
        self.chip.clicked.connect(self.unpick)
        self.clear_all = QToolButton(self)
        self.clear_all.clicked.connect(self.clear)
        self._lay_out()
        shell.words.changed.connect(self._show)
        shell.theme.changed.connect(self._show)
        self._show()

    @property
    def is_any(self) -> bool:
        """Whether anything is left out by a filter."""
        return self.picked is not None or any(one.value for one in self._choices)

    def offer(self, agents: Sequence[str], clients: Sequence[str]) -> None:
        """Offer the agents and the clients that the docket names."""
        if self._offered == (agents, clients):
            return
        self._offered = (agents, clients)
        for choice, every, names in (
            (self.agent, N_("All agents"), agents),
            (self.client, N_("All clients"), clients),
        ):
            kept = choice.value or ""
            choice.offer([("", every), *((name, name) for name in names)])
            choice.put(kept if kept in names else "")

    def pick(self, picked: Picked) -> None:
        """Show some cases only; the other filters are lifted."""
        self.picked = picked
        self._reset()

    def unpick(self) -> None:
        """Show the other cases again."""
        self.picked = None
        self._tell()

    def clear(self) -> None:
        """Lift every filter."""
        self.picked = None
        self._reset()

    @property
    def _choices(self) -> tuple[Choice, ...]:
        return (self.outcome, self.kind, self.agent, self.client)

    def _reset(self) -> None:
        for choice in self._choices:
            choice.put("")
        self._tell()

    def _lay_out(self) -> None:
        named = (
            (self.outcome, "docket_outcome", N_("Outcome class")),
            (self.kind, "docket_kind_wanted", N_("Kind of patent")),
            (self.agent, "docket_agent", N_("Signing agent or agent in charge")),
            (self.client, "docket_client_wanted", N_("Client of the agency")),
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for choice, key, name in named:
            self._texts.name(choice, key, name, name)
            choice.committed.connect(self._tell)
            choice.put("")
            layout.addWidget(choice)
        for choice in (self.agent, self.client):
            choice.setFixedWidth(150)
        text = N_("Lift the filters")
        self._texts.put(self.clear_all.setText, text)
        self._texts.name(self.clear_all, "docket_filters_clear", text)
        layout.addWidget(self.clear_all)
        layout.addWidget(self.chip)
        layout.addStretch(1)

    def _tell(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        words, picked = self._shell.words, self.picked
        self.clear_all.setVisible(any(one.value for one in self._choices))
        self.chip.setVisible(picked is not None)
        self.chip.setIcon(icon("close", self._shell.theme.tokens.muted))
        if picked is not None:
            self.chip.setText(words.tell(picked.title))
            name = words.tell(N_("Show the other cases again"))
            self.chip.setToolTip(name)
            self.chip.setObjectName("docket_chip")
            self.chip.setAccessibleName(name)
