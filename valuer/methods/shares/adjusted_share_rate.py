"""Adjusted share rate (分成率调整系数法).

Others' share rates in the field lie between a lower and an upper limit; where in that
range this patent lies, a score sheet of legal, technical and economic factors says:
the composite score over 100 is the adjustment coefficient r (调整系数).

Source: K = m + (n − m) × r, r = Σ Wᵢ Σ wᵢⱼ yᵢⱼ / 100, common in Chinese appraisal
reports; weights and bands of the sheet are data with their own mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from valuer.core.dated import SHARE_DIGITS
from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Number, Rate, Text, param
from valuer.core.problems import Issue, Severity
from valuer.core.score_checks import score_issues
from valuer.core.scoring import (
    Scored,
    composite,
    scored_groups,
    scoring_arrays,
    scoring_outputs,
)
from valuer.core.share_of import SHARE_OF, ShareOf
from valuer.core.slots import by_scenario
from valuer.core.texts import N_, message
from valuer.core.working import Rounded, Silent, Unit


@dataclass(frozen=True, slots=True)
class Params(Scored):
    """Inputs of the adjusted share rate."""

    lower: Rate = param(
        N_("Lower limit of the share rate"),
        symbol="m",
        low=0,
        high=1,
        help=N_("The least that is paid in the field."),
    )
    upper: Rate = param(
        N_("Upper limit of the share rate"),
        symbol="n",
        low=0,
        high=1,
        help=N_("The most that is paid in the field."),
    )
    share_of: ShareOf = param(**SHARE_OF)
    range_source: Text = param(
        N_("Source of the range"),
        help=N_("Table or agreements that both limits were taken from, with its date."),
    )
    share_digits: Number | None = param(**SHARE_DIGITS)


def formula(working: Silent, **given: Any) -> Floats:
    """Share rate between both limits.

    Scores and weights are (…, factors), weights of groups (…, groups), limits () or
    (…, 1).
    """
    add = working.add
    lower = add(N_("Lower limit of the share rate"), "m", "", given["lower"], Unit.RATE)
    upper = add(N_("Upper limit of the share rate"), "n", "", given["upper"], Unit.RATE)
    score, scored = scored_groups(working, given)
    whole = composite(working, score, scored, given["groups_weight"])
    text = N_("Adjustment coefficient")
    ratio = add(text, "r", "Y / 100", whole / 100, Unit.FACTOR)
    share = add(
        N_("Share rate"),
        "K",
        "m + (n − m) × r",
        lower + (upper - lower) * ratio,
        Unit.RATE,
        rounded=Rounded.SHARE,
    )
    return by_scenario(share)


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: the range, the score tables."""
    errors = tuple(_range_errors(params))
    return errors or score_issues(params)


def _range_errors(params: Any) -> Iterator[Issue]:
    centre = centred(params)
    if centre.lower > centre.upper:
        text = N_(
            "The lower limit {lower} of the share rate is above the upper limit"
            " {upper}; exchange them."
        )
        values = {"lower": f"{centre.lower:.6g}", "upper": f"{centre.upper:.6g}"}
        yield Issue(Severity.ERROR, message(text, **values), "lower")
    if not params.range_source.strip():
        text = N_("The range of the share rate names no source; state it.")
        yield Issue(Severity.ERROR, message(text), "range_source")


METHOD = Method(
    key="adjusted_share_rate",
    version=1,
    approach=None,
    title=N_("Adjusted share rate"),
    idea=N_(
        "Where the patent lies between the lowest and the highest share rate of its"
        " field follows from its score."
    ),
    source="分成率调整系数法：K = m + (n − m) × r，r = ΣWᵢΣwᵢⱼyᵢⱼ/100（评估实务通行公式）",
    params=Params,
    arrays=scoring_arrays,
    formula=formula,
    check=check,
    outputs=scoring_outputs,
    finds=Finds.SHARE,
    listed=Topic.SHARES,
    tells=(("share", "K"), ("coefficient", "r"), ("score", "Y"), ("group_scores", "S")),
)
