"""Which parameter is to blame where a formula gives no finite figure.

Each number in turn is taken nearer to one; the first that leaves a finite value so is
the one to look at. Where none alone will do, it is the greatest.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from operator import itemgetter
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.problems import UserError
from valuer.core.quantities import place_of
from valuer.core.slots import Slot, mapped, slots

_MOST_TRIED = 40


def to_blame(params: Any, values: Callable[[Any], Floats]) -> str | None:
    """Return the path of the number to look at; None where there is no number.

    ``params`` have no distributions; ``values`` gives their value, finite or not.
    """
    sizes = [
        (abs(value), slot)
        for slot, value in slots(params)
        if value is not None and not slot.parameter.whole
    ]
    for _, slot in sizes[:_MOST_TRIED]:
        tamer = mapped(params, partial(_tamed, slot))
        try:
            value = values(tamer)
        except (UserError, ArithmeticError, ValueError):
            continue  # as far from a value as before
        if np.isfinite(value).all():
            return place_of(slot).path
    greatest = max(sizes, key=itemgetter(0), default=None)
    return place_of(greatest[1]).path if greatest else None


def _tamed(chosen: Slot, slot: Slot, value: Any) -> Any:
    if value is None or (slot.array, slot.index) != (chosen.array, chosen.index):
        return value
    nearer = math.copysign(abs(value) ** 0.25, value)
    return nearer if abs(nearer) > 1 else nearer / 2
