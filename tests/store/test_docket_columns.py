from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agency.hand_docket import DOCKET
from tests.agency.invented_agency import invented
from tests.store.docket_lists import AT, CELL, SCREW, do, look, put
from valuer.agency.columns import columns_of
from valuer.agency.docket import Case
from valuer.agency.docket_parts import joined_parts, part_of
from valuer.agency.metric import Question
from valuer.agency.quality import answer
from valuer.store.batches import take_back
from valuer.store.docket import docket_state, every_case
from valuer.store.docket_columns import (
    are_columns_kept,
    docket_columns,
    keep_columns,
)
from valuer.store.docket_edits import save_case
from valuer.store.docket_kept import keep_answer, kept_answer
from valuer.store.docket_words import put_status_word

AS_OF = date(2026, 9, 30)


def assert_same(found, expected):
    """Codes of names may differ; the names behind them may not."""
    assert (found.count, found.as_of) == (expected.count, expected.as_of)
    assert found.numbers.tolist() == expected.numbers.tolist()
    assert_columns(found, found.columns, expected, expected.columns)
    assert set(found.tables) == set(expected.tables)
    for name, table in expected.tables.items():
        assert_columns(found, found.tables[name], expected, table)


def assert_columns(found, ours, expected, theirs):
    assert set(ours) == set(theirs)
    for name, column in theirs.items():
        if name in expected.labels:
            names = [expected.labels[name][code] for code in column]
            assert [found.labels[name][code] for code in ours[name]] == names
        else:
            np.testing.assert_array_equal(ours[name], column)
            assert ours[name].dtype == column.dtype


def assert_right(library):
    """What is kept, or made, is what the cases tell."""
    found = look(library, docket_columns, AS_OF)
    assert_same(found, columns_of(look(library, every_case), AS_OF))


def test_the_columns_of_the_invented_agency_are_those_of_its_cases(library):
    cases, _ = invented(5000, 7)
    put(library, *cases)
    assert look(library, every_case) == cases
    assert_right(library)
    do(library, keep_columns)
    assert look(library, are_columns_kept)
    assert_right(library)

    kept = look(library, docket_columns, AS_OF)
    expected = columns_of(cases, AS_OF)
    assert answer(kept, Question()) == answer(expected, Question())


def test_after_a_change_no_kept_column_is_out_of_date(library):
    cases, _ = invented(4200, 3)
    put(library, *cases)
    do(library, keep_columns)
    do(library, save_case, replace(cases[4150], client="新客户", claims=77), "王", AT)
    assert not look(library, are_columns_kept)
    assert_right(library)
    do(library, keep_columns)
    assert_right(library)
    for change in (
        lambda: put(library, SCREW, replace(CELL, status="等火星人")),
        lambda: do(library, put_status_word, "等火星人", "专利权维持", "王", AT),
        lambda: do(library, take_back, "B3", AT),
    ):
        change()
        assert not look(library, are_columns_kept)
        do(library, keep_columns)
        assert_right(library)


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM docket_parts",
        "UPDATE docket_parts SET form = 'of another version'",
        "UPDATE docket_parts SET body = substr(body, 1, 100)",
        "UPDATE docket_parts SET body = CAST(x'00' || body AS BLOB)",
    ],
)
def test_what_is_kept_may_be_dropped_or_damaged(library, damage):
    put(library, *DOCKET)
    do(library, keep_columns)
    do(library, lambda connection: connection.exec_driver_sql(damage))

    assert not look(library, are_columns_kept)
    assert_right(library)


def test_columns_that_have_more_cases_than_there_are_are_made_anew(library):
    put(library, *DOCKET)
    do(library, keep_columns)

    def lose_one(connection):
        for table, key in (
            ("agents", "case_id"),
            ("facts", "case_id"),
            ("cases", "id"),
        ):
            text = "DELETE FROM docket_{} WHERE {} = 3"
            connection.exec_driver_sql(text.format(table, key))

    do(library, lose_one)
    assert_right(library)


def test_a_docket_without_cases_has_columns(library):
    assert_right(library)
    do(library, keep_columns)
    assert look(library, docket_columns, AS_OF).count == 0


def test_a_docket_that_tells_no_end_knows_no_outcome(library):
    silent = [Case(f"{number}", filed=AS_OF) for number in range(3)]
    put(library, *silent)
    assert not look(library, docket_columns, AS_OF).has("outcome")
    assert_right(library)


PARTS = st.lists(
    st.lists(
        st.sampled_from([*DOCKET, SCREW, CELL, Case("9", client="丁")]), max_size=4
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=50)
@given(PARTS)
def test_parts_joined_are_the_whole(parts):
    every = [case for part in parts for case in part]
    joined = joined_parts([part_of(part, AS_OF) for part in parts], AS_OF)

    assert_same(joined, columns_of(every, AS_OF))


def test_a_silent_part_beside_one_that_tells_is_pending():
    silent = [Case("1", filed=AS_OF), Case("2", published=AS_OF)]
    parts = [part_of(silent, AS_OF), part_of([SCREW], AS_OF)]

    assert_same(joined_parts(parts, AS_OF), columns_of([*silent, SCREW], AS_OF))


def test_an_answer_is_kept_until_the_docket_changes(library):
    put(library, SCREW)
    state = look(library, docket_state)
    do(library, keep_answer, "tiles", state, b"1")
    assert look(library, kept_answer, "tiles", state) == b"1"
    put(library, CELL)
    now = look(library, docket_state)

    assert look(library, kept_answer, "tiles", now) is None
    do(library, keep_answer, "tiles", now, b"2")
    do(library, keep_answer, "tiles", now, b"3")
    assert look(library, kept_answer, "tiles", now) == b"3"
    assert look(library, kept_answer, "tiles", state) is None


def test_a_docket_restored_and_changed_otherwise_is_in_another_state(library):
    put(library, SCREW)
    with library.rehearse() as connection:
        save_case(connection, replace(SCREW, title="Bolt"), "王", AT)
        one = docket_state(connection)
    do(library, save_case, replace(SCREW, title="Nut"), "王", AT)

    assert look(library, docket_state) != one
