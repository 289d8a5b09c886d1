"""What may be asked of the list of patents, and who answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from valuer.core.patents import Patent
from valuer.gui.desk import Desk
from valuer.gui.finder import Source


@dataclass(frozen=True, slots=True)
class Question:
    """Which patents, and in which order."""

    search: str = ""
    order: str = "added"
    descending: bool = False


def patent_source(desk: Desk) -> Source[Question, Patent]:
    """Return where the patents of a library are counted and read."""

    def count(question: Question) -> int:
        return desk.count(question.search)

    def read(question: Question, count: int, first: int) -> Sequence[Patent]:
        return desk.patents(
            question.search,
            question.order,
            count,
            first,
            descending=question.descending,
        )

    return Source(count, read)
