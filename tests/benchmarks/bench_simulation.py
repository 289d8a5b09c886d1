"""A million scenarios of twenty years, against blocked NumPy by hand.

Three cases, for what costs most differs: one uncertain rate (arithmetic and summary),
rate and discount rate (powers), the revenue of every year (draws).
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from rows import Row, ratio
from scipy.special import betaincinv, ndtri

from valuer.core.entries import params_or_refuse
from valuer.core.simulation import BLOCK, simulate
from valuer.methods import METHODS

SCENARIOS = 1_000_000
YEARS = 20
SEED = 20261122

GIVEN: dict[str, Any] = {
    "revenue": [1000] * YEARS,
    "royalty_rate": 0.03,
    "tax_rate": 0.25,
    "discount_rate": 0.15,
    "valuation_date": "2026-09-30",
    "first_period_end": "2026-12-31",
    "expiry_date": "2046-09-30",
    "timing": "mid",
}

CASES: dict[str, dict[str, Any]] = {
    "royalty rate": {"royalty_rate": {"dist": "uniform", "low": 0.01, "high": 0.06}},
    "royalty and discount rate": {
        "royalty_rate": {"dist": "pert", "low": 0.01, "mode": 0.03, "high": 0.06},
        "discount_rate": {"dist": "normal", "mean": 0.15, "sd": 0.01},
    },
    "revenue of each year": {
        "revenue": [{"dist": "lognormal", "mean": 1000, "cv": 0.2}] * YEARS
    },
}

MEMORY = """
import sys
sys.path.insert(0, sys.argv[1])
import bench_simulation as bench
print(bench.memory())
"""


def measure() -> list[Row]:
    """Compare results, then times; measure memory in a process of its own."""
    rows = []
    for case, given in CASES.items():
        ours, theirs = program(given), BY_HAND[case]
        np.testing.assert_allclose(ours(), theirs(), rtol=1e-9)
        what = f"1,000,000 scenarios × 20 years, uncertain {case}"
        against = "the same in blocked NumPy by hand"
        rows.append(Row(what, against, ratio(ours, theirs), 1.3))
    asked = [sys.executable, "-c", MEMORY, str(Path(__file__).parent)]
    told = subprocess.run(asked, capture_output=True, check=True, encoding="utf-8")
    what = "memory of 1,000,000 scenarios × 20 years"
    return [*rows, Row(what, "idle", float(told.stdout), 300, "MB")]


def program(given: dict[str, Any]) -> Callable[[], tuple[float, ...]]:
    """Return a simulation by the program."""
    method = METHODS.find("relief_from_royalty")
    params, _ = params_or_refuse(method.params, GIVEN | given)

    def work() -> tuple[float, ...]:
        found = simulate(method, params, SCENARIOS, SEED)
        return found.mean, found.se, found.p5, found.p50, found.p95

    return work


def memory() -> float:
    """Return how many MB the greatest simulation takes beyond what is there before."""
    work = program(CASES["revenue of each year"])
    before = peak()
    work()
    return peak() - before


def peak() -> float:
    """Return the greatest memory so far in MB, the parent process not counted."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="ascii").splitlines()
        (line,) = (line for line in lines if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


# By hand: the periods as numbers, the draws, the arithmetic, and nothing else.


def laid() -> tuple[Any, Any]:
    """Return each period's share within the life and its middle, by the dates."""
    day = np.datetime64
    ends = np.array([day(f"{2026 + k}-12-31") for k in range(YEARS)])
    starts = np.array([day("2026-09-30"), *ends[:-1]])
    cut = np.minimum(ends, day("2046-09-30"))
    share = (cut - starts).astype(float) / (ends - starts).astype(float)
    middle = ((starts - starts[0]) + (cut - starts[0])).astype(float) / 2 / 365
    return share, middle


def blocks(value: Callable[[int], Any]) -> tuple[float, ...]:
    """Return the summary of a million values, a block at a time."""
    values = np.empty(SCENARIOS)
    for done in range(0, SCENARIOS, BLOCK):
        values[done : done + BLOCK] = value(BLOCK)
    mean, se = values.mean(), values.std(ddof=1) / np.sqrt(SCENARIOS)
    return (mean, se, *np.percentile(values, (5, 50, 95)))


def royalty() -> tuple[float, ...]:
    """One uncertain rate."""
    share, middle = laid()
    factor, rates = 1.15**-middle, stream(1)

    def value(count: int) -> Any:
        rate = 0.01 + 0.05 * uniforms(rates, count)
        saved = 1000 * share * rate[:, np.newaxis] * (1 - 0.25)
        return (saved * factor).sum(axis=-1)

    return blocks(value)


def royalty_and_discount() -> tuple[float, ...]:
    """Two uncertain rates."""
    share, middle = laid()
    rates, discounts = stream(1), stream(3)

    def value(count: int) -> Any:
        rate = 0.01 + 0.05 * betaincinv(1 + 8 / 5, 1 + 12 / 5, uniforms(rates, count))
        discount = 0.15 + 0.01 * ndtri(uniforms(discounts, count))
        saved = 1000 * share * rate[:, np.newaxis] * (1 - 0.25)
        return (saved * (1 + discount[:, np.newaxis]) ** -middle).sum(axis=-1)

    return blocks(value)


def revenue() -> tuple[float, ...]:
    """An uncertain revenue in every year."""
    share, middle = laid()
    factor = 1.15**-middle
    years = [stream(0, year) for year in range(YEARS)]
    sigma = np.sqrt(np.log1p(0.2**2))
    mu = np.log(1000) - sigma**2 / 2

    def value(count: int) -> Any:
        drawn = np.stack([uniforms(year, count) for year in years])
        amounts = np.exp(mu + sigma * ndtri(drawn)).T
        return (amounts * share * 0.03 * (1 - 0.25) * factor).sum(axis=-1)

    return blocks(value)


def stream(place: int, index: int = 0) -> np.random.PCG64DXSM:
    """Return the stream of the parameter at a place, of a period by its index."""
    return np.random.PCG64DXSM(np.random.SeedSequence(SEED, spawn_key=(place, index)))


def uniforms(bits: np.random.PCG64DXSM, count: int) -> Any:
    """Return the next uniforms of a stream."""
    return ((bits.random_raw(count) >> np.uint64(11)).astype(float) + 0.5) / 2**53


BY_HAND = {
    "royalty rate": royalty,
    "royalty and discount rate": royalty_and_discount,
    "revenue of each year": revenue,
}
