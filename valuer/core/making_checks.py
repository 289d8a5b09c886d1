"""What the inputs of a cost of making do not agree on.

Days, indices and lives by the modules they come from; fees that are yet to come; rewards
that may count the same capital twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from valuer.core.making import FEES
from valuer.core.method import centred
from valuer.core.newness import newness_issues
from valuer.core.price_indices import price_issues
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_, message


def making_issues(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: days, indices, lives, rewards twice."""
    found = (
        *price_issues(params),
        *newness_issues(params),
        *_finished_errors(params),
    )
    errors = tuple(one for one in found if one.severity is Severity.ERROR)
    return errors or (*found, *_fees_too_late(params), *_rewarded_twice(params))


def _finished_errors(params: Any) -> Iterator[Issue]:
    end, valued = params.finished, params.valuation_date
    if end is not None and end > valued:
        text = N_(
            "The development was finished on {day}, after the valuation date {valued};"
            " what is not finished has no cost to be taken whole."
        )
        words = message(text, day=end, valued=valued)
        yield Issue(Severity.ERROR, words, "finished")


def _rewarded_twice(params: Any) -> Iterator[Issue]:
    """Warn where the same capital may be rewarded more than once."""
    centre = centred(params)
    if not centre.incentive_rate:
        return
    bound = centre.capital_rate * centre.development_years
    others = [
        message(label)
        for label, found in (
            (N_("Cost of capital rate"), bound),
            (N_("Profit rate"), centre.profit_rate),
        )
        if found
    ]
    if others:
        text = N_(
            "The entrepreneurial incentive stands beside {others}: state that no return"
            " on the same capital is counted twice."
        )
        words = message(text, others=tuple(others))
        yield Issue(Severity.WARNING, words, "incentive_rate")


def _fees_too_late(params: Any) -> tuple[Issue, ...]:
    text = N_(
        "The fee “{name}” falls due on {day}, after the valuation date {valued}; it is"
        " a cost yet to come."
    )
    return tuple(
        Issue(
            Severity.WARNING,
            message(
                text, name=one.name[:40], day=one.due, valued=params.valuation_date
            ),
            f"{FEES}[{place}].due",
        )
        for place, one in enumerate(params.official_fees)
        if one.due is not None and one.due > params.valuation_date
    )
