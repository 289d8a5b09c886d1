from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from tests.store.docket_lists import AT, CELL, SCREW, do, every, look, put
from valuer.agency.docket_queue import Choice
from valuer.agency.statuses import Outcome
from valuer.core.problems import UserError
from valuer.store.batches import bring_again, take_back
from valuer.store.docket import DocketFilter, count_docket, docket_state
from valuer.store.docket_edits import save_case
from valuer.store.docket_questions import (
    answer_question,
    answer_questions,
    count_questions,
    list_answers,
    list_questions,
)
from valuer.store.docket_words import (
    put_status_word,
    told_status_words,
    unknown_status_words,
)
from valuer.store.journal import EntryKind, library_trail
from valuer.store.library_steps import redo_step, undo_step

GRANTED = replace(SCREW, status="专利权维持", granted=date(2025, 3, 4))


@pytest.fixture
def asked(library):
    """A granted case, and a list that says it is pending."""
    put(library, GRANTED)
    put(library, SCREW)
    (question,) = look(library, list_questions)
    return question


def answers(library):
    return [(one.choice, one.author, one.at) for one in look(library, list_answers)]


def test_who_keeps_what_stands_is_not_asked_again(library, asked):
    do(library, answer_question, asked.id, Choice.KEEP, "李", AT)
    put(library, SCREW)

    assert every(library) == (GRANTED,)
    assert look(library, list_questions) == ()
    assert answers(library) == [(Choice.KEEP, "李", AT)]
    entry = next(e for e in look(library, library_trail) if e.author == "李")
    assert entry.kind is EntryKind.DOCKET_ANSWER


def test_who_takes_what_came_has_it(library, asked):
    do(library, answer_question, asked.id, Choice.TAKE, "李", AT)

    assert every(library) == (replace(SCREW, granted=GRANTED.granted),)
    assert look(library, count_questions) == 0
    assert answers(library) == [(Choice.TAKE, "李", AT)]


def test_what_was_taken_is_undone_and_asked_again(library, asked):
    do(library, answer_question, asked.id, Choice.TAKE, "李", AT)
    taken = every(library)
    do(library, undo_step, "王", AT)
    assert (every(library), look(library, list_questions)) == ((GRANTED,), (asked,))
    do(library, redo_step, "王", AT)
    assert (every(library), look(library, list_questions)) == (taken, ())


def test_several_are_answered_in_one_step(library, asked):
    put(library, CELL)
    put(library, replace(CELL, status="等待公布", granted=None))
    numbers = [one.id for one in look(library, list_questions)]
    do(library, answer_questions, numbers, Choice.TAKE, "李", AT)
    assert [case.status for case in every(library)] == [SCREW.status, "等待公布"]
    do(library, undo_step, "王", AT)

    assert every(library) == (GRANTED, CELL)
    assert [one.id for one in look(library, list_questions)] == numbers
    with pytest.raises(UserError, match="no question 99"):
        do(library, answer_questions, [*numbers, 99], Choice.TAKE, "李", AT)
    assert every(library) == (GRANTED, CELL)


def test_two_questions_about_one_case_are_taken_one_after_the_other(library, asked):
    put(library, replace(SCREW, title="Bolt"))
    numbers = [one.id for one in look(library, list_questions)]
    do(library, answer_questions, numbers, Choice.TAKE, "李", AT)

    (case,) = every(library)
    assert (case.status, case.title) == (SCREW.status, "Bolt")


def test_what_was_kept_may_still_be_taken_but_not_the_other_way(library, asked):
    do(library, answer_question, asked.id, Choice.KEEP, "李", AT)
    with pytest.raises(UserError, match="no question 1"):
        do(library, answer_question, asked.id, Choice.KEEP, "李", AT)
    do(library, answer_question, asked.id, Choice.TAKE, "李", AT)
    with pytest.raises(UserError, match="no question 1"):
        do(library, answer_question, asked.id, Choice.KEEP, "李", AT)


def test_a_contradictory_new_case_is_taken_as_it_came(library):
    wrong = replace(SCREW, granted=date(2022, 3, 1), status="专利权维持")
    put(library, wrong)
    (asked,) = look(library, list_questions)
    do(library, answer_question, asked.id, Choice.TAKE, "李", AT)

    assert every(library) == (wrong,)


def test_taking_the_lists_word_ends_what_was_by_hand(library):
    put(library, SCREW)
    do(library, save_case, replace(SCREW, drafter="孙", reviewer="周"), "王", AT)
    put(library, replace(SCREW, drafter="钱"))
    (asked,) = look(library, list_questions)
    do(library, answer_question, asked.id, Choice.TAKE, "李", AT)
    put(library, replace(SCREW, drafter="吴"))

    assert every(library)[0].drafter == "吴"
    put(library, replace(SCREW, reviewer="吴"))
    assert every(library)[0].reviewer == "周"


def test_questions_go_and_come_with_their_import(library, asked):
    do(library, take_back, asked.batch, AT)
    assert look(library, list_questions) == ()
    do(library, bring_again, asked.batch, AT)
    assert look(library, list_questions) == (asked,)


def test_the_words_of_a_question_come_back_as_they_were(library):
    wrong = replace(SCREW, granted=date(2022, 3, 1), status="专利权维持")
    _, outcome = put(library, wrong)
    (asked,) = look(library, list_questions)

    for language in ("zh_CN", "en"):
        said = [issue.say(language) for issue in asked.issues]
        assert said == [issue.say(language) for issue in outcome.issues]


@pytest.mark.parametrize("table", ["docket_questions", "docket_answers"])
def test_questions_and_answers_stay_as_they_were_written(library, path, asked, table):
    do(library, answer_question, asked.id, Choice.KEEP, "李", AT)
    library.close()
    with closing(sqlite3.connect(path)) as raw:
        for change in ("DELETE FROM {}", "UPDATE {} SET at = ''"):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                raw.execute(change.format(table))


def test_unknown_words_are_told_once_with_how_many_cases_bear_them(library):
    odd = replace(SCREW, status="等火星人")
    put(library, odd, replace(odd, number="2", reference=""), CELL)
    put(library, replace(odd, number="3", reference="", status="其他失效"))

    assert look(library, unknown_status_words) == (("等火星人", 2), ("其他失效", 1))


def test_a_word_is_read_as_the_user_says_and_stays_as_written(library):
    put(library, replace(SCREW, status="已 授权"), CELL)
    state = look(library, docket_state)
    assert do(library, put_status_word, "已授权", "专利权 维持", "王", AT) == 1

    (case, _) = every(library)
    assert (case.status, case.outcome) == ("已 授权", Outcome.IN_FORCE)
    assert look(library, unknown_status_words) == ()
    assert look(library, told_status_words) == (("已授权", "专利权维持"),)
    granted = DocketFilter(outcome=Outcome.IN_FORCE)
    assert look(library, count_docket, granted) == 2
    assert look(library, docket_state) > state


def test_cases_that_come_later_are_read_so_too_until_it_is_taken_back(library):
    do(library, put_status_word, "已授权", "专利权维持", "王", AT)
    put(library, replace(SCREW, status="已授权"))
    assert every(library)[0].outcome is Outcome.IN_FORCE
    do(library, put_status_word, "已授权", "", "王", AT)

    assert every(library)[0].outcome is Outcome.UNKNOWN
    assert look(library, unknown_status_words) == (("已授权", 1),)


def test_a_word_that_was_explained_can_go_back_like_a_listed_one(library):
    do(library, put_status_word, "已授权", "专利权维持", "王", AT)
    put(library, replace(SCREW, status="已授权"))
    put(library, SCREW)

    assert look(library, count_questions) == 1


def test_a_word_means_a_listed_one_that_tells_an_outcome(library):
    for word in ("其他失效", "等火星人"):
        with pytest.raises(UserError, match=word):
            do(library, put_status_word, "已授权", word, "王", AT)
