"""The method: choice and ground, then each run in full (评估方法)."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.core.method import APPROACH_NAMES
from valuer.core.texts import N_
from valuer.core.valuing import RunResult
from valuer.reports import formats
from valuer.reports.sections.blocks import Block, Column, Heading, Prose, Table
from valuer.reports.sections.draft import Draft
from valuer.reports.sections.inputs import inputs
from valuer.reports.sections.risk import sensitivity, simulated
from valuer.reports.sections.working import working


def method(draft: Draft) -> Iterator[Block]:
    """Yield the choice of method, then inputs, working and risk of every run."""
    yield Heading(draft.say(N_("Choice of method")))
    yield from _choice(draft)
    yield from _forecast(draft)
    for one in draft.valuation.runs:
        if (result := one.result) is None:
            continue  # refused before: a run without a result is an error
        yield Heading(run_name(draft, one))
        yield Prose(draft.told(one.method.idea))
        yield from inputs(draft, one, result)
        yield from working(draft, one, result)
        yield from sensitivity(draft, one, result)
        yield from simulated(draft, one, result)


def methods_in_words(draft: Draft) -> str:
    """Return the methods applied, with the approach each belongs to."""
    methods = dict.fromkeys(one.method for one in draft.valuation.runs)
    return draft.joined(
        tuple(
            draft.say(
                N_("{method} ({approach})"),
                method=draft.say(one.title),
                approach=draft.say(APPROACH_NAMES[one.approach]),
            )
            for one in methods
        )
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
    conclusion = draft.case.conclusion
    if conclusion is not None and conclusion.ground:
        text = N_("Why one method alone was applied: {ground}")
        yield Prose(draft.say(text, ground=conclusion.ground))


def _forecast(draft: Draft) -> Iterator[Block]:
    """Yield the forecast that the case quotes, as far as it lies ahead."""
    forecast = draft.case.forecast
    if forecast is None or not forecast.periods:
        return
    yield Heading(draft.say(N_("Forecast of revenue")))
    if forecast.note:
        yield Prose(forecast.note)
    yield Table(
        draft.say(N_("Forecast of revenue")),
        (
            Column(draft.say(N_("Period to"))),
            Column(draft.say(N_("Revenue")), is_figure=True),
        ),
        tuple(
            (formats.short_day(one.end), formats.exact_amount(one.revenue))
            for one in forecast.periods
        ),
        formats.currency_name(forecast.currency, draft.language),
    )
