"""How a simulation draws: by which sequence, and which inputs move together.

Without a word on either, inputs are drawn independently by the pseudo-random
generator. A wish for correlation is Spearman's coefficient of two inputs, each named
by its place in JSON: ``royalty_rate``, ``revenue[2]``, ``items[0].amount``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from valuer.core.texts import N_


class Sequence(StrEnum):
    """Where the uniform numbers come from."""

    PSEUDO_RANDOM = "pseudo_random"
    SOBOL = "sobol"


class Coupling(StrEnum):
    """How inputs are made to move together."""

    IMAN_CONOVER = "iman_conover"
    GAUSSIAN_COPULA = "gaussian_copula"


SEQUENCE_NAMES = {
    Sequence.PSEUDO_RANDOM: N_("Pseudo-random"),
    Sequence.SOBOL: N_("Sobol"),
}

COUPLING_NAMES = {
    Coupling.IMAN_CONOVER: N_("Iman–Conover"),
    Coupling.GAUSSIAN_COPULA: N_("Gaussian copula"),
}


@dataclass(frozen=True, slots=True)
class RankCorrelation:
    """A wish: the inputs at the places ``a`` and ``b`` have this Spearman coefficient.

    Attributes:
        spearman: from −1 to 1.
    """

    a: str
    b: str
    spearman: float


@dataclass(frozen=True, slots=True)
class Sampling:
    """How a simulation draws. See the module's text."""

    sequence: Sequence = Sequence.PSEUDO_RANDOM
    correlations: tuple[RankCorrelation, ...] = ()
    coupling: Coupling = Coupling.IMAN_CONOVER


@dataclass(frozen=True, slots=True)
class Correlated:
    """What became of two correlated inputs.

    Attributes:
        asked: the wish, None where none was stated for these two.
        used: the coefficient aimed at; it differs from the wish (or from nought) where
            no draws can meet all wishes together.
        achieved: the coefficient of the draws, by their places in their distributions.
    """

    a: str
    b: str
    asked: float | None
    used: float
    achieved: float

    @property
    def is_changed(self) -> bool:
        """Whether the wishes contradicted each other here."""
        return abs(self.used - (self.asked or 0.0)) > 1e-6


def pearson_of_spearman(spearman: float) -> float:
    """Return the correlation of two normals whose Spearman coefficient is given.

    Source: Pearson (1907), ρ = 2 sin(π ρₛ/6).
    """
    return 2 * math.sin(math.pi * spearman / 6)


def spearman_of_pearson(pearson: float) -> float:
    """Return Spearman's coefficient of two normals with a correlation."""
    return 6 / math.pi * math.asin(pearson / 2)


def kendall_of_pearson(pearson: float) -> float:
    """Return Kendall's coefficient of two normals with a correlation."""
    return 2 / math.pi * math.asin(pearson)


FUNCTIONS: dict[str, Callable[[float], float]] = {
    function.__name__: function
    for function in (pearson_of_spearman, spearman_of_pearson, kendall_of_pearson)
}
"""The functions by the name used in JSON."""
