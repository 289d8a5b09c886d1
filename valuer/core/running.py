"""Running sums and products: what came before each place of a series.

A flow of a later phase or year happens only if everything before it went well, and
stands as far off as everything before it lasted. In formulas Σₜ₋₁ and Πₜ₋₁ take all
earlier places, and are 0 and 1 at the first.
"""

from __future__ import annotations

import numpy as np

from valuer.core.distributions import Floats


def sum_before(series: Floats) -> Floats:
    """Return the sum of all earlier places, Σₜ₋₁; same shape, last axis."""
    return _moved_on(np.cumsum(series, axis=-1), 0.0)


def product_before(series: Floats) -> Floats:
    """Return the product of all earlier places, Πₜ₋₁; same shape, last axis."""
    return _moved_on(np.cumprod(series, axis=-1, dtype=np.float64), 1.0)


def _moved_on(running: Floats, first: float) -> Floats:
    moved = np.empty_like(running)
    moved[..., :1] = first
    moved[..., 1:] = running[..., :-1]
    return moved
