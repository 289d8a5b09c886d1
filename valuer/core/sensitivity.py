"""One-way sensitivity (敏感性分析): one input moves, the others stay.

A fixed input moves by a share of itself either way, an uncertain one from its 5 % to
its 95 % quantile. Values are recomputed by the method's own formula, never estimated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from valuer.core.distributions import is_distribution, within
from valuer.core.method import Method, centred
from valuer.core.params import Parameter, parameters

SHARE = 0.1
"""How far a fixed input moves either way, as a share of itself."""


@dataclass(frozen=True, slots=True)
class Swing:
    """What one input does to the value.

    Attributes:
        name: the parameter; ``label`` its marked label.
        low_input, high_input: ends of its range; None for a series moved by a share.
        low, high: the values that result, in the run's currency.
    """

    name: str
    label: str
    low_input: float | None
    high_input: float | None
    low: float
    high: float

    @property
    def width(self) -> float:
        """How far the value moves."""
        return abs(self.high - self.low)


def one_way(method: Method, params: Any, share: float = SHARE) -> tuple[Swing, ...]:
    """Return the swing of every number in ``params``, the widest first."""
    centre = centred(params)
    found = []
    for one in parameters(type(params)):
        if not one.is_number:
            continue
        given, middle = getattr(params, one.name), getattr(centre, one.name)
        ends = [_moved(one, given, middle, sign, share) for sign in (-1, 1)]
        if ends[0] == ends[1]:
            continue
        low, high = (_value(method, replace(centre, **{one.name: end})) for end in ends)
        if low == high:
            continue
        single = [None if isinstance(end, tuple) else float(end) for end in ends]
        found.append(Swing(one.name, one.label, single[0], single[1], low, high))
    return tuple(sorted(found, key=lambda swing: -swing.width))


def _value(method: Method, params: Any) -> float:
    arrays = method.arrays(params)
    return float(np.asarray(method.values(arrays)))


def _moved(one: Parameter, given: Any, middle: Any, sign: int, share: float) -> Any:
    if isinstance(given, tuple):
        return tuple(
            _moved(one, item, centre, sign, share)
            for item, centre in zip(given, middle, strict=True)
        )
    if is_distribution(given):
        cut = within(given, one.low, one.high)
        return float(cut.quantile(np.asarray(0.5 + 0.45 * sign)))
    moved = middle * (1 + sign * share)
    low = -np.inf if one.low is None else one.low
    high = np.inf if one.high is None else one.high
    return float(min(max(moved, low), high))
