"""What every section of a quality report is given: the facts, their rows, the language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from valuer.agency import quality_words
from valuer.agency.aggregates import Aggregate, row_of
from valuer.agency.metric import Grouping
from valuer.agency.metrics import metric
from valuer.agency.quality import Row
from valuer.core.look import Wording
from valuer.core.texts import N_, Message, say, tr
from valuer.reports import formats
from valuer.reports.quality.facts import Groups, QualityFacts, Span
from valuer.reports.seals import Seal

NONE = "—"

_NUMBERED = {
    Grouping.AGENT: N_("Agent {number}"),
    Grouping.CLIENT: N_("Client {number}"),
}
"""What somebody is called who has a number in place of the name."""


@dataclass(frozen=True, slots=True)
class QualityDraft:
    """A quality report in the making.

    Attributes:
        rows: figures of the period by key; ``earlier``: of the period before.
        digest: SHA-256 of the facts' canonical JSON, in hex.
        program: version of the program.
        logo: of the house, where its template has one.
    """

    facts: QualityFacts
    rows: Mapping[str, Row]
    earlier: Mapping[str, Row]
    digest: str
    program: str
    logo: Seal | None = None

    @property
    def language(self) -> str:
        """The language of the report."""
        return self.facts.language

    @property
    def wording(self) -> Wording:
        """What the house's template says in this language."""
        return self.facts.house.look.wording(self.language)

    def say(self, text: str, **values: object) -> str:
        """Return a marked text in the report's language."""
        return tr(text, self.language, **values)

    def told(self, wording: Message | str) -> str:
        """Return a text of a metric."""
        return say(wording, self.language)

    def name(self, key: str) -> str:
        """Return the name of a metric."""
        return self.say(metric(key).name)

    def row(self, key: str) -> Row | None:
        """Return the figures of a metric, if it has a value."""
        found = self.rows.get(key)
        return found if found is not None and found.value is not None else None

    def aggregate(self, key: str) -> Aggregate:
        """Return what the figures of a metric are reckoned from."""
        return next(one for one in self.facts.metrics if one.key == key)

    def value(self, row: Row) -> str:
        """Return the value of a row with its unit, or why there is none."""
        return self.told(quality_words.value_words(row))

    def bound(self, row: Row, value: float) -> str:
        """Return another value of a row's metric with its unit."""
        return self.value(row._replace(value=value, low=None, high=None))

    def interval(self, row: Row) -> str:
        """Return the interval of a row as 45.2–64.4%; one open end as ≥ or ≤."""
        if row.low is not None and row.high is None:
            return f"≥ {self.bound(row, row.low)}"
        if row.low is None and row.high is not None:
            return f"≤ {self.bound(row, row.high)}"
        return self.told(quality_words.interval_words(row)) or NONE

    def points(self, change: float) -> str:
        """Return a difference of two shares in percentage points, without a sign."""
        return formats.amount(abs(change) * 100, 1)

    def share(self, part: float, whole: float) -> str:
        """Return a share as a percentage."""
        return formats.percent(part / whole, 1) if whole else NONE

    def count(self, number: float) -> str:
        """Return a count, thousands set apart."""
        whole = abs(number - round(number)) < 1e-6
        return f"{number:,.0f}" if whole else f"{number:,.1f}"

    def months(self, number: float) -> str:
        """Return months to one place, without their unit."""
        return f"{number:,.1f}"

    @property
    def since(self) -> str:
        """The day from which cases are followed to their decision."""
        found = self.facts.followed_from
        return formats.day(found, self.language) if found else ""

    def span(self, found: Span) -> str:
        """Return a period in words."""
        first = formats.day(found.first, self.language) if found.first else ""
        last = formats.day(found.last, self.language) if found.last else ""
        if first and last:
            return self.say(N_("{first} to {last}"), first=first, last=last)
        if first:
            return self.say(N_("from {first}"), first=first)
        if last:
            return self.say(N_("up to {last}"), last=last)
        return self.say(N_("the whole docket"))

    def group(self, groups: Groups, row: Row, *, is_rest: bool = False) -> str:
        """Return the name of a group as this report says it."""
        if is_rest:
            return self.say(N_("The other {count}"), count=self.count(groups.others))
        if row.group and groups.by in self.facts.numbered:
            return self.say(_NUMBERED[groups.by], number=row.group)
        if row.group and groups.by is not Grouping.FIELD:
            return row.group  # a name; no text of ours
        return self.told(quality_words.group_name(row.group, groups.by))

    def listed(self, parts: Sequence[str]) -> str:
        """Return names that may hold commas as a list."""
        return ("; " if self.language == "en" else "；").join(parts)

    def joined(self, parts: Sequence[str]) -> str:
        """Return parts of a sentence as a list."""
        return (", " if self.language == "en" else "、").join(parts)


def rows_by_key(found: Sequence[Aggregate]) -> dict[str, Row]:
    """Return the rows of aggregates by their metric."""
    return {one.key: row_of(one) for one in found}
