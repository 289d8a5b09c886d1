"""A discount rate taken from another run is that of the flows: country, money, day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from valuer.core.case import Case, Conclusion, Forecast, ForecastPeriod, Run
from valuer.core.patents import LegalStatus, Patent, PatentKind
from valuer.core.problems import Severity
from valuer.core.valuing import value_case
from valuer.methods import METHODS

SOURCED = {
    "day": "2026-12-31",
    "country": "CN",
    "currency": "CNY",
    "source": "公开披露",
}
CAPM = {
    "country": "CN",
    "risk_free_rate": 0.02,
    "relevering": "none",
    "beta": 1.2,
    "equity_premium": 0.06,
    "sources": [
        SOURCED | {"component": name}
        for name in ("risk_free", "beta", "equity_premium")
    ],
}
CASE = Case(
    valuation_date=date(2026, 12, 31),
    patents=(
        Patent(
            number="CN2020100000011",
            country="CN",
            kind=PatentKind.INVENTION,
            filed=date(2020, 5, 18),
            granted=date(2022, 4, 1),
            status=LegalStatus.IN_FORCE,
            status_on=date(2026, 8, 1),
        ),
    ),
    forecast=Forecast((ForecastPeriod(date(2027, 12, 31), Decimal(1000)),)),
    conclusion=Conclusion("relief"),
)
RELIEF = Run(
    "relief",
    "relief_from_royalty",
    params={
        "royalty_rate": 0.05,
        "tax_rate": 0,
        "timing": "end",
        "discount_rate": {"from": "rate"},
    },
)


def valued(params: dict[str, Any], **given: Any):
    runs = (Run("rate", "capm", params=params), RELIEF)
    return value_case(replace(CASE, runs=runs, **given), METHODS)


def errors(found: Any) -> str:
    """What is wrong with the discount rate taken, alone."""

    about = (one for one in found.errors if one.where == "relief.discount_rate")
    return " ".join(issue.say("en") for issue in about)


def test_a_rate_of_the_same_place_money_and_day_is_taken():
    found = valued(CAPM)
    # 2 % + 1.2 × 6 % = 9.2 %; 50 discounted over 365 days.
    assert found.errors == ()
    assert found.runs[1].result.value == pytest.approx(50 / 1.092)


def test_a_rate_of_another_currency_is_an_error():
    sources = [one | {"currency": "USD"} for one in CAPM["sources"]]
    found = valued(CAPM | {"currency": "USD", "sources": sources})
    assert "rate.currency" in {issue.where for issue in found.errors}
    assert found.conclusion is None


def test_a_rate_of_another_day_is_an_error():
    sources = [one | {"day": "2025-12-31"} for one in CAPM["sources"]]
    found = valued(CAPM | {"valuation_date": "2025-12-31", "sources": sources})
    assert "rate.valuation_date" in {issue.where for issue in found.errors}
    assert found.conclusion is None


def test_a_rate_of_another_country_than_the_patents_is_an_error():
    sources = [one | {"country": "US"} for one in CAPM["sources"]]
    found = valued(CAPM | {"country": "US", "sources": sources})
    assert "of US, the patents are of CN" in errors(found)


def test_an_enterprise_s_rate_is_taken_with_a_warning():
    sources = [*CAPM["sources"]]
    sources += [
        SOURCED | {"component": name}
        for name in ("cost_of_equity", "cost_of_debt", "capital_structure", "tax_rate")
    ]
    params = {
        "country": "CN",
        "cost_of_equity": 0.1,
        "cost_of_debt": 0.04,
        "debt_share": 0.3,
        "tax_rate": 0.25,
        "meant_for": "enterprise",
        "sources": sources,
    }
    runs = (Run("rate", "wacc", params=params), RELIEF)
    found = value_case(replace(CASE, runs=runs), METHODS)
    about = [one for one in found.issues if one.where == "relief.discount_rate"]
    assert [one.severity for one in about] == [Severity.WARNING]
