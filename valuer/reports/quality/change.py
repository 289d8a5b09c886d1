"""The period beside the one before: what changed, and whether surely."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.agency.cohorts import Compared, side_by_side
from valuer.agency.metric import Unit
from valuer.agency.metrics import metric
from valuer.core.texts import N_
from valuer.reports import formats
from valuer.reports.quality.draft import NONE, QualityDraft
from valuer.reports.quality.tables import KEY_METRICS
from valuer.reports.sections.blocks import Block, Column, Note, Prose, Table


def change(draft: QualityDraft) -> Iterator[Block]:
    """Yield the main metrics of both periods and their change."""
    facts = draft.facts
    if facts.before is None:
        return
    found = _pairs(draft)
    sure = [one for one in found if one.is_sure]
    text = N_("{now} beside {before}.")
    spans = {"now": draft.span(facts.period), "before": draft.span(facts.before)}
    yield Prose(draft.say(text, **spans))
    columns = (
        Column(draft.say(N_("Metric")), weight=1),
        Column(draft.say(N_("Period before")), is_figure=True),
        Column(draft.say(N_("n")), is_figure=True),
        Column(draft.say(N_("This period")), is_figure=True),
        Column(draft.say(N_("n")), is_figure=True),
        Column(draft.say(N_("Change")), is_figure=True),
        Column(draft.say(N_("95% interval")), is_figure=True),
        Column(draft.say(N_("Sure"))),
    )
    yes, no = draft.say(N_("yes")), draft.say(N_("no"))
    rows = tuple(
        (
            draft.name(one.later.key),
            draft.value(one.earlier),
            draft.count(one.earlier.n),
            draft.value(one.later),
            draft.count(one.later.n),
            *_change(draft, one),
            yes if one.is_sure else no,
        )
        for one in found
    )
    yield Table(draft.say(N_("Main metrics in both periods")), columns, rows)
    yield Note(draft.say(N_("Changes of shares are in percentage points.")))
    if sure:
        names = draft.joined([draft.name(one.later.key) for one in sure])
        text = N_("The interval of the change leaves nought out for: {names}.")
        yield Prose(draft.say(text, names=names))
    else:
        text = N_(
            "No change is sure: each interval holds nought, so chance alone may make it."
        )
        yield Prose(draft.say(text))


def _change(draft: QualityDraft, one: Compared) -> tuple[str, str]:
    """Return the change and its interval, in points or in the metric's unit."""
    asked = metric(one.later.key)
    scale, places = (100.0, 1) if asked.unit is Unit.SHARE else (1.0, 2)
    if one.change is None:
        return NONE, NONE
    change = _signed(one.change * scale, places)
    if one.low is None or one.high is None:
        return change, NONE
    low, high = (_signed(bound * scale, places) for bound in (one.low, one.high))
    return change, draft.say(N_("{low} to {high}"), low=low, high=high)


def _signed(value: float, places: int) -> str:
    shown = formats.amount(value, places)
    return f"+{shown}" if value > 0 and shown.strip("0.,") else shown


def has_change(draft: QualityDraft) -> bool:
    """Whether any main metric has a figure in both periods."""
    return draft.facts.before is not None and bool(_pairs(draft))


def _pairs(draft: QualityDraft) -> list[Compared]:
    pairs = []
    for key in KEY_METRICS:
        now, before = draft.row(key), draft.earlier.get(key)
        if now is not None and before is not None and before.value is not None:
            pairs.append(side_by_side(before, now))
    return pairs
