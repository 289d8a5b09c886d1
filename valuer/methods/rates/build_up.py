"""Build-up of a discount rate by scored risks (累加法).

The risk-free rate, and for technical, market, capital and management risk (and policy
risk where it is scored) a premium: the greatest that the risk may bring, times its score
over 100. Inflation or other premiums come on top where their grounds are stated.

Source: r = r_f + Σ max × score / 100, Chinese appraisal practice; ranges of 0–5 %, 0–8 %
and 0–10 % for each risk are met with, so the greatest premium is an input.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from valuer.core.capital_costs import RISK_FREE_RATE
from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic
from valuer.core.params import Rate, Text, param
from valuer.core.problems import Issue, Severity
from valuer.core.rate_facts import Component, RateFacts, rate_errors, rate_warnings
from valuer.core.score_checks import score_issues
from valuer.core.scoring import (
    GROUPS,
    SCORES_TABLE,
    SHEET,
    SUBGROUPS_TABLE,
    ScoredFactor,
    ScoreSubgroup,
    scored_groups,
    scoring_arrays,
    scoring_outputs,
)
from valuer.core.slots import by_scenario, total
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit

AXIS = "add_ons"
"""Along the premiums without a score; the name of their table."""


@dataclass(frozen=True, slots=True)
class Risk:
    """One kind of risk and the greatest premium that it may bring."""

    name: Text = param(N_("Risk"), help=N_("As in “Technical risk”."))
    most: Rate = param(
        N_("Greatest premium"),
        symbol="M",
        low=0,
        above=True,
        high=0.2,
        help=N_("At a score of 100; 5 %, 8 % and 10 % are all met with in practice."),
    )


@dataclass(frozen=True, slots=True)
class AddOn:
    """A premium that is stated, not scored."""

    name: Text = param(N_("Premium"), help=N_("As in “Inflation”."))
    rate: Rate = param(N_("Premium"), symbol="o", low=-0.2, high=1)
    source: Text = param(N_("Source"), help=N_("What the premium rests on."))


@dataclass(frozen=True, slots=True)
class Params(RateFacts):
    """Inputs of the build-up."""

    risk_free_rate: Rate = param(**RISK_FREE_RATE)
    groups: tuple[Risk, ...] = param(
        N_("Risks"), help=N_("Kinds of risk with the greatest premium of each.")
    )
    scores: tuple[ScoredFactor, ...] = param(**SCORES_TABLE)
    subgroups: tuple[ScoreSubgroup, ...] = param(**SUBGROUPS_TABLE)
    sheet: Text = param(**SHEET)
    add_ons: tuple[AddOn, ...] = param(
        N_("Other premiums"), (), by_row=True, help=N_("Inflation or another, argued.")
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Discount rate, an annual fraction.

    Scores are (…, factors), greatest premiums (…, risks), the risk-free rate () or
    (…, 1).
    """
    add = working.add
    text, base = N_("Risk-free rate"), given["risk_free_rate"]
    base = add(text, "r_f", "", base, Unit.RATE)
    score, _ = scored_groups(working, given)
    text, most = N_("Greatest premium"), given["groups_most"]
    most = add(text, "M", "", most, Unit.RATE, GROUPS)
    text, premium = N_("Premium of the risk"), most * score / 100
    premium = add(text, "p", "M × S / 100", premium, Unit.RATE, GROUPS)
    text = N_("Risk premium")
    risk = add(text, "r_p", "Σ p", total(premium), Unit.RATE)
    if not given["has_add_ons"]:
        text = N_("Discount rate")
        return by_scenario(add(text, "r", "r_f + r_p", base + risk, Unit.RATE))
    text, rates = N_("Other premium"), given["add_ons_rate"]
    rates = add(text, "o", "", rates, Unit.RATE, AXIS)
    text = N_("Other premiums")
    other = add(text, "O", "Σ o", total(rates), Unit.RATE)
    text, rate = N_("Discount rate"), base + risk + other
    return by_scenario(add(text, "r", "r_f + r_p + O", rate, Unit.RATE))


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments."""
    return scoring_arrays(params) | {"has_add_ons": bool(params.add_ons)}


def check(params: Any) -> tuple[Issue, ...]:
    """Return what does not fit the rate's facts, the score tables, other premiums."""
    scored = score_issues(params, weighed=False)
    wrong = (one for one in scored if one.severity is Severity.ERROR)
    errors = (*rate_errors(params), *wrong, *_add_on_errors(params))
    used = (Component.RISK_FREE, Component.RISK_SCORES)
    return errors or (*rate_warnings(params, used), *scored)


def _add_on_errors(params: Any) -> Iterator[Issue]:
    for place, one in enumerate(params.add_ons):
        if not one.name.strip() or not one.source.strip():
            text = N_("Row {row} of the other premiums needs a name and a source.")
            where = f"{AXIS}[{place}].source"
            yield Issue(Severity.ERROR, message(text, row=place + 1), where)


def outputs(params: Any) -> dict[str, Any]:
    """Return names along the axes, and the factors that are not scored."""
    found = scoring_outputs(params)
    if params.add_ons:
        found["axes"][AXIS] = [one.name for one in params.add_ons]
    return found


METHOD = Method(
    key="build_up",
    version=1,
    approach=None,
    title=N_("Build-up by scored risks"),
    idea=N_(
        "The discount rate is the risk-free rate and, for each kind of risk, the"
        " greatest premium it may bring times its score."
    ),
    source="累加法：r = r_f + Σ(风险报酬率最高取值 × 得分/100)，评估实务通行做法",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    finds=Finds.RATE,
    listed=Topic.RATES,
    tells=(
        ("rate", "r"),
        ("risk_premium", "r_p"),
        ("premiums", "p"),
        ("group_scores", "S"),
    ),
)
