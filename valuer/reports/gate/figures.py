"""Figures that stand on too little, or later than they may: rates, deals, forecasts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from valuer.core.case import Case, Run
from valuer.core.dates import parse_date
from valuer.core.grounds import InputGround
from valuer.core.justified import grounds_of, unjustified
from valuer.core.texts import N_, message
from valuer.ratings import RATINGS
from valuer.reports.findings import Check, Found, Material

_RATE = "discount_rate"
_RATE_WORDS = ("折现率", "discount rate")
_DEAL_DAY = "deal_date"


def late_comparables(material: Material) -> Iterator[Found]:
    """Yield deals later than the valuation date, unless the method itself tells."""
    valued = material.case.valuation_date
    told = (
        {one.where for one in material.valuation.issues} if material.valuation else ()
    )
    for run in material.case.runs:
        for place, day in _days(run):
            row, _, _ = place.rpartition(".")
            if valued is None or day <= valued or f"{run.key}.{row}" in told:
                continue
            text = N_(
                "{run}: a deal of {day} is later than the valuation date {valued} and"
                " was not known then; leave it out."
            )
            words = message(text, run=run.key, day=day, valued=valued)
            yield f"runs.{run.key}.{place}", words


def rate_underived(material: Material) -> Iterator[Found]:
    """Yield discount rates typed in, of which nothing tells where they come from."""
    case = material.case
    if any(word in "\n".join(case.sources).casefold() for word in _RATE_WORDS):
        return
    for run in case.runs:
        rate, where = (run.params or {}).get(_RATE), f"runs.{run.key}.{_RATE}"
        is_taken = isinstance(rate, dict) and "from" in rate
        told = grounds_of(run).get(_RATE, InputGround(_RATE)).text.strip()
        if rate is None or is_taken or told or _has_evidence(case, where):
            continue
        text = N_(
            "{run}: the discount rate is typed in, and neither its ground nor sources nor"
            " evidence tell how it was found. Find it by a method of its own, or name its"
            " source."
        )
        yield where, message(text, run=run.key)


def inputs_unjustified(material: Material) -> Iterator[Found]:
    """Yield runs with figures entered of which nothing tells what they rest on."""
    for one in material.valuation.runs if material.valuation else ():
        found = unjustified(one.run, one.method.params, material.case.evidence)
        if found:
            text = N_(
                "{run}: nothing tells what these figures rest on: {inputs}. State their"
                " grounds among the inputs, or take up the documents that support them."
            )
            inputs = tuple(message(each.label) for each in found)
            words = message(text, run=one.run.key, inputs=inputs)
            yield f"runs.{one.run.key}.grounds", words


def runs_without_reason(material: Material) -> Iterator[Found]:
    """Yield methods applied of which nobody says why."""
    for run in material.case.runs:
        if not run.reason.strip():
            text = N_("{run}: state why this method is applied.")
            yield f"runs.{run.key}.reason", message(text, run=run.key)


def forecast_unsourced(material: Material) -> Iterator[Found]:
    """Yield a forecast of which nobody says who made it, and on what ground."""
    forecast = material.case.forecast
    if forecast is not None and forecast.periods and not forecast.note.strip():
        text = N_("State who made the forecast, on what ground, and how it was tested.")
        yield "forecast.note", message(text)


def forecast_without_past(material: Material) -> Iterator[Found]:
    """Yield a forecast that no past year stands beside."""
    forecast = material.case.forecast
    if forecast is not None and forecast.periods and not forecast.history:
        text = N_(
            "No past year stands beside the forecast; enter them, or state why there"
            " are none."
        )
        yield "forecast.history", message(text)


def sources_missing(material: Material) -> Iterator[Found]:
    """Yield a case that names no source at all."""
    if not material.case.sources and not material.case.evidence:
        text = N_("The case names no source of its figures.")
        yield "sources", message(text)


def sheet_unmarked(material: Material) -> Iterator[Found]:
    """Yield shipped score sheets named without saying how surely they are known."""
    for run in material.case.runs:
        named = str((run.params or {}).get("sheet") or "")
        for one in RATINGS:
            sheet = one.sheet()
            marks = (*sheet.marks.values(), *sheet.marks_en.values())
            is_named = sheet.title in named or sheet.title_en in named
            if is_named and not any(mark in named for mark in marks):
                text = N_(
                    "{run}: the score sheet is named as if it were a standard; say how"
                    " surely it is known: {mark}."
                )
                told = sheet.marks if sheet.title in named else sheet.marks_en
                mark = told[sheet.weights_mark]
                words = message(text, run=run.key, mark=mark)
                yield f"runs.{run.key}.sheet", words


def _days(run: Run) -> Iterator[tuple[str, date]]:
    """Yield the days of the deals among the parameters, with their places."""
    tables = (run.params or {}).items()
    rows = (
        (f"{name}[{place}]", row)
        for name, table in tables
        if isinstance(table, list | tuple)
        for place, row in enumerate(table)
    )
    for place, row in rows:
        day = _day(row.get(_DEAL_DAY)) if isinstance(row, dict) else None
        if day is not None:
            yield f"{place}.{_DEAL_DAY}", day


def _day(stated: Any) -> date | None:
    return parse_date(stated) if isinstance(stated, str) else None


def _has_evidence(case: Case, where: str) -> bool:
    """Whether evidence supports a place, or what it belongs to."""
    return any(
        one.about and (where == one.about or where.startswith(f"{one.about}."))
        for one in case.evidence
    )


CHECKS = (
    Check("comparable_later", "ip_market", late_comparables),
    Check("rate_underived", "ip_discount_rate", rate_underived),
    Check("inputs_unjustified", "ip_disclosure", inputs_unjustified),
    Check("reason_missing", "ip_disclosure", runs_without_reason),
    Check("forecast_unsourced", "ip_forecast", forecast_unsourced),
    Check("forecast_without_past", "ip_forecast", forecast_without_past),
    Check("sources_missing", "report_sources", sources_missing),
    Check("sheet_unmarked", "program", sheet_unmarked),
)
