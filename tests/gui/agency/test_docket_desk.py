"""The docket as the pages ask for it, and what the library's record tells of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.store.docket_lists import AT, CELL, LIST, SCREW, do, look, put
from valuer.agency.columns import columns_of
from valuer.agency.docket_queue import Choice
from valuer.core.registry import Registry
from valuer.gui.desk import Desk
from valuer.gui.trail_panel import TrailPanel
from valuer.store.batches import BatchFile
from valuer.store.docket import DocketFilter
from valuer.store.docket_columns import are_columns_kept
from valuer.store.docket_edits import save_case
from valuer.store.library import Access, open_library

AS_OF = date(2026, 9, 30)
EVERY = DocketFilter()
PENDING = replace(CELL, status="等待公布", granted=None)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "案卷.valuer"


def desk_on(path, access=Access.WRITE):
    library = open_library(path, create=access is Access.WRITE, access=access)
    return Desk(library, Registry, lambda: AT)


@pytest.fixture
def desk(path):
    desk = desk_on(path)
    yield desk
    desk.close()


def bring_in(desk, *cases):
    return desk.docket.put([BatchFile(LIST.file, LIST.sha256)], [cases])


def test_a_list_comes_in_and_is_looked_at(desk):
    batch, (outcome,) = bring_in(desk, SCREW, CELL)

    assert (batch, outcome.added) == ("B1", 2)
    assert desk.docket.cases(EVERY, 1, 1, "filed") == (CELL,)
    assert desk.docket.count(EVERY) == 2
    assert desk.docket.every() == (SCREW, CELL)
    assert desk.docket.find("P23002") == CELL
    assert desk.docket.agents() == ("李二", "王一", "赵三")
    assert desk.docket.clients() == ("乙大学", "甲公司")


def test_columns_are_the_same_until_the_docket_changes(desk):
    bring_in(desk, SCREW, CELL)
    before = desk.docket.columns(AS_OF)
    assert look(desk.library, are_columns_kept)
    assert desk.docket.columns(date(2026, 10, 1)).columns is before.columns

    desk.docket.save(replace(SCREW, client="丙公司"))
    after = desk.docket.columns(AS_OF)
    cases = (replace(SCREW, client="丙公司"), CELL)
    expected = columns_of(cases, AS_OF).labels["client"]
    assert set(after.labels["client"]) == set(expected)


def test_a_library_that_is_only_read_has_columns_and_answers(path, desk):
    bring_in(desk, SCREW, CELL)
    reader = desk_on(path, Access.READ)
    state = reader.docket.state()

    assert reader.docket.columns(AS_OF).count == 2
    reader.docket.keep_answer("tiles", state, b"1")
    assert reader.docket.kept_answer("tiles", state) == b"1"
    assert desk.docket.kept_answer("tiles", state) is None
    reader.close()


def test_an_answer_outlives_the_program(path, desk):
    bring_in(desk, SCREW)
    state = desk.docket.state()
    desk.docket.keep_answer("tiles", state, b"1")
    desk.close()
    again = desk_on(path)

    assert again.docket.kept_answer("tiles", state) == b"1"
    again.docket.save(replace(SCREW, title="Bolt"))
    assert again.docket.kept_answer("tiles", again.docket.state()) is None
    again.close()


def test_looking_at_a_new_library_makes_no_file(path, desk):
    assert desk.docket.columns(AS_OF).count == 0
    desk.docket.keep_answer("tiles", desk.docket.state(), b"1")

    assert not path.exists()


def test_questions_and_words_are_answered(desk):
    bring_in(desk, CELL, replace(SCREW, status="等火星人"))
    bring_in(desk, PENDING)
    bring_in(desk, replace(PENDING, title="另一题目"))
    assert desk.docket.count_questions() == 2
    first, second = (one.id for one in desk.docket.questions())
    desk.docket.answer(first, Choice.KEEP)
    desk.docket.answer_all([second], Choice.TAKE)

    assert desk.docket.questions() == ()
    assert [one.choice for one in desk.docket.answers()] == [Choice.TAKE, Choice.KEEP]
    assert desk.docket.unknown_words() == (("等火星人", 1),)
    assert desk.docket.put_word("等火星人", "专利权维持") == 1
    assert desk.docket.told_words() == (("等火星人", "专利权维持"),)


def test_the_record_tells_which_cases_were_edited_and_what_was_answered(
    path, open_window
):
    with open_library(path, create=True) as library:
        put(library, SCREW, CELL)
        do(library, save_case, replace(SCREW, drafter="孙"), "王", AT)
        put(library, PENDING)
    window = open_window(path)
    window.shell.desk.docket.answer(1, Choice.KEEP)
    panel = window.place("data").leaf("trail")
    assert isinstance(panel, TrailPanel)
    panel.reload()
    told = {}
    for row in range(len(panel.list.table.rows)):
        panel.list.view.selectRow(row)
        told[row] = window.why.body.toPlainText()

    tell = window.shell.words.tell
    assert tell("Keep what stands") in told[0]
    assert SCREW.number in told[2]
