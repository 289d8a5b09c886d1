"""Risk-adjusted net present value (风险调整净现值, rNPV).

A project goes through phases, each with a cost, a duration and a chance of success,
before it earns. Each flow is weighted by the chance of reaching it: the cost of a phase
by the chance of entering it, income by the chance that every phase succeeds. The rate
then holds no premium for failure: that risk is in the flows already.

Source: V = Σ p(0→i) × CF(i) × d(i); Stewart, Allison & Johnson 2001, Putting a price
on biotechnology, Nature Biotechnology 19.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.dated import (
    CURRENCY,
    DAY_COUNT,
    DISCOUNT_RATE,
    EXPIRY_DATE,
    FACTOR_DIGITS,
    TIMING,
    VALUATION_DATE,
)
from valuer.core.dated_checks import EARLIEST
from valuer.core.distributions import Floats
from valuer.core.earning import (
    RATE_COVERS,
    TAX_BASIS,
    TAX_RATE,
    RateCovers,
    TaxBasis,
)
from valuer.core.method import Approach, Method, centred
from valuer.core.params import (
    Currency,
    Money,
    MoneySeries,
    Number,
    Rate,
    Text,
    Years,
    param,
)
from valuer.core.periods import DayCount, Timing, years_between
from valuer.core.problems import Issue, Severity
from valuer.core.running import product_before, sum_before
from valuer.core.slots import by_scenario, number_arrays, total
from valuer.core.texts import N_, message
from valuer.core.working import Rounded, Silent, Unit

AXIS = "phases"
"""Along the phases; the name of their table."""


class CostAt(StrEnum):
    """When in its phase a cost is borne."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase before the project earns."""

    name: Text = param(N_("Phase"), help=N_("As phase II, pilot plant, approval."))
    cost: Money = param(N_("Cost of the phase"), symbol="c", low=0)
    duration: Years = param(
        N_("Duration"), symbol="y", low=0, high=50, help=N_("In years.")
    )
    probability: Rate = param(
        N_("Chance of success"),
        symbol="p",
        low=0,
        high=1,
        help=N_("That the phase, once begun, succeeds."),
    )
    payment: Money = param(
        N_("Payment on success"),
        0.0,
        symbol="m",
        help=N_("Received at the end of the phase if it succeeds; below 0 if paid."),
    )


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the risk-adjusted net present value."""

    phases: tuple[Phase, ...] = param(
        N_("Phases"),
        by_row=True,
        help=N_("In order, from the valuation date; each begins as the last ends."),
    )
    flows: MoneySeries | None = param(
        N_("Net income after the last phase"),
        None,
        symbol="F",
        help=N_(
            "For each year after the last phase, as if every phase had succeeded;"
            " nothing counts after the expiry day."
        ),
    )
    cost_at: CostAt = param(
        N_("Costs of a phase fall"),
        CostAt.START,
        choice_labels=(
            (CostAt.START.value, N_("At its start")),
            (CostAt.MIDDLE.value, N_("At its middle")),
            (CostAt.END.value, N_("At its end")),
        ),
    )
    discount_rate: Rate = param(
        **DISCOUNT_RATE | {"help": N_("Annual, without any premium for failure.")}
    )
    rate_covers: RateCovers = param(**RATE_COVERS)
    tax_rate: Rate = param(
        **TAX_RATE
        | {
            "default": 0.0,
            "help": N_(
                "On income and costs alike, as a cost saves tax when it is borne; 0"
                " where they are stated after tax. Not applied on a pre-tax basis."
            ),
        }
    )
    tax_basis: TaxBasis = param(**TAX_BASIS)
    valuation_date: date = param(**VALUATION_DATE)
    expiry_date: date = param(**EXPIRY_DATE)
    timing: Timing = param(**TIMING | {"default": Timing.MID})
    day_count: DayCount = param(**DAY_COUNT)
    factor_digits: Number | None = param(**FACTOR_DIGITS)
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Expected present value, in the currency of costs and flows.

    Columns of ``phases`` are (…, rows), ``flows`` (…, years), other numbers () or
    (…, 1).
    """
    add = working.add
    add(N_("Discount rate"), "r", "", given["discount_rate"], Unit.RATE)
    if given["after_tax"]:
        add(N_("Income tax rate"), "τ", "", given["tax_rate"], Unit.RATE)
    text = N_("Duration of the phase, years")
    duration = add(text, "y", "", given["phases_duration"], Unit.YEARS, AXIS)
    text = N_("Chance of success of the phase")
    chance = add(text, "p", "", given["phases_probability"], Unit.RATE, AXIS)
    text = N_("Start of the phase, years from the valuation date")
    begun = sum_before(duration)
    begun = add(text, "b", "Σₜ₋₁ y", begun, Unit.YEARS, AXIS)
    text = N_("Chance of reaching the phase")
    reached = product_before(chance)
    reached = add(text, "w", "Πₜ₋₁ p", reached, Unit.RATE, AXIS)
    value, terms = total(_costs(working, begun, reached, given)), "Σ P + Σ M"
    value = value + total(_payments(working, begun, reached, given))
    text = N_("Chance that all phases succeed")
    succeeded = np.prod(chance, axis=-1, keepdims=chance.ndim > 1)
    succeeded = add(text, "Q", "Π p", succeeded, Unit.RATE)
    text = N_("Years to the end of the last phase")
    launched = add(text, "L", "Σ y", total(duration), Unit.YEARS)
    if "flows" in given:
        value = value + total(_incomes(working, launched, succeeded, given))
        terms += " + Σ P′"
    return by_scenario(add(N_("Value"), "V", terms, value, Unit.MONEY))


def _costs(
    working: Silent, begun: Floats, reached: Floats, given: Mapping[str, Any]
) -> Floats:
    add = working.add
    add(N_("Cost of the phase"), "c", "", given["phases_cost"], Unit.MONEY, AXIS)
    part = {CostAt.START: 0.0, CostAt.MIDDLE: 0.5, CostAt.END: 1.0}[given["cost_at"]]
    time, how = begun + part * given["phases_duration"], f"b + {part:g} × y"
    text = N_("Time of the cost, years from the valuation date")
    time = add(text, "t", how if part else "b", time, Unit.YEARS, AXIS)
    text = N_("Discount factor of the cost")
    factor = (1 + given["discount_rate"]) ** -time
    factor = add(
        text, "d", "(1 + r)^(−t)", factor, Unit.FACTOR, AXIS, rounded=Rounded.FACTOR
    )
    cost, symbol = given["phases_cost"] * _kept(given), f"c{_kept_formula(given)}"
    text = N_("Expected present value of the cost")
    expected = -cost * reached * factor
    return add(text, "P", f"−{symbol} × w × d", expected, Unit.MONEY, AXIS)


def _payments(
    working: Silent, begun: Floats, reached: Floats, given: Mapping[str, Any]
) -> Floats:
    add, chance = working.add, given["phases_probability"]
    text = N_("Payment on success")
    add(text, "m", "", given["phases_payment"], Unit.MONEY, AXIS)
    text = N_("Chance of receiving the payment")
    received = add(text, "q", "w × p", reached * chance, Unit.RATE, AXIS)
    text = N_("Discount factor of the payment")
    time = begun + given["phases_duration"]
    factor = (1 + given["discount_rate"]) ** -time
    how = "(1 + r)^(−(b + y))"
    factor = add(text, "v", how, factor, Unit.FACTOR, AXIS, rounded=Rounded.FACTOR)
    payment, symbol = given["phases_payment"] * _kept(given), f"m{_kept_formula(given)}"
    text = N_("Expected present value of the payment")
    expected = payment * received * factor
    return add(text, "M", f"{symbol} × q × v", expected, Unit.MONEY, AXIS)


def _incomes(
    working: Silent, launched: Floats, succeeded: Floats, given: Mapping[str, Any]
) -> Floats:
    add, flows = working.add, given["flows"]
    add(N_("Net income after the last phase"), "F", "", flows, Unit.MONEY)
    text = N_("Year after the last phase")
    year = add(text, "k", "", np.arange(1.0, flows.shape[-1] + 1), Unit.NUMBER)
    text = N_("Remaining life, years")
    left = add(text, "l", "", given["remaining"], Unit.YEARS)
    text = N_("Start of the year, years from the valuation date")
    start = add(text, "s", "L + k − 1", launched + year - 1, Unit.YEARS)
    text = N_("Share of the year within the life")
    share = np.clip(left - start, 0.0, 1.0)
    share = add(text, "f", "max(0; min(1; l − s))", share, Unit.FACTOR)
    time, how = start + share, "s + f"
    if given["mid"]:
        time, how = start + share / 2, "s + f / 2"
    text = N_("Time of the income, years from the valuation date")
    time = add(text, "t′", how, time, Unit.YEARS)
    text = N_("Discount factor of the income")
    factor = (1 + given["discount_rate"]) ** -time
    how = "(1 + r)^(−t′)"
    factor = add(text, "d′", how, factor, Unit.FACTOR, rounded=Rounded.FACTOR)
    text = N_("Expected present value of the income")
    expected = (flows * _kept(given)) * share * succeeded * factor
    how = f"F{_kept_formula(given)} × f × Q × d′"
    return add(text, "P′", how, expected, Unit.MONEY)


def _kept(given: Mapping[str, Any]) -> Any:
    """Return what is left of an amount after tax, as a share."""
    return 1 - given["tax_rate"] if given["after_tax"] else 1.0


def _kept_formula(given: Mapping[str, Any]) -> str:
    return " × (1 − τ)" if given["after_tax"] else ""


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; the expiry day becomes the remaining life."""
    life = years_between(params.valuation_date, params.expiry_date, params.day_count)
    return number_arrays(params) | {
        "remaining": np.asarray(life),
        "mid": params.timing is Timing.MID,
        "cost_at": params.cost_at,
        "after_tax": params.tax_basis is TaxBasis.AFTER_TAX,
    }


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: dates, a risk counted twice."""
    found = tuple(_errors(params))
    return found or tuple(_doubts(params))


def _errors(params: Any) -> Iterator[Issue]:
    if params.rate_covers is RateCovers.LAPSE:
        text = N_(
            "Failure is counted twice: by the chances of the phases and by a premium in"
            " the discount rate. Take the premium out of the rate."
        )
        yield _issue(Severity.ERROR, "rate_covers", text)
    if params.valuation_date < EARLIEST:
        text = N_("The valuation date must not be before {earliest}; it is {found}.")
        values = {"earliest": EARLIEST, "found": params.valuation_date}
        yield _issue(Severity.ERROR, "valuation_date", text, **values)
    if params.expiry_date <= params.valuation_date:
        text = N_(
            "The expiry day must be after the valuation date {date}; it is {found}."
        )
        values = {"date": params.valuation_date, "found": params.expiry_date}
        yield _issue(Severity.ERROR, "expiry_date", text, **values)
    if params.flows is None and all(one.payment == 0.0 for one in params.phases):
        text = N_(
            "Nothing is earned: state the net income after the last phase, or a payment"
            " on the success of a phase."
        )
        yield _issue(Severity.ERROR, "flows", text)


def _doubts(params: Any) -> Iterator[Issue]:
    found = arrays(centred(params))
    length = float(found["phases_duration"].sum())
    left = float(found["remaining"])
    if length >= left:
        text = N_(
            "The phases take {length:.4g} years and the right ends after {left:.4g};"
            " nothing is earned under it."
        )
        values = {"length": length, "left": left}
        yield _issue(Severity.WARNING, "phases", text, **values)
    with np.errstate(all="ignore"):
        value = float(formula(Silent(), **found))
    if value < 0:
        text = N_(
            "The expected value is below nought: as planned, the project costs more"
            " than it brings. The choice to stop is valued by a decision tree."
        )
        yield _issue(Severity.WARNING, "phases", text)


def _issue(severity: Severity, where: str, text: str, **values: object) -> Issue:
    return Issue(severity, message(text, **values), where)


def outputs(params: Any) -> dict[str, Any]:
    """Return what the phases are called."""
    return {"axes": {AXIS: [phase.name for phase in params.phases]}}


METHOD = Method(
    key="rnpv",
    version=1,
    approach=Approach.INCOME,
    title=N_("Risk-adjusted net present value"),
    idea=N_(
        "Each flow of a project in phases is weighted by the chance of reaching it and"
        " discounted at a rate without a premium for failure."
    ),
    source="Stewart, Allison & Johnson 2001, Nature Biotechnology 19: V = Σ p(0→i) × CF(i) × d(i)",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    tells=(
        ("probability", "Q"),
        ("years_to_income", "L"),
        ("chance_of_reaching", "w"),
    ),
)
