"""Price indices: which changes count for which cost, and what is told of the others."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import Issue, Severity, UserError
from valuer.methods import METHODS

METHOD = METHODS.find("minimum_licence_fee")

# The whole of the cost is the licensee's, and none of it is used up.
PLAIN: dict[str, Any] = {
    "newness_basis": "rate",
    "newness_rate": 1,
    "licensee_capacity": 1,
    "total_capacity": 1,
    "valuation_date": "2024-12-31",
}

CPI = {2021: 0.02, 2022: 0.03, 2023: -0.01, 2024: 0.05}


def item(amount: float = 100, incurred: str | None = None, index: str = "") -> Any:
    return {"name": "项目", "amount": amount, "incurred": incurred, "index": index}


def yearly(changes: dict[int, float], index: str = "CPI") -> list[dict[str, Any]]:
    return [
        {"index": index, "until": f"{year}-12-31", "change": change}
        for year, change in changes.items()
    ]


def run(items: list[Any], indices: list[Any], **given: Any) -> Result:
    whole = PLAIN | {"items": items, "price_indices": indices} | given
    return METHOD.run(params_or_refuse(METHOD.params, whole)[0])


def worth(incurred: str | None, indices: list[Any], **given: Any) -> float:
    """What 100 of a day come to at the prices of the valuation date."""
    return run([item(100, incurred, "CPI")], indices, **given).value


def issues(items: list[Any], indices: list[Any], **given: Any) -> list[Issue]:
    found = run(items, indices, **given).issues
    assert all(one.say("en") for one in found)
    return list(found[:-1])  # the last is the purpose of the method


def wrong(items: list[Any], indices: list[Any], **given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(items, indices, **given)
    return str(refusal.value).partition(":")[0]


# Which changes count


@pytest.mark.parametrize(
    ("incurred", "expected"),
    [
        # The changes of the years after that in which the cost was incurred.
        ("2020-01-01", 100 * 1.02 * 1.03 * 0.99 * 1.05),
        ("2020-12-31", 100 * 1.02 * 1.03 * 0.99 * 1.05),
        ("2021-01-01", 100 * 1.03 * 0.99 * 1.05),
        ("2023-06-30", 105),
        ("2024-01-01", 100),
        ("2024-12-31", 100),
        (None, 100),
    ],
)
def test_the_changes_from_the_year_after_the_cost_count(incurred, expected):
    assert worth(incurred, yearly(CPI)) == pytest.approx(expected)


def test_a_change_that_ends_after_the_valuation_date_does_not_count():
    early = {"valuation_date": "2024-06-30"}
    assert worth("2023-06-30", yearly(CPI), **early) == 100
    # The change up to the valuation date takes its place, and counts in full.
    partial = [
        *yearly({2023: -0.01}),
        {"index": "CPI", "until": "2024-06-30", "change": 0.02},
    ]
    assert worth("2023-06-30", partial, **early) == pytest.approx(102)


def test_changes_within_a_year_chain_too():
    quarters = [
        {"index": "CPI", "until": day, "change": 0.01}
        for day in ("2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31")
    ]
    assert worth("2023-01-01", quarters) == pytest.approx(100 * 1.01**4)
    assert worth("2024-02-01", quarters) == 100  # the level of its whole year


def test_each_cost_has_its_own_index():
    indices = yearly({2024: 0.1}, "材料") + yearly({2024: 0.5}, "工资")
    items = [
        item(100, "2023-01-01", "材料"),
        item(100, "2023-01-01", "工资"),
        item(100, "2023-01-01"),
    ]
    found = {step.symbol: step.values for step in run(items, indices).working}
    assert found["r"] == pytest.approx((110, 150, 100))
    assert found["x"] == pytest.approx((1.1, 1.5, 1))
    assert found["u"] == (100, 100, 100)


def test_the_chain_of_levels_is_shown_in_the_order_of_the_rows():
    rows = yearly({2024: 0.1, 2023: 0.2})
    found = {s.symbol: s.values for s in run([item()], rows).working}
    assert found["b"] == pytest.approx((120, 100))
    assert found["l"] == pytest.approx((132, 120))


def test_a_fall_of_all_prices_is_refused():
    assert wrong([item()], yearly({2024: -1.0})) == "price_indices[0].change"


changes = st.lists(st.floats(-0.5, 1), min_size=1, max_size=6)


@given(changes, st.floats(0.01, 1e6))
def test_a_chain_is_the_product_of_its_changes(rises, amount):
    first = 2025 - len(rises)
    indices = yearly({first + k: rise for k, rise in enumerate(rises)})
    found = run([item(amount, f"{first - 1}-07-01", "CPI")], indices)
    product = math.prod(1 + rise for rise in rises)
    assert found.value == pytest.approx(amount * product, rel=1e-12)


@given(changes, st.integers(0, 7))
def test_a_cost_brought_up_twice_comes_to_the_same(rises, back):
    # To the end of a year, and from there to the valuation date.
    first = 2025 - len(rises)
    indices = yearly({first + k: rise for k, rise in enumerate(rises)})
    between = max(2024 - back, first - 1)
    begin = f"{first - 1}-01-01"
    half = worth(begin, indices, valuation_date=f"{between}-12-31")
    rest = worth(f"{between}-01-01", indices)
    assert half * rest / 100 == pytest.approx(worth(begin, indices), rel=1e-12)


@given(changes, st.integers(0, 5), st.floats(0, 1))
def test_a_cost_rises_with_each_change_that_counts(rises, place, more):
    first = 2025 - len(rises)
    higher = list(rises)
    higher[place % len(rises)] += more
    begin = f"{first - 1}-01-01"
    low, high = (
        worth(begin, yearly({first + k: rise for k, rise in enumerate(one)}))
        for one in (rises, higher)
    )
    assert low <= high * (1 + 1e-12)


# What is refused, and what is told


def test_an_index_that_the_table_does_not_have_is_refused():
    items = [item(), item(1, "2020-01-01", "PPI")]
    assert wrong(items, yearly(CPI)) == "items[1].index"
    assert wrong([item(1, None, "PPI")], []) == "items[0].index"


def test_a_cost_after_the_valuation_date_is_refused():
    assert wrong([item(1, "2025-01-01")], []) == "items[0].incurred"
    assert issues([item(1, "2024-12-31")], []) == []


def test_two_changes_up_to_one_day_are_refused():
    twice = yearly({2024: 0.1}) + yearly({2024: 0.1})
    assert wrong([item()], twice) == "price_indices[1].until"
    both = yearly({2024: 0.1}) + yearly({2024: 0.1}, "PPI")
    assert issues([item()], both) == []


def test_a_change_of_no_index_is_refused():
    assert wrong([item()], yearly({2024: 0.1}, "")) == "price_indices[0].index"


def test_a_year_without_a_change_is_warned_of_and_leaves_prices():
    gap = yearly({2021: 0.1, 2023: 0.1})
    items = [item(1, "2022-05-01", "CPI"), item(1, "2020-05-01", "CPI")]
    (warning,) = issues(items, gap)
    assert (warning.severity, warning.where) == (Severity.WARNING, "price_indices")
    assert "2022, 2024" in warning.say("en")
    assert worth("2020-05-01", gap) == pytest.approx(121)
    assert issues([item(1, "2022-05-01", "CPI")], yearly(CPI)) == []


def test_many_years_without_a_change_are_told_shortly():
    (warning,) = issues([item(1, "1901-01-01", "CPI")], yearly(CPI))
    assert "1902, 1903, 1904, 1905, 1906, …" in warning.say("en")


def test_a_change_too_late_is_warned_of():
    (warning,) = issues([item()], yearly({2025: 0.1}))
    assert (warning.severity, warning.where) == (
        Severity.WARNING,
        "price_indices[0].until",
    )


def test_an_old_cost_without_an_index_is_noted():
    (note,) = issues([item(), item(1, "2023-12-31"), item(1, "2024-01-01")], [])
    assert (note.severity, note.where) == (Severity.NOTE, "items")
    assert note.say("en").endswith("their rows: 2.")
    (note,) = issues([item(1, "2020-05-01")] * 7, [])
    assert "1, 2, 3, 4, 5, …" in note.say("en")


def test_an_index_without_a_day_is_warned_of():
    found = issues([item(), item(1, index="CPI")], yearly(CPI))
    (warning,) = found
    assert (warning.severity, warning.where) == (
        Severity.WARNING,
        "items[1].incurred",
    )
    assert str(warning.wording).startswith("Cost item 2 ")
    assert worth(None, yearly(CPI)) == pytest.approx(100)


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "name": st.just("x"),
                "amount": st.just(1),
                "incurred": st.none() | st.dates().map(date.isoformat),
                "index": st.sampled_from(["", "CPI", "PPI"]),
            }
        ),
        min_size=1,
        max_size=3,
    ),
    st.lists(
        st.fixed_dictionaries(
            {
                "index": st.sampled_from(["", "CPI", "PPI"]),
                "until": st.dates().map(date.isoformat),
                "change": st.floats(-0.9, 1),
            }
        ),
        max_size=4,
    ),
    st.dates(),
)
def test_no_days_break_the_reckoning(items, indices, valued):
    given = PLAIN | {
        "items": items,
        "price_indices": indices,
        "valuation_date": valued.isoformat(),
    }
    params, _ = params_or_refuse(METHOD.params, given)
    found = METHOD.check(params)
    assert all(issue.say("en") for issue in found)
    if all(issue.severity is not Severity.ERROR for issue in found):
        assert METHOD.run(params).value > 0
