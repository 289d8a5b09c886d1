"""What no single figure of the companies shows, and what is lacking."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from valuer.core.capital_costs import (
    MeantFor,
    Relevering,
    abroad,
    capm_components,
    unadjusted,
)
from valuer.core.listed_companies import COMPANIES
from valuer.core.method import centred
from valuer.core.problems import Issue, Severity
from valuer.core.rate_facts import (
    Component,
    day_errors,
    rate_errors,
    rate_warnings,
)
from valuer.core.texts import N_, message
from valuer.methods.rates.listed_companies_rate.inputs import (
    ASSET_NEEDS,
    ASSET_SHARES,
    seeks_technology,
)

ENOUGH = 3
"""Companies below which a warning is given [D]."""


def company_issues(params: Any) -> tuple[Issue, ...]:
    """Return what does not fit; warnings only where nothing is wrong."""
    errors = (
        *rate_errors(params, abroad(params)),
        *_company_errors(params),
        *_technology_errors(params),
    )
    return errors or (*rate_warnings(params, _components(params)), *_doubts(params))


def _company_errors(params: Any) -> Iterator[Issue]:
    if not params.companies:
        text = N_("There is no company to compare with; enter three or more.")
        yield _issue(Severity.ERROR, COMPANIES, text)
    seen: set[str] = set()
    for place, one in enumerate(params.companies):
        where = f"{COMPANIES}[{place}]"
        name = one.name.strip()
        if not name:
            text = N_("Row {row} has no name; give it one.")
            yield _issue(Severity.ERROR, f"{where}.name", text, row=place + 1)
        elif name in seen:
            text = N_("“{name}” stands twice among the companies; leave out one.")
            yield _issue(Severity.ERROR, f"{where}.name", text, name=name[:40])
        seen.add(name)
        yield from day_errors(f"{where}.price_date", name[:40], one.price_date, params)
    if params.relevering is Relevering.HAMADA and params.debt_beta is not None:
        text = N_("A beta of debt goes with Harris–Pringle alone; leave it out.")
        yield _issue(Severity.ERROR, "debt_beta", text)


def _technology_errors(params: Any) -> Iterator[Issue]:
    if not seeks_technology(params):
        return
    for name in ASSET_NEEDS:
        if getattr(params, name) is None:
            text = N_(
                "To find the technology's rate, state the returns on working capital and"
                " on fixed assets."
            )
            yield _issue(Severity.ERROR, name, text)
    for name, column in ASSET_SHARES:
        given = [getattr(one, column) is not None for one in params.companies]
        if getattr(params, name) is None and not all(given):
            text = N_(
                "To find the technology's rate, state the share of this kind of assets,"
                " or the amount of every company."
            )
            yield _issue(Severity.ERROR, name, text)
    for place, one in enumerate(centred(params).companies):
        other = (one.working_capital or 0) + (one.fixed_assets or 0)
        if other >= one.market_cap + one.debt:
            text = N_(
                "“{name}”: working capital and fixed assets reach all of its capital;"
                " nothing is left for technology. See whether the units agree."
            )
            where = f"{COMPANIES}[{place}].fixed_assets"
            yield _issue(Severity.ERROR, where, text, name=one.name[:40])
    low, middling = centred(params).working_share, centred(params).fixed_share
    if low is not None and middling is not None and low + middling >= 1:
        text = N_(
            "Working capital and fixed assets take {share} % of the capital; nothing is"
            " left for technology."
        )
        share = f"{100 * (low + middling):.6g}"
        yield _issue(Severity.ERROR, "fixed_share", text, share=share)


def _doubts(params: Any) -> Iterator[Issue]:
    count = len(params.companies)
    if count < ENOUGH:
        text = N_(
            "{count} companies are compared; practice asks for {enough} at least, though"
            " no standard sets a number."
        )
        yield _issue(Severity.WARNING, COMPANIES, text, count=count, enough=ENOUGH)
    for place, one in enumerate(params.companies):
        where = f"{COMPANIES}[{place}]"
        if not one.source.strip():
            text = N_("“{name}” names no source for its figures.")
            yield _issue(Severity.WARNING, f"{where}.source", text, name=one.name[:40])
        if not one.beta_window.strip():
            text = N_(
                "“{name}” states no window of its beta; betas of one kind compare."
            )
            where = f"{where}.beta_window"
            yield _issue(Severity.WARNING, where, text, name=one.name[:40])
    windows = {w for one in params.companies if (w := one.beta_window.strip())}
    if len(windows) > 1:
        text = N_("The betas are of different windows: {windows}; take them of one.")
        listed = tuple(sorted(windows))[:5]
        yield _issue(Severity.WARNING, COMPANIES, text, windows=listed)
    if not seeks_technology(params) and params.meant_for is MeantFor.PATENT:
        yield unadjusted()


def _components(params: Any) -> tuple[Component, ...]:
    found = (*capm_components(params), Component.COST_OF_DEBT, Component.TAX)
    structure = () if params.debt_share is None else (Component.STRUCTURE,)
    assets = (Component.ASSETS,) if seeks_technology(params) else ()
    return (*found, *structure, *assets)


def _issue(severity: Severity, where: str, text: str, **values: object) -> Issue:
    return Issue(severity, message(text, **values), where)
