"""Share rate from comparable listed companies (可比公司法).

What a listed company's technology contributes to its revenue: intangibles as a share
of all invested capital, technology as a share of the intangibles, times EBITDA over
revenue. The mean of the companies, turned by the subject's EBITDA margin over theirs,
is the share rate of revenue.

Source: K = (intangibles / invested capital) × (technology / intangibles) × EBITDA /
revenue, averaged and scaled by margins, as Chinese appraisal reports reckon it (outline
read, formula remembered).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from valuer.core.dated import CURRENCY, SHARE_DIGITS, VALUATION_DATE
from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Currency, Money, Number, Rate, Text, param
from valuer.core.problems import Issue, Severity
from valuer.core.rate_facts import DAYS_BEFORE, day_errors
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Rounded, Silent, Unit

AXIS = "companies"
"""Along the companies; the name of their table."""

ENOUGH = 3
"""Companies below which a warning is given."""


@dataclass(frozen=True, slots=True)
class Company:
    """One listed company."""

    name: Text = param(N_("Company"), help=N_("As the exchange calls it."))
    code: Text = param(N_("Stock code"), "", help=N_("As in 600000.SH."))
    price_date: date = param(
        N_("Day of the price"), help=N_("The day of its price and so of its worth.")
    )
    capital: Money = param(
        N_("Invested capital"),
        symbol="I",
        low=0,
        above=True,
        help=N_("Market value of equity and debt, in any unit; only ratios count."),
    )
    working_capital: Money = param(
        N_("Working capital"), symbol="c", low=0, help=N_("In the same unit.")
    )
    fixed_assets: Money = param(
        N_("Tangible and other identified assets"),
        symbol="a",
        low=0,
        help=N_(
            "In the same unit; what is neither this nor working capital is intangible."
        ),
    )
    technology: Rate = param(
        N_("Technology share of the intangibles"),
        symbol="h",
        low=0,
        high=1,
        help=N_("An appraiser's judgement for each company; state its ground."),
    )
    ebitda: Money = param(
        N_("EBITDA"), symbol="D", low=0, help=N_("Of the same year as the revenue.")
    )
    revenue: Money = param(
        N_("Revenue"), symbol="R", low=0, above=True, help=N_("Of one year.")
    )
    source: Text = param(
        N_("Source"), "", help=N_("Annual report and terminal, dated.")
    )


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the share rate from listed companies."""

    companies: tuple[Company, ...] = param(
        N_("Companies"), by_row=True, help=N_("Of the same trade and technology.")
    )
    subject_margin: Rate | None = param(
        N_("EBITDA margin of the subject's product"),
        None,
        symbol="μ",
        low=0,
        high=1,
        help=N_("Turns the mean by the subject's margin; left out, it is not turned."),
    )
    valuation_date: date = param(**VALUATION_DATE)
    days_before: Number = param(**DAYS_BEFORE)
    share_digits: Number | None = param(**SHARE_DIGITS)
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Share rate of revenue; figures of companies are (…, companies)."""
    capital = _told(working, N_("Invested capital"), "I", given["companies_capital"])
    own, fixed = given["companies_working_capital"], given["companies_fixed_assets"]
    _told(working, N_("Working capital"), "c", own)
    _told(working, N_("Tangible and other identified assets"), "a", fixed)
    add, text = working.add, N_("Intangibles as a share of the capital")
    left = (capital - own - fixed) / capital
    left = add(text, "i", "(I − c − a) / I", left, Unit.RATE, AXIS)
    text = N_("Technology share of the intangibles")
    part = add(text, "h", "", given["companies_technology"], Unit.RATE, AXIS)
    profit = _told(working, N_("EBITDA"), "D", given["companies_ebitda"])
    revenue = _told(working, N_("Revenue"), "R", given["companies_revenue"])
    margin = profit / revenue
    add(N_("EBITDA margin"), "M", "D / R", margin, Unit.RATE, AXIS)
    text, share = N_("Share rate of the company"), left * part * margin
    share = add(text, "k", "i × h × M", share, Unit.RATE, AXIS)
    count = np.array(float(share.shape[-1]))
    add(N_("Number of companies"), "N", "", count, Unit.NUMBER)
    text = N_("Mean share rate")
    mean = _mean(share, count)
    mean = add(text, "k′", "(Σ k) / N", mean, Unit.RATE, rounded=Rounded.SHARE)
    if "subject_margin" not in given:
        return by_scenario(add(N_("Share rate of revenue"), "K", "k′", mean, Unit.RATE))
    text = N_("EBITDA margin of the subject's product")
    subject = add(text, "μ", "", given["subject_margin"], Unit.RATE)
    text = N_("Mean EBITDA margin of the companies")
    theirs = add(text, "M′", "(Σ M) / N", _mean(margin, count), Unit.RATE)
    text, rate = N_("Share rate of revenue"), mean * subject / theirs
    rate = add(text, "K", "k′ × μ / M′", rate, Unit.RATE, rounded=Rounded.SHARE)
    return by_scenario(rate)


def _told(working: Silent, text: str, symbol: str, values: Floats) -> Floats:
    return working.add(text, symbol, "", values, Unit.MONEY, AXIS)


def _mean(values: Floats, count: Floats) -> Floats:
    total = values.sum(axis=-1, keepdims=values.ndim > 1)
    return np.asarray(total / count)


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows; warnings only where nothing is wrong."""
    return tuple(_errors(params)) or tuple(_warnings(params))


def _errors(params: Any) -> Iterator[Issue]:
    centre = centred(params)
    names = [one.name for one in params.companies]
    for place, one in enumerate(centre.companies):
        where = f"companies[{place}]"
        if not one.name.strip() or one.name in names[:place]:
            text = N_("Row {row} has no name of its own; give it one.")
            yield Issue(Severity.ERROR, message(text, row=place + 1), f"{where}.name")
        if one.working_capital + one.fixed_assets > one.capital:
            text = N_(
                "“{name}” has more working capital and fixed assets than capital, so no"
                " intangibles; check the figures, or leave the company out."
            )
            words = message(text, name=one.name)
            yield Issue(Severity.ERROR, words, f"{where}.capital")
        price = message(N_("The price of “{name}”"), name=one.name)
        yield from day_errors(f"{where}.price_date", price, one.price_date, params)
    if params.subject_margin is not None and not any(
        one.ebitda for one in centre.companies
    ):
        text = N_("No company earns anything, so margins cannot be compared.")
        yield Issue(Severity.ERROR, message(text), "companies")


def _warnings(params: Any) -> Iterator[Issue]:
    for place, one in enumerate(params.companies):
        if not one.source.strip():
            text = N_("“{name}” names no source for its figures.")
            where = f"companies[{place}].source"
            yield Issue(Severity.WARNING, message(text, name=one.name), where)
    if len(params.companies) < ENOUGH:
        text = N_(
            "{count} companies are compared; practice asks for {enough} at least, though"
            " no standard sets a number."
        )
        words = message(text, count=len(params.companies), enough=ENOUGH)
        yield Issue(Severity.WARNING, words, "companies")


def outputs(params: Any) -> dict[str, Any]:
    """Return what the companies are called."""
    return {"axes": {AXIS: [one.name for one in params.companies]}}


METHOD = Method(
    key="listed_company_share",
    version=1,
    approach=None,
    title=N_("Share rate from listed companies"),
    idea=N_(
        "What technology contributes to the revenue of comparable listed companies,"
        " turned by the margin of the subject's product."
    ),
    source="可比公司法：K = 无形资产/投入资本 × 技术/无形资产 × EBITDA/营业收入（评估实务通行算法）",
    params=Params,
    arrays=number_arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    finds=Finds.SHARE,
    listed=Topic.SHARES,
    tells=(("share", "K"), ("mean_share", "k′"), ("company_shares", "k")),
)
