"""A stock of patents at once: values, simulations, internal rates of return.

Values stand against a loop over numpy_financial.npv, which takes flows that are ready
and has neither dates nor royalties to reckon. Simulations stand against their bound:
the same draws and the same exponentials in blocks of the same size, and nothing else.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy_financial as npf
import pyxirr
from bench_simulation import peak, uniforms
from rows import Row, ratio, seconds
from scipy.special import ndtri

from valuer.core.irrs import all_irrs, one_irr
from valuer.core.stock import value_many
from valuer.core.stock.blocks import BLOCK
from valuer.methods import METHODS

PATENTS = int(os.environ.get("STOCK_PATENTS", "100000"))
SIMULATED = int(os.environ.get("STOCK_SIMULATED", "10000"))
SCENARIOS = 10_000
YEARS = 20
FLOWS = 21
SEED = 20261122

MEMORY = """
import sys
sys.path.insert(0, sys.argv[1])
import bench_stock as bench
print(bench.memory())
"""

Work = Callable[[], Any]


def measure() -> list[Row]:
    """Compare results, then times; measure memory in a process of its own."""
    times = 5 if PATENTS >= 100_000 else 3
    return [
        *values(times),
        *simulations(),
        *internal_rates(times),
        *spreadsheet(),
    ]


def values(times: int) -> list[Row]:
    """Dated royalties, and the net present value of flows of the same size."""
    royalties, by_npv, by_loop = dated(), plain(), loop()
    np.testing.assert_allclose(by_npv(), by_loop(), rtol=1e-9)
    against = "a loop over numpy_financial.npv"
    what = f"{PATENTS:,} patents × {YEARS} years"
    return [
        Row(f"{what}, dated relief from royalty", against,
            ratio(royalties, by_loop, times), 1 / 15),
        Row(f"{what}, net present value", against,
            ratio(by_npv, by_loop, times), 1 / 40),
    ]  # fmt: skip


def figures() -> tuple[Any, Any]:
    """Return flows and rates of the patents."""
    rng = np.random.default_rng(SEED)
    flows = rng.uniform(100, 5000, (PATENTS, YEARS))
    return flows, rng.uniform(0.08, 0.25, PATENTS)


def dated() -> Work:
    """Royalties, each patent with its own expiry day, revenue and rates."""
    flows, rates = figures()
    rng = np.random.default_rng(SEED)
    expiry = np.datetime64("2026-10-01") + rng.integers(0, 7300, PATENTS)
    columns = {
        "revenue": flows,
        "royalty_rate": rng.uniform(0.01, 0.06, PATENTS),
        "tax_rate": 0.25,
        "discount_rate": rates,
        "valuation_date": "2026-09-30",
        "first_period_end": "2026-12-31",
        "expiry_date": expiry,
        "timing": "mid",
    }
    method = METHODS.find("relief_from_royalty")
    return lambda: value_many(method, columns).value


def plain() -> Work:
    """Flows a year apart, the first one now."""
    flows, rates = figures()
    columns = {"rate": rates, "cashflows": flows, "first_flow": "now"}
    method = METHODS.find("npv")
    return lambda: value_many(method, columns).value


def loop() -> Work:
    """What a script would do."""
    flows, rates = figures()
    return lambda: [npf.npv(rate, row) for rate, row in zip(rates, flows, strict=True)]


def simulations() -> list[Row]:
    """Royalty rate and discount rate uncertain, lives of 1 to 20 years."""
    method, columns = METHODS.find("relief_from_royalty"), uncertain()

    def ours() -> Any:
        return value_many(method, columns, scenarios=SCENARIOS, seeds=range(SIMULATED))

    what = f"{SIMULATED:,} patents × {SCENARIOS:,} scenarios, lives to {YEARS} years"
    asked = [sys.executable, "-c", MEMORY, str(Path(__file__).parent)]
    told = subprocess.run(asked, capture_output=True, check=True, encoding="utf-8")
    against = "the same draws and the same exp in blocks, nothing else"
    times = 3
    return [
        Row(what, against, ratio(ours, bound(columns), times), 1.3),
        Row(f"memory of {what}", "idle", float(told.stdout), 300, "MB"),
    ]


def uncertain() -> dict[str, Any]:
    """Columns of patents whose royalty rate and discount rate are uncertain."""
    rng = np.random.default_rng(SEED)
    lives = rng.integers(1, YEARS + 1, SIMULATED)
    revenue = rng.uniform(100, 5000, (SIMULATED, YEARS))
    revenue[np.arange(YEARS) >= lives[:, np.newaxis]] = np.nan
    days = rng.integers(0, 365, SIMULATED)
    expiry = np.datetime64("2026-12-31") + (lives - 1) * 365 - days * (lives > 1)
    return {
        "revenue": revenue,
        "royalty_rate": {
            "dist": "uniform",
            "low": 0.01,
            "high": rng.uniform(0.03, 0.06, SIMULATED),
        },
        "tax_rate": 0.25,
        "discount_rate": {
            "dist": "normal",
            "mean": rng.uniform(0.1, 0.2, SIMULATED),
            "sd": 0.01,
        },
        "valuation_date": "2026-09-30",
        "first_period_end": "2026-12-31",
        "expiry_date": expiry,
        "timing": "mid",
    }


def bound(columns: dict[str, Any]) -> Work:
    """Return the draws of every patent and its discount factors, and no more."""
    lives = np.isfinite(columns["revenue"]).sum(axis=1).tolist()
    royalty, discount = columns["royalty_rate"], columns["discount_rate"]
    middles = 0.25 + np.arange(YEARS) - 0.5 * (np.arange(YEARS) > 0)

    def work() -> None:
        for seed, life in enumerate(lives):
            rates, discounts = stream(seed, 0, 1), stream(seed, 0, 3)
            time, step = middles[:life], max(2, BLOCK // life)
            width = royalty["high"][seed] - royalty["low"]
            for start in range(0, SCENARIOS, step):
                count = min(step, SCENARIOS - start)
                royalty["low"] + width * uniforms(rates, count)
                drawn = ndtri(uniforms(discounts, count))
                rate = discount["mean"][seed] + discount["sd"] * drawn
                factors = np.multiply(-np.log1p(rate)[:, np.newaxis], time, order="F")
                np.exp(factors, out=factors)

    return work


def stream(seed: int, *key: int) -> Any:
    """Return the stream of an uncertain input of a patent."""
    return np.random.PCG64DXSM(np.random.SeedSequence(seed, spawn_key=key))


def memory() -> float:
    """Return how many MB the simulation takes beyond what is there before."""
    global SIMULATED
    SIMULATED = min(SIMULATED, 300)  # the rest comes after, a part at a time
    columns = uncertain()
    before = peak()
    method = METHODS.find("relief_from_royalty")
    value_many(method, columns, scenarios=SCENARIOS, seeds=SEED)
    return peak() - before


def internal_rates(times: int) -> list[Row]:
    """One internal rate of each investment; all real ones of flows of any sign."""
    rng = np.random.default_rng(SEED)
    investments = rng.uniform(10, 300, (PATENTS, FLOWS))
    investments[:, 0] = -rng.uniform(500, 3000, PATENTS)
    mixed = rng.normal(size=(PATENTS, FLOWS))

    def theirs(flows: Any) -> list[Any]:
        return [pyxirr.irr(row) for row in flows]

    def roots(flows: Any) -> None:
        for row in flows:
            found = np.roots(row[::-1])
            1 / found[(found.imag == 0) & (found.real > 0)].real - 1

    ones = np.array(theirs(investments[:500]), dtype=float)
    np.testing.assert_allclose(one_irr(investments[:500]), ones, atol=1e-8)
    what = f"of {PATENTS:,} series of {FLOWS} flows"
    return [
        Row(f"one IRR each {what}", "a loop over pyxirr.irr",
            ratio(lambda: one_irr(investments), lambda: theirs(investments), times),
            1 / 5),
        Row(f"all real IRRs {what}", "a loop over numpy.roots",
            ratio(lambda: all_irrs(mixed), lambda: roots(mixed), 3), 1 / 2),
    ]  # fmt: skip


def spreadsheet() -> list[Row]:
    """10,000 trials recalculated by LibreOffice Calc, where it is installed."""
    office = shutil.which("soffice")
    if office is None:
        return []
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "trials.csv"
        cells = "=(1000*RAND()*0.05)*(1-(1+0.1+0.1*RAND())^-20)/(0.1+0.1*RAND())"
        source.write_text("\n".join(f'"{cells}"' for _ in range(SCENARIOS)), "utf-8")
        asked = [office, "--headless", f"-env:UserInstallation=file://{folder}/user"]
        asked += ["--convert-to", "ods", "--outdir", folder, str(source)]
        took = seconds(lambda: subprocess.run(asked, capture_output=True, check=True))
    what = f"a spreadsheet of {SCENARIOS:,} trials, started, recalculated, written"
    return [Row(what, "LibreOffice Calc, told only", took, None, "s")]
