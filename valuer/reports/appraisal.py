"""The report of a case: values in, PDF bytes out (资产评估报告、专利价值分析报告).

The house decides which kinds it may be. The report is made from ``printed(case)`` and
from nothing else, and carries exactly that as its recompute package, so whoever holds
the file can compute its figures anew. The same arguments give the same bytes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from valuer.core.case import Case
from valuer.core.problems import UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_, tr
from valuer.core.valuing import TOO_MUCH_WORK, Valuation
from valuer.reports.findings import NOTHING_FOUND
from valuer.reports.gate import check_case, with_used_answers
from valuer.reports.house_wording import with_printed_look
from valuer.reports.logos import NAME as LOGO
from valuer.reports.logos import read_logo
from valuer.reports.package import FORMAT, MOST_WORK, NAME, Package, printed, written
from valuer.reports.sections.completeness import complete
from valuer.reports.sections.draft import Draft, words
from valuer.reports.sections.kinds import kind_named
from valuer.reports.signature_roles import APPRAISER_FIELDS

if TYPE_CHECKING:
    from valuer.reports.boxes import BoxPlace
    from valuer.reports.document import DocumentSpec

_SMALLER = (0.94, 0.88, 0.82)
"""By how much type is set smaller where a summary does not fit on its page."""


@dataclass(frozen=True, slots=True)
class BuiltReport:
    """A report before it is signed.

    Attributes:
        pdf: the file's bytes.
        boxes: where the empty signature fields stand, in the order of signing.
        pages: how many pages it has.
        missing: characters that no font has; each was printed as 〓.
    """

    pdf: bytes
    boxes: tuple[BoxPlace, ...]
    pages: int
    missing: tuple[str, ...]


def build_report(
    case: Case,
    valuation: Valuation,
    *,
    case_id: str,
    revision: int,
    digest: str,
    language: str,
    program: str,
    progress: Progress = ignore,
    kind_key: str = "",
    logo: bytes = b"",
) -> BuiltReport:
    """Return the report of one revision of a case; ``kind_key`` "" is the house's own.

    ``logo`` are the bytes that the template in the case names by their SHA-256.

    Raises:
        UserError: the house may not issue this kind; the case lacks what a report
            needs, holds what it may not say, or takes too long to be computed anew;
            the logo is not the one named.
        Cancelled: as ``progress`` raises it.
    """
    kind = kind_named(kind_key, case.house.kind)
    concluded, valuation_date, report_date = complete(case, valuation, kind)
    package = report_package(
        case,
        valuation,
        case_id=case_id,
        revision=revision,
        digest=digest,
        language=language,
        program=program,
        kind_key=kind_key,
    )
    case = package.case
    picture = read_logo(logo, case.house.look.logo)
    gate = check_case(case, valuation, kind) if case.answers else NOTHING_FOUND
    draft = Draft(
        case,
        valuation,
        kind,
        concluded,
        valuation_date,
        report_date,
        case_id,
        revision,
        digest,
        language,
        program,
        words(kind, language),
        gate,
        picture,
    )
    return _built(draft, written(package), logo, progress)


def report_package(
    case: Case,
    valuation: Valuation,
    *,
    case_id: str,
    revision: int,
    digest: str,
    language: str,
    program: str,
    kind_key: str = "",
) -> Package:
    """Return what the report of a revision carries: the case as it is printed.

    Raises:
        UserError: as ``build_report`` does.
    """
    kind = kind_named(kind_key, case.house.kind)
    complete(case, valuation, kind)
    _check_work(valuation)
    case = with_used_answers(case, valuation, kind)
    case = with_printed_look(case, kind, language)
    case = printed(case, is_whole=kind.is_whole)
    return Package(FORMAT, program, kind.key, language, case_id, revision, digest, case)


def _check_work(valuation: Valuation) -> None:
    """Refuse what would keep every reader waiting who computes the report anew."""
    if math.fsum(one.work for one in valuation.runs) > MOST_WORK:
        most = max(valuation.runs, key=lambda one: one.work)
        raise UserError(TOO_MUCH_WORK, run=most.run.key)


def _built(
    draft: Draft, package: bytes, logo: bytes, progress: Progress
) -> BuiltReport:
    from valuer.reports.document import build
    from valuer.reports.setting import story
    from valuer.reports.signature_boxes import FieldBox, prepare_fields

    spec = _spec(draft, package, logo)
    made = build(spec, lambda style: story(draft, style), progress)
    for scale in () if draft.kind.is_whole else _SMALLER:
        if made.pages == 1:
            break
        spec = replace(spec, scale=scale)
        made = build(spec, lambda style: story(draft, style), progress)
    if not draft.kind.is_whole and made.pages > 1:
        text = N_(
            "The summary does not fit on one page; shorten the names in the case:"
            " client, house, titles of patents."
        )
        raise UserError(text)
    boxes = [
        FieldBox(box.name, box.page + 1, *box.rectangle, label=_label(draft, box.name))
        for box in made.boxes
    ]
    pdf = prepare_fields(made.pdf, boxes)
    return BuiltReport(pdf, made.boxes, made.pages, made.missing)


def _spec(draft: Draft, package: bytes, logo: bytes) -> DocumentSpec:
    from valuer.reports.document import DocumentSpec
    from valuer.reports.letterhead import Letterhead
    from valuer.reports.pdf_finish import Attachment

    case, language = draft.case, draft.language
    title = draft.say(draft.kind.title)
    said = tr(N_("Inputs printed in this report, to compute it anew"), language)
    attachments = [Attachment(NAME, package, "application/json", said)]
    if draft.logo is not None:
        said = tr(N_("Logo printed in this report, to make it anew"), language)
        attachments.append(Attachment(LOGO, logo, "image/png", said))
    return DocumentSpec(
        title=f"{case.name} {title}".strip(),
        author=case.house.name,
        subject=case.report_number,
        language=language,
        report_number=case.report_number,
        digest=draft.digest,
        report_date=draft.report_date,
        has_cover=draft.kind.is_whole,
        attachments=tuple(attachments),
        letterhead=Letterhead(
            draft.logo,
            draft.wording.header,
            draft.wording.footer,
            case.house.look.accent,
        ),
    )


def _label(draft: Draft, field: str) -> str:
    """Return what a screen reader says of a signature field."""
    signers = dict(zip(APPRAISER_FIELDS, draft.case.appraisers, strict=False))
    if field not in signers:
        return draft.case.house.name
    return signers[field].name
