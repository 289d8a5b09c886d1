"""Evidence (评估依据) and the association's receipt (备案回执)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from valuer.core.case import Case
from valuer.core.engagement import EVIDENCE_NAMES, EvidenceKind
from valuer.core.problems import Severity
from valuer.core.texts import N_, message
from valuer.reports.findings import Check, Found, Material
from valuer.reports.gate.signers import is_institution


def group_missing(kind: EvidenceKind) -> Callable[[Material], Iterator[Found]]:
    """Return the search for a case without evidence of a kind."""

    def find(material: Material) -> Iterator[Found]:
        held = {one.kind for one in material.case.evidence}
        if kind not in held and is_institution(material):
            text = N_("The case holds no evidence of the kind “{name}”.")
            yield "evidence", message(text, name=message(EVIDENCE_NAMES[kind]))

    return find


def malformed(material: Material) -> Iterator[Found]:
    """Yield digests that are none."""
    for place, one in enumerate(material.case.evidence):
        if not re.fullmatch("[0-9a-f]{64}", one.digest):
            text = N_(
                "The digest of “{name}” is not a SHA-256, 64 hexadecimal digits in"
                " small letters; take the file up anew."
            )
            yield f"evidence[{place}].digest", message(text, name=one.name[:60])


def about_nothing(material: Material) -> Iterator[Found]:
    """Yield evidence of a place that the case does not have."""
    for place, one in enumerate(material.case.evidence):
        if one.about and not _has_place(material.case, one.about):
            text = N_(
                "“{name}” supports “{about}”, which the case does not have; name what"
                " it supports."
            )
            words = message(text, name=one.name[:60], about=one.about[:60])
            yield f"evidence[{place}].about", words


def obtained_late(material: Material) -> Iterator[Found]:
    """Yield evidence obtained after the report was dated; a receipt always is."""
    dated = material.case.report_date
    for place, one in enumerate(material.case.evidence):
        is_receipt = one.kind is EvidenceKind.RECEIPT
        if dated and one.obtained and one.obtained > dated and not is_receipt:
            text = N_(
                "“{name}” was obtained on {day}, after the report date {dated}; the"
                " conclusion cannot rest on it."
            )
            words = message(text, name=one.name[:60], day=one.obtained, dated=dated)
            yield f"evidence[{place}].obtained", words


def receipt_unknown(material: Material) -> Iterator[Found]:
    """Yield a receipt that is not among the evidence."""
    receipt = material.case.receipt
    digests = {one.digest for one in material.case.evidence}
    if receipt.evidence and receipt.evidence not in digests:
        text = N_(
            "The receipt of the association is not among the evidence; take it up,"
            " as it was issued."
        )
        yield "receipt.evidence", message(text)


def receipt_missing(material: Material) -> Iterator[Found]:
    """Yield a registration code without the receipt that it was read from."""
    receipt = material.case.receipt
    if receipt.code.strip() and not receipt.evidence:
        text = N_(
            "A registration code is stated without the receipt it was read from; it is"
            " issued by the association and never made up. Take the receipt up."
        )
        yield "receipt.evidence", message(text)


def code_unusual(material: Material) -> Iterator[Found]:
    """Yield a registration code that does not look like the one ever seen."""
    code = material.case.receipt.code
    if code and not re.fullmatch("[0-9]{19}", code):
        text = N_("The registration code “{code}” is not nineteen digits; compare it.")
        yield "receipt.code", message(text, code=code[:40])


def _has_place(case: Case, about: str) -> bool:
    """Whether the case has a place, as far as its first two names tell."""
    head, *rest = re.split(r"[.\[]", about)
    if head == "runs" and rest:
        return rest[0] in {run.key for run in case.runs}
    if head == "patents" and rest:
        known = {one.identity for one in case.patents}
        place = rest[0].rstrip("]")
        return place in known or (place.isdecimal() and int(place) < len(case.patents))
    return hasattr(case, head)


CHECKS = (
    Check("act_missing", "report_sources", group_missing(EvidenceKind.ACT)),
    Check("title_missing", "report_sources", group_missing(EvidenceKind.TITLE)),
    Check("price_missing", "report_sources", group_missing(EvidenceKind.PRICE)),
    Check("letter_missing", "report_annexes", group_missing(EvidenceKind.COMMITMENT)),
    Check(
        "papers_missing", "report_annexes", group_missing(EvidenceKind.QUALIFICATION)
    ),
    Check("digest_malformed", "law_13", malformed, Severity.ERROR),
    Check("evidence_about_nothing", "law_13", about_nothing),
    Check("evidence_after_report", "law_25", obtained_late),
    Check("receipt_unknown", "receipt", receipt_unknown, Severity.ERROR),
    Check("receipt_missing", "receipt", receipt_missing),
    Check("code_unusual", "receipt", code_unusual),
)
