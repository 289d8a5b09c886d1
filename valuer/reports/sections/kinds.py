"""The kinds of report, as data: what each is called and may say.

Only an appraisal institution issues a 资产评估报告. Any other house issues a
专利价值分析报告: other words for the same things, a fixed banner, no statement of
appraisers and no seal of an institution. Words reserved for appraisal are refused
in what the house itself has written; the title of a patent is a fact and stays.

A house issues besides: the summary (摘要) of its own kind, one page that says to read
the body; an appraisal institution also a valuation report after the International
Valuation Standards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from valuer.core.case import HOUSE_NAMES, HouseKind
from valuer.core.problems import UserError
from valuer.core.texts import N_, message


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of report.

    Attributes:
        key: stable name, stored in the recompute package.
        houses: who may issue it.
        title: marked text on the cover.
        banner: marked sentence on the cover and in the summary, or "".
        terms: marked words by the placeholder that stands for them in every text.
        labels: marked names of things in headings and tables, by name.
        blocked: words that may not occur in what the house writes.
        has_seal: whether the house's seal has a place on the signature page.
        is_whole: whether it holds the body; else it is one page that names it.
    """

    key: str
    houses: tuple[HouseKind, ...]
    title: str
    banner: str
    terms: Mapping[str, str]
    labels: Mapping[str, str]
    blocked: tuple[str, ...]
    has_seal: bool
    is_whole: bool = True


APPRAISAL = Kind(
    key="appraisal_report",
    houses=(HouseKind.APPRAISAL_INSTITUTION,),
    title=N_("Patent appraisal report"),
    banner="",
    terms={
        "report": N_("appraisal report"),
        "opinion": N_("opinion of value"),
        "figure": N_("appraised value"),
        "work": N_("appraisal"),
        "signers": N_("appraisers"),
        "house": N_("appraisal institution"),
        "base_date": N_("valuation date"),
        "subject": N_("subject"),
    },
    labels={
        "purpose": N_("Purpose"),
        "subject": N_("Subject"),
        "base_date": N_("Valuation date"),
        "value_type": N_("Type of value"),
        "method": N_("Method"),
        "opinion": N_("Opinion of value"),
        "signer": N_("Appraiser"),
        "certified_signer": N_("Certified asset appraiser"),
    },
    blocked=(),
    has_seal=True,
)

ANALYSIS = Kind(
    key="value_analysis",
    houses=(HouseKind.PATENT_AGENCY, HouseKind.UNIVERSITY),
    title=N_("Patent value analysis"),
    banner=N_(
        "This analysis is not an asset appraisal report (资产评估报告). It may not be"
        " used where law requires an appraisal."
    ),
    terms={
        "report": N_("value analysis"),
        "opinion": N_("result of the analysis"),
        "figure": N_("analysed value"),
        "work": N_("analysis"),
        "signers": N_("analysts"),
        "house": N_("issuing house"),
        "base_date": N_("base date of the analysis"),
        "subject": N_("subject of the analysis"),
    },
    labels={
        "purpose": N_("Purpose of the analysis"),
        "subject": N_("Subject of the analysis"),
        "base_date": N_("Base date of the analysis"),
        "value_type": N_("Type of value"),
        "method": N_("Method of the analysis"),
        "opinion": N_("Result of the analysis"),
        "signer": N_("Analyst"),
        "certified_signer": N_("Analyst"),
    },
    blocked=("评估结论", "评估值", "资产评估师", "评报字", "声明"),
    has_seal=False,
)

VALUATION = Kind(
    key="valuation_report",
    houses=(HouseKind.APPRAISAL_INSTITUTION,),
    title=N_("Patent valuation report"),
    banner=N_(
        "This report follows the International Valuation Standards. Where Chinese law"
        " requires an asset appraisal report (资产评估报告), it does not take its place."
    ),
    terms={
        "report": N_("valuation report"),
        "opinion": N_("conclusion of value"),
        "figure": N_("value concluded"),
        "work": N_("valuation"),
        "signers": N_("valuers"),
        "house": N_("valuation house"),
        "base_date": N_("date of valuation"),
        "subject": N_("subject asset"),
    },
    labels={
        "purpose": N_("Intended use"),
        "subject": N_("Subject asset"),
        "base_date": N_("Date of valuation"),
        "value_type": N_("Basis of value"),
        "method": N_("Methods of valuation"),
        "opinion": N_("Conclusion of value"),
        "signer": N_("Valuer"),
        "certified_signer": N_("Certified asset appraiser"),
    },
    blocked=(),
    has_seal=True,
)

SUMMARIES = (
    replace(
        APPRAISAL,
        key="summary",
        title=N_("Summary of the appraisal report"),
        is_whole=False,
    ),
    replace(
        ANALYSIS,
        key="summary",
        title=N_("Summary of the analysis"),
        is_whole=False,
    ),
)
"""One kind, in the words of either house."""

KINDS = (APPRAISAL, ANALYSIS, VALUATION, *SUMMARIES)


def kind_of(house: HouseKind) -> Kind:
    """Return the kind of report that is a house's own."""
    return next(kind for kind in KINDS if house in kind.houses)


def kinds_of(house: HouseKind) -> tuple[Kind, ...]:
    """Return every kind of report that a house may issue, its own first."""
    return tuple(kind for kind in KINDS if house in kind.houses)


def kind_named(key: str, house: HouseKind) -> Kind:
    """Return the kind of report of this key, in the words of a house; "" is its own.

    Raises:
        UserError: there is no such kind, or this house may not issue it.
    """
    if not key:
        return kind_of(house)
    known = tuple(dict.fromkeys(kind.key for kind in KINDS))
    if key not in known:
        text = N_("There is no kind of report “{kind}”; there are {known}.")
        raise UserError(text, kind=key[:40], known=", ".join(known))
    for kind in kinds_of(house):
        if kind.key == key:
            return kind
    text = N_("This house may not issue a report of the kind “{kind}”: {house}.")
    raise UserError(text, kind=key, house=message(HOUSE_NAMES[house]))
