"""What the analysis of the patents found (法律、技术、经济因素分析与实施情况)."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.core.texts import N_
from valuer.reports.sections.blocks import Block, Heading, Prose
from valuer.reports.sections.draft import Draft

HEADINGS = {
    "legal": N_("Analysis of legal factors"),
    "technical": N_("Analysis of technical factors"),
    "economic": N_("Analysis of economic factors"),
    "exploitation": N_("How the patents are worked"),
    "esg": N_("Environment, society and governance"),
}
"""The headings, by the field of the case that holds the text."""


def factors(draft: Draft) -> Iterator[Block]:
    """Yield each analysis that the case holds, under its heading."""
    for name, heading in HEADINGS.items():
        if text := getattr(draft.case.factors, name).strip():
            yield Heading(draft.say(heading))
            yield Prose(text)
