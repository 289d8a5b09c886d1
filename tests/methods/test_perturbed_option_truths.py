"""Chances, lives and options of the literature, every figure moved, reckoned anew.

Written from the papers in plain Python: normal distribution of the standard library,
trees walked node by node, integrals by quadrature. See test_perturbed_truths.py.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from statistics import NormalDist
from typing import Any

import pytest
from scipy.integrate import quad

Given = dict[str, Any]

below = NormalDist().cdf


def merton(
    side: str, s: float, k: float, t: float, r: float, q: float, v: float
) -> float:
    """Black, Scholes and Merton 1973: a European option on what yields ``q``."""
    d1 = (math.log(s / k) + (r - q + v * v / 2) * t) / (v * math.sqrt(t))
    d2 = d1 - v * math.sqrt(t)
    sign = 1 if side == "call" else -1
    held = s * math.exp(-q * t) * below(sign * d1)
    return sign * (held - k * math.exp(-r * t) * below(sign * d2))


def of(given: Given, side: str, yields: float | None = None) -> float:
    volatility = given.get("volatility") or math.sqrt(given["variance"])
    return merton(
        side,
        given["underlying_value"],
        given["exercise_price"],
        given["life"],
        given["risk_free_rate"],
        given.get("yield_rate", 0.0) if yields is None else yields,
        volatility,
    )


# Income with chances


def test_excess_earnings_of_customers_that_leave(agree):
    def reckon(given: Given) -> Given:
        rate, tax, buyer = (
            given[n] for n in ("discount_rate", "tax_rate", "amortisation_tax_rate")
        )
        charge = given["assets"][0]["return_on"]
        margin = given["profit_margin"] * (1 - tax) - charge
        value = 0.0
        for place, revenue in enumerate(given["revenue"]):
            left = (1 - given["attrition"]) ** (place + 0.5)
            value += revenue * left * margin / (1 + rate) ** (place + 0.5)
        saved = math.fsum((1 + rate) ** (0.5 - year) for year in range(1, 11)) / 10
        return {"value": value / (1 - buyer * saved)}

    names = "revenue profit_margin attrition tax_rate amortisation_tax_rate"
    agree("inv-05", names + " discount_rate assets.return_on", reckon)


def test_flows_by_the_chance_that_they_are_reached(agree):
    def reckon(given: Given) -> Given:
        rate, chance, time, value = given["discount_rate"], 1.0, 0.0, 0.0
        for phase in given["phases"]:
            value -= chance * phase["cost"] / (1 + rate) ** time
            time += phase["duration"]
            chance *= phase["probability"]
            value += chance * phase.get("payment", 0) / (1 + rate) ** time
        for year, flow in enumerate(given.get("flows", []), 1):
            value += chance * flow / (1 + rate) ** (time + year)
        return {"value": value, "probability": chance}

    names = "phases.cost phases.duration phases.probability discount_rate"
    agree("inv-15-rnpv", names + " phases.payment", reckon)
    agree("rnpv-01", names + " flows", reckon)


def test_a_tree_is_folded_back(agree):
    def reckon(given: Given) -> Given:
        nodes, rate = given["nodes"], given["discount_rate"]

        def worth(node: Given) -> float:
            after = [one for one in nodes if one.get("parent") == node["name"]]
            found = node.get("flow", 0) / (1 + rate) ** node.get("time", 0)
            return found + math.fsum(one["probability"] * worth(one) for one in after)

        return {"value": worth(nodes[0])}

    def sure(given: Given) -> None:
        """What does not succeed fails."""
        by = {one["name"]: one for one in given["nodes"]}
        for one, other in (("II", "I fails"), ("success", "II fails")):
            by[other]["probability"] = 1 - by[one]["probability"]

    agree("inv-15-tree", "nodes.flow nodes.probability discount_rate", reckon, sure)


def test_survival_from_stage_to_stage(agree):
    def reckon(given: Given) -> Given:
        before, at, kept, hazard = 1.0, 0.0, [], []
        for one in given["stages"]:
            kept.append(one["share"] / before)
            hazard.append(-math.log(kept[-1]) / (one["years"] - at))
            before, at = one["share"], one["years"]
        return {"conditional": kept, "annual_hazard": hazard}

    def falling(given: Given) -> None:
        shares = sorted((one["share"] for one in given["stages"]), reverse=True)
        for one, share in zip(given["stages"], shares, strict=True):
            one["share"] = share

    agree("surv-01", "stages.share", reckon, falling)


def test_shares_that_courts_have_judged(agree):
    def rule(given: Given) -> Given:
        whole = given["share_rate"] * given["covered_share"]
        return {"value": given["revenue"][0] * whole, "rate_on_whole_revenue": whole}

    def analytical(given: Given) -> Given:
        return {"value": given["expected_margin"] - given["normal_margin"]}

    agree("lit-01", "revenue covered_share share_rate", rule)
    agree("lit-02-lower", "expected_margin normal_margin", analytical)


# Options


@pytest.mark.parametrize(
    "truth", ["opt-09", "opt-09-put", "opt-h1", "opt-h5", "inv-08"]
)
def test_european_options(agree, truth):
    def reckon(given: Given) -> Given:
        return {"value": of(given, given["side"])}

    names = "underlying_value exercise_price life risk_free_rate volatility"
    agree(truth, names, reckon)


@pytest.mark.parametrize("truth", ["inv-07", "opt-13"])
def test_abandonment_and_its_parity(agree, truth):
    def reckon(given: Given) -> Given:
        return {"value": of(given, "put"), "call": of(given, "call")}

    spread = "variance" if truth == "inv-07" else "volatility"
    names = "underlying_value exercise_price life risk_free_rate " + spread
    agree(truth, names, reckon)


def test_a_patent_as_an_option_with_a_cost_of_delay(agree):
    def reckon(given: Given) -> Given:
        npv = given["underlying_value"] - given["exercise_price"]
        value = of(given, "call", 1 / given["life"])
        return {"value": value, "npv": npv, "premium": value - npv}

    names = "underlying_value exercise_price life variance risk_free_rate"
    agree("opt-01", names, reckon, times=10)


def walked(given: Given, up: float, down: float, p: float, step: float) -> float:
    """A tree of two branches, node by node, with early use where it is American."""
    count = given["steps"]
    sign = 1 if given["side"] == "call" else -1
    s, k = given["underlying_value"], given["exercise_price"]
    is_american = given.get("exercise") == "american" or "lattice" in given

    @cache
    def worth(at: int, ups: int) -> float:
        now = sign * (s * up**ups * down ** (at - ups) - k)
        if at == count:
            return max(now, 0.0)
        ahead = p * worth(at + 1, ups + 1) + (1 - p) * worth(at + 1, ups)
        return max(ahead / step, now if is_american else 0.0)

    return worth(0, 0)


@pytest.mark.parametrize("truth", ["opt-10", "opt-10-american", "opt-15"])
def test_a_tree_of_stated_moves(agree, truth):
    def reckon(given: Given) -> Given:
        rate = given["rate"]
        is_continuous = given.get("compounding") == "continuous"
        step = math.exp(rate) if is_continuous else 1 + rate
        growth = 1 + given.get("price_growth", 0.0)
        p = (step - given["down"]) / (given["up"] - given["down"])
        price = given["exercise_price"] * growth ** given["steps"]
        grown = given | {"exercise_price": price}
        return {"p": p, "value": walked(grown, given["up"], given["down"], p, step)}

    agree(truth, "underlying_value exercise_price rate", reckon)


@pytest.mark.parametrize("truth", ["opt-12", "opt-12-50"])
def test_the_tree_of_cox_ross_and_rubinstein(agree, truth):
    def reckon(given: Given) -> Given:
        length = given["life"] / given["steps"]
        up = math.exp(given["volatility"] * math.sqrt(length))
        step = math.exp(given["risk_free_rate"] * length)
        p = (step - 1 / up) / (up - 1 / up)
        return {"value": walked(given, up, 1 / up, p, step)}

    names = "underlying_value exercise_price life risk_free_rate volatility"
    agree(truth, names, reckon, times=20)


@pytest.mark.parametrize("truth", ["mrg-1", "mrg-4"])
def test_an_exchange_of_two_assets(agree, truth):
    def reckon(given: Given) -> Given:
        one, other = given["received_volatility"], given["given_volatility"]
        cross = 2 * given["correlation"] * one * other
        return {
            "value": merton(
                "call",
                given["received_value"],
                given["given_value"],
                given["life"],
                given["given_yield"],
                given["received_yield"],
                math.sqrt(one * one + other * other - cross),
            )
        }

    names = "received_value given_value life received_yield given_yield"
    names += " received_volatility given_volatility correlation"
    agree(truth, names, reckon)


@pytest.mark.parametrize("truth", ["cmp-1", "cmp-3"])
def test_an_option_on_an_option(agree, truth):
    def reckon(given: Given) -> Given:
        r, q, v = (given[n] for n in ("risk_free_rate", "yield_rate", "volatility"))
        first, last = given["first_life"], given["second_life"]
        sign = 1 if given["first_side"] == "call" else -1

        def paid(z: float) -> float:
            drift = (r - q - v * v / 2) * first
            s = given["underlying_value"] * math.exp(drift + v * math.sqrt(first) * z)
            price, left = given["second_price"], last - first
            later = merton(given["second_side"], s, price, left, r, q, v)
            return sign * (later - given["first_price"])

        edge = halved(paid)
        ends = (-9.0, edge) if paid(-9.0) > 0 else (edge, 9.0)
        density = NormalDist().pdf
        value, _ = quad(lambda z: paid(z) * density(z), *ends, epsabs=1e-11, limit=200)
        return {"value": value * math.exp(-r * first)}

    names = "underlying_value first_price second_price risk_free_rate volatility"
    agree(truth, names, reckon, times=15, rel=1e-8)


def halved(function: Callable[[float], float]) -> float:
    low, high = -9.0, 9.0
    sign = function(low) > 0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if (function(middle) > 0) == sign else (low, middle)
    return low


def test_the_perpetual_option_to_invest(agree):
    def reckon(given: Given) -> Given:
        r, q, v = (given[n] for n in ("risk_free_rate", "yield_rate", "volatility"))
        cost, worth = given["exercise_price"], given["underlying_value"]
        half = 0.5 - (r - q) / v**2  # Dixit and Pindyck 1994, chapter 5
        beta = half + math.sqrt(half * half + 2 * r / v**2)
        trigger = beta / (beta - 1) * cost
        a = (trigger - cost) / trigger**beta
        value = a * worth**beta if worth < trigger else worth - cost
        return {"beta": beta, "trigger": trigger, "value": value}

    names = "underlying_value exercise_price risk_free_rate yield_rate volatility"
    agree("dp-01", names, reckon)


def least_squares(points: list[float], wanted: list[float]) -> list[float]:
    """Coefficients of 1, x and x² by the normal equations."""
    rows = [[x**j for j in range(3)] for x in points]
    table = [
        [math.fsum(row[i] * row[j] for row in rows) for j in range(3)]
        + [math.fsum(row[i] * y for row, y in zip(rows, wanted, strict=True))]
        for i in range(3)
    ]
    for i in range(3):
        pivot = max(range(i, 3), key=lambda k: abs(table[k][i]))
        table[i], table[pivot] = table[pivot], table[i]
        for k in range(3):
            if k != i:
                by = table[k][i] / table[i][i]
                table[k] = [a - by * b for a, b in zip(table[k], table[i], strict=True)]
    return [table[i][3] / table[i][i] for i in range(3)]


def test_eight_paths_and_their_regressions(agree):
    def reckon(given: Given) -> Given:
        k, r = given["exercise_price"], given["risk_free_rate"]
        paths = [one["values"] for one in given["paths"]]
        paid = [max(k - path[2], 0) for path in paths]
        for at in (1, 0):
            paid = [one * math.exp(-r) for one in paid]
            within = [n for n, path in enumerate(paths) if path[at] < k]
            fit = least_squares(
                [paths[n][at] for n in within], [paid[n] for n in within]
            )
            for n in within:
                x = paths[n][at]
                if k - x > fit[0] + fit[1] * x + fit[2] * x * x:
                    paid[n] = k - x
        found = math.fsum(paid) / len(paid) * math.exp(-r)
        return {"value": max(found, k - given["underlying_value"])}

    # Paths move so little that each regression keeps its points, of 1.1 and less.
    agree("lsm-8path", "risk_free_rate", reckon, times=20, rel=1e-8)
