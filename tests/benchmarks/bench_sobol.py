"""Standard error of Sobol points against plain Monte Carlo, at the same count.

Relief from royalty over fifteen years, seventeen uncertain inputs, smooth in all. Both
errors are what the program tells; that of Sobol is the root mean square over several
seeds, and beside it stands how far the means of those seeds scatter, which no estimate
enters.
"""

from __future__ import annotations

import statistics
from typing import Any

from rows import Row

from valuer.core.entries import params_or_refuse
from valuer.core.sampling import Sampling, Sequence
from valuer.core.simulation import simulate
from valuer.methods import METHODS

SCENARIOS = 4096
SEEDS = range(20)

GIVEN: dict[str, Any] = {
    "revenue": [
        {"dist": "lognormal", "mean": 1000 + 30 * year, "cv": 0.2} for year in range(15)
    ],
    "royalty_rate": {"dist": "pert", "low": 0.02, "mode": 0.03, "high": 0.05},
    "discount_rate": {"dist": "normal", "mean": 0.15, "sd": 0.01},
    "tax_rate": 0.25,
    "valuation_date": "2026-09-30",
    "first_period_end": "2026-12-31",
    "expiry_date": "2046-09-30",
    "timing": "mid",
}


def measure() -> list[Row]:
    """Compare the errors told, and the scatter of the means."""
    told = [_both(seed) for seed in SEEDS]
    chance = _root_mean_square([plain.se for plain, _ in told])
    sobol = _root_mean_square([even.se for _, even in told])
    scatter = statistics.stdev([even.mean for _, even in told])
    what = "Sobol, 4,096 scenarios, 17 inputs: standard error told"
    against = "plain Monte Carlo at the same count"
    return [
        Row(what, against, sobol / chance, 0.1),
        Row(
            "the same: scatter of its means over 20 seeds",
            against,
            scatter / chance,
            0.1,
        ),
    ]


def _both(seed: int) -> tuple[Any, Any]:
    method = METHODS.find("relief_from_royalty")
    params, _ = params_or_refuse(method.params, GIVEN)
    even = Sampling(Sequence.SOBOL)
    return (
        simulate(method, params, SCENARIOS, seed),
        simulate(method, params, SCENARIOS, seed, sampling=even),
    )


def _root_mean_square(numbers: list[float]) -> float:
    return statistics.fmean(one * one for one in numbers) ** 0.5
