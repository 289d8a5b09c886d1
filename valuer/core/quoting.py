"""The patents that a case quotes: taken in, put in order, compared with the library.

A case holds its patents by value, so a quotation stays as it was read until it is
quoted anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from valuer.core.patents import KIND_NAMES, Patent
from valuer.core.term import expiry_day
from valuer.core.texts import N_

ORDERS: tuple[tuple[str, str, Callable[[Patent], Any]], ...] = (
    ("number", N_("Number"), lambda p: p.identity),
    ("title", N_("Title"), lambda p: p.title),
    ("kind", N_("Kind"), lambda p: list(KIND_NAMES).index(p.kind) if p.kind else 9),
    ("owner", N_("Owners"), lambda p: p.owners),
    ("filed", N_("Filed"), lambda p: p.filed or date.max),
    ("expiry", N_("End of the term"), lambda p: expiry_day(p) or date.max),
)
"""By what patents are put in order: key, marked name, what is compared."""


def with_quoted(
    patents: Sequence[Patent], quoted: Sequence[Patent]
) -> tuple[Patent, ...]:
    """Return patents with others quoted; those quoted before are quoted anew."""
    new = {patent.identity: patent for patent in quoted}
    kept = [new.pop(one.identity, one) for one in patents]
    return (*kept, *new.values())


def moved(
    patents: Sequence[Patent], rows: Collection[int], step: int
) -> tuple[Patent, ...]:
    """Return patents with some rows one place up (``step`` −1) or down (+1).

    Rows at the end stay where they are, and those behind them.
    """
    places = list(range(len(patents)))
    order = sorted(rows, reverse=step > 0)
    for row in order:
        at = places.index(row)
        to = at + step
        if 0 <= to < len(places) and places[to] not in rows:
            places[at], places[to] = places[to], places[at]
    return tuple(patents[place] for place in places)


def in_order(patents: Sequence[Patent], key: str) -> tuple[Patent, ...]:
    """Return patents in one of ``ORDERS``; equal ones stay as they stand."""
    by = next(compared for name, _, compared in ORDERS if name == key)
    return tuple(sorted(patents, key=by))


def facts_differ(quoted: Patent, known: Patent) -> bool:
    """Whether the library knows other facts than a case quotes; a source is no fact."""
    return replace(quoted, source=known.source) != known
