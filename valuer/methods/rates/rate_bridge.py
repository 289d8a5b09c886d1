"""The bridge of three rates: IRR, WACC and WARA (内部收益率、资本成本、资产回报率的勾稽).

What a deal earns at its price, what capital costs, and what the assets return together
are three sights of one thing. Where they lie further apart than the tolerance, flows,
price, values or rates do not go together; where goodwill's rate is left out, it is the
one that closes WARA upon WACC.

Source: purchase price allocation, IRR ≈ WACC ≈ WARA within 50 to 100 basis points;
goodwill's rate (WACC·EV − Σ v·r) / v_GW; terminal value of an enterprise by Gordon.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from valuer.core.asset_rates import (
    ASSET_TABLE,
    ASSETS,
    Asset,
    asset_arrays,
    asset_errors,
    average,
    order_warnings,
    returned,
    sought,
    weighed,
)
from valuer.core.capital_costs import not_above_nought
from valuer.core.dated import DAY_COUNT
from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Money, Number, Rate, param
from valuer.core.periods import DayCount, years_between
from valuer.core.problems import Issue, Severity
from valuer.core.rate_facts import (
    Component,
    RateFacts,
    rate_errors,
    rate_outputs,
    rate_warnings,
)
from valuer.core.rate_solving import LEAST, MOST, rates_of, solved
from valuer.core.slots import by_scenario, total
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit, Working

FLOWS = "flows"
"""Along the flows; the name of their table."""

ABOVE_GROWTH = 1e-6
"""How near to its growth a rate is searched; nearer the flows are worth any price."""


@dataclass(frozen=True, slots=True)
class Flow:
    """One flow of the enterprise."""

    day: date = param(N_("Day"), help=N_("The day on which the flow counts."))
    amount: Money = param(
        N_("Amount"), symbol="C", help=N_("After tax, to all who gave capital.")
    )


@dataclass(frozen=True, slots=True)
class Params(RateFacts):
    """Inputs of the bridge of three rates."""

    price: Money = param(
        N_("Price of the enterprise"),
        symbol="E",
        low=0,
        above=True,
        help=N_("For equity and debt together, on the valuation date."),
    )
    flows: tuple[Flow, ...] = param(
        N_("Cash flows"),
        help=N_("In the order of their days, all after the valuation date."),
    )
    terminal_growth: Rate | None = param(
        N_("Growth after the last flow"),
        None,
        symbol="g",
        low=-0.5,
        high=0.2,
        help=N_(
            "Of an enterprise that goes on for ever; left out, nothing comes after the"
            " last flow. Never for a patent."
        ),
    )
    wacc: Rate = param(
        N_("Weighted average cost of capital"),
        symbol="WACC",
        low=0,
        high=1,
        above=True,
        help=N_("Of the enterprise."),
    )
    assets: tuple[Asset, ...] = param(**ASSET_TABLE)
    tolerance: Number = param(
        N_("Tolerance, basis points"),
        100.0,
        low=0,
        high=10_000,
        is_base=True,
        help=N_(
            "100 basis points are one per cent; practice takes 50 to 100, no standard"
            " sets it."
        ),
    )
    day_count: DayCount = param(**DAY_COUNT)


def formula(working: Silent, **given: Any) -> Floats:
    """Spread of the three rates, an annual fraction.

    Flows are (…, flows), columns of assets (…, assets), other numbers () or (…, 1).
    """
    add = working.add
    price = add(N_("Price of the enterprise"), "E", "", given["price"], Unit.MONEY)
    inner = _inner(working, price, given)
    text = N_("Weighted average cost of capital")
    cost = add(text, "WACC", "", given["wacc"], Unit.RATE)
    shares = weighed(working, given)
    rates, symbol = returned(working, given), "r"
    if given["has_sought"]:
        found = sought(working, shares, rates, given)
        rates, symbol = rates + given["is_sought"] * found, "R"
        text = N_("Rate of the asset")
        add(text, symbol, "r + q × r_x", rates, Unit.RATE, ASSETS)
    assets = average(working, shares, rates, symbol)
    add(N_("IRR less WACC"), "a", "IRR − WACC", inner - cost, Unit.RATE)
    add(N_("WARA less WACC"), "b", "WARA − WACC", assets - cost, Unit.RATE)
    add(N_("IRR less WARA"), "c", "IRR − WARA", inner - assets, Unit.RATE)
    high = np.maximum(np.maximum(inner, cost), assets)
    low = np.minimum(np.minimum(inner, cost), assets)
    text = N_("Greatest difference of the three")
    spread = "max(max(IRR; WACC); WARA) − min(min(IRR; WACC); WARA)"
    return by_scenario(add(text, "D", spread, high - low, Unit.RATE))


def _inner(working: Silent, price: Floats, given: dict[str, Any]) -> Floats:
    """Add the steps of the internal rate of return, ``IRR``, and return it."""
    add = working.add
    flows, times = given["flows_amount"], given["times"]
    add(N_("Flow"), "C", "", flows, Unit.MONEY, FLOWS)
    text = N_("Time of the flow, on the day stated")
    add(text, "t", "", times, Unit.YEARS, FLOWS)
    least: Floats = np.asarray(LEAST)
    if "terminal_growth" in given:
        text = N_("Growth after the last flow")
        growth = add(text, "g", "", given["terminal_growth"], Unit.RATE)
        least = growth + ABOVE_GROWTH
    rate = solved(lambda tried: _worth(Silent(), tried, given) - price, least, MOST)
    text = N_("Internal rate of return, at which U is the price, by halving")
    add(text, "IRR", "", rate, Unit.RATE)
    _worth(working, rate, given)
    return rate


def _worth(working: Silent, rate: Floats, given: dict[str, Any]) -> Floats:
    """Return what the flows are worth at a rate, ``U``; shape () or (…, 1)."""
    add = working.add
    flows, times = given["flows_amount"], given["times"]
    factor = (1 + rate) ** -times
    text = N_("Discount factor")
    add(text, "d", "(1 + IRR)^(−t)", factor, Unit.FACTOR, FLOWS)
    text, present = N_("Present value of the flow"), flows * factor
    add(text, "P", "C × d", present, Unit.MONEY, FLOWS)
    worth, formula = total(present), "Σ P"
    if "terminal_growth" in given:
        last = _last(flows)
        add(N_("Last flow"), "C_n", "", last, Unit.MONEY)
        add(N_("Time of the last flow"), "t_n", "", _last(times), Unit.YEARS)
        growth = given["terminal_growth"]
        after = last * (1 + growth) / (rate - growth)
        text, gordon = N_("Terminal value"), "C_n × (1 + g) / (IRR − g)"
        add(text, "T", gordon, after, Unit.MONEY)
        worth = worth + after * _last(factor)
        formula = "Σ P + T × (1 + IRR)^(−t_n)"
    text = N_("Worth of the flows at the IRR")
    return add(text, "U", formula, worth, Unit.MONEY)


def _last(series: Floats) -> Floats:
    """Return the last of a series in the shape of a number that stands alone."""
    return series[..., -1:] if np.ndim(series) > 1 else series[..., -1]


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; days of flows become years."""
    valued, how = params.valuation_date, params.day_count
    times = [years_between(valued, one.day, how) for one in params.flows]
    return asset_arrays(params, "price") | {"times": np.array(times)}


def check(params: Any) -> tuple[Issue, ...]:
    """Return what does not fit; a warning where the three lie too far apart."""
    errors = (
        *rate_errors(params),
        *_flow_errors(params),
        *asset_errors(params, "price"),
    )
    errors = errors or tuple(_root_errors(params))
    if errors:
        return errors
    found = _rates(params)
    errors = tuple(not_above_nought(ASSETS, found.get("r_x", found["WARA"])))
    used = (Component.FLOWS, Component.WACC, Component.ASSETS)
    return errors or (
        *rate_warnings(params, used),
        *order_warnings(params, found.get("r_x")),
        *_apart(params, found),
    )


def _flow_errors(params: Any) -> Iterator[Issue]:
    if not params.flows:
        yield _error(FLOWS, N_("There is no flow; enter at least one."))
    before = params.valuation_date
    for place, one in enumerate(params.flows):
        if one.day <= before:
            text = N_("The flow of row {row} must be after {before}; its day is {day}.")
            where = f"{FLOWS}[{place}].day"
            yield _error(where, text, row=place + 1, before=before, day=one.day)
        before = max(before, one.day)
    growth = centred(params).terminal_growth
    if growth is not None and params.flows and not centred(params).flows[-1].amount > 0:
        text = N_("Only a last flow above nought can grow for ever.")
        yield _error(f"{FLOWS}[{len(params.flows) - 1}].amount", text)


def _root_errors(params: Any) -> Iterator[Issue]:
    """Yield where the flows have no internal rate of return, or several."""
    found = _inner_rates(params)
    if not found:
        text = N_(
            "The flows have no internal rate of return at this price between −90 % and"
            " 10 000 %."
        )
        yield _error(FLOWS, text)
    elif len(found) > 1:
        text = N_(
            "The flows have several internal rates of return: {rates} %. None of them is"
            " the deal's; show flows that change their sign once."
        )
        listed = tuple(f"{100 * one:.4g}" for one in found)
        yield _error(FLOWS, text, rates=listed)


def _inner_rates(params: Any) -> tuple[float, ...]:
    """Return every internal rate of return of the deal at the centres."""
    given = arrays(centred(params))
    growth = given.get("terminal_growth")
    least = LEAST if growth is None else float(growth) + ABOVE_GROWTH
    price = given["price"]
    return rates_of(lambda rate: _worth(Silent(), rate, given) - price, least, MOST)


def _rates(params: Any) -> dict[str, float]:
    """Return the rates of the working at the centres, by symbol."""
    working = Working()
    with np.errstate(all="ignore"):
        formula(working, **arrays(centred(params)))
    return {one.symbol: one.values[0] for one in working.steps if not one.is_series}


def _apart(params: Any, found: dict[str, float]) -> Iterator[Issue]:
    tolerance = centred(params).tolerance
    for symbol, names in (("a", "IRR, WACC"), ("b", "WARA, WACC"), ("c", "IRR, WARA")):
        points = 10_000 * found[symbol]
        if abs(points) > tolerance:
            text = N_(
                "{first} is {one} % and {second} {other} %: {points} basis points"
                " apart, {most} are tolerated. Look at price, flows, values and rates"
                " again, or state why they part."
            )
            first, second = names.split(", ")
            values = {
                "first": first,
                "one": f"{100 * found[first]:.4g}",
                "second": second,
                "other": f"{100 * found[second]:.4g}",
                "points": f"{abs(points):.1f}",
                "most": f"{tolerance:g}",
            }
            words = message(text, **values)
            yield Issue(Severity.WARNING, words, "tolerance")


def outputs(params: Any) -> dict[str, Any]:
    """Return the differences in basis points, the verdict, and names along axes."""
    found = _rates(params)
    points = {
        "irr_less_wacc": 10_000 * found["a"],
        "wara_less_wacc": 10_000 * found["b"],
        "irr_less_wara": 10_000 * found["c"],
    }
    tolerance = centred(params).tolerance
    closes = all(abs(one) <= tolerance for one in points.values())
    return rate_outputs(params) | {
        "irrs": list(_inner_rates(params)),
        "basis_points": points,
        "verdict": "within" if closes else "exceeded",
        "axes": {
            FLOWS: [one.day.isoformat() for one in params.flows],
            ASSETS: [one.name for one in params.assets],
        },
    }


def _error(where: str, text: str, **values: object) -> Issue:
    return Issue(Severity.ERROR, message(text, **values), where)


def work(params: Any) -> float:
    """Return the figures of the searches for the rates of one scenario."""
    return 5_000 + 500 * (len(params.flows) + len(params.assets))


METHOD = Method(
    key="rate_bridge",
    version=1,
    approach=None,
    title=N_("Bridge of IRR, WACC and WARA"),
    idea=N_(
        "What the deal earns, what capital costs and what the assets return must agree"
        " within a tolerance; their greatest difference is found."
    ),
    source="IRR ≈ WACC ≈ WARA in purchase price allocation; (WACC·EV − Σ v·r) / v_GW",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    work=work,
    alone=1_500_000,
    finds=Finds.RATE,
    listed=Topic.RATES,
    tells=(
        ("irr", "IRR"),
        ("wacc", "WACC"),
        ("wara", "WARA"),
        ("rate_sought", "r_x"),
        ("shares", "w"),
    ),
)
