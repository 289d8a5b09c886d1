"""The clauses that checks are tied to (条款): data, each with a mark of confidence.

A clause says where a rule comes from and never what its words are. One that was not
read in its text or in a copy of it is shown with a dagger.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from valuer.core.canonical import from_plain, parse_json
from valuer.core.case import Case, HouseKind
from valuer.core.resources import resource

CHECKED = ("V1", "V2", "C", "D")
"""Marks shown without a dagger: read, computed, or this program's own."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause.

    Attributes:
        key: stable name.
        article: which part of the law or standard, or "".
        mark: how far it was checked; ``source``: against what.
        first, last: days of report for which it stands, or None.
    """

    key: str
    name: str
    name_en: str
    mark: str
    source: str
    article: str = ""
    article_en: str = ""
    number: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def is_checked(self) -> bool:
        """Whether it may be shown without a dagger."""
        return self.mark in CHECKED

    def say(self, language: str) -> str:
        """Return what the clause is called in a language."""
        dagger = "" if self.is_checked else "†"
        if language == "en":
            parts = (self.name_en, self.number, self.article_en)
            return ", ".join(part for part in parts if part) + dagger
        if self.mark == "D":
            return self.name
        number = f"（{self.number}）" if self.number else ""
        return f"《{self.name}》{number}{self.article}{dagger}"


@cache
def clauses() -> tuple[Clause, ...]:
    """Return every clause that ships with the program."""
    path = resource("clauses.json")
    plain = parse_json(path.read_bytes(), path.name)
    return from_plain(plain["clauses"], tuple[Clause, ...])


def clause(key: str, on: date | None) -> Clause:
    """Return the clause with this key for a report of a day; the newest without one."""
    named = [one for one in clauses() if one.key == key]
    for one in named:
        late = one.first is not None and on is not None and on < one.first
        gone = one.last is not None and (on is None or on > one.last)
        if not (late or gone):
            return one
    raise KeyError(key)


def clause_of(key: str, case: Case) -> Clause:
    """Return the clause that a check of a case is tied to.

    What the standard of appraisal reports asks for binds appraisal institutions; of
    another house it is asked as of any valuer.
    """
    is_institution = case.house.kind is HouseKind.APPRAISAL_INSTITUTION
    if key.startswith("report_") and not is_institution:
        key = "ivs_reporting"
    return clause(key, case.report_date)
