"""The figure concluded beside the results it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from valuer.core.concluding import methods_applied
from valuer.core.method import plain_amount
from valuer.core.texts import N_, message
from valuer.reports.findings import Check, Found, Material

_COARSE = Decimal("0.01")
"""Share of a result beyond which rounding it is told; no standard sets one [D]."""


def outside_results(material: Material) -> Iterator[Found]:
    """Yield a value, or an end of its range, that no result reaches."""
    case, valuation = material.case, material.valuation
    if valuation is None or valuation.conclusion is None or case.conclusion is None:
        return
    found, apart = valuation.conclusion, valuation.differences
    if apart is None:
        return
    for where, amount in (
        ("conclusion.unit", found.value),
        ("conclusion.low", found.low),
        ("conclusion.high", found.high),
    ):
        near = case.conclusion.unit  # rounding alone takes nothing out
        least, most = apart.low - near, apart.high + near
        if amount is not None and not least <= amount <= most:
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


def ground_idle(material: Material) -> Iterator[Found]:
    """Yield a ground for one method alone beside several methods applied."""
    chosen, valuation = material.case.conclusion, material.valuation
    if chosen is None or valuation is None or not chosen.ground.strip():
        return
    if len(methods_applied(valuation.valuing)) > 1:
        text = N_(
            "A ground for applying one method alone is stated, yet several were applied;"
            " the report does not print it. Remove it, or the methods."
        )
        yield "conclusion.ground", message(text)


CHECKS = (
    Check("outside_results", "report_conclusion", outside_results),
    Check("ground_idle", "law_26", ground_idle),
    Check("coarsely_rounded", "program", coarsely_rounded),
)
