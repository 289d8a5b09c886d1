"""What every section is given: the case as printed, its valuation, the language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from valuer.core.case import Case
from valuer.core.concluding import RULES
from valuer.core.look import Wording
from valuer.core.texts import Message, say, tr
from valuer.core.valuing import Concluded, Valuation
from valuer.reports import formats
from valuer.reports.findings import NOTHING_FOUND, Gate
from valuer.reports.seals import Seal
from valuer.reports.sections.kinds import APPRAISAL, Kind

_RENAMED = ("base_date", "opinion", "subject")
"""Terms that stand in the texts of methods and issues."""

_SPACED = re.compile(
    r"(?<=[\u3000-\u9fff]) (?=[\dA-Za-z])|(?<=[\dA-Za-z%]) (?=[\u3000-\u9fff])"
)
"""Spaces of the screen's texts beside Chinese, which type makes of its own."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A report in the making; a case that lacks something never gets here.

    Attributes:
        case: the case, blanked of what the report does not print.
        concluded, valuation_date, report_date: of the case, and surely there.
        case_id: the library's name of the case; ``revision`` counts from 1.
        digest: SHA-256 of the revision's canonical JSON, in hex.
        program: version of the program.
        terms: the kind's words in the report's language.
        gate: warnings with their answers, where there are any.
        logo: of the house, where its template has one.
    """

    case: Case
    valuation: Valuation
    kind: Kind
    concluded: Concluded
    valuation_date: date
    report_date: date
    case_id: str
    revision: int
    digest: str
    language: str
    program: str
    terms: Mapping[str, str]
    gate: Gate = NOTHING_FOUND
    logo: Seal | None = None

    def say(self, text: str, **values: object) -> str:
        """Return a marked text in the report's language, its words filled in."""
        return tr(text, self.language, **{**self.terms, **values})

    def told(self, wording: Message | str) -> str:
        """Return a text of a method or an issue, in the words of this kind of report.

        Such texts speak of an appraisal; an analysis has its own words for the same.
        """
        if self.rules >= RULES and isinstance(wording, Message):
            wording = self._days_in_words(wording)
        text = say(wording, self.language)
        if self.language != "en":
            text = _SPACED.sub("", text)
        if self.kind.terms is APPRAISAL.terms:
            return text
        for name in _RENAMED:
            for theirs, own in (
                (APPRAISAL.terms[name], self.terms[name]),
                (APPRAISAL.labels[name], self.label(name)),
            ):
                text = text.replace(tr(theirs, self.language), own)
        return text

    def _days_in_words(self, wording: Message) -> Message:
        """Return a text whose dates are written out, as in the report's own prose."""

        def worded(value: object) -> object:
            if isinstance(value, tuple):
                return tuple(worded(one) for one in value)
            if isinstance(value, Message):
                return self._days_in_words(value)
            return self.day(value) if isinstance(value, date) else value

        return Message(
            wording.text, tuple((key, worded(value)) for key, value in wording.values)
        )

    def label(self, name: str) -> str:
        """Return one of the kind's labels: ``opinion``, ``base_date``."""
        return tr(self.kind.labels[name], self.language)

    def money(self, value: formats.Figure, *, exact: bool = False) -> str:
        """Return an amount with the case's currency."""
        return formats.money(value, self.case.currency, self.language, exact=exact)

    def day(self, on: date) -> str:
        """Return a date in words."""
        return formats.day(on, self.language)

    def joined(self, names: tuple[str, ...]) -> str:
        """Return names as a list in one line."""
        return ("; " if self.language == "en" else "；").join(names)

    @property
    def wording(self) -> Wording:
        """What the house's template says in this language."""
        return self.case.house.look.wording(self.language)

    @property
    def rules(self) -> int:
        """Number of the rules the report is made under; an older one says less."""
        return self.valuation.rules

    @property
    def unit(self) -> str:
        """What stands above a table of amounts."""
        return formats.currency_name(self.case.currency, self.language)

    @property
    def valid_to(self) -> date:
        """The last day of one year from the valuation date."""
        on = self.valuation_date
        try:
            following = on.replace(year=on.year + 1)
        except ValueError:  # 29 February
            following = date(on.year + 1, 3, 1)
        return following - timedelta(days=1)


def words(kind: Kind, language: str) -> Mapping[str, str]:
    """Return the kind's words in a language, by placeholder."""
    return {name: tr(text, language) for name, text in kind.terms.items()}
