from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from valuer.core.figures import Swing, TornadoFigure, tick_labels, ticks

amounts = st.floats(-1e12, 1e12, allow_nan=False)


def test_ticks_are_round_and_enclose_the_range():
    assert ticks(3, 97) == (0, 20, 40, 60, 80, 100)
    assert ticks(0, 0.9) == tuple(0.2 * i for i in range(6))


@given(amounts, amounts)
def test_ticks_enclose_any_range(one, other):
    low, high = min(one, other), max(one, other)
    places = ticks(low, high)
    slack = 1e-6 * (places[1] - places[0])
    assert places[0] <= low + slack
    assert places[-1] >= high - slack
    assert 2 <= len(places) <= 9


def test_tick_labels_have_equal_decimals():
    assert tick_labels((-2.5, 0.0, 2.5)) == ("−2.5", "0.0", "2.5")
    assert tick_labels((0, 500_000, 1_000_000)) == ("0", "500,000", "1,000,000")


def test_the_widest_swing_comes_first():
    narrow, wide = Swing("a", "1", "2", 9, 11), Swing("b", "1", "2", 20, 5)
    figure = TornadoFigure("t", "u", 10, "10", (narrow, wide))
    assert figure.ranked == (wide, narrow)
