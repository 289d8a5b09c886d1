"""Profit share by factor contribution (要素贡献法).

Profit is held to come from a few factors, as capital, technology and management, each
with its share. The technology's share, times the part of the technology that is the
subject, is the share of profit. What share each factor has is an appraiser's judgement
of the business; shares by kind of industry are data with their mark, no evidence.

Source: 要素贡献法, Chinese appraisal texts (资金、技术、管理 as factors).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from valuer.core.dated import SHARE_DIGITS
from valuer.core.distributions import Floats, is_distribution
from valuer.core.method import Finds, Method, Topic
from valuer.core.params import (
    YES_NO_NAMES,
    Number,
    Rate,
    Text,
    YesNo,
    param,
)
from valuer.core.problems import Issue, Severity
from valuer.core.slots import by_scenario, number_arrays, total
from valuer.core.texts import N_, message
from valuer.core.working import Rounded, Silent, Unit

AXIS = "groups"
"""Along the factors; the name of their table, which a score sheet's rows may fill."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One factor of profit and its share."""

    name: Text = param(
        N_("Factor of profit"),
        suggestions=(N_("Capital"), N_("Technology"), N_("Management")),
        help=N_("What profit comes from."),
    )
    weight: Rate = param(
        N_("Share of the profit"),
        symbol="w",
        low=0,
        high=1,
        is_base=True,
        help=N_("What the factor contributes; the shares of all factors add to 1."),
    )
    is_subject: YesNo = param(
        N_("Includes the subject"),
        YesNo.NO,
        choice_labels=YES_NO_NAMES,
        help=N_("Yes for the factor that the subject is a part of."),
    )
    evidence: Text = param(
        N_("Evidence"), "", help=N_("What in this business supports the share.")
    )


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the share by factor contribution."""

    groups: tuple[Contribution, ...] = param(
        N_("Factors of profit"), help=N_("All of them, the subject's marked.")
    )
    part: Rate = param(
        N_("Part of the factor that is the subject"),
        1.0,
        symbol="q",
        low=0,
        high=1,
        help=N_("1 where the subject is all of that factor, as all the technology."),
    )
    sheet: Text = param(
        N_("Source of the shares"),
        "",
        help=N_("Study or sheet with its version and date; a rule of thumb says so."),
    )
    share_digits: Number | None = param(**SHARE_DIGITS)


def formula(working: Silent, **given: Any) -> Floats:
    """Share of profit; shares and marks are (…, factors), the part () or (…, 1)."""
    add = working.add
    weights, marks = given["groups_weight"], given["marks"]
    add(N_("Share of the profit"), "w", "", weights, Unit.RATE, AXIS)
    text = N_("Whether it includes the subject, 1 or 0")
    add(text, "b", "", marks, Unit.NUMBER, AXIS)
    text, whole = N_("Share of the subject's factor"), total(weights * marks)
    whole = add(text, "F", "Σ w × b", whole, Unit.RATE)
    text = N_("Part of the factor that is the subject")
    part = add(text, "q", "", given["part"], Unit.RATE)
    text = N_("Share of profit")
    found = add(text, "α", "F × q", whole * part, Unit.RATE, rounded=Rounded.SHARE)
    return by_scenario(found)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments."""
    numbers = number_arrays(params)
    marks = numbers["groups_weight"] * 0.0
    for place, one in enumerate(params.groups):
        marks[place] = float(one.is_subject is YesNo.YES)
    return numbers | {"marks": marks}


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows; warnings only where nothing is wrong."""
    return tuple(_errors(params)) or tuple(_warnings(params))


def _errors(params: Any) -> Iterator[Issue]:
    names = [one.name for one in params.groups]
    for place, name in enumerate(names):
        if not name.strip() or name in names[:place]:
            text = N_("Row {row} has no name of its own; give it one.")
            where = f"groups[{place}].name"
            yield Issue(Severity.ERROR, message(text, row=place + 1), where)
    weights = [one.weight for one in params.groups]
    if any(map(is_distribution, weights)):
        text = N_("The shares of the factors add to 1, so each is given as one figure.")
        yield Issue(Severity.ERROR, message(text), "groups")
    elif not math.isclose(math.fsum(weights), 1, abs_tol=1e-9):
        text = N_("The shares of the factors must add to 1; they add to {sum}.")
        words = message(text, sum=f"{math.fsum(weights):.10g}")
        yield Issue(Severity.ERROR, words, "groups")
    if not any(one.is_subject is YesNo.YES for one in params.groups):
        text = N_("No factor includes the subject; mark the one that it is a part of.")
        yield Issue(Severity.ERROR, message(text), "groups")


def _warnings(params: Any) -> Iterator[Issue]:
    for place, one in enumerate(params.groups):
        if not one.evidence.strip():
            text = N_(
                "The share of “{factor}” has no evidence from this business; shares by"
                " kind of industry are rules of thumb."
            )
            where = f"groups[{place}].evidence"
            yield Issue(Severity.WARNING, message(text, factor=one.name), where)
    if not params.sheet.strip():
        text = N_("The shares of the factors name no source; state it.")
        yield Issue(Severity.WARNING, message(text), "sheet")


def outputs(params: Any) -> dict[str, Any]:
    """Return what the factors are called."""
    return {"axes": {AXIS: [one.name for one in params.groups]}}


METHOD = Method(
    key="factor_contribution",
    version=1,
    approach=None,
    title=N_("Profit share by factor contribution"),
    idea=N_(
        "Profit comes from capital, technology and management; the technology's share"
        " of it is the patent's, as far as the patent is that technology."
    ),
    source="要素贡献法，评估实务（资金、技术、管理等要素对利润的贡献）",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    finds=Finds.SHARE,
    listed=Topic.SHARES,
    tells=(("share", "α"), ("factor_share", "F")),
)
