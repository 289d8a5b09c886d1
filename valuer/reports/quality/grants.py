"""Grants (授权): the official and the contested form, and what becomes of a cohort."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from valuer.agency.aggregates import followed, row_of
from valuer.agency.cohorts import Cohort, cohorts_of
from valuer.agency.figure_making import control_figure, incidence_figure
from valuer.agency.figures import DAYS_OF_MONTH
from valuer.agency.metric import Grouping
from valuer.agency.quality_charts import p_chart_of
from valuer.agency.statistics import Ints, curves, incidence_at, survival_at
from valuer.core.texts import N_
from valuer.reports import formats
from valuer.reports.quality.draft import NONE, QualityDraft
from valuer.reports.quality.tables import group_section, left_out_note
from valuer.reports.sections.blocks import Block, Chart, Column, Note, Prose, Table

_LONGEST = 60
"""Months from filing that the curves are drawn for."""

_HORIZONS = (12, 24, 36)
_FEWEST_MONTHS = 4
"""Points below which a control chart says nothing."""

_MOST_QUARTERS = 20


def grants(draft: QualityDraft) -> Iterator[Block]:
    """Yield the grant rates, why they differ, and how they ran by month."""
    yield from group_section(draft, "grants")
    yield left_out_note(draft)
    yield from _why_they_differ(draft)
    yield from _by_month(draft)


def _why_they_differ(draft: QualityDraft) -> Iterator[Block]:
    official, contested = draft.row("Q01"), draft.row("Q02")
    if official is None or contested is None or contested.n > official.n:
        return
    assert official.value is not None  # noqa: S101 - draft.row gives rows with values
    assert contested.value is not None  # noqa: S101
    change = contested.value - official.value
    text = N_(
        "The official form divides by all {closed} inventions closed. The contested form"
        " divides by {contested} of them, those that were granted, refused, or let go"
        " after an office action; the other {rest} were let go before any action, came"
        " from another agency, or tell no notices ({lacking})."
    )
    yield Prose(
        draft.say(
            text,
            closed=draft.count(official.n),
            contested=draft.count(contested.n),
            rest=draft.count(official.n - contested.n),
            lacking=draft.count(contested.lacking),
        )
    )
    if change:
        text = N_("The contested rate is therefore {points} percentage points higher.")
        if change < 0:
            text = N_(
                "The contested rate is therefore {points} percentage points lower."
            )
        yield Prose(draft.say(text, points=draft.points(change)))


def _by_month(draft: QualityDraft) -> Iterator[Block]:
    rows = [row_of(one) for one in draft.facts.months]
    if len(rows) < _FEWEST_MONTHS:
        return
    charted = p_chart_of(rows)
    yield Chart(control_figure(charted, Grouping.MONTH, draft.language))
    out = [
        draft.say(
            N_("{group}: {value} of {n}"),
            group=row.group,
            value=draft.value(row),
            n=draft.count(row.n),
        )
        for row, is_out in zip(charted.rows, charted.chart.out.tolist(), strict=True)
        if is_out
    ]
    if out:
        text = N_("Outside the limits of chance: {months}.")
        yield Prose(draft.say(text, months=draft.joined(out)))
    else:
        text = N_("None of {count} months lies outside the limits of chance.")
        yield Prose(draft.say(text, count=len(charted.rows)))


def cohorts(draft: QualityDraft) -> Iterator[Block]:
    """Yield what becomes of the inventions filed together."""
    facts = draft.facts
    parts = [followed(one) for one in facts.cohorts]
    sizes = [len(days) for days, _ in parts]
    days = np.concatenate([one for one, _ in parts])
    fates = np.concatenate([one for _, one in parts])
    since = draft.since
    text = N_(
        "{n} inventions filed since {since} are followed from their filing day: {granted}"
        " were granted so far, {lost} were lost, {open} are pending."
    )
    counts = [draft.count(int((fates == fate).sum())) for fate in (1, 2, 0)]
    named = dict(zip(("granted", "lost", "open"), counts, strict=True))
    yield Prose(draft.say(text, n=draft.count(len(days)), since=since, **named))
    last = min(int(days.max(initial=0) / DAYS_OF_MONTH), _LONGEST)
    if last > 0:
        none = np.zeros(len(days), dtype=np.int64)
        (whole,) = cohorts_of(days, fates, none, ("",), range(last + 1))
        title = N_("Inventions filed since {since}: granted and lost, n = {n}")
        said = draft.say(title, since=since, n=draft.count(len(days)))
        yield Chart(replace(incidence_figure(whole, draft.language), title=said))
    yield from _naive(draft, days, fates)
    group = np.repeat(np.arange(len(sizes)), sizes)
    names = [one.group or "" for one in facts.cohorts]
    found = cohorts_of(days, fates, group, names, _HORIZONS)
    is_seen = [bool(np.isfinite(one.granted).any()) for one in found]
    pairs = list(zip(found, is_seen, strict=True))
    yield _by_quarter(draft, [one for one, seen in pairs if seen][-_MOST_QUARTERS:])
    young = [one for one, seen in pairs if not seen]
    if young:
        text = N_(
            "{count} later quarters with {n} inventions are not followed for {months}"
            " months yet."
        )
        n = draft.count(sum(one.n for one in young))
        yield Note(draft.say(text, count=len(young), n=n, months=_HORIZONS[0]))


def _naive(draft: QualityDraft, days: Ints, fates: Ints) -> Iterator[Block]:
    """Yield by how much the usual figures are wrong for these very cases."""
    months = next(
        (m for m in reversed(_HORIZONS) if days.max(initial=0) >= m * DAYS_OF_MONTH), 0
    )
    granted, lost = int((fates == 1).sum()), int((fates == 2).sum())
    if not months or not granted or not lost:
        return
    end = round(months * DAYS_OF_MONTH)
    right = float(incidence_at(curves(days, fates), end).value[0])
    alone = curves(days, (fates == 1).astype(np.int64))
    naive = 1 - float(survival_at(alone, end).value[0])
    text = N_(
        "Within {months} months {right} of them are granted. One minus Kaplan and"
        " Meier's curve, which takes the {lost} losses for cases that may still be"
        " granted, would say {naive}: {points} percentage points too much."
    )
    figures = {"right": formats.percent(right, 1), "naive": formats.percent(naive, 1)}
    points = draft.points(naive - right)
    count = draft.count(lost)
    yield Prose(draft.say(text, months=months, lost=count, points=points, **figures))
    text = N_(
        "Grants over closed cases alone, {granted} of {closed}, would say {share}; the"
        " {open} pending ones, which end later, are not in it."
    )
    closed = granted + lost
    named = {
        "granted": draft.count(granted),
        "closed": draft.count(closed),
        "open": draft.count(len(days) - closed),
    }
    yield Prose(draft.say(text, share=draft.share(granted, closed), **named))


def _by_quarter(draft: QualityDraft, found: Sequence[Cohort]) -> Table:
    heads = [
        draft.say(N_("Granted within {months} months"), months=months)
        for months in _HORIZONS
    ]
    columns = (
        Column(draft.say(N_("Filed in"))),
        Column(draft.say(N_("Inventions (n)")), is_figure=True),
        *(Column(head, is_figure=True) for head in heads),
        Column(
            draft.say(N_("95% interval, {months} months"), months=36), is_figure=True
        ),
        Column(draft.say(N_("Lost within {months} months"), months=36), is_figure=True),
    )
    rows = tuple(
        (
            one.quarter,
            draft.count(one.n),
            *(_percent(value) for value in one.granted.tolist()),
            _between(one.granted_low[-1], one.granted_high[-1]),
            _percent(one.lost[-1]),
        )
        for one in found
    )
    return Table(
        draft.say(N_("Cohorts of inventions by quarter of filing")), columns, rows
    )


def has_cohorts(draft: QualityDraft) -> bool:
    """Whether any invention can be followed from its filing."""
    return any(one.n for one in draft.facts.cohorts)


def _percent(value: float) -> str:
    return formats.percent(value, 1) if np.isfinite(value) else NONE


def _between(low: float, high: float) -> str:
    if not (np.isfinite(low) and np.isfinite(high)):
        return NONE
    return f"{formats.percent(low, 1).removesuffix('%')}–{formats.percent(high, 1)}"
