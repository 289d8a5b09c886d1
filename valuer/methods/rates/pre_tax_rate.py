"""The pre-tax discount rate (税前折现率) by iteration.

It is the rate at which the flows before tax are worth what the flows after tax are at
the after-tax rate. How much it lies above depends on when tax is paid, on deductions
and on the life; r / (1 − τ) meets it for a level perpetuity alone, and stands beside.

Source: IAS 36 BCZ85 (the pre-tax rate is not always the after-tax rate grossed up);
《专利资产评估指导意见》, 折现率 and 收益口径 are consistent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.dated import (
    DISCOUNT_RATE,
    Dated,
    counted,
    dated_arrays,
    dated_outputs,
    discounted,
    timed,
)
from valuer.core.dated_checks import dated_issues
from valuer.core.distributions import Floats
from valuer.core.earning import TAX_RATE
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import MoneySeries, Number, Rate, Text, param
from valuer.core.problems import Issue, Severity
from valuer.core.rate_facts import (
    COUNTRY,
    DAYS_BEFORE,
    SOURCES,
    Component,
    ComponentSource,
    rate_errors,
    rate_outputs,
    rate_warnings,
)
from valuer.core.rate_solving import LEAST, MOST, rates_of, solved
from valuer.core.slots import by_scenario, number_arrays, total
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit, Working

FLOWS = "flows"
"""The series that the periods go by."""


@dataclass(frozen=True, slots=True)
class Params(Dated):
    """Inputs of the pre-tax discount rate."""

    discount_rate: Rate = param(
        **DISCOUNT_RATE
        | {
            "label": N_("After-tax discount rate"),
            "above": True,
            "help": N_("Annual; the rate at which the flows after tax are discounted."),
        }
    )
    flows: MoneySeries = param(
        N_("Flow before tax"),
        symbol="G",
        help=N_("Of each period, before income tax, in the currency of the run."),
    )
    deductions: MoneySeries | None = param(
        N_("Deduction for tax"),
        None,
        symbol="B",
        low=0,
        help=N_(
            "Amortisation that tax allows in each period beyond what the flow bears."
        ),
    )
    tax_rate: Rate = param(
        **TAX_RATE | {"high": 0.99, "help": N_("Income tax on flow less deduction.")}
    )
    country: Text = param(**COUNTRY)
    sources: tuple[ComponentSource, ...] = param(**SOURCES)
    days_before: Number = param(**DAYS_BEFORE)


def formula(working: Silent, **given: Any) -> Floats:
    """Pre-tax rate, an annual fraction.

    Flows and deductions are (…, periods), rates () or (…, 1).
    """
    add = working.add
    within = counted(working, given)
    add(N_("Flow before tax"), "G", "", given["flows"], Unit.MONEY)
    text, gross = N_("Flow before tax within the life"), given["flows"] * within
    add(text, "X", "G × f", gross, Unit.MONEY)
    tax = _tax(working, gross, within, given)
    text, net = N_("Flow after income tax"), gross - tax
    add(text, "N", "X − H", net, Unit.MONEY)
    time = timed(working, given)
    factor = discounted(working, time, given)
    text, parts = N_("Present value after tax"), net * factor
    add(text, "P", "N × d", parts, Unit.MONEY)
    value = add(N_("Value after tax"), "V", "Σ P", total(parts), Unit.MONEY)
    rate = solved(
        lambda tried: total(gross * (1 + tried) ** -time) - value, LEAST, MOST
    )
    text = N_("Rate at which U is V, by halving")
    add(text, "k", "", rate, Unit.RATE)
    text, level = N_("Discount factor before tax"), (1 + rate) ** -time
    add(text, "y", "(1 + k)^(−t)", level, Unit.FACTOR)
    text = N_("Value before tax, at that rate")
    add(text, "U", "Σ X × y", total(gross * level), Unit.MONEY)
    text = N_("After-tax rate over 1 less tax, for comparison")
    simple = given["discount_rate"] / (1 - given["tax_rate"])
    add(text, "b", "r / (1 − τ)", simple, Unit.RATE)
    return by_scenario(add(N_("Pre-tax discount rate"), "R", "k", rate, Unit.RATE))


def _tax(
    working: Silent, gross: Floats, within: Floats, given: dict[str, Any]
) -> Floats:
    add = working.add
    tax = add(N_("Income tax rate"), "τ", "", given["tax_rate"], Unit.RATE)
    if "deductions" not in given:
        return add(N_("Income tax"), "H", "τ × X", tax * gross, Unit.MONEY)
    text = N_("Deduction for tax")
    less = add(text, "B", "", given["deductions"], Unit.MONEY)
    found = tax * (gross - less * within)
    return add(N_("Income tax"), "H", "τ × (X − B × f)", found, Unit.MONEY)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; dates become times here."""
    return number_arrays(params) | dated_arrays(params, len(params.flows))


def check(params: Any) -> tuple[Issue, ...]:
    """Return what does not fit: dates, facts of the rate, and flows without a rate."""
    dated = dated_issues(params, FLOWS, len(params.flows))
    errors = (
        *(one for one in dated if one.severity is Severity.ERROR),
        *rate_errors(params),
    )
    errors = errors or tuple(_root_errors(params))
    used = (Component.WACC, Component.TAX)
    return errors or (*dated, *rate_warnings(params, used))


def _root_errors(params: Any) -> Iterator[Issue]:
    """Yield where no rate, or several, give the flows before tax the value."""
    working = Working()
    with np.errstate(all="ignore"):
        formula(working, **arrays(centred(params)))
    steps = {one.symbol: np.array(one.values) for one in working.steps}
    gross, time, value = steps["X"], steps["t"], float(steps["V"][0])
    found = rates_of(
        lambda rate: total(gross * (1 + rate) ** -time) - value, LEAST, MOST
    )
    if len(found) == 1 and value > 0:
        return
    text = N_(
        "The flows are worth {value} after tax, and at no rate between −90 % and 10 000 %"
        " as much before tax."
    )
    if not value > 0:
        text = N_("The flows after tax are worth {value}; a rate needs a worth.")
    elif found:
        text = N_(
            "The flows before tax are worth {value}, as after tax, at several rates:"
            " {rates} %; show flows that change their sign at most once."
        )
    listed = tuple(f"{100 * one:.4g}" for one in found)
    words = message(text, value=f"{value:.10g}", rates=listed)
    yield Issue(Severity.ERROR, words, FLOWS)


def outputs(params: Any) -> dict[str, Any]:
    """Return the facts of the rate, the periods as laid out and the life."""
    return rate_outputs(params) | dated_outputs(params, len(params.flows))


def work(params: Any) -> float:
    """Return the figures of the search for the rate, halved again and again."""
    return 1_000 + 200 * len(params.flows)


METHOD = Method(
    key="pre_tax_rate",
    version=1,
    approach=None,
    title=N_("Pre-tax discount rate"),
    idea=N_(
        "The rate at which the flows before tax are worth what the flows after tax are"
        " at the after-tax rate, found by iteration."
    ),
    source="IAS 36 BCZ85; 《专利资产评估指导意见》（折现率与收益口径一致）",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    work=work,
    alone=800_000,
    finds=Finds.RATE,
    listed=Topic.RATES,
    tells=(("pre_tax_rate", "k"), ("simple", "b"), ("value", "V")),
)
