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
    front,
    ground,
    limits,
    method,
    self_test,
    subject,
)
from valuer.reports.sections.blocks import Block
from valuer.reports.sections.draft import Draft
from valuer.reports.sections.kinds import ANALYSIS, APPRAISAL, Kind


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
            not have the section, "" stands for a section without heading.
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


def _titles(appraisal: str | None, analysis: str | None) -> Mapping[str, str]:
    both = {APPRAISAL.key: appraisal, ANALYSIS.key: analysis}
    return {key: title for key, title in both.items() if title is not None}


_LEGEND = N_("Appendix 1: Origins of the inputs")
SELF_TEST = N_("Appendix 3: Self-test of the program")
_CHECK_CODE = N_("Appendix 2: Program's check code")

SECTIONS = (
    Section("cover", Part.FRONT, _titles("", ""), front.cover),
    Section(
        "statement",
        Part.FRONT,
        _titles(N_("Statement"), None),
        front.statement,
    ),
    Section(
        "nature",
        Part.FRONT,
        _titles(None, N_("Nature of this analysis")),
        front.nature,
    ),
    Section(
        "contents",
        Part.FRONT,
        _titles(N_("Contents"), N_("Contents")),
        front.contents,
    ),
    Section(
        "summary",
        Part.FRONT,
        _titles(N_("Summary of the appraisal report"), N_("Summary of the analysis")),
        front.summary,
    ),
    Section(
        "client",
        Part.BODY,
        _titles(N_("Client and other users"), N_("Client and other readers")),
        subject.client,
    ),
    Section(
        "purpose",
        Part.BODY,
        _titles(N_("Purpose"), N_("Purpose of the analysis")),
        subject.purpose,
    ),
    Section(
        "scope",
        Part.BODY,
        _titles(N_("Subject and scope"), N_("Subject and scope of the analysis")),
        subject.scope,
    ),
    Section(
        "value_type",
        Part.BODY,
        _titles(N_("Type of value"), N_("Type of value")),
        ground.value_type,
    ),
    Section(
        "base_date",
        Part.BODY,
        _titles(N_("Valuation date"), N_("Base date of the analysis")),
        ground.base_date,
    ),
    Section(
        "basis",
        Part.BODY,
        _titles(N_("Basis of the appraisal"), N_("Basis of the analysis")),
        ground.basis,
    ),
    Section(
        "method",
        Part.BODY,
        _titles(N_("Method and working"), N_("Method and working of the analysis")),
        method.method,
    ),
    Section(
        "procedures",
        Part.BODY,
        _titles(N_("Procedures carried out"), N_("Course of the analysis")),
        limits.procedures,
    ),
    Section(
        "assumptions",
        Part.BODY,
        _titles(N_("Assumptions of the appraisal"), N_("Assumptions of the analysis")),
        limits.assumptions,
    ),
    Section(
        "conclusion",
        Part.BODY,
        _titles(N_("Opinion of value"), N_("Result of the analysis")),
        conclusion.conclusion,
    ),
    Section(
        "special_matters",
        Part.BODY,
        _titles(N_("Special matters"), N_("Special matters")),
        limits.special_matters,
    ),
    Section(
        "limits",
        Part.BODY,
        _titles(N_("Limits of use"), N_("Limits of use of the analysis")),
        limits.limits,
    ),
    Section(
        "report_date",
        Part.BODY,
        _titles(N_("Date of the appraisal report"), N_("Date of this analysis")),
        closing.report_date,
        begins_page=True,
    ),
    Section(
        "signatures",
        Part.BODY,
        _titles(
            N_("Signatures of the appraisers and seal of the institution"),
            N_("Signatures of the analysts"),
        ),
        closing.signatures,
    ),
    Section(
        "legend",
        Part.APPENDIX,
        _titles(_LEGEND, _LEGEND),
        closing.legend,
    ),
    Section(
        "check_code",
        Part.APPENDIX,
        _titles(_CHECK_CODE, _CHECK_CODE),
        closing.check_code,
    ),
    Section(
        "self_test",
        Part.APPENDIX,
        _titles(SELF_TEST, SELF_TEST),
        self_test.self_test,
        begins_page=True,
        wanted=lambda case: case.self_test,
    ),
)


def sections_of(kind: Kind, case: Case) -> tuple[Section, ...]:
    """Return the sections of a report of a case, in the order of print."""
    kinds = (one for one in SECTIONS if kind.key in one.titles)
    return tuple(one for one in kinds if one.wanted(case))
