"""Figures are told with their unit and as precisely as they are known."""

from __future__ import annotations

import pytest

from valuer.agency.cohorts import Compared
from valuer.agency.metric import Grouping, benchmarks
from valuer.agency.metrics import METRICS
from valuer.agency.quality import Row
from valuer.agency.quality_words import (
    GROUPS,
    STATISTICS,
    benchmark_words,
    change_words,
    group_name,
    interval_words,
    mark_words,
    numerator_words,
    value_words,
)
from valuer.core.texts import say


def row(key: str, n: int, numerator, value, low, high, missing=()) -> Row:
    return Row(key, None, n, numerator, value, low, high, missing=missing)


def told(found) -> str:
    return say(found, "en")


@pytest.mark.parametrize(
    ("key", "value", "low", "high", "shown", "interval"),
    [
        ("Q01", 0.55, 0.45243, 0.64389, "55.0%", "45.2–64.4%"),
        ("Q01", 0.0, 0.0, 0.32442, "0.0%", "0.0–32.4%"),
        ("Q09_suspected", 0.0002, 0.00004, 0.00113, "0.02%", "0.00–0.11%"),
        ("Q09_confirmed", 0.0, 0.0, 0.000192, "0.00%", "0.00–0.02%"),
        ("Q27", 3.868, 2.987, 5.008, "3.87", "2.99–5.01"),
        ("Q07", 15.52, 15.0, 16.04, "15.5 months", "15.0–16.0"),
        ("Q07", 15.52, 15.0, None, "15.5 months", "15.0 or more"),
        ("Q12", 1234.4, 1200.0, 1269.0, "1,234 characters", "1,200–1,269"),
        ("Q25", 0.2291, None, None, "0.229", ""),
        ("Q25_day", 16.0, None, None, "16", ""),
    ],
)  # fmt: skip
def test_a_figure_has_its_unit_and_its_interval(key, value, low, high, shown, interval):
    found = row(key, 10, 1.0, value, low, high)
    assert told(value_words(found)) == shown
    assert told(interval_words(found)) == interval


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (row("Q01", 0, 0.0, None, None, None), "No case counts"),
        (row("Q07", 4, 1.0, None, None, None), "Less than half are done"),
        (row("Q03_36", 4, 1.0, None, None, None), "Not followed that long yet"),
        (row("Q07", 0, None, None, None, None, ("x",)), "Fields are missing"),
    ],
)
def test_where_there_is_no_value_it_says_why(found, why):
    assert told(value_words(found)) == why
    assert interval_words(found) == ""


def test_a_sum_of_shares_keeps_its_fraction_and_a_median_has_no_numerator():
    assert numerator_words(row("Q24", 2, 10.5, 5.25, 2.0, 9.0)) == "10.5"
    assert numerator_words(row("Q01", 100, 55.0, 0.55, 0.4, 0.6)) == "55"
    assert numerator_words(row("Q11_median", 9, 4.0, 10.0, 9.0, 11.0)) == ""
    assert numerator_words(row("Q07", 0, None, None, None, None)) == ""


def test_a_change_is_told_in_points_with_its_interval():
    # Newcombe (1998), example (a): 56/70 against 48/80, 0.2000, 0.0524 to 0.3339.
    earlier = row("Q01", 80, 48.0, 0.6, 0.49, 0.70)
    later = row("Q01", 70, 56.0, 0.8, 0.69, 0.88)
    found = Compared(earlier, later, 0.2, 0.0524, 0.3339)
    assert told(change_words(found)) == "+20.0 points (+5.2 to +33.4)"
    months = row("Q07", 9, 5.0, 15.0, None, None)
    assert (
        told(change_words(Compared(months, months, -0.04, None, None))) == "0.0 months"
    )
    assert "no value" in told(change_words(Compared(earlier, later, None, None, None)))


def test_groups_have_names():
    assert told(group_name(None, None)) == "All cases"
    assert told(group_name("", Grouping.CLIENT)) == "Not told"
    assert told(group_name("G", Grouping.FIELD)) == "G Physics"
    assert told(group_name("2025-03", Grouping.MONTH)) == "2025-03"


def test_benchmarks_say_year_and_mark():
    found = benchmarks()["Q07"]
    assert told(benchmark_words(found)) == "15.5 months (2024)"
    assert told(mark_words(found)).startswith("V2: read in two")
    assert benchmark_words(None) == ""


def test_every_metric_stands_in_one_group_and_every_shape_says_how_it_is_reckoned():
    listed = [one for _, _, metrics in GROUPS for one in metrics]
    assert listed == list(METRICS)
    assert {one.shape for one in METRICS} <= set(STATISTICS)
