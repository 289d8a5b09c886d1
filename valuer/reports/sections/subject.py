"""Who commissioned it, for what, and what is valued (委托人、评估目的、评估对象)."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.core.case import PURPOSE_NAMES
from valuer.core.patents import KIND_NAMES, STATUS_NAMES, Patent
from valuer.core.standing import Standing
from valuer.core.term import expiry_day, remaining_years
from valuer.core.texts import N_
from valuer.reports import formats
from valuer.reports.sections.blocks import (
    DASH,
    DASH_NOTE,
    Block,
    Column,
    Note,
    Points,
    Prose,
    Table,
)
from valuer.reports.sections.draft import Draft
from valuer.reports.sections.factors import factors
from valuer.reports.sections.file import contract_in_words
from valuer.reports.sections.kinds import VALUATION


def client(draft: Draft) -> Iterator[Block]:
    """Yield the client and the other users."""
    case = draft.case
    yield Prose(draft.say(N_("Client: {client}"), client=case.client))
    if case.users:
        text = N_("Other users agreed in the engagement contract:")
        yield Prose(draft.say(text), leads=True)
        yield Points(case.users)
    else:
        text = N_("The case names no other user of this {report}.")
        yield Prose(draft.say(text))
    if contract := contract_in_words(draft):
        yield Prose(draft.say(N_("{contract}."), contract=contract))


def purpose(draft: Draft) -> Iterator[Block]:
    """Yield the economic act that the value serves."""
    case = draft.case
    text = N_("Purpose of this {work}: {purpose}.")
    if draft.kind is VALUATION:
        text = N_("Intended use of this {report}: {purpose}.")
    yield Prose(draft.say(text, purpose=draft.say(PURPOSE_NAMES[case.purpose])))
    if case.purpose_text:
        yield Prose(case.purpose_text)
    if case.statutory:
        text = N_(
            "The engagement is a statutory appraisal (法定评估, Asset Appraisal Law art. 3)."
        )
        yield Prose(draft.say(text))


def scope(draft: Draft) -> Iterator[Block]:
    """Yield the subject and its scope, and the legal status of each patent."""
    yield Prose(draft.say(N_("The {subject} is {patents}."), patents=_whole(draft)))
    if draft.case.scope_note:
        yield Prose(draft.case.scope_note)
    pairs = tuple(zip(draft.case.patents, draft.valuation.standings, strict=True))
    yield Table(
        draft.say(N_("Patents and applications")),
        (
            Column(draft.say(N_("No."))),
            Column(draft.say(N_("Patent No."))),
            Column(draft.say(N_("Title")), weight=0.6),
            Column(draft.say(N_("Kind"))),
            Column(draft.say(N_("Owner or applicant")), weight=0.4),
        ),
        tuple(_identity(draft, place, *pair) for place, pair in enumerate(pairs, 1)),
    )
    text = N_("Legal status on the {base_date} ({day})")
    yield Table(
        draft.say(text, day=draft.day(draft.valuation_date)),
        (
            Column(draft.say(N_("No."))),
            Column(draft.say(N_("Filed")), is_figure=True),
            Column(draft.say(N_("Granted")), is_figure=True),
            Column(draft.say(N_("Expiry day")), is_figure=True),
            Column(draft.say(N_("Legal life left, years")), is_figure=True),
            Column(draft.say(N_("Kind of right")), weight=0.5),
            Column(draft.say(N_("Legal status")), weight=0.5),
        ),
        tuple(_status(draft, place, *pair) for place, pair in enumerate(pairs, 1)),
    )
    yield from _notes(draft)
    yield from factors(draft)


def subject_in_words(draft: Draft) -> str:
    """Return the subject in one line: the first patent's title, and how many."""
    title, number = draft.case.patents[0].title or DASH, _number(draft, 0)
    count = len(draft.case.patents)
    if count == 1:
        return draft.say(N_("“{title}” ({number})"), title=title, number=number)
    text = N_("“{title}” ({number}) and others, {count} patents in all")
    return draft.say(text, title=title, number=number, count=count)


def with_numbers(draft: Draft, text: str) -> str:
    """Return a text with the patents' numbers written as everywhere in the report."""
    for place, patent in enumerate(draft.case.patents):
        if patent.identity:
            text = text.replace(patent.identity, _number(draft, place))
    return text


def _whole(draft: Draft) -> str:
    pending = sum(one.is_application for one in draft.valuation.standings)
    granted = len(draft.case.patents) - pending
    if not pending:
        text = N_("{count} patents, listed below")
        if granted == 1:
            text = N_("one patent, listed below")
        return draft.say(text, count=granted)
    if not granted:
        text = N_(
            "the right to apply (专利申请权) in {count} applications, listed below"
        )
        if pending == 1:
            text = N_(
                "the right to apply (专利申请权) in one application, listed below"
            )
        return draft.say(text, count=pending)
    text = N_(
        "{count} patents and the right to apply (专利申请权) in {pending} applications,"
        " listed below"
    )
    return draft.say(text, count=granted, pending=pending)


def _number(draft: Draft, place: int) -> str:
    patent, standing = draft.case.patents[place], draft.valuation.standings[place]
    number = patent.identity
    return formats.patent_number(number, is_application=standing.is_application) or DASH


def _identity(
    draft: Draft, place: int, patent: Patent, standing: Standing
) -> tuple[str, ...]:
    del standing
    return (
        str(place),
        _number(draft, place - 1),
        patent.title or DASH,
        draft.say(KIND_NAMES[patent.kind]) if patent.kind else DASH,
        draft.joined(patent.owners) or DASH,
    )


def _status(
    draft: Draft, place: int, patent: Patent, standing: Standing
) -> tuple[str, ...]:
    left = remaining_years(patent, draft.valuation_date)
    right = (
        N_("Right to apply (专利申请权)") if standing.is_application else N_("Patent")
    )
    return (
        str(place),
        formats.short_day(patent.filed),
        formats.short_day(patent.granted),
        formats.short_day(expiry_day(patent)),
        DASH if left is None else formats.amount(left),
        draft.say(right),
        draft.say(STATUS_NAMES[standing.status]),
    )


def _notes(draft: Draft) -> Iterator[Block]:
    text = N_(
        "The term runs from the filing date (Patent Law art. 42). The right ends on the"
        " expiry day, which itself no longer counts; the life left runs from the"
        " {base_date} to the expiry day, whole years and days of the year."
    )
    yield Note(draft.say(text))
    for place, patent in enumerate(draft.case.patents, 1):
        if patent.pta_days or patent.pte_days:
            text = N_(
                "No. {place}: the expiry day includes compensation as granted, {pta} days"
                " under art. 42(2) and {pte} days under art. 42(3) of the Patent Law."
            )
            days = {"pta": patent.pta_days, "pte": patent.pte_days}
            yield Note(draft.say(text, place=place, **days))
    for place, patent in enumerate(draft.case.patents, 1):
        for event in patent.history:
            text = N_("No. {place}: after the {base_date}, on {day}: {status}.")
            day = draft.day(event.on) if event.on else DASH
            status = draft.say(STATUS_NAMES[event.status])
            yield Note(draft.say(text, place=place, day=day, status=status))
    if any(_lacks(patent) for patent in draft.case.patents):
        yield Note(draft.say(DASH_NOTE))


def _lacks(patent: Patent) -> bool:
    return (
        not (patent.owners and patent.title and patent.identity)
        or None in (patent.kind, patent.filed, patent.granted)
        or expiry_day(patent) is None
    )
