"""Royalty rate from comparable licences (可比许可费率).

What others agreed for rights like the subject's: each rate is adjusted for the points
in which the licences differ, with evidence, and the table of all that count is told:
number, minimum, quartiles, median, mean, maximum. One of them is taken.

Source: IVS 103 (2025), market approach, comparable transactions; quartiles inclusive
(Hyndman and Fan 1996, type 7; QUARTILE.INC of spreadsheets).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Rounded, Silent, Unit
from valuer.methods.shares.royalty_comparables.checks import check
from valuer.methods.shares.royalty_comparables.licences import (
    AXIS,
    COUNTED,
    Params,
    Taken,
    counting,
)

FIGURES = (
    (Taken.MINIMUM, N_("Minimum"), "Q0", 0),
    (Taken.LOWER, N_("Lower quartile"), "Q1", 1),
    (Taken.MEDIAN, N_("Median"), "Q2", 2),
    (Taken.UPPER, N_("Upper quartile"), "Q3", 3),
    (Taken.MAXIMUM, N_("Maximum"), "Q4", 4),
)
"""The figures told, each a quarter of the ordered rates further."""


def formula(working: Silent, **given: Any) -> Floats:
    """Rate taken from the adjusted rates that count.

    Rates are (…, licences), factors (…, differences, licences); ``kept`` are the places
    of the licences that count.
    """
    add, adjusted = working.add, _adjusted(working, given)
    kept = list(given["kept"])
    counts = np.zeros(adjusted.shape[-1])
    counts[kept] = 1.0
    add(N_("Whether the licence counts, 1 or 0"), "b", "", counts, Unit.NUMBER, AXIS)
    rates = adjusted[..., kept]
    text = N_("Adjusted rates that count")
    add(text, "C", "filter(A; b)", rates, Unit.RATE, COUNTED)
    text, number = N_("Number of licences that count"), np.array(float(len(kept)))
    add(text, "N", "Σ b", number, Unit.NUMBER)
    found = {}
    for figure, text, symbol, quarter in FIGURES:
        part = np.quantile(rates, quarter / 4, axis=-1, keepdims=rates.ndim > 1)
        shown = f"quartile(C; {quarter})"
        found[figure] = add(text, symbol, shown, np.asarray(part), Unit.RATE), symbol
    mean = np.asarray(rates.sum(axis=-1, keepdims=rates.ndim > 1) / number)
    mean = add(N_("Mean"), "Q", "(Σ C) / N", mean, Unit.RATE)
    found[Taken.MEAN] = mean, "Q"
    taken, symbol = found[given["taken"]]
    text = N_("Royalty rate taken")
    share = add(text, "K", symbol, taken, Unit.RATE, rounded=Rounded.SHARE)
    return by_scenario(share)


def _adjusted(working: Silent, given: Mapping[str, Any]) -> Floats:
    """Add the rates and their factors; return the adjusted rates, (…, licences)."""
    add, rate = working.add, given["licences_rate"]
    add(N_("Royalty rate of the licence"), "ρ", "", rate, Unit.RATE, AXIS)
    symbols = "ρ"
    for place, name in enumerate(given["difference_names"]):
        factor = given["differences_factors"][..., place, :]
        text, symbol = N_("{factor}: adjustment factor"), f"k{place + 1}"
        add(message(text, factor=name), symbol, "", factor, Unit.FACTOR, AXIS)
        symbols, rate = f"{symbols} × {symbol}", rate * factor
    return add(N_("Adjusted rate"), "A", symbols, rate, Unit.RATE, AXIS)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments."""
    return number_arrays(params) | {
        "difference_names": tuple(one.name for one in params.differences),
        "kept": counting(params),
        "taken": params.taken,
    }


def outputs(params: Any) -> dict[str, Any]:
    """Return what the licences are called."""
    names = [one.name for one in params.licences]
    kept = [names[place] for place in counting(params)]
    return {"axes": {AXIS: names, COUNTED: kept}}


METHOD = Method(
    key="royalty_comparables",
    version=1,
    approach=None,
    title=N_("Royalty rate from comparable licences"),
    idea=N_(
        "What unrelated parties agreed for rights like the subject's, adjusted with"
        " evidence; the whole table is told, and one figure of it taken."
    ),
    source="IVS 103 (2025), market approach; Hyndman & Fan 1996, type 7 (QUARTILE.INC)",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    finds=Finds.SHARE,
    listed=Topic.SHARES,
    tells=(
        ("share", "K"),
        ("n", "N"),
        ("min", "Q0"),
        ("q1", "Q1"),
        ("median", "Q2"),
        ("mean", "Q"),
        ("q3", "Q3"),
        ("max", "Q4"),
        ("adjusted_rates", "C"),
    ),
)
