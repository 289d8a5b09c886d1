"""Options used early, against QuantLib: an American put, and least squares.

The put by the program's lattice at its own steps, whose error must not be above that of
QuantLib's binomial lattice of 1,000 steps; the exact value is that of Andersen, Lake and
Offengenden. Least squares at the same paths, dates and powers; its time is brought to
the same standard error, since the time goes with the inverse of its square.
"""

from __future__ import annotations

from typing import Any

import QuantLib as ql  # noqa: N813 - as its own documentation calls it
from rows import Row, ratio

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.methods import METHODS

PUTS: tuple[dict[str, Any], ...] = (
    {"underlying_value": 36, "exercise_price": 40, "life": 1, "volatility": 0.2},
    {"underlying_value": 40, "exercise_price": 40, "life": 1, "volatility": 0.4},
    {"underlying_value": 44, "exercise_price": 40, "life": 2, "volatility": 0.2},
    {"underlying_value": 50, "exercise_price": 50, "life": 0.4, "volatility": 0.4},
    {"underlying_value": 100, "exercise_price": 110, "life": 3, "volatility": 0.3},
)
RATE = 0.06
PATHS = 100_000
DATES = 50
DEGREE = 3
STEPS = 1000


def measure() -> list[Row]:
    """The error and the time of American puts; the time of least squares."""
    worst = max(
        abs(ours(put) - exact(put)) / abs(theirs(put) - exact(put)) for put in PUTS
    )
    times = ratio(lambda: list(map(ours, PUTS)), lambda: list(map(theirs, PUTS)))
    against = "QuantLib, Cox-Ross-Rubinstein, 1,000 steps, the same option"
    return [
        Row("error of an American put, worst of five", against, worst, 1),
        Row("American put", against, times, 1),
        least_squares(),
    ]


def ours(put: dict[str, Any]) -> float:
    """Return the value of a put by the program, as it is asked for."""
    return valued("american_option", put).value


def valued(key: str, put: dict[str, Any], **more: Any) -> Result:
    """Return the program's result."""
    method = METHODS.find(key)
    given = put | {"side": "put", "risk_free_rate": RATE} | more
    return method.run(params_or_refuse(method.params, given)[0])


def theirs(put: dict[str, Any]) -> float:
    """Return the value of a put by QuantLib's lattice."""
    right, process = american(put)
    right.setPricingEngine(ql.BinomialVanillaEngine(process, "crr", STEPS))
    return float(right.NPV())


def exact(put: dict[str, Any]) -> float:
    """Return the value of a put to about ten digits."""
    right, process = american(put)
    scheme = ql.QdFpAmericanEngine.highPrecisionScheme()
    right.setPricingEngine(ql.QdFpAmericanEngine(process, scheme))
    return float(right.NPV())


def american(put: dict[str, Any]) -> tuple[Any, Any]:
    """Return the put and its process as QuantLib has them."""
    today, count = ql.Date(1, 1, 2025), ql.Actual365Fixed()
    ql.Settings.instance().evaluationDate = today
    level = ql.QuoteHandle(ql.SimpleQuote(put["underlying_value"]))
    rate = ql.YieldTermStructureHandle(ql.FlatForward(today, RATE, count))
    sigma = ql.BlackConstantVol(today, ql.NullCalendar(), put["volatility"], count)
    process = ql.BlackScholesProcess(level, rate, ql.BlackVolTermStructureHandle(sigma))
    last = today + round(put["life"] * 365)
    payoff = ql.PlainVanillaPayoff(ql.Option.Put, put["exercise_price"])
    return ql.VanillaOption(payoff, ql.AmericanExercise(today, last)), process


def least_squares() -> Row:
    """Compare the times of least squares at one standard error."""
    put = PUTS[0]
    right, process = american(put)
    found: dict[str, float] = {}

    def mine() -> None:
        asked = {"paths": PATHS, "dates": DATES, "degree": DEGREE}
        found["mine"] = valued("simulated_option", put, **asked).outputs[
            "standard_error"
        ]

    def other() -> None:
        right.setPricingEngine(engine(process))
        right.NPV()
        found["other"] = right.errorEstimate()

    times = ratio(mine, other, 3)
    measured = times * (found["mine"] / found["other"]) ** 2
    what = "least squares, 100,000 paths × 50 dates, cubic"
    against = "QuantLib's MCAmericanEngine at equal standard error"
    return Row(what, against, measured, 0.5)


def engine(process: Any) -> Any:
    """Return QuantLib's engine: as many paths, half of them mirror images."""
    return ql.MCAmericanEngine(
        process,
        "pseudorandom",
        timeSteps=DATES,
        antitheticVariate=True,
        requiredSamples=PATHS // 2,
        seed=42,
        polynomOrder=DEGREE,
        polynomType=ql.LsmBasisSystem.Monomial,
        nCalibrationSamples=4096,
    )
