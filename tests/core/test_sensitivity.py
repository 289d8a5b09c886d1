"""One input moves, the others stay; the widest swing comes first."""

from __future__ import annotations

from typing import Any

import pytest

from valuer.core.entries import params_or_refuse
from valuer.core.sensitivity import Swing, one_way
from valuer.methods import METHODS

METHOD = METHODS.find("relief_from_royalty")

# One year at its end, untaxed and undiscounted: the value is revenue × rate.
PLAIN: dict[str, Any] = {
    "revenue": [100],
    "royalty_rate": 0.5,
    "tax_rate": 0,
    "discount_rate": 0,
    "valuation_date": "2024-12-31",
    "first_period_end": "2025-12-31",
    "expiry_date": "2030-12-31",
    "timing": "end",
}


def swings(share: float = 0.1, **given: Any) -> dict[str, Swing]:
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    return {swing.name: swing for swing in one_way(METHOD, params, share)}


def test_a_fixed_number_moves_by_a_tenth_of_itself():
    found = swings()["royalty_rate"]
    assert (found.low_input, found.high_input) == pytest.approx((0.45, 0.55))
    assert (found.low, found.high) == pytest.approx((45, 55))
    assert found.width == pytest.approx(10)


def test_a_series_moves_as_a_whole():
    found = swings(revenue=[100, 200])["revenue"]
    assert (found.low_input, found.high_input) == (None, None)
    assert (found.low, found.high) == pytest.approx((135, 165))


def test_what_is_nought_or_without_effect_does_not_move():
    assert set(swings()) == {"revenue", "royalty_rate"}
    assert "tax_rate" not in swings(tax_rate=0.25, tax_basis="pre_tax")


def test_a_number_does_not_leave_its_range():
    found = swings(royalty_rate=0.95)["royalty_rate"]
    assert found.high_input == 1
    assert found.high == pytest.approx(100)


def test_an_uncertain_input_moves_between_its_outer_twentieths():
    given = {"dist": "uniform", "low": 0.2, "high": 0.4}
    found = swings(royalty_rate=given)["royalty_rate"]
    assert (found.low_input, found.high_input) == pytest.approx((0.21, 0.39))
    assert (found.low, found.high) == pytest.approx((21, 39))


def test_a_cut_distribution_moves_within_what_is_left_of_it():
    # Half of it lies below nought; its own 5 % and 95 % are at u = 0.525 and 0.975.
    given = {"dist": "normal", "mean": 0, "sd": 0.1}
    found = swings(royalty_rate=given)["royalty_rate"]
    assert (found.low_input, found.high_input) == pytest.approx(
        (0.00627, 0.19600), abs=1e-5
    )


def test_a_series_may_be_uncertain_in_one_period():
    given = {"dist": "uniform", "low": 0, "high": 100}
    found = swings(revenue=[given, 100])["revenue"]
    assert (found.low, found.high) == pytest.approx((0.5 * (5 + 90), 0.5 * (95 + 110)))


def test_the_widest_comes_first():
    params, _ = params_or_refuse(
        METHOD.params, PLAIN | {"discount_rate": 0.1, "tax_rate": 0.01}
    )
    widths = [swing.width for swing in one_way(METHOD, params)]
    assert widths == sorted(widths, reverse=True)
    assert len(widths) == 4


def test_a_greater_share_swings_wider():
    assert swings(0.2)["revenue"].width == pytest.approx(20)


COST: dict[str, Any] = {
    "items": [
        {"name": "人员", "amount": 100},
        {"name": "", "amount": {"dist": "uniform", "low": 100, "high": 200}},
    ],
    "price_indices": [
        {"index": "人工", "until": "2025-12-31", "change": 0.1},
        {"index": "人工", "until": "2026-12-31", "change": 0.1},
    ],
    "profit_base": "cost",
    "newness_basis": "rate",
    "newness_rate": 0.5,
    "valuation_date": "2026-12-31",
}


def cost_swings(**given: Any) -> dict[str, Swing]:
    method = METHODS.find("replacement_cost")
    params, _ = params_or_refuse(method.params, COST | given)
    return {swing.name: swing for swing in one_way(method, params)}


def test_each_cost_item_moves_by_itself_under_its_own_name():
    found = cost_swings()
    first, second = found["items[0].amount"], found["items[1].amount"]
    assert str(first.label) == "人员: Amount"
    assert (first.low_input, first.high_input) == pytest.approx((90, 110))
    assert (first.low, first.high) == pytest.approx((0.5 * 240, 0.5 * 260))
    assert str(second.label) == "2: Amount"
    assert (second.low, second.high) == pytest.approx((0.5 * 205, 0.5 * 295))
    assert (second.is_drawn, second.is_moved) == (True, False)


def test_the_changes_of_prices_move_as_a_column():
    item = {"name": "人员", "amount": 100, "incurred": "2024-05-01", "index": "人工"}
    found = cost_swings(items=[item])["price_indices.change"]
    assert (found.low_input, found.high_input) == (None, None)
    assert (found.low, found.high) == pytest.approx((50 * 1.09**2, 50 * 1.11**2))
