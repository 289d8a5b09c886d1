"""What the docket proposes to the credit ledger (台账建议), never by itself.

Abnormal filings that were confirmed, and how many cases an agent filed beside the
others, may come to the authority's mind too. They are put before the agency with the
cases behind them; it enters them when there is a decision, or leaves them. Above how
many times the average an agent's volume (代理量) is too high was not read in the text in
force: who asks says it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from valuer.agency.credit_events import Event, Subject
from valuer.agency.credit_packs import SubjectKind
from valuer.agency.docket import AbnormalResult, Case


@dataclass(frozen=True, slots=True)
class Proposal:
    """An event that may come; what the docket does not know is None.

    Attributes:
        cases: application numbers behind it.
        times: an agent's cases against the average, where that is the reason.
    """

    subject: Subject
    rule_code: str
    fact_id: str
    fact_date: date | None
    decision_date: date | None
    cases: tuple[str, ...]
    times: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Volume:
    """Cases that an agent signed at filing in a year; two signers count it each.

    Attributes:
        times: against the average of the agents who filed in that year.
    """

    agent: str
    cases: tuple[str, ...]
    times: Decimal


def volumes(cases: Iterable[Case], year: int) -> tuple[Volume, ...]:
    """Return how many cases each agent filed in a year, the most first."""
    signed: dict[str, list[str]] = {}
    for case in cases:
        if case.filed is not None and case.filed.year == year:
            for agent in dict.fromkeys(case.agents):
                signed.setdefault(agent, []).append(case.number)
    count = Counter({agent: len(numbers) for agent, numbers in signed.items()})
    total = Decimal(count.total())
    found = [
        Volume(agent, tuple(sorted(numbers)), len(numbers) * len(signed) / total)
        for agent, numbers in signed.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.times, one.agent)))


def proposals(
    cases: Sequence[Case],
    agency: str,
    events: Sequence[Event] = (),
    *,
    year: int | None = None,
    times: Decimal | None = None,
) -> tuple[Proposal, ...]:
    """Return what the docket proposes to the ledger of the agency and its agents.

    Cases that ``events`` name are left out: those are in the ledger already. Volumes
    of a year are proposed where they are above so many ``times`` the average.
    """
    entered = {(event.rule_code, number) for event in events for number in event.cases}
    found = [
        proposal
        for proposal in _abnormal(cases, Subject(SubjectKind.AGENCY, agency))
        if any((proposal.rule_code, one) not in entered for one in proposal.cases)
    ]
    if year is not None and times is not None:
        facts = {event.fact_id for event in events}
        found += [one for one in _busy(cases, year, times) if one.fact_id not in facts]
    return tuple(found)


def _abnormal(cases: Iterable[Case], agency: Subject) -> Iterable[Proposal]:
    """Yield a proposal for each day of decision, of the agency and of each agent."""
    decided: dict[tuple[str, Subject, date | None], list[tuple[date | None, str]]] = {}
    for case in cases:
        for finding in case.abnormal or ():
            if finding.result is not AbnormalResult.CONFIRMED:
                continue
            behind = (finding.noticed, case.number)
            subjects = [("AG-ABN", agency)]
            subjects += [
                ("PA-ABN", Subject(SubjectKind.AGENT, agent)) for agent in case.agents
            ]
            for code, subject in subjects:
                decided.setdefault((code, subject, finding.decided), []).append(behind)
    for (code, subject, on), found in decided.items():
        noticed = [day for day, _ in found if day is not None]
        numbers = tuple(sorted({number for _, number in found}))
        first = min(noticed, default=None)
        fact = f"ABN {on or first or numbers[0]}"
        yield Proposal(subject, code, fact, first, on, numbers)


def _busy(cases: Iterable[Case], year: int, times: Decimal) -> Iterable[Proposal]:
    """Yield a proposal for each agent whose volume is above the limit."""
    for one in volumes(cases, year):
        if one.times > times:
            agent = Subject(SubjectKind.AGENT, one.agent)
            fact = f"VOL {year} {one.agent}"
            end = date(year, 12, 31)
            yield Proposal(agent, "PA-VOL", fact, end, None, one.cases, one.times)
