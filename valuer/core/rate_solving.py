"""The rate at which something is worth nothing, for many scenarios at once.

Halving in the logarithm of 1 + rate never leaves its bracket and needs no slope, so
the same search serves one value and a million. Where several rates serve, none is
chosen silently: ``rates_of`` tells how many there are.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from valuer.core.distributions import Floats

LEAST, MOST = -0.9, 100.0
"""Rates between which is searched."""

Worth = Callable[[Floats], Floats]
"""What rates, shape () or (…, 1), give; in the same shape."""

_HALVINGS = 64
_PLACES = 2001


def solved(worth: Worth, least: Floats | float, most: Floats | float) -> Floats:
    """Return the rate in [least, most] at which ``worth`` is nought.

    Shape of the bracket and of ``worth`` together; NaN where ``worth`` has the same
    sign at both ends.
    """
    low, high = np.log1p(least), np.log1p(most)
    at_low = np.asarray(worth(np.expm1(low)))
    at_high = np.asarray(worth(np.expm1(high)))
    low, high = low + 0 * at_low, high + 0 * at_low
    is_between = (at_low >= 0) != (at_high >= 0)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        is_left = (np.asarray(worth(np.expm1(middle))) >= 0) == (at_low >= 0)
        low, high = np.where(is_left, middle, low), np.where(is_left, high, middle)
    return np.where(is_between, np.expm1((low + high) / 2), np.nan)


def rates_of(worth: Worth, least: float, most: float) -> tuple[float, ...]:
    """Return every rate in [least, most] at which a single ``worth`` changes sign."""
    grid = np.linspace(np.log1p(least), np.log1p(most), _PLACES)
    with np.errstate(all="ignore"):
        signs = worth(np.expm1(grid)[:, np.newaxis])[:, 0] >= 0
        return tuple(
            float(solved(worth, np.expm1(grid[k]), np.expm1(grid[k + 1])))
            for k in range(_PLACES - 1)
            if signs[k] != signs[k + 1]
        )
