"""The kinds of report, as data: what each is called and may say.

Only an appraisal institution issues a 资产评估报告. Any other house issues a
专利价值分析报告: other words for the same things, a fixed banner, no statement of
appraisers and no seal of an institution. Words reserved for appraisal are refused
in what the house itself has written; the title of a patent is a fact and stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from valuer.core.case import HouseKind
from valuer.core.texts import N_


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
    """

    key: str
    houses: tuple[HouseKind, ...]
    title: str
    banner: str
    terms: Mapping[str, str]
    labels: Mapping[str, str]
    blocked: tuple[str, ...]
    has_seal: bool


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
        "method": N_("Method of the analysis"),
        "opinion": N_("Result of the analysis"),
        "signer": N_("Analyst"),
        "certified_signer": N_("Analyst"),
    },
    blocked=("评估结论", "评估值", "资产评估师", "评报字", "声明"),
    has_seal=False,
)

KINDS = (APPRAISAL, ANALYSIS)


def kind_of(house: HouseKind) -> Kind:
    """Return the kind of report that a house issues."""
    return next(kind for kind in KINDS if house in kind.houses)
