"""Internal rates of return of many series at once, rows of an array.

With x = 1/(1 + r) the worth of flows is a polynomial; rates above −1 are its positive
roots. ``one_irr`` finds one by Newton's steps. ``all_irrs`` isolates each root by
Descartes' rule of signs on Bernstein coefficients, halving an interval until at most
one change of sign is left (Vincent, Collins and Akritas; de Casteljau's subdivision is
stable), on (0, 1) for rates above nought and on the flows in reverse for those below.
"""

from __future__ import annotations

from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from valuer.core.distributions import Floats

GUESS = 0.1
"""From where one rate is looked for, as a spreadsheet does."""

_BLOCK = 4096
_HALVINGS = 34  # then the roots left together are taken for one
_NOUGHT = 1e-15  # of the greatest flow: what is lost beside it
_CLOSE = 1e-9  # of the flows' absolute worth: as good as nothing
_APART = 1e-5  # of 1 + r: rates nearer than this are one

_Rows = NDArray[np.intp]


def one_irr(flows: Floats, guess: float = GUESS) -> Floats:
    """Return an internal rate above −1 of each row, NaN where there is none; (rows,).

    Of several rates it may be any; ``all_irrs`` gives all.
    """
    found = np.full(len(flows), np.nan)
    for start in range(0, len(flows), _BLOCK):
        part = np.asfortranarray(flows[start : start + _BLOCK])
        found[start : start + _BLOCK] = _newton(part, guess)
    left = np.flatnonzero(np.isnan(found))
    if len(left):
        found[left] = nearest(all_irrs(flows[left]), guess)
    return found


def all_irrs(flows: Floats) -> Floats:
    """Return every internal rate above −1 of each row, sorted, then NaN.

    Shape (rows, most rates of a row), at least one column.
    """
    found = []
    for start in range(0, len(flows), _BLOCK):
        rows, rates = _isolated(_cleaned(flows[start : start + _BLOCK]))
        found.append((rows + start, rates))
    rows = np.concatenate([one for one, _ in found] or [np.zeros(0, np.intp)])
    rates = np.concatenate([one for _, one in found] or [np.zeros(0)])
    return _table(rows, rates, len(flows))


def nearest(rates: Floats, guess: float | Floats) -> Floats:
    """Return of each row the rate nearest to a guess, the lower of two; (rows,)."""
    away = np.abs(rates - np.reshape(guess, (-1, 1)))
    away[np.isnan(away)] = np.inf
    return np.asarray(rates[np.arange(len(rates)), np.argmin(away, axis=1)])


def _newton(flows: Floats, guess: float) -> Floats:
    """Return a root of each row by Newton's steps, NaN where they do not settle."""
    x = np.full(len(flows), 1 / (1 + guess))
    settled = np.zeros(len(flows), dtype=np.bool_)
    with np.errstate(all="ignore"):
        for _ in range(20):
            worth, slope = _horner(flows, x)
            step = worth / slope
            moved = x - np.where(np.isfinite(step), step, 0.0)
            # Never out of reach of the root: at most to a fourth or to fourfold.
            moved = np.clip(moved, x / 4, x * 4)
            settled = np.isfinite(step) & (np.abs(moved - x) <= 1e-13 * x)
            x = np.where(settled, x, moved)
            if settled.all():
                break
        is_root = settled & _is_close(flows, x)
        return np.where(is_root, 1 / x - 1, np.nan)


def _horner(flows: Floats, x: Floats) -> tuple[Floats, Floats]:
    """Return polynomials in ``x`` and their slopes; flows (rows, n), x (rows,)."""
    worth, slope = flows[:, -1].copy(), np.zeros(len(x))
    for place in range(flows.shape[1] - 2, -1, -1):
        slope *= x
        slope += worth
        worth *= x
        worth += flows[:, place]
    return worth, slope


def _is_close(flows: Floats, x: Floats) -> NDArray[np.bool_]:
    worth, _ = _horner(flows, x)
    most, _ = _horner(np.abs(flows), x)
    return np.asarray((np.abs(worth) <= _CLOSE * most) & np.isfinite(most) & (x > 0))


def _cleaned(flows: Floats) -> Floats:
    """Return flows with those lost beside the greatest of their row at nought."""
    sizes = np.abs(flows)
    return np.where(sizes > _NOUGHT * sizes.max(axis=1, keepdims=True), flows, 0.0)


def _isolated(flows: Floats) -> tuple[_Rows, Floats]:
    """Return the rates of all rows: the row of each, and the rate."""
    rows, x = _roots(flows)
    backward, y = _roots(flows[:, ::-1])
    with np.errstate(all="ignore"):
        return np.concatenate([rows, backward]), np.concatenate([1 / x - 1, y - 1])


def _roots(flows: Floats) -> tuple[_Rows, Floats]:
    """Return the roots in (0, 1] of each row's polynomial, and their rows."""
    bernstein = flows @ _basis(flows.shape[1] - 1).T
    rows = np.flatnonzero(_changes(bernstein) > 0)
    level = (rows, bernstein[rows], np.zeros(len(rows)))
    is_one = np.abs(flows.sum(axis=1)) <= _CLOSE * np.abs(flows).sum(axis=1)
    is_one &= (flows != 0).any(axis=1)
    found = [(np.flatnonzero(is_one), np.ones(int(is_one.sum())))]
    width = 1.0
    for _ in range(_HALVINGS):
        changes = _changes(level[1])
        alone = changes == 1
        found.append(_bracketed(flows, _chosen(level, alone), width))
        level, borders = _halved(_chosen(level, changes > 1), width)
        found.append(_polished(flows, *borders))
        width /= 2
        if not len(level[0]):
            break
    found.append(_polished(flows, level[0], level[2] + width / 2))
    return np.concatenate([a for a, _ in found]), np.concatenate([b for _, b in found])


_Level = tuple[_Rows, Floats, Floats]
"""Intervals: rows, Bernstein coefficients there, lower ends."""


def _chosen(level: _Level, which: NDArray[np.bool_]) -> _Level:
    return level[0][which], level[1][which], level[2][which]


def _basis(degree: int) -> Floats:
    """Return the matrix from powers to Bernstein coefficients on (0, 1)."""
    places = range(degree + 1)
    return np.array([[comb(j, i) / comb(degree, i) for i in places] for j in places])


def _changes(coefficients: Floats) -> NDArray[np.int64]:
    """Return the changes of sign along each row, noughts left out."""
    signs = np.sign(coefficients)
    last, count = signs[:, 0].copy(), np.zeros(len(signs), dtype=np.int64)
    for place in range(1, signs.shape[1]):
        sign = signs[:, place]
        count += sign * last < 0
        last = np.where(sign != 0, sign, last)
    return count


def _halved(level: _Level, width: float) -> tuple[_Level, tuple[_Rows, Floats]]:
    """Return both halves of intervals, by de Casteljau, and roots on their borders.

    Halves without a change of sign fall out. A root on the border is in neither half.
    """
    rows, whole, low = level
    lower, upper = np.empty_like(whole), np.array(whole, order="F")
    count = whole.shape[1]
    for step in range(count):
        lower[:, step] = upper[:, 0]
        rest = upper[:, : count - step - 1]
        rest += upper[:, 1 : count - step]
        rest /= 2
    both = (
        np.concatenate([rows, rows]),
        np.concatenate([lower, upper]),
        np.concatenate([low, low + width / 2]),
    )
    most = np.abs(whole).max(axis=1, initial=0)
    on_border = np.abs(upper[:, 0]) <= _CLOSE * most
    borders = rows[on_border], (low + width / 2)[on_border]
    return _chosen(both, _changes(both[1]) > 0), borders


def _bracketed(flows: Floats, level: _Level, width: float) -> tuple[_Rows, Floats]:
    """Return the one root within each interval: Newton's steps, else halves."""
    rows, coefficients, low = level
    own, high = np.asfortranarray(flows[rows]), low + width
    rising = _first_sign(coefficients[:, ::-1])
    x = (low + high) / 2
    x, low, high, is_done = _closed_in(own, rising, low, high, x, times=60)
    left = np.flatnonzero(~is_done)
    if len(left):  # great powers lead there slowly: x falls by a part of itself
        few = own[left], rising[left], low[left], high[left], x[left]
        x[left] = _closed_in(*few, times=400)[0]
    return rows, x


def _closed_in(
    own: Floats, rising: Floats, low: Floats, high: Floats, x: Floats, *, times: int
) -> tuple[Floats, Floats, Floats, NDArray[np.bool_]]:
    """Return roots, the intervals they lie in, and whether they stand still."""
    is_done = np.zeros(len(x), dtype=np.bool_)
    with np.errstate(all="ignore"):
        for _ in range(times):
            worth, slope = _horner(own, x)
            is_above = worth * rising > 0
            high, low = np.where(is_above, x, high), np.where(is_above, low, x)
            moved = x - worth / slope
            is_within = (moved > low) & (moved < high)
            moved = np.where(is_within, moved, (low + high) / 2)
            is_done = (np.abs(moved - x) <= 4e-16 * x) | (worth == 0)
            x = np.where(worth == 0, x, moved)
            if is_done.all():
                break
    return x, low, high, is_done


def _first_sign(coefficients: Floats) -> Floats:
    signs = np.sign(coefficients)
    places = np.argmax(signs != 0, axis=1)
    return np.asarray(signs[np.arange(len(signs)), places])


def _polished(flows: Floats, rows: _Rows, x: Floats) -> tuple[_Rows, Floats]:
    """Return what becomes a root where intervals could not be parted any more."""
    own = flows[rows]
    with np.errstate(all="ignore"):
        for _ in range(50):
            worth, slope = _horner(own, x)
            moved = x - worth / slope
            x = np.where(np.isfinite(moved) & (moved > 0), moved, x)
        is_root = _is_close(own, x) & (x <= 1)
    return rows[is_root], x[is_root]


def _table(rows: _Rows, rates: Floats, count: int) -> Floats:
    """Return rates by row, sorted, those that are one told once."""
    is_rate = np.isfinite(rates) & (rates > -1)
    rows, rates = rows[is_rate], rates[is_rate]
    order = np.lexsort((rates, rows))
    rows, rates = rows[order], rates[order]
    is_same = (rows[1:] == rows[:-1]) & (np.diff(rates) <= _APART * (1 + rates[1:]))
    is_new = np.concatenate([np.ones(min(1, len(rows)), np.bool_), ~is_same])
    rows, rates = rows[is_new], rates[is_new]
    first = np.searchsorted(rows, np.arange(count))
    places = np.arange(len(rows)) - first[rows]
    table: Any = np.full((count, int(places.max(initial=0)) + 1), np.nan)
    table[rows, places] = rates
    return np.asarray(table)
