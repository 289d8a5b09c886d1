"""The distribution of two normal variables together, Φ₂(x; y; ρ).

By Owen's T function, to about 1e-15 absolutely.

Source: Owen, Tables for computing bivariate normal probabilities, 1956, eq. 2.1.
"""

from __future__ import annotations

import numpy as np

from valuer.core.distributions import Floats


def both_below(x: Floats, y: Floats, correlation: Floats) -> Floats:
    """Return the probability that both lie below; arrays broadcast, |ρ| < 1."""
    from scipy.special import ndtr, owens_t

    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    rest = np.sqrt((1 - correlation) * (1 + correlation))
    with np.errstate(divide="ignore", invalid="ignore"):
        slope_x = (y / x - correlation) / rest
        slope_y = (x / y - correlation) / rest
    apart = (x * y < 0) | ((x * y == 0) & (x + y < 0))
    found = (ndtr(x) + ndtr(y)) / 2 - owens_t(x, slope_x) - owens_t(y, slope_y)
    found = found - np.where(apart, 0.5, 0)
    centre = 0.25 + np.arcsin(correlation) / (2 * np.pi)
    return np.where((x == 0) & (y == 0), centre, np.clip(found, 0, 1))
