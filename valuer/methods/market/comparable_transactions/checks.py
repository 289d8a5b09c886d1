"""What no single parameter shows: indices, weights, cases that do not count.

How far an adjustment may go and how many cases it takes is practice, borrowed from
the valuation of real estate; no standard for patents sets it, and the words say so.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from valuer.core.deals import DealTexts, deal_doubt, deal_warnings
from valuer.core.distributions import is_distribution
from valuer.core.method import centred
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_, message
from valuer.methods.market.comparable_transactions.cases import adjustments

ENOUGH = 3
"""Cases below which a warning is given."""

SINGLE_LIMIT, TOTAL_LIMIT, GROSS_LIMIT = 0.2, 0.3, 0.5
"""Adjustments above which a warning is given: by one factor, net, gross."""

MOST_INDICES = 1000
"""The most indices of all factors together, so that a simulation fits in memory."""


TEXTS = DealTexts(
    left_out=N_("Comparable “{name}” is listed but not counted: {reason}."),
    counted=N_("Comparable “{name}” is counted although {reason}."),
    unsourced=N_("Comparable “{name}” names no source for its deal."),
)


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows; warnings only where nothing is wrong."""
    errors = (
        *_name_errors(params),
        *_price_errors(params),
        *_index_errors(params),
        *_weight_errors(params),
    )
    return errors or tuple(_warnings(params))


def _name_errors(params: Any) -> Iterator[Issue]:
    for table, rows in (
        ("comparables", params.comparables),
        ("factors", params.factors),
    ):
        for place, row in enumerate(rows):
            if not row.name.strip():
                where = f"{table}[{place}].name"
                text = N_("Row {row} has no name; give it one.")
                yield _issue(Severity.ERROR, where, text, row=place + 1)
    names = [one.name for one in params.comparables]
    for place, name in enumerate(names):
        if name.strip() and name in names[:place]:
            text = N_("Two comparables are called “{name}”; tell them apart.")
            yield _issue(Severity.ERROR, f"comparables[{place}].name", text, name=name)


def _price_errors(params: Any) -> Iterator[Issue]:
    for place, case in enumerate(centred(params).comparables):
        if deal_doubt(params, case) is None and not case.price > 0:
            where = f"comparables[{place}].price"
            text = N_(
                "“{name}” has no price above nought; say that it was free of charge."
            )
            yield _issue(Severity.ERROR, where, text, name=case.name)


def _index_errors(params: Any) -> Iterator[Issue]:
    cases = len(params.comparables)
    for place, factor in enumerate(params.factors):
        if len(factor.indices) != cases:
            text = N_(
                "Factor “{factor}” has {found} indices and there are {count} comparables;"
                " give one for each."
            )
            yield _issue(
                Severity.ERROR,
                f"factors[{place}].indices",
                text,
                factor=factor.name,
                found=len(factor.indices),
                count=cases,
            )
    if cases * len(params.factors) > MOST_INDICES:
        text = N_(
            "{factors} factors of {cases} comparables are too many; {most} indices fit."
        )
        yield _issue(
            Severity.ERROR,
            "factors",
            text,
            factors=len(params.factors),
            cases=cases,
            most=MOST_INDICES,
        )


def _weight_errors(params: Any) -> Iterator[Issue]:
    counted, given = [], []
    for place, case in enumerate(params.comparables):
        where = f"comparables[{place}].weight"
        reason = deal_doubt(params, case)
        if is_distribution(case.weight):
            text = N_("The weight of “{name}” is a judgement; give it as one figure.")
            yield _issue(Severity.ERROR, where, text, name=case.name)
        elif reason is None:
            counted.append(place)
            given.append(case.weight)
        elif case.weight:
            text = N_("“{name}” does not count: {reason}. Leave out its weight.")
            yield _issue(Severity.ERROR, where, text, name=case.name, reason=reason)
    if not counted:
        text = N_(
            "No comparable counts; a price paid between unrelated parties is needed."
        )
        yield _issue(Severity.ERROR, "comparables", text)
        return
    missing = [place for place, one in zip(counted, given, strict=True) if one is None]
    if missing and len(missing) < len(counted):
        name = params.comparables[missing[0]].name
        text = N_(
            "“{name}” has no weight; give one to every comparable that counts, or to none."
        )
        where = f"comparables[{missing[0]}].weight"
        yield _issue(Severity.ERROR, where, text, name=name)
    elif not missing and not math.isclose(math.fsum(given), 1, abs_tol=1e-9):
        text = N_("The weights of the comparables must add to 1; they add to {sum}.")
        total = f"{math.fsum(given):.10g}"
        yield _issue(Severity.ERROR, "comparables", text, sum=total)


def _warnings(params: Any) -> Iterator[Issue]:
    yield from deal_warnings(
        "comparables", params.comparables, lambda one: deal_doubt(params, one), TEXTS
    )
    counted = [one for one in params.comparables if deal_doubt(params, one) is None]
    if len(counted) < ENOUGH:
        text = N_(
            "{count} comparables count; practice asks for {enough} at least, though no standard"
            " for patents sets a number."
        )
        yield _issue(
            Severity.WARNING, "comparables", text, count=len(counted), enough=ENOUGH
        )
    yield from _large_adjustments(params)


def _large_adjustments(params: Any) -> Iterator[Issue]:
    """Yield where an adjustment of a case that counts is unusually large."""
    factors = adjustments(params)
    counted = [
        (place, case.name)
        for place, case in enumerate(params.comparables)
        if deal_doubt(params, case) is None
    ]
    for row, factor in enumerate(params.factors):
        far = [name for at, name in counted if _exceeds(factors[row, at], SINGLE_LIMIT)]
        if far:
            text = N_(
                "Factor “{factor}” adjusts {cases} by more than {limit} %, the most that"
                " practice usually allows one factor; no standard for patents sets it."
            )
            yield _issue(
                Severity.WARNING,
                f"factors[{row}]",
                text,
                factor=factor.name,
                cases=tuple(far),
                limit=round(100 * SINGLE_LIMIT),
            )
    for place, name in counted:
        net = float(factors[:, place].prod())
        gross = float(np.abs(factors[:, place] - 1).sum())
        if _exceeds(net, TOTAL_LIMIT) or gross > GROSS_LIMIT + 1e-9:
            text = N_(
                "The factors together adjust “{name}” by {net} % net, {gross} % gross;"
                " practice usually keeps within {total} % and {most} %, though no standard"
                " for patents sets it."
            )
            yield _issue(
                Severity.WARNING,
                f"comparables[{place}]",
                text,
                name=name,
                net=f"{100 * (net - 1):+.1f}",
                gross=f"{100 * gross:.1f}",
                total=round(100 * TOTAL_LIMIT),
                most=round(100 * GROSS_LIMIT),
            )


def _exceeds(factor: float, limit: float) -> bool:
    return abs(factor - 1) > limit + 1e-9


def _issue(severity: Severity, where: str, text: str, **values: object) -> Issue:
    return Issue(severity, message(text, **values), where)
