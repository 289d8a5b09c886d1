"""The conclusion, in figures and in Chinese capitals (评估结论)."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.core.texts import N_
from valuer.reports import formats
from valuer.reports.sections.blocks import Banner, Block, Column, Facts, Prose, Table
from valuer.reports.sections.draft import Draft
from valuer.reports.sections.ground import VALUE_TYPES_WITHIN
from valuer.reports.sections.method import run_name


def conclusion(draft: Draft) -> Iterator[Block]:
    """Yield how the results lead to the figure, and the figure."""
    chosen = draft.case.conclusion
    yield from _results(draft)
    if chosen is not None and chosen.analysis:
        yield Prose(chosen.analysis)
    text = N_(
        "On the {base_date}, {day}, and on the assumptions stated in this {report}, the"
        " {value_type} of the {subject} is:"
    )
    yield Prose(
        draft.say(
            text,
            day=draft.day(draft.valuation_date),
            value_type=draft.say(VALUE_TYPES_WITHIN[draft.case.value_type]),
        ),
        leads=True,
    )
    yield Banner(_figure(draft))
    yield from _range(draft)
    if chosen is not None:
        text = N_("The figure is rounded half up to a multiple of {unit}.")
        yield Prose(draft.say(text, unit=draft.money(chosen.unit, exact=True)))
        if chosen.ground:
            text = N_("Why one method alone was applied: {ground}")
            yield Prose(draft.say(text, ground=chosen.ground))


def _figure(draft: Draft) -> str:
    figure = draft.money(draft.concluded.value, exact=True)
    if not draft.concluded.capitals:
        return figure
    text = N_("{figure} (in Chinese capitals: {capitals})")
    return draft.say(text, figure=figure, capitals=draft.concluded.capitals)


def _range(draft: Draft) -> Iterator[Block]:
    low, high = draft.concluded.low, draft.concluded.high
    rows = []
    if low is not None:
        rows.append((draft.say(N_("Lower end of the range")), low))
    if high is not None:
        rows.append((draft.say(N_("Upper end of the range")), high))
    if rows:
        yield Facts(tuple((label, draft.money(end, exact=True)) for label, end in rows))


def _results(draft: Draft) -> Iterator[Block]:
    runs, chosen = draft.valuation.runs, draft.case.conclusion
    adopted = chosen.run if chosen is not None else ""
    weighted = len(runs) > 1 and not adopted
    heads = [N_("Method applied"), N_("Result")]
    if len(runs) > 1:
        heads.append(N_("Weight") if weighted else N_("Adopted"))
    rows = []
    for one in runs:
        if one.result is None:
            continue
        row = [run_name(draft, one), formats.amount(one.result.amount)]
        if weighted and one.run.weight is not None:
            row.append(formats.percent(one.run.weight))
        elif len(runs) > 1:
            is_adopted = one.run.key == adopted
            row.append(draft.say(N_("adopted") if is_adopted else N_("not adopted")))
        rows.append(tuple(row))
    yield Table(
        draft.say(N_("Results of the methods applied")),
        tuple(Column(draft.say(head), is_figure=i > 0) for i, head in enumerate(heads)),
        tuple(rows),
        draft.unit,
    )
