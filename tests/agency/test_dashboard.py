"""The board: which months each tile asks of, when an arrow stands, what waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.agency.hand_docket import AS_OF, DOCKET, case
from tests.agency.invented_agency import docket as invented_docket
from valuer.agency.attention import HORIZONS, MOST, Matter, attention
from valuer.agency.columns import columns_of
from valuer.agency.dashboard import (
    TILES,
    Tiled,
    board,
    kept_board,
    kept_form,
    question_of,
    tiles,
)
from valuer.agency.docket import Abnormal, AbnormalResult, Case, DueDate
from valuer.agency.metrics import metric
from valuer.agency.notices import Notice
from valuer.agency.quality import answer

TODAY = date(2026, 11, 23)


def waits(*cases: Case, today: date = TODAY):
    """What waits, by matter and horizon, with the cases."""
    found = attention(columns_of(cases, today))
    return {
        (one.matter, one.horizon): (one, names)
        for one, names in zip(found.waiting, found.numbers, strict=True)
    }


def pending(number: int, **facts: object) -> Case:
    return case(number, status="进入实审", **facts)


def test_a_tile_asks_of_twelve_months_and_of_the_twelve_before():
    now, before = question_of(Tiled("Q01"), TODAY), question_of(Tiled("Q01"), TODAY, 1)
    assert (now.first, now.last) == (date(2025, 11, 24), TODAY)
    assert (before.first, before.last) == (date(2024, 11, 24), date(2025, 11, 23))


def test_grants_within_36_months_are_asked_of_cases_filed_36_months_ago():
    (tiled,) = [one for one in TILES if one.key == "Q03_36"]
    asked = question_of(tiled, TODAY)
    assert (asked.first, asked.last) == (date(2022, 11, 24), date(2023, 11, 23))


@given(st.dates(date(2015, 1, 1), date(2090, 1, 1)))
def test_the_two_years_of_a_tile_meet_without_a_gap(today: date):
    for tiled in TILES:
        now, before = question_of(tiled, today), question_of(tiled, today, 1)
        assert before.last + timedelta(days=1) == now.first


def test_tiles_say_what_the_metrics_answer():
    docket = invented_docket(2000, 3)
    for tile, tiled in zip(tiles(docket), TILES, strict=True):
        (row,) = answer(docket, question_of(tiled, docket.as_of), [metric(tiled.key)])
        assert tile.row == row


def test_a_tile_without_its_fields_names_them():
    bare = columns_of((case(1, filed=date(2026, 1, 5)),), AS_OF)
    found = {tile.key: tile for tile in tiles(bare)}
    assert found["Q28"].missing == ("due_dates",)
    assert found["Q28"].now.value is None


def test_a_kept_board_comes_back_as_it_was():
    docket = columns_of(DOCKET, AS_OF)
    made = board(docket, attention(docket), 3, [("其他失效", 2), ("?", 5)])
    assert (made.words, made.unread) == (2, 7)
    assert kept_board(kept_form(made)) == made


def test_a_board_of_another_form_counts_as_not_kept():
    docket = columns_of(DOCKET, AS_OF)
    made = replace(board(docket, attention(docket)), form=0)
    assert kept_board(kept_form(made)) is None
    assert kept_board(None) is None


@pytest.mark.parametrize(
    ("days", "matters"),
    [
        (-1, {(Matter.OVERDUE, 0)}),
        (0, {(Matter.DUE, one) for one in HORIZONS}),
        (7, {(Matter.DUE, one) for one in HORIZONS}),
        (8, {(Matter.DUE, 15), (Matter.DUE, 30)}),
        (30, {(Matter.DUE, 30)}),
        (31, set()),
    ],
)
def test_a_due_date_waits_where_its_day_lies(days: int, matters: set):
    due = DueDate(TODAY + timedelta(days=days))
    found = waits(pending(1, due_dates=(due,)))
    assert {key for key, (one, _) in found.items() if one.count} == matters


def test_what_is_done_lost_or_closed_waits_no_more():
    day = TODAY + timedelta(days=3)
    done = pending(1, due_dates=(DueDate(day, done=TODAY),))
    lost = pending(2, due_dates=(DueDate(day, lost=True),))
    closed = case(3, status="逾期视撤失效", due_dates=(DueDate(day),))
    assert not any(one.count for one, _ in waits(done, lost, closed).values())


def test_only_the_last_notice_of_a_case_waits_and_an_answered_one_does_not():
    first = Notice("审查意见通知书", date(2026, 1, 5), due=date(2026, 5, 20))
    second = Notice("审查意见通知书", date(2026, 9, 25), due=date(2026, 11, 25))
    answered = replace(second, answered=date(2026, 11, 2))
    found = waits(
        pending(1, notices=(first, second)), pending(2, notices=(first, answered))
    )
    soon, numbers = found[Matter.DUE, 7]
    assert (soon.count, soon.day, numbers) == (1, second.due, (case(1).number,))
    assert found[Matter.OVERDUE, 0][0].count == 0


def test_a_notice_that_stands_among_the_due_dates_counts_once():
    day = date(2026, 11, 25)
    notice = Notice("审查意见通知书", date(2026, 9, 25), due=day)
    open_ = pending(1, notices=(notice,), due_dates=(DueDate(day),))
    done = pending(2, notices=(notice,), due_dates=(DueDate(day, done=TODAY),))
    assert waits(open_, done)[Matter.DUE, 7][0].count == 1


def test_a_lost_right_can_be_restored_within_two_months_of_its_notice():
    notice = Notice("专利权终止通知书", date(2026, 10, 15))
    one = case(1, status="未缴年费专利权终止,等恢复", notices=(notice,))
    untold = case(2, status="逾期视撤,等恢复")
    passed = replace(
        one,
        number=case(3).number,
        notices=(Notice("专利权终止通知书", date(2026, 6, 1)),),
    )
    found, numbers = waits(untold, passed, one)[Matter.RESTORABLE, 0]
    assert (found.count, found.day, found.undated) == (3, date(2026, 12, 15), 2)
    assert numbers[0] == one.number


def test_a_suspicion_waits_until_it_is_answered():
    suspected = pending(1, abnormal=(Abnormal(date(2026, 10, 8)),))
    explained = AbnormalResult.EXPLAINED
    told = pending(2, abnormal=(Abnormal(date(2026, 9, 1), explained),))
    found, numbers = waits(suspected, told)[Matter.SUSPECTED, 0]
    assert (found.count, found.day) == (1, date(2026, 10, 8))
    assert numbers == (suspected.number,)


def test_the_most_urgent_cases_come_first_and_so_many_are_named():
    cases = [
        pending(n, due_dates=(DueDate(TODAY - timedelta(days=n % 900 + 1)),))
        for n in range(1, MOST + 200)
    ]
    found, numbers = waits(*cases)[Matter.OVERDUE, 0]
    assert found.count == MOST + 199
    assert len(numbers) == MOST
    days = {one.number: one.due_dates[0].due for one in cases}
    shown = [days[number] for number in numbers]
    assert shown == sorted(shown)
