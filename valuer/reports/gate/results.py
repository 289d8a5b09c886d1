"""The figure concluded beside the results it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from valuer.core.method import plain_amount
from valuer.core.problems import Severity
from valuer.core.texts import N_, message
from valuer.reports.findings import Check, Found, Material

_COARSE = Decimal("0.01")
"""Share of a result beyond which rounding it is told; no standard sets one [D]."""


def outside_results(material: Material) -> Iterator[Found]:
    """Yield a value, or an end of its range, that no result reaches."""
    valuation = material.valuation
    if valuation is None or valuation.conclusion is None:
        return
    found, apart = valuation.conclusion, valuation.differences
    if apart is None:
        return
    for where, amount in (
        ("conclusion.unit", found.value),
        ("conclusion.low", found.low),
        ("conclusion.high", found.high),
    ):
        if amount is not None and not apart.low <= amount <= apart.high:
            text = N_(
                "{amount} lies outside the results, which run from {low} to {high};"
                " state why."
            )
            values = {"amount": amount, "low": apart.low, "high": apart.high}
            shown = {name: plain_amount(one) for name, one in values.items()}
            yield where, message(text, **shown)


def coarsely_rounded(material: Material) -> Iterator[Found]:
    """Yield a unit so coarse that rounding moves the value."""
    case, valuation = material.case, material.valuation
    if valuation is None or valuation.conclusion is None or case.conclusion is None:
        return
    value, unit = valuation.conclusion.value, case.conclusion.unit
    if value and unit / abs(value) / 2 > _COARSE:
        text = N_(
            "Rounded to {unit}, the value {value} may be off by more than one per cent;"
            " choose a smaller unit."
        )
        words = message(text, unit=plain_amount(unit), value=plain_amount(value))
        yield "conclusion.unit", words


def adopted_off_purpose(material: Material) -> Iterator[Found]:
    """Yield an adopted result that is not meant for the purpose of the case."""
    case, valuation = material.case, material.valuation
    if valuation is None or case.conclusion is None:
        return
    for one in valuation.valuing:
        purposes = one.method.purposes
        is_adopted = one.run.key == case.conclusion.run or len(valuation.valuing) == 1
        if is_adopted and purposes and case.purpose not in purposes:
            text = N_(
                "The result of “{run}” is adopted, whose method serves another purpose"
                " than the case; adopt another."
            )
            yield "conclusion.run", message(text, run=one.run.key)


CHECKS = (
    Check("outside_results", "report_conclusion", outside_results),
    Check("coarsely_rounded", "program", coarsely_rounded),
    Check("off_purpose", "report_conclusion", adopted_off_purpose, Severity.WARNING),
)
