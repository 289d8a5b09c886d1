"""Ranks (排名) of agents, clients or fields: none where too little is known.

Source: the interval of Wilson (1927); ten points either way is this program's bound.
"""

from __future__ import annotations

from collections.abc import Sequence

from valuer.agency.metric import Shape
from valuer.agency.metrics import metric
from valuer.agency.quality import Row

WIDEST = 0.10
"""Half-width of an interval above which nothing is ranked."""

_SHARES = (Shape.RATE, Shape.SURVIVAL, Shape.INCIDENCE)


def ranked(rows: Sequence[Row]) -> tuple[tuple[int | None, Row], ...]:
    """Return rows of one metric with their ranks, the best first.

    Without a rank, behind the others: groups whose interval is wider than 10 points
    either way or not told, and metrics that are no share or have no better side.
    Equal values share a rank.
    """
    sure = [row for row in rows if is_rankable(row)]
    sign = -1 if sure and metric(sure[0].key).better == "high" else 1
    sure.sort(key=lambda row: (sign * (row.value or 0.0), row.group or ""))
    placed: list[tuple[int | None, Row]] = []
    for place, row in enumerate(sure):
        same = place > 0 and row.value == sure[place - 1].value
        placed.append((placed[-1][0] if same else place + 1, row))
    return (*placed, *((None, row) for row in rows if not is_rankable(row)))


def is_rankable(row: Row) -> bool:
    """Whether enough is known of a group's share to rank it."""
    asked, half = metric(row.key), row.half_width
    if asked.shape not in _SHARES or not asked.better or not row.group:
        return False
    return half is not None and half / asked.per <= WIDEST
