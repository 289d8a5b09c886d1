"""Drafting (撰写): claims, their length, pages, embodiments, families."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from valuer.agency.metric import Metric, Shape, Tally, Unit, View, Work
from valuer.core.patents import PatentKind
from valuer.core.texts import N_

_EXAMINED = (PatentKind.INVENTION, PatentKind.UTILITY_MODEL)


def _of(name: str, day: str = "filed") -> Callable[[View], Tally]:
    def count(view: View) -> Tally:
        values = view[name]
        rows = ~np.isnan(values)
        due = view.granted if day == "granted" else np.ones(len(rows), dtype=bool)
        return Tally(rows & due, values=values, on=view[day], lacking=due & ~rows)

    return count


def _shrinkage(view: View) -> Tally:
    filed, granted = view["claim_length"], view["claim_length_granted"]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = granted / filed
    rows = view.granted & np.isfinite(ratio)
    return Tally(rows, values=ratio, on=view["granted"], lacking=view.granted & ~rows)


def _mean(
    key: str,
    name: str,
    column: str,
    unit: Unit = Unit.NUMBER,
    day: str = "filed",
    shape: Shape = Shape.MEAN,
) -> Metric:
    median = shape is Shape.MEDIAN
    return Metric(
        key,
        name,
        N_("What an application of the period has; by the day of filing or of grant."),
        N_("median of the cases") if median else N_("mean of the cases"),
        (day, column),
        _of(column, day),
        shape,
        unit,
        Work.DRAFTING,
        kinds=_EXAMINED,
    )


METRICS = (
    _mean("Q11", N_("Claims at filing, mean"), "claims"),
    _mean("Q11_median", N_("Claims at filing, median"), "claims", shape=Shape.MEDIAN),
    _mean("Q11_independent", N_("Independent claims at filing"), "independent_claims"),
    _mean("Q11_granted", N_("Claims at grant"), "claims_granted", day="granted"),
    _mean(
        "Q12", N_("Length of the shortest independent claim"), "claim_length",
        Unit.CHARACTERS,
    ),
    Metric(
        "Q12_kept",
        N_("Independent claim, length at grant to length at filing"),
        N_("Above 1 the claim grew in examination, and protects less."),
        N_("mean of length at grant / length at filing"),
        ("granted", "claim_length", "claim_length_granted"),
        _shrinkage,
        Shape.MEAN,
        Unit.SHARE,
        kinds=_EXAMINED,
        better="low",
    ),
    _mean("Q13", N_("Pages of the description"), "pages", Unit.PAGES),
    _mean("Q14", N_("Embodiments"), "embodiments"),
    _mean("Q16", N_("Countries of the simple family"), "family_countries"),
)  # fmt: skip
