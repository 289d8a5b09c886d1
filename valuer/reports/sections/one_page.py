"""The summary as a document of its own (摘要): one page that says to read the body.

It certifies nothing: it repeats the main facts and the conclusion of a report.
"""

from __future__ import annotations

from collections.abc import Iterator

from valuer.core.texts import N_
from valuer.reports.sections.blocks import (
    Banner,
    Block,
    Facts,
    Note,
    PageTitle,
    Prose,
    SigningRow,
)
from valuer.reports.sections.closing import signing_boxes
from valuer.reports.sections.draft import Draft
from valuer.reports.sections.front import main_facts, read_the_body


def one_page(draft: Draft) -> Iterator[Block]:
    """Yield the whole summary."""
    case = draft.case
    yield PageTitle(draft.say(draft.kind.title))
    if draft.kind.banner:
        yield Banner(draft.say(draft.kind.banner))
    yield Prose(read_the_body(draft))
    number, issued = draft.say(N_("Report number")), draft.say(N_("Issued by"))
    yield Facts(
        (
            (number, case.report_number),
            (issued, case.house.name),
            *main_facts(draft),
            (draft.say(N_("Date of the report")), draft.day(draft.report_date)),
        )
    )
    text = N_(
        "The file carries the figures that the {report} prints as its inputs, to compute"
        " the {opinion} anew (valuer-recompute.json); its texts stand in the body alone."
    )
    yield Note(draft.say(text))
    yield SigningRow(tuple(signing_boxes(draft)))
