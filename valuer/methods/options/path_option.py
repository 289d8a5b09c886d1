"""Option used early, on paths that are given (给定路径的最小二乘法).

The paths come from elsewhere: a simulation of the project, a published example. On each
date but the last the value of waiting is regressed on powers of the underlying over the
paths on which using the right pays, and the right is used where it brings more.

Source: Longstaff and Schwartz, Valuing American options by simulation, 2001, section 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np

from valuer.core.dated import CURRENCY
from valuer.core.distributions import Floats
from valuer.core.method import Approach, Method, Topic, centred
from valuer.core.options import least_squares
from valuer.core.options.lattice import Right
from valuer.core.options.least_squares import Regressed, regressed
from valuer.core.options.terms import (
    EXERCISE_PRICE,
    RISK_FREE_RATE,
    SIDE_NAMES,
    UNDERLYING,
    Side,
    error,
    price_issues,
)
from valuer.core.params import (
    Currency,
    Kind,
    Measure,
    Money,
    Number,
    Quantity,
    Rate,
    Shape,
    Years,
    param,
)
from valuer.core.problems import Issue
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit

PATHS = "paths"
"""The axis of the paths, and their table."""


@dataclass(frozen=True, slots=True)
class UseDate:
    """One date on which the right may be used."""

    time: Years = param(
        N_("Years from today"), symbol="t", low=0, above=True, high=100, is_base=True
    )


@dataclass(frozen=True, slots=True)
class Path:
    """One path of the underlying."""

    values: Annotated[
        tuple[Quantity, ...], Measure(Kind.NUMBER, Shape.SERIES, across="dates")
    ] = param(
        N_("Values of the underlying"),
        symbol="X",
        low=0,
        high=1e15,
        help=N_("One on each date of use, in the currency of the run."),
    )


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of an option on given paths."""

    side: Side = param(N_("Right"), choice_labels=SIDE_NAMES)
    underlying_value: Money = param(**UNDERLYING)
    exercise_price: Money = param(**EXERCISE_PRICE)
    risk_free_rate: Rate = param(**RISK_FREE_RATE)
    dates: tuple[UseDate, ...] = param(
        N_("Dates of use"), help=N_("In order, the last day of the right the last.")
    )
    paths: tuple[Path, ...] = param(
        N_("Paths"), help=N_("Equally probable, under the risk-neutral measure.")
    )
    degree: Number = param(
        N_("Highest power"),
        2.0,
        low=1,
        high=8,
        whole=True,
        is_base=True,
        help=N_("Of the underlying, in the regression of the value of waiting."),
    )
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Value of the option, in the currency of the paths.

    Paths are (…, paths, dates), dates (…, dates), other numbers () or (…, 1).
    """
    add, side = working.add, given["side"]
    text = N_("Value of the underlying")
    worth = add(text, "S", "", given["underlying_value"], Unit.MONEY)
    price = add(N_("Exercise price"), "K", "", given["exercise_price"], Unit.MONEY)
    rate = add(N_("Risk-free rate"), "r", "", given["risk_free_rate"], Unit.RATE)
    _at_end(working, given)
    times, brought = _used(given)
    text = N_("When the path uses the right, by least squares, years")
    add(text, "τ", "", times, Unit.YEARS, PATHS)
    add(N_("Brought by it then"), "c", "", brought, Unit.MONEY, PATHS)
    present = brought * np.exp(-rate * times)
    add(N_("Present value"), "P", "c × exp(−r × τ)", present, Unit.MONEY, PATHS)
    waiting = present.mean(axis=-1, keepdims=present.ndim > 1)
    add(N_("Value of waiting"), "W", "Σ P / n", waiting, Unit.MONEY)
    now = side.sign * (worth - price)
    today = "S − K" if side is Side.CALL else "K − S"
    add(N_("Brought by using the right today"), "I", today, now, Unit.MONEY)
    label, best = N_("Value of the option"), np.maximum(waiting, now)
    return by_scenario(add(label, "V", "max(W; I)", best, Unit.MONEY))


def _at_end(working: Silent, given: Mapping[str, Any]) -> None:
    """Show what the right brings where it is used on the last date only."""
    add, side, times = working.add, given["side"], given["dates_time"]
    end = times[..., -1:] if times.ndim > 1 else times[-1]
    add(N_("Years to the last date"), "T", "", end, Unit.YEARS)
    text = N_("Value of the underlying on the last date")
    last = add(text, "X", "", given["paths_values"][..., -1], Unit.MONEY, PATHS)
    count = np.array(float(last.shape[-1]))
    add(N_("Number of paths"), "n", "", count, Unit.NUMBER)
    gains = np.maximum(side.sign * (last - given["exercise_price"]), 0)
    mean = gains.mean(axis=-1, keepdims=gains.ndim > 1)
    gain = "X − K" if side is Side.CALL else "K − X"
    text = N_("Value if used on the last date only")
    rule = f"Σ max({gain}; 0) / n × exp(−r × T)"
    discount = np.exp(-given["risk_free_rate"] * end)
    add(text, "E", rule, mean * discount, Unit.MONEY)


def _used(given: Mapping[str, Any]) -> tuple[Floats, Floats]:
    """Return when each path uses the right and what that brings, (…, paths)."""
    paths, times = given["paths_values"], given["dates_time"]
    alone = (given["exercise_price"], given["risk_free_rate"])
    lead = np.broadcast_shapes(
        paths.shape[:-2], times.shape[:-1], *(one.shape[:-1] for one in alone)
    )

    def spread(numbers: Floats, kept: tuple[int, ...]) -> Floats:
        return np.broadcast_to(numbers, (*lead, *kept)).reshape(-1, *kept)

    rows = zip(
        spread(paths, paths.shape[-2:]),
        spread(times, times.shape[-1:]),
        *(spread(one, (1,)) for one in alone),
        strict=True,
    )
    found = [
        _regressed(given, path, time, float(price[0]), float(rate[0]))
        for path, time, price, rate in rows
    ]
    out = (*lead, paths.shape[-2])
    used = np.array([one.times for one in found]).reshape(out)
    return used, np.array([one.gains for one in found]).reshape(out)


def _regressed(
    given: Mapping[str, Any], paths: Floats, times: Floats, price: float, rate: float
) -> Regressed:
    right = Right(given["side"].sign, 1.0, price, float(times[-1]), rate, 0.0, 0.0)
    return regressed(right, times, paths, given["degree"])


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments."""
    found: dict[str, Any] = number_arrays(params)
    degree = int(found.pop("degree"))
    return found | {"side": params.side, "degree": degree}


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows."""
    return (
        *price_issues(params, "exercise_price"),
        *_path_issues(centred(params)),
    )


def _path_issues(params: Any) -> Iterator[Issue]:
    times = [one.time for one in params.dates]
    for row in range(1, len(times)):
        if times[row] <= times[row - 1]:
            text = N_("Each date of use must come after the one before it.")
            yield error(f"dates[{row}].time", text)
    for row, one in enumerate(params.paths):
        if len(one.values) != len(times):
            text = N_(
                "Path {row} has {found} values for {count} dates; give one for each."
            )
            found = len(one.values)
            yield error(
                f"paths[{row}].values", text, row=row + 1, found=found, count=len(times)
            )


def outputs(params: Any) -> dict[str, Any]:
    """Return the coefficients of 1, X, X² … on each date but the last."""
    plain = centred(params)
    given = arrays(plain)
    found = _regressed(
        given,
        given["paths_values"],
        given["dates_time"],
        plain.exercise_price,
        plain.risk_free_rate,
    )
    return {
        "coefficients": [list(one) for one in found.coefficients],
        "axes": {PATHS: [str(row + 1) for row in range(len(plain.paths))]},
    }


def work(params: Any) -> float:
    """Return the figures of the regressions of one scenario."""
    return least_squares.work(len(params.paths), len(params.dates), params.degree)


METHOD = Method(
    key="path_option",
    version=1,
    approach=Approach.INCOME,
    listed=Topic.OPTIONS,
    title=N_("Option on given paths"),
    idea=N_(
        "On paths simulated elsewhere, the right is used on each date where that brings"
        " more than waiting is worth by a regression over the paths."
    ),
    source="Longstaff & Schwartz 2001, section 1",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    work=work,
    tells=(("european", "E"), ("exercise_times", "τ"), ("cash_flows", "c")),
)
