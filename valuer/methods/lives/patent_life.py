"""Life of a patent (剩余收益期限): the shortest of what law, market and contract leave.

The statutory term runs from filing and is longer by the days of compensation granted;
the economic life is as long as the technology earns; a licence may end before both. The
shortest binds and is named. Beside the days granted stands a plain estimate of them.

Source: 《专利资产评估指导意见》, income period; Patent Law art. 42 (20, 10, 15 years; designs
filed before 2021-06-01 10); Implementing Rules 77–84. Years of 365 days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from valuer.core.compensation import (
    approval_delay_days,
    grant_delay_days,
    most_approval_days,
)
from valuer.core.dated import VALUATION_DATE
from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Number, Years, param
from valuer.core.patents import KIND_NAMES, PatentKind
from valuer.core.periods import same_day
from valuer.core.problems import Issue, Severity
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.term import term_years
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit

DAYS = 365

BOUNDS = (
    ("legal", "L", N_("Legal life left, years")),
    ("economic", "E", N_("Economic life left, years")),
    ("contract", "J", N_("Life left by contract, years")),
)
"""What may bind: its name in outputs, its symbol, what it is called."""


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the life of a patent."""

    patent_kind: PatentKind = param(
        N_("Kind of patent"),
        choice_labels=tuple((kind.value, name) for kind, name in KIND_NAMES.items()),
        help=N_("The statutory term goes by it."),
    )
    filed: date = param(
        N_("Filing date"), help=N_("The term runs from it, not from the priority.")
    )
    valuation_date: date = param(**VALUATION_DATE)
    pta_days: Number = param(
        N_("Days granted for a late grant"),
        0.0,
        symbol="a",
        low=0,
        high=7300,
        whole=True,
        is_base=True,
        help=N_("By the decision of the office (PTA); nought without one."),
    )
    pte_days: Number = param(
        N_("Days granted for a drug's approval"),
        0.0,
        symbol="b",
        low=0,
        high=7300,
        whole=True,
        is_base=True,
        help=N_("By the decision of the office (PTE); nought without one."),
    )
    economic_life: Years | None = param(
        N_("Remaining economic life"),
        None,
        symbol="E",
        low=0,
        high=100,
        above=True,
        help=N_("Years in which the technology will still earn, as judged by experts."),
    )
    contract_end: date | None = param(
        N_("Contract ends on"),
        None,
        help=N_("Where the right is held or used under a contract that ends."),
    )
    statutory_years: Number | None = param(
        N_("Years of the statutory term"),
        None,
        low=1,
        high=100,
        whole=True,
        is_base=True,
        help=N_("For other countries; left out, by Chinese law from kind and filing."),
    )
    granted: date | None = param(
        N_("Grant announced on"),
        None,
        help=N_("With the request for examination: for the estimate of a late grant."),
    )
    examination_requested: date | None = param(
        N_("Examination requested on"), None, help=N_("For the same estimate.")
    )
    excused_days: Number = param(
        N_("Reasonable delay, days"),
        0.0,
        low=0,
        high=20000,
        whole=True,
        is_base=True,
        help=N_("As re-examination with amendments, suspension."),
    )
    applicant_days: Number = param(
        N_("Delay by the applicant, days"),
        0.0,
        low=0,
        high=20000,
        whole=True,
        is_base=True,
        help=N_("As late replies, deferred examination."),
    )
    approved: date | None = param(
        N_("Drug approved on"),
        None,
        help=N_("Day of the Chinese marketing approval: for the estimate of a drug's."),
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Life left in years: the least of its bounds; numbers () or with a last of one."""
    add = working.add
    text = N_("Days left of the statutory term")
    days = add(text, "D", "", given["statutory_days"], Unit.NUMBER)
    text = N_("Days granted for a late grant")
    late = add(text, "a", "", given["pta_days"], Unit.NUMBER)
    text = N_("Days granted for a drug's approval")
    drug = add(text, "b", "", given["pte_days"], Unit.NUMBER)
    (_, _, legal_text), (_, _, economic_text), (_, _, contract_text) = BOUNDS
    legal = (days + late + drug) / DAYS
    found = [("L", add(legal_text, "L", f"(D + a + b) / {DAYS}", legal, Unit.YEARS))]
    if "economic_life" in given:
        economic = add(economic_text, "E", "", given["economic_life"], Unit.YEARS)
        found.append(("E", economic))
    if "contract_days" in given:
        left = add(
            N_("Days left of the contract"),
            "k",
            "",
            given["contract_days"],
            Unit.NUMBER,
        )
        contract = add(contract_text, "J", f"k / {DAYS}", left / DAYS, Unit.YEARS)
        found.append(("J", contract))
    least = found[0][1]
    for _, years in found[1:]:
        least = np.minimum(least, years)
    names = "; ".join(symbol for symbol, _ in found)
    formula_text = f"min({names})" if len(found) > 1 else names
    return by_scenario(add(N_("Life left"), "n", formula_text, least, Unit.YEARS))


def statutory_end(params: Any) -> date:
    """Return the day the term ends without compensation.

    Raises:
        OverflowError: it lies beyond the calendar.
    """
    stated = params.statutory_years
    years = term_years(params.patent_kind, params.filed) if stated is None else stated
    return same_day(params.filed, 12 * int(years))


def _legal_end(params: Any) -> date:
    days = int(params.pta_days) + int(params.pte_days)
    return statutory_end(params) + timedelta(days=days)


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments; dates become days from the valuation date."""
    valued = params.valuation_date
    left = (statutory_end(params) - valued).days
    found = number_arrays(params) | {"statutory_days": np.array(float(left))}
    if params.contract_end is not None:
        found["contract_days"] = np.array(float((params.contract_end - valued).days))
    return found


def check(params: Any) -> tuple[Issue, ...]:
    """Return days out of order; else what binds, and the estimates beside the grants."""
    errors = tuple(_day_errors(params))
    if errors:
        return errors
    errors = (*_term_errors(params),)
    return errors or (*_estimates(params), _binding_note(params))


def _day_errors(params: Any) -> Iterator[Issue]:
    later = ("valuation_date", "granted", "examination_requested", "approved")
    for name in later:
        day = getattr(params, name)
        if day is not None and day < params.filed:
            text = N_("This day, {day}, is before the filing date {filed}.")
            words = message(text, day=day, filed=params.filed)
            yield Issue(Severity.ERROR, words, name)
    end, valued = params.contract_end, params.valuation_date
    if end is not None and end <= valued:
        text = N_("The contract ended on {day}; it must end after {valued}.")
        words = message(text, day=end, valued=valued)
        yield Issue(Severity.ERROR, words, "contract_end")


def _term_errors(params: Any) -> Iterator[Issue]:
    for name in ("pta_days", "pte_days"):
        is_invention = params.patent_kind is PatentKind.INVENTION
        if getattr(params, name) and not is_invention:
            text = N_("Only the term of an invention is compensated; enter nought.")
            yield Issue(Severity.ERROR, message(text), name)
    try:
        end = _legal_end(params)
    except OverflowError:
        text = N_("The term leads out of the calendar; correct the filing date.")
        yield Issue(Severity.ERROR, message(text), "filed")
        return
    try:
        estimates(params)
    except OverflowError:
        text = N_(
            "The days of examination, grant and approval lead out of the calendar;"
            " correct them."
        )
        where = "granted" if params.approved is None else "approved"
        yield Issue(Severity.ERROR, message(text), where)
        return
    if end <= params.valuation_date:
        text = N_(
            "The term ended on {end}, by the valuation date {valued}; there is no life"
            " left to value."
        )
        words = message(text, end=end, valued=params.valuation_date)
        yield Issue(Severity.ERROR, words, "filed")


def estimates(params: Any) -> dict[str, int]:
    """Return the days estimated for each compensation whose dates are known."""
    found = {}
    asked, granted = params.examination_requested, params.granted
    if asked is not None and granted is not None:
        found["pta_days"] = grant_delay_days(
            params.filed,
            asked,
            granted,
            int(params.excused_days),
            int(params.applicant_days),
        )
    if params.approved is not None:
        end = statutory_end(params) + timedelta(days=int(params.pta_days))
        found["pte_days"] = approval_delay_days(params.filed, params.approved, end)
    return found


def _estimates(params: Any) -> Iterator[Issue]:
    """Tell where what was granted is not what the plain estimate gives."""
    for name, days in estimates(params).items():
        granted = getattr(params, name)
        if granted != days:
            text = N_(
                "{granted:.0f} days are entered as granted; the plain estimate gives"
                " {days}. Only the decision counts."
            )
            words = message(text, granted=granted, days=days)
            yield Issue(Severity.NOTE, words, name)
    if params.approved is None:
        return
    end = statutory_end(params) + timedelta(days=int(params.pta_days))
    most = most_approval_days(params.approved, end)
    if params.pte_days > most:
        text = N_(
            "More days than the law allows, {most}: five years, and fourteen of term"
            " after the approval. Check the decision."
        )
        yield Issue(Severity.WARNING, message(text, most=most), "pte_days")


def bounds(params: Any) -> dict[str, float]:
    """Return the years that law, market and contract leave, those that are known."""
    centre, valued = centred(params), params.valuation_date
    found = {"legal": (_legal_end(centre) - valued).days / DAYS}
    if centre.economic_life is not None:
        found["economic"] = float(centre.economic_life)
    if params.contract_end is not None:
        found["contract"] = (params.contract_end - valued).days / DAYS
    return found


def binding(params: Any) -> str:
    """Return the name of the bound that is the shortest; of equals the first."""
    known = bounds(params)
    return min(known, key=lambda name: known[name])


def _binding_note(params: Any) -> Issue:
    name, known = binding(params), bounds(params)
    label = next(text for key, _, text in BOUNDS if key == name)
    text = N_("What binds is: {bound}, {years:.4g}.")
    words = message(text, bound=message(label), years=known[name])
    where = {"economic": "economic_life", "contract": "contract_end"}
    return Issue(Severity.NOTE, words, where.get(name, "filed"))


def outputs(params: Any) -> dict[str, Any]:
    """Return the bound that binds, all bounds, their days and the estimates."""
    return {
        "binding": binding(params),
        "bounds": bounds(params),
        "statutory_end": statutory_end(params).isoformat(),
        "expiry_day": _legal_end(params).isoformat(),
        "granted_days": {name: int(getattr(params, name)) for name in _GRANTS},
        "estimated_days": estimates(params),
    }


_GRANTS = ("pta_days", "pte_days")


METHOD = Method(
    key="patent_life",
    version=1,
    approach=None,
    title=N_("Life of a patent"),
    idea=N_(
        "The patent earns as long as law, market and contract all let it: the shortest"
        " of the three, and which one it is."
    ),
    source="《专利法》第四十二条；《专利法实施细则》第七十七至八十四条；《专利资产评估指导意见》（收益期限）",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    finds=Finds.YEARS,
    listed=Topic.LIVES,
    tells=(("legal_life", "L"), ("economic_life", "E"), ("contract_life", "J")),
)
