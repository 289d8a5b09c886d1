"""Sequences of uniform numbers, one for each uncertain input.

Pseudo-random: raw PCG64DXSM integers k become (k + ½)/2⁵³; each input has its own
stream, spawned from the seed by its slot.
Sobol: points that fill the space of all inputs evenly, Joe and Kuo's direction
numbers as scipy has them, scrambled by our own seed so that every platform draws the
same. Several independently scrambled replicates run in turn: their means tell the
standard error, which the points of one sequence cannot.

Sources: Joe and Kuo (2008); Matoušek (1998), random linear scrambling and digital
shift; Antonov and Saleev (1979), order of the Gray code.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from valuer.core.distributions import Floats

REPLICATES = 16
"""Independently scrambled Sobol sequences in one simulation."""

_DROPPED = np.uint64(11)  # bits below the 53 that a float holds
_STEP = 2.0**-53

_WIDTH = 52  # bits of a Sobol point; with the half that is added a float holds them
_DEPTH = 30  # bits of scipy's own points, for up to 2³⁰ of them
_SOBOL = 0x50B01  # apart from the streams of slots

_Words = NDArray[np.uint64]


class Stream(Protocol):
    """Uniform numbers between 0 and 1, both excluded, block after block."""

    def next(self, count: int) -> Floats:
        """Return the next ``count`` numbers, shape (count,)."""


class PseudoRandom:
    """The stream of one slot."""

    def __init__(self, seed: int, key: tuple[int, ...]) -> None:
        self._bits = np.random.PCG64DXSM(np.random.SeedSequence(seed, spawn_key=key))

    def next(self, count: int) -> Floats:
        """Return the next ``count`` numbers, shape (count,)."""
        raw = np.asarray(self._bits.random_raw(count), dtype=np.uint64)
        u = (raw >> _DROPPED).astype(np.float64)
        u += 0.5
        u *= _STEP
        return u


class Sobol:
    """One dimension of the Sobol points, its replicates in turn."""

    def __init__(self, directions: _Words, seed: int, dimension: int) -> None:
        self._done = 0
        scrambled = [
            _scrambled(directions, seed, (_SOBOL, replicate, dimension))
            for replicate in range(REPLICATES)
        ]
        self._directions = [one for one, _ in scrambled]
        self._shifts = [shift for _, shift in scrambled]

    def next(self, count: int) -> Floats:
        """Return the next ``count`` numbers, shape (count,)."""
        points = np.empty(count, dtype=np.uint64)
        for replicate in range(REPLICATES):
            first = (replicate - self._done) % REPLICATES
            if first >= count:
                continue
            start = (self._done + first) // REPLICATES
            places = points[first::REPLICATES]
            found = _points(self._directions[replicate], start, len(places))
            places[:] = found ^ self._shifts[replicate]
        self._done += count
        u = points.astype(np.float64)
        u += 0.5
        u *= 2.0**-_WIDTH
        return u


def sobol_streams(inputs: int, n: int, seed: int) -> list[Sobol]:
    """Return the streams of so many inputs, long enough for ``n`` scenarios."""
    points = -(-n // REPLICATES)
    directions = _directions(inputs, points.bit_length())
    return [Sobol(one, seed, place) for place, one in enumerate(directions)]


def _directions(inputs: int, bits: int) -> list[_Words]:
    """Return the direction numbers of each dimension, scaled to ``_WIDTH`` bits.

    They follow from the points 1, 2, 4 and so on of scipy's unscrambled sequence: in
    the order of the Gray code point 2ᵏ is v(k) ⊕ v(k − 1).
    """
    from scipy.stats import qmc

    engine = qmc.Sobol(inputs, scramble=False, bits=_DEPTH)
    found, before, at = [], np.zeros(inputs, dtype=np.uint64), 0
    for bit in range(bits):
        engine.fast_forward(2**bit - at)
        point = (engine.random(1)[0] * 2.0**_WIDTH).astype(np.uint64)
        at = 2**bit + 1
        before = point ^ before
        found.append(before)
    return [np.ascontiguousarray(one) for one in np.array(found).T]


def _scrambled(
    directions: _Words, seed: int, key: tuple[int, ...]
) -> tuple[_Words, np.uint64]:
    """Return direction numbers scrambled by a random triangular matrix, and a shift."""
    sequence = np.random.SeedSequence(seed, spawn_key=key)
    raw = np.random.PCG64DXSM(sequence).random_raw(len(directions) + 1)
    random = [int(one) >> (64 - _WIDTH) for one in np.asarray(raw)]
    columns = [
        (word & ((1 << (_WIDTH - 1 - bit)) - 1)) | 1 << (_WIDTH - 1 - bit)
        for bit, word in enumerate(random[1:])
    ]
    found = []
    for direction in map(int, directions):
        scrambled = 0
        for bit, column in enumerate(columns):
            if direction >> (_WIDTH - 1 - bit) & 1:
                scrambled ^= column
        found.append(scrambled)
    return np.array(found, dtype=np.uint64), np.uint64(random[0])


def _points(directions: _Words, start: int, count: int) -> _Words:
    """Return so many points from one on, each the one before with a bit turned."""
    first, gray = 0, start ^ start >> 1
    for bit, direction in enumerate(map(int, directions)):
        if gray >> bit & 1:
            first ^= direction
    numbers = np.arange(start + 1, start + count, dtype=np.int64)
    lowest = np.frexp((numbers & -numbers).astype(np.float64))[1] - 1
    steps = np.empty(count, dtype=np.uint64)
    steps[0] = first
    steps[1:] = directions[lowest]
    return np.bitwise_xor.accumulate(steps)
