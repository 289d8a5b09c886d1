"""What every discount rate states: country, currency, day, and a source a component.

A rate is a price of one place, one money and one day. Each of its components (无风险收益率,
市场风险溢价, 贝塔 …) is entered with its own, and what does not fit the rate is refused
before anything is reckoned; a component without a source is told.

Source: 《专利资产评估指导意见》, 折现率 and 收益口径 are consistent; Damodaran, flows and
rate in one currency, country risk by λ·CRP.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from valuer.core.dated_checks import EARLIEST
from valuer.core.method import centred
from valuer.core.params import Currency, Number, Text, param
from valuer.core.problems import Issue, Severity
from valuer.core.rate_components import COMPONENT_NAMES as COMPONENT_NAMES
from valuer.core.rate_components import Component as Component
from valuer.core.texts import N_, Message, message

LONGEST_HOLIDAY = 10
"""Days before the valuation date on which a price still counts as its day's [D]."""


# What the methods of rates declare with param(**…).

COUNTRY: Any = {
    "label": N_("Country"),
    "suggestions": ("CN", "US"),
    "help": N_("Two letters, as in CN: whose market the rate is of."),
}
RATE_CURRENCY: Any = {
    "label": N_("Currency"),
    "default": "CNY",
    "fact": "currency",
    "help": N_("Currency of the rate, which must be that of the flows."),
}
RATE_DATE: Any = {
    "label": N_("Valuation date"),
    "fact": "valuation_date",
    "help": N_("The day for which the rate stands."),
}
SOURCES: Any = {
    "label": N_("Sources"),
    "default": (),
    "help": N_("For each component its day, country, currency and source."),
}
DAYS_BEFORE: Any = {
    "label": N_("Days a component may be older"),
    "default": float(LONGEST_HOLIDAY),
    "low": 0,
    "high": 400,
    "is_base": True,
    "quiet": True,
    "help": N_(
        "Where the markets were closed on the valuation date, the last day before it"
        " stands for it. Default of this program; no standard sets a number."
    ),
}


@dataclass(frozen=True, slots=True)
class ComponentSource:
    """Where one component of a rate comes from."""

    component: Component = param(N_("Component"), choice_labels=COMPONENT_NAMES)
    day: date = param(N_("Day"), help=N_("The day for which the component stands."))
    country: Text = param(**COUNTRY)
    currency: Currency = param(
        N_("Currency"),
        help=N_("Of a figure without one, as a beta: that of its market."),
    )
    source: Text = param(
        N_("Source"), help=N_("Where the figure is recorded, so that it can be found.")
    )


@dataclass(frozen=True, slots=True)
class RateFacts:
    """Country, currency, day and sources of a rate."""

    country: Text = param(**COUNTRY)
    currency: Currency = param(**RATE_CURRENCY)
    valuation_date: date = param(**RATE_DATE)
    sources: tuple[ComponentSource, ...] = param(**SOURCES)
    days_before: Number = param(**DAYS_BEFORE)


def rate_errors(params: Any, abroad: tuple[Component, ...] = ()) -> Iterator[Issue]:
    """Yield an error for each component that does not fit the rate.

    Components in ``abroad`` may be those of another country, because the rate turns
    them into its own.
    """
    if params.valuation_date < EARLIEST:
        text = N_("The valuation date must not be before {earliest}; it is {found}.")
        words = message(text, earliest=EARLIEST, found=params.valuation_date)
        yield _error("valuation_date", words)
    unread = tuple(country_errors("country", params.country))
    yield from unread
    for place, one in enumerate(params.sources):
        where, name = f"sources[{place}]", component_name(one.component)
        if not one.source.strip():
            text = N_(
                "“{component}” names no source; say where the figure is recorded."
            )
            yield _error(f"{where}.source", message(text, component=name))
        wrong = tuple(country_errors(f"{where}.country", one.country))
        yield from wrong
        is_other = one.country != params.country and one.component not in abroad
        if is_other and not (wrong or unread):
            text = N_(
                "“{component}” is of {found} and the rate of {wanted}; take the figure of"
                " {wanted}, or turn it into one."
            )
            values = {"found": one.country, "wanted": params.country}
            words = message(text, component=name, **values)
            yield _error(f"{where}.country", words)
        if one.currency != params.currency:
            text = N_(
                "“{component}” is in {found} and the rate in {wanted}; turn it by the"
                " inflation of both, and state the currency it is then in."
            )
            values = {"found": one.currency, "wanted": params.currency}
            words = message(text, component=name, **values)
            yield _error(f"{where}.currency", words)
        yield from day_errors(f"{where}.day", name, one.day, params)


def country_errors(where: str, country: str) -> Iterator[Issue]:
    """Yield an error where a country is not two capital letters."""
    if not re.fullmatch("[A-Z]{2}", country):
        text = N_("A country is two capital letters, as in CN; “{found}” is not.")
        yield _error(where, message(text, found=country[:40]))


def day_errors(
    where: str, name: Message | str, day: date, params: Any
) -> Iterator[Issue]:
    """Yield an error where a figure is not of the valuation date."""
    valued, most = params.valuation_date, centred(params).days_before
    apart = (valued - day).days
    if apart < 0:
        text = N_(
            "“{component}” is of {day}, {days} days after the valuation date {valued};"
            " what came later was not known."
        )
    elif apart > most:
        text = N_(
            "“{component}” is of {day}, {days} days before the valuation date {valued};"
            " at most {most} are allowed. Take the figure of that day."
        )
    else:
        return
    values = {"days": abs(apart), "valued": valued, "most": f"{most:g}"}
    yield _error(where, message(text, component=name, day=day, **values))


def rate_warnings(params: Any, used: tuple[Component, ...]) -> Iterator[Issue]:
    """Warn of components used without a source; tell those of an earlier day."""
    known = {one.component for one in params.sources}
    for component in dict.fromkeys(used):
        if component not in known:
            text = N_("No source is stated for “{component}”; add a row for it.")
            words = message(text, component=component_name(component))
            yield Issue(Severity.WARNING, words, "sources")
    for place, one in enumerate(params.sources):
        apart = (params.valuation_date - one.day).days
        if apart:
            text = N_(
                "“{component}” is of {day}, {days} days before the valuation date; it is"
                " taken as the last known on it."
            )
            name = component_name(one.component)
            words = message(text, component=name, day=one.day, days=apart)
            yield Issue(Severity.NOTE, words, f"sources[{place}].day")


def rate_issues(params: Any, used: tuple[Component, ...]) -> tuple[Issue, ...]:
    """Return the errors of the facts of a rate; without any, the warnings."""
    return tuple(rate_errors(params)) or tuple(rate_warnings(params, used))


def rate_outputs(params: Any) -> dict[str, Any]:
    """Return for which country, money and day a rate stands."""
    return {
        "country": params.country,
        "currency": params.currency,
        "valuation_date": params.valuation_date.isoformat(),
    }


def component_name(component: Component) -> Message:
    """Return what a component is called."""
    return message(dict(COMPONENT_NAMES)[component.value])


def _error(where: str, words: Message) -> Issue:
    return Issue(Severity.ERROR, words, where)
