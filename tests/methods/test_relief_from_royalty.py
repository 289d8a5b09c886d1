"""Relief from royalty: cases by hand, laws, and what it refuses."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.periods import add_months
from valuer.core.problems import Severity, UserError
from valuer.methods import METHODS

METHOD = METHODS.find("relief_from_royalty")

ONE_YEAR: dict[str, Any] = {
    "revenue": [100],
    "royalty_rate": 0.05,
    "tax_rate": 0.25,
    "discount_rate": 0.21,
    "valuation_date": "2024-12-31",
    "first_period_end": "2025-12-31",
    "expiry_date": "2044-05-18",
    "timing": "mid",
}

money = st.floats(0.01, 1e9)
rates = st.floats(0, 0.99)
day_counts = st.sampled_from(["act/365", "act/act", "months"])


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, ONE_YEAR | given)
    return METHOD.run(params)


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


@st.composite
def dated(draw: st.DrawFn, most: int = 12) -> dict[str, Any]:
    """Any parameters that the method takes."""
    valued = draw(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
    longest = (add_months(valued, 12) - valued).days
    count = draw(st.integers(1, most))
    return {
        "revenue": draw(st.lists(money, min_size=count, max_size=count)),
        "royalty_rate": draw(st.floats(0.001, 0.5)),
        "tax_rate": draw(st.floats(0, 0.9)),
        "discount_rate": draw(rates),
        "valuation_date": valued.isoformat(),
        "first_period_end": after(valued, draw(st.integers(1, longest))),
        "expiry_date": after(valued, draw(st.integers(1, 366 * (most + 2)))),
        "timing": draw(st.sampled_from(["mid", "end"])),
        "day_count": draw(day_counts),
        "tax_basis": draw(st.sampled_from(["after_tax", "pre_tax"])),
        "first_amount": draw(st.sampled_from(["period", "year"])),
    }


def after(day: date, days: int) -> str:
    return (day + timedelta(days=days)).isoformat()


def at_most(value: float) -> Any:
    """A hair above ``value``, for laws of order between floats."""
    return value * (1 + 1e-12)


# By hand


def test_one_year_by_hand():
    # 100 × 5 % × (1 − 25 %) = 3.75; half a year at 21 % divides by 1.1.
    assert run().value == pytest.approx(3.75 / 1.1, rel=1e-15)


def test_end_of_period_discounts_the_whole_year():
    assert run(timing="end").value == pytest.approx(3.75 / 1.21, rel=1e-15)


def test_before_tax_the_tax_rate_does_nothing():
    found = run(tax_basis="pre_tax")
    assert found.value == pytest.approx(5 / 1.1, rel=1e-15)
    assert "τ" not in {step.symbol for step in found.working}


def test_the_last_year_counts_to_the_expiry_day_alone():
    # 73 of 365 days are a fifth: 3.75/5, at its own middle, a tenth of a year.
    found = run(expiry_date="2025-03-14")
    assert found.value == pytest.approx(0.75 / 1.21**0.1, rel=1e-14)


def test_the_amount_of_a_stub_is_its_own_unless_stated():
    # 2024-10-19 to 2024-12-31 is 73 days, a fifth of 365.
    found = run(
        valuation_date="2024-10-19", first_period_end="2024-12-31", timing="end"
    )
    assert found.value == pytest.approx(3.75 / 1.21**0.2, rel=1e-14)


def test_the_amount_of_a_whole_year_is_taken_pro_rata():
    # 2023 has 365 days, of which 73 are left.
    found = run(
        valuation_date="2023-10-19",
        first_period_end="2023-12-31",
        timing="end",
        first_amount="year",
    )
    assert found.value == pytest.approx(0.75 / 1.21**0.2, rel=1e-14)


def test_a_whole_leap_year_is_one_year_however_its_amount_is_stated():
    year = {"valuation_date": "2023-12-31", "first_period_end": "2024-12-31"}
    assert run(**year, first_amount="year").value == run(**year).value


def test_rates_may_decline_from_period_to_period():
    # 100 × (3 % + 2 %/1.1), no tax, year-ends of exactly one and two years.
    found = run(
        revenue=[110, 110],
        royalty_rate=[0.03, 0.02],
        tax_rate=0,
        discount_rate=0.1,
        timing="end",
    )
    assert found.value == pytest.approx(100 * (0.03 + 0.02 / 1.1), rel=1e-14)


def test_the_working_shows_the_periods_and_the_value_last():
    found = run(revenue=[100, 100], expiry_date="2026-03-15")
    assert found.working[-1].values == (found.value,)
    assert found.outputs["periods"] == [
        {"start": "2024-12-31", "end": "2025-12-31"},
        {"start": "2025-12-31", "end": "2026-12-31"},
    ]
    assert found.outputs["life_years"] == pytest.approx(439 / 365)


def test_the_value_is_told_as_a_decimal_without_loss():
    found = run()
    assert float(found.amount) == found.value
    assert found.currency == "CNY"
    assert run(currency="EUR").currency == "EUR"


# Laws


@given(dated(), st.floats(0, 0.01))
def test_value_falls_as_the_discount_rate_rises(params, more):
    higher = params | {"discount_rate": params["discount_rate"] + more}
    assert run(**higher).value <= at_most(run(**params).value)


@given(dated(), st.floats(0, 0.5))
def test_value_rises_with_the_royalty_rate(params, more):
    higher = params | {"royalty_rate": params["royalty_rate"] + more}
    assert run(**params).value <= at_most(run(**higher).value)


@given(dated(), st.floats(0, 1e6), st.data())
def test_value_rises_with_the_revenue_of_any_period(params, more, data):
    revenue = list(params["revenue"])
    revenue[data.draw(st.integers(0, len(revenue) - 1))] += more
    assert run(**params).value <= at_most(run(**params | {"revenue": revenue}).value)


@given(dated(), st.integers(0, 1500))
def test_an_expiry_day_moved_later_never_lowers_the_value(params, days):
    expiry = date.fromisoformat(params["expiry_date"])
    later = params | {"expiry_date": after(expiry, days)}
    assert run(**params).value <= at_most(run(**later).value)


@given(dated(), st.floats(0.001, 1000))
def test_value_is_proportional_to_revenue(params, factor):
    scaled = params | {"revenue": [factor * one for one in params["revenue"]]}
    assert run(**scaled).value == pytest.approx(factor * run(**params).value, rel=1e-12)


@given(dated())
def test_value_is_the_sum_of_the_values_of_each_period_alone(params):
    count = len(params["revenue"])
    parts = [
        run(
            **params
            | {"revenue": [r * (k == i) for i, r in enumerate(params["revenue"])]}
        )
        for k in range(count)
    ]
    total = math.fsum(part.value for part in parts)
    assert run(**params).value == pytest.approx(total, rel=1e-12)


@given(dated())
def test_nought_in_nought_out(params):
    noughts = [0] * len(params["revenue"])
    assert run(**params | {"revenue": noughts}).value == 0
    assert run(**params | {"royalty_rate": 0}).value == 0
    assert run(**params | {"tax_rate": 1, "tax_basis": "after_tax"}).value == 0


@given(dated())
def test_equal_rates_in_a_series_are_one_rate(params):
    count = len(params["revenue"])
    series = {name: [params[name]] * count for name in ("royalty_rate", "tax_rate")}
    assert run(**params | series).value == run(**params).value


@given(dated(), st.lists(money, min_size=1, max_size=5))
def test_periods_after_the_expiry_day_add_nothing(params, more):
    first = date.fromisoformat(params["first_period_end"])
    last = add_months(first, 12 * (len(params["revenue"]) - 1))
    expiry = min(date.fromisoformat(params["expiry_date"]), last).isoformat()
    params = params | {"expiry_date": expiry}
    longer = params | {"revenue": params["revenue"] + more}
    assert run(**longer).value == pytest.approx(run(**params).value, rel=1e-14)


@given(dated(), st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_mid_period_is_half_a_year_dearer_over_whole_years(params, valued):
    whole = params | {
        "valuation_date": valued.isoformat(),
        "first_period_end": add_months(valued, 12).isoformat(),
        "expiry_date": add_months(valued, 12 * len(params["revenue"])).isoformat(),
        "day_count": "act/act",
    }
    mid, end = run(**whole | {"timing": "mid"}), run(**whole | {"timing": "end"})
    ratio = math.sqrt(1 + params["discount_rate"])
    assert mid.value == pytest.approx(ratio * end.value, rel=1e-12)


@given(dated())
def test_before_tax_and_after_it_differ_by_the_tax_rate(params):
    before = run(**params | {"tax_basis": "pre_tax"}).value
    left = 1 - params["tax_rate"]
    assert run(**params | {"tax_basis": "after_tax"}).value == pytest.approx(
        left * before, rel=1e-12
    )


@given(dated(), st.integers(1, 5))
def test_scenarios_of_fixed_inputs_all_give_the_single_value(params, scenarios):
    checked, _ = params_or_refuse(METHOD.params, params)
    arrays = METHOD.arrays(checked)
    for name in ("revenue", "royalty_rate", "tax_rate", "discount_rate"):
        flat = np.atleast_1d(arrays[name])
        arrays[name] = np.repeat(flat[np.newaxis, :], scenarios, axis=0)
    values = METHOD.values(arrays)
    assert values.shape == (scenarios,)
    assert values == pytest.approx(METHOD.run(checked).value, rel=1e-14)


@given(st.lists(dated(most=4), min_size=1, max_size=4))
def test_a_stock_of_patents_is_each_of_them_alone(stock):
    alike = {"timing": "mid", "tax_basis": "after_tax"}
    several = [one | {"revenue": (one["revenue"] * 4)[:4]} | alike for one in stock]
    singles = [run(**one).value for one in several]
    rows = [METHOD.arrays(params_or_refuse(METHOD.params, one)[0]) for one in several]
    together = {
        name: np.stack([np.broadcast_to(row[name], (4,)) for row in rows])
        for name, first in rows[0].items()
        if isinstance(first, np.ndarray)
    }
    assert METHOD.values(rows[0] | together) == pytest.approx(singles, rel=1e-14)


# What it refuses, and what it tells


@pytest.mark.parametrize("name", ["royalty_rate", "tax_rate"])
def test_a_series_of_another_length_is_refused(name):
    told = refused(revenue=[1, 2, 3], **{name: [0.1, 0.2]})
    assert name in told
    assert "2" in told
    assert "3" in told


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("first_period_end", "2024-12-31"),
        ("first_period_end", "2024-12-30"),
        ("first_period_end", "2026-01-01"),
        ("first_period_end", "9999-12-31"),
        ("expiry_date", "2024-12-31"),
        ("expiry_date", "2001-01-01"),
        ("valuation_date", "2025-12-31"),
        ("valuation_date", "1899-12-31"),
    ],
)
def test_dates_out_of_order_are_refused(name, day):
    told = refused(**{name: day})
    assert "valuation" in told or "first_period_end" in told or "expiry_date" in told


def test_several_faults_are_told_together():
    told = refused(royalty_rate=[0.1, 0.2], expiry_date="2001-01-01")
    assert "royalty_rate" in told
    assert "expiry_date" in told


def test_a_value_beyond_all_measure_is_refused():
    assert "finite" in refused(revenue=[1.7e308] * 9, royalty_rate=1, discount_rate=0)


def notes(**given: Any) -> set[str]:
    issues = run(**given).issues
    assert all(issue.severity is Severity.NOTE for issue in issues)
    return {issue.where for issue in issues}


def test_a_forecast_that_ends_before_the_term_is_noted():
    assert notes(expiry_date="2025-12-31") == set()
    assert notes(expiry_date="2026-01-01") == {"revenue"}


def test_periods_after_the_term_are_noted():
    told = run(revenue=[1, 1, 1], expiry_date="2025-06-30").issues
    assert [dict(one.wording.values)["count"] for one in told] == [2]


def test_what_a_stub_amount_covers_is_noted():
    stub = {"valuation_date": "2025-06-30", "expiry_date": "2025-12-31"}
    assert notes(**stub) == {"first_amount"}
    assert notes(**stub, first_amount="year") == {"first_amount"}
    texts = [run(**stub, first_amount=how).issues[0] for how in ("period", "year")]
    assert str(texts[0].wording) != str(texts[1].wording)
