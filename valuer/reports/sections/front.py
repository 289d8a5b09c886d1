"""The front of the report: cover, statement, contents, summary (封面、声明、目录、摘要)."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.core.case import PURPOSE_NAMES, VALUE_TYPE_NAMES
from valuer.core.concluding import RULES
from valuer.core.texts import N_
from valuer.reports.sections.blocks import (
    Banner,
    Block,
    Cover,
    Facts,
    Points,
    Prose,
    TableOfContents,
)
from valuer.reports.sections.declared import declarations
from valuer.reports.sections.draft import Draft
from valuer.reports.sections.known import counted
from valuer.reports.sections.limits import matters, validity
from valuer.reports.sections.method import methods_in_words, run_name
from valuer.reports.sections.subject import subject_in_words

_STATEMENT = (
    N_(
        "This {report} was made according to the basic standards of asset appraisal"
        " issued by the Ministry of Finance and the practice standards and the code of"
        " ethics issued by the China Appraisal Society."
    ),
    N_(
        "The client and the other users shall use this {report} according to laws and"
        " administrative regulations and within the scope that it states. Where they do"
        " otherwise, the {house} and its {signers} are not liable."
    ),
    N_(
        "Only the client, the other users agreed in the engagement contract and the users"
        " that laws and administrative regulations provide for may use this {report}. No"
        " other organisation or person becomes a user of it."
    ),
    N_(
        "Users shall understand the {opinion} correctly. It is not the price at which the"
        " {subject} can be realised, and shall not be taken as a guarantee of that price."
    ),
    N_(
        "The {opinion} rests on the assumptions stated in this {report}. Users shall"
        " consider what these assumptions, the special matters and the limits of use mean"
        " for it."
    ),
    N_(
        "The client and the other parties concerned provide the documents needed by law"
        " and answer for their truth, completeness and legality."
    ),
    N_(
        "The {house} and its {signers} observe laws, administrative regulations and"
        " appraisal standards, are independent, objective and impartial, and are liable"
        " for this {report} by law."
    ),
)

_NATURE = (
    N_(
        "It analyses the value of the patents named in it on the {base_date}, for the"
        " client and the purpose named in it."
    ),
    N_(
        "The client provides the documents needed for the {work} and answers for their"
        " truth, completeness and legality."
    ),
    N_(
        "The {opinion} is not the price at which the {subject} can be realised, and shall"
        " not be taken as a guarantee of that price."
    ),
    N_(
        "The {opinion} rests on the assumptions stated in this {report}. Readers shall"
        " consider what these assumptions, the special matters and the limits of use mean"
        " for it."
    ),
)


def cover(draft: Draft) -> Iterator[Block]:
    """Yield the cover."""
    case = draft.case
    lines = [draft.say(N_("Client: {client}"), client=case.client)]
    if case.house.registration:
        text = N_("Registration: {registration}")
        if not draft.kind.has_seal:
            # Other houses are not recorded with the appraisal authority.
            text = N_("House code: {registration}")
        lines.append(draft.say(text, registration=case.house.registration))
    if case.house.address:
        lines.append(draft.say(N_("Address: {address}"), address=case.house.address))
    if case.receipt.code:
        text = N_("Registration code of the association: {code}")
        lines.append(draft.say(text, code=case.receipt.code))
    yield Cover(
        number=case.report_number,
        subject=case.name,
        title=draft.say(draft.kind.title),
        banner=draft.say(draft.kind.banner) if draft.kind.banner else "",
        house=case.house.name,
        lines=(*lines, *draft.wording.cover),
        day=draft.day(draft.report_date),
        logo=draft.logo,
        accent=case.house.look.accent,
    )


def statement(draft: Draft) -> Iterator[Block]:
    """Yield the statement of the appraisers."""
    said = tuple(draft.say(text) for text in _STATEMENT)
    yield Points((*said, *declarations(draft)))


def nature(draft: Draft) -> Iterator[Block]:
    """Yield what an analysis is and is not, in place of a statement."""
    yield Banner(draft.say(draft.kind.banner))
    said = tuple(draft.say(text) for text in _NATURE)
    yield Points((*said, *declarations(draft)))


def contents(draft: Draft) -> Iterator[Block]:
    """Yield the list of sections."""
    del draft
    yield TableOfContents()


def summary(draft: Draft) -> Iterator[Block]:
    """Yield the summary; it says to read the body."""
    if draft.kind.banner:
        yield Banner(draft.say(draft.kind.banner))
    yield Prose(read_the_body(draft))
    yield Facts(tuple(main_facts(draft)))


def read_the_body(draft: Draft) -> str:
    """Return that the body is to be read."""
    text = N_(
        "The following is taken from the body of this {report}. To learn the details of"
        " the work and to understand the {opinion} correctly, read the body."
    )
    return draft.say(text)


def main_facts(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield the main facts and the conclusion, each with its label."""
    case, concluded, label = draft.case, draft.concluded, draft.label
    yield draft.say(N_("Client")), case.client
    yield label("purpose"), draft.say(PURPOSE_NAMES[case.purpose])
    yield label("subject"), subject_in_words(draft)
    yield label("value_type"), draft.say(VALUE_TYPE_NAMES[case.value_type])
    yield label("base_date"), draft.day(draft.valuation_date)
    yield label("method"), methods_in_words(draft)
    if draft.rules >= RULES and len(draft.valuation.valuing) > 1:
        yield draft.say(N_("How it is concluded")), _way(draft)
    yield label("opinion"), draft.money(concluded.value, exact=True)
    if concluded.capitals:
        yield draft.say(N_("In Chinese capitals")), concluded.capitals
    low, high = concluded.low, concluded.high
    if draft.rules >= RULES and low is not None and high is not None:
        text = N_("{low} to {high}")
        ends = {
            "low": draft.money(low, exact=True),
            "high": draft.money(high, exact=True),
        }
        yield draft.say(N_("Range agreed in the contract")), draft.say(text, **ends)
    yield draft.say(N_("Special matters")), _matters(draft)
    yield draft.say(N_("Period of use")), validity(draft)


def _way(draft: Draft) -> str:
    """Return which result is adopted, or that they are weighted."""
    conclusion = draft.case.conclusion
    for one in draft.valuation.valuing:
        if conclusion is not None and one.run.key == conclusion.run:
            text = N_("The result of {method} is adopted.")
            return draft.say(text, method=run_name(draft, one))
    return draft.say(N_("The results are weighted."))


def _matters(draft: Draft) -> str:
    count = len(matters(draft)) + counted(draft)
    if not count:
        return draft.say(N_("None is recorded in the case."))
    text = N_("{count}, stated in the body; they bear on the {opinion}.")
    return draft.say(text, count=count)
