"""What a case itself knows of a method's parameters.

A run need not repeat the valuation date, the forecast, the expiry day or the official
fees of the patents: left out, they come from the case. Stated, they must not
contradict it; fees may, for what was paid may be less than the table says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR, date
from decimal import Decimal
from typing import Any

from valuer.core.case import Case, Run
from valuer.core.fees import Fee, fee_table, official_fees
from valuer.core.method import plain_amount
from valuer.core.params import Parameter, parameters
from valuer.core.periods import add_months
from valuer.core.problems import Issue, Severity
from valuer.core.quantities import LONGEST
from valuer.core.standing import NEVER_GRANTED
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
    rows = _fee_rows(case)
    if rows:
        known["official_fees"] = rows
    return known


def _fee_rows(case: Case) -> list[dict[str, Any]]:
    """Return the official fees of the patents as rows of a table, in full.

    A row for each fee; for each patent where that is more than a table takes; one row
    where even these are.
    """
    on = case.valuation_date
    if on is None or case.currency != fee_table().currency:
        return []
    fees = [(one.identity, official_fees(one, on)) for one in case.patents]
    rows = [
        _fee_row(f"{number} {_named(fee)}", fee.amount) | {"due": fee.due.isoformat()}
        for number, found in fees
        for fee in found
    ]
    if len(rows) <= LONGEST:
        return rows
    sums = [
        (number, sum((fee.amount for fee in found), Decimal(0)))
        for number, found in fees
        if found
    ]
    if len(sums) <= LONGEST:
        return [_fee_row(number, amount) for number, amount in sums]
    name = f"{sums[0][0]} … {sums[-1][0]} ({len(sums)})"
    return [_fee_row(name, sum((amount for _, amount in sums), Decimal(0)))]


def _named(fee: Fee) -> str:
    """Return what the fee is called, with the mark of an amount that is not verified."""
    return fee.name if fee.is_verified else f"{fee.name} [{fee.mark}]"


def _fee_row(name: str, amount: Decimal) -> dict[str, Any]:
    return {"name": name.strip(), "amount": plain_amount(amount)}


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
    asked = {one.fact for one in parameters(params)}
    found = []
    for one in parameters(params):
        if given.get(one.name) is None or one.fact not in known:
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
    if "revenue" not in given and "revenue" in asked:
        found.extend(_gaps(case))
    if case.forecast and case.forecast.currency != case.currency:
        text = N_(
            "The forecast is in {stated}, the case in {held}; convert one of them."
        )
        values = {"stated": case.forecast.currency, "held": case.currency}
        found.append(Issue(Severity.ERROR, message(text, **values), "forecast"))
    left_out = asked - {*given}
    return (
        *found,
        *_different_ends(case, run, left_out),
        *_no_fees(run, left_out, known),
        *_fees_in_part(case, run, left_out & {*known}),
    )


def _different_ends(case: Case, run: Run, left_out: set[str]) -> Iterator[Issue]:
    """Warn where the expiry day taken is one of several."""
    ends = {expiry_day(patent) for patent in case.patents}
    if len(ends) > 1 and "expiry_date" in left_out:
        text = N_(
            "{run}: the patents end on different days; the earliest, {day}, is taken."
        )
        words = message(text, run=run.key, day=case_expiry(case))
        yield Issue(Severity.WARNING, words, run.key)


def _no_fees(run: Run, left_out: set[str], known: dict[str, Any]) -> Iterator[Issue]:
    """Warn where fees are asked for that neither run nor case knows."""
    if "official_fees" in left_out - {*known}:
        text = N_(
            "{run}: the fees of the patents on the valuation date are not known; enter"
            " them, or an empty table where there are none."
        )
        words = message(text, run=run.key)
        yield Issue(Severity.WARNING, words, f"{run.key}.official_fees")


def _fees_in_part(case: Case, run: Run, taken: set[str]) -> Iterator[Issue]:
    """Warn where the fees taken from the case lack those of some patents."""
    on = case.valuation_date
    if "official_fees" not in taken or on is None:
        return
    lacking = [
        patent.identity or patent.title
        for patent in case.patents
        if not official_fees(patent, on)
        or (patent.granted is None and patent.status not in NEVER_GRANTED)
    ]
    if lacking:
        text = N_(
            "{run}: the fees taken from the case lack those of {patents}, in whole or in"
            " part: no Chinese patent, or kind, filing date or date of grant not known."
            " Enter the fees by hand."
        )
        words = message(text, run=run.key, patents=_listed(lacking))
        yield Issue(Severity.WARNING, words, f"{run.key}.official_fees")


def _listed(names: list[str]) -> tuple[str, ...]:
    return (*names[:5], "…") if len(names) > 5 else tuple(names)


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
    values = {
        "run": run.key,
        "name": message(one.label),
        "stated": stated,
        "held": held,
    }
    return Issue(severity, message(text, **values), f"{run.key}.{one.name}")
