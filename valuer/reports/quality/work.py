"""The work itself: examination, losses and due dates, drafting, filings, patents, care."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from valuer.agency.aggregates import Aggregate, followed
from valuer.agency.control_charts import g_chart
from valuer.agency.figure_making import rare_figure
from valuer.agency.figures import DAYS_OF_MONTH
from valuer.agency.statistics import curves, quantiles
from valuer.agency.times import SHARES
from valuer.core.distributions import Floats
from valuer.core.texts import N_
from valuer.reports import formats
from valuer.reports.quality.draft import NONE, QualityDraft
from valuer.reports.quality.tables import group_section
from valuer.reports.sections.blocks import Block, Chart, Column, Prose, Table

_MOST_ACTIONS = 4
"""Office actions from which on all cases stand in one row."""

_FEWEST_LOSSES = 3
"""Rights lost below which a g-chart says nothing."""

_CAUSES = {
    "Q08_no_fee": N_("fee unpaid {count}"),
    "Q08_no_request": N_("examination not requested {count}"),
    "Q08_no_answer": N_("no answer in time {count}"),
}
"""Why applications were deemed withdrawn, by metric."""


def examination(draft: QualityDraft) -> Iterator[Block]:
    """Yield office actions and times, and what pending cases do to them."""
    yield from group_section(draft, "examination")
    for one in draft.facts.times:
        yield from _times(draft, one)
    yield from _actions(draft)


def _times(draft: QualityDraft, one: Aggregate) -> Iterator[Block]:
    """Yield by when which share is decided, and what leaving out the pending would do."""
    days, fates = followed(one)
    ended = days[fates > 0]
    if not len(ended):
        return
    curve = curves(days, (fates > 0).astype(np.int64))
    parts = [quantiles(curve, share) for share in SHARES]
    columns = (
        Column(draft.say(N_("Decided"))),
        Column(draft.say(N_("After months")), is_figure=True),
        Column(draft.say(N_("95% interval")), is_figure=True),
    )
    rows = tuple(
        (
            formats.percent(share, 0),
            _months(draft, found.value),
            f"{_months(draft, found.low)}–{_months(draft, found.high)}",
        )
        for share, found in zip(SHARES, parts, strict=True)
    )
    title = N_("{metric}, begun since {since}")
    yield Table(
        draft.say(title, metric=draft.name(one.key), since=draft.since), columns, rows
    )
    text = N_(
        "{ended} of {n} cases are decided, {open} are pending and count as long as they"
        " were followed; — stands where it is not known yet. The median of the decided"
        " alone would be {naive} months and would tell of the quick ones."
    )
    counts = {
        "ended": draft.count(len(ended)),
        "n": draft.count(len(days)),
        "open": draft.count(len(days) - len(ended)),
    }
    naive = draft.months(float(np.median(ended)) / DAYS_OF_MONTH)
    yield Prose(draft.say(text, naive=naive, **counts))


def _months(draft: QualityDraft, days: Floats) -> str:
    """Return days as months; a dash where they are not known."""
    value = float(days[0]) / DAYS_OF_MONTH
    return draft.months(value) if np.isfinite(value) else NONE


def _actions(draft: QualityDraft) -> Iterator[Block]:
    """Yield how many inventions were granted after how many actions."""
    row = draft.row("Q05_median")
    if row is None:
        return
    counts = np.zeros(_MOST_ACTIONS + 1)
    for actions, _, cases in draft.aggregate("Q05_median").cells:
        counts[min(int(actions), _MOST_ACTIONS)] += cases
    columns = (
        Column(draft.say(N_("Office actions before the grant"))),
        Column(draft.say(N_("Inventions granted")), is_figure=True),
        Column(draft.say(N_("Share")), is_figure=True),
    )
    rows = [
        (
            draft.say(N_("{count} and more"), count=number)
            if number == _MOST_ACTIONS
            else str(number),
            draft.count(count),
            draft.share(count, row.n),
        )
        for number, count in enumerate(counts.tolist())
    ]
    total = (draft.say(N_("All together")), draft.count(row.n), draft.share(1, 1))
    title = draft.say(N_("Inventions granted by office actions in substance"))
    yield Table(title, columns, (*rows, total), last_is_total=True)


def losses(draft: QualityDraft) -> Iterator[Block]:
    """Yield what was deemed withdrawn and why, and the rights lost over due dates."""
    yield from group_section(draft, "losses")
    yield from _causes(draft)
    yield from _due_dates(draft)


def _causes(draft: QualityDraft) -> Iterator[Block]:
    every = draft.row("Q08")
    if every is None or not every.numerator:
        return
    said, rest = [], every.numerator
    for key, text in _CAUSES.items():
        row = draft.row(key)
        if row is not None and row.numerator:
            rest -= row.numerator
            said.append(draft.say(text, count=draft.count(row.numerator)))
    if rest > 0:
        text = N_("cause not told {count}")
        said.append(draft.say(text, count=draft.count(rest)))
    text = N_("Of the {hits} cases deemed withdrawn: {causes}.")
    hits = draft.count(every.numerator)
    yield Prose(draft.say(text, hits=hits, causes=draft.joined(said)))
    told = draft.row("Q08_uninstructed")
    if told is not None:
        text = N_(
            "Errors are only those that the client did not instruct: {hits}. Of {lacking}"
            " cases no source tells whether there was an instruction."
        )
        hits, lacking = draft.count(told.numerator or 0), draft.count(told.lacking)
        yield Prose(draft.say(text, hits=hits, lacking=lacking))


def _due_dates(draft: QualityDraft) -> Iterator[Block]:
    row, between = draft.row("Q27"), draft.facts.between
    if row is None or not row.numerator:
        return
    restored = draft.row("Q27_restored")
    text = N_("Rights lost: {hits} over {n} due dates of the period.")
    hits, n = draft.count(row.numerator), draft.count(row.n)
    yield Prose(draft.say(text, hits=hits, n=n))
    if restored is not None:
        text = N_("{count} of them were restored.")
        yield Prose(draft.say(text, count=draft.count(restored.numerator or 0)))
    if len(between) < _FEWEST_LOSSES:
        text = N_("Too few for a control chart; it wants {count} at least.")
        yield Prose(draft.say(text, count=_FEWEST_LOSSES))
        return
    chart = g_chart(np.array(between, dtype=float))
    yield Chart(rare_figure(chart, draft.language))
    text = N_(
        "Between one loss and the next {mean} due dates went well on average. Losses"
        " have become rarer, and not by chance, where more than {high} go well: that was"
        " so {count} times."
    )
    over = int((chart.between > chart.high).sum())
    figures = {"mean": draft.count(round(chart.centre)), "count": over}
    yield Prose(draft.say(text, high=draft.count(round(chart.high)), **figures))


def drafting(draft: QualityDraft) -> Iterator[Block]:
    """Yield what the texts filed are like."""
    yield from group_section(draft, "drafting")
    kept = draft.row("Q12_kept")
    if kept is not None and kept.value is not None and kept.value > 0:
        text = N_(
            "From filing to grant the independent claim of {n} inventions and utility"
            " models grew to {value} of its length."
        )
        if kept.value < 1:
            text = N_(
                "From filing to grant the independent claim of {n} inventions and"
                " utility models shrank to {value} of its length."
            )
        yield Prose(draft.say(text, n=draft.count(kept.n), value=draft.value(kept)))


def filings(draft: QualityDraft) -> Iterator[Block]:
    """Yield abnormal filings, kinds, how concentrated and how many an agent signs."""
    yield from group_section(draft, "filings")
    suspected, confirmed = draft.row("Q09_suspected"), draft.row("Q09_confirmed")
    if suspected is None or confirmed is None:
        return
    text = N_(
        "Of {n} applications filed {suspected} were suspected of abnormal filing and"
        " {confirmed} confirmed; a suspicion alone is no finding."
    )
    hits = [draft.count(one.numerator or 0) for one in (suspected, confirmed)]
    n = draft.count(suspected.n)
    yield Prose(draft.say(text, n=n, suspected=hits[0], confirmed=hits[1]))


def patents(draft: QualityDraft) -> Iterator[Block]:
    """Yield what became of the patents after the grant."""
    yield from group_section(draft, "patents")


def care(draft: QualityDraft) -> Iterator[Block]:
    """Yield due dates, complaints, who signs and who reviews."""
    yield from group_section(draft, "care")
    signed = draft.row("Q29")
    if signed is not None and signed.numerator is not None:
        text = N_(
            "{count} of {n} applications filed were signed by an agent who neither"
            " drafted nor reviewed them."
        )
        count = draft.count(signed.n - signed.numerator)
        yield Prose(draft.say(text, count=count, n=draft.count(signed.n)))


def has_times(draft: QualityDraft) -> bool:
    """Whether any case begun lately is decided."""
    return any(fate for one in draft.facts.times for _, fate, _ in one.cells)


def has_losses(draft: QualityDraft) -> bool:
    """Whether any right was lost over a due date."""
    row = draft.row("Q27")
    return row is not None and bool(row.numerator)
