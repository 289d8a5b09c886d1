"""Correlation matrices: their wishes collected, mended and rooted.

Wishes for pairs may contradict each other: no draws have them all. Then the nearest
matrix that some draws do have is used, and what changed is told.

Source: Higham, Computing the nearest correlation matrix (2002), alternating
projections with Dykstra's correction.
"""

from __future__ import annotations

import math

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.problems import UserError
from valuer.core.sampling import RankCorrelation, pearson_of_spearman
from valuer.core.texts import N_

_TINY = 1e-10
"""Eigenvalues and pivots nearer to nought than this are nought."""

_ROUNDS = 500


def wishes(
    correlations: tuple[RankCorrelation, ...], known: tuple[str, ...]
) -> tuple[tuple[str, ...], dict[tuple[str, str], float]]:
    """Return the inputs that are named, in the order of ``known``, and the wishes.

    Raises:
        UserError: a coefficient is none, or a pair names what is not uncertain.
    """
    found: dict[tuple[str, str], float] = {}
    for one in correlations:
        if not -1 <= one.spearman <= 1:
            text = N_(
                "The rank correlation of “{a}” and “{b}” must lie between −1 and 1; it"
                " is {given}."
            )
            raise UserError(text, a=one.a, b=one.b, given=f"{one.spearman:.10g}")
        for name in (one.a, one.b):
            if name not in known:
                text = N_(
                    "“{name}” cannot be correlated: no distribution stands there."
                    " Uncertain are {known}."
                )
                raise UserError(text, name=name, known=", ".join(known[:20]))
        if one.a == one.b:
            text = N_("“{name}” cannot be correlated with itself.")
            raise UserError(text, name=one.a)
        pair = _pair(one.a, one.b, known)
        if pair in found:
            text = N_("The correlation of “{a}” and “{b}” is stated twice.")
            raise UserError(text, a=one.a, b=one.b)
        found[pair] = one.spearman
    named = {name for pair in found for name in pair}
    return tuple(name for name in known if name in named), found


def normal_matrix(
    names: tuple[str, ...], wished: dict[tuple[str, str], float]
) -> Floats:
    """Return the correlations of normals that have the Spearman coefficients wished."""
    matrix = np.eye(len(names))
    for (a, b), spearman in wished.items():
        i, j = names.index(a), names.index(b)
        matrix[i, j] = matrix[j, i] = pearson_of_spearman(spearman)
    return matrix


def mended(matrix: Floats) -> Floats:
    """Return the nearest correlation matrix; the matrix itself where it is one."""
    if _is_possible(matrix):
        return matrix
    found, correction = matrix.copy(), np.zeros_like(matrix)
    for _ in range(_ROUNDS):
        asked = found - correction
        possible = _clipped(asked)
        correction = possible - asked
        before, found = found, possible.copy()
        np.fill_diagonal(found, 1.0)
        if np.abs(found - before).max() < 1e-12:
            break
    found = _clipped(found)
    size = np.sqrt(np.diag(found))
    found = np.clip(found / np.outer(size, size), -1.0, 1.0)
    np.fill_diagonal(found, 1.0)
    return np.asarray((found + found.T) / 2)


def triangular_root(matrix: Floats) -> Floats:
    """Return L with L Lᵀ the correlation matrix, its rows of length one.

    Step by step in the same order everywhere, so that every machine finds the same;
    a pivot of nought (inputs that follow from others) leaves its column empty.
    """
    count = len(matrix)
    given = matrix.tolist()
    root = [[0.0] * count for _ in range(count)]
    for j in range(count):
        row = root[j]
        pivot = given[j][j] - math.fsum(one * one for one in row[:j])
        row[j] = math.sqrt(pivot) if pivot > _TINY else 0.0
        for i in range(j + 1, count if row[j] else 0):
            pairs = zip(root[i][:j], row[:j], strict=True)
            rest = given[i][j] - math.fsum(one * other for one, other in pairs)
            root[i][j] = rest / row[j]
    lengths = [math.sqrt(math.fsum(one * one for one in row)) for row in root]
    return np.array(
        [
            [one / length for one in row]
            for row, length in zip(root, lengths, strict=True)
        ]
    )


def _pair(a: str, b: str, known: tuple[str, ...]) -> tuple[str, str]:
    return (a, b) if known.index(a) < known.index(b) else (b, a)


def _is_possible(matrix: Floats) -> bool:
    return bool((np.linalg.eigvalsh(matrix) >= -_TINY).all())


def _clipped(matrix: Floats) -> Floats:
    """Return the nearest matrix without negative eigenvalues."""
    values, vectors = np.linalg.eigh(matrix)
    found = (vectors * np.maximum(values, 0)) @ vectors.T
    return np.asarray((found + found.T) / 2)
