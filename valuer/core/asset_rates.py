"""Assets, what each is worth and what each must return: the table of a WARA.

All assets of an enterprise together are worth what it is worth and return what its
capital costs. One value may be left out, the rest of the whole (goodwill), and one
rate, which then follows from the others and the cost of capital.

Source: valuation practice of purchase price allocation, WACC = Σ wᵢ·rᵢ; for the order
of the rates see ``order_warnings``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.method import centred
from valuer.core.params import Money, Rate, Text, param
from valuer.core.problems import Issue, Severity
from valuer.core.slots import number_arrays, total
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit

ASSETS = "assets"
"""Along the assets; the name of their table."""


class AssetKind(StrEnum):
    """Kinds of assets, the safest first (流动资产、固定资产、无形资产、商誉)."""

    WORKING = "working"
    FIXED = "fixed"
    INTANGIBLE = "intangible"
    GOODWILL = "goodwill"
    OTHER = "other"


ORDER = (
    AssetKind.WORKING,
    AssetKind.FIXED,
    AssetKind.INTANGIBLE,
    AssetKind.GOODWILL,
)
"""Kinds in the order in which risk is usually held to rise; a convention."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One asset and what it returns."""

    name: Text = param(N_("Asset"), help=N_("What the report calls it."))
    kind: AssetKind = param(
        N_("Kind of asset"),
        AssetKind.OTHER,
        choice_labels=(
            (AssetKind.WORKING.value, N_("Working capital")),
            (AssetKind.FIXED.value, N_("Fixed assets")),
            (AssetKind.INTANGIBLE.value, N_("Intangible assets")),
            (AssetKind.GOODWILL.value, N_("Goodwill")),
            (AssetKind.OTHER.value, N_("Other")),
        ),
        help=N_("Riskier kinds are expected to return more."),
    )
    value: Money | None = param(
        N_("Value"),
        None,
        symbol="v",
        low=0,
        help=N_("Left out for the one asset that is the rest of the whole."),
    )
    rate: Rate | None = param(
        N_("Rate of return"),
        None,
        symbol="r",
        low=-0.05,
        high=2,
        help=N_("After tax, a year. Left out for the one asset whose rate is sought."),
    )


ASSET_TABLE: Any = {
    "label": N_("Assets"),
    "by_row": True,
    "help": N_("All assets of the enterprise, each at its fair value with its rate."),
}


def weighed(working: Silent, given: Mapping[str, Any]) -> Floats:
    """Return the share of each asset in the whole, ``w``; shape (…, assets).

    The whole is ``E``: the enterprise's value where stated, else the sum.
    """
    add = working.add
    values, is_rest = given["assets_value"], given["is_rest"]
    known = np.where(is_rest > 0, 0.0, values)
    if given["has_rest"]:
        whole = given[given["whole"]]
        text = N_("Value stated, nought for the rest")
        add(text, "v", "", known, Unit.MONEY, ASSETS)
        text = N_("Whether the asset is the rest, 1 or 0")
        add(text, "x", "", is_rest, Unit.NUMBER, ASSETS)
        known = known + is_rest * (whole - total(known))
        text = N_("Value of the asset")
        add(text, "V", "v + x × (E − Σ v)", known, Unit.MONEY, ASSETS)
    else:
        add(N_("Value of the asset"), "V", "", known, Unit.MONEY, ASSETS)
        whole = add(N_("Value of all assets"), "S", "Σ V", total(known), Unit.MONEY)
    text = N_("Share of the asset")
    formula = "V / E" if given["has_rest"] else "V / S"
    return add(text, "w", formula, known / whole, Unit.RATE, ASSETS)


def returned(working: Silent, given: Mapping[str, Any]) -> Floats:
    """Return the rates stated, ``r``, nought where one is sought; shape (…, assets)."""
    rates = np.where(given["is_sought"] > 0, 0.0, given["assets_rate"])
    has_sought = given["has_sought"]
    text = N_("Rate stated, nought where it is sought") if has_sought else N_("Rate")
    return working.add(text, "r", "", rates, Unit.RATE, ASSETS)


def sought(
    working: Silent, shares: Floats, rates: Floats, given: Mapping[str, Any]
) -> Floats:
    """Return the rate left out, ``r_x``; ``WACC`` is in the working by then."""
    add, is_sought = working.add, given["is_sought"]
    text = N_("Whether the rate is sought, 1 or 0")
    add(text, "q", "", is_sought, Unit.NUMBER, ASSETS)
    rest = given["wacc"] - total(shares * rates)
    found = rest / total(shares * is_sought)
    formula = "(WACC − Σ w × r) / (Σ w × q)"
    return add(N_("Rate sought"), "r_x", formula, found, Unit.RATE)


def average(working: Silent, shares: Floats, rates: Floats, symbol: str) -> Floats:
    """Return the weighted average return on assets, ``WARA``; shape () or (…, 1)."""
    text, found = N_("Weighted average return on assets"), total(shares * rates)
    return working.add(text, "WARA", f"Σ w × {symbol}", found, Unit.RATE)


def asset_arrays(params: Any, whole: str) -> dict[str, Any]:
    """Return what ``weighed`` and ``sought`` need; ``whole`` names the parameter."""
    rests = [one.value is None for one in params.assets]
    seeks = [one.rate is None for one in params.assets]
    found: dict[str, Any] = number_arrays(params) | {
        "whole": whole,
        "is_rest": np.array(rests, dtype=np.float64),
        "has_rest": any(rests),
        "is_sought": np.array(seeks, dtype=np.float64),
        "has_sought": any(seeks),
    }
    # What is left out is NaN, which no product with nought takes away.
    for name, left_out in (("assets_value", rests), ("assets_rate", seeks)):
        found[name] = np.where(left_out, 0.0, found[name])
    return found


def asset_errors(params: Any, whole: str) -> Iterator[Issue]:
    """Yield what the table of assets lacks or has too much of."""
    rows = centred(params).assets
    if not rows:
        yield _error(ASSETS, N_("There is no asset; enter them all."))
        return
    for place, one in enumerate(rows):
        if not one.name.strip():
            text = N_("Row {row} has no name; give it one.")
            yield _error(f"{ASSETS}[{place}].name", text, row=place + 1)
    yield from _left_out(rows)
    yield from _unequal(params, whole)


def _unequal(params: Any, whole: str) -> Iterator[Issue]:
    """Yield where the values do not make up the whole."""
    rows = centred(params).assets
    worth = getattr(centred(params), whole)
    known = math.fsum(one.value for one in rows if one.value is not None)
    rests = [place for place, one in enumerate(rows) if one.value is None]
    if not rests and not known > 0:
        yield _error(ASSETS, N_("The assets are worth nothing together."))
    elif rests and worth is None:
        text = N_("To find the value of “{name}” as the rest, state that of the whole.")
        yield _error(whole, text, name=rows[rests[0]].name[:40])
    elif rests and not worth > known:
        text = N_(
            "The assets stated are worth {known}, the whole {worth}: nothing is left"
            " for “{name}”."
        )
        values = {"known": f"{known:.10g}", "worth": f"{worth:.10g}"}
        yield _error(ASSETS, text, name=rows[rests[0]].name[:40], **values)
    elif not rests and worth is not None and not math.isclose(known, worth):
        text = N_(
            "The assets are worth {known} together and the whole {worth}; leave out the"
            " value of the one that is the rest."
        )
        values = {"known": f"{known:.10g}", "worth": f"{worth:.10g}"}
        yield _error(ASSETS, text, **values)


def _left_out(rows: tuple[Asset, ...]) -> Iterator[Issue]:
    for name, text in (
        ("value", N_("Two values are left out; the rest of the whole is one asset.")),
        ("rate", N_("Two rates are left out; one alone follows from the others.")),
    ):
        places = [k for k, one in enumerate(rows) if getattr(one, name) is None]
        for place in places[1:]:
            yield _error(f"{ASSETS}[{place}].{name}", text)
    for place, one in enumerate(rows):
        if one.rate is None and one.value == 0:
            text = N_("“{name}” is worth nothing, so that no rate follows for it.")
            yield _error(f"{ASSETS}[{place}].value", text, name=one.name[:40])


def order_warnings(params: Any, found: float | None) -> Iterator[Issue]:
    """Warn where a safer kind of asset returns more than a riskier one.

    That rates rise from working capital to goodwill is a convention; data on deals
    do not support a premium of intangibles on average (Crane 2019).
    """
    rated: list[tuple[int, Any, float]] = []
    for place, one in enumerate(centred(params).assets):
        known = found if one.rate is None else one.rate
        if one.kind in ORDER and known is not None:
            rated.append((place, one, known))
    for place, one, rate in rated:
        safer = [
            other
            for _, other, least in rated
            if ORDER.index(other.kind) < ORDER.index(one.kind) and least > rate
        ]
        if safer:
            text = N_(
                "“{name}” returns {rate} %, less than the safer “{other}”; values or"
                " rates do not go together."
            )
            values = {"name": one.name[:40], "other": safer[0].name[:40]}
            words = message(text, rate=f"{100 * rate:.4g}", **values)
            yield Issue(Severity.WARNING, words, f"{ASSETS}[{place}].rate")


def _error(where: str, text: str, **values: object) -> Issue:
    return Issue(Severity.ERROR, message(text, **values), where)
