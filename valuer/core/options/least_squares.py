"""Options used early, by simulation and least squares (最小二乘蒙特卡洛).

On every date, from the last to the first, the value of waiting is regressed on powers
of the underlying over the paths on which using the option pays; where using it brings
more than that, it is used.

Draws are raw integers k of PCG64DXSM as (k + ½)/2⁵³ through the inverse of the normal
distribution, every path with its mirror image; paths are made backwards, by Brownian
bridges, so that only one date is held at a time.

Source: Longstaff and Schwartz, Valuing American options by simulation, 2001, section 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from valuer.core.distributions import Floats
from valuer.core.options.lattice import Right

_DROPPED = np.uint64(11)  # bits below the 53 that a float holds
_STEP = 2.0**-53

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Simulated:
    """What simulation finds of an option that is not used today.

    Attributes:
        mean: over the pairs of a path and its mirror image.
        deviation: standard deviation of the means of pairs; ``pairs``: their number.
        used: share of the paths on which the option is used before the end.
    """

    mean: float
    deviation: float
    pairs: int
    used: float


@dataclass(frozen=True, slots=True)
class Regressed:
    """What the paths given tell.

    Attributes:
        times: when each path uses the option, in years; the end where it does not.
        gains: what it brings then.
        coefficients: of 1, X, X² … on each date but the last; empty where on no path
            using it would pay.
    """

    times: Floats
    gains: Floats
    coefficients: tuple[tuple[float, ...], ...]


def simulated(
    right: Right, dates: int, pairs: int, degree: int, seed: int
) -> Simulated:
    """Return the value of a right usable at ``dates`` equal dates, the end the last."""
    step = right.life / dates
    discount = math.exp(-right.rate * step)
    drift = right.rate - right.leak - right.sigma**2 / 2
    bits = np.random.PCG64DXSM(np.random.SeedSequence(seed))
    wave = _normals(bits, pairs)
    wave *= math.sqrt(right.life)
    cash = np.maximum(_gain(right, _paths(right, wave, drift * right.life)), 0)
    early = np.zeros(2 * pairs, dtype=bool)
    for number in range(dates - 1, 0, -1):
        wave *= number / (number + 1)
        wave += math.sqrt(step * number / (number + 1)) * _normals(bits, pairs)
        cash *= discount
        values = _paths(right, wave, drift * step * number)
        places, gains, _ = _used(right, values, cash, degree)
        cash[places] = gains
        early[places] = True
    cash *= discount
    means = (cash[:pairs] + cash[pairs:]) / 2
    deviation = float(means.std(ddof=1))
    return Simulated(float(means.mean()), deviation, pairs, float(early.mean()))


def work(paths: float, dates: float, degree: float) -> float:
    """Return the figures that the regressions on all dates compute."""
    return dates * (15_000 + paths * (2 * degree + 6))


def regressed(right: Right, times: Floats, paths: Floats, degree: int) -> Regressed:
    """Return when the paths given, shape (paths, dates), use the right.

    ``times`` are the years of the dates; the life and the volatility go unused.
    """
    used = np.full(len(paths), float(times[-1]))
    gains = np.maximum(_gain(right, paths[:, -1]), 0)
    found: list[tuple[float, ...]] = []
    for place in range(len(times) - 2, -1, -1):
        cash = gains * np.exp(-right.rate * (used - times[place]))
        chosen, brought, fit = _used(right, paths[:, place], cash, degree)
        used[chosen], gains[chosen] = times[place], brought
        found.insert(0, fit)
    return Regressed(used, gains, tuple(found))


def _normals(bits: np.random.PCG64DXSM, count: int) -> Floats:
    from scipy.special import ndtri

    raw = np.asarray(bits.random_raw(count), dtype=np.uint64)
    u = (raw >> _DROPPED).astype(np.float64)
    u += 0.5
    u *= _STEP
    return np.asarray(ndtri(u))


def _paths(right: Right, wave: Floats, drift: float) -> Floats:
    """Return the values of the underlying, each path and then its mirror image."""
    level = right.underlying * math.exp(drift)
    rise = np.exp(right.sigma * wave)
    return np.concatenate([level * rise, level / rise])


def _gain(right: Right, values: Floats) -> Floats:
    return right.sign * (values - right.price)


def _used(
    right: Right, values: Floats, cash: Floats, degree: int
) -> tuple[Places, Floats, tuple[float, ...]]:
    """Return the paths that use the right on a date, what it brings, and the fit."""
    gains = _gain(right, values)
    places = np.flatnonzero(gains > 0)
    gains = gains[places]
    if not len(places):
        return places, gains, ()
    waiting, fit = _waiting(values[places], cash[places], degree)
    chosen = gains > waiting
    return places[chosen], gains[chosen], fit


def _waiting(
    values: Floats, cash: Floats, degree: int
) -> tuple[Floats, tuple[float, ...]]:
    """Return the regression of cash on powers of the values, and its coefficients.

    The values are centred and scaled first, for the powers to stay apart.
    """
    centre, scale = float(values.mean()), float(values.std()) or 1.0
    if not math.isfinite(centre + scale):  # nothing can be told of what overflows
        return np.full(values.shape, np.nan), ()
    powers = np.empty((degree + 1, len(values)))
    powers[0] = 1
    powers[1] = (values - centre) / scale
    for power in range(2, degree + 1):
        np.multiply(powers[power - 1], powers[1], out=powers[power])
    solved = np.linalg.lstsq(powers @ powers.T, powers @ cash, rcond=1e-13)
    fit: Floats = np.asarray(solved[0], dtype=np.float64)
    return fit @ powers, _plain(fit, centre, scale)


def _plain(fit: Floats, centre: float, scale: float) -> tuple[float, ...]:
    """Return the coefficients of a polynomial in (x − centre)/scale as one in x."""
    found = np.zeros(1)
    for one in fit[::-1]:
        found = np.convolve(found, (-centre / scale, 1 / scale))
        found[0] += one
    return tuple(found[: len(fit)].tolist())
