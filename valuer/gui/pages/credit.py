"""Credit (信用): the score and what will become of it, the ledger, the rules behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from valuer.agency.credit_events import Subject
from valuer.agency.credit_subjects import KnownSubject
from valuer.core.texts import N_
from valuer.gui.agency.credit_ledger import LedgerPanel
from valuer.gui.agency.credit_line_panel import LinePanel
from valuer.gui.agency.credit_pack_panel import PackPanel
from valuer.gui.agency.credit_procedure import ProcedurePanel
from valuer.gui.agency.credit_proposing import ProposalsPanel
from valuer.gui.agency.credit_readings_panel import ReadingsPanel
from valuer.gui.agency.credit_subject_form import SubjectForm
from valuer.gui.agency.credit_supposing import SupposingPanel
from valuer.gui.agency.credit_top import CreditHead, ScoreStrip
from valuer.gui.agency.credit_view import CreditView
from valuer.gui.headings import EmptyState
from valuer.gui.leaves import Leaf, Leaves
from valuer.gui.shell import Shell
from valuer.gui.why import Explains

LEAVES = (
    ("line", N_("Outlook"), LinePanel),
    ("ledger", N_("Ledger"), LedgerPanel),
    ("what_if", N_("What if"), SupposingPanel),
    ("readings", N_("Other readings"), ReadingsPanel),
    ("pack", N_("Rule pack"), PackPanel),
    ("proposals", N_("Proposals"), ProposalsPanel),
    ("procedure", N_("Procedure"), ProcedurePanel),
)
"""Key, marked name and panel of each leaf."""


class CreditPage(QWidget):
    """The score above, always in sight; Alt+1 … Alt+7 choose a leaf below it."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._proposed: Mapping[str, Any] | None = None
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.view = CreditView(shell, self)
        self.head = CreditHead(self.view, shell, self)
        self.entering = self.head.action("credit_enter", N_("Enter an event…"))
        self.entering.setProperty("part", "primary")
        self.entering.clicked.connect(self.enter)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.act)
        self._may_enter = shell.library.needs_writing(self.entering, shell.words)
        self.form = SubjectForm(shell, self)
        self.form.entered.connect(self.take_subject)
        self.form.removed.connect(self.remove_subject)
        self.head.new_wanted.connect(self._new)
        self.head.change_wanted.connect(self._change)
        self.strip = ScoreStrip(self.view, shell, self)
        self.strip.rule_wanted.connect(self.show_rule)
        self._lay_out()
        self.view.looked_up.connect(self._show)
        shell.ways.library_changed.connect(self.view.reload)
        self.leaves.go(0)

    def explain(self) -> None:
        """Tell of what is chosen on the leaf shown."""
        shown = self.leaves.current
        self._shell.why.tell(None)
        if isinstance(shown, Explains):
            shown.explain()

    def enter(self) -> None:
        """Open the form of a new event; first whom it is about, where that is open."""
        if self.view.subject is None:
            self._new()
            return
        self._ledger().enter({})

    def act(self) -> None:
        """Do what the button in full strength does: keep what a form holds, or enter."""
        shown = self.leaves.current
        if isinstance(shown, LedgerPanel) and shown.is_entering:
            shown.keeping.click()
        elif isinstance(shown, SupposingPanel) and shown.is_entering:
            shown.taking.click()
        else:
            self.entering.click()

    def enter_proposed(self, subject: Subject, given: Mapping[str, Any]) -> None:
        """Open the form with what the docket proposes; nothing is kept by itself."""
        self._proposed = given
        if any(one.subject == subject for one in self.view.subjects):
            self.view.choose(subject)
            self._enter_proposed()
        else:
            self.form.propose(subject)

    def show_rule(self, place: str) -> None:
        """Show a line of the rule pack."""
        panel = self.leaf("pack")
        if isinstance(panel, PackPanel):
            panel.show_place(place)

    def take_subject(self, known: KnownSubject) -> None:
        """Keep one that is scored, and show it."""
        with self._shell.notices.guard():
            self._shell.desk.credit.put_subject(known)
            self.form.hide()
            self.view.known = known
            self.view.reload()
            self._enter_proposed()

    def remove_subject(self, subject: Subject) -> None:
        """Take one off the list of whom there is no event."""
        with self._shell.notices.guard():
            self._shell.desk.credit.remove_subject(subject)
            self.form.hide()
            self.view.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.view.reload()

    def _enter_proposed(self) -> None:
        if self._proposed is not None:
            given, self._proposed = self._proposed, None
            self._ledger().enter(given)

    def _ledger(self) -> LedgerPanel:
        panel = self.leaf("ledger")
        if not isinstance(panel, LedgerPanel):
            raise TypeError
        return panel

    def _new(self) -> None:
        self._proposed = None
        self.form.ask(None)

    def _change(self) -> None:
        self._proposed = None
        self.form.ask(self.view.known)

    def _panel(self, make: Callable[..., QWidget], parent: QWidget) -> QWidget:
        panel = make(self.view, self._shell, parent)
        if isinstance(panel, LinePanel):
            panel.rule_wanted.connect(self.show_rule)
        if isinstance(panel, ProposalsPanel):
            panel.proposed.connect(self.enter_proposed)
        return panel

    def _show(self) -> None:
        """Show what there is, or what will stand here."""
        has_subject = self.view.subject is not None
        self._body.setCurrentIndex(int(not has_subject))
        self._may_enter.want(wanted=has_subject)
        self.entering.setVisible(has_subject)

    def _lay_out(self) -> None:
        empty = EmptyState(
            N_(
                "The credit score of the agency and of its agents will stand here, with"
                " every deduction behind it and how it goes on over the coming months."
            ),
            "credit_empty_new",
            N_("Enter the agency…"),
            self._shell.words,
            self,
        )
        empty.button.clicked.connect(self._new)
        self._shell.library.needs_writing(empty.button, self._shell.words)
        full = QWidget(self)
        leaves = [
            Leaf(key, title, partial(self._panel, made)) for key, title, made in LEAVES
        ]
        name = N_("Parts of the credit page")
        self.leaves = Leaves("credit_tabs", name, leaves, self._shell, full)
        self.leaves.shown.connect(self.explain)
        self.tabs, self.leaf = self.leaves.tabs, self.leaves.leaf
        inner = QVBoxLayout(full)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.strip)
        inner.addWidget(self.leaves, 1)
        self._body = QStackedLayout()
        self._body.addWidget(full)
        self._body.addWidget(empty)
        top = QVBoxLayout()
        top.setContentsMargins(16, 8, 16, 8)
        top.addWidget(self.head)
        top.addWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(self._body, 1)
