"""Tax lives of purchased patents by country (摊销年限), as dated data.

Over how many years a buyer deducts the price is law of the buyer's country. The table,
``resources/tax_lives.json``, was read from a third party and says so with every row; it
answers who asks and fills nothing in by itself: the statute is to be checked for the
valuation date.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from valuer.core.canonical import from_plain, parse_json
from valuer.core.patents import PatentKind
from valuer.core.resources import resource
from valuer.core.texts import N_, Message, message


class TaxLifeRule(StrEnum):
    """What the table has of a country; years are those of ``least``."""

    YEARS = "years"
    AT_LEAST = "at_least"
    RANGE = "range"
    REMAINING = "remaining"
    REMAINING_AT_LEAST = "remaining_at_least"
    YEARS_OR_REMAINING = "years_or_remaining"


RULE_WORDS = {
    TaxLifeRule.YEARS: N_("{least} years"),
    TaxLifeRule.AT_LEAST: N_("{least} years at least"),
    TaxLifeRule.RANGE: N_("{least} to {most} years"),
    TaxLifeRule.REMAINING: N_("the remaining useful life"),
    TaxLifeRule.REMAINING_AT_LEAST: N_("the remaining useful life, {least} at least"),
    TaxLifeRule.YEARS_OR_REMAINING: N_("{least} years or the remaining useful life"),
}


@dataclass(frozen=True, slots=True)
class TaxLife:
    """The tax life of a purchased patent in one country.

    Attributes:
        country: two letters; ``kind``: for which kind of patent, None for all others.
        least, most: years, as the rule has them.
        mark: how surely it was read, a key of the table's ``marks``.
        statute: the law that the table or the trade names, "" where none was seen.
    """

    country: str
    rule: TaxLifeRule
    mark: str
    least: float | None = None
    most: float | None = None
    kind: PatentKind | None = None
    statute: str = ""
    note: str = ""

    @property
    def words(self) -> Message:
        """The life in words."""
        values = {"least": f"{self.least or 0:g}", "most": f"{self.most or 0:g}"}
        return message(RULE_WORDS[self.rule], **values)

    def admits(self, years: float) -> bool:
        """Whether a life in years is among those of the table."""
        least = self.least or 0.0
        match self.rule:
            case TaxLifeRule.YEARS:
                return years == least
            case TaxLifeRule.RANGE:
                return least <= years <= (self.most or least)
            case TaxLifeRule.AT_LEAST | TaxLifeRule.REMAINING_AT_LEAST:
                return years >= least
        return True


@dataclass(frozen=True, slots=True)
class TaxLives:
    """The table: its source, when that was captured, and the entries."""

    note: str
    marks: dict[str, str]
    source: str
    captured: str
    entries: tuple[TaxLife, ...]


@cache
def tax_lives() -> TaxLives:
    """Return the table that ships with the program."""
    path = resource("tax_lives.json")
    return from_plain(parse_json(path.read_bytes(), path.name), TaxLives)


def tax_life(country: str, kind: PatentKind | None = None) -> TaxLife | None:
    """Return what the table has of a country and kind; None where it has nothing."""
    found = [one for one in tax_lives().entries if one.country == country.upper()]
    own = (one for one in found if kind is not None and one.kind is kind)
    every = (one for one in found if one.kind is None)
    return next(own, None) or next(every, None)
