"""The quality report of a patent agency: a docket in, PDF bytes out (代理质量报告).

It is made of the facts gathered from the docket and of nothing else, and carries
exactly those, so whoever holds the file can find every figure anew. The same facts give
the same bytes. It is signed like any other report: by those responsible, then by the
agency's seal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from valuer import __version__
from valuer.agency.columns import Docket
from valuer.agency.metric import Question
from valuer.agency.origins import NOTHING_KNOWN, Origins
from valuer.core.canonical import canonical, digest
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_, tr
from valuer.reports.appraisal import BuiltReport
from valuer.reports.logos import NAME as LOGO
from valuer.reports.logos import read_logo
from valuer.reports.quality.draft import QualityDraft, rows_by_key
from valuer.reports.quality.facts import KIND, QualityFacts
from valuer.reports.quality.front import TITLE
from valuer.reports.quality.gathering import Wanted, gathered
from valuer.reports.quality.package import FORMAT, NAME, QualityPackage, written
from valuer.reports.quality.sections import sections_of
from valuer.reports.sections import Part
from valuer.reports.signature_roles import RESPONSIBLE_FIELDS

if TYPE_CHECKING:
    from valuer.reports.document import DocumentSpec
    from valuer.reports.setting import Titled


def quality_report(
    docket: Docket,
    question: Question,
    wanted: Wanted,
    origins: Origins = NOTHING_KNOWN,
    logo: bytes = b"",
    progress: Progress = ignore,
) -> BuiltReport:
    """Return the quality report of a docket, to be signed.

    Args:
        docket: the columns of the cases.
        question: period, kinds, agents, clients, fields; ``by`` does not matter.
        wanted: house, day, language, number, who signs, whose names are replaced.
        origins: what the library knows of the docket besides.
        logo: the bytes that the house's look names by their SHA-256.
        progress: may raise ``Cancelled``.

    Raises:
        UserError: the house has no name, the docket holds no case, the period ends
            before it begins, or the logo is not the one named.
    """
    facts = gathered(docket, question, wanted, origins)
    return build_from(facts, __version__, logo, progress)


def build_from(
    facts: QualityFacts, program: str, logo: bytes = b"", progress: Progress = ignore
) -> BuiltReport:
    """Return the report that these facts make.

    Raises:
        UserError: no report can be made from them, or the logo is not the one named.
    """
    package = written(QualityPackage(FORMAT, program, KIND, facts))
    draft = QualityDraft(
        facts,
        rows_by_key(facts.metrics),
        rows_by_key(facts.earlier),
        digest(canonical(facts)),
        program,
        read_logo(logo, facts.house.look.logo),
    )
    from valuer.reports.document import build
    from valuer.reports.setting import laid
    from valuer.reports.signature_boxes import FieldBox, prepare_fields

    spec = _spec(draft, package, logo)
    made = build(spec, lambda style: laid(_titled(draft), style), progress)
    boxes = [
        FieldBox(box.name, box.page + 1, *box.rectangle, label=_label(draft, box.name))
        for box in made.boxes
    ]
    pdf = prepare_fields(made.pdf, boxes)
    return BuiltReport(pdf, made.boxes, made.pages, made.missing)


def _titled(draft: QualityDraft) -> Iterator[Titled]:
    from valuer.reports.setting import Titled

    appendices = 0
    for section in sections_of(draft):
        appendices += section.part is Part.APPENDIX
        title = draft.say(section.title, number=appendices) if section.title else ""
        shown = section.blocks(draft)
        yield Titled(section.key, section.part, title, shown, section.begins_page)


def _spec(draft: QualityDraft, package: bytes, logo: bytes) -> DocumentSpec:
    from valuer.reports.document import DocumentSpec
    from valuer.reports.letterhead import Letterhead
    from valuer.reports.pdf_finish import Attachment

    facts, language = draft.facts, draft.language
    said = tr(N_("Facts printed in this report, to find its figures anew"), language)
    attachments = [Attachment(NAME, package, "application/json", said)]
    if draft.logo is not None:
        said = tr(N_("Logo printed in this report, to make it anew"), language)
        attachments.append(Attachment(LOGO, logo, "image/png", said))
    title = draft.say(TITLE)
    return DocumentSpec(
        title=f"{facts.house.name} {title}",
        author=facts.house.name,
        subject=facts.number or draft.span(facts.period),
        language=language,
        report_number=facts.number,
        digest=draft.digest,
        report_date=facts.day,
        attachments=tuple(attachments),
        letterhead=Letterhead(
            draft.logo,
            draft.wording.header,
            draft.wording.footer,
            facts.house.look.accent,
        ),
    )


def _label(draft: QualityDraft, field: str) -> str:
    """Return what a screen reader says of a signature field."""
    people = dict(zip(RESPONSIBLE_FIELDS, draft.facts.responsible, strict=False))
    if field in people and people[field].name:
        return people[field].name
    return draft.facts.house.name
