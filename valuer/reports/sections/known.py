"""What is known beside the figures: encumbrances, others' work, later events.

(权利限制与未决事项、利用专家工作、期后事项、重大不确定性)
Each part stands only where the case holds a fact or a declaration of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from valuer.core.texts import N_
from valuer.reports.sections.blocks import Block, Heading, Points, Prose
from valuer.reports.sections.draft import Draft
from valuer.reports.sections.kinds import VALUATION


def known(draft: Draft) -> Iterator[Block]:
    """Yield what is known, each part under its heading."""
    yield from _encumbrances(draft)
    yield from _experts(draft)
    yield from _events(draft)
    if draft.kind is not VALUATION:
        yield from uncertainty(draft)


def counted(draft: Draft) -> int:
    """Return how many of these are special matters, beside the texts of the case."""
    declared = draft.case.declared
    others = (
        declared.no_encumbrances is False,
        bool(declared.experts.strip()),
        bool(declared.uncertainty.strip()),
    )
    return len(draft.case.events) + sum(others)


def uncertainty(draft: Draft) -> Iterator[Block]:
    """Yield what makes the conclusion materially uncertain."""
    if text := draft.case.declared.uncertainty.strip():
        if draft.kind is not VALUATION:
            yield Heading(draft.say(N_("Material uncertainty")))
        yield Prose(text)


def _encumbrances(draft: Draft) -> Iterator[Block]:
    free = draft.case.declared.no_encumbrances
    if free is None:
        return
    yield Heading(draft.say(N_("Restrictions of the rights and pending matters")))
    text = N_(
        "The patents are subject to at least one of these: a licence, a pledge, a dispute,"
        " an invalidation request. What is recorded of it stands in this {report} under"
        " the legal factors and the special matters."
    )
    if free:
        text = N_(
            "On the date of this {report} those who sign it know of no licence, pledge,"
            " dispute or invalidation request that concerns the patents."
        )
    yield Prose(draft.say(text))


def _experts(draft: Draft) -> Iterator[Block]:
    declared = draft.case.declared
    if declared.experts.strip():
        yield Heading(draft.say(N_("Reliance on the work of others")))
        yield Prose(declared.experts)
    elif declared.no_experts:
        yield Heading(draft.say(N_("Reliance on the work of others")))
        text = N_("This {work} does not rely on the work or the reports of others.")
        yield Prose(draft.say(text))


def _events(draft: Draft) -> Iterator[Block]:
    case = draft.case
    heading = Heading(draft.say(N_("Subsequent events")))
    if case.events:
        yield heading
        text = N_(
            "Between the {base_date} and the date of this {report} the following became"
            " known:"
        )
        yield Prose(draft.say(text), leads=True)
        later = sorted(case.events, key=lambda one: one.on)
        dated = N_("{day}: {event}")
        yield Points(
            tuple(
                draft.say(dated, day=draft.day(one.on), event=one.text) for one in later
            )
        )
    elif case.declared.no_later_events:
        yield heading
        text = N_(
            "On the date of this {report} those who sign it know of no event after the"
            " {base_date} that bears on the {opinion}."
        )
        yield Prose(draft.say(text))
