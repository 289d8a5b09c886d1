"""The sections of a report. To add one: write its module, add its line here.

The order is the order of print. A section without a title for a kind of report does
not stand in it; those of the body are numbered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from valuer.core.case import Case
from valuer.core.texts import N_
from valuer.reports.sections import (
    closing,
    conclusion,
    data,
    declared,
    file,
    front,
    ground,
    known,
    limits,
    method,
    one_page,
    self_test,
    subject,
)
from valuer.reports.sections.blocks import Block
from valuer.reports.sections.draft import Draft
from valuer.reports.sections.kinds import (
    ANALYSIS,
    APPRAISAL,
    SUMMARIES,
    VALUATION,
    Kind,
)


class Part(StrEnum):
    """Which part of the report a section belongs to."""

    FRONT = "front"
    BODY = "body"
    APPENDIX = "appendix"


@dataclass(frozen=True, slots=True)
class Section:
    """One section.

    Attributes:
        key: stable name.
        part: front matter, body or appendix.
        titles: marked title by the key of a kind of report; a kind without one does
            not have the section, "" stands for a section without heading. Appendices
            count themselves by ``{number}``.
        blocks: what it says.
        begins_page: whether it stands on a page of its own beginning.
        wanted: whether the report of a case has it.
    """

    key: str
    part: Part
    titles: Mapping[str, str]
    blocks: Callable[[Draft], Iterator[Block]]
    begins_page: bool = False
    wanted: Callable[[Case], bool] = lambda _: True


def _titles(
    appraisal: str | None = None,
    analysis: str | None = None,
    valuation: str | None = None,
    summary: str | None = None,
) -> Mapping[str, str]:
    titles = {
        APPRAISAL.key: appraisal,
        ANALYSIS.key: analysis,
        VALUATION.key: valuation,
        SUMMARIES[0].key: summary,
    }
    return {key: title for key, title in titles.items() if title is not None}


def _everywhere(title: str) -> Mapping[str, str]:
    return _titles(title, title, title)


SELF_TEST = N_("Appendix {number}: Self-test of the program")
MOST_APPENDICES = 9

SECTIONS = (
    Section("one_page", Part.FRONT, _titles(summary=""), one_page.one_page),
    Section("cover", Part.FRONT, _everywhere(""), front.cover),
    Section("statement", Part.FRONT, _titles(N_("Statement")), front.statement),
    Section(
        "nature",
        Part.FRONT,
        _titles(analysis=N_("Nature of this analysis")),
        front.nature,
    ),
    Section("contents", Part.FRONT, _everywhere(N_("Contents")), front.contents),
    Section(
        "summary",
        Part.FRONT,
        _titles(
            N_("Summary of the appraisal report"),
            N_("Summary of the analysis"),
            N_("Summary of the valuation report"),
        ),
        front.summary,
    ),
    Section(
        "client",
        Part.BODY,
        _titles(
            N_("Client and other users"),
            N_("Client and other readers"),
            N_("Client and intended users"),
        ),
        subject.client,
    ),
    Section(
        "purpose",
        Part.BODY,
        _titles(N_("Purpose"), N_("Purpose of the analysis"), N_("Intended use")),
        subject.purpose,
    ),
    Section(
        "scope",
        Part.BODY,
        _titles(
            N_("Subject and scope"),
            N_("Subject and scope of the analysis"),
            N_("Subject asset"),
        ),
        subject.scope,
    ),
    Section(
        "value_type",
        Part.BODY,
        _titles(N_("Type of value"), N_("Type of value"), N_("Basis of value")),
        ground.value_type,
    ),
    Section(
        "base_date",
        Part.BODY,
        _titles(N_("Valuation date"), N_("Base date of the analysis"), N_("Dates")),
        ground.base_date,
    ),
    Section(
        "valuers",
        Part.BODY,
        _titles(valuation=N_("Valuers, competence and independence")),
        declared.valuers,
    ),
    Section(
        "basis",
        Part.BODY,
        _titles(
            N_("Basis of the appraisal"),
            N_("Basis of the analysis"),
            N_("Laws, standards and sources"),
        ),
        ground.basis,
    ),
    Section("data", Part.BODY, _titles(valuation=N_("Data and inputs")), data.data),
    Section("models", Part.BODY, _titles(valuation=N_("Models")), data.models),
    Section(
        "method",
        Part.BODY,
        _titles(
            N_("Method and working"),
            N_("Method and working of the analysis"),
            N_("Approaches, methods and working"),
        ),
        method.method,
    ),
    Section(
        "procedures",
        Part.BODY,
        _titles(
            N_("Procedures carried out"),
            N_("Course of the analysis"),
            N_("Scope of work"),
        ),
        limits.procedures,
    ),
    Section(
        "assumptions",
        Part.BODY,
        _titles(
            N_("Assumptions of the appraisal"),
            N_("Assumptions of the analysis"),
            N_("Assumptions of the valuation"),
        ),
        limits.assumptions,
    ),
    Section(
        "conclusion",
        Part.BODY,
        _titles(
            N_("Opinion of value"),
            N_("Result of the analysis"),
            N_("Reconciliation and conclusion of value"),
        ),
        conclusion.conclusion,
    ),
    Section(
        "uncertainty",
        Part.BODY,
        _titles(valuation=N_("Material uncertainty")),
        known.uncertainty,
        wanted=lambda case: bool(case.declared.uncertainty.strip()),
    ),
    Section(
        "special_matters",
        Part.BODY,
        _everywhere(N_("Special matters")),
        limits.special_matters,
    ),
    Section(
        "limits",
        Part.BODY,
        _titles(
            N_("Limits of use"),
            N_("Limits of use of the analysis"),
            N_("Limits of use of the valuation"),
        ),
        limits.limits,
    ),
    Section(
        "papers",
        Part.BODY,
        _titles(valuation=N_("Working papers")),
        file.papers,
        wanted=file.has_papers,
    ),
    Section(
        "report_date",
        Part.BODY,
        _titles(
            N_("Date of the appraisal report"),
            N_("Date of this analysis"),
            N_("Date of the valuation report"),
        ),
        closing.report_date,
        begins_page=True,
    ),
    Section(
        "signatures",
        Part.BODY,
        _titles(
            N_("Signatures of the appraisers and seal of the institution"),
            N_("Signatures of the analysts"),
            N_("Signatures of the valuers and seal of the house"),
        ),
        closing.signatures,
    ),
    Section(
        "legend",
        Part.APPENDIX,
        _everywhere(N_("Appendix {number}: Origins of the inputs")),
        closing.legend,
    ),
    Section(
        "check_code",
        Part.APPENDIX,
        _everywhere(N_("Appendix {number}: Program's check code")),
        closing.check_code,
    ),
    Section(
        "evidence",
        Part.APPENDIX,
        _everywhere(N_("Appendix {number}: List of evidence")),
        file.evidence,
        wanted=file.has_evidence,
    ),
    Section(
        "receipt",
        Part.APPENDIX,
        _titles(N_("Appendix {number}: Receipt of the association")),
        file.receipt,
        wanted=file.has_receipt,
    ),
    Section(
        "self_test",
        Part.APPENDIX,
        _everywhere(SELF_TEST),
        self_test.self_test,
        begins_page=True,
        wanted=lambda case: case.self_test,
    ),
)


def sections_of(kind: Kind, case: Case) -> tuple[Section, ...]:
    """Return the sections of a report of a case, in the order of print."""
    kinds = (one for one in SECTIONS if kind.key in one.titles)
    return tuple(one for one in kinds if one.wanted(case))
