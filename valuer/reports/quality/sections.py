"""The sections of a quality report, in the order of print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from valuer.core.texts import N_
from valuer.reports.quality import change, closing, data, front, grants, groups, work
from valuer.reports.quality.draft import QualityDraft
from valuer.reports.quality.tables import has_group
from valuer.reports.sections import Part
from valuer.reports.sections.blocks import Block


@dataclass(frozen=True, slots=True)
class QualitySection:
    """One section.

    Attributes:
        title: marked; "" stands without a heading. Appendices count by ``{number}``.
        wanted: whether a report has it: whether the docket tells anything of it.
    """

    key: str
    part: Part
    title: str
    blocks: Callable[[QualityDraft], Iterator[Block]]
    begins_page: bool = False
    wanted: Callable[[QualityDraft], bool] = lambda _: True


def _with(*keys: str) -> Callable[[QualityDraft], bool]:
    return lambda draft: has_group(draft, *keys)


SECTIONS = (
    QualitySection("cover", Part.FRONT, "", front.cover),
    QualitySection("contents", Part.FRONT, N_("Contents"), front.contents),
    QualitySection("summary", Part.FRONT, N_("Summary"), front.summary),
    QualitySection("data", Part.BODY, N_("The data"), data.data),
    QualitySection(
        "grants", Part.BODY, N_("Grants"), grants.grants, wanted=_with("grants")
    ),
    QualitySection(
        "cohorts",
        Part.BODY,
        N_("What becomes of applications filed together"),
        grants.cohorts,
        wanted=grants.has_cohorts,
    ),
    QualitySection(
        "examination",
        Part.BODY,
        N_("Examination"),
        work.examination,
        wanted=lambda draft: has_group(draft, "examination") or work.has_times(draft),
    ),
    QualitySection(
        "losses",
        Part.BODY,
        N_("Losses and due dates"),
        work.losses,
        wanted=lambda draft: has_group(draft, "losses") or work.has_losses(draft),
    ),
    QualitySection(
        "drafting", Part.BODY, N_("Drafting"), work.drafting, wanted=_with("drafting")
    ),
    QualitySection(
        "filings", Part.BODY, N_("Filings"), work.filings, wanted=_with("filings")
    ),
    QualitySection(
        "patents", Part.BODY, N_("After grant"), work.patents, wanted=_with("patents")
    ),
    QualitySection(
        "care", Part.BODY, N_("Docketing and service"), work.care, wanted=_with("care")
    ),
    QualitySection(
        "groups",
        Part.BODY,
        N_("Agents, clients and fields"),
        groups.by_group,
        wanted=lambda draft: bool(draft.facts.groups),
    ),
    QualitySection(
        "change",
        Part.BODY,
        N_("Beside the period before"),
        change.change,
        wanted=change.has_change,
    ),
    QualitySection(
        "signatures", Part.BODY, N_("Signatures and seal"), closing.signatures
    ),
    QualitySection(
        "definitions",
        Part.APPENDIX,
        N_("Appendix {number}: Definitions"),
        closing.definitions,
    ),
    QualitySection(
        "sources",
        Part.APPENDIX,
        N_("Appendix {number}: Published figures"),
        closing.sources,
        wanted=closing.has_sources,
    ),
    QualitySection(
        "method",
        Part.APPENDIX,
        N_("Appendix {number}: How it was reckoned"),
        closing.method,
    ),
    QualitySection(
        "check_code",
        Part.APPENDIX,
        N_("Appendix {number}: Program's check code"),
        closing.check_code,
        begins_page=True,
    ),
)


def sections_of(draft: QualityDraft) -> tuple[QualitySection, ...]:
    """Return the sections that a report has."""
    return tuple(one for one in SECTIONS if one.wanted(draft))
