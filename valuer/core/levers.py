"""One input that is moved on purpose: a single number, or a whole series by a factor.

A lever is named as JSON names its input. ``royalty_rate`` or ``revenue[2]`` or
``items[0].amount`` is one number, and takes a value; ``revenue`` or ``items.amount``
with several places takes a factor that multiplies all of them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.distributions import is_distribution, within
from valuer.core.method import Method, centred
from valuer.core.params import Kind
from valuer.core.problems import UserError
from valuer.core.quantities import outside, place_of, shortened
from valuer.core.slots import Slot, mapped, slots
from valuer.core.texts import N_, Message

_TAIL = 0.05
_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Lever:
    """One input that is moved. See the module's text.

    Attributes:
        name: as JSON calls it; ``label``: as people do.
        given: what stands there: numbers by slot, distributions at their centres.
        is_factor: whether it takes a factor.
        low, high: the least and greatest position; None where open.
        above: whether ``low`` itself is excluded.
    """

    name: str
    label: Message
    kind: Kind
    given: tuple[tuple[Slot, float], ...]
    is_factor: bool
    low: float | None
    high: float | None
    above: bool

    @property
    def centre(self) -> float:
        """Where it stands now."""
        return 1.0 if self.is_factor else self.given[0][1]

    def admits(self, position: float) -> bool:
        """Whether every place may have what the position gives it."""
        return math.isfinite(position) and all(
            slot.parameter.admits(number) for slot, number in self._put(position)
        )

    def moved(self, centre: Any, position: float) -> Any:
        """Return centred parameters with the lever at a position."""
        put = {(slot.array, slot.index): number for slot, number in self._put(position)}

        def change(slot: Slot, value: Any) -> Any:
            return put.get((slot.array, slot.index), value)

        return mapped(centre, change)

    def value(self, method: Method, params: Any, position: float) -> float:
        """Return the value at a position.

        Raises:
            UserError: the method refuses it there.
        """
        return method.run(self.moved(centred(params), position)).value

    def reckoned(self, method: Method, params: Any, position: float) -> float:
        """Return the value at a position, unchecked; NaN where there is none."""
        moved = self.moved(centred(params), position)
        try:
            return float(np.asarray(method.values(method.arrays(moved))))
        except (UserError, ArithmeticError, ValueError, LookupError):
            # Out of reach of the formula, as a rate below −1 or a period before all.
            return math.nan

    def _put(self, position: float) -> list[tuple[Slot, float]]:
        if not self.is_factor:
            return [(self.given[0][0], position)]
        return [(slot, number * position) for slot, number in self.given]


def lever(params: Any, name: str) -> Lever:
    """Return the input of that name.

    Raises:
        UserError: there is none.
    """
    known = slots(params)
    found = [one for one in known if place_of(one[0]).path == name]
    found = found or [one for one in known if one[0].path == name]
    if not found:
        text = N_("“{name}” is no number among the inputs; those are {known}.")
        names = dict.fromkeys(slot.path for slot, _ in known)
        raise UserError(text, name=shortened(name), known=", ".join(names))
    slot = found[0][0]
    given = tuple(
        (one, float(value.centre if is_distribution(value) else value))
        for one, value in found
    )
    if len(given) == 1:
        label, one = place_of(slot).label, slot.parameter
        return Lever(
            name,
            label,
            one.measure.kind,
            given,
            is_factor=False,
            low=one.low,
            high=one.high,
            above=one.above,
        )
    return _factor(name, slot, given)


def grid(params: Any, one: Lever, steps: Sequence[float] | None) -> tuple[float, ...]:
    """Return the positions asked for, rising; else five around where it stands.

    An uncertain input goes from its 5 % to its 95 % quantile, a fixed one or a factor
    by tenths to a fifth either way.

    Raises:
        UserError: a position is out of range.
    """
    if steps is None:
        return _around(params, one)
    for step in steps:
        if not one.admits(step):
            if not one.is_factor and math.isfinite(step):
                place = place_of(one.given[0][0])
                raise UserError("{wording}", wording=outside(place, step).wording)
            text = N_("{label} cannot be {step}: that is out of its range.")
            raise UserError(text, label=one.label, step=f"{step:.10g}")
    return tuple(sorted(set(map(float, steps))))


def _around(params: Any, one: Lever) -> tuple[float, ...]:
    centre = one.centre
    stated = [v for s, v in slots(params) if s == one.given[0][0]]
    if not one.is_factor and is_distribution(stated[0]):
        cut = within(stated[0], one.low, one.high)
        shares = np.array([_TAIL, 0.25, 0.75, 1 - _TAIL])
        found = [*cut.quantile(shares).tolist(), centre]
    else:
        shares = np.linspace(-_SHARE, _SHARE, 5)
        found = [centre * (1 + share) if share else centre for share in shares.tolist()]
    return tuple(sorted({step for step in found if one.admits(step)}))


def _factor(name: str, slot: Slot, given: tuple[tuple[Slot, float], ...]) -> Lever:
    """Return a lever that multiplies several places, within what all of them admit."""
    low, high = -math.inf, math.inf
    for one, number in given:
        if not number:
            continue
        parameter = one.parameter
        least = -math.inf if parameter.low is None else parameter.low
        most = math.inf if parameter.high is None else parameter.high
        ends = sorted((least / number, most / number))
        low, high = max(low, ends[0]), min(high, ends[1])
    return Lever(
        name,
        slot.label,
        slot.parameter.measure.kind,
        given,
        is_factor=True,
        low=None if math.isinf(low) else low,
        high=None if math.isinf(high) else high,
        above=slot.parameter.above,
    )
