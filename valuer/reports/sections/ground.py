"""Type of value, valuation date and basis (价值类型、评估基准日、评估依据).

The list of laws and standards is data with a source and a mark of confidence for each
entry, by date of report. What was not checked against its original is printed with a
dagger that says so; what is only vaguely known is not printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from valuer.core.canonical import from_plain, parse_json
from valuer.core.case import Purpose, ValuePremise, ValueType
from valuer.core.engagement import EvidenceKind
from valuer.core.resources import resource
from valuer.core.texts import N_
from valuer.reports.sections.blocks import Block, Heading, Note, Points, Prose
from valuer.reports.sections.draft import Draft
from valuer.reports.sections.file import act_basis, cited
from valuer.reports.sections.kinds import VALUATION

VERIFIED = ("V1", "V2", "C")
"""Marks of entries read in their text or in a copy of it."""

UNVERIFIED = ("V3", "M-hi", "M-med")
"""Marks of entries printed with a dagger."""

VALUE_TYPES_WITHIN = {
    ValueType.MARKET_VALUE: N_("market value"),
    ValueType.INVESTMENT_VALUE: N_("investment value"),
    ValueType.VALUE_IN_USE: N_("value in use"),
    ValueType.LIQUIDATION_VALUE: N_("liquidation value"),
}
"""The types of value as they stand within a sentence."""

_DEFINITIONS = {
    ValueType.MARKET_VALUE: N_(
        "Market value is the estimated amount for which the {subject} would change hands on"
        " the {base_date} between a willing buyer and a willing seller in an arm's length"
        " transaction, each acting reasonably and under no compulsion."
    ),
    ValueType.INVESTMENT_VALUE: N_(
        "Investment value is the estimated amount that the {subject} is worth to a"
        " particular investor, or a class of investors, with definite investment aims."
    ),
    ValueType.VALUE_IN_USE: N_(
        "Value in use is the estimated amount that the {subject} is worth as part of the"
        " enterprise or group of assets to which it belongs, in the manner and to the"
        " extent in which it is being used."
    ),
    ValueType.LIQUIDATION_VALUE: N_(
        "Liquidation value is the estimated amount for which the {subject} would change"
        " hands under abnormal market conditions, such as a forced or hurried sale."
    ),
}

_PREMISES = {
    ValuePremise.HIGHEST_AND_BEST: N_(
        "Premise of value: highest and best use, that is the use, possible, allowed and"
        " financially feasible, in which the {subject} is worth most."
    ),
    ValuePremise.CURRENT_USE: N_(
        "Premise of value: current use, that is the {subject} goes on being used as it is"
        " on the {base_date}."
    ),
    ValuePremise.ORDERLY_LIQUIDATION: N_(
        "Premise of value: orderly liquidation, that is the {subject} is sold within a"
        " reasonable time in which buyers can be found, by a seller who has to sell."
    ),
    ValuePremise.FORCED_SALE: N_(
        "Premise of value: forced sale, that is the {subject} is sold under compulsion,"
        " without a reasonable time in which buyers could be found."
    ),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """One law or standard that a report may cite.

    Attributes:
        group: ``law`` or ``standard``.
        number: its number, or "".
        first: first day of report that cites it; ``last``: the last, or None.
        kinds: keys of the kinds of report that cite it.
        purposes: purposes for which it is cited; none means all.
        mark: how far it was checked; ``source``: against what.
    """

    group: str
    name: str
    name_en: str
    mark: str
    source: str
    kinds: tuple[str, ...]
    number: str = ""
    first: date | None = None
    last: date | None = None
    purposes: tuple[str, ...] = ()

    def applies(self, kind: str, purpose: Purpose, on: date) -> bool:
        """Whether a report of this kind, purpose and date cites it."""
        return (
            kind in self.kinds
            and (not self.purposes or purpose.value in self.purposes)
            and (self.first is None or self.first <= on)
            and (self.last is None or on <= self.last)
            and self.mark in VERIFIED + UNVERIFIED
        )


@cache
def references() -> tuple[Reference, ...]:
    """Return every law and standard that ships with the program."""
    path = resource("standards.json")
    plain = parse_json(path.read_bytes(), path.name)
    return from_plain(plain["references"], tuple[Reference, ...])


def value_type(draft: Draft) -> Iterator[Block]:
    """Yield the type of value with its definition."""
    kind = draft.case.value_type
    text = N_("The type of value is {value_type}.")
    if draft.kind is VALUATION:
        text = N_("The basis of value is {value_type}.")
    yield Prose(draft.say(text, value_type=draft.say(VALUE_TYPES_WITHIN[kind])))
    yield Prose(draft.say(_DEFINITIONS[kind]))
    if premise := draft.case.premise:
        yield Prose(draft.say(_PREMISES[premise]))


def base_date(draft: Draft) -> Iterator[Block]:
    """Yield the valuation date and what is judged on it."""
    text = N_("The {base_date} is {day}.")
    yield Prose(draft.say(text, day=draft.day(draft.valuation_date)))
    text = N_(
        "Legal status, remaining life and the time of every flow are judged on this day."
    )
    yield Prose(draft.say(text))
    if cut_off := draft.case.declared.data_cut_off:
        text = N_("Information that was known up to {day} was considered.")
        yield Prose(draft.say(text, day=draft.day(cut_off)))
    if draft.kind is VALUATION:
        text = N_("This {report} is dated {day}.")
        yield Prose(draft.say(text, day=draft.day(draft.report_date)))


def basis(draft: Draft) -> Iterator[Block]:
    """Yield the act, laws, standards, and where rights and figures come from."""
    yield from act_basis(draft)
    found = [
        one
        for one in references()
        if one.applies(draft.kind.key, draft.case.purpose, draft.report_date)
    ]
    yield Heading(draft.say(N_("Laws and regulations")))
    yield Points(_shown(draft, found, "law"))
    if standards := _shown(draft, found, "standard"):
        yield Heading(draft.say(N_("Standards")))
        yield Points(standards)
    yield from _departures(draft)
    if any(one.mark in UNVERIFIED for one in found):
        text = N_("†: name and number not yet checked against the original text.")
        yield Note(draft.say(text))
    yield Heading(draft.say(N_("Rights")))
    text = N_(
        "Numbers, owners, dates and legal status of the patents as quoted in the case and"
        " listed under the {subject}."
    )
    yield Prose(draft.say(text))
    if titles := cited(draft, EvidenceKind.TITLE):
        yield Points(titles)
    if draft.kind is not VALUATION:  # it tells them with the data
        yield Heading(draft.say(N_("Figures and other sources")))
        yield Points(tuple(sources(draft)))


def _departures(draft: Draft) -> Iterator[Block]:
    """Yield where the standards named were departed from, and why."""
    if text := draft.case.declared.departures.strip():
        said = N_("Departures from the standards named: {departures}")
        yield Prose(draft.say(said, departures=text))
    elif draft.kind is VALUATION:
        yield Prose(draft.say(N_("The case records no departure from them.")))


def _shown(draft: Draft, found: list[Reference], group: str) -> tuple[str, ...]:
    is_english = draft.language == "en"
    return tuple(
        (_english(one) if is_english else _chinese(one))
        + ("†" if one.mark in UNVERIFIED else "")
        for one in found
        if one.group == group
    )


def _chinese(one: Reference) -> str:
    return f"《{one.name}》（{one.number}）" if one.number else f"《{one.name}》"


def _english(one: Reference) -> str:
    number = f", {one.number}" if one.number else ""
    return f"{one.name_en} (《{one.name}》{number})"


def sources(draft: Draft) -> Iterator[str]:
    """Yield where figures come from: forecast, sources, evidence."""
    forecast = draft.case.forecast
    if forecast is not None:
        text = N_("Forecast of revenue quoted in the case.")
        note = draft.say(N_("Forecast of revenue: {note}"), note=forecast.note)
        yield note if forecast.note else draft.say(text)
    yield from draft.case.sources
    evidence = cited(draft, EvidenceKind.PRICE, EvidenceKind.OTHER)
    yield from evidence
    if forecast is None and not draft.case.sources and not evidence:
        yield draft.say(N_("The inputs as entered in the case; it records no source."))
