"""Rule packs of the credit evaluation (专利代理信用评价规则包): rules as dated data.

A pack is one version of the authority's rules: base score, points, caps, bonuses,
grades, the window after which points are cleared, and the options that the text leaves
open. Each value says how surely it was read and where. What was not read is null: it
is asked for, never guessed. Drafts and pilots stand in ``history`` and are never used.
The codes of the rules are ours; the official ones are not known.

Source: 专利代理信用评价管理办法（试行）, 国知发运字〔2023〕10号, and its two annexes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from valuer.core.texts import N_

T = TypeVar("T")

MARKS = {
    "V2": N_("read in two independent sources, or in the text of the law"),
    "V1": N_("read in one source"),
    "INF": N_("follows by arithmetic from what was read"),
    "DRAFT": N_("read in a draft or in the pilot, not in the text in force"),
    "MEM": N_("from memory, not verified"),
    "UNKNOWN": N_("not known"),
}
"""How surely a value was read."""

VERIFIED = ("V2", "V1", "INF")
"""The marks of what may stand in an official number."""


class SubjectKind(StrEnum):
    """Who is scored: an agency (专利代理机构) or an agent (专利代理师)."""

    AGENCY = "agency"
    AGENT = "agent"


class Anchor(StrEnum):
    """The day of an event from which its window is counted."""

    RECORDED = "deduction_recorded_on"
    DECISION = "decision_on"
    FACT = "fact_on"
    PUBLISHED = "published_on"


class LastDayRule(StrEnum):
    """When a period of months has passed: after its last day, or on it."""

    CIVIL_CODE = "civil_code_201_202"
    ANNIVERSARY = "anniversary"


class SameFact(StrEnum):
    """What counts of several entries about one fact: the highest, or all of them."""

    HIGHEST = "highest"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Marked(Generic[T]):
    """A value with how surely it was read, and where.

    Attributes:
        value: None where it is not known.
        mark: a key of ``MARKS``; ``alternatives``: other readings of the text.
    """

    value: T | None
    mark: str
    source: str = ""
    alternatives: tuple[T, ...] = ()
    note: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is a value, and it was verified."""
        return self.value is not None and self.mark in VERIFIED


@dataclass(frozen=True, slots=True)
class GradeBand:
    """A grade and the totals that have it; None where open."""

    grade: str
    min: Decimal | None
    min_inclusive: bool
    max: Decimal | None
    max_inclusive: bool
    mark: str
    source: str = ""

    def holds(self, total: Decimal) -> bool:
        """Whether a total has this grade."""
        if self.min is not None and (
            total < self.min or (total == self.min and not self.min_inclusive)
        ):
            return False
        return self.max is None or (
            total < self.max or (total == self.max and self.max_inclusive)
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason for a deduction (扣减) or a bonus (附加分).

    Attributes:
        points: of one event; ``per_case``: of each case in it. None: not known.
        cap: the most that all its events take together; None where there is none.
        replaces: code of the rule whose place it takes when cured in time, which is
            within ``cure_months`` of the decision.
        force_grade: the best grade possible while such an event counts.
        factor_mark: how surely it was read that there is such a rule at all.
    """

    code: str
    name: str
    mark: str
    points: Decimal | None = None
    per_case: Decimal | None = None
    cap: Decimal | None = None
    name_en: str = ""
    legal: str = ""
    replaces: str | None = None
    cure_months: int | None = None
    force_grade: str | None = None
    factor_mark: str = ""
    source: str = ""
    note: str = ""

    @property
    def is_known(self) -> bool:
        """Whether its points are there, and were verified."""
        has_points = self.points is not None or self.per_case is not None
        return has_points and self.mark in VERIFIED

    def named(self, language: str) -> str:
        """Return its code and its name."""
        name = self.name_en if language == "en" and self.name_en else self.name
        return f"{self.code} {name}"


@dataclass(frozen=True, slots=True)
class Window:
    """How long points count (计分周期).

    Attributes:
        roll_holiday: whether a last day that is no working day moves on.
        fixed_holidays: days as ``05-01`` that are holidays in every year.
        holidays: those of single years, as the State Council announces them.
    """

    months: Marked[int]
    anchor: Marked[Anchor]
    last_day_rule: Marked[LastDayRule]
    roll_holiday: Marked[bool]
    fixed_holidays: Marked[tuple[str, ...]] = Marked((), "UNKNOWN")
    holidays: Marked[tuple[date, ...]] = Marked((), "UNKNOWN")


@dataclass(frozen=True, slots=True)
class Options:
    """What the text leaves open, or may change.

    Attributes:
        repair_wait_months: from the recording of a deduction to the application.
        repair_min_gap_months: from the last repair to the next application.
    """

    bonus_may_offset_deductions: Marked[bool]
    same_fact: Marked[SameFact]
    repair_wait_months: Marked[int]
    repair_min_gap_months: Marked[int]


@dataclass(frozen=True, slots=True)
class FormerRules:
    """What a draft or a pilot said; shown, never used."""

    date: str
    title: str
    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class RulePack:
    """One version of the rules.

    Attributes:
        version: from 1, a new one for every change by the agency.
        decimals: how many decimals points may have.
    """

    id: str
    title: str
    doc_no: str
    effective_from: date
    effective_to: date | None
    base: Marked[Decimal]
    bonus_cap_agency: Marked[Decimal]
    bonus_cap_agent: Marked[Decimal]
    score_floor: Marked[Decimal]
    decimals: int
    grades: tuple[GradeBand, ...]
    window: Window
    options: Options
    agency_deductions: tuple[Rule, ...]
    agency_bonuses: tuple[Rule, ...]
    agent_deductions: tuple[Rule, ...]
    agent_bonuses: tuple[Rule, ...]
    version: int = 1
    title_en: str = ""
    source: str = ""
    note: str = ""
    history: tuple[FormerRules, ...] = ()

    def deductions(self, kind: SubjectKind) -> tuple[Rule, ...]:
        """Return the reasons for a deduction of an agency or an agent."""
        is_agency = kind is SubjectKind.AGENCY
        return self.agency_deductions if is_agency else self.agent_deductions

    def bonuses(self, kind: SubjectKind) -> tuple[Rule, ...]:
        """Return the reasons for a bonus of an agency or an agent."""
        is_agency = kind is SubjectKind.AGENCY
        return self.agency_bonuses if is_agency else self.agent_bonuses

    def rules(self, kind: SubjectKind) -> dict[str, Rule]:
        """Return the rules for an agency or an agent by code."""
        every = (*self.deductions(kind), *self.bonuses(kind))
        return {rule.code: rule for rule in every}

    def bonus_cap(self, kind: SubjectKind) -> tuple[str, Marked[Decimal]]:
        """Return the most that bonuses give together, with its place in the pack."""
        if kind is SubjectKind.AGENCY:
            return "bonus_cap_agency", self.bonus_cap_agency
        return "bonus_cap_agent", self.bonus_cap_agent

    def is_in_force(self, day: date) -> bool:
        """Whether the rules are in force on a day."""
        last = self.effective_to
        return self.effective_from <= day and (last is None or day <= last)


@dataclass(frozen=True, slots=True)
class OpenValue:
    """A value of a pack that is to be copied from the notice or confirmed."""

    place: str
    name: str
    mark: str
    has_value: bool


TABLES = ("agency_deductions", "agency_bonuses", "agent_deductions", "agent_bonuses")
"""The four tables of rules in a pack."""


def open_values(pack: RulePack) -> Iterator[OpenValue]:
    """Yield what is to be copied from the official notice or confirmed, in order."""
    singles: list[tuple[str, Marked[Any]]] = [
        ("base", pack.base),
        ("bonus_cap_agency", pack.bonus_cap_agency),
        ("bonus_cap_agent", pack.bonus_cap_agent),
        ("score_floor", pack.score_floor),
        ("window.months", pack.window.months),
        ("window.anchor", pack.window.anchor),
        ("window.last_day_rule", pack.window.last_day_rule),
        ("window.roll_holiday", pack.window.roll_holiday),
    ]
    singles += [
        (f"options.{one.name}", getattr(pack.options, one.name))
        for one in fields(pack.options)
    ]
    for place, marked in singles:
        if not marked.is_known:
            yield OpenValue(place, "", marked.mark, marked.value is not None)
    for table in TABLES:
        for rule in getattr(pack, table):
            if not rule.is_known:
                has_points = rule.points is not None or rule.per_case is not None
                yield OpenValue(rule.code, rule.name, rule.mark, has_points)
