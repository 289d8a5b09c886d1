"""What every distribution offers."""

from __future__ import annotations

from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Distribution(Protocol):
    """What every distribution offers."""

    name: ClassVar[str]

    @property
    def centre(self) -> float:
        """The value used where a single number is wanted."""

    @property
    def mean(self) -> float:
        """The expected value."""

    @property
    def variance(self) -> float:
        """The variance, exactly."""

    def cumulative(self, x: float) -> float:
        """Return the probability of at most ``x``."""

    def quantile(self, u: Floats) -> Floats:
        """Return the values below which the shares ``u`` of draws lie; same shape."""

    def fault(self) -> str:
        """Return the name of the first parameter that makes no sense, or ""."""
