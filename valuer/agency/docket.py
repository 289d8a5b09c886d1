"""The docket (案卷): an agency's own cases, as frozen values.

A case has what the register and the agency's own books say of it. What no source told
is None; nothing is filled in. What became of the case is told by the register's status
word; without one, by its dates. A loss that can still be restored is no loss yet.

Source: 专利审查业务用语; 专利代理管理办法 art. 51 (signing, drafting, reviewing); the
fields are those of a filing-quality record: people, dates, notices, outcomes, text
counts, annuities, incidents.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from valuer.agency.notices import Notice
from valuer.agency.statuses import Cause, Outcome, StatusWord, status_word
from valuer.core.patents import PatentKind, Source


class AbnormalResult(StrEnum):
    """What came of a suspicion of abnormal filing (非正常专利申请)."""

    SUSPECTED = "suspected_notice"
    EXPLAINED = "explained"
    WITHDRAWN = "withdrawn_after_notice"
    REFUSED = "refused_art11"
    REVIEW = "review_pending"
    CONFIRMED = "confirmed"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Abnormal:
    """A notice of abnormal filing, and its result by now."""

    noticed: date | None
    result: AbnormalResult = AbnormalResult.SUSPECTED
    decided: date | None = None


@dataclass(frozen=True, slots=True)
class DueDate:
    """A date by which something was to be done for a case.

    Attributes:
        done: day it was done; ``lost``: the right was lost over it (权利丧失).
        restored: day the lost right was restored.
        agent: who was in charge; "" is the agent of the case.
    """

    due: date
    done: date | None = None
    lost: bool = False
    restored: date | None = None
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Annuity:
    """An annual fee: patent year, last day, day paid."""

    year: int
    due: date | None = None
    paid: date | None = None


@dataclass(frozen=True, slots=True)
class Reexamination:
    """A re-examination (复审) that was closed; ``won``: the refusal fell."""

    closed: date
    won: bool


class InvalidationResult(StrEnum):
    """What a decision on invalidity left of the patent."""

    MAINTAINED = "maintained"
    PARTLY = "partly"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Invalidation:
    """A decision on invalidity (无效宣告决定)."""

    decided: date
    result: InvalidationResult


@dataclass(frozen=True, slots=True)
class Dealing:
    """A transfer, licence or pledge; ``inside``: within the owner's own group."""

    on: date
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint about the work on a case."""

    made: date
    closed: date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One case of the docket.

    Attributes:
        number: application number without punctuation, as in ``CN201610895413X``.
        reference: the agency's own (我方文号).
        field: main IPC class; metrics go by its section.
        agents: signing agents (签名代理师) at filing, the first-named first.
        agent_licences: their licence numbers (工作证号) in the same order, "" where one
            is not known; () where none is.
        handler: agent in charge after filing; "": the first signing agent.
        drafter, reviewer: who wrote and who reviewed before filing.
        priority: the earliest day of priority claimed.
        exam_effective: day the request for examination took effect (实审生效).
        refused: day the refusal became final; the others, the day it happened.
        restored: day the last lost right was restored.
        instructed: the client gave the instruction to let the case go.
        claim_length: characters of the shortest independent claim, punctuation left out.
        pages: pages of the description.
        same_day: a utility model and an invention of one day claim the same.
        taken_over, handed_over: when the case came from, went to another agency.
        seen: the day up to which an old list tells of it; None: the day of the docket.
        status: the register's word; its meaning is ``status_word``.
        status_means: the listed word that the user said the status stands for; "": the
            status itself. It belongs to the docket as a whole, no list tells it.
        notices, …: None where no source told of any or of none.
    """

    number: str
    kind: PatentKind | None = None
    office: str = "CN"
    reference: str = ""
    title: str = ""
    client: str = ""
    applicants: tuple[str, ...] = ()
    applicant_type: str = ""
    field: str = ""
    agents: tuple[str, ...] = ()
    agent_licences: tuple[str, ...] = ()
    handler: str = ""
    drafter: str = ""
    reviewer: str = ""
    priority: date | None = None
    filed: date | None = None
    published: date | None = None
    exam_requested: date | None = None
    exam_effective: date | None = None
    notices: tuple[Notice, ...] | None = None
    due_dates: tuple[DueDate, ...] | None = None
    allowed: date | None = None
    granted: date | None = None
    refused: date | None = None
    withdrawn: date | None = None
    deemed_withdrawn: date | None = None
    abandoned: date | None = None
    lapsed: date | None = None
    restored: date | None = None
    instructed: bool | None = None
    claims: int | None = None
    independent_claims: int | None = None
    claims_granted: int | None = None
    claim_length: int | None = None
    claim_length_granted: int | None = None
    pages: int | None = None
    embodiments: int | None = None
    family_countries: int | None = None
    pct: bool | None = None
    high_value: bool | None = None
    in_use: bool | None = None
    annuities: tuple[Annuity, ...] | None = None
    reexaminations: tuple[Reexamination, ...] | None = None
    invalidations: tuple[Invalidation, ...] | None = None
    dealings: tuple[Dealing, ...] | None = None
    abnormal: tuple[Abnormal, ...] | None = None
    complaints: tuple[Complaint, ...] | None = None
    same_day: bool = False
    taken_over: date | None = None
    handed_over: date | None = None
    seen: date | None = None
    status: str = ""
    source: Source = Source()
    status_means: str = ""

    @property
    def standing(self) -> StatusWord | None:
        """What the status word tells; without a word, what the dates tell.

        None: a word stands there and tells no outcome.
        """
        if self.status:
            found = status_word(self.status_means or self.status)
            return found if found and found.outcome else None
        return StatusWord("", self._by_dates(), "dates", self.granted is not None)

    @property
    def outcome(self) -> Outcome:
        """What became of the case; ``UNKNOWN`` where its word tells nothing."""
        found = self.standing
        if found is None or found.outcome is None:
            return Outcome.UNKNOWN
        return Outcome.EXCLUDED if self._is_given_up_for_pair(found) else found.outcome

    @property
    def cause(self) -> Cause:
        """Why it was lost, ended or left out."""
        found = self.standing
        if found is None:
            return Cause.NONE
        if self._is_given_up_for_pair(found):
            return Cause.SAME_INVENTION
        return found.cause

    @property
    def is_granted(self) -> bool:
        """Whether it was ever granted."""
        found = self.standing
        return self.granted is not None or (found is not None and found.granted)

    @property
    def has_ended_by_date(self) -> bool:
        """Whether any day of a grant or of a loss stands there."""
        ends = (self.granted, self.refused, self.withdrawn, self.deemed_withdrawn)
        return any((*ends, self.abandoned, self.lapsed))

    def _is_given_up_for_pair(self, found: StatusWord) -> bool:
        """Whether the utility model of a pair was given up for the invention."""
        if not self.same_day or self.kind is not PatentKind.UTILITY_MODEL:
            return False
        return found.outcome is Outcome.ENDED and found.cause is Cause.GIVEN_UP

    def _by_dates(self) -> Outcome:
        """Tell the outcome where no status word stands: by the last thing that was."""
        lost = (
            (self.lapsed, Outcome.ENDED),
            (self.refused, Outcome.REFUSED),
            (self.withdrawn, Outcome.WITHDRAWN),
            (self.deemed_withdrawn, Outcome.DEEMED_WITHDRAWN),
            (self.abandoned, Outcome.DEEMED_ABANDONED),
        )
        for day, outcome in lost:
            if day and not (self.restored and self.restored >= day):
                return outcome
        if self.granted:
            return Outcome.IN_FORCE
        if self.allowed:
            return Outcome.ALLOWED
        begun = self.exam_effective or self.exam_requested
        if begun:
            return Outcome.PENDING_SUBSTANTIVE
        return Outcome.PENDING_PUBLICATION if self.published else Outcome.PENDING_FORMAL
