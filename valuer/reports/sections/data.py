"""Data, inputs and models of a valuation report (IVS 104, IVS 105).

What is told follows from the case: its sources and evidence, where each input comes
from, which formulas were used and how the program was tested.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from valuer.core.params import parameters
from valuer.core.texts import N_
from valuer.reports.sections.blocks import Block, Column, Points, Prose, Table
from valuer.reports.sections.draft import Draft
from valuer.reports.sections.ground import sources
from valuer.reports.sections.inputs import ORIGIN_NAMES, Origin, origin
from valuer.reports.sections.method import run_name


def data(draft: Draft) -> Iterator[Block]:
    """Yield on which data the inputs rest, and where each method's come from."""
    yield Prose(draft.say(N_("The inputs rest on these sources:")), leads=True)
    yield Points(tuple(sources(draft)))
    if count := len(draft.case.evidence):
        text = N_(
            "Documents are kept as evidence ({count} in all); the list with their SHA-256"
            " stands in the appendix."
        )
        yield Prose(draft.say(text, count=count))
    yield Table(
        draft.say(N_("Inputs by origin")),
        (
            Column(draft.say(N_("Method applied")), weight=1),
            *(
                Column(draft.say(name), is_figure=True)
                for name in ORIGIN_NAMES.values()
            ),
        ),
        tuple(_origins(draft)),
    )


def models(draft: Draft) -> Iterator[Block]:
    """Yield the formulas used, their versions, their sources and their limits."""
    text = N_(
        "The figures were computed by version {version} of the program Valuer. Each"
        " formula is printed with the method that uses it, and every figure of the"
        " working can be computed again from the inputs printed."
    )
    yield Prose(draft.say(text, version=draft.program))
    yield Table(
        draft.say(N_("Models used")),
        (
            Column(draft.say(N_("Method applied")), weight=0.35),
            Column(draft.say(N_("Formula version"))),
            Column(draft.say(N_("Source of the formulas")), weight=0.65),
        ),
        tuple(
            (run_name(draft, one), str(one.run.version), one.method.source)
            for one in draft.valuation.runs
        ),
    )
    text = N_(
        "A model gives no more than its inputs hold: how far each result depends on them"
        " is told with it."
    )
    yield Prose(draft.say(text))
    if draft.case.self_test:
        text = N_(
            "How worked cases with published answers come out with these formulas is"
            " shown in the last appendix."
        )
        yield Prose(draft.say(text))


def _origins(draft: Draft) -> Iterator[tuple[str, ...]]:
    for one in draft.valuation.runs:
        known = [p for p in parameters(one.method.params) if p.name in one.given]
        counts = Counter(origin(draft.case, one.run, p) for p in known)
        yield run_name(draft, one), *(str(counts[each]) for each in Origin)
