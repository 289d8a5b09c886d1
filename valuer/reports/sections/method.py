"""The method: choice and ground, then each run in full (评估方法)."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.core.case import (
    ONE_METHOD_GROUND_NAMES,
    Forecast,
    ForecastPeriod,
    OneMethodGround,
)
from valuer.core.concluding import RULES, methods_applied
from valuer.core.method import APPROACH_NAMES, TOPIC_NAMES
from valuer.core.periods import add_months
from valuer.core.texts import N_
from valuer.core.valuing import RunResult
from valuer.reports import formats
from valuer.reports.sections.analyses import analyses
from valuer.reports.sections.blocks import DASH, Block, Column, Heading, Prose, Table
from valuer.reports.sections.draft import Draft
from valuer.reports.sections.inputs import inputs
from valuer.reports.sections.risk import sensitivity, simulated
from valuer.reports.sections.working import working


def method(draft: Draft) -> Iterator[Block]:
    """Yield the choice of method, then inputs, working and risk of every run."""
    yield Heading(draft.say(N_("Choice of method")))
    yield from _choice(draft)
    yield from _forecast(draft)
    # What values rest on stands before them: rates, shares, lives.
    found = [one for one in draft.valuation.runs if not one.method.is_valuing]
    for one in (*found, *draft.valuation.valuing):
        if (result := one.result) is None:
            continue  # refused before: a run without a result is an error
        yield Heading(run_name(draft, one))
        yield Prose(draft.told(one.method.idea))
        yield from inputs(draft, one, result)
        yield from working(draft, one, result)
        if one.method.is_valuing:
            yield from sensitivity(draft, one, result)
            yield from simulated(draft, one, result)
        yield from analyses(draft, one, result)


def methods_in_words(draft: Draft) -> str:
    """Return the methods applied, with the approach each belongs to."""
    methods = dict.fromkeys(one.method for one in draft.valuation.valuing)
    between = ", " if draft.language == "en" else "、"
    return between.join(
        draft.say(
            N_("{method} ({approach})"),
            method=draft.say(one.title),
            approach=draft.say(TOPIC_NAMES[one.topic]),
        )
        for one in methods
    )


def run_name(draft: Draft, one: RunResult) -> str:
    """Return the method's title, with the run's key where it is applied twice."""
    title = draft.say(one.method.title)
    same = [run for run in draft.valuation.runs if run.method.key == one.method.key]
    if len(same) == 1:
        return title
    return draft.say(N_("{method} (run “{key}”)"), method=title, key=one.run.key)


def _choice(draft: Draft) -> Iterator[Block]:
    text = N_(
        "The basic approaches are the income, the cost and the market approach. This"
        " {work} applies: {methods}."
    )
    yield Prose(draft.say(text, methods=methods_in_words(draft)))
    for one in draft.valuation.runs:
        if one.run.reason:
            text = N_("Why {method}: {reason}")
            name = run_name(draft, one)
            yield Prose(draft.say(text, method=name, reason=one.run.reason))
    if draft.rules >= RULES:
        yield from _not_applied(draft)
    yield from ground_of_one(draft)


def _not_applied(draft: Draft) -> Iterator[Block]:
    """Yield which approaches were left out, and why as far as the case says so."""
    applied = {one.method.approach for one in draft.valuation.valuing}
    names = tuple(
        draft.say(name)
        for approach, name in APPROACH_NAMES.items()
        if approach not in applied
    )
    if not names:
        return
    text = N_("Not applied: {approaches}.")
    yield Prose(draft.say(text, approaches=draft.joined(names)))
    conclusion = draft.case.conclusion
    several = len(methods_applied(draft.valuation.valuing)) > 1
    if several and conclusion is not None and conclusion.ground.strip():
        text = N_("Why they were not applied: {ground}")
        yield Prose(draft.say(text, ground=conclusion.ground))


def ground_of_one(draft: Draft) -> Iterator[Block]:
    """Yield on which ground one method alone was applied, if one was."""
    conclusion = draft.case.conclusion
    if conclusion is None or not conclusion.ground:
        return
    if draft.rules < RULES:
        text = N_("Why one method alone was applied: {ground}")
        yield Prose(draft.say(text, ground=conclusion.ground))
        return
    if len(methods_applied(draft.valuation.valuing)) != 1:
        return
    text = N_("Why one method alone was applied: {ground}")
    kind = conclusion.ground_kind
    if kind is not None and kind is not OneMethodGround.IN_WORDS:
        text = N_("Why one method alone was applied ({kind}): {ground}")
    name = draft.told(ONE_METHOD_GROUND_NAMES[kind]) if kind else ""
    yield Prose(draft.say(text, kind=name, ground=conclusion.ground))


def _forecast(draft: Draft) -> Iterator[Block]:
    """Yield the forecast that the case quotes, past years before it where it has any."""
    forecast = draft.case.forecast
    if forecast is None or not (forecast.periods or forecast.history):
        return
    yield Heading(draft.say(N_("Forecast of revenue")))
    if forecast.note:
        yield Prose(forecast.note)
    columns = [
        Column(draft.say(N_("Period to"))),
        Column(draft.say(N_("Revenue")), is_figure=True),
    ]
    rows: list[tuple[str, ...]] = [_revenue(one) for one in forecast.periods]
    if forecast.history:
        # Beside each other, so that a reader sees whether the forecast goes on from it.
        columns.insert(1, Column(draft.say(N_("Kind of figure"))))
        growth = N_("Change on the year before")
        columns.append(Column(draft.say(growth), is_figure=True))
        rows = list(_with_history(draft, forecast))
    title = N_("Past and forecast revenue") if forecast.history else None
    yield Table(
        draft.say(title or N_("Forecast of revenue")),
        tuple(columns),
        tuple(rows),
        formats.currency_name(forecast.currency, draft.language),
    )


def _revenue(one: ForecastPeriod) -> tuple[str, str]:
    return formats.short_day(one.end), formats.exact_amount(one.revenue)


def _with_history(draft: Draft, forecast: Forecast) -> Iterator[tuple[str, ...]]:
    before: ForecastPeriod | None = None
    kinds = [(forecast.history, N_("actual")), (forecast.periods, N_("forecast"))]
    for periods, kind in kinds:
        for one in periods:
            # The first period ahead covers what follows the valuation date alone.
            is_part = one.end > draft.valuation_date > add_months(one.end, -12)
            growth = DASH if is_part else _growth(before, one)
            end, revenue = _revenue(one)
            yield end, draft.say(kind), revenue, growth
            before = None if is_part else one


def _growth(before: ForecastPeriod | None, one: ForecastPeriod) -> str:
    """Return the change on the year before; a dash where it is not there."""
    if before is None or not before.revenue > 0:
        return DASH
    if add_months(before.end, 12) != one.end:
        return DASH
    return formats.change(float(one.revenue / before.revenue))
