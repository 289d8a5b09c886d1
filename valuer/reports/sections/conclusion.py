"""The conclusion, in figures and in Chinese capitals (评估结论)."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.core.concluding import RULES
from valuer.core.method import TOPIC_NAMES
from valuer.core.texts import N_
from valuer.core.valuing import RunResult
from valuer.reports import formats
from valuer.reports.sections.blocks import Banner, Block, Column, Facts, Prose, Table
from valuer.reports.sections.draft import Draft
from valuer.reports.sections.ground import VALUE_TYPES_WITHIN
from valuer.reports.sections.method import ground_of_one, run_name


def conclusion(draft: Draft) -> Iterator[Block]:
    """Yield how the results lead to the figure, and the figure."""
    chosen = draft.case.conclusion
    yield from _results(draft)
    if draft.rules >= RULES:
        yield from _differences(draft)
    if chosen is not None and chosen.analysis:
        yield Prose(chosen.analysis)
    if draft.rules >= RULES:
        yield from _weights(draft)
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
    yield from ground_of_one(draft)


def _differences(draft: Draft) -> Iterator[Block]:
    """Yield how far the results of several runs lie apart."""
    found = draft.valuation.differences
    if found is None:
        return
    text = N_("The results lie between {low} and {high}.")
    values = {"low": draft.money(found.low), "high": draft.money(found.high)}
    if found.spread is not None:
        text = N_(
            "The results lie between {low} and {high}; the greatest is {spread} above the"
            " least ((max − min) / min)."
        )
        values["spread"] = formats.percent(found.spread, 2)
    yield Prose(draft.say(text, **values))


def _weights(draft: Draft) -> Iterator[Block]:
    """Yield the reason for each weight."""
    runs = draft.valuation.valuing
    chosen = draft.case.conclusion
    if len(runs) < 2 or chosen is None or chosen.run:
        return
    text = N_("The results are weighted, for these reasons:")
    yield Prose(draft.say(text), leads=True)
    heads = (N_("Method applied"), N_("Weight"), N_("Reason for the weight"))
    yield Table(
        draft.say(N_("Weights of the results")),
        (
            Column(draft.say(heads[0]), weight=0.3),
            Column(draft.say(heads[1]), is_figure=True),
            Column(draft.say(heads[2]), weight=0.7),
        ),
        tuple(
            (
                run_name(draft, one),
                formats.percent(one.run.weight or 0.0),
                one.run.reason,
            )
            for one in runs
        ),
    )


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
    if rows and draft.rules >= RULES:
        text = N_(
            "The engagement contract asks for a range; the {opinion} lies within it:"
        )
        yield Prose(draft.say(text), leads=True)
    if rows:
        yield Facts(tuple((label, draft.money(end, exact=True)) for label, end in rows))


def _results(draft: Draft) -> Iterator[Block]:
    runs, chosen = draft.valuation.valuing, draft.case.conclusion
    adopted = chosen.run if chosen is not None else ""
    weighted = len(runs) > 1 and not adopted
    heads = [N_("Method applied"), N_("Result")]
    name = run_name if draft.rules < RULES else _with_approach
    if len(runs) > 1:
        heads.append(N_("Weight") if weighted else N_("Adopted"))
    rows = []
    for one in runs:
        if one.result is None:
            continue
        row = [name(draft, one), formats.amount(one.result.amount)]
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


def _with_approach(draft: Draft, one: RunResult) -> str:
    return draft.say(
        N_("{method} ({approach})"),
        method=run_name(draft, one),
        approach=draft.say(TOPIC_NAMES[one.method.topic]),
    )
