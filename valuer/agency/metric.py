"""What a metric of filing quality is: its words, its needs, and what it counts.

A metric looks at the whole docket at once and returns a ``Tally``: which rows count,
which of them are hits or what value they have, and on which day. How a tally becomes
figures for groups and periods is the same for every metric of one shape, and stands in
``figures`` and ``quality``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from valuer.agency.columns import CAUSES, KINDS, OUTCOMES, Column, Docket, told
from valuer.agency.statuses import Cause, Outcome
from valuer.core.canonical import from_plain, parse_json
from valuer.core.patents import PatentKind
from valuer.core.problems import UserError
from valuer.core.resources import resource
from valuer.core.texts import N_

Mask = NDArray[np.bool_]


class Shape(StrEnum):
    """How a tally becomes a figure."""

    RATE = "rate"
    MEAN = "mean"
    MEDIAN = "median"
    TIME = "time"
    SURVIVAL = "survival"
    INCIDENCE = "incidence"
    COUNT_PER = "count_per"
    PER_UNIT = "per_unit"
    CONCENTRATION = "concentration"
    PEAK = "peak"


class Unit(StrEnum):
    """In what a metric's value is told."""

    SHARE = "share"
    NUMBER = "number"
    MONTHS = "months"
    YEARS = "years"
    PAGES = "pages"
    CHARACTERS = "characters"


class Work(StrEnum):
    """Whose work a metric measures: drafting (撰写) at filing, or what followed it."""

    DRAFTING = "drafting"
    PROSECUTION = "prosecution"


class Grouping(StrEnum):
    """What the answers go by."""

    AGENT = "agent"
    CLIENT = "client"
    FIELD = "field"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the docket.

    Attributes:
        first, last: the period, both days within it; None: no bound.
        by: what the answers go by; None: all in one.
        kinds, agents, clients, fields: only these; () for all. Fields are IPC
            sections.
        days_before: how many days before its last day an answer is on time.
    """

    first: date | None = None
    last: date | None = None
    by: Grouping | None = None
    kinds: tuple[PatentKind, ...] = ()
    agents: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    days_before: int = 0

    @property
    def is_bounded(self) -> bool:
        """Whether a period is asked for."""
        return self.first is not None or self.last is not None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A published figure to hold a metric against: year, mark, source."""

    metric: str
    value: float
    unit: Unit
    year: int
    what: str
    mark: str
    source: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What a metric counts, one row a case or one row of a table.

    Attributes:
        rows: which rows count.
        hits: which of them are hits; in times and incidences 0 open, 1, 2.
        values: what each row has: a number, or days.
        on: the day that puts a row in a period and a month; None: it has none.
        lacking: rows that would count, had they the facts.
        case: the case of each row; None: rows are cases.
        agent: who is answerable for each row; None: as the metric's work says.
        unit: codes of what is counted apart (agents, clients).
    """

    rows: Mask
    hits: Column | None = None
    values: Column | None = None
    on: Column | None = None
    lacking: Mask | None = None
    case: Column | None = None
    agent: Column | None = None
    unit: Column | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric.

    Attributes:
        key: the reference's number, as in ``Q01``, and what of it; never changes.
        definition: what is measured, in words; ``formula``: the same in short.
        exclusions: what does not count, besides what never counts.
        needs: fields without which it has no value.
        better: "high", "low", or "" where neither is.
        horizon: months or years that incidence and survival look ahead, in days.
        per: the value is told per so many, as losses per 1,000 due dates.
    """

    key: str
    name: str
    definition: str
    formula: str
    needs: tuple[str, ...]
    count: Callable[[View], Tally]
    shape: Shape = Shape.RATE
    unit: Unit = Unit.SHARE
    work: Work = Work.PROSECUTION
    kinds: tuple[PatentKind, ...] = ()
    exclusions: str = N_("None besides those that never count.")
    better: str = ""
    horizon: int = 0
    per: int = 1


@dataclass(frozen=True, slots=True)
class View:
    """A docket with what many metrics ask of it, reckoned once.

    Attributes:
        granted: ever granted; ``lost``: closed without a grant; ``closed``: either;
            on the docket's day: what came later is open still.
        closing: day of the final decision, NaT where not told.
        excluded: cases that never count: domestic priority (国优视撤), the utility
            model given up for the invention of the same day, divided cases.
        unknown: cases whose status tells nothing.
    """

    docket: Docket
    question: Question
    granted: Mask
    lost: Mask
    closed: Mask
    closing: Column
    excluded: Mask
    unknown: Mask

    def __getitem__(self, name: str) -> Column:
        """Return a column of the docket."""
        return self.docket.columns[name]

    def is_in(self, *outcomes: Outcome) -> Mask:
        """Return which cases have one of these outcomes."""
        codes = self["outcome"]
        found = codes == OUTCOMES.index(outcomes[0])
        for one in outcomes[1:]:
            found |= codes == OUTCOMES.index(one)
        return np.asarray(found)

    def has_cause(self, cause: Cause) -> Mask:
        """Return which cases were lost by this cause."""
        return np.asarray(self["cause"] == CAUSES.index(cause))

    def is_kind(self, *kinds: PatentKind) -> Mask:
        """Return which cases are of one of these kinds."""
        codes = self["kind"]
        wanted = [kind in kinds for kind in KINDS]
        return np.array([*wanted, False])[codes]  # -1, not told, is the last

    @property
    def until(self) -> np.datetime64:
        """The day up to which the docket was seen."""
        return np.datetime64(self.docket.as_of, "D")

    def followed(self, start: str) -> Column:
        """Return the days from a column to the end seen: closing, hand-over or now.

        "Now" is the day of the list for a case that only an old list tells of.
        """
        end = np.fmin(self["seen"], self.until)
        # A day of closing was told by somebody who saw it, whatever the list's day.
        end = np.where(told(self.closing), self.closing, end)
        end = np.fmin(end, self["handed_over"])
        return (end - self[start]).astype("timedelta64[D]").astype(np.int64)


def view(docket: Docket, question: Question) -> View:
    """Return a docket with what many metrics ask of it.

    Raises:
        UserError: the question's period ends before it begins.
    """
    first, last = question.first, question.last
    if first and last and last < first:
        text = N_("The period ends on {last}, before it begins on {first}.")
        raise UserError(text, first=first, last=last)
    codes = docket.columns["outcome"]
    granted = docket.columns["was_granted"] == 1
    closing = np.where(granted, docket.columns["granted"], np.datetime64("NaT"))
    lost = np.zeros(docket.count, dtype=bool)
    for outcome, name in _LOSSES:
        here = (codes == OUTCOMES.index(outcome)) & ~granted
        lost |= here
        closing = np.where(here, docket.columns[name], closing)
    to_come = closing > np.datetime64(docket.as_of, "D")
    granted, lost = granted & ~to_come, lost & ~to_come
    closing = np.where(to_come, np.datetime64("NaT"), closing)
    excluded = codes == OUTCOMES.index(Outcome.EXCLUDED)
    unknown = (codes == OUTCOMES.index(Outcome.UNKNOWN)) & ~granted
    return View(
        docket, question, granted, lost, granted | lost, closing, excluded, unknown
    )


@cache
def benchmarks() -> dict[str, Benchmark]:
    """Return the verified figures by metric."""
    path = resource("agency/benchmarks.json")
    listed = parse_json(path.read_bytes(), path.name)["benchmarks"]
    rows: list[Any] = [from_plain(one, Benchmark) for one in listed]
    return {one.metric: one for one in rows}


def known(*columns: Column) -> Mask:
    """Return where all columns have a fact."""
    found = told(columns[0])
    for one in columns[1:]:
        found = found & told(one)
    return found


_LOSSES = (
    (Outcome.REFUSED, "refused"),
    (Outcome.DEEMED_WITHDRAWN, "deemed_withdrawn"),
    (Outcome.DEEMED_ABANDONED, "abandoned"),
    (Outcome.WITHDRAWN, "withdrawn"),
)
