"""What a quality report prints, as a value: facts, counts and aggregates, no case.

Values, intervals and ranks are not among them: they are reckoned from the aggregates
when the report is made, and again when it is verified.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valuer.agency.aggregates import Aggregate
from valuer.agency.metric import Grouping
from valuer.agency.origins import Counted, TakenUp
from valuer.core.case import Appraiser, House
from valuer.core.patents import PatentKind
from valuer.core.texts import LANGUAGES

KIND = "agency_quality"
"""Key of this kind of report."""

MOST_RESPONSIBLE = 2
"""So many persons sign at the most; the agency seals besides."""


@dataclass(frozen=True, slots=True)
class Responsible:
    """A person who answers for the report: name, position, licence number."""

    name: str = ""
    position: str = ""
    qualification: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A period, both days within it; None: no bound."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class DocketFacts:
    """What the docket is.

    Attributes:
        count: cases in it, whatever is asked of them.
        kinds, outcomes, causes: how many have each; causes of those never counted.
        undated: cases without a filing day.
        files: where they came from.
        words: status words that tell no outcome.
        questions: how many entries wait for an answer.
    """

    count: int = 0
    kinds: tuple[Counted, ...] = ()
    outcomes: tuple[Counted, ...] = ()
    causes: tuple[Counted, ...] = ()
    filed: Span = Span()
    undated: int = 0
    files: tuple[TakenUp, ...] = ()
    words: tuple[Counted, ...] = ()
    questions: int = 0


@dataclass(frozen=True, slots=True)
class Groups:
    """One rate of every agent, client or field.

    Attributes:
        whole: of all groups together, those not told among them.
        rows: the largest groups; the last may be all the others together.
        others: how many groups that last row is of; 0: there is no such row.
    """

    by: Grouping
    whole: Aggregate
    rows: tuple[Aggregate, ...]
    others: int = 0


@dataclass(frozen=True, slots=True)
class Only:
    """To what the figures are limited; () is no limit."""

    kinds: tuple[PatentKind, ...] = ()
    agents: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QualityFacts:
    """What one report prints.

    Attributes:
        number, day: of the report; ``as_of``: the day on which the docket stood so.
        before: the period it is compared with; None: with none.
        days_before: so many days before its last day an answer is on time.
        numbered: agents and clients that have numbers here in place of their names.
        metrics: of the period; ``earlier``: of the period before.
        months: the official grant rate by month of the decision.
        cohorts: inventions by quarter of filing, those filed from ``followed_from``.
        times: times to the decision of those that began from that day on.
        between: due dates that went well before each right lost, in their order.
    """

    house: House
    language: str = LANGUAGES[0]
    number: str = ""
    day: date = date(2026, 1, 1)
    responsible: tuple[Responsible, ...] = ()
    as_of: date = date(2026, 1, 1)
    period: Span = Span()
    before: Span | None = None
    only: Only = Only()
    days_before: int = 0
    numbered: tuple[Grouping, ...] = ()
    docket: DocketFacts = DocketFacts()
    metrics: tuple[Aggregate, ...] = ()
    earlier: tuple[Aggregate, ...] = ()
    months: tuple[Aggregate, ...] = ()
    cohorts: tuple[Aggregate, ...] = ()
    times: tuple[Aggregate, ...] = ()
    followed_from: date | None = None
    between: tuple[int, ...] = ()
    groups: tuple[Groups, ...] = ()

    @property
    def appraisers(self) -> tuple[Appraiser, ...]:
        """Those who sign, as the reports of cases name them."""
        return tuple(
            Appraiser(one.name, one.qualification, certified=False)
            for one in self.responsible
        )
