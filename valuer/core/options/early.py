"""The value of waiting where a right may be used at any time, with its steps.

The values with n and with n/2 equal dates of use are extrapolated: their distance to
that of any time halves with twice the dates.

Source: Geske and Johnson, The American put option valued analytically, 1984, section 2.
"""

from __future__ import annotations

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.options.lattice import Right, each_right, held, usual_dates
from valuer.core.options.terms import Terms
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit


def waiting(
    working: Silent,
    terms: Terms,
    sign: int,
    letter: str,
    what: str,
    *,
    dates: int = 0,
    erodes: bool = False,
) -> tuple[Floats, str]:
    """Return the value of waiting and its formula, in steps called after ``letter``.

    ``what`` is the marked name of that value; ``dates`` are as many as the life asks
    for where they are nought.
    """
    add, name = working.add, message(what)

    def count(right: Right) -> float:
        return float(dates or usual_dates(right.life))

    def whole(right: Right) -> float:
        return held(right, dates or usual_dates(right.life))

    def half(right: Right) -> float:
        return held(right, (dates or usual_dates(right.life)) // 2)

    counts = each_right(count, sign, terms)
    text = N_("{what}: equal dates of use")
    add(message(text, what=name), f"{letter}ₙ", "", np.asarray(counts), Unit.NUMBER)
    once = each_right(whole, sign, terms, erodes=erodes)
    text = N_("{what}: by steps back over these dates")
    add(message(text, what=name), f"{letter}₁", "", once, Unit.MONEY)
    fewer = each_right(half, sign, terms, erodes=erodes)
    text = N_("{what}: by steps back over half of them")
    add(message(text, what=name), f"{letter}₂", "", fewer, Unit.MONEY)
    return 2 * once - fewer, f"2 × {letter}₁ − {letter}₂"
