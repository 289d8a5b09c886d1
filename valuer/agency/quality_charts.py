"""Charts of what a docket answers: which agent, client or month stands out.

Rows of one metric that is a rate become a p-chart (by month) or a funnel plot (by agent,
client, field). Rights lost are too rare for either: a g-chart counts the due dates that
went well between one loss and the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from valuer.agency.columns import Column, Docket
from valuer.agency.control_charts import (
    Chart,
    RareChart,
    between_losses,
    funnel,
    g_chart,
    p_chart,
)
from valuer.agency.metric import Mask, Question, view
from valuer.agency.metrics import metric
from valuer.agency.quality import Row, counting, missing
from valuer.core.distributions import Floats

LOSSES = "Q27"
"""The metric whose losses the g-chart is of."""


@dataclass(frozen=True, slots=True)
class Charted:
    """Rows that have cases, with the chart of their rates in the same order."""

    rows: tuple[Row, ...]
    chart: Chart
    is_funnel: bool = False


def p_chart_of(rows: Sequence[Row], centre: float | None = None) -> Charted:
    """Return the p-chart of rows of one rate, as of months."""
    kept, hits, n = _counts(rows)
    return Charted(kept, p_chart(hits, n, centre))


def funnel_of(rows: Sequence[Row], centre: float | None = None) -> Charted:
    """Return the funnel plot of rows of one rate, as of agents."""
    kept, hits, n = _counts(rows)
    return Charted(kept, funnel(hits, n, centre), is_funnel=True)


def losses_of(docket: Docket, question: Question) -> RareChart:
    """Return the g-chart of rights lost, due dates in their order."""
    found = _due_dates(docket, question)
    lost = np.zeros(0, dtype=bool) if found is None else found[1]
    return g_chart(between_losses(lost))


def lost_cases(docket: Docket, question: Question) -> tuple[str, ...]:
    """Return the case of each point of the g-chart, in the same order."""
    found = _due_dates(docket, question)
    if found is None:
        return ()
    case, lost = found
    return tuple(docket.numbers[case[lost]].tolist())


def _due_dates(docket: Docket, question: Question) -> tuple[Column, Mask] | None:
    """Return the case of each due date, in their order, and which were lost."""
    asked = metric(LOSSES)
    if missing(docket, asked):
        return None
    found = counting(view(docket, question), asked)
    tally = found.tally
    rows = np.flatnonzero(found.counts)
    if tally.on is None or tally.hits is None or tally.case is None:
        return None
    in_order = rows[np.argsort(tally.on[rows], kind="stable")]
    return tally.case[in_order], tally.hits[in_order].astype(bool)


def _counts(
    rows: Sequence[Row],
) -> tuple[tuple[Row, ...], Floats, Floats]:
    kept = tuple(row for row in rows if row.n)
    hits = np.array([row.numerator or 0.0 for row in kept], dtype=float)
    return kept, hits, np.array([row.n for row in kept], dtype=float)
