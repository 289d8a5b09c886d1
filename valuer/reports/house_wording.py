"""What a house's template adds to a report: where it may stand, and what is printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from valuer.core.case import Case
from valuer.core.look import Look, Wording
from valuer.reports.sections import SECTIONS, Part, Section, sections_of
from valuer.reports.sections.blocks import Block, Prose
from valuer.reports.sections.draft import Draft
from valuer.reports.sections.kinds import Kind

_FRONT = ("statement", "nature", "summary")
_CLOSED = ("report_date", "signatures")
"""Sections of the body whose page is measured."""


def may_take_words(key: str) -> bool:
    """Tell whether paragraphs of a house may stand in a section of this key."""
    return any(one.key == key and _is_open(one) for one in SECTIONS)


def with_printed_look(case: Case, kind: Kind, language: str) -> Case:
    """Return a case whose template holds only what this report prints of it."""
    if case.house.look == Look():
        return case
    said = case.house.look.wording(language)
    if kind.is_whole:
        keys = {one.key for one in sections_of(kind, case) if _is_open(one)}
        added = tuple(one for one in said.additions if one.section in keys)
        said = replace(said, additions=added)
    else:
        said = Wording(language, said.header, said.footer)
    wordings = () if said == Wording(language) else (said,)
    house = replace(case.house, look=replace(case.house.look, wordings=wordings))
    return replace(case, house=house)


def blocks_of(section: Section, draft: Draft) -> Iterator[Block]:
    """Yield what a section says, and what the house adds at its end."""
    yield from section.blocks(draft)
    for addition in draft.wording.additions:
        if addition.section == section.key:
            yield from (Prose(text) for text in addition.paragraphs)


def _is_open(section: Section) -> bool:
    if section.part is Part.FRONT:
        return section.key in _FRONT
    return section.part is Part.BODY and section.key not in _CLOSED
