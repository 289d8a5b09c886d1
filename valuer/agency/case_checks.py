"""What contradicts itself in a docket: named, put in the queue, never guessed.

Days that cannot follow each other, a case that stands twice, a status word that no list
knows, and a status that goes back in the procedure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from valuer.agency.docket import Case
from valuer.agency.statuses import STAGES, Outcome, plain_word, status_word
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_, Message, message

DAY_NAMES = {
    "priority": N_("Priority date"),
    "filed": N_("Filing day"),
    "published": N_("Day of publication"),
    "exam_requested": N_("Day examination was requested"),
    "exam_effective": N_("Day the request for examination took effect"),
    "allowed": N_("Day of the notice of grant"),
    "granted": N_("Day of grant"),
    "refused": N_("Day the refusal became final"),
    "withdrawn": N_("Day of withdrawal"),
    "deemed_withdrawn": N_("Day it was deemed withdrawn"),
    "abandoned": N_("Day it was deemed abandoned"),
    "lapsed": N_("Day the patent ended"),
}

_ORDERS = (
    ("priority", "filed"),
    *(("filed", name) for name in DAY_NAMES if name not in ("priority", "filed")),
    ("allowed", "granted"),
    ("exam_requested", "exam_effective"),
    ("exam_effective", "granted"),
    ("granted", "lapsed"),
)
_LOSSES = ("refused", "withdrawn", "deemed_withdrawn", "abandoned")


def case_issues(case: Case, as_of: date) -> tuple[Issue, ...]:
    """Return what contradicts itself within one case."""
    return (
        *_disordered(case),
        *_both_lost_and_granted(case),
        *_to_come(case, as_of),
        *_against_status(case),
    )


def docket_issues(cases: Sequence[Case], as_of: date) -> tuple[Issue, ...]:
    """Return what contradicts itself in a docket, duplicates among them."""
    seen: dict[tuple[str, str], int] = {}
    found: list[Issue] = []
    text = N_("Case {number} stands twice in the docket; keep one of the two.")
    for case in cases:
        found += case_issues(case, as_of)
        place = (case.office, case.number)
        seen[place] = seen.get(place, 0) + 1
        if case.number and seen[place] == 2:
            found.append(_issue(case, "number", text))
    return tuple(found)


def sound_cases(
    cases: Sequence[Case], as_of: date
) -> tuple[tuple[Case, ...], tuple[Issue, ...]]:
    """Return the cases that do not contradict themselves, and what the others do.

    A case that stands twice in the same words counts once; in different words, not at
    all until one of the two is chosen.
    """
    issues = docket_issues(cases, as_of)
    wrong = {
        issue.where.rpartition(".")[0]
        for issue in issues
        if issue.severity is Severity.ERROR and not issue.where.endswith(".number")
    }
    first: dict[str, Case] = {}
    for case in cases:
        name = case.number or case.reference
        known = first.setdefault(name, case)
        if replace(known, source=case.source) != case:
            wrong.add(name)
    return tuple(one for name, one in first.items() if name not in wrong), issues


def status_issues(earlier: Case, later: Case) -> tuple[Issue, ...]:
    """Return an issue where the later word cannot follow the earlier one.

    A restored case may go back to what it was before the loss. A right may be lost,
    and restored, at any stage; but what was granted stays granted, and what was closed
    without a grant, or left out of every count, has no other end.
    """
    if _is_against(earlier, later):
        text = N_(
            "Case {number}: the status was “{before}” and is now “{after}”, which cannot"
            " follow it; say which of the two holds."
        )
    elif _goes_back(earlier, later):
        text = N_(
            "Case {number}: the status goes back from “{before}” to “{after}”; say which"
            " of the two holds."
        )
    else:
        return ()
    wording = message(
        text, number=later.number, before=earlier.status, after=later.status
    )
    return (Issue(Severity.ERROR, wording, f"{later.number}.status"),)


def _goes_back(earlier: Case, later: Case) -> bool:
    before, after = _stage(earlier.outcome), _stage(later.outcome)
    if before is None or after is None or after >= before:
        return False
    if _is_restored(earlier, later):
        return False
    if later.outcome is Outcome.RESTORABLE and earlier.outcome not in STAGES[-1]:
        return False
    return earlier.outcome is not Outcome.RESTORABLE or earlier.is_granted


def _is_against(earlier: Case, later: Case) -> bool:
    """Whether two words tell of ends that exclude each other, neither before the other."""
    if not earlier.status or plain_word(earlier.status) == plain_word(later.status):
        return False
    if later.standing is None or _goes_back(earlier, later):
        return False
    if earlier.outcome is not Outcome.EXCLUDED and _is_restored(earlier, later):
        return False
    if earlier.is_granted and not later.is_granted:
        return True
    if earlier.outcome is Outcome.EXCLUDED and earlier.is_granted:
        return later.outcome not in (Outcome.EXCLUDED, Outcome.ENDED)
    ended = earlier.outcome in (*STAGES[-1], Outcome.EXCLUDED)
    return ended and not earlier.is_granted and later.outcome is not earlier.outcome


def _is_restored(earlier: Case, later: Case) -> bool:
    """Whether the later version tells of a restoration that the earlier does not."""
    return later.restored is not None and later.restored != earlier.restored


def _stage(outcome: Outcome) -> int | None:
    """Return how far in the procedure an outcome is; None for those without a place."""
    for place, stage in enumerate(STAGES):
        if outcome in stage:
            return place
    return None


def _disordered(case: Case) -> Iterator[Issue]:
    text = N_(
        "Case {number}: “{late}” is {late_day}, before “{early}”, {early_day}; correct"
        " the days."
    )
    for first, then in _ORDERS:
        early, late = getattr(case, first), getattr(case, then)
        if early and late and late < early:
            yield _issue(
                case,
                then,
                text,
                early=message(DAY_NAMES[first]),
                late=message(DAY_NAMES[then]),
                early_day=early,
                late_day=late,
            )


def _both_lost_and_granted(case: Case) -> Iterator[Issue]:
    text = N_(
        "Case {number} has a day of grant and also “{loss}”, {day}, with no day of"
        " restoration between; say which holds."
    )
    for name in _LOSSES:
        day: date | None = getattr(case, name)
        restored = case.restored is not None and day is not None and case.restored > day
        if case.granted and day and not restored:
            loss = message(DAY_NAMES[name])
            yield _issue(case, name, text, loss=loss, day=day)


def _to_come(case: Case, as_of: date) -> Iterator[Issue]:
    text = N_("Case {number}: “{name}” is {day}, after the day of the docket, {as_of}.")
    for name, words in DAY_NAMES.items():
        day: date | None = getattr(case, name)
        if day and day > as_of:
            yield _issue(case, name, text, name=message(words), day=day, as_of=as_of)


def _against_status(case: Case) -> Iterator[Issue]:
    """Yield an issue where the days and the status word tell of different things."""
    word = case.status and (case.status_means or case.status)
    found = status_word(word) if word else None
    if case.status and (found is None or found.outcome is None):
        text = N_(
            "Case {number}: the status “{status}” tells no outcome; choose its class."
        )
        yield _issue(case, "status", text, Severity.WARNING, status=case.status[:80])
    if found and found.outcome and case.granted and not found.granted:
        text = N_(
            "Case {number} has a day of grant, and its status is “{status}”; say which"
            " holds."
        )
        yield _issue(case, "status", text, status=case.status[:80])


def _issue(
    case: Case,
    field: str,
    text: str,
    severity: Severity = Severity.ERROR,
    /,
    **values: object,
) -> Issue:
    number: str | Message = case.number or case.reference
    wording = message(text, number=number or message(N_("without number")), **values)
    source = case.source
    where = f"{case.number or case.reference}.{field}"
    return Issue(severity, wording, where, source.sheet, source.row)
