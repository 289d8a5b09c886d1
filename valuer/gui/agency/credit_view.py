"""Whose score the credit page shows, as of which day, and what comes of the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal

from valuer.agency.credit_events import FIRST_DAY, LAST_DAY, Subject
from valuer.agency.credit_open import OpenRule, open_rules
from valuer.agency.credit_packs import RulePack
from valuer.agency.credit_subjects import KnownSubject
from valuer.core.problems import UserError
from valuer.core.texts import N_, message
from valuer.gui.credit_desk import Basis, Reckoned, reckon, with_others
from valuer.gui.shell import Shell


class CreditView(QObject):
    """Parts of the page read it and follow its signals.

    ``looked_up`` tells that subjects, ledger and rules were read anew, ``reckoned``
    that the score made of them is there, ``left`` that it is another library's now.
    """

    left = Signal()
    looked_up = Signal()
    reckoned = Signal()

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self.subjects: tuple[KnownSubject, ...] = ()
        self.known: KnownSubject | None = None
        self.as_of: date = shell.desk.credit.today()
        self.basis: Basis | None = None
        self.found: Reckoned | None = None
        self._path = shell.desk.library.path

    @property
    def subject(self) -> Subject | None:
        """Who is shown, or None where nobody was entered."""
        return None if self.known is None else self.known.subject

    @property
    def pack(self) -> RulePack | None:
        """The rules in force on the day."""
        return None if self.basis is None else self.basis.pack

    @property
    def open_rules(self) -> tuple[OpenRule, ...]:
        """What keeps the score from being official."""
        found = self.found
        if found is None or found.score is None:
            return ()
        return open_rules(found.basis.pack, found.score, found.chosen)

    def choose(self, subject: Subject) -> None:
        """Show another one."""
        if subject != self.subject:
            self.known = KnownSubject(subject)
            self.reload()

    def look_at(self, day: date) -> None:
        """Show another day; one that lies in no rules leaves the day as it is."""
        if day == self.as_of:
            return
        with self._shell.notices.guard(self.looked_up.emit):
            if not FIRST_DAY <= day <= LAST_DAY:
                text = N_(
                    "The day must lie between {first} and {last}; {day} does not."
                )
                raise UserError(text, first=FIRST_DAY, last=LAST_DAY, day=day)
            self._shell.desk.credit.pack(day)
            self.as_of = day
            self.reload()

    def reload(self) -> None:
        """Read everything anew and reckon."""
        if self._path != self._shell.desk.library.path:
            self._path = self._shell.desk.library.path
            self.known = self.found = None
            self.left.emit()
        credit, wanted = self._shell.desk.credit, self.subject
        self.basis = None
        with self._shell.notices.guard():
            self.subjects = credit.subjects()
            named = (one for one in self.subjects if one.subject == wanted)
            self.known = next(named, None) or next(iter(self.subjects), None)
            if self.known is not None:
                self.basis = credit.basis(self.known.subject, self.as_of)
        if self.basis is None or self._is_another(self.basis):
            self.found = None
        self.looked_up.emit()
        self._reckon()

    def _is_another(self, basis: Basis) -> bool:
        return self.found is not None and self.found.basis.subject != basis.subject

    def _reckon(self) -> None:
        basis, found = self.basis, self.found
        if basis is None or (found is not None and found.basis == basis):
            self.basis = None if found is None else found.basis
            self.reckoned.emit()
            return

        def done(found: Reckoned) -> None:
            if self.basis is basis:
                self.found = found
                self.reckoned.emit()
                if found.score is not None and found.others is None:
                    self._start(lambda: with_others(found), done)

        self._start(lambda: reckon(basis), done)

    def _start(
        self, work: Callable[[], Reckoned], done: Callable[[Reckoned], None]
    ) -> None:
        self._shell.tasks.start(
            lambda _: work(),
            done,
            self._shell.notices.refuse,
            owner=self,
            title=message(N_("Reckoning the credit score")),
        )
