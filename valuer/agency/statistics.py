"""Statistics of few and of unfinished cases: intervals, times, competing outcomes.

A rate from n cases is known within its Wilson interval. Cases still pending are
censored, not failures: times are read off Kaplan and Meier's curve, and the chance of a
grant off Aalen and Johansen's, where a loss competes with the grant. One pass over
(group, time) cells makes both curves for every group at once; with one kind of outcome
the second curve is one minus the first.

Source: E. B. Wilson, JASA 22 (1927) 209; Kaplan and Meier, JASA 53 (1958) 457; Aalen
and Johansen, Scand. J. Statist. 5 (1978) 141; Brookmeyer and Crowley, Biometrics 38
(1982) 29; Marubini and Valsecchi, Analysing Survival Data (1995), eq. 10.10 (variance).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from valuer.core.distributions import Floats

Ints = NDArray[np.int64]

Z = 1.959963984540054
"""Standard normal quantile of 97.5 %: two-sided 95 % intervals."""

_DENSE = 16  # cells a case up to which counting beats sorting
_TIE = 1e-9  # products of fractions reach one half only within rounding


def wilson(hits: Floats, n: Floats, z: float = Z) -> tuple[Floats, Floats]:
    """Return the Wilson interval of rates ``hits / n``; NaN where n is nought.

    Source: E. B. Wilson, JASA 22 (1927) 209.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.asarray(hits, dtype=float) / n
        middle = (rate + z * z / (2 * n)) / (1 + z * z / n)
        inner = rate * (1 - rate) / n + z * z / (4 * n * n)
        half = z * np.sqrt(np.maximum(inner, 0)) / (1 + z * z / n)
        none, every = rate <= 0, rate >= 1
    return np.where(none, 0.0, middle - half), np.where(every, 1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Curves:
    """Curves of several groups, one cell for each time at which a case of one left.

    Attributes:
        groups: how many groups; ``group``, ``time``: of each cell, in this order.
        at_risk: cases of the group still open just before the time.
        left: how many ended then or were last seen; ``events``: how many ended.
        survival: share still open after the time (Kaplan and Meier).
        before: share still open just before it.
        hits: how many ended by the outcome asked for.
        incidence: chance of having ended by it (Aalen and Johansen).
        size, longest: of each group: cases, longest time of any of them.
    """

    groups: int
    group: Ints
    time: Ints
    at_risk: Floats
    left: Floats
    events: Floats
    survival: Floats
    before: Floats
    hits: Floats
    incidence: Floats
    size: Ints
    longest: Ints


def curves(
    times: Ints, outcomes: Ints, group: Ints | None = None, groups: int = 1
) -> Curves:
    """Return the curves of cases with whole times and outcomes 0 open, 1 hit, 2 other.

    Cases that ended at a time still count there as open for those that left at it.

    Args:
        times: from start to the end or to the last day seen, any unit, not below 0.
        outcomes: 0 still open (censored), 1 the outcome asked for, 2 another.
        group: of each case, from 0; None: all in one.
        groups: how many groups there are.
    """
    if group is None:
        group = np.zeros(len(times), dtype=np.int64)
    width = int(times.max(initial=0)) + 1
    cell, ended, hits, left = _cells(group * width + times, outcomes, groups * width)
    owner = cell // width
    size = np.bincount(owner, left, groups)
    begin = np.concatenate(([0.0], np.cumsum(size)))[owner]
    at_risk = size[owner] - (np.cumsum(left) - left - begin)
    longest = np.full(groups, -1)
    longest[owner] = cell % width  # cells stand in order: the last one stays
    time = cell % width
    survival, before = _products(owner, at_risk, ended, groups)
    incidence = _running(owner, before * hits / at_risk, groups)
    return Curves(
        groups, owner, time, at_risk, left, ended, survival, before, hits, incidence,
        size.astype(np.int64), longest,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Estimate:
    """Values of several groups with their 95 % intervals; NaN where none is known."""

    value: Floats
    low: Floats
    high: Floats


def quantiles(curve: Curves, share: float = 0.5) -> Estimate:
    """Return the time by which ``share`` of each group has ended; NaN: not reached.

    Source: Brookmeyer and Crowley (1982), on the log-minus-log scale.
    """
    low, high = _survival_interval(curve)
    left = 1 - share + _TIE
    return Estimate(
        _first_below(curve, curve.survival, left),
        _first_below(curve, low, left),
        _first_below(curve, high, left),
    )


def survival_at(curve: Curves, time: int) -> Estimate:
    """Return the share of each group still open after a time; NaN: not followed up.

    At nought and at one Greenwood's variance tells nothing: there the interval is
    Wilson's of the cases whose fate by then is known.
    """
    low, high = _survival_interval(curve)
    value, low, high = (
        _at(curve, one, time, 1.0) for one in (curve.survival, low, high)
    )
    certain = (value <= 0) | (value >= 1 - _TIE)
    fate = _known_fates(curve, time)
    sure = wilson(np.round(value) * fate, np.maximum(fate, 1))
    known = _followed(curve, time)
    return Estimate(
        np.where(known, value, np.nan),
        np.where(known, np.where(certain, sure[0], low), np.nan),
        np.where(known, np.where(certain, sure[1], high), np.nan),
    )


def incidence_at(curve: Curves, time: int) -> Estimate:
    """Return the chance that the outcome asked for came by a time, for each group.

    NaN where no case of the group was followed so far. At nought and at one the
    interval is Wilson's of the cases whose fate by then is known.

    Source: Marubini and Valsecchi (1995), eq. 10.10, on the log-minus-log scale.
    """
    value = _at(curve, curve.incidence, time, 0.0)
    value = np.where(value <= _TIE, 0.0, value)  # what other groups' sums left over
    low, high = _log_log(value, np.sqrt(_variance(curve, value, time)))
    certain = (value <= 0) | (value >= 1 - _TIE)
    fate = _known_fates(curve, time)
    sure_low, sure_high = wilson(value * fate, np.maximum(fate, 1))
    known = _followed(curve, time)
    return Estimate(
        np.where(known, value, np.nan),
        np.where(known, np.where(certain, sure_low, low), np.nan),
        np.where(known, np.where(certain, sure_high, high), np.nan),
    )


def _known_fates(curve: Curves, time: int) -> Floats:
    """Return of each group how many cases had ended or were still seen at a time."""
    unseen = np.where(curve.time < time, curve.left - curve.events, 0.0)
    left = np.bincount(curve.group, unseen, curve.groups)
    return np.asarray(curve.size - left, dtype=float)


def _cells(
    keys: Ints, outcomes: Ints, count: int
) -> tuple[Ints, Floats, Floats, Floats]:
    """Return the cells that hold cases, and of each how many ended, hit and left."""
    if count <= _DENSE * len(keys):
        whole = np.bincount(keys, minlength=count)
        cell = np.flatnonzero(whole).astype(np.int64)
        ended = np.bincount(keys[outcomes > 0], minlength=count)[cell]
        hits = np.bincount(keys[outcomes == 1], minlength=count)[cell]
        left = whole[cell]
    else:
        cell, place = np.unique(keys, return_inverse=True)
        ended = np.bincount(place[outcomes > 0], minlength=len(cell))
        hits = np.bincount(place[outcomes == 1], minlength=len(cell))
        left = np.bincount(place, minlength=len(cell))
    return cell, ended.astype(float), hits.astype(float), left.astype(float)


def _products(
    group: Ints, at_risk: Floats, ended: Floats, groups: int
) -> tuple[Floats, Floats]:
    """Return the share still open after and before each cell, group by group.

    Only the last cell of a group can leave nobody; its factor stays out of the sum
    of logarithms, which would not come back from it.
    """
    emptied = ended >= at_risk
    parts = np.log1p(-np.where(emptied, 0.0, ended / at_risk))
    logs = _running(group, parts, groups)
    return np.where(emptied, 0.0, np.exp(logs)), np.exp(logs - parts)


def _running(group: Ints, parts: Floats, groups: int) -> Floats:
    """Return the running sums of parts, starting anew with each group."""
    sums = np.cumsum(parts)
    totals = np.bincount(group, parts, groups)
    return sums - np.concatenate(([0.0], np.cumsum(totals)))[group]


def _survival_interval(curve: Curves) -> tuple[Floats, Floats]:
    """Return the 95 % interval of the survival at each cell, by Greenwood's variance.

    Where nobody is left the upper bound is not known: NaN.
    """
    ended, at_risk = curve.events, curve.at_risk
    emptied = curve.survival <= 0
    parts = np.where(emptied, 0.0, ended / at_risk / np.maximum(at_risk - ended, 1))
    spread = np.maximum(_running(curve.group, parts, curve.groups), 0.0)
    error = curve.survival * np.sqrt(spread)
    low, high = _log_log(curve.survival, error)
    none_yet = curve.survival >= 1 - _TIE
    low = np.where(emptied, 0.0, np.where(none_yet, 1.0, low))
    return low, np.where(emptied, np.nan, np.where(none_yet, 1.0, high))


def _log_log(value: Floats, error: Floats) -> tuple[Floats, Floats]:
    """Return the interval of a share on the log-minus-log scale."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        logs = np.log(value)
        width = Z * error / np.abs(value * logs)
        return value ** np.exp(width), value ** np.exp(-width)


def _variance(curve: Curves, value: Floats, time: int) -> Floats:
    """Return the variance of the incidence at a time, for each group."""
    inside = curve.time <= time
    group, n = curve.group[inside], curve.at_risk[inside]
    ended, hits, before = curve.events[inside], curve.hits[inside], curve.before[inside]
    to_come = value[group] - curve.incidence[inside]
    parts = to_come**2 * ended / (n * np.maximum(n - ended, 1))
    parts += before**2 * hits * (n - hits) / n**3
    parts -= 2 * to_come * before * hits / n**2
    return np.maximum(np.bincount(group, parts, curve.groups), 0.0)


def _first_below(curve: Curves, values: Floats, bound: float) -> Floats:
    """Return the first time of each group at which values are not above a bound."""
    below = np.flatnonzero(values <= bound)[::-1]
    first = np.full(curve.groups, np.nan)
    first[curve.group[below]] = curve.time[below]
    return first


def _at(curve: Curves, values: Floats, time: int, before: float) -> Floats:
    """Return the value of each group at a time; ``before`` any of its cells."""
    inside = np.flatnonzero(curve.time <= time)
    found = np.full(curve.groups, before)
    found[curve.group[inside]] = values[inside]
    return found


def _followed(curve: Curves, time: int) -> NDArray[np.bool_]:
    """Return which groups have a case followed to a time, or none left by then."""
    return (curve.longest >= time) | (_at(curve, curve.survival, time, 1.0) <= 0)
