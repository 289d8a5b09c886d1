"""What bounds the conclusion: procedures as recorded, assumptions, special matters, use.

Nothing is claimed that the case does not hold. Where it is silent the report says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from valuer.core.concluding import RULES
from valuer.core.disclosure import Extent
from valuer.core.problems import Severity
from valuer.core.texts import N_, Message
from valuer.reports.sections.answers import answers
from valuer.reports.sections.blocks import (
    Block,
    Facts,
    Heading,
    Points,
    Prose,
)
from valuer.reports.sections.draft import Draft
from valuer.reports.sections.known import known
from valuer.reports.sections.method import run_name
from valuer.reports.sections.subject import with_numbers
from valuer.reports.sections.work import carried_out


def procedures(draft: Draft) -> Iterator[Block]:
    """Yield the work that the case records, and that nothing else is claimed."""
    yield Prose(draft.say(N_("The case records the following work:")), leads=True)
    if draft.case.work:
        yield carried_out(draft)
    else:
        yield Points(tuple(_work(draft)))
    text = N_(
        "This section lists only work recorded in the case. On work not listed this"
        " {report} says nothing; see the working papers."
    )
    yield Prose(draft.say(text))


def assumptions(draft: Draft) -> Iterator[Block]:
    """Yield the assumptions of the case, ordinary and special."""
    case = draft.case
    if case.assumptions:
        yield Heading(draft.say(N_("Assumptions")))
        yield Points(case.assumptions)
    if case.special_assumptions:
        yield Heading(draft.say(N_("Special assumptions")))
        yield Points(case.special_assumptions)
    yield Heading(draft.say(N_("Conditions inherent in the working")))
    yield Points(
        tuple(
            draft.say(text)
            for text in (
                N_(
                    "The inputs stated in this {report} come true in the periods stated."
                ),
                N_("Rights are judged by their legal status on the {base_date}."),
                N_(
                    "What happens after the {base_date} is not reckoned with, unless this"
                    " {report} says so."
                ),
            )
        )
    )
    if not case.assumptions and not case.special_assumptions:
        yield Prose(draft.say(N_("The case records no other assumption.")))


def special_matters(draft: Draft) -> Iterator[Block]:
    """Yield the special matters: what is known, those of the case, every warning."""
    beside = tuple(known(draft))
    yield from beside
    answered = {_told(draft, one.message) for one, _ in draft.gate.answered}
    found = tuple(text for text in matters(draft) if text not in answered)
    if beside and found:
        yield Heading(draft.say(N_("Other special matters")))
    if found:
        text = N_("Users shall consider what the following means for the {opinion}:")
        yield Prose(draft.say(text), leads=True)
        yield Points(found)
    told = tuple(answers(draft, _told))
    if not beside and not found and not told:
        yield Prose(draft.say(N_("The case records no special matter.")))
    yield from told


def matters(draft: Draft) -> tuple[str, ...]:
    """Return the special matters as text."""
    warnings = (
        _told(draft, issue.wording)
        for issue in draft.valuation.issues
        if issue.severity is Severity.WARNING
    )
    return (*draft.case.special_matters, *dict.fromkeys(warnings))


def _told(draft: Draft, wording: Message) -> str:
    return with_numbers(draft, draft.told(_with_names(draft, wording)))


def _with_names(draft: Draft, wording: Message) -> Message:
    """Return a message that calls runs as the report does, not by their keys."""
    names = {one.run.key: run_name(draft, one) for one in draft.valuation.runs}
    if draft.rules < RULES:
        return wording
    values = (
        (name, names.get(str(value), value) if name in ("run", "key") else value)
        for name, value in wording.values
    )
    return Message(wording.text, tuple(values))


def limits(draft: Draft) -> Iterator[Block]:
    """Yield who may use the report, for what, and how long."""
    said = (draft.say(text) for text in _LIMITS)
    yield Points((*said, validity(draft), *_disclosed(draft)))
    if draft.case.disclosure.extent is not Extent.PRINTED:
        yield Facts(tuple(_recipients(draft)))


def _disclosed(draft: Draft) -> Iterator[str]:
    """Yield what is disclosed besides, where anything is."""
    disclosure = draft.case.disclosure
    if disclosure.extent is Extent.PRINTED:
        return
    text = N_(
        "Beside this {report} the whole case on which it rests is disclosed, encrypted,"
        " to {names}. This file holds only the inputs that it prints."
    )
    if disclosure.extent is Extent.EVIDENCE:
        text = N_(
            "Beside this {report} the whole case on which it rests is disclosed together"
            " with its evidence, encrypted, to {names}. This file holds only the inputs"
            " that it prints."
        )
    names = tuple(one.name for one in draft.case.disclosure.recipients)
    yield draft.say(text, names=draft.joined(names))


def _recipients(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield each recipient with the certificate that names them."""
    for one in draft.case.disclosure.recipients:
        text = N_("Certificate, SHA-256\n{digest}")
        yield one.name, draft.say(text, digest=one.certificate)


def validity(draft: Draft) -> str:
    """Return for how long the report may be used, as is customary."""
    text = N_(
        "By custom, for at most one year from the {base_date}, from {first} to {last},"
        " unless the engagement contract or a competent authority provides otherwise."
    )
    first, last = draft.day(draft.valuation_date), draft.day(draft.valid_to)
    return draft.say(text, first=first, last=last)


_LIMITS = (
    N_("This {report} may be used only by the users and for the purpose it names."),
    N_(
        "The {house} and its {signers} are not liable where the client or another user"
        " uses this {report} outside laws, administrative regulations or the scope that"
        " it states."
    ),
    N_(
        "No organisation or person other than the client, the users agreed in the"
        " engagement contract and the users provided for by laws and administrative"
        " regulations becomes a user of this {report}."
    ),
    N_(
        "Users shall understand the {opinion} correctly. It is not the price at which the"
        " {subject} can be realised, and shall not be taken as a guarantee of that price."
    ),
    N_(
        "This {report} is to be used whole; no part of it may be quoted or published"
        " without the consent of the {house}, unless laws or administrative regulations"
        " provide otherwise."
    ),
)


def _work(draft: Draft) -> Iterator[str]:
    text = N_(
        "The facts of the patents were entered ({count} in all), and the legal status of"
        " each was judged on the {base_date}."
    )
    yield draft.say(text, count=len(draft.case.patents))
    if draft.case.forecast is not None:
        text = N_("A forecast of revenue over {count} periods was taken up.")
        yield draft.say(text, count=len(draft.case.forecast.periods))
    for one in draft.valuation.valuing:
        text = N_("{method} was applied, and the sensitivity of its result analysed.")
        if one.simulation is not None:
            text = N_(
                "{method} was applied, the sensitivity of its result analysed and {n}"
                " scenarios simulated."
            )
        n = f"{one.simulation.n:,}" if one.simulation else ""
        yield draft.say(text, method=draft.say(one.method.title), n=n)
    yield draft.say(N_("The {opinion} was formed and this {report} made."))
