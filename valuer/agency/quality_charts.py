"""Charts of what a docket answers: which agent, client or month stands out.

Rows of one metric that is a rate become a p-chart (by month) or a funnel plot (by agent,
client, field). Rights lost are too rare for either: a g-chart counts the due dates that
went well between one loss and the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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
    return g_chart(between_losses(_in_order(docket, question).lost))


def lost_due_dates(docket: Docket, question: Question) -> tuple[tuple[date, str], ...]:
    """Return day and case of each loss, in the order of the g-chart's points."""
    found = _in_order(docket, question)
    days, numbers = found.due[found.lost], docket.numbers[found.case[found.lost]]
    return tuple(zip(days.tolist(), numbers.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class _DueDates:
    """Due dates that count, in their order."""

    due: Column
    case: Column
    lost: Mask


def _in_order(docket: Docket, question: Question) -> _DueDates:
    asked = metric(LOSSES)
    none = np.zeros(0, dtype=np.int64)
    if missing(docket, asked):
        return _DueDates(none.astype("datetime64[D]"), none, none.astype(bool))
    found = counting(view(docket, question), asked)
    due, case, hits = found.tally.on, found.tally.case, found.tally.hits
    if due is None or case is None or hits is None:
        return _DueDates(none.astype("datetime64[D]"), none, none.astype(bool))
    rows = np.flatnonzero(found.counts)
    rows = rows[np.argsort(due[rows], kind="stable")]
    return _DueDates(due[rows], case[rows], hits[rows].astype(bool))


def _counts(
    rows: Sequence[Row],
) -> tuple[tuple[Row, ...], Floats, Floats]:
    kept = tuple(row for row in rows if row.n)
    hits = np.array([row.numerator or 0.0 for row in kept], dtype=float)
    return kept, hits, np.array([row.n for row in kept], dtype=float)
