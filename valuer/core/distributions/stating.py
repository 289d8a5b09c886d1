"""How a distribution is stated: its figures, as JSON and for forms and texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, TypeGuard

from valuer.core.distributions.bounded import (
    Beta,
    BetaMoments,
    Pert,
    Triangular,
    Uniform,
)
from valuer.core.distributions.historical import HistoricalGrowth, HistoricalLevel
from valuer.core.distributions.listed import Discrete, Empirical, Resampled
from valuer.core.distributions.normal import Lognormal, Normal, TruncatedNormal
from valuer.core.distributions.protocol import Distribution

DISTRIBUTIONS: dict[str, type[Any]] = {
    kind.name: kind
    for kind in (
        Triangular,
        Pert,
        Uniform,
        Normal,
        Lognormal,
        TruncatedNormal,
        Beta,
        BetaMoments,
        Discrete,
        Empirical,
        Resampled,
        HistoricalLevel,
        HistoricalGrowth,
    )
}
"""The distributions by the name used in JSON."""

LONGEST_LIST = 1000
"""The most values that a list of a distribution may have."""


class Measured(StrEnum):
    """What a figure of a distribution is a number of."""

    VALUE = "value"
    SPREAD = "spread"
    SHARE = "share"
    SHAPE = "shape"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a distribution, by the name it has in JSON.

    Attributes:
        measured: VALUE stands in the input's own unit and range, SPREAD in its unit
            alone, SHARE is a fraction, SHAPE a plain number, DATE a day.
        is_list: whether there are several of it.
    """

    name: str
    measured: Measured
    is_list: bool = False


_KNOWN = {
    one.name: one
    for one in (
        Figure("low", Measured.VALUE),
        Figure("mode", Measured.VALUE),
        Figure("high", Measured.VALUE),
        Figure("mean", Measured.VALUE),
        Figure("sd", Measured.SPREAD),
        Figure("mu", Measured.SPREAD),
        Figure("sigma", Measured.SPREAD),
        Figure("cv", Measured.SHARE),
        Figure("alpha", Measured.SHAPE),
        Figure("beta", Measured.SHAPE),
        Figure("values", Measured.VALUE, is_list=True),
        Figure("probabilities", Measured.SHARE, is_list=True),
        Figure("dates", Measured.DATE, is_list=True),
        Figure("on", Measured.DATE),
    )
}


def figures(name: str) -> tuple[Figure, ...]:
    """Return the figures that a distribution is stated by, in order."""
    return tuple(_KNOWN[field.name] for field in fields(DISTRIBUTIONS[name]))


def known_figures() -> tuple[Figure, ...]:
    """Return every figure that some distribution is stated by."""
    return tuple(_KNOWN.values())


def is_distribution(value: object) -> TypeGuard[Distribution]:
    """Whether a value is a distribution rather than a number."""
    return isinstance(value, tuple(DISTRIBUTIONS.values()))


def stated(name: str, given: Mapping[str, Any]) -> Distribution:
    """Return a distribution from its figures as JSON; ``fault`` is not asked.

    Raises:
        ValueError: a date is none.
        TypeError: a figure is missing, unknown or not of its kind.
    """
    found: Distribution = DISTRIBUTIONS[name](
        **{key: _read(_KNOWN.get(key), value) for key, value in given.items()}
    )
    return found


def plain_distribution(of: Distribution) -> dict[str, Any]:
    """Return a distribution as the JSON that states it."""
    numbers = {one.name: _plain(getattr(of, one.name)) for one in figures(of.name)}
    return {"dist": of.name, **numbers}


def _read(one: Figure | None, given: Any) -> Any:
    if one is None:
        return given
    if one.is_list:
        return tuple(_item(one, item) for item in given)
    return _item(one, given)


def _item(one: Figure, given: Any) -> Any:
    if one.measured is Measured.DATE:
        return given if isinstance(given, date) else date.fromisoformat(given)
    return given


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
