"""Distributions of an uncertain input.

Each knows its centre (mode of triangular and PERT, mean of the others), its mean and
variance, and the inverse of its distribution function, so that the same uniform
draws serve all of them on every platform.
"""

from __future__ import annotations

from valuer.core.distributions.bounded import (
    Beta,
    BetaMoments,
    Pert,
    Triangular,
    Uniform,
)
from valuer.core.distributions.cutting import Cut, within
from valuer.core.distributions.historical import HistoricalGrowth, HistoricalLevel
from valuer.core.distributions.listed import Discrete, Empirical, Resampled
from valuer.core.distributions.normal import Lognormal, Normal, TruncatedNormal
from valuer.core.distributions.protocol import Distribution, Floats
from valuer.core.distributions.stating import (
    DISTRIBUTIONS,
    LONGEST_LIST,
    Figure,
    Measured,
    figures,
    is_distribution,
    known_figures,
    plain_distribution,
    stated,
)

__all__ = [
    "DISTRIBUTIONS",
    "LONGEST_LIST",
    "Beta",
    "BetaMoments",
    "Cut",
    "Discrete",
    "Distribution",
    "Empirical",
    "Figure",
    "Floats",
    "HistoricalGrowth",
    "HistoricalLevel",
    "Lognormal",
    "Measured",
    "Normal",
    "Pert",
    "Resampled",
    "Triangular",
    "TruncatedNormal",
    "Uniform",
    "figures",
    "is_distribution",
    "known_figures",
    "plain_distribution",
    "stated",
    "within",
]
