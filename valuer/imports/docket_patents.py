"""A docket from a list of patents (专利清单): what a list of any format tells of cases.

The day of the legal status is the day of what the status tells: of the refusal, of the
withdrawal, of the end. Notices, due dates and agents are not in such lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from valuer.agency.docket import Case
from valuer.agency.statuses import Outcome, status_word
from valuer.core.patents import Patent

_DAY = {
    Outcome.REFUSED: "refused",
    Outcome.DEEMED_WITHDRAWN: "deemed_withdrawn",
    Outcome.DEEMED_ABANDONED: "abandoned",
    Outcome.WITHDRAWN: "withdrawn",
    Outcome.ENDED: "lapsed",
}


def docket_of(patents: Iterable[Patent]) -> tuple[Case, ...]:
    """Return the cases that patents of a list are."""
    return tuple(_case(patent) for patent in patents)


def _case(patent: Patent) -> Case:
    case = Case(
        patent.identity,
        patent.kind,
        office=patent.country,
        title=patent.title,
        applicants=patent.owners,
        field=patent.ipc[0] if patent.ipc else "",
        filed=patent.filed,
        granted=patent.granted,
        status=patent.status_wording,
        source=patent.source,
    )
    found = status_word(case.status)
    name = _DAY.get(found.outcome) if found and found.outcome else None
    if name is None or patent.status_on is None:
        return case
    return replace(case, **{name: patent.status_on})  # type: ignore[arg-type] # a day
