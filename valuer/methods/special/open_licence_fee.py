"""Fee of an open licence (开放许可使用费), by four routes side by side.

From an earlier licence of the same patent, from what working it earns its owner, from
statistics of the trade, and from the price of an assignment spread over years and
licensees. Each route is shown with its lowest and highest; the house chooses, and says
what it chose. All routes are to be for the same licence: one licensee, one licence term.

Source: Patent Law art. 50–52. The guideline 《专利开放许可使用费估算指引（试行）》 国知办发运字
〔2022〕56号 exists; its text is not embedded, and the routes here are this program's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.case import Purpose
from valuer.core.dated import CURRENCY, VALUATION_DATE
from valuer.core.distributions import Floats
from valuer.core.limits import limit, limits
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import (
    Currency,
    Money,
    MoneySeries,
    Number,
    Rate,
    RateSeries,
    Text,
    Years,
    param,
)
from valuer.core.problems import Issue, Severity
from valuer.core.slots import by_scenario, number_arrays, total
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit


class Route(StrEnum):
    """A way to the fee; or the fee as the house states it."""

    OWN_LICENCE = "own_licence"
    OWN_WORKING = "own_working"
    STATISTICS = "statistics"
    ASSIGNMENT = "assignment"
    STATED = "stated"


class ShareOf(StrEnum):
    """Of what the share rates are shares."""

    SALES = "sales"
    PROFIT = "profit"


NEEDED: dict[Route, tuple[str, ...]] = {
    Route.OWN_LICENCE: ("past_fee",),
    Route.OWN_WORKING: ("own_income", "own_share", "working_rate", "licensees"),
    Route.STATISTICS: ("licensee_revenue", "industry_rate"),
    Route.ASSIGNMENT: ("assignment_price", "patent_years", "licensees"),
    Route.STATED: ("stated_fee",),
}
"""What each route needs; the first of them says that it is taken."""


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the open-licence fee; a route counts where its first figure is given."""

    chosen: Route = param(
        N_("Fee chosen"),
        choice_labels=(
            (Route.OWN_LICENCE.value, N_("By an earlier licence")),
            (Route.OWN_WORKING.value, N_("By the owner's working")),
            (Route.STATISTICS.value, N_("By statistics of the trade")),
            (Route.ASSIGNMENT.value, N_("By the price of an assignment")),
            (Route.STATED.value, N_("As stated by the house")),
        ),
        help=N_("The result; every route given is shown beside it."),
    )
    past_fee: Money | None = param(
        N_("Fee of the earlier licence"),
        None,
        symbol="F",
        low=0,
        help=N_("Between strangers, for the same patent."),
    )
    scope_factor: Number = param(
        N_("Scope, to the earlier one"),
        1.0,
        symbol="g",
        low=0,
        high=100,
        help=N_("Right, region and field of use of this licence to those of that."),
    )
    term_factor: Number = param(
        N_("Term, to the earlier one"),
        1.0,
        symbol="h",
        low=0,
        high=100,
        help=N_("Years of this licence to those of that."),
    )
    own_income: MoneySeries | None = param(
        N_("Income of the owner's working"),
        None,
        symbol="R",
        low=0,
        help=N_("Of each year of the licence, at its end."),
    )
    own_share: RateSeries | None = param(
        N_("Share rate of the patent"),
        None,
        symbol="κ",
        low=0,
        high=1,
        help=N_("One, or one for each year of income."),
    )
    working_rate: Rate | None = param(
        N_("Discount rate"),
        None,
        symbol="r",
        low=0,
        high=1,
        help=N_("Annual, for the income of the owner's working."),
    )
    licensees: Number | None = param(
        N_("Number of licensees"),
        None,
        symbol="ν",
        low=1,
        high=1e6,
        help=N_("Expected to take the licence."),
    )
    licensee_revenue: Money | None = param(
        N_("Base of the licensee"),
        None,
        symbol="H",
        low=0,
        help=N_("Its sales or profit with the patent over the licence."),
    )
    industry_rate: Rate | None = param(
        N_("Rate of the trade"),
        None,
        symbol="ι",
        low=0,
        high=1,
        help=N_("Share of the base, by published statistics."),
    )
    industry_source: Text = param(
        N_("Source of the rate of the trade"),
        "",
        help=N_("Table, year and industry."),
    )
    assignment_price: Money | None = param(
        N_("Price of an assignment"),
        None,
        symbol="Y",
        low=0,
        help=N_("Paid or agreed for the whole patent; never one asked."),
    )
    patent_years: Years | None = param(
        N_("Years of the patent"),
        None,
        symbol="n",
        low=0,
        high=100,
        above=True,
        help=N_("Over which the price is spread."),
    )
    licence_years: Years = param(
        N_("Years of the licence"),
        1.0,
        symbol="ℓ",
        low=0,
        high=100,
        above=True,
        help=N_("Of the price of an assignment so many years are taken."),
    )
    stated_fee: Money | None = param(
        N_("Fee as stated"),
        None,
        symbol="Z",
        low=0,
        help=N_("Where the house chooses a fee of its own between the routes."),
    )
    share_of: ShareOf = param(
        N_("Share rates are of"),
        ShareOf.SALES,
        choice_labels=(
            (ShareOf.SALES.value, N_("Sales")),
            (ShareOf.PROFIT.value, N_("Profit")),
        ),
        help=N_("The ceilings of both differ."),
    )
    valuation_date: date = param(**VALUATION_DATE)
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Fee of the route chosen, in its currency.

    Income and share are (…, years), all other numbers () or with a last axis of one.
    """
    add = working.add
    if "licensees" in given:
        add(N_("Number of licensees"), "ν", "", given["licensees"], Unit.NUMBER)
    found = {route: _ROUTES[route](working, given) for route in given["routes"]}
    names = "; ".join(symbol for symbol, _ in found.values())
    fees = np.stack(np.broadcast_arrays(*(fee for _, fee in found.values())))
    is_one = len(found) == 1
    text = N_("Lowest of the routes")
    add(text, "l", names if is_one else f"min({names})", fees.min(axis=0), Unit.MONEY)
    text = N_("Highest of the routes")
    add(text, "u", names if is_one else f"max({names})", fees.max(axis=0), Unit.MONEY)
    symbol, fee = found.get(given["chosen"]) or ("", given["stated_fee"])
    return by_scenario(add(N_("Fee chosen"), "V", symbol, fee, Unit.MONEY))


def _own_licence(working: Silent, given: dict[str, Any]) -> tuple[str, Floats]:
    add = working.add
    text = N_("Fee of the earlier licence")
    past = add(text, "F", "", given["past_fee"], Unit.MONEY)
    text = N_("Scope, to the earlier one")
    scope = add(text, "g", "", given["scope_factor"], Unit.FACTOR)
    text = N_("Term, to the earlier one")
    term = add(text, "h", "", given["term_factor"], Unit.FACTOR)
    text = N_("Fee by an earlier licence")
    return "A", add(text, "A", "F × g × h", past * scope * term, Unit.MONEY)


def _own_working(working: Silent, given: dict[str, Any]) -> tuple[str, Floats]:
    add = working.add
    text = N_("Income of the owner's working")
    income = add(text, "R", "", given["own_income"], Unit.MONEY)
    text = N_("Share rate of the patent")
    share = add(text, "κ", "", given["own_share"], Unit.RATE)
    time = np.arange(1, income.shape[-1] + 1, dtype=np.float64)
    add(N_("Time of the flow, end of period"), "t", "", time, Unit.YEARS)
    rate = add(N_("Discount rate"), "r", "", given["working_rate"], Unit.RATE)
    text = N_("Discount factor")
    factor = add(text, "d", "(1 + r)^(−t)", (1 + rate) ** -time, Unit.FACTOR)
    text = N_("Present value")
    parts = add(text, "P", "R × κ × d", income * share * factor, Unit.MONEY)
    text = N_("Fee by the owner's working")
    fee = total(parts) / given["licensees"]
    return "B", add(text, "B", "(Σ P) / ν", fee, Unit.MONEY)


def _statistics(working: Silent, given: dict[str, Any]) -> tuple[str, Floats]:
    add = working.add
    text = N_("Base of the licensee")
    base = add(text, "H", "", given["licensee_revenue"], Unit.MONEY)
    rate = add(N_("Rate of the trade"), "ι", "", given["industry_rate"], Unit.RATE)
    text = N_("Fee by statistics of the trade")
    return "C", add(text, "C", "H × ι", base * rate, Unit.MONEY)


def _assignment(working: Silent, given: dict[str, Any]) -> tuple[str, Floats]:
    add = working.add
    text = N_("Price of an assignment")
    price = add(text, "Y", "", given["assignment_price"], Unit.MONEY)
    years = add(N_("Years of the patent"), "n", "", given["patent_years"], Unit.YEARS)
    taken = add(N_("Years of the licence"), "ℓ", "", given["licence_years"], Unit.YEARS)
    text = N_("Fee by the price of an assignment")
    fee = price / (years * given["licensees"]) * taken
    return "D", add(text, "D", "Y / (n × ν) × ℓ", fee, Unit.MONEY)


_ROUTES = {
    Route.OWN_LICENCE: _own_licence,
    Route.OWN_WORKING: _own_working,
    Route.STATISTICS: _statistics,
    Route.ASSIGNMENT: _assignment,
}


def _routes(params: Any) -> list[Route]:
    """Return the routes whose first figure is given, in order."""
    return [one for one in _ROUTES if getattr(params, NEEDED[one][0]) is not None]


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments: numbers, the routes taken, the one chosen."""
    return number_arrays(params) | {"routes": _routes(params), "chosen": params.chosen}


def check(params: Any) -> tuple[Issue, ...]:
    """Return what a route lacks; without errors, ceilings, sources and the guideline."""
    errors = tuple(_errors(params))
    return errors or (*_warnings(params), *_ceilings(params), _not_embedded())


def _errors(params: Any) -> Iterator[Issue]:
    routes = _routes(params)
    if not routes:
        text = N_("No route to the fee has its figures; give those of at least one.")
        yield Issue(Severity.ERROR, message(text), "chosen")
    wanted = dict.fromkeys([*routes, params.chosen])
    lacking = {name for route in wanted for name in NEEDED[route]}
    for name in sorted(lacking):
        if getattr(params, name) is None:
            text = N_("A route that is used or chosen needs this figure; state it.")
            yield Issue(Severity.ERROR, message(text), name)
    income, share = params.own_income, params.own_share
    if income and isinstance(share, tuple) and len(share) != len(income):
        text = N_("{found} share rates for {count} years of income; give one for each.")
        words = message(text, found=len(share), count=len(income))
        yield Issue(Severity.ERROR, words, "own_share")


def _warnings(params: Any) -> Iterator[Issue]:
    if params.industry_rate is not None and not params.industry_source.strip():
        text = N_(
            "The rate of the trade has no source; state table, year and industry."
        )
        yield Issue(Severity.WARNING, message(text), "industry_source")
    if len(_routes(params)) == 1:
        text = N_("One route alone bounds nothing; add another where it can be had.")
        yield Issue(Severity.WARNING, message(text), "chosen")
    if params.chosen is Route.STATED:
        given, fee = arrays(centred(params)), centred(params).stated_fee
        found = [float(_ROUTES[one](Silent(), given)[1]) for one in given["routes"]]
        if not min(found) <= fee <= max(found):
            text = N_(
                "The fee stated lies outside the routes, {low:,.2f} to {high:,.2f}; say"
                " why."
            )
            words = message(text, low=min(found), high=max(found))
            yield Issue(Severity.WARNING, words, "stated_fee")


def _ceilings(params: Any) -> Iterator[Issue]:
    """Warn above the ceilings that the office names for open licences."""
    centre, on = centred(params), params.valuation_date
    fee = float(formula(Silent(), **arrays(centre)))
    is_ours = params.currency == limits().currency
    checked = [(fee, "open_licence_fixed_fee", "chosen")] if is_ours else []
    for name in ("own_share", "industry_rate"):
        rate = getattr(centre, name)
        if rate is not None:
            highest = max(rate) if isinstance(rate, tuple) else rate
            checked.append((highest, f"open_licence_share_of_{params.share_of}", name))
    for found, key, where in checked:
        ceiling = limit(key, on)
        if ceiling is None or ceiling.high is None or found <= float(ceiling.high):
            continue
        text = N_("{found:,.6g} is above the ceiling of {most:,.6g}: {source}.")
        values = {"most": float(ceiling.high), "source": ceiling.source}
        words = message(text, found=found, **values)
        yield Issue(Severity.WARNING, words, where)


def _not_embedded() -> Issue:
    text = N_(
        "The text of the guideline 国知办发运字〔2022〕56号 is not embedded in this program;"
        " the routes are its own. Hold them against the text."
    )
    return Issue(Severity.NOTE, message(text), "chosen")


def outputs(params: Any) -> dict[str, Any]:
    """Return the route chosen, and that the guideline's text is not embedded."""
    return {"chosen": params.chosen.value, "guideline_text_embedded": False}


METHOD = Method(
    key="open_licence_fee",
    version=1,
    approach=None,
    title=N_("Fee of an open licence"),
    idea=N_(
        "The fee lies between what an earlier licence, the owner's own working, the"
        " trade's statistics and the price of an assignment each make of it."
    ),
    source="《专利法》第五十至五十二条；《专利开放许可使用费估算指引（试行）》国知办发运字〔2022〕56号（正文未收录，路径为软件自定）",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    purposes=(Purpose.LICENCE,),
    finds=Finds.AMOUNT,
    listed=Topic.SPECIAL,
    tells=(
        ("own_licence", "A"),
        ("own_working", "B"),
        ("statistics", "C"),
        ("assignment", "D"),
        ("lowest", "l"),
        ("highest", "u"),
    ),
)
