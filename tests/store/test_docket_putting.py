from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.docket_lists import AT, CASES, CELL, LIST, SCREW, do, every, look, put
from valuer.agency.docket import Case
from valuer.agency.docket_queue import Reason
from valuer.agency.notices import Notice
from valuer.core.patents import PatentKind
from valuer.store.batches import (
    BatchKind,
    bring_again,
    list_batches,
    new_batch,
    take_back,
)
from valuer.store.docket import count_docket, docket_state
from valuer.store.docket_edits import save_case
from valuer.store.docket_putting import Outcome, put_cases
from valuer.store.docket_questions import list_questions
from valuer.store.library import memory_library

GRANTED = {"status": "专利权维持", "granted": date(2025, 3, 4)}
TODAY = date(2026, 9, 30)


def counts(outcome):
    return outcome.added, outcome.updated, outcome.unchanged


def reasons(library):
    return [one.reason for one in look(library, list_questions)]


def test_a_list_comes_in_as_it_was_read(library):
    batch, outcome = put(library, SCREW, CELL)

    assert outcome == Outcome(2, 0, 0)
    assert every(library) == (SCREW, CELL)
    (told,) = look(library, list_batches)
    assert (told.batch, told.kind) == (batch, BatchKind.DOCKET)
    assert (told.added, told.updated, told.unchanged) == (2, 0, 0)


def test_a_list_a_second_time_changes_nothing(library):
    put(library, SCREW, CELL)
    state = look(library, docket_state)

    assert put(library, SCREW, CELL)[1] == Outcome(0, 0, 2)
    assert every(library) == (SCREW, CELL)
    assert look(library, docket_state) == state


def test_what_is_new_of_a_known_case_is_joined(library):
    put(library, SCREW, CELL)
    other = replace(SCREW, title="", notices=(Notice("驳回决定", date(2025, 2, 3)),))
    state = look(library, docket_state)

    assert counts(put(library, other)[1]) == (0, 1, 0)
    assert every(library)[0].title == SCREW.title
    assert every(library)[0].notices == (*SCREW.notices, *other.notices)
    assert look(library, docket_state) > state


def test_a_case_without_number_gets_it_when_it_comes(library):
    package = replace(SCREW, number="", status="", filed=None, claims=9)
    put(library, package, CELL)
    assert counts(put(library, SCREW)[1]) == (0, 1, 0)

    assert every(library)[0] == replace(SCREW, claims=9)


def test_a_package_that_comes_late_joins_the_case_with_the_number(library):
    put(library, SCREW)
    package = replace(SCREW, number="", status="", filed=None, claims=9)

    assert counts(put(library, package)[1]) == (0, 1, 0)
    assert every(library) == (replace(SCREW, claims=9),)


def test_a_package_and_a_numbered_case_that_turn_out_one_become_one(library):
    put(library, replace(SCREW, reference=""))
    put(library, Case("", reference="P23001", claims=9, drafter="孙"))
    assert look(library, count_docket) == 2
    put(library, SCREW)

    assert every(library) == (replace(SCREW, claims=9, drafter="孙"),)


def test_they_become_one_within_one_list_too(library):
    package = Case("", reference="P23001", claims=9, drafter="孙")
    _, outcome = put(library, replace(SCREW, reference=""), package, SCREW)

    assert every(library) == (replace(SCREW, claims=9, drafter="孙"),)
    assert counts(outcome) == (1, 0, 2)


def test_what_was_by_hand_stays_so_when_two_become_one(library):
    put(library, replace(SCREW, reference=""))
    put(library, Case("", reference="P23001"))
    do(library, save_case, Case("", reference="P23001", drafter="孙"), "王", AT)
    put(library, SCREW)
    put(library, replace(SCREW, drafter="钱"))

    assert [case.drafter for case in every(library)] == ["孙"]
    assert reasons(library) == [Reason.OWN_WORK]


def test_the_pair_of_one_day_with_one_reference_stays_two(library):
    package = Case("", PatentKind.INVENTION, reference="P1", claims=9)
    model = replace(package, kind=PatentKind.UTILITY_MODEL, claims=8)
    put(library, package, model)
    put(library, replace(model, number="CN2023200000033"))

    assert [case.number for case in every(library)] == ["", "CN2023200000033"]


def test_a_reference_that_several_cases_bear_is_asked_about(library):
    put(library, SCREW, replace(CELL, reference=SCREW.reference))
    _, outcome = put(library, Case("", reference=SCREW.reference, claims=9))

    assert (outcome.queued, reasons(library)) == (1, [Reason.SEVERAL])
    assert all(case.claims is None for case in every(library))


def test_cases_of_two_offices_with_one_number_stay_two(library):
    put(library, SCREW, replace(SCREW, office="US", reference="P9"))

    assert look(library, count_docket) == 2


def test_rows_of_one_case_in_one_list_are_united_where_they_agree(library):
    other = Case(SCREW.number, notices=(Notice("驳回决定", date(2025, 2, 3)),))

    assert counts(put(library, SCREW, other)[1]) == (1, 0, 1)
    assert every(library)[0].notices == (*SCREW.notices, *other.notices)


def test_a_case_twice_in_one_list_in_other_words_is_asked_about(library):
    second = replace(SCREW, title="一种螺栓", source=replace(LIST, row=7))
    _, outcome = put(library, SCREW, second)

    assert counts(outcome) == (1, 0, 1)
    assert every(library) == (SCREW,)
    (asked,) = look(library, list_questions)
    assert (asked.reason, asked.stands, asked.came) == (
        Reason.DUPLICATE,
        SCREW,
        second,
    )
    assert (outcome.issues[0].row, asked.issues) == (7, outcome.issues)


def test_the_same_words_twice_in_one_list_are_one_case(library):
    again = replace(SCREW, source=replace(LIST, row=7))

    assert put(library, SCREW, again)[1] == Outcome(1, 0, 1)
    assert every(library) == (SCREW,)


def test_a_status_that_goes_back_stays_and_is_asked_about_once(library):
    put(library, replace(SCREW, **GRANTED))
    for _ in range(2):
        _, outcome = put(library, SCREW)
        assert counts(outcome) == (0, 0, 1)

    assert outcome.queued == 0
    (asked,) = look(library, list_questions)
    assert (asked.reason, asked.came.source) == (Reason.STATUS_BACK, LIST)
    assert every(library)[0].status == "专利权维持"


def test_a_new_case_that_contradicts_itself_waits(library):
    wrong = replace(SCREW, granted=date(2022, 3, 1), status="专利权维持")
    _, outcome = put(library, wrong, CELL)

    assert (counts(outcome), outcome.queued) == ((1, 0, 1), 1)
    assert every(library) == (CELL,)
    (asked,) = look(library, list_questions)
    assert (asked.stands, asked.came) == (None, wrong)
    assert "2022-03-01" in asked.issues[0].say("en")


def test_an_unknown_status_word_is_stored(library):
    put(library, replace(SCREW, status="等火星人"))

    assert every(library)[0].status == "等火星人"
    assert reasons(library) == []


def test_what_was_entered_by_hand_is_not_changed_unasked(library):
    put(library, SCREW)
    edited = replace(SCREW, drafter="孙", title="一种自攻螺钉")
    do(library, save_case, edited, "王", AT)
    newer = replace(SCREW, client="丙公司", drafter="钱")
    _, outcome = put(library, newer)

    assert every(library) == (replace(edited, client="丙公司"),)
    assert reasons(library) == [Reason.OWN_WORK]
    places = {issue.where for issue in outcome.issues}
    assert places == {f"{SCREW.number}.title", f"{SCREW.number}.drafter"}


def test_a_cancelled_import_leaves_nothing_behind(library):
    put(library, CELL)
    many = [replace(SCREW, number=f"CN20231{n:08}") for n in range(2000)]

    def stop(done, total):
        assert total == 2000
        if done > 600:
            raise KeyboardInterrupt

    def bring_in(connection):
        batch = new_batch(connection, [], AT, "王", BatchKind.DOCKET)
        put_cases(connection, batch, many, TODAY, progress=stop)

    with pytest.raises(KeyboardInterrupt):
        do(library, bring_in)
    assert every(library) == (CELL,)
    assert len(look(library, list_batches)) == 1


@settings(max_examples=40)
@given(st.lists(st.lists(CASES, max_size=4), min_size=1, max_size=3))
def test_importing_twice_is_importing_once(lists):
    with memory_library() as library:
        for cases in lists:
            put(library, *cases)
            before = every(library), reasons(library)
            _, outcome = put(library, *cases)
            if len({case.number or case.reference for case in cases}) == len(cases):
                assert counts(outcome) == (0, 0, len(cases))
                assert (every(library), reasons(library)) == before


@settings(max_examples=25)
@given(st.lists(st.lists(CASES, max_size=4), min_size=1, max_size=4))
def test_taking_back_restores_exactly_and_bringing_again_too(lists):
    def seen():
        numbered = look(library, lambda c: c.exec_driver_sql(_NUMBERED).all())
        return every(library), numbered, look(library, list_questions)

    with memory_library() as library:
        states, batches = [seen()], []
        for cases in lists:
            batches.append(put(library, *cases)[0])
            states.append(seen())
        for batch, before in zip(reversed(batches), states[-2::-1], strict=True):
            do(library, take_back, batch, AT)
            assert seen() == before
        for batch, after in zip(batches, states[1:], strict=True):
            do(library, bring_again, batch, AT)
            assert seen() == after


_NUMBERED = "SELECT id, batch_id, words, outcome FROM docket_cases ORDER BY id"


@settings(max_examples=12)
@given(st.permutations(range(4)))
def test_the_order_of_lists_of_different_cases_does_not_matter(order):
    lists = [
        (SCREW,),
        (CELL, replace(SCREW, number="CN2023100000022", reference="P7")),
        (Case("", reference="P8", claims=4),),
        (replace(SCREW, number="1", granted=date(2001, 1, 1)),),
    ]
    with memory_library() as library:
        for place in order:
            put(library, *lists[place])
        found = sorted(every(library), key=lambda case: case.reference)
        assert found == [SCREW, CELL, lists[1][1], lists[2][0]]
        assert reasons(library) == [Reason.CONTRADICTION]
