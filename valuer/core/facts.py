"""What a case itself knows of a method's parameters.

A run need not repeat the valuation date, the forecast or the expiry day: left out,
they come from the case. Stated, they must not contradict it.
"""

from __future__ import annotations

from datetime import MAXYEAR, date
from typing import Any

from valuer.core.case import Case, Run
from valuer.core.params import Parameter, parameters
from valuer.core.periods import add_months
from valuer.core.problems import Issue, Severity
from valuer.core.term import expiry_day
from valuer.core.texts import N_, message


def facts(case: Case) -> dict[str, Any]:
    """Return the facts of a case as JSON parameters, by name; only those it knows."""
    known: dict[str, Any] = {"currency": case.currency}
    if case.valuation_date is not None:
        known["valuation_date"] = case.valuation_date.isoformat()
    if case.forecast is not None and case.forecast.periods:
        ahead = _ahead(case)
        if ahead:
            known["revenue"] = [format(period.revenue, "f") for period in ahead]
            known["first_period_end"] = ahead[0].end.isoformat()
    expiry = case_expiry(case)
    if expiry is not None:
        known["expiry_date"] = expiry.isoformat()
    return known


def case_expiry(case: Case) -> date | None:
    """Return the earliest expiry day among the patents of the case."""
    days = [day for patent in case.patents if (day := expiry_day(patent))]
    return min(days, default=None)


def bound(case: Case, run: Run, params: type[Any]) -> dict[str, Any]:
    """Return the run's parameters, those left out filled from the case."""
    given = dict(run.params or {})
    known = facts(case)
    for one in parameters(params):
        if one.fact in known and one.name not in given:
            given[one.name] = known[one.fact]
    return given


def contradictions(case: Case, run: Run, params: type[Any]) -> tuple[Issue, ...]:
    """Return where the run's own parameters contradict the case."""
    given = run.params or {}
    known = facts(case)
    found = []
    for one in parameters(params):
        if one.name not in given or one.fact not in known:
            continue
        stated, held = given[one.name], known[one.fact]
        if one.fact in ("valuation_date", "currency") and stated != held:
            text = N_("{run}: {name} is {stated}; the case says {held}.")
            found.append(_issue(Severity.ERROR, run, one, text, stated, held))
        elif one.fact == "expiry_date" and str(stated) > _last_expiry(case):
            text = N_(
                "{run}: {name} is {stated}, after the term of the patents ends ({held})."
            )
            found.append(
                _issue(Severity.ERROR, run, one, text, stated, _last_expiry(case))
            )
    if "revenue" not in given and "revenue" in {one.fact for one in parameters(params)}:
        found.extend(_gaps(case))
    if case.forecast and case.forecast.currency != case.currency:
        text = N_(
            "The forecast is in {stated}, the case in {held}; convert one of them."
        )
        values = {"stated": case.forecast.currency, "held": case.currency}
        found.append(Issue(Severity.ERROR, message(text, **values), "forecast"))
    if (
        len({expiry_day(patent) for patent in case.patents}) > 1
        and "expiry_date" not in given
    ):
        text = N_(
            "{run}: the patents end on different days; the earliest, {day}, is taken."
        )
        day = case_expiry(case)
        found.append(
            Issue(Severity.WARNING, message(text, run=run.key, day=day), run.key)
        )
    return tuple(found)


def _gaps(case: Case) -> list[Issue]:
    """Return where the forecast's periods are not a first one and then whole years."""
    ahead = _ahead(case)
    for index, period in enumerate(ahead):
        if ahead[0].end.year + index > MAXYEAR:
            break  # the method itself refuses so many periods
        wanted = add_months(ahead[0].end, 12 * index)
        if period.end != wanted:
            text = N_(
                "The forecast's period {index} ends on {end}, {wanted} is wanted: after"
                " the first period each is one year, oldest first."
            )
            words = message(text, index=index + 1, end=period.end, wanted=wanted)
            return [Issue(Severity.ERROR, words, "forecast.periods")]
    return []


def _last_expiry(case: Case) -> str:
    days = [day for patent in case.patents if (day := expiry_day(patent))]
    return max(days).isoformat()


def _ahead(case: Case) -> tuple[Any, ...]:
    """Return the forecast's periods that end after the valuation date."""
    periods = case.forecast.periods if case.forecast else ()
    valued = case.valuation_date
    return tuple(one for one in periods if valued is None or one.end > valued)


def _issue(
    severity: Severity, run: Run, one: Parameter, text: str, stated: Any, held: Any
) -> Issue:
    values = {"run": run.key, "name": one.name, "stated": stated, "held": held}
    return Issue(severity, message(text, **values), f"{run.key}.{one.name}")
