"""An option on an option: the value at which the first is used, and what both bring.

Source: Geske, The valuation of compound options, 1979, eq. 4; Haug, compound options.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.options.black_scholes import value
from valuer.core.options.terms import Terms

_FARTHEST = 40.0
"""Standard deviations from the forward value within which the trigger is sought."""

_HALVINGS = 100


@dataclass(frozen=True, slots=True)
class Stages:
    """The numbers of two stages.

    Attributes:
        second: the terms of the second option, its life counted from today.
        first_price: paid, or received, for the second option when the first is used.
        first_life: years until then.
    """

    second: Terms
    first_price: Floats
    first_life: Floats


def trigger(stages: Stages, sign: int) -> Floats:
    """Return the value at which the second option is worth the first price.

    By halving the logarithm. ``sign`` is one where the second option is a call, minus
    one for a put. Where none is found the edge of the range stands, far away.
    """
    second = stages.second
    left = second.life - stages.first_life
    centre = np.log(second.price) - (second.rate - second.leak) * left
    width = _FARTHEST * second.sigma * np.sqrt(second.life) + 40
    low, high = centre - width, centre + width
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        worth = value(
            sign,
            np.exp(middle),
            second.price,
            left,
            second.rate,
            second.leak,
            second.sigma,
        )
        is_beyond = (worth - stages.first_price) * sign > 0
        low, high = np.where(is_beyond, low, middle), np.where(is_beyond, middle, high)
    return np.asarray(np.exp((low + high) / 2))
