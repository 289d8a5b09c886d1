"""The period beside the one before: what changed, and whether surely."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.agency import quality_words
from valuer.agency.cohorts import Compared, side_by_side
from valuer.core.texts import N_
from valuer.reports.quality.draft import QualityDraft
from valuer.reports.quality.tables import KEY_METRICS
from valuer.reports.sections.blocks import Block, Column, Prose, Table


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
        Column(draft.say(N_("Before")), is_figure=True),
        Column(draft.say(N_("n")), is_figure=True),
        Column(draft.say(N_("Now")), is_figure=True),
        Column(draft.say(N_("n")), is_figure=True),
        Column(draft.say(N_("Change (95% interval)")), is_figure=True),
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
            draft.told(quality_words.change_words(one)),
            yes if one.is_sure else no,
        )
        for one in found
    )
    yield Table(draft.say(N_("Main metrics in both periods")), columns, rows)
    if sure:
        names = draft.joined([draft.name(one.later.key) for one in sure])
        text = N_("The interval of the change leaves nought out for: {names}.")
        yield Prose(draft.say(text, names=names))
    else:
        text = N_(
            "No change is sure: each interval holds nought, so chance alone may make it."
        )
        yield Prose(draft.say(text))


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
