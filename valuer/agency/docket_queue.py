"""The queue (待处理) of the docket: what a list says and the program may not decide.

A question holds both versions, the case as it stands and as it came, with the file and
row that it came from. Nothing changes until someone says which holds; the answer bears
a name and a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from valuer.agency.docket import Case
from valuer.core.problems import Issue
from valuer.core.texts import N_


class Reason(StrEnum):
    """Why a list was not simply followed. The words are stored, so they stay."""

    STATUS_BACK = "status_back"
    CONTRADICTION = "contradiction"
    DUPLICATE = "duplicate"
    SEVERAL = "several"
    OWN_WORK = "own_work"


class Choice(StrEnum):
    """Which version holds. The words are stored, so they stay."""

    KEEP = "keep"
    TAKE = "take"


REASON_NAMES = {
    Reason.STATUS_BACK: N_("Status goes back"),
    Reason.CONTRADICTION: N_("Contradicts itself"),
    Reason.DUPLICATE: N_("Twice in one list, in different words"),
    Reason.SEVERAL: N_("Several cases bear this reference"),
    Reason.OWN_WORK: N_("Differs from what was entered by hand"),
}

CHOICE_NAMES = {
    Choice.KEEP: N_("Keep what stands"),
    Choice.TAKE: N_("Take what came"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        id: its number in the library; ``batch``: the import that raised it.
        issues: what is wrong, in words.
        stands: the case as the docket has it; None: it has none of that name.
        came: the case as the list tells it; its source says file, sheet and row.
        asked_at: when it came up.
    """

    id: int
    batch: str
    reason: Reason
    issues: tuple[Issue, ...]
    stands: Case | None
    came: Case
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to a question, by whom and when."""

    question: Question
    choice: Choice
    author: str
    at: datetime
