"""The engagement's file: contract, evidence, receipt, papers (合同、证据、备案回执)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from valuer.core.case import Case, Run
from valuer.core.engagement import (
    EVIDENCE_NAMES,
    Evidence,
    EvidenceKind,
    Procedure,
)
from valuer.core.evidence import place_words
from valuer.core.justified import supporting
from valuer.core.texts import N_
from valuer.reports import formats
from valuer.reports.sections.blocks import (
    Block,
    Column,
    Facts,
    Heading,
    Note,
    Points,
    Prose,
    Table,
)
from valuer.reports.sections.draft import Draft


def contract_in_words(draft: Draft) -> str:
    """Return the engagement contract in one line, or "" where none is recorded."""
    contract = draft.case.contract
    day = draft.day(contract.signed) if contract.signed else ""
    text = ""
    if contract.number and day:
        text = N_("Engagement contract signed on {day}, No. {number}")
    elif contract.number:
        text = N_("Engagement contract No. {number}")
    elif day:
        text = N_("Engagement contract signed on {day}")
    return text and draft.say(text, number=contract.number, day=day)


def act_basis(draft: Draft) -> Iterator[Block]:
    """Yield the acts that the work rests on: the contract, decisions."""
    contract = contract_in_words(draft)
    found = (*((contract,) if contract else ()), *cited(draft, EvidenceKind.ACT))
    if found:
        yield Heading(draft.say(N_("Economic act")))
        yield Points(found)


def cited(draft: Draft, *kinds: EvidenceKind) -> tuple[str, ...]:
    """Return the documents of some kinds, each with its number in the list."""
    text = N_("{document} (evidence No. {number})")
    found = []
    for number, lines in enumerate(_documents(draft.case), 1):
        one = next((one for one in lines if one.kind in kinds), None)
        if one is not None:
            told = {"document": _described(draft, one), "number": number}
            found.append(draft.say(text, **told))
    return tuple(found)


def evidence(draft: Draft) -> Iterator[Block]:
    """Yield every piece of evidence with its digest."""
    text = N_(
        "The documents below lie in the files of the {house}. The SHA-256 of each tells"
        " whether a copy shown later is the document that was used."
    )
    yield Prose(draft.say(text))
    yield Table(
        draft.say(N_("List of evidence")),
        (
            Column(draft.say(N_("No."))),
            Column(
                draft.say(N_("Document, what it is the ground of, SHA-256")), weight=1
            ),
        ),
        tuple(
            (str(number), _listed(draft, lines))
            for number, lines in enumerate(_documents(draft.case), 1)
        ),
    )


def support(draft: Draft, run: Run, name: str) -> str:
    """Return the evidence that supports an input of a run, as numbers of the list."""
    digests = {
        draft.case.evidence[n].digest
        for n in supporting(run, name, draft.case.evidence)
    }
    numbers = [
        str(number)
        for number, lines in enumerate(_documents(draft.case), 1)
        if lines[0].digest in digests
    ]
    between = ", " if draft.language == "en" else "、"
    text = N_("evidence No. {number}")
    return draft.say(text, number=between.join(numbers)) if numbers else ""


def receipt(draft: Draft) -> Iterator[Block]:
    """Yield the association's receipt as the house took it up."""
    found = draft.case.receipt
    rows = [(draft.say(N_("Registration code")), found.code)]
    name = draft.say(N_("File of the receipt"))
    filed = (one[0] for one in _documents(draft.case))
    rows += [(name, one.name) for one in filed if one.digest == found.evidence]
    if found.evidence:
        rows.append(("SHA-256", found.evidence))
    yield Facts(tuple(row for row in rows if row[1]))
    text = N_(
        "The receipt was issued by the system of the China Appraisal Society and taken up"
        " by the {house}; this program neither makes nor checks such codes. It shows only"
        " that this {report} was registered; it is no endorsement by the association and"
        " relieves neither the {house} nor its {signers} of their liability."
    )
    yield Note(draft.say(text))


def papers(draft: Draft) -> Iterator[Block]:
    """Yield how the working papers were filed."""
    for one in draft.case.work:
        if one.procedure is Procedure.ARCHIVE:
            days = days_in_words(draft, one.begun, one.ended, draft.day)
            text = N_("The working papers of this {work} are being filed.")
            if one.ended:
                text = N_("The working papers of this {work} were filed ({days}).")
            elif days:
                text = N_("The working papers of this {work} are filed {days}.")
            yield Prose(draft.say(text, days=days))
            if one.note.strip():
                yield Prose(one.note)


def days_in_words(
    draft: Draft,
    begun: date | None,
    ended: date | None,
    shown: Callable[[date], str] = formats.short_day,
) -> str:
    """Return from when to when something was done, as far as it is recorded."""
    first, last = (shown(day) if day else "" for day in (begun, ended))
    if first and last:
        between = " – " if draft.language == "en" else "至"
        return first if first == last else f"{first}{between}{last}"
    text = N_("from {day}") if first else N_("until {day}")
    return draft.say(text, day=first or last) if first or last else ""


def has_evidence(case: Case) -> bool:
    """Whether the case lists evidence."""
    return bool(case.evidence)


def has_receipt(case: Case) -> bool:
    """Whether the case holds the association's receipt."""
    return bool(case.receipt.code or case.receipt.evidence)


def has_papers(case: Case) -> bool:
    """Whether the case records that the working papers were filed."""
    return any(one.procedure is Procedure.ARCHIVE for one in case.work)


def _documents(case: Case) -> Iterator[list[Evidence]]:
    """Yield the lines of each document; one that supports several places has several."""
    for digest in dict.fromkeys(one.digest for one in case.evidence):
        yield [one for one in case.evidence if one.digest == digest]


def _listed(draft: Draft, lines: list[Evidence]) -> str:
    """Return what a document is, of which kind, what it supports, its digest."""
    ground = [*dict.fromkeys(draft.say(EVIDENCE_NAMES[one.kind]) for one in lines)]
    places = (place_words(draft.case, draft.valuation.methods, p.about) for p in lines)
    supported = dict.fromkeys(draft.told(one) for one in places if one is not None)
    whole = draft.say(N_("The case as a whole"))
    if named := tuple(one for one in supported if one != whole):
        text = N_("Supports: {places}")
        ground.append(draft.say(text, places=draft.joined(named)))
    first = lines[0]
    parts = _described(draft, first), draft.joined(tuple(ground)), first.digest
    return "\n".join(parts)


def _described(draft: Draft, one: Evidence) -> str:
    """Return a document with its source and the day it was obtained."""
    day = draft.day(one.obtained) if one.obtained else ""
    text = ""
    if one.source and day:
        text = N_("{name}; {source}, obtained on {day}")
    elif one.source:
        text = N_("{name}; {source}")
    elif day:
        text = N_("{name}; obtained on {day}")
    if not text:
        return one.name
    return draft.say(text, name=one.name, source=one.source, day=day)
