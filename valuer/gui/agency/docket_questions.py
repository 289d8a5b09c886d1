"""What may be asked of the docket, and who answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from valuer.agency.docket import Case
from valuer.gui.desk import Desk
from valuer.gui.finder import Source
from valuer.store.docket import DocketFilter


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases, and in which order."""

    which: DocketFilter = field(default_factory=DocketFilter)
    order: str = "added"
    descending: bool = False


def docket_source(desk: Desk) -> Source[Wanted, Case]:
    """Return where the cases of the docket are counted and read."""

    def count(wanted: Wanted) -> int:
        return desk.docket.count(wanted.which)

    def read(wanted: Wanted, count: int, first: int) -> Sequence[Case]:
        return desk.docket.cases(
            wanted.which, first, count, wanted.order, descending=wanted.descending
        )

    return Source(count, read)
