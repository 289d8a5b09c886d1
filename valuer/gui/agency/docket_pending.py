"""What waits for an answer (待处理): questions of the docket and unknown status words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QIcon

from valuer.agency.docket import Case
from valuer.agency.docket_fields import FIELDS
from valuer.agency.docket_queue import REASON_NAMES, Question
from valuer.core.problems import Severity
from valuer.core.sources import source_words
from valuer.core.texts import N_, Message, message
from valuer.gui import formats
from valuer.gui.agency.docket_words import fact
from valuer.gui.icons import icon
from valuer.gui.notices import SIGNS
from valuer.gui.shell import Shell
from valuer.gui.tables import TableColumn
from valuer.gui.why import Explanation, Said
from valuer.gui.words import Words


@dataclass(frozen=True, slots=True)
class Pending:
    """One line of the queue: a question, or a status word that no list knows.

    Attributes:
        means: what the user said that the word means; such a line waits no more, and
            stands here to be changed.
    """

    question: Question | None = None
    word: str = ""
    cases: int = 0
    means: str = ""

    @property
    def about(self) -> str:
        """What it is about: the case, or the word."""
        if self.question is None:
            return self.word
        return self.question.came.number or self.question.came.reference

    @property
    def kind(self) -> str:
        """Why it waits, a marked text."""
        if self.means:
            return N_("Status word explained")
        if self.question is None:
            return N_("Unknown status word")
        return REASON_NAMES[self.question.reason]

    @property
    def severity(self) -> Severity:
        """How much hangs on it: cases are held back, or only not counted."""
        if self.means:
            return Severity.NOTE
        return Severity.WARNING if self.question is None else Severity.ERROR

    def wording(self) -> Message:
        """Return what is wrong and what to do."""
        if self.means:
            text = N_("It is read as “{means}”; that can be changed or taken back.")
            return message(text, means=self.means)
        if self.question is None:
            text = N_(
                "Cases with this status: {count}. Say which listed word it means."
            )
            return message(text, count=f"{self.cases:,}")
        issues = self.question.issues
        return issues[0].wording if issues else message(self.kind)


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact of both versions; "" where a version has none.

    Attributes:
        differs: there are two versions, and they tell different things.
    """

    label: str
    stands: str
    came: str
    differs: bool


def pending_columns(shell: Shell) -> tuple[TableColumn[Pending], ...]:
    """Return the columns of the queue."""
    words = shell.words

    def sign(row: Pending) -> QIcon:
        name, part = SIGNS[row.severity]
        return icon(name, getattr(shell.theme.tokens, part))

    def source(row: Pending) -> str:
        if row.question is None:
            return ""
        found = source_words(row.question.came.source)
        return "" if found is None else words.say(found)

    return (
        TableColumn(N_("Reason"), lambda r: words.tell(r.kind), width=190, sign=sign),
        TableColumn(N_("Case or word"), lambda r: r.about, width=140),
        TableColumn(N_("What to do"), lambda r: words.say(r.wording()), width=300),
        TableColumn(N_("Read from"), source, width=190),
    )


def differences(question: Question, words: Words) -> tuple[Difference, ...]:
    """Return the facts of both versions, those that differ first."""
    stands, found = question.stands, []
    for one in FIELDS:
        came = fact(question.came, one, words)
        before = "" if stands is None else fact(stands, one, words)
        if came or before:
            differs = stands is not None and came != before
            found.append(Difference(one.label, before, came, differs))
    return tuple(sorted(found, key=lambda one: not one.differs))


def explain_pending(row: Pending, words: Words) -> Explanation:
    """Return everything that is known of a line of the queue."""
    question = row.question
    if question is None:
        cases = f"{row.cases:,}" if row.cases else ""
        told: list[tuple[Said, Said]] = [
            (N_("Cases"), cases),
            (N_("What to do"), row.wording()),
        ]
        parts = [part for part in told if part[1]]
        return Explanation(row.word, parts)
    parts = [(N_("Reason"), row.kind)]
    parts += [(N_("What to do"), issue.wording) for issue in question.issues]
    parts += [
        (N_("Stands in the docket, read from"), _source(question.stands)),
        (N_("Came, read from"), _source(question.came)),
        (N_("Batch"), question.batch),
        (N_("Time"), formats.moment(question.asked_at)),
    ]
    return Explanation(row.about, [part for part in parts if part[1]])


def _source(case: Case | None) -> Said:
    return "" if case is None else source_words(case.source) or ""
