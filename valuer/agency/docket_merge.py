"""What a list tells of a case that is known already, joined with what is known.

Newer goes over older, a blank never over a fact, lists of events are united. Where a
list says what cannot follow from what stands (a status that goes back, days that
contradict each other, another filing day), nothing is joined: the case stays as it
stands, and the issues say why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from operator import attrgetter
from typing import Any, TypeVar

from valuer.agency.case_checks import DAY_NAMES, case_issues, status_issues
from valuer.agency.docket import AbnormalResult, Case
from valuer.agency.docket_fields import label_of
from valuer.agency.docket_queue import Reason
from valuer.agency.statuses import plain_word
from valuer.core.patents import KIND_NAMES
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_, Message, message

T = TypeVar("T")

EVENTS: Mapping[str, Callable[[Any], object]] = {
    "notices": lambda one: (plain_word(one.name), one.on),
    "due_dates": lambda one: (one.due, one.agent),
    "annuities": lambda one: one.year,
    "reexaminations": lambda one: one.closed,
    "invalidations": lambda one: one.decided,
    "dealings": lambda one: one.on,
    "abnormal": lambda one: one.noticed,
    "complaints": lambda one: one.made,
}
"""What a case has several of, and what tells one from another."""

FACTS = tuple(
    one.name for one in fields(Case) if one.name not in ("source", "status_means")
)
"""What a case is, whichever list said so."""

_BLANK: Mapping[str, object] = {
    "same_day": False,
    "lost": False,
    "inside": False,
    "result": AbnormalResult.SUSPECTED,
}
"""What says nothing in a field, besides None and an empty text or list."""

_facts = attrgetter(*FACTS)
_NEVER_CHANGES = ("kind", "filed")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why what came was not joined with what stands."""

    reason: Reason
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """The case as it is now; with a doubt it is what stood."""

    case: Case
    doubt: Doubt | None = None


def joined(stands: Case, came: Case, as_of: date) -> Merged:
    """Join what a list tells with what stands, or tell why it may not be."""
    if not has_other_facts(came, stands):
        return Merged(stands)
    other = _other_case(stands, came)
    if other:
        return Merged(stands, Doubt(Reason.CONTRADICTION, other))
    goes_back = status_issues(stands, came) if came.status else ()
    if goes_back:
        return Merged(stands, Doubt(Reason.STATUS_BACK, goes_back))
    both = _both(stands, came, came_holds=not _is_older(came, stands))
    known = errors(stands, as_of)
    wrong = tuple(one for one in errors(both, as_of) if one not in known)
    if wrong:
        return Merged(stands, Doubt(Reason.CONTRADICTION, wrong))
    return Merged(both if has_other_facts(both, stands) else stands)


def taken(stands: Case, came: Case) -> Case:
    """Return both as one case; where they differ, what came holds."""
    return _both(stands, came, came_holds=True)


def is_blank(name: str, value: object) -> bool:
    """Whether a field says nothing."""
    if value is None or value == "" or (value == () and name not in EVENTS):
        return True
    return name in _BLANK and value == _BLANK[name]


def errors(case: Case, as_of: date) -> tuple[Issue, ...]:
    """Return what contradicts itself within a case; an unknown word does not."""
    issues = case_issues(case, as_of)
    return tuple(one for one in issues if one.severity is Severity.ERROR)


def has_other_facts(one: Case, other: Case) -> bool:
    """Whether two versions of a case differ, whichever list told them."""
    return bool(_facts(one) != _facts(other))


def says_nothing_new(came: Case, stands: Case) -> bool:
    """Whether a list tells nothing that does not stand already."""
    return not has_other_facts(taken(stands, came), stands)


def agree(first: Case, second: Case) -> bool:
    """Whether no fact that both tell is told differently."""
    return all(
        is_blank(name, getattr(first, name)) for name in differing(first, second)
    )


def facts_of(case: Case) -> tuple[Any, ...]:
    """Return what a case is, in the order of ``FACTS``."""
    told: tuple[Any, ...] = _facts(case)
    return told


def _both(stands: Case, came: Case, *, came_holds: bool) -> Case:
    facts = [
        _one_fact(name, old, new, came_holds=came_holds)
        for name, old, new in zip(FACTS, _facts(stands), _facts(came), strict=True)
    ]
    licences = FACTS.index("agent_licences")
    if came.agents and came.agents != stands.agents:
        # The licences are those of the agents beside them.
        holding = came if facts[FACTS.index("agents")] == came.agents else stands
        facts[licences] = holding.agent_licences
    facts[FACTS.index("seen")] = _seen(stands, came)
    facts += [came.source if came_holds else stands.source, stands.status_means]
    return Case(*facts)


def _seen(stands: Case, came: Case) -> date | None:
    """Return up to which day the status is vouched for; None, to this day, is latest."""
    days = [one.seen for one in (stands, came) if one.status]
    told = [day for day in days if day is not None]
    return max(told) if told and len(told) == len(days) else None


def _one_fact(name: str, old: Any, new: Any, *, came_holds: bool) -> Any:
    if new == old or is_blank(name, new):
        return old
    if name == "agents" and old[: len(new)] == new:
        return old  # a list that names the first alone says nothing of the others
    if is_blank(name, old):
        return new
    if name in EVENTS:
        return _united(old, new, EVENTS[name], came_holds=came_holds)
    return new if came_holds else old


def _is_older(came: Case, stands: Case) -> bool:
    """Whether a list is of an earlier day; of one without a day nobody knows."""
    before, now = stands.source.on, came.source.on
    return before is not None and now is not None and now < before


def _other_case(stands: Case, came: Case) -> tuple[Issue, ...]:
    """Return what makes another case of it: kind and filing day never change."""
    text = N_(
        "Case {number}: “{field}” is {before} in the docket and {after} in the list;"
        " say which of the two holds."
    )
    found = []
    for name in _NEVER_CHANGES:
        before, after = getattr(stands, name), getattr(came, name)
        if before is not None and after is not None and before != after:
            wording = message(
                text,
                number=came.number or came.reference,
                field=message(_LABELS[name]),
                before=_said(before),
                after=_said(after),
            )
            where = f"{came.number or came.reference}.{name}"
            source = came.source
            found.append(
                Issue(Severity.ERROR, wording, where, source.sheet, source.row)
            )
    return tuple(found)


_LABELS = {"kind": N_("Kind of patent"), "filed": DAY_NAMES["filed"]}


def _said(value: Any) -> object:
    name: str | None = KIND_NAMES.get(value)
    return message(name) if name else value


def _united(
    old: tuple[T, ...],
    new: tuple[T, ...],
    key: Callable[[T], object],
    *,
    came_holds: bool,
) -> tuple[T, ...]:
    """Return events of both lists, each once; what both tell is joined.

    Where a list has two of the same name and day, the first is the other's first.
    """
    coming = dict(_numbered(new, key))
    found = []
    for place, one in _numbered(old, key):
        other = coming.pop(place, one)
        found.append(_joined(one, other) if came_holds else _joined(other, one))
    return (*found, *coming.values())


def _numbered(
    events: Iterable[T], key: Callable[[T], object]
) -> list[tuple[tuple[object, int], T]]:
    seen: Counter[object] = Counter()
    found = []
    for one in events:
        name = key(one)
        found.append(((name, seen[name]), one))
        seen[name] += 1
    return found


def _joined(old: Any, new: Any) -> Any:
    """Return one event that both lists tell: newer over older, blanks over nothing."""
    if old == new:
        return old
    told = {one.name: getattr(new, one.name) for one in fields(new)}
    facts = {name: fact for name, fact in told.items() if not is_blank(name, fact)}
    return replace(old, **facts)


def differing(stands: Case, came: Case) -> list[str]:
    """Return the facts, events apart, in which a list tells otherwise."""
    return [
        name
        for name, old, new in zip(FACTS, _facts(stands), _facts(came), strict=True)
        if old != new and name not in EVENTS and not is_blank(name, new)
    ]


def doubt_of(case: Case, as_of: date) -> Doubt | None:
    """Return why a case that came as a new one may not simply be taken."""
    wrong = errors(case, as_of)
    return Doubt(Reason.CONTRADICTION, wrong) if wrong else None


def in_other_words(first: Case, second: Case) -> Doubt:
    """Return the doubt of a case that stands twice in one list."""
    text: Message = message(
        N_(
            "Case {number} stands twice in the list, in different words; say which of"
            " the two holds."
        ),
        number=second.number or second.reference,
    )
    name = next(iter(differing(first, second)), "number")
    where = f"{second.number or second.reference}.{name}"
    source = second.source
    issue = Issue(Severity.ERROR, text, where, source.sheet, source.row)
    return Doubt(Reason.DUPLICATE, (issue,))


def several(case: Case, bearing: Sequence[Case]) -> Doubt:
    """Return the doubt of a case whose reference several cases bear."""
    text = N_(
        "{count} cases of the docket bear the reference {reference}, and the list gives"
        " no application number; say to which it belongs, or give the number."
    )
    wording = message(text, count=len(bearing), reference=case.reference)
    source = case.source
    where = f"{case.reference}.reference"
    issue = Issue(Severity.ERROR, wording, where, source.sheet, source.row)
    return Doubt(Reason.SEVERAL, (issue,))


def differs_from_own_work(
    stands: Case, came: Case, by_hand: Collection[str]
) -> Doubt | None:
    """Return the doubt of a list that tells otherwise than what was put by hand."""
    if not by_hand:
        return None
    names = [name for name in differing(stands, came) if name in by_hand]
    if not names:
        return None
    text = N_(
        "Case {number}: the list tells “{field}” otherwise than it was entered by hand;"
        " say which of the two holds."
    )
    source = came.source
    number = came.number or came.reference
    issues = tuple(
        Issue(
            Severity.ERROR,
            message(text, number=number, field=label_of(name)),
            f"{number}.{name}",
            source.sheet,
            source.row,
        )
        for name in names
    )
    return Doubt(Reason.OWN_WORK, issues)


def blanked(case: Case, names: Collection[str]) -> Case:
    """Return a case that says nothing of some facts."""
    blank: dict[str, Any] = {name: _DEFAULTS[name] for name in names}
    return replace(case, **blank)


_DEFAULTS = {
    one.name: "" if one.default is MISSING else one.default for one in fields(Case)
}
