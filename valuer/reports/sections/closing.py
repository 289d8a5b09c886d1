"""The end: report date, signatures, legend of origins, check code (报告日、签名、附件)."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.core.case import Appraiser
from valuer.core.texts import N_
from valuer.reports.sections.blocks import (
    Block,
    CheckCode,
    Facts,
    Note,
    Prose,
    SigningBox,
)
from valuer.reports.sections.draft import Draft
from valuer.reports.sections.inputs import ORIGIN_MEANINGS, ORIGIN_NAMES
from valuer.reports.signature_roles import AGENCY_FIELD, APPRAISER_FIELDS


def report_date(draft: Draft) -> Iterator[Block]:
    """Yield the date of the report."""
    text = N_("This {report} is dated {day}.")
    yield Prose(draft.say(text, day=draft.day(draft.report_date)))


def signatures(draft: Draft) -> Iterator[Block]:
    """Yield a place to sign for each signer, and one for the institution's seal."""
    yield from signing_boxes(draft)
    if not draft.kind.has_seal:
        yield Prose(draft.case.house.name)
        yield Prose(draft.day(draft.report_date))


def signing_boxes(draft: Draft) -> Iterator[SigningBox]:
    """Yield the places to sign, in the order of signing."""
    for field, signer in zip(APPRAISER_FIELDS, draft.case.appraisers, strict=False):
        yield SigningBox(
            field=field,
            caption=draft.say(N_("Signature")),
            lines=tuple(_signer(draft, signer)),
        )
    if draft.kind.has_seal:
        yield SigningBox(
            field=AGENCY_FIELD,
            caption=draft.say(N_("Institution's seal")),
            lines=(draft.case.house.name, draft.day(draft.report_date)),
            is_seal=True,
        )


def legend(draft: Draft) -> Iterator[Block]:
    """Yield what the marks of origin mean."""
    yield Facts(
        tuple(
            (draft.say(name), draft.say(ORIGIN_MEANINGS[origin]))
            for origin, name in ORIGIN_NAMES.items()
        )
    )


def check_code(draft: Draft) -> Iterator[Block]:
    """Yield the QR code: which revision of which case this report was made from."""
    lines = (
        f"Valuer {draft.program}",
        draft.say(
            N_("Case {case}, revision {revision}"),
            case=draft.case_id,
            revision=draft.revision,
        ),
        f"SHA-256 {draft.digest}",
        draft.case.report_number,
    )
    caption = N_(
        "Program's check code, not a registration code of the China Appraisal Society"
    )
    yield CheckCode("\n".join(lines), draft.say(caption))
    text = N_(
        "The code holds the text above: the version of the program, the case and its"
        " revision, the SHA-256 of that revision, and the number of this {report}. The"
        " file carries the inputs printed here as an attachment (valuer-recompute.json);"
        " the program computes from them anew and compares every page."
    )
    yield Note(draft.say(text))


def _signer(draft: Draft, signer: Appraiser) -> Iterator[str]:
    label = draft.label("certified_signer" if signer.certified else "signer")
    yield draft.say(N_("{role}: {name}"), role=label, name=signer.name)
    if signer.qualification:
        text = N_("Qualification No.: {number}")
        yield draft.say(text, number=signer.qualification)
