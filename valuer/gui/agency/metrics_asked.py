"""What the panels below the metrics are given, and what they hand on."""

from __future__ import annotations

from dataclasses import dataclass

from valuer.agency.metric import Metric, Question
from valuer.agency.metrics import metric
from valuer.agency.quality import Row
from valuer.core.texts import Message


@dataclass(frozen=True, slots=True)
class Asked:
    """The metric selected, and the question that its row answers."""

    row: Row
    question: Question

    @property
    def metric(self) -> Metric:
        """The metric."""
        return metric(self.row.key)


@dataclass(frozen=True, slots=True)
class Behind:
    """Which cases are wanted: those behind a row, a point or a bar.

    Attributes:
        title: what was clicked, in words.
        question, group: whose cases; ``group`` None: all of the question.
        numbers: the cases themselves, where they are known already.
    """

    title: Message | str
    metric: Metric
    question: Question
    group: str | None = None
    numbers: tuple[str, ...] | None = None
