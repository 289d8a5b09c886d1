"""How the results of the runs become the conclusion (评估结论).

One result is selected and the differences analysed; or the results are weighted, with
a reason for each weight. One method alone needs a ground that the standard allows. A
range is stated only where the contract asks for one, and percentiles of a simulation
are none. What stops the conclusion is an error; what a report will not be made without
is a warning until it is asked for.

Source: 《资产评估法》 art. 26; 《资产评估执业准则——资产评估方法》（中评协〔2019〕35号）.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from valuer.core.capitals import capitals
from valuer.core.case import Case, Conclusion, OneMethodGround
from valuer.core.method import TOPIC_NAMES, decimal_of, plain_amount
from valuer.core.problems import Issue, Severity
from valuer.core.run_results import RunResult
from valuer.core.simulation import Simulation
from valuer.core.texts import N_, message

FIRST_RULES, RULES = 1, 2
"""Numbers of the rules of the first release and of today's.

A report is judged by the rules under which it was made, whatever came later.
"""

_DIGITS = 400
"""Digits that hold any float and any unit, so that rounding never fails."""

_CENT = Decimal("0.01")

_FAR_FROM_MEAN = 0.05
"""Share of the mean beyond which a value off it is told; no standard sets one."""

_NEAR = Decimal("0.01")
"""Share of their distance within which the ends of a range are percentiles rounded."""


@dataclass(frozen=True, slots=True)
class Concluded:
    """The conclusion in figures: rounded to its unit, in digits and capitals."""

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    currency: str
    capitals: str


@dataclass(frozen=True, slots=True)
class Differences:
    """How far the results of several runs lie apart.

    Attributes:
        low, high: the least and the greatest result.
        spread: (high − low) / low, a fraction; None where low is not above nought.
    """

    low: Decimal
    high: Decimal
    spread: Decimal | None


def differences(runs: Sequence[RunResult]) -> Differences | None:
    """Return how far the results lie apart; None with fewer than two of them."""
    found = [one.result.amount for one in runs if one.result is not None]
    if len(found) < 2:
        return None
    low, high = min(found), max(found)
    with localcontext(prec=_DIGITS):
        apart = high - low
    # Rounded after an exact subtraction: near results lose no digits.
    return Differences(low, high, apart / low if low > 0 else None)


def methods_applied(runs: Sequence[RunResult]) -> tuple[str, ...]:
    """Return the keys of the methods that gave a result, each once."""
    found = (one.method.key for one in runs if one.result is not None)
    return tuple(dict.fromkeys(found))


def conclude(
    case: Case, conclusion: Conclusion, runs: Sequence[RunResult], rules: int = RULES
) -> tuple[Concluded | None, list[Issue]]:
    """Return the conclusion, or None, and what is wrong with it or is to be mended."""
    if wrong := list(_wrong_unit(conclusion.unit, rules)):
        return None, wrong
    exact, issues = _exact(conclusion, runs)
    if exact is None:
        return None, issues
    value = rounded(exact, conclusion.unit)
    if rules >= RULES and not value and rounded(exact, _CENT):
        text = N_(
            "Rounded to {unit}, nothing is left of the value; choose a smaller unit."
        )
        shown = plain_amount(conclusion.unit)
        return None, [_error(text, "conclusion.unit", unit=shown)]
    wrong = list(_wrong_range(case, conclusion, value, runs, rules))
    if wrong:
        return None, [*issues, *wrong]
    words = capitals(value, case.currency)
    concluded = Concluded(value, conclusion.low, conclusion.high, case.currency, words)
    if rules >= RULES:
        issues += [*lacking(case, conclusion, runs), *_advice(conclusion, runs)]
        if not words:
            text = N_(
                "The value cannot be written in Chinese capitals in {currency}; the"
                " report states it in digits."
            )
            note = message(text, currency=case.currency)
            issues.append(Issue(Severity.NOTE, note, "conclusion.unit"))
    return concluded, issues


def lacking(
    case: Case, conclusion: Conclusion, runs: Sequence[RunResult]
) -> Iterator[Issue]:
    """Yield, as warnings, what no report is made without."""
    applied = methods_applied(runs)
    if len(applied) == 1 and conclusion.ground_kind is None:
        text = N_(
            "One method alone is applied. State on which ground: the law provides for"
            " it, the subject meets the conditions of one only, or a restriction that"
            " the trade in general cannot remove. That the house itself lacks means or"
            " data is no ground."
        )
        yield _warning(text, "conclusion.ground_kind")
    if len(applied) == 1 and not conclusion.ground.strip():
        text = N_(
            "One method alone is applied. State in words why its ground holds here"
            " (Asset Appraisal Law art. 26)."
        )
        yield _warning(text, "conclusion.ground")
    if len(applied) > 1 and not conclusion.analysis.strip():
        text = N_(
            "{count} methods are applied. Analyse what makes their results differ, and"
            " state why this one is adopted."
        )
        yield _warning(text, "conclusion.analysis", count=len(applied))
    if case.range_agreed and conclusion.low is None and conclusion.high is None:
        text = N_("The contract asks for a range; state its lower and its upper end.")
        yield _warning(text, "conclusion.low")


def as_percentiles(
    low: Decimal, high: Decimal, unit: Decimal, simulation: Simulation
) -> tuple[float, float] | None:
    """Return between which percentiles a range lies, as P5 to P95, in full or rounded.

    None where it is no such range. However rounded, ends that lie hardly off the
    percentiles say no more than these. Only pairs that leave out as much on either
    side are looked for: with others, ends could agree by chance.
    """
    found = dict(simulation.percentiles)
    for percent, at in found.items():
        opposite = found.get(100 - percent)
        if percent >= 50 or opposite is None:
            continue
        ends = (low, decimal_of(at)), (high, decimal_of(opposite))
        near = (ends[1][1] - ends[0][1]) * _NEAR
        if all(abs(end - at) <= near for end, at in ends):
            return percent, 100 - percent
        for step in (unit, _CENT):
            if all(end == rounded(at, step) for end, at in ends):
                return percent, 100 - percent
    return None


def rounded(amount: Decimal, unit: Decimal) -> Decimal:
    """Return an amount as the nearest multiple of ``unit``, halves up."""
    with localcontext(prec=_DIGITS):
        count = (amount / unit).quantize(Decimal(1), ROUND_HALF_UP)
        return count * unit


def _wrong_unit(unit: Decimal, rules: int) -> Iterator[Issue]:
    if not (unit.is_finite() and unit > 0):
        text = N_("The unit of the conclusion must be above nought.")
        yield _error(text, "conclusion.unit")
    elif rules >= RULES and rounded(unit, _CENT) != unit:
        # Digits and capitals would state two values: capitals end with 分.
        text = N_(
            "The unit of the conclusion must be 0.01 or a multiple of it; it is {unit}."
        )
        yield _error(text, "conclusion.unit", unit=plain_amount(unit))


def _exact(
    conclusion: Conclusion, runs: Sequence[RunResult]
) -> tuple[Decimal | None, list[Issue]]:
    """Return the value before rounding: the adopted run's, or the weighted sum."""
    valued = {one.run.key: one.result for one in runs if one.result is not None}
    if conclusion.run:
        result = valued.get(conclusion.run)
        if result is None:
            text = N_(
                "The conclusion adopts the run “{key}”, which the case does not have."
            )
            return None, [_error(text, "conclusion.run", key=conclusion.run)]
        return result.amount, []
    if len(valued) == 1:
        return next(iter(valued.values())).amount, []
    return _weighted(runs)


def _weighted(runs: Sequence[RunResult]) -> tuple[Decimal | None, list[Issue]]:
    without = [one.run.key for one in runs if one.run.weight is None]
    if len(without) == len(runs):
        text = N_("The conclusion adopts no run; name one, or give each run a weight.")
        return None, [_error(text, "conclusion.run")]
    if without:
        text = N_("The run “{key}” has no weight; give it one, or adopt one run.")
        return None, [_error(text, f"{without[0]}.weight", key=without[0])]
    weights = [one.run.weight for one in runs if one.run.weight is not None]
    with localcontext(prec=_DIGITS):  # "exactly" is meant: no digit is dropped
        total = sum(weights)
    if any(weight < 0 for weight in weights):
        text = N_("The weight of a run must not be below nought.")
        return None, [_error(text, "runs")]
    if total != 1:
        return None, [_error(N_("The weights of the runs must add to 1."), "runs")]
    missing = [one.run.key for one in runs if not one.run.reason.strip()]
    if missing:
        text = N_("The run “{key}” is weighted; state the reason.")
        return None, [_error(text, f"{missing[0]}.reason", key=missing[0])]
    # Without errors every run has its result.
    shares = (
        one.result.amount * weight
        for one, weight in zip(runs, weights, strict=True)
        if one.result is not None
    )
    return sum(shares, Decimal(0)), []


def _wrong_range(
    case: Case,
    conclusion: Conclusion,
    value: Decimal,
    runs: Sequence[RunResult],
    rules: int,
) -> Iterator[Issue]:
    low, high = conclusion.low, conclusion.high
    if low is None and high is None:
        return
    if rules >= RULES and not case.range_agreed:
        text = N_(
            "The conclusion states a range and the contract does not ask for one; take"
            " it out, or record that the contract asks for it."
        )
        yield _error(text, "range_agreed")
    if rules >= RULES and (low is None or high is None):
        text = N_("A range has two ends; state the lower and the upper.")
        yield _error(text, "conclusion.low" if low is None else "conclusion.high")
    if (low is not None and low > value) or (high is not None and high < value):
        text = N_("The range of the conclusion does not hold its value {value}.")
        yield _error(text, "conclusion", value=value)
    if rules < RULES or low is None or high is None:
        return
    for one in runs:
        if one.simulation is None:
            continue
        found = as_percentiles(low, high, conclusion.unit, one.simulation)
        if found is not None:
            text = N_(
                "The range is P{low:g} to P{high:g} of the simulation of “{key}”."
                " Percentiles say how far inputs may vary; they are no range of value."
                " State a range and argue for it."
            )
            ends = {"low": found[0], "high": found[1]}
            yield _error(text, "conclusion.low", key=one.run.key, **ends)


def _advice(conclusion: Conclusion, runs: Sequence[RunResult]) -> Iterator[Issue]:
    """Yield what may stand, and which a reader is to be told of."""
    is_alone = len(methods_applied(runs)) == 1
    if is_alone and conclusion.ground_kind is OneMethodGround.IN_WORDS:
        text = N_(
            "The ground for one method alone is stated in words, without saying which of"
            " the grounds of the standard it is."
        )
        yield _warning(text, "conclusion.ground_kind")
    approaches = {one.method.approach for one in runs if one.result is not None}
    if len(methods_applied(runs)) > 1 and len(approaches) == 1:
        text = N_(
            "All methods applied belong to one approach: {approach}. State in the"
            " analysis why no method of another is."
        )
        name = message(TOPIC_NAMES[runs[0].method.topic])
        yield _warning(text, "conclusion.analysis", approach=name)
    yield from _off_mean(conclusion, runs)
    weights = {one.run.weight for one in runs}
    if not conclusion.run and len(runs) > 1 and len(weights) == 1:
        text = N_(
            "All results have the same weight: the conclusion is their plain mean, which"
            " stands on nothing but the reasons stated for the weights."
        )
        yield _warning(text, "runs")


def _off_mean(conclusion: Conclusion, runs: Sequence[RunResult]) -> Iterator[Issue]:
    """Warn where the value adopted is far from what is to be expected.

    Source: the expected value is the mean of the values; mode and median of a skewed
    distribution lie off it (PatVal: of patents by far).
    """
    for one in runs:
        found, result = one.simulation, one.result
        is_alone = len(runs) == 1 or one.run.key == conclusion.run
        if not is_alone or found is None or result is None or not found.mean:
            continue
        apart = result.value / found.mean - 1
        if abs(apart) > _FAR_FROM_MEAN and abs(apart) * abs(found.mean) > 3 * found.se:
            text = N_(
                "The value adopted lies {share} % from the mean of the simulation of"
                " “{key}”. What is to be expected is the mean; most likely inputs or the"
                " median tell something else. State why it is adopted, or centre the"
                " inputs on their means."
            )
            yield _warning(
                text, "conclusion.run", share=f"{100 * apart:+.1f}", key=one.run.key
            )


def _error(text: str, where: str, **values: object) -> Issue:
    return Issue(Severity.ERROR, message(text, **values), where)


def _warning(text: str, where: str, **values: object) -> Issue:
    return Issue(Severity.WARNING, message(text, **values), where)
