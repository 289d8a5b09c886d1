"""Newness (成新率): what age and obsolescence leave of a replacement cost.

By the remaining *economic* life over the whole of it, or as a rate that the appraiser
judged; then further functional and economic depreciation (功能性贬值、经济性贬值) takes
its own share of what is left. Where obsolescence is argued part by part, its rates take
each a share of what the others leave, or together a share of the whole cost: which of
both is stated. The methods of the cost approach declare their parameters with the words
here and reckon with the same steps.

Source: 成新率 = 剩余使用年限 ÷ (已使用年限 + 剩余使用年限), the remaining economic life as
judged by experts and never the legal one (资产评估师 examination texts, cost approach);
IVS 103 (2025), cost approach: physical, functional and economic obsolescence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.method import centred
from valuer.core.params import Rate, param
from valuer.core.periods import DayCount, years_between
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit


class NewnessBasis(StrEnum):
    """How the newness rate is found."""

    LIFE = "life"
    RATE = "rate"


class ObsolescenceRule(StrEnum):
    """How the rates of obsolescence go together."""

    MULTIPLIED = "multiplied"
    ADDED = "added"


# What the methods declare with param(**…).

NEWNESS_BASIS: Any = {
    "label": N_("Newness found from"),
    "default": NewnessBasis.LIFE,
    "choice_labels": (
        (NewnessBasis.LIFE.value, N_("Life used and remaining economic life")),
        (NewnessBasis.RATE.value, N_("A newness rate as judged")),
    ),
    "help": N_("Remaining life over whole life, or a rate that the appraiser judged."),
}

USED_LIFE: Any = {
    "label": N_("Life used"),
    "default": None,
    "symbol": "n",
    "low": 0,
    "high": 100,
    "help": N_("Years for which the technology has been used by the valuation date."),
}

REMAINING_LIFE: Any = {
    "label": N_("Remaining economic life"),
    "default": None,
    "symbol": "m",
    "low": 0,
    "high": 100,
    "help": N_(
        "Years in which the technology will still earn, as judged by experts; not the"
        " years left of the legal term, which it must not exceed."
    ),
}

NEWNESS_RATE: Any = {
    "label": N_("Newness rate"),
    "default": None,
    "symbol": "q",
    "low": 0,
    "high": 1,
    "help": N_("Share of the cost that is left, where it was judged directly."),
}

FURTHER_DEPRECIATION: Any = {
    "label": N_("Further depreciation rate"),
    "default": 0.0,
    "symbol": "o",
    "low": 0,
    "high": 1,
    "help": N_(
        "Functional and economic depreciation that the newness rate does not hold yet,"
        " as a share of what is left after it."
    ),
}

VALUATION_DATE: Any = {
    "label": N_("Valuation date"),
    "fact": "valuation_date",
    "help": N_("Prices, fees and lives are those of this day."),
}

EXPIRY_DATE: Any = {
    "label": N_("Expiry day"),
    "default": None,
    "fact": "expiry_date",
    "help": N_(
        "Day the legal term ends; the remaining economic life is held against it."
    ),
}

CURRENCY: Any = {
    "label": N_("Currency"),
    "default": "CNY",
    "fact": "currency",
    "help": N_("Currency of the costs and of the value."),
}

_KINDS = (
    ("functional_obsolescence", "φ", N_("Functional obsolescence")),
    ("technological_obsolescence", "θ", N_("Technological obsolescence")),
    ("economic_obsolescence", "ε", N_("Economic obsolescence")),
)


@dataclass(frozen=True, slots=True)
class Obsolescing:
    """What a cost method takes where obsolescence is argued part by part."""

    functional_obsolescence: Rate | None = param(
        N_("Functional obsolescence"),
        None,
        symbol="φ",
        low=0,
        high=1,
        help=N_(
            "Loss because a newer technology does the same for less, or this one has"
            " more than its use asks for."
        ),
    )
    technological_obsolescence: Rate | None = param(
        N_("Technological obsolescence"),
        None,
        symbol="θ",
        low=0,
        high=1,
        help=N_("Loss because the technology is being replaced by another."),
    )
    economic_obsolescence: Rate | None = param(
        N_("Economic obsolescence"),
        None,
        symbol="ε",
        low=0,
        high=1,
        help=N_("Loss from outside: market, prices, law."),
    )
    obsolescence_rule: ObsolescenceRule | None = param(
        N_("Obsolescence goes together by"),
        None,
        choice_labels=(
            (ObsolescenceRule.MULTIPLIED.value, N_("Multiplying what each leaves")),
            (ObsolescenceRule.ADDED.value, N_("Adding shares of the whole cost")),
        ),
        help=N_("To be stated with any of its rates: the results differ."),
    )


def left_of(
    working: Silent, cost: Floats, symbol: str, given: Mapping[str, Any]
) -> tuple[Floats, str]:
    """Return what is left of a cost, and the formula of it.

    Args:
        working: takes the steps of the newness rate.
        cost: shape () or (scenarios, 1), as all numbers.
        symbol: what the cost is called in formulas.
        given: the formula's arguments, with the parameters declared here and
            ``by_life``, whether the lives are used.
    """
    add = working.add
    if given["by_life"]:
        used, remaining = given["used_life"], given["remaining_life"]
        add(N_("Life used, years"), "n", "", used, Unit.YEARS)
        add(N_("Remaining economic life, years"), "m", "", remaining, Unit.YEARS)
        text, rate = "m / (n + m)", remaining / (used + remaining)
    else:
        text, rate = "", given["newness_rate"]
    newness = add(N_("Newness rate"), "q", text, rate, Unit.RATE)
    text = N_("Further depreciation rate")
    further = add(text, "o", "", given["further_depreciation"], Unit.RATE)
    rates = [
        (letter, add(text, letter, "", given[name], Unit.RATE))
        for name, letter, text in _KINDS
        if name in given
    ]
    if not rates:
        return cost * newness * (1 - further), f"{symbol} × q × (1 − o)"
    if given["obsolescence_rule"] is ObsolescenceRule.ADDED:
        lost = np.sum(np.broadcast_arrays(*(rate for _, rate in rates)), axis=0)
        text = N_("Obsolescence, shares of the whole cost added")
        add(text, "ω", " + ".join(letter for letter, _ in rates), lost, Unit.RATE)
        left = np.maximum(newness * (1 - further) - lost, 0)
        return cost * left, f"{symbol} × max(q × (1 − o) − ω; 0)"
    kept = np.prod(np.broadcast_arrays(*(1 - rate for _, rate in rates)), axis=0)
    text = N_("Share that obsolescence leaves, rates multiplied")
    formula = " × ".join(f"(1 − {letter})" for letter, _ in rates)
    add(text, "ω", formula, kept, Unit.RATE)
    return cost * newness * (1 - further) * kept, f"{symbol} × q × (1 − o) × ω"


def newness_arrays(params: Any) -> dict[str, Any]:
    """Return what ``left_of`` needs besides the numbers."""
    return {
        "by_life": params.newness_basis is NewnessBasis.LIFE,
        "obsolescence_rule": params.obsolescence_rule,
    }


def newness_issues(params: Any) -> tuple[Issue, ...]:
    """Return what the lives, the rates and the dates do not agree on."""
    centre = centred(params)
    errors = (*_missing(centre), *_unruled(centre))
    if errors:
        return errors
    by_life = centre.newness_basis is NewnessBasis.LIFE
    if by_life and centre.used_life + centre.remaining_life <= 0:
        text = N_(
            "Life used and remaining economic life are both nought; at least one must"
            " be above it."
        )
        return (_issue(Severity.ERROR, "remaining_life", text),)
    return (*_overdone(centre), *(_beyond_term(centre) if by_life else ()))


def _missing(centre: Any) -> list[Issue]:
    """Return an error for each figure that the basis chosen needs and that lacks."""
    wanted: tuple[tuple[str, Any], ...] = (
        (("used_life", USED_LIFE), ("remaining_life", REMAINING_LIFE))
        if centre.newness_basis is NewnessBasis.LIFE
        else (("newness_rate", NEWNESS_RATE),)
    )
    text = N_("{label} is missing; newness is to be found from it.")
    return [
        _issue(Severity.ERROR, name, text, label=message(words["label"]))
        for name, words in wanted
        if getattr(centre, name) is None
    ]


def _obsolescence(centre: Any) -> list[float]:
    """Return the rates of obsolescence that are stated."""
    rates = (getattr(centre, name) for name, _, _ in _KINDS)
    return [rate for rate in rates if rate is not None]


def _unruled(centre: Any) -> Iterator[Issue]:
    """Yield an error where rates of obsolescence stand without their rule."""
    if _obsolescence(centre) and centre.obsolescence_rule is None:
        text = N_(
            "Rates of obsolescence are given; state whether they are multiplied or"
            " added, for the results differ."
        )
        yield _issue(Severity.ERROR, "obsolescence_rule", text)


def _overdone(centre: Any) -> Iterator[Issue]:
    """Yield an error where obsolescence, added up, takes more than there is."""
    rates = _obsolescence(centre)
    if not rates or centre.obsolescence_rule is not ObsolescenceRule.ADDED:
        return
    newness = centre.newness_rate
    if centre.newness_basis is NewnessBasis.LIFE:
        whole = centre.used_life + centre.remaining_life
        newness = centre.remaining_life / whole
    left, lost = newness * (1 - centre.further_depreciation), sum(rates)
    if lost > left:
        text = N_(
            "Obsolescence adds up to {lost:.4g} of the whole cost, and newness leaves"
            " {left:.4g}; lower the rates, or multiply them."
        )
        yield _issue(Severity.ERROR, "obsolescence_rule", text, lost=lost, left=left)


def _beyond_term(centre: Any) -> list[Issue]:
    """Warn where the economic life is longer than what is left of the legal one."""
    end, valued = centre.expiry_date, centre.valuation_date
    if end is None:
        return []
    legal = years_between(valued, end, DayCount.ACT_365) if end > valued else 0.0
    if centre.remaining_life <= legal:
        return []
    text = N_(
        "The remaining economic life, {years:.10g} years, is longer than the legal term"
        " leaves: {legal:.2f} years to the expiry day {end}."
    )
    values = {"years": centre.remaining_life, "legal": legal, "end": end}
    return [_issue(Severity.WARNING, "remaining_life", text, **values)]


def _issue(severity: Severity, where: str, text: str, **values: object) -> Issue:
    return Issue(severity, message(text, **values), where)
