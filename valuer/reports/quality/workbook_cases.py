"""The cases behind the figures of a workbook, and for which rates each of them counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from valuer.agency.columns import Docket
from valuer.agency.docket import Case
from valuer.agency.metric import Metric, Question, Shape, view
from valuer.agency.quality import counting, missing
from valuer.agency.statistics import Ints
from valuer.agency.statuses import OUTCOME_NAMES
from valuer.core.patents import KIND_NAMES
from valuer.core.texts import N_, tr
from valuer.reports.workbook import BARE, DAY, TEXT, Sheet, SheetColumn, Value

Rate = tuple[Metric, Ints]
"""A rate, and for each case −1 where it does not count, 1 where it is a hit, else 0."""

_HEADS = (
    (N_("Application number"), TEXT, 20),
    (N_("Reference"), TEXT, 16),
    (N_("Title"), TEXT, 40),
    (N_("Kind"), TEXT, 12),
    (N_("Agents"), TEXT, 18),
    (N_("In charge"), TEXT, 14),
    (N_("Client"), TEXT, 24),
    (N_("Main IPC class"), TEXT, 14),
    (N_("Filing day"), DAY, 12),
    (N_("Outcome"), TEXT, 24),
    (N_("Status as written"), TEXT, 24),
)


def cases_sheet(
    docket: Docket,
    question: Question,
    cases: Sequence[Case],
    metrics: Sequence[Metric],
    language: str,
) -> Sheet:
    """Return the cases that count for any of these metrics."""
    kept, rates = _counted(docket, question, metrics)
    columns = (
        *(SheetColumn(tr(text, language), form, wide) for text, form, wide in _HEADS),
        *(
            SheetColumn(f"{one.key} {tr(one.name, language)}", BARE, 14)
            for one, _ in rates
        ),
    )
    rows = _rows(kept, _in_order(docket, cases), rates, language)
    return Sheet(tr(N_("Cases behind"), language), columns, rows)


def _in_order(docket: Docket, cases: Sequence[Case]) -> Sequence[Case]:
    """Return the cases in the order of the docket; those not given by name alone.

    The docket names a case by its number, else by its reference.
    """
    known = {case.number or case.reference: case for case in cases}
    names = (str(name) for name in docket.numbers)
    return [known.get(name, Case(name)) for name in names]


def _counted(
    docket: Docket, question: Question, metrics: Sequence[Metric]
) -> tuple[list[int], list[Rate]]:
    """Return the places of the cases that count at all, and the rates."""
    seen = view(docket, replace(question, by=None))
    kept = np.zeros(docket.count, dtype=bool)
    rates: list[Rate] = []
    for one in metrics:
        if missing(docket, one):
            continue
        found = counting(seen, one)
        tally = found.tally
        if tally.case is not None:
            kept[tally.case[found.counts]] = True
            continue
        kept |= found.counts
        if one.shape is Shape.RATE and tally.hits is not None:
            hits = (tally.hits == 1).astype(np.int64)
            rates.append((one, np.where(found.counts, hits, -1)))
    return np.flatnonzero(kept).tolist(), rates


def _rows(
    kept: Sequence[int],
    cases: Sequence[Case],
    rates: Sequence[Rate],
    language: str,
) -> Iterator[tuple[Value, ...]]:
    outcomes = {one: tr(name, language) for one, name in OUTCOME_NAMES.items()}
    kinds = {one: tr(name, language) for one, name in KIND_NAMES.items()}
    for place in kept:
        case = cases[place]
        marks = (int(column[place]) for _, column in rates)
        yield (
            case.number,
            case.reference,
            case.title,
            kinds[case.kind] if case.kind else "",
            "; ".join(case.agents),
            case.handler,
            case.client,
            case.field,
            case.filed,
            outcomes[case.outcome],
            case.status,
            *(mark if mark >= 0 else None for mark in marks),
        )
