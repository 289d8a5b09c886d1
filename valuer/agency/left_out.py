"""What a metric leaves out, and why: cases that never count, and whose work they were.

A figure is only as good as what it leaves out is told: every reason has its count and
its cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from valuer.agency.columns import Docket, told
from valuer.agency.metric import Mask, Metric, Question, View, Work, view
from valuer.agency.quality import counting, missing
from valuer.agency.statuses import Cause
from valuer.core.texts import N_


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows left out for one reason.

    Attributes:
        reason: marked text; ``count``: rows; ``numbers``: their cases, in order.
    """

    reason: str
    count: int
    numbers: tuple[str, ...]


def left_out(docket: Docket, question: Question, metric: Metric) -> tuple[LeftOut, ...]:
    """Return what a metric leaves out of a question, by reason; none are empty.

    A row has the first reason that holds for it.
    """
    if missing(docket, metric):
        return ()
    seen = view(docket, question)
    found = counting(seen, metric)
    case = found.tally.case
    owners = np.arange(docket.count) if case is None else case
    rest, parts = found.excluded, []
    for reason, rows in (*_reasons(seen, metric), (_HANDED_OVER, None)):
        here = rest if rows is None else rest & rows[owners]
        rest = rest & ~here
        parts.append((reason, here))
    parts.append((_LACKING, found.lacking))
    return tuple(
        LeftOut(reason, int(here.sum()), _numbers(docket, owners[here]))
        for reason, here in parts
        if here.any()
    )


def _reasons(seen: View, metric: Metric) -> Iterator[tuple[str, Mask]]:
    for cause, reason in CAUSE_WORDS.items():
        yield reason, seen.excluded & seen.has_cause(cause)
    yield _OTHER, seen.excluded
    if metric.work is Work.DRAFTING:
        yield _TAKEN_OVER, told(seen["taken_over"])


def _numbers(docket: Docket, places: np.ndarray) -> tuple[str, ...]:
    return tuple(docket.numbers[np.unique(places)].tolist())


CAUSE_WORDS = {
    Cause.DOMESTIC_PRIORITY: N_("Deemed withdrawn for a later one's domestic priority"),
    Cause.SAME_INVENTION: N_("Given up for the invention of the same day"),
    Cause.DOUBLE_GRANT: N_("Given up to avoid granting twice"),
    Cause.DIVIDED: N_("Divided"),
}
"""Why a case never counts."""

_OTHER = N_("Left out of every count")
_TAKEN_OVER = N_("Taken over from another agency after filing")
_HANDED_OVER = N_("After the hand-over to another agency")
_LACKING = N_("Would count, but a fact or a day is not told")
