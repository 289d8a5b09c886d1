"""Decline (更新替代、衰减): how a share or a usefulness falls as technology moves on.

A constant rate a year, a rate for each period (Chinese worksheets print such a table),
or a curve of substitution: logistic after Fisher and Pry, or Gompertz. Curves are taken
at the time of each flow and stand at 1 on the valuation date.

Sources: K_t = K_0 × Π (1 − d_s) of share-rate worksheets; Fisher & Pry 1971, logistic
substitution; Gompertz survival exp(−c (e^{b t} − 1)).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.earning import Earning
from valuer.core.params import Number, RateSeries, Years, param
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit


class Decline(StrEnum):
    """The form of the decline."""

    NONE = "none"
    CONSTANT = "constant"
    TABLE = "table"
    LOGISTIC = "logistic"
    GOMPERTZ = "gompertz"


DECLINE_NAMES = (
    (Decline.NONE.value, N_("None")),
    (Decline.CONSTANT.value, N_("Constant rate a year")),
    (Decline.TABLE.value, N_("A rate for each period")),
    (Decline.LOGISTIC.value, N_("Logistic curve")),
    (Decline.GOMPERTZ.value, N_("Gompertz curve")),
)

_NEEDED = {
    Decline.NONE: (),
    Decline.CONSTANT: ("decline_rate",),
    Decline.TABLE: ("decline_rate",),
    Decline.LOGISTIC: ("decline_speed", "decline_midpoint"),
    Decline.GOMPERTZ: ("decline_speed", "decline_level"),
}


@dataclass(frozen=True, slots=True)
class Declining(Earning):
    """What a method needs whose share or usefulness declines."""

    decline: Decline = param(
        N_("Decline"),
        Decline.NONE,
        quiet=True,
        choice_labels=DECLINE_NAMES,
        help=N_("How the share falls as substitutes and newer technology come."),
    )
    decline_rate: RateSeries | None = param(
        N_("Decline rate"),
        None,
        symbol="δ",
        low=0,
        high=1,
        help=N_(
            "A constant rate counts from the second period on; a table gives one for"
            " each period, the first included."
        ),
    )
    decline_speed: Number | None = param(
        N_("Speed of the curve"), None, symbol="b", low=0, high=20, help=N_("A year.")
    )
    decline_midpoint: Years | None = param(
        N_("Years to the middle of the curve"),
        None,
        symbol="m",
        low=-100,
        high=200,
        help=N_("When a logistic curve has lost half of its whole height."),
    )
    decline_level: Number | None = param(
        N_("Level of the Gompertz curve"), None, symbol="c", low=0, high=20
    )


def declining(working: Silent, time: Floats, given: Mapping[str, Any]) -> Floats:
    """Return what is left in each period, ``g``; shape (…, periods), 1 without decline.

    ``time`` is that of each flow as ``timed`` gives it: its step ``t`` must stand in
    the working already.
    """
    add, kind = working.add, given["decline"]
    if kind in (Decline.CONSTANT, Decline.TABLE):
        return _by_rate(working, time, given)
    speed = add(N_("Speed of the curve"), "b", "", given["decline_speed"], Unit.NUMBER)
    text = N_("Share left by decline")
    if kind is Decline.LOGISTIC:
        middle = given["decline_midpoint"]
        add(N_("Years to the middle of the curve"), "m", "", middle, Unit.YEARS)
        # As 1 / (1 + e^(b (t − m))) over its height at t = 0.
        left = (1 + np.exp(-speed * middle)) / (1 + np.exp(speed * (time - middle)))
        formula = "(1 + exp(−b × m)) / (1 + exp(b × (t − m)))"
        return add(text, "g", formula, left, Unit.FACTOR)
    level = given["decline_level"]
    add(N_("Level of the Gompertz curve"), "c", "", level, Unit.NUMBER)
    left = np.exp(-level * np.expm1(speed * time))
    return add(text, "g", "exp(−c × (exp(b × t) − 1))", left, Unit.FACTOR)


def _by_rate(working: Silent, time: Floats, given: Mapping[str, Any]) -> Floats:
    add, rate = working.add, given["decline_rate"]
    text = N_("Share left by decline")
    if given["decline"] is Decline.CONSTANT:
        add(N_("Decline rate"), "δ", "", rate, Unit.RATE)
        periods = np.arange(np.shape(time)[-1], dtype=np.float64)
        add(N_("Periods of decline"), "k", "", periods, Unit.NUMBER)
        return add(text, "g", "(1 − δ)^k", (1 - rate) ** periods, Unit.FACTOR)
    one_each = np.broadcast_to(
        rate, np.broadcast_shapes(np.shape(rate), np.shape(time))
    )
    add(N_("Decline rate"), "δ", "", one_each, Unit.RATE)
    left = np.cumprod(1 - one_each, axis=-1)
    return add(text, "g", "Πₜ (1 − δ)", left, Unit.FACTOR)


def decline_arrays(params: Any) -> dict[str, Any]:
    """Return what ``declining`` needs beside the numbers; ``declines``: whether any."""
    return {"decline": params.decline, "declines": params.decline is not Decline.NONE}


def decline_issues(params: Any) -> Iterator[Issue]:
    """Yield an error for each figure that the form chosen needs and that lacks."""
    for name in _NEEDED[params.decline]:
        if getattr(params, name) is None:
            text = N_("The decline chosen needs this figure; state it.")
            yield Issue(Severity.ERROR, message(text), name)
    if params.decline is Decline.TABLE and not isinstance(params.decline_rate, tuple):
        text = N_("A table of decline has one rate for each period; give a list.")
        yield Issue(Severity.ERROR, message(text), "decline_rate")
    if params.decline is Decline.CONSTANT and isinstance(params.decline_rate, tuple):
        text = N_(
            "A constant decline has one rate; for one in each period choose the table."
        )
        yield Issue(Severity.ERROR, message(text), "decline_rate")
