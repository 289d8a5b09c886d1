"""Events of the credit ledger (信用计分台账): what happened to an agency or an agent.

An event names its rule, its fact (entries about one fact share a ``fact_id``), the day
of the fact, of the decision and of the record, and what became of it: cured, repaired,
objected to. What contradicts itself is named and not reckoned with: every fault of a
ledger is an ``Issue``, so that a window can queue it and a command refuse it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from valuer.agency.credit_pack_checks import decimals_of
from valuer.agency.credit_packs import RulePack, SubjectKind
from valuer.core.canonical import from_plain
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.texts import N_, message

FIRST_DAY = date(1985, 4, 1)
"""The Patent Law took effect; nothing was recorded before."""

LAST_DAY = date(2999, 12, 31)
"""Later days are slips of the pen."""

MOST_EVENTS = 1000
"""No agency has more; a longer file is no ledger."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is scored."""

    kind: SubjectKind
    id: str


@dataclass(frozen=True, slots=True)
class Repair:
    """An application for credit repair (信用修复), and its decision when there is one."""

    applied_on: date
    decided_on: date | None = None
    granted: bool | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection (异议), and its decision when there is one."""

    filed_on: date | None = None
    decided_on: date | None = None
    upheld: bool | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the ledger.

    Attributes:
        points: of this entry as the notice has them; None where the rule gives them.
        cured_on: the day on which it was put right, as a removal from the list.
        published_on: the day on which it was made public, where that is known.
        cases: application numbers concerned.
        points_source: ``rule`` or ``manual``, where the ledger says it.
        evidence_files: digests of documents in the library.
    """

    rule_code: str
    fact_id: str
    fact_date: date
    decision_date: date
    recorded_date: date
    points: Decimal | None = None
    cured_on: date | None = None
    repair: Repair | None = None
    objection: Objection | None = None
    published_on: date | None = None
    document_no: str = ""
    authority: str = ""
    cases: tuple[str, ...] = ()
    points_source: str = ""
    evidence_files: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The events of one subject, and readings that differ from the pack's."""

    subject: Subject
    events: tuple[Event, ...] = ()
    readings: tuple[tuple[str, Any], ...] = ()


def ledger_of(plain: Any, name: str) -> tuple[Ledger, tuple[Issue, ...]]:
    """Return the ledger in plain JSON and the entries that cannot be read.

    An issue says where the entry stands; it is left out of the ledger.

    Raises:
        UserError: the file as a whole is no ledger.
    """
    if not isinstance(plain, dict):
        raise UserError(N_("{file} must hold one JSON object."), file=name)
    for key in plain:
        if key not in ("subject", "events", "readings"):
            raise UserError(N_("{where} is not a known field."), where=f"{name}.{key}")
    for key in ("subject", "events"):
        if key not in plain:
            text = N_("{where} is missing the field “{field}”.")
            raise UserError(text, where=name, field=key)
    subject = from_plain(plain["subject"], Subject, f"{name}.subject")
    if not subject.id.strip():
        text = N_("{where} must name the agency or the agent.")
        raise UserError(text, where=f"{name}.subject.id")
    given = from_plain(plain["events"], list, f"{name}.events")
    if len(given) > MOST_EVENTS:
        text = N_("{file} has {count} events; one ledger holds at most {most}.")
        raise UserError(text, file=name, count=len(given), most=MOST_EVENTS)
    events, issues = _read(given, name)
    chosen = plain.get("readings")
    readings = from_plain({} if chosen is None else chosen, dict, f"{name}.readings")
    return Ledger(subject, tuple(events), tuple(readings.items())), tuple(issues)


def checked(
    pack: RulePack, subject: Subject, events: Sequence[Event], name: str = "events"
) -> tuple[Issue, ...]:
    """Return what is wrong with events under a pack, each with its place."""
    rules = pack.rules(subject.kind)
    bonuses = {rule.code for rule in pack.bonuses(subject.kind)}
    issues: list[Issue] = []
    for number, event in enumerate(events):
        where = f"{name}[{number}]"
        if event.rule_code not in rules:
            text = N_("“{code}” is no rule for this subject in the pack {pack}.")
            issues.append(_error(where, text, code=event.rule_code[:40], pack=pack.id))
        elif event.rule_code in bonuses and (event.cured_on or event.repair):
            text = N_("{code} is a bonus; only deductions are cured or repaired.")
            issues.append(_error(where, text, code=event.rule_code))
        issues += _point_issues(pack, event, where)
        issues += _date_issues(event, where)
    issues += _repeated(events, name)
    return tuple(issues)


def distinct(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return each entry once, however often it stands in the ledger."""
    return tuple({_bare(one): one for one in reversed(events)}.values())[::-1]


def _read(given: list[Any], name: str) -> tuple[list[Event], list[Issue]]:
    events: list[Event] = []
    issues: list[Issue] = []
    for number, one in enumerate(given):
        where = f"{name}.events[{number}]"
        try:
            events.append(from_plain(_named_alike(one), Event, where))
        except UserError as error:
            issues.append(Issue(Severity.ERROR, error.wording, where=where))
    return events, issues


def _named_alike(plain: Any) -> Any:
    """Let an objection speak in other words, those of a repair among them."""
    if not isinstance(plain, dict) or not isinstance(plain.get("objection"), dict):
        return plain
    objection = {_ALIKE.get(key, key): one for key, one in plain["objection"].items()}
    return plain | {"objection": objection}


_ALIKE = {
    "applied_on": "filed_on",
    "raised_on": "filed_on",
    "submitted_on": "filed_on",
    "granted": "upheld",
    "accepted": "upheld",
    "sustained": "upheld",
}
"""Other words for the parts of an objection."""


def _point_issues(pack: RulePack, event: Event, where: str) -> Iterator[Issue]:
    if event.points_source not in ("", "rule", "manual"):
        text = N_("“{given}” is neither rule nor manual (points_source).")
        yield _error(where, text, given=event.points_source[:20])
    if event.points is None:
        if event.points_source == "manual":
            yield _error(
                where, N_("The points are to be typed in, but there are none.")
            )
        return
    if event.points < 0:
        text = N_("Points are given without a sign, not as {points}.")
        yield _error(where, text, points=event.points)
    if decimals_of(event.points) > pack.decimals:
        text = N_("Points have at most {most} decimals; these are {points}.")
        yield _error(where, text, most=pack.decimals, points=event.points)


def _date_issues(event: Event, where: str) -> Iterator[Issue]:
    if not event.fact_id.strip():
        yield _error(where, N_("The entry names no fact (fact_id)."))
    dates = _dates(event)
    for name, day in dates.items():
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            text = N_("{name} is {day}; it must lie between {first} and {last}.")
            yield _error(
                where, text, name=name, day=day, first=FIRST_DAY, last=LAST_DAY
            )
    for earlier, later in _IN_ORDER:
        first, second = dates[earlier], dates[later]
        if first is not None and second is not None and second < first:
            text = N_("{later} is {second}, before {earlier} on {first}.")
            values = {"later": later, "second": second}
            yield _error(where, text, **values, earlier=earlier, first=first)
    yield from _decision_issues(event, where)


_IN_ORDER = (
    ("fact_date", "decision_date"),
    ("fact_date", "recorded_date"),
    ("decision_date", "recorded_date"),
    ("decision_date", "cured_on"),
    ("recorded_date", "repair.applied_on"),
    ("repair.applied_on", "repair.decided_on"),
    ("decision_date", "objection.filed_on"),
    ("objection.filed_on", "objection.decided_on"),
)
"""Days of an event that come one after the other, or fall together."""


def _dates(event: Event) -> Mapping[str, date | None]:
    repair, objection = event.repair, event.objection
    return {
        "fact_date": event.fact_date,
        "decision_date": event.decision_date,
        "recorded_date": event.recorded_date,
        "published_on": event.published_on,
        "cured_on": event.cured_on,
        "repair.applied_on": repair.applied_on if repair else None,
        "repair.decided_on": repair.decided_on if repair else None,
        "objection.filed_on": objection.filed_on if objection else None,
        "objection.decided_on": objection.decided_on if objection else None,
    }


def _decision_issues(event: Event, where: str) -> Iterator[Issue]:
    """Yield where a decision has a day but no content, or content but no day."""
    decisions: list[tuple[str, date | None, bool | None]] = []
    if event.repair:
        decisions.append(("repair", event.repair.decided_on, event.repair.granted))
    if event.objection:
        objection = event.objection
        decisions.append(("objection", objection.decided_on, objection.upheld))
    for name, day, outcome in decisions:
        if day is None and outcome:
            text = N_("{name} is decided, but without the day (decided_on).")
            yield _error(where, text, name=name)
        if day is not None and outcome is None:
            text = N_("{name} was decided on {day}; it is not said how.")
            yield _error(where, text, name=name, day=day)


def _repeated(events: Sequence[Event], name: str) -> Iterator[Issue]:
    """Yield what stands twice, word for word but for note and evidence."""
    first: dict[Event, int] = {}
    for number, event in enumerate(events):
        before = first.setdefault(_bare(event), number)
        if before != number:
            text = N_("The entry is the same as entry {before}; it counts once.")
            wording = message(text, before=before + 1)
            yield Issue(Severity.WARNING, wording, where=f"{name}[{number}]")


def _bare(event: Event) -> Event:
    return replace(event, note="", evidence_files=())


def _error(where: str, text: str, **values: object) -> Issue:
    return Issue(Severity.ERROR, message(text, **values), where=where)
