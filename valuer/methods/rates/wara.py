"""Weighted average return on assets (WARA, 加权平均资产回报率).

What an enterprise's capital costs is what its assets return together, each weighed by
its value. Where one asset's rate is left out, as of goodwill or of a technology, it is
the one at which both agree; where none is, their average is found.

Source: WACC = w_c·r_c + w_f·r_f + w_i·r_i, the Chinese working of the return on
intangible assets; purchase price allocation, (WACC·EV − Σ v·r) / v_GW.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

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
from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Money, Rate, param
from valuer.core.problems import Issue, Severity
from valuer.core.rate_facts import (
    Component,
    RateFacts,
    rate_errors,
    rate_outputs,
    rate_warnings,
)
from valuer.core.slots import by_scenario
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit


@dataclass(frozen=True, slots=True)
class Params(RateFacts):
    """Inputs of the weighted average return on assets."""

    assets: tuple[Asset, ...] = param(**ASSET_TABLE)
    enterprise_value: Money | None = param(
        N_("Value of the enterprise"),
        None,
        symbol="E",
        low=0,
        above=True,
        help=N_("Needed where the value of one asset is the rest of the whole."),
    )
    wacc: Rate | None = param(
        N_("Weighted average cost of capital"),
        None,
        symbol="WACC",
        low=0,
        high=1,
        above=True,
        help=N_("Needed where the rate of one asset is sought."),
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Rate sought, or the average of all rates; an annual fraction.

    Columns of assets are (…, assets), other numbers () or (…, 1).
    """
    add = working.add
    if given["has_rest"]:
        whole = given["enterprise_value"]
        add(N_("Value of the enterprise"), "E", "", whole, Unit.MONEY)
    shares = weighed(working, given)
    rates = returned(working, given)
    if not given["has_sought"]:
        return by_scenario(average(working, shares, rates, "r"))
    text = N_("Weighted average cost of capital")
    add(text, "WACC", "", given["wacc"], Unit.RATE)
    return by_scenario(sought(working, shares, rates, given))


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments: numbers, and which are left out."""
    return asset_arrays(params, "enterprise_value")


def check(params: Any) -> tuple[Issue, ...]:
    """Return what does not fit in the rate's facts or the table of assets."""
    errors = (
        *rate_errors(params),
        *asset_errors(params, "enterprise_value"),
        *_lacking(params),
    )
    if errors:
        return errors
    found = float(METHOD.values(arrays(centred(params))))
    errors = tuple(not_above_nought(ASSETS, found))
    return errors or (
        *rate_warnings(params, (Component.ASSETS, *_capital(params))),
        *order_warnings(params, found),
    )


def _lacking(params: Any) -> Iterator[Issue]:
    is_sought = any(one.rate is None for one in params.assets)
    if is_sought and params.wacc is None:
        text = N_("To find the rate left out, state the weighted average cost.")
        yield Issue(Severity.ERROR, message(text), "wacc")


def _capital(params: Any) -> tuple[Component, ...]:
    return () if params.wacc is None else (Component.WACC,)


def outputs(params: Any) -> dict[str, Any]:
    """Return the rate's facts and what the assets are called."""
    return rate_outputs(params) | {
        "axes": {ASSETS: [one.name for one in params.assets]}
    }


METHOD = Method(
    key="wara",
    version=1,
    approach=None,
    title=N_("Weighted average return on assets"),
    idea=N_(
        "All assets together return what the capital costs; the rate of the one asset"
        " left out is the one at which they do."
    ),
    source="WACC = Σ wᵢ·rᵢ; purchase price allocation, (WACC·EV − Σ v·r) / v_GW",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    finds=Finds.RATE,
    listed=Topic.RATES,
    tells=(("shares", "w"), ("wara", "WARA"), ("rate_sought", "r_x")),
)
