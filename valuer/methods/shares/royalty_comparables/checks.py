"""What no single parameter shows: names, factors, evidence, licences that do not count.

Five agreements are what practice asks for and three the least; no standard sets either.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from valuer.core.deals import DealTexts, deal_warnings
from valuer.core.distributions import is_distribution
from valuer.core.method import centred
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_, message
from valuer.methods.shares.royalty_comparables.licences import counting, doubt

ENOUGH, LEAST = 5, 3
"""Agreements below which a warning is given, and a graver one."""

MOST_FACTORS = 1000
"""The most factors of all differences together, so that a simulation fits in memory."""


TEXTS = DealTexts(
    left_out=N_("Licence “{name}” is listed but not counted: {reason}."),
    counted=N_("Licence “{name}” is counted although {reason}."),
    unsourced=N_("Licence “{name}” names no source."),
)


def check(params: Any) -> tuple[Issue, ...]:
    """Return what is wrong; warnings only where nothing is."""
    errors = (
        *_name_errors("licences", params.licences),
        *_name_errors("differences", params.differences),
        *_factor_errors(params),
        *_rate_errors(params),
    )
    return errors or (*_left_out(params), *_too_few(params))


def _name_errors(table: str, rows: tuple[Any, ...]) -> Iterator[Issue]:
    names = [one.name for one in rows]
    for place, name in enumerate(names):
        if not name.strip() or name in names[:place]:
            text = N_("Row {row} has no name of its own; give it one.")
            yield _issue(Severity.ERROR, f"{table}[{place}].name", text, row=place + 1)


def _factor_errors(params: Any) -> Iterator[Issue]:
    count = len(params.licences)
    for place, one in enumerate(params.differences):
        where = f"differences[{place}]"
        if len(one.factors) != count:
            text = N_(
                "“{factor}” has {found} adjustment factors for {count} licences; give"
                " one for each."
            )
            values = {"factor": one.name, "found": len(one.factors), "count": count}
            yield _issue(Severity.ERROR, f"{where}.factors", text, **values)
        adjusts = any(is_distribution(each) or each != 1 for each in one.factors)
        if adjusts and not one.evidence.strip():
            text = N_(
                "“{factor}” adjusts rates without evidence; note what supports its"
                " factors."
            )
            yield _issue(Severity.ERROR, f"{where}.evidence", text, factor=one.name)
    if count * len(params.differences) > MOST_FACTORS:
        text = N_("{count} adjustment factors are too many; {most} fit.")
        found = count * len(params.differences)
        yield _issue(
            Severity.ERROR, "differences", text, count=found, most=MOST_FACTORS
        )


def _rate_errors(params: Any) -> Iterator[Issue]:
    kept = counting(params)
    if not kept:
        text = N_(
            "No licence counts; one agreed between unrelated parties by the valuation"
            " date is needed."
        )
        yield _issue(Severity.ERROR, "licences", text)
    centre = centred(params)
    for place in kept:
        one = centre.licences[place]
        rate = one.rate
        for each in centre.differences:
            if len(each.factors) == len(centre.licences):
                rate *= each.factors[place]
        if not rate > 0:
            text = N_(
                "“{name}” has no rate above nought; say that it was free of charge."
            )
            where = f"licences[{place}].rate"
            yield _issue(Severity.ERROR, where, text, name=one.name)
        elif rate > 1:
            text = N_(
                "“{name}” is adjusted to {rate}, above the whole; see its factors."
            )
            values = {"name": one.name, "rate": f"{rate:.6g}"}
            yield _issue(Severity.ERROR, "differences", text, **values)


def _left_out(params: Any) -> Iterator[Issue]:
    yield from deal_warnings(
        "licences", params.licences, lambda one: doubt(params, one), TEXTS
    )


def _too_few(params: Any) -> Iterator[Issue]:
    found = len(counting(params))
    if found < LEAST:
        text = N_(
            "Only {count} licences count, below {least}: quartiles of so few say little"
            " and should carry no conclusion alone. No standard sets a number."
        )
        yield _issue(Severity.WARNING, "licences", text, count=found, least=LEAST)
    elif found < ENOUGH:
        text = N_(
            "{count} licences count; practice asks for {enough} at least, though no"
            " standard sets a number."
        )
        yield _issue(Severity.WARNING, "licences", text, count=found, enough=ENOUGH)


def _issue(severity: Severity, where: str, text: str, **values: object) -> Issue:
    return Issue(severity, message(text, **values), where)
