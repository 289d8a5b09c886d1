"""Published and constructed cases, every figure moved up to a fifth, reckoned anew.

Each reckoning is written from the literature in plain Python, not from the formula of
the method: what agrees on the printed figures alone would fail here.
"""

from __future__ import annotations

import itertools
import math
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

Given = dict[str, Any]


def rounded(number: float, digits: int) -> float:
    unit = Decimal(1).scaleb(-digits)
    return float(Decimal(repr(number)).quantize(unit, ROUND_HALF_UP))


def level(rate: float, years: int) -> float:
    """Present value of one at each year's end."""
    return math.fsum((1 + rate) ** -year for year in range(1, years + 1))


def at_years(flows: list[float], rate: float, first: float = 1) -> float:
    """Present value of flows a year apart, the first after ``first`` years."""
    return math.fsum(
        flow / (1 + rate) ** (first + place) for place, flow in enumerate(flows)
    )


# Chinese cases


def test_a_share_of_revenue_with_a_first_year_of_seven_months(agree):
    def reckon(given: Given) -> Given:
        rate, share = given["discount_rate"], given["royalty_rate"]
        times = [7 / 24, *(7 / 12 + k - 0.5 for k in range(1, 8))]
        revenue = map(float, given["revenue"])
        pairs = zip(revenue, times, strict=True)
        return {"value": math.fsum(one * share / (1 + rate) ** t for one, t in pairs)}

    agree("cn-w0a", "revenue royalty_rate discount_rate", reckon)


def newness(given: Given) -> float:
    used, remaining = given["used_life"], given["remaining_life"]
    return float(remaining / (used + remaining))


def indexed(given: Given) -> float:
    changes = math.prod(1 + one["change"] for one in given["price_indices"])
    return math.fsum(one["amount"] for one in given["items"]) * changes


def test_the_least_licence_fee(agree):
    def reckon(given: Given) -> Given:
        part = given["licensee_capacity"] / given["total_capacity"]
        fee = indexed(given) * newness(given) * part
        return {"value": fee + given["lost_income"] + given["added_cost"]}

    names = "items.amount price_indices.change used_life remaining_life"
    names += " licensee_capacity total_capacity lost_income added_cost"
    agree("cn-w1", names, reckon)


@pytest.mark.parametrize("truth", ["cn-w3-share", "cn-w4-share"])
def test_the_share_of_equivalent_investments(agree, truth):
    def reckon(given: Given) -> Given:
        own = given["technology_cost"] * (1 + given["technology_profit"])
        others = given["buyer_assets"] * (1 + given["buyer_profit"])
        share = rounded(own / (own + others), 4)
        found = {"technology_investment": own, "buyer_investment": others}
        return {"value": share, **found}

    agree(truth, "technology_cost technology_profit buyer_assets buyer_profit", reckon)


@pytest.mark.parametrize("truth", ["cn-w3-value", "cn-w4-value"])
def test_a_share_of_profit(agree, truth):
    def reckon(given: Given) -> Given:
        rate = given["discount_rate"]
        factors = [(1 + rate) ** -year for year in range(1, 6)]
        if "factor_digits" in given:
            factors = [rounded(one, 4) for one in factors]
        pairs = zip(given["profit"], factors, strict=True)
        whole = math.fsum(profit * factor for profit, factor in pairs)
        return {"value": whole * given["share_rate"]}

    agree(truth, "profit share_rate discount_rate", reckon)


def test_the_share_by_marginal_analysis(agree):
    def reckon(given: Given) -> Given:
        factors = [rounded((1 + given["discount_rate"]) ** -t, 4) for t in (1, 2, 3, 4)]
        added, shares = given["added_profit"], given["added_share"]
        more = math.fsum(a * f for a, f in zip(added, factors, strict=True))
        whole = math.fsum(
            a / s * f for a, s, f in zip(added, shares, factors, strict=True)
        )
        found = {"pv_added": more, "pv_profit": whole}
        return {"value": rounded(more / whole, 2), **found}

    agree("cn-w8", "added_profit added_share discount_rate", reckon)


@pytest.mark.parametrize(("truth", "years"), [("cn-w10", 5), ("cn-w13", 5)])
def test_income_added_by_price_cost_and_quantity(agree, truth, years):
    def reckon(given: Given) -> Given:
        earned = (given["price_with"] - given["cost_with"]) * given["quantity_with"]
        base = given["price_without"] - given["cost_without"]
        more = (earned - base * given["quantity_without"]) * (1 - given["tax_rate"])
        factor = rounded(level(given["discount_rate"], years), 4)
        return {"value": more * factor, "annuity_factor": factor}

    names = "price_with price_without cost_with cost_without quantity_with"
    agree(truth, names + " quantity_without tax_rate discount_rate", reckon)


def test_a_royalty_on_sales_and_the_share_of_profit_it_is(agree):
    def reckon(given: Given) -> Given:
        fees = [
            revenue * given["royalty_rate"] * (1 - given["tax_rate"])
            for revenue in given["revenue"]
        ]
        share = given["royalty_rate"] / given["profit_margin"]
        return {
            "value": at_years(fees, given["discount_rate"]),
            "share_of_profit": share,
        }

    names = "revenue royalty_rate tax_rate discount_rate profit_margin"
    agree("cn-w16", names, reckon)


def test_the_licensor_s_share_of_the_profit(agree):
    def by_margin(given: Given) -> Given:
        return {"value": given["licensor_share"] * given["profit_margin"]}

    def by_price(given: Given) -> Given:
        before, after = given["price_before"], given["price_after"]
        return {"value": given["licensor_share"] * (after - before) / after}

    def higher(given: Given) -> None:
        both = sorted([given["price_before"], given["price_after"]])
        given["price_before"], given["price_after"] = both

    agree("cn-w16-share", "licensor_share profit_margin", by_margin)
    agree("cn-w24", "licensor_share price_before price_after", by_price, higher)


@pytest.mark.parametrize("truth", ["cn-w18-1", "cn-w18-2", "cost-01"])
def test_cost_times_newness(agree, truth):
    def reckon(given: Given) -> Given:
        return {"value": given["items"][0]["amount"] * newness(given)}

    agree(truth, "items.amount used_life remaining_life", reckon)


def test_cost_by_the_multiplier(agree):
    def reckon(given: Given) -> Given:
        things = math.fsum(one["amount"] for one in given["materials"])
        work = given["living_labour"] * given["labour_multiple"]
        cost = (things + work) / (1 - given["research_risk"])
        return {"value": cost * (1 + given["return_rate"]) * newness(given)}

    names = "materials.amount living_labour labour_multiple research_risk return_rate"
    agree("cn-w19", names + " used_life remaining_life", reckon)


def test_cost_at_the_prices_of_the_day(agree):
    def reckon(given: Given) -> Given:
        return {"value": indexed(given) * given["newness_rate"]}

    agree("cn-w21", "items.amount price_indices.change newness_rate", reckon)


@pytest.mark.parametrize("truth", ["cn-w22-1", "cn-w22-2"])
def test_excess_earnings_of_one_period(agree, truth):
    def reckon(given: Given) -> Given:
        normal = math.fsum(
            one["amount"] * one["normal_return"] for one in given["assets"]
        )
        return {"value": (given["income"] - normal) / given["capitalisation_rate"]}

    agree(
        truth,
        "income assets.amount assets.normal_return capitalisation_rate",
        reckon,
    )


# Time value


def days_from_first(given: Given) -> list[tuple[float, float]]:
    """Amounts with their years from the first day, act/365."""
    days = [date.fromisoformat(one["day"]) for one in given["flows"]]
    return [
        (one["amount"], (day - days[0]).days / 365)
        for one, day in zip(given["flows"], days, strict=True)
    ]


def root(function: Any, low: float, high: float) -> float:
    """Where a function changes its sign, by halving."""
    sign = function(low) > 0
    for _ in range(200):
        middle = (low + high) / 2
        if (function(middle) > 0) == sign:
            low = middle
        else:
            high = middle
    return low


def test_values_of_flows_on_their_days(agree):
    def present(given: Given, rate: float) -> float:
        return math.fsum(a / (1 + rate) ** t for a, t in days_from_first(given))

    agree(
        "tv-01-method", "rate flows.amount", lambda g: {"value": present(g, g["rate"])}
    )
    agree(
        "tv-02-method",
        "flows.amount",
        lambda g: {"value": root(lambda r: present(g, r), -0.9, 10)},
    )


@pytest.mark.parametrize(
    ("truth", "first"),
    [
        ("tv-04-method", 0),
        ("tv-05-method", 1),
        ("tv-16-method", 1),
        ("tv-17-method", 0.5),
    ],
)
def test_net_present_values(agree, truth, first):
    def reckon(given: Given) -> Given:
        return {"value": at_years(given["cashflows"], given["rate"], first)}

    agree(truth, "rate cashflows", reckon, rel=1e-8)  # near nought flows cancel


def test_every_rate_that_brings_flows_to_nought(agree):
    def reckon(given: Given) -> Given:
        def present(rate: float) -> float:
            return at_years(given["cashflows"], rate, 0)

        grid = [-0.95 + 0.01 * place for place in range(300)]
        pairs = itertools.pairwise(grid)
        found = [root(present, a, b) for a, b in pairs if present(a) * present(b) < 0]
        return {"rates": found}

    agree("tv-12-method", "cashflows", reckon, times=3)


def test_level_payments(agree):
    def reckon(given: Given) -> Given:
        rate, count = given["rate"], 180
        return {"value": -given["pv"] / level(rate, count)}

    agree("tv-08-method", "rate pv", reckon)


# Rates


def test_capital_asset_pricing_and_weighted_cost_of_capital(agree):
    def reckon(given: Given) -> Given:
        equity = given["risk_free_rate"] + given["beta"] * given["equity_premium"]
        debt = given["debt_share"]
        mean = (1 - debt) * equity + debt * given["cost_of_debt"]
        return {"value": mean, "cost_of_equity": equity}

    names = "debt_share risk_free_rate beta equity_premium cost_of_debt"
    for truth in ("wacc-advertising", "wacc-semiconductor", "wacc-totalmarket"):
        agree(truth, names, reckon)


def test_the_weighted_return_on_assets(agree):
    def mean(given: Given) -> Given:
        assets = given["assets"]
        whole = math.fsum(one["value"] for one in assets)
        return {"value": math.fsum(o["value"] * o["rate"] for o in assets) / whole}

    def rest(given: Given) -> Given:
        known = [one for one in given["assets"] if "rate" in one]
        earned = math.fsum(one["value"] * one["rate"] for one in known)
        whole = given["enterprise_value"]
        left = whole - math.fsum(one["value"] for one in known)
        return {"value": (given["wacc"] * whole - earned) / left}

    agree("wara-01", "assets.value assets.rate", mean)
    agree("inv-09", "wacc", rest)


# Income


@pytest.mark.parametrize(
    ("truth", "half"), [("tab-01", 0), ("tab-02", 0.5), ("tab-05", 0)]
)
def test_the_tax_amortisation_benefit_is_a_fixed_point(agree, truth, half):
    def reckon(given: Given) -> Given:
        rate, tax, before = (
            given[n] for n in ("discount_rate", "amortisation_tax_rate", "value_before")
        )
        each = [(1 + rate) ** (half - year) for year in range(1, 16)]
        value = before
        for _ in range(200):  # what is written off is the value that it leads to
            value = before + math.fsum(value / 15 * tax * one for one in each)
        return {"factor": value / before, "value": value - before}

    agree(truth, "value_before discount_rate amortisation_tax_rate", reckon)


def test_relief_from_level_royalties(agree):
    def reckon(given: Given) -> Given:
        share = given["royalty_rate"] * (1 - given["tax_rate"])
        flows = [revenue * share for revenue in given["revenue"]]
        return {"value": at_years(flows, given["discount_rate"])}

    agree("rfr-01", "revenue royalty_rate tax_rate discount_rate", reckon)


@pytest.mark.parametrize(("truth", "is_mid"), [("inv-01", False), ("inv-02", True)])
def test_flows_on_the_days_of_their_periods(agree, truth, is_mid):
    def reckon(given: Given) -> Given:
        valued = date.fromisoformat(given["valuation_date"])
        ends = [(date(2097 + k, 12, 31) - valued).days / 365 for k in range(5)]
        starts = [0.0, *ends[:-1]]
        times = [
            (a + b) / 2 if is_mid else b for a, b in zip(starts, ends, strict=True)
        ]
        rate, share = given["discount_rate"], given["royalty_rate"]
        pairs = zip(given["revenue"], times, strict=True)
        return {"value": math.fsum(one * share / (1 + rate) ** t for one, t in pairs)}

    agree(truth, "revenue royalty_rate discount_rate", reckon)
