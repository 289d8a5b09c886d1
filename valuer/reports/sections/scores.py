"""Scores as a radar, where a run scores groups of factors (评分雷达图)."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.core.figures import RadarFigure
from valuer.core.method import Result
from valuer.core.score_sheets import FULL
from valuer.core.scoring import GROUPS, SUBGROUPS
from valuer.core.texts import N_
from valuer.reports.sections.blocks import Block, Chart
from valuer.reports.sections.draft import Draft

_SCORED = {SUBGROUPS: ("A", "T"), GROUPS: ("B", "S")}
"""Symbols of whether a group is scored, and of its score, finest groups first."""

_FEWEST, _MOST = 3, 12
"""Spokes that a radar can have and still be read."""


def radar(draft: Draft, result: Result) -> Iterator[Block]:
    """Yield the scores of the groups, those that are scored, as a radar."""
    for axis, (is_scored, score) in _SCORED.items():
        along = {s.symbol: s.values for s in result.working if s.axis == axis}
        if is_scored not in along or score not in along:
            continue
        rows = zip(result.heads(axis), along[is_scored], along[score], strict=True)
        found = [(name, value) for name, scored, value in rows if scored]
        if _FEWEST <= len(found) <= _MOST:
            names, values = zip(*found, strict=True)
            title = draft.say(N_("Scores by group, 0 to 100"))
            yield Chart(RadarFigure(title, names, values, FULL))
            return
