"""Every field of a case (案卷字段): its name for people, and what kind of value it has.

One list for whoever needs the fields by name: the import and its mapping of columns, the
form in which a case is edited, the words for what a metric lacks. What a case has
several of is a field with fields of its own, named as in ``notices.made``. Some things
that lists tell are no field of a case but become one; they stand behind the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from valuer.agency.case_checks import DAY_NAMES
from valuer.agency.docket import AbnormalResult, InvalidationResult
from valuer.core.patents import KIND_NAMES
from valuer.core.texts import N_, Message, message


class Holds(StrEnum):
    """What kind of value a field holds, and so how it is read and edited."""

    NUMBER = "number"
    TEXT = "text"
    PEOPLE = "people"
    DAY = "day"
    COUNT = "count"
    ANSWER = "answer"
    CHOICE = "choice"
    STATUS = "status"
    ROWS = "rows"


class Group(StrEnum):
    """What a field is about; forms and dialogs show the fields in these groups."""

    CASE = "case"
    PEOPLE = "people"
    PROCEDURE = "procedure"
    TEXT = "text"
    PATENT = "patent"
    CARE = "care"


GROUP_NAMES = {
    Group.CASE: N_("Case"),
    Group.PEOPLE: N_("People"),
    Group.PROCEDURE: N_("Procedure"),
    Group.TEXT: N_("Text as filed"),
    Group.PATENT: N_("Patent and family"),
    Group.CARE: N_("Care and incidents"),
}

ABNORMAL_NAMES = {
    AbnormalResult.SUSPECTED: N_("Suspected"),
    AbnormalResult.EXPLAINED: N_("Explained"),
    AbnormalResult.WITHDRAWN: N_("Withdrawn after the notice"),
    AbnormalResult.REFUSED: N_("Refused for want of good faith"),
    AbnormalResult.REVIEW: N_("Under review"),
    AbnormalResult.CONFIRMED: N_("Confirmed as abnormal"),
    AbnormalResult.CLEARED: N_("Cleared"),
}

INVALIDATION_NAMES = {
    InvalidationResult.MAINTAINED: N_("Maintained in full"),
    InvalidationResult.PARTLY: N_("Maintained in part"),
    InvalidationResult.INVALID: N_("Declared wholly invalid"),
}

Choices = tuple[tuple[str, str], ...]
"""Words kept and their names for people."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a case.

    Attributes:
        key: name of the attribute of ``docket.Case`` (or of a row of it).
        label: what people call it.
        is_own: known to the agency alone; no register tells it.
        choices: what it may be, where it is one of few words.
        row: the fields of what a case has several of.
    """

    key: str
    label: str
    holds: Holds
    group: Group
    is_own: bool = False
    choices: Choices = ()
    row: tuple[Field, ...] = ()


def _part(key: str, label: str, holds: Holds, choices: Choices = ()) -> Field:
    return Field(key, label, holds, Group.PROCEDURE, choices=choices)


def _day(key: str) -> Field:
    return Field(key, DAY_NAMES[key], Holds.DAY, Group.PROCEDURE)


_NOTICE = (
    _part("name", N_("Name of the notice"), Holds.TEXT),
    _part("made", N_("Day of the notice"), Holds.DAY),
    _part("mailed", N_("Day it was sent"), Holds.DAY),
    _part("due", N_("Last day of the answer"), Holds.DAY),
    _part("answered", N_("Day of the answer"), Holds.DAY),
    _part("agent", N_("Answered by"), Holds.TEXT),
)
_DUE_DATE = (
    _part("due", N_("Due date"), Holds.DAY),
    _part("done", N_("Day it was done"), Holds.DAY),
    _part("lost", N_("Right lost over it"), Holds.ANSWER),
    _part("restored", N_("Day of restoration"), Holds.DAY),
    _part("agent", N_("In charge"), Holds.TEXT),
)
_ANNUITY = (
    _part("year", N_("Patent year"), Holds.COUNT),
    _part("due", N_("Last day of payment"), Holds.DAY),
    _part("paid", N_("Day of payment"), Holds.DAY),
)
_REEXAMINATION = (
    _part("closed", N_("Day of the decision"), Holds.DAY),
    _part("won", N_("The refusal fell"), Holds.ANSWER),
)
_INVALIDATION = (
    _part("decided", N_("Day of the decision"), Holds.DAY),
    _part(
        "result",
        N_("Result of the decision"),
        Holds.CHOICE,
        tuple((str(one), name) for one, name in INVALIDATION_NAMES.items()),
    ),
)
_DEALING = (
    _part("on", N_("Day it took effect"), Holds.DAY),
    _part("inside", N_("Within the owner's own group"), Holds.ANSWER),
)
_ABNORMAL = (
    _part("noticed", N_("Day of the notice"), Holds.DAY),
    _part(
        "result",
        N_("What came of it"),
        Holds.CHOICE,
        tuple((str(one), name) for one, name in ABNORMAL_NAMES.items()),
    ),
    _part("decided", N_("Day of the result"), Holds.DAY),
)
_COMPLAINT = (
    _part("made", N_("Day of the complaint"), Holds.DAY),
    _part("closed", N_("Day it was closed"), Holds.DAY),
)

FIELDS: tuple[Field, ...] = (
    Field("number", N_("Application number"), Holds.NUMBER, Group.CASE),
    Field("reference", N_("Our reference"), Holds.TEXT, Group.CASE, is_own=True),
    Field("title", N_("Title"), Holds.TEXT, Group.CASE),
    Field(
        "kind",
        N_("Kind of patent"),
        Holds.CHOICE,
        Group.CASE,
        choices=tuple((str(one), name) for one, name in KIND_NAMES.items()),
    ),
    Field("office", N_("Office"), Holds.TEXT, Group.CASE),
    Field("field", N_("Main IPC class"), Holds.TEXT, Group.CASE),
    Field("status", N_("Case status"), Holds.STATUS, Group.CASE),
    Field("client", N_("Client of the agency"), Holds.TEXT, Group.PEOPLE, is_own=True),
    Field("applicants", N_("Applicants"), Holds.PEOPLE, Group.PEOPLE),
    Field("applicant_type", N_("Type of applicant"), Holds.TEXT, Group.PEOPLE),
    Field("agents", N_("Signing agents"), Holds.PEOPLE, Group.PEOPLE),
    Field(
        "agent_licences",
        N_("Licence numbers of the signing agents"),
        Holds.PEOPLE,
        Group.PEOPLE,
    ),
    Field("handler", N_("Agent in charge"), Holds.TEXT, Group.PEOPLE, is_own=True),
    Field("drafter", N_("Drafted by"), Holds.TEXT, Group.PEOPLE, is_own=True),
    Field("reviewer", N_("Reviewed by"), Holds.TEXT, Group.PEOPLE, is_own=True),
    *map(_day, ("priority", "filed", "published", "exam_requested")),
    _day("exam_effective"),
    Field("notices", N_("Notices"), Holds.ROWS, Group.PROCEDURE, row=_NOTICE),
    *map(_day, ("allowed", "granted", "refused", "withdrawn", "deemed_withdrawn")),
    *map(_day, ("abandoned", "lapsed")),
    Field("restored", N_("Day of restoration"), Holds.DAY, Group.PROCEDURE),
    Field(
        "same_day",
        N_("Invention and utility model of one day"),
        Holds.ANSWER,
        Group.PROCEDURE,
    ),
    Field("claims", N_("Claims at filing"), Holds.COUNT, Group.TEXT),
    Field(
        "independent_claims",
        N_("Independent claims at filing"),
        Holds.COUNT,
        Group.TEXT,
    ),
    Field("claims_granted", N_("Claims at grant"), Holds.COUNT, Group.TEXT),
    Field(
        "claim_length",
        N_("Characters of the shortest independent claim, at filing"),
        Holds.COUNT,
        Group.TEXT,
    ),
    Field(
        "claim_length_granted",
        N_("Characters of the shortest independent claim, at grant"),
        Holds.COUNT,
        Group.TEXT,
    ),
    Field("pages", N_("Pages of the description"), Holds.COUNT, Group.TEXT),
    Field("embodiments", N_("Embodiments"), Holds.COUNT, Group.TEXT, is_own=True),
    Field(
        "family_countries",
        N_("Countries of the simple family"),
        Holds.COUNT,
        Group.PATENT,
    ),
    Field("pct", N_("Went on as PCT"), Holds.ANSWER, Group.PATENT),
    Field(
        "high_value",
        N_("High-value invention"),
        Holds.ANSWER,
        Group.PATENT,
        is_own=True,
    ),
    Field("in_use", N_("Used in a product sold"), Holds.ANSWER, Group.PATENT, True),
    Field("annuities", N_("Annual fees"), Holds.ROWS, Group.PATENT, row=_ANNUITY),
    Field(
        "reexaminations",
        N_("Re-examinations"),
        Holds.ROWS,
        Group.PATENT,
        row=_REEXAMINATION,
    ),
    Field(
        "invalidations",
        N_("Decisions on invalidity"),
        Holds.ROWS,
        Group.PATENT,
        row=_INVALIDATION,
    ),
    Field(
        "dealings",
        N_("Transfers, licences and pledges"),
        Holds.ROWS,
        Group.PATENT,
        row=_DEALING,
    ),
    Field(
        "instructed",
        N_("Let go on the client's instruction"),
        Holds.ANSWER,
        Group.CARE,
        is_own=True,
    ),
    Field("due_dates", N_("Due dates"), Holds.ROWS, Group.CARE, True, row=_DUE_DATE),
    Field("complaints", N_("Complaints"), Holds.ROWS, Group.CARE, True, row=_COMPLAINT),
    Field(
        "abnormal",
        N_("Findings of abnormal filing"),
        Holds.ROWS,
        Group.CARE,
        row=_ABNORMAL,
    ),
    Field("taken_over", N_("Taken over on"), Holds.DAY, Group.CARE, is_own=True),
    Field("handed_over", N_("Handed over on"), Holds.DAY, Group.CARE, is_own=True),
    Field("seen", N_("Known up to"), Holds.DAY, Group.PROCEDURE),
)
"""The fields of ``docket.Case`` in the order in which people look for them."""

_DATED = tuple(one for one in _NOTICE if one.key != "name")

TOLD: tuple[Field, ...] = (
    Field("status_on", N_("Day of the case status"), Holds.DAY, Group.PROCEDURE),
    Field("ended_on", N_("Day the right ended"), Holds.DAY, Group.PROCEDURE),
    Field(
        "office_actions",
        N_("Office actions"),
        Holds.ROWS,
        Group.PROCEDURE,
        row=_DATED,
    ),
    Field(
        "corrections",
        N_("Formality notices"),
        Holds.ROWS,
        Group.PROCEDURE,
        row=_DATED,
    ),
    Field(
        "action_count",
        N_("Number of office actions"),
        Holds.COUNT,
        Group.PROCEDURE,
    ),
    Field("publication", N_("Publication number"), Holds.TEXT, Group.CASE),
    Field(
        "announced",
        N_("Day of publication or of grant, as the document is"),
        Holds.DAY,
        Group.PROCEDURE,
    ),
    Field("family", N_("Members or countries of the family"), Holds.TEXT, Group.PATENT),
)
"""What columns may tell besides: days that the status places, notices of a kind."""


@cache
def field_of(key: str) -> Field | None:
    """Return a field by its key, as ``filed`` or ``notices.made``; None: none such."""
    name, _, part = key.partition(".")
    for one in (*FIELDS, *TOLD):
        if one.key == name:
            parts = (each for each in one.row if each.key == part)
            return next(parts, None) if part else one
    return None


@cache
def column_keys() -> tuple[str, ...]:
    """Return the keys of all that one column of a list may hold."""
    every = (*FIELDS, *TOLD)
    return tuple(
        key
        for one in every
        for key in ([f"{one.key}.{each.key}" for each in one.row] or [one.key])
    )


def label_of(key: str) -> Message:
    """Return what people call a field, as ``filed`` or ``notices.made``.

    A key that is no field is told as it stands.
    """
    name, _, part = key.partition(".")
    field, inner = field_of(name), field_of(key)
    if field is None or inner is None:
        return message(key)
    if not part:
        return message(field.label)
    text = N_("{field}: {part}")
    return message(text, field=message(field.label), part=message(inner.label))
