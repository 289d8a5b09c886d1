"""Survival of patents (存续率): chances to be in force, from shares that were kept up.

Of rights granted together, so many were still paid for after so many years. From stage to
stage this gives the share that goes on, the rate of loss a year in the stage, and the
chance of a right of some age to be in force some years on. The yearly chances serve as
survival weights of flows; never beside a premium for the same risk in the rate.

Source: life tables of maintenance payments; hazard h = −ln(S₁/S₀)/Δ, discrete
q = 1 − (S₁/S₀)^(1/Δ), which alone belongs into Π (1 − q).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Rate, Years, param
from valuer.core.problems import Issue, Severity
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit

STAGES = "stages"
"""Along the stages; the name of their table."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One observation of how many rights are still in force."""

    years: Years = param(
        N_("After years"),
        symbol="e",
        low=0,
        high=100,
        above=True,
        help=N_("Years since the rights began; rising from row to row."),
    )
    share: Rate = param(
        N_("Share in force"),
        symbol="S",
        low=0,
        high=1,
        above=True,
        help=N_("Of all that began; never rising from row to row."),
    )


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of survival rates."""

    stages: tuple[Stage, ...] = param(
        N_("Shares kept up"), help=N_("From maintenance or renewal statistics.")
    )
    horizon: Years = param(
        N_("Years ahead"),
        symbol="T",
        low=0,
        high=100,
        above=True,
        help=N_("For how long the right is to be in force from now on."),
    )
    age: Years = param(
        N_("Age of the right"),
        0.0,
        symbol="A",
        low=0,
        high=100,
        help=N_("Years since it began, as the rows count them; it is in force now."),
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Chance to be in force at the end of the horizon.

    Stages are (…, rows), all other numbers () or with a last axis of one.
    """
    add = working.add
    ends, shares = given["stages_years"], given["stages_share"]
    add(N_("End of the stage, years"), "e", "", ends, Unit.YEARS, STAGES)
    text = N_("Start of the stage, years")
    starts = add(text, "s", "", _before(ends, 0.0), Unit.YEARS, STAGES)
    text = N_("Share in force at its end")
    add(text, "S", "", shares, Unit.RATE, STAGES)
    text = N_("Share in force at its start")
    before = add(text, "B", "", _before(shares, 1.0), Unit.RATE, STAGES)
    text = N_("Share that goes on to the end of the stage")
    kept = add(text, "c", "S / B", shares / before, Unit.RATE, STAGES)
    text = N_("Length of the stage, years")
    length = add(text, "l", "e − s", ends - starts, Unit.YEARS, STAGES)
    text, hazard = N_("Rate of loss a year, continuous"), -np.log(kept) / length
    add(text, "h", "−ln(c) / l", hazard, Unit.RATE, STAGES)
    text = N_("Share lost a year, discrete")
    add(text, "q", "1 − c^(1 / l)", 1 - kept ** (1 / length), Unit.RATE, STAGES)
    age = add(N_("Age of the right, years"), "A", "", given["age"], Unit.YEARS)
    ahead = add(N_("Years ahead"), "T", "", given["horizon"], Unit.YEARS)
    within = np.minimum(ends, age + ahead) - np.maximum(starts, age)
    passed = add(
        N_("Years ahead that lie in the stage"),
        "o",
        "max(min(e; A + T) − max(s; A); 0)",
        np.maximum(within, 0),
        Unit.YEARS,
        STAGES,
    )
    text = N_("Chance to pass them")
    chance = add(text, "w", "c^(o / l)", kept ** (passed / length), Unit.RATE, STAGES)
    text = N_("Chance to be in force at the end")
    alive = np.asarray(chance.prod(axis=-1, keepdims=chance.ndim > 1))
    return by_scenario(add(text, "V", "Π w", alive, Unit.FACTOR))


def _before(column: Floats, first: float) -> Floats:
    """Return of each row the figure of the row before it."""
    return np.concatenate(
        [np.full_like(column[..., :1], first), column[..., :-1]], axis=-1
    )


def check(params: Any) -> tuple[Issue, ...]:
    """Return rows out of order, and a horizon that the rows do not reach."""
    centre = centred(params)
    errors = tuple(_row_errors(centre.stages))
    if errors:
        return errors
    last, wanted = centre.stages[-1].years, centre.age + centre.horizon
    if wanted > last:
        text = N_(
            "The rows reach {last:.10g} years, age and years ahead {wanted:.10g}; add"
            " later rows or look less far ahead."
        )
        words = message(text, last=last, wanted=wanted)
        return (Issue(Severity.ERROR, words, "horizon"),)
    return ()


def _row_errors(stages: tuple[Any, ...]) -> Iterator[Issue]:
    for place in range(1, len(stages)):
        one, before = stages[place], stages[place - 1]
        if one.years <= before.years:
            text = N_("Row {row}: the years must rise from row to row.")
            words = message(text, row=place + 1)
            yield Issue(Severity.ERROR, words, f"{STAGES}[{place}].years")
        if one.share > before.share:
            text = N_("Row {row}: the share in force cannot rise from row to row.")
            words = message(text, row=place + 1)
            yield Issue(Severity.ERROR, words, f"{STAGES}[{place}].share")


def outputs(params: Any) -> dict[str, Any]:
    """Return the chance at the end of each year ahead, and the years to be expected."""
    centre = centred(params)
    given = number_arrays(centre)
    years = range(1, int(centre.horizon) + 1)
    chances = [
        float(formula(Silent(), **given | {"horizon": np.array(float(year))}))
        for year in years
    ]
    ends = [f"{one.years:g}" for one in centre.stages]
    return {
        "axes": {STAGES: ends},
        "survival": chances,
        "expected_whole_years": float(np.sum(chances)),
    }


METHOD = Method(
    key="survival_rates",
    version=1,
    approach=None,
    title=N_("Survival of patents"),
    idea=N_(
        "Shares of rights still paid for after some years give the rate of loss in each"
        " stage and the chance that a right of some age is in force some years on."
    ),
    source="Life table of maintenance payments: h = −ln(S₁/S₀)/Δ, q = 1 − (S₁/S₀)^(1/Δ)",
    params=Params,
    arrays=number_arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    finds=Finds.FACTOR,
    listed=Topic.LIVES,
    tells=(("conditional", "c"), ("annual_hazard", "h"), ("discrete_hazard", "q")),
)
