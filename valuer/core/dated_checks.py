"""What dates, periods and series of a dated method do not agree on.

The order of dates, the lengths of series, the days of flows within their periods: all
methods that inherit ``Dated`` are checked by ``dated_issues``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from valuer.core.dated import FirstAmount, laid_out, prices_wanted
from valuer.core.params import parameters
from valuer.core.periods import add_months
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_, message

EARLIEST = date(1900, 1, 1)
"""No valuation date is earlier; one that is has been mistyped."""


def dated_issues(params: Any, lead: str, count: int) -> tuple[Issue, ...]:
    """Return the errors of dates and lengths of series; without any, the notes.

    ``lead`` names the series that the others go by, "" where none is; ``count`` says
    how many periods there are.
    """
    errors = (*series_errors(params, lead, count), *_date_errors(params, lead, count))
    return errors or tuple(_notes(params, lead, count))


def series_errors(params: Any, lead: str, count: int) -> Iterator[Issue]:
    """Yield an error for each series that has not a figure for each period."""
    for one in parameters(type(params)):
        series = getattr(params, one.name)
        is_series = one.is_number and isinstance(series, tuple)
        if one.name == lead or not is_series or len(series) == count:
            continue
        text = N_(
            "{label} has {found} figures for {count} periods; give one for each period."
        )
        if lead == "revenue":
            text = N_(
                "{label} has {found} figures and revenue {count}; give one for each"
                " period."
            )
        label = message(one.label)
        yield _error(one.name, text, label=label, found=len(series), count=count)


def _date_errors(params: Any, lead: str, count: int) -> Iterator[Issue]:
    valued, first = params.valuation_date, params.first_period_end
    if valued < EARLIEST:
        text = N_("The valuation date must not be before {earliest}; it is {found}.")
        yield _error("valuation_date", text, earliest=EARLIEST, found=valued)
    if first.year + count > date.max.year:
        text = N_("The end of the first period is too late for {count} periods.")
        yield _error("first_period_end", text, count=count)
    elif not valued < first <= add_months(valued, 12):
        text = N_(
            "The first period must end after the valuation date {date} and at most one"
            " year later; it ends on {found}."
        )
        yield _error("first_period_end", text, date=valued, found=first)
    else:
        yield from _flow_date_errors(params, count)
    if params.expiry_date <= valued:
        text = N_(
            "The expiry day must be after the valuation date {date}; it is {found}."
        )
        yield _error("expiry_date", text, date=valued, found=params.expiry_date)
    if prices_wanted(params) and params.inflation_rate is None:
        text = N_(
            "Flows and discount rate are not in the same prices; state the inflation"
            " rate that lies between them."
        )
        yield _error("inflation_rate", text)


def _flow_date_errors(params: Any, count: int) -> Iterator[Issue]:
    days = [one.day for one in getattr(params, "flow_dates", ())]
    if not days:
        return
    if len(days) != count:
        text = N_(
            "There are {found} days of flows for {count} periods; give one for each."
        )
        yield _error("flow_dates", text, found=len(days), count=count)
        return
    laid = laid_out(params, count)
    for row, (day, start, end) in enumerate(
        zip(days, laid.starts, laid.ends, strict=True)
    ):
        if not start <= day <= end:
            text = N_(
                "The flow of period {row} must count between {start} and {end}; its day is {day}."
            )
            yield _error(
                f"flow_dates[{row}].day",
                text,
                row=row + 1,
                start=start,
                end=end,
                day=day,
            )


def _notes(params: Any, lead: str, count: int) -> Iterator[Issue]:
    laid, expiry = laid_out(params, count), params.expiry_date
    if laid.ends[-1] < expiry:
        text = N_(
            "The forecast ends on {end}, before the expiry day {expiry}; nothing is"
            " counted after it."
        )
        yield _note(lead, text, end=laid.ends[-1], expiry=expiry)
    idle = sum(start >= expiry for start in laid.starts)
    if idle:
        text = N_("{count} periods lie after the expiry day and count nothing.")
        yield _note(lead, text, count=idle)
    if laid.ends[0] < add_months(params.valuation_date, 12):
        text = (
            N_("The first amount is taken as the revenue of {start} to {end} alone.")
            if params.first_amount is FirstAmount.PERIOD
            else N_(
                "The first amount is taken as a whole year's, pro rata for {start} to"
                " {end}."
            )
        )
        yield _note("first_amount", text, start=laid.starts[0], end=laid.ends[0])


def _error(where: str, text: str, **values: object) -> Issue:
    return Issue(Severity.ERROR, message(text, **values), where)


def _note(where: str, text: str, **values: object) -> Issue:
    return Issue(Severity.NOTE, message(text, **values), where)
