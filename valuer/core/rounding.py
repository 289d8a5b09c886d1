"""Rounding half up (四舍五入) on decimals, as people and published tables round.

Python and NumPy round halves to even, and a binary 0.285 lies below its decimal; here
a number is the shortest decimal that names it, and its half goes up, away from nought.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

import numpy as np

from valuer.core.distributions import Floats

_DIGITS = 400
"""Digits that hold any float, so that rounding never fails."""


def half_up(values: Floats, digits: int) -> Floats:
    """Return numbers rounded half up to decimal places; same shape."""
    array = np.asarray(values, dtype=np.float64)
    rounded = [_rounded(float(one), digits) for one in array.ravel()]
    return np.array(rounded).reshape(array.shape)


def _rounded(number: float, digits: int) -> float:
    if not np.isfinite(number):
        return number
    with localcontext(prec=_DIGITS):
        unit = Decimal(1).scaleb(-digits)
        return float(Decimal(repr(number)).quantize(unit, ROUND_HALF_UP))
