"""Gather from a docket what its quality report prints."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from valuer.agency.aggregates import (
    Aggregate,
    aggregates,
    cohort_aggregates,
    together,
)
from valuer.agency.cohorts import COHORT
from valuer.agency.columns import CAUSES, KINDS, OUTCOMES, Docket, told
from valuer.agency.metric import Grouping, Question
from valuer.agency.metrics import metric
from valuer.agency.origins import NOTHING_KNOWN, Counted, Origins
from valuer.agency.quality_charts import losses_of
from valuer.agency.statuses import Outcome
from valuer.core.case import House
from valuer.core.look import Wording
from valuer.core.periods import add_months
from valuer.core.problems import UserError
from valuer.core.texts import LANGUAGES, N_
from valuer.reports.quality.facts import (
    MOST_RESPONSIBLE,
    DocketFacts,
    Groups,
    Only,
    QualityFacts,
    Responsible,
    Span,
)

MOST_GROUPS = 20
SMALLEST_GROUP = 10
FEWEST_GROUPS = 3
"""Rows of a table of agents, clients or fields: so many of so many cases at least, but
not fewer rows than these; the others stand together."""

COHORT_YEARS = 5
"""Cases that began so many years before the end of the period are followed."""

_TIMES = ("Q07", "Q07_filing")

_OFFICIAL = "Q01"
_RATES = {
    Grouping.AGENT: ("Q02", "Q08"),
    Grouping.CLIENT: ("Q01", "Q08"),
    Grouping.FIELD: ("Q01", "Q04"),
}
"""The rates that are told by agent, client and field."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the report is wanted.

    Attributes:
        day: of the report; ``number``: its own, or "".
        numbered: agents, clients: those whose names are replaced by numbers.
        is_compared: whether the period before stands beside, where there is one.
    """

    house: House
    day: date
    language: str = LANGUAGES[0]
    number: str = ""
    responsible: tuple[Responsible, ...] = ()
    numbered: tuple[Grouping, ...] = ()
    is_compared: bool = True


def gathered(
    docket: Docket, question: Question, wanted: Wanted, origins: Origins = NOTHING_KNOWN
) -> QualityFacts:
    """Return what the quality report of a docket prints.

    Raises:
        UserError: the house has no name, too many persons sign, the docket is empty,
            or the period ends before it begins.
    """
    _refuse(docket, wanted)
    whole = replace(question, by=None)
    before = period_before(question) if wanted.is_compared else None
    earlier = replace(whole, first=before.first, last=before.last) if before else None
    end = question.last or docket.as_of
    since = add_months(end, -12 * COHORT_YEARS) + timedelta(days=1)
    followed = replace(whole, first=since, last=end)
    monthly = replace(whole, by=Grouping.MONTH)
    between = losses_of(docket, whole).between
    return QualityFacts(
        house=_printed(wanted.house, wanted.language),
        language=wanted.language,
        number=wanted.number,
        day=wanted.day,
        responsible=wanted.responsible,
        as_of=docket.as_of,
        period=Span(question.first, question.last),
        before=before,
        only=_only(question, wanted.numbered),
        days_before=question.days_before,
        numbered=wanted.numbered,
        docket=docket_facts(docket, origins),
        metrics=aggregates(docket, whole),
        earlier=aggregates(docket, earlier) if earlier else (),
        months=_by_month(aggregates(docket, monthly, (metric(_OFFICIAL),))),
        cohorts=tuple(cohort_aggregates(docket, followed, COHORT)),
        times=aggregates(docket, followed, [metric(key) for key in _TIMES]),
        followed_from=since,
        between=tuple(int(one) for one in between.tolist()),
        groups=tuple(_grouped(docket, whole, wanted.numbered)),
    )


def period_before(question: Question) -> Span | None:
    """Return the period just before, equally long; None where it has no bounds.

    Whole months are compared with as many whole months.
    """
    first, last = question.first, question.last
    if first is None or last is None or last < first:
        return None
    ends_month = last.day == calendar.monthrange(last.year, last.month)[1]
    try:
        if first.day == 1 and ends_month:
            months = (last.year - first.year) * 12 + last.month - first.month + 1
            start = add_months(first, -months).replace(day=1)
        else:
            start = first - (last - first) - timedelta(days=1)
        return Span(start, first - timedelta(days=1))
    except OverflowError:  # before the first year
        return None


def docket_facts(docket: Docket, origins: Origins) -> DocketFacts:
    """Return what a docket is: counts by kind and outcome, and what is open."""
    columns = docket.columns
    filed = columns["filed"][told(columns["filed"])]
    never = columns["outcome"] == OUTCOMES.index(Outcome.EXCLUDED)
    return DocketFacts(
        count=docket.count,
        kinds=_counts(columns["kind"], KINDS),
        outcomes=_counts(columns["outcome"], OUTCOMES),
        causes=_counts(columns["cause"][never], CAUSES),
        filed=Span(filed.min().item(), filed.max().item()) if len(filed) else Span(),
        undated=docket.count - len(filed),
        files=origins.files,
        words=origins.words,
        questions=origins.questions,
    )


def _refuse(docket: Docket, wanted: Wanted) -> None:
    if not wanted.house.name.strip():
        text = N_("A report names its house; enter the agency's name in the settings.")
        raise UserError(text)
    if len(wanted.responsible) > MOST_RESPONSIBLE:
        text = N_("At most {most} persons sign a quality report; {count} are named.")
        count = len(wanted.responsible)
        raise UserError(text, most=MOST_RESPONSIBLE, count=count)
    if not docket.count:
        raise UserError(N_("The docket holds no case; import one first."))


def _printed(house: House, language: str) -> House:
    """Return the house with what a quality report prints of its look."""
    look = house.look
    said = replace(look.wording(language), additions=())
    wordings = () if said == Wording(language) else (said,)
    return replace(house, look=replace(look, wordings=wordings))


def _only(question: Question, numbered: Sequence[Grouping]) -> Only:
    """Return the limits of a question; names that are replaced are not told."""
    agents, clients = question.agents, question.clients
    return Only(
        question.kinds,
        () if Grouping.AGENT in numbered else agents,
        () if Grouping.CLIENT in numbered else clients,
        question.fields,
    )


def _counts(codes: np.ndarray, names: Sequence[str]) -> tuple[Counted, ...]:
    """Return how many cases have each code; "" for those not told."""
    counts = np.bincount(codes.astype(np.int64) + 1, minlength=len(names) + 1).tolist()
    every = zip(("", *names), counts, strict=True)
    return tuple(Counted(str(name), count) for name, count in every if count)


def _by_month(found: Sequence[Aggregate]) -> tuple[Aggregate, ...]:
    return tuple(one for one in found if one.group and one.n)


def _grouped(
    docket: Docket, whole: Question, numbered: Sequence[Grouping]
) -> Iterator[Groups]:
    """Yield the rates by agent, client and field, where there are two at least."""
    for by, keys in _RATES.items():
        numbers = _numbers(docket, by) if by in numbered else None
        for key in keys:
            asked = (metric(key),)
            (every,) = aggregates(docket, whole, asked)
            rows = aggregates(docket, replace(whole, by=by), asked)
            rows = tuple(one for one in rows if one.n and not one.missing)
            if sum(1 for one in rows if one.group) > 1:
                yield _largest(by, every, rows, numbers)


def _numbers(docket: Docket, by: Grouping) -> dict[str, str]:
    """Return a number for every name, by how many cases of the docket it has."""
    counts = np.bincount(
        docket.columns[by.value], minlength=len(docket.labels[by.value])
    )
    order = np.argsort(-counts[1:], kind="stable") + 1
    names = docket.labels[by.value]
    return {names[code]: str(place) for place, code in enumerate(order.tolist(), 1)}


def _largest(
    by: Grouping,
    every: Aggregate,
    rows: Sequence[Aggregate],
    numbers: Mapping[str, str] | None,
) -> Groups:
    ordered = sorted(rows, key=lambda one: (-one.n, one.group or ""))
    if numbers is not None:
        ordered = [
            replace(one, group=numbers.get(one.group or "", "")) for one in ordered
        ]
    large = sum(1 for one in ordered if one.n >= SMALLEST_GROUP)
    kept = min(max(large, FEWEST_GROUPS), MOST_GROUPS)
    rest = ordered[kept:]
    if len(rest) < 2:  # one alone would only lose its name
        return Groups(by, every, tuple(ordered))
    return Groups(by, every, (*ordered[:kept], together(rest, "")), len(rest))
