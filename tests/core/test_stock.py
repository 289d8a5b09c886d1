"""A stock of patents: each as if alone, whatever the blocks, threads or processes."""

from __future__ import annotations

from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.problems import Cancelled, UserError
from valuer.core.simulation import simulate
from valuer.core.stock import Same, value_many
from valuer.core.stock.columns import row_of
from valuer.core.stock.plain import plain_batches
from valuer.methods import METHODS

ROYALTY = METHODS.find("relief_from_royalty")


def columns(count, seed=1, **change):
    rng = np.random.default_rng(seed)
    expiry = np.datetime64("2026-12-01") + rng.integers(1, 4000, count)
    return {
        "revenue": rng.uniform(100, 5000, (count, 8)),
        "royalty_rate": rng.uniform(0.01, 0.06, count),
        "tax_rate": 0.25,
        "discount_rate": rng.uniform(0.08, 0.25, count),
        "valuation_date": "2026-09-30",
        "first_period_end": "2026-12-31",
        "expiry_date": expiry,
        "timing": "mid",
    } | change


def alone(given, place):
    params, _ = params_or_refuse(ROYALTY.params, row_of(given, place))
    return ROYALTY.run(params).value


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@settings(max_examples=20)
@given(
    st.sampled_from(["act/365", "act/act", "months"]),
    st.sampled_from(["period", "year"]),
    st.lists(days, min_size=3, max_size=3),
    st.integers(0, 9),
)
def test_dates_as_columns_are_dates_one_by_one(count_by, covers, valued, seed):
    given = columns(3, seed, day_count=count_by, first_amount=covers)
    given |= {"valuation_date": valued, "first_period_end": ["2026-12-31"] * 3}
    given["timing"] = ["mid", "end", "mid"]
    stock = value_many(ROYALTY, given)
    refused = {issue.row - 1 for issue in stock.issues}
    for place in range(3):
        if place in refused:
            with pytest.raises(UserError):
                alone(given, place)
        else:
            assert stock.value[place] == pytest.approx(alone(given, place), rel=1e-12)


def test_plain_columns_are_not_read_row_by_row():
    batches, left = plain_batches(ROYALTY, columns(50), 50)
    assert [len(batch.rows) for batch in batches] == [50]
    assert not len(left)


def test_series_of_different_lengths_end_in_nan():
    given = columns(40)
    for place in range(40):
        given["revenue"][place, 1 + place % 8 :] = np.nan
    stock = value_many(ROYALTY, given)
    assert len(plain_batches(ROYALTY, given, 40)[0]) == 8
    found = [alone(given, place) for place in range(40)]
    assert stock.value == pytest.approx(found, rel=1e-12)


def test_wrong_rows_are_told_and_the_others_valued():
    given = columns(6)
    given["royalty_rate"][1] = 1.5
    given["expiry_date"][3] = np.datetime64("2020-01-01")
    given["revenue"][4, 2] = np.inf
    stock = value_many(ROYALTY, given)
    assert [(issue.row, issue.where) for issue in stock.issues] == [
        (2, "royalty_rate"),
        (4, "expiry_date"),
        (5, "revenue[2]"),
    ]
    assert "must be after the valuation date" in str(stock.issues[1].wording)
    assert np.flatnonzero(np.isnan(stock.value)).tolist() == [1, 3, 4]
    assert stock.value[0] == pytest.approx(alone(given, 0), rel=1e-12)


def test_rows_as_lists_of_json_are_taken_too():
    given = columns(4)
    rows = [row_of(given, place) for place in range(4)]
    lists = {name: [row[name] for row in rows] for name in rows[0]}
    assert value_many(ROYALTY, lists).value == pytest.approx(
        value_many(ROYALTY, given).value, rel=1e-12
    )
    same = columns(4, revenue=Same([100, 200]))
    assert value_many(ROYALTY, same).value[2] == pytest.approx(alone(same, 2))


def test_rounding_stated_is_that_of_the_single_run():
    given = columns(3, factor_digits=4)
    found = [alone(given, place) for place in range(3)]
    assert value_many(ROYALTY, given).value.tolist() == found


def uncertain(count):
    return columns(
        count,
        royalty_rate={
            "dist": "triangular",
            "low": 0.01,
            "mode": 0.03,
            "high": np.linspace(0.04, 0.09, count),
        },
        discount_rate={
            "dist": "normal",
            "mean": np.linspace(0.1, 0.2, count),
            "sd": 0.01,
        },
    )


def figures(stock):
    return np.stack([stock.value, stock.mean, stock.se, stock.p5, stock.p50, stock.p95])


def test_a_simulated_patent_is_the_single_simulation_with_its_seed():
    given, seeds = uncertain(5), [3, 1, 4, 1, 5]
    stock = value_many(ROYALTY, given, scenarios=400, seeds=seeds)
    for place, seed in enumerate(seeds):
        params, _ = params_or_refuse(ROYALTY.params, row_of(given, place))
        single = simulate(ROYALTY, params, 400, seed)
        found = figures(stock)[1:, place]
        wanted = [single.mean, single.se, single.p5, single.p50, single.p95]
        assert found == pytest.approx(wanted, rel=1e-11)


@settings(max_examples=8)
@given(
    st.integers(600_000, 8_000_000), st.sampled_from([2, 3, 50, 3000]), st.integers(0)
)
def test_blocks_change_nothing(memory, scenarios, seed):
    given, seed = uncertain(7), seed % 2**63
    whole = value_many(ROYALTY, given, scenarios=scenarios, seeds=seed)
    small = value_many(ROYALTY, given, scenarios=scenarios, seeds=seed, memory=memory)
    assert np.array_equal(figures(whole), figures(small))


def test_threads_and_processes_change_nothing():
    given = uncertain(300)
    wanted = figures(value_many(ROYALTY, given, scenarios=40, seeds=9))
    for executor in (ThreadPoolExecutor(2), ProcessPoolExecutor(2)):
        with executor:
            stock = value_many(ROYALTY, given, scenarios=40, seeds=9, executor=executor)
        assert np.array_equal(figures(stock), wanted)


def test_a_patent_alone_is_the_same_as_among_others():
    given = columns(40)
    stock = value_many(ROYALTY, given)
    for place in (0, 39):
        single = {
            k: v[place : place + 1] if isinstance(v, np.ndarray) else v
            for k, v in given.items()
        }
        assert value_many(ROYALTY, single).value[0] == stock.value[place]


class Waiting(Executor):
    """An executor that runs what is submitted at once and remembers the futures."""

    def __init__(self):
        self.futures = []

    def submit(self, work, /, *given):
        future = Future()
        self.futures.append(future)
        if len(self.futures) == 1:
            future.set_result(work(*given))
        return future


def test_cancel_is_heard_and_nothing_is_left_running():
    def stop(done, total):
        raise Cancelled

    executor = Waiting()
    with pytest.raises(Cancelled):
        value_many(
            ROYALTY, uncertain(400), scenarios=4, progress=stop, executor=executor
        )
    assert len(executor.futures) == 4
    assert all(future.cancelled() for future in executor.futures[1:])
    with pytest.raises(Cancelled):
        value_many(ROYALTY, columns(10), progress=stop)


def test_progress_counts_patents():
    told = []
    value_many(
        ROYALTY,
        uncertain(30),
        scenarios=4000,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == sorted(told)
    assert len(told) > 3
    assert told[-1] == (30, 30)


@pytest.mark.parametrize(
    ("change", "asked", "words"),
    [
        ({"royalty_rate": [0.01]}, {}, "“royalty_rate” has 1 rows and column"),
        ({}, {"scenarios": 1}, "between 2 and"),
        ({}, {"scenarios": 100, "memory": 1000}, "too little"),
        ({}, {"seeds": [1]}, "1 seeds for 4 patents"),
        ({}, {"seeds": -1}, "from 0"),
    ],
)
def test_what_does_not_go_together_is_refused(change, asked, words):
    with pytest.raises(UserError, match=words):
        value_many(ROYALTY, columns(4) | change, **asked)


def test_no_column_is_refused():
    with pytest.raises(UserError, match="how many patents"):
        value_many(ROYALTY, {"royalty_rate": 0.01})
