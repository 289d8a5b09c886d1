from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.store.docket_lists import AT, CELL, SCREW, do, every, look, put
from valuer.agency.docket import Case
from valuer.agency.docket_profiles import Profile
from valuer.agency.docket_queue import Choice
from valuer.agency.statuses import Outcome
from valuer.core.patents import PatentKind
from valuer.core.problems import UserError
from valuer.store.batches import bring_again, list_batches, take_back
from valuer.store.docket import (
    ORDERS,
    DocketFilter,
    count_docket,
    docket_names,
    find_docket_case,
    list_docket,
)
from valuer.store.docket_edits import save_case
from valuer.store.docket_profiles import (
    find_profile,
    list_profiles,
    put_profile,
    remove_profile,
)
from valuer.store.docket_questions import answer_question, list_questions
from valuer.store.journal import library_trail
from valuer.store.library_steps import redo_step, undo_step, undoable

PACKAGE = Case("", reference="P23003", title="一种杯子", client="甲公司")


@pytest.fixture
def docket(library):
    put(library, SCREW, CELL, PACKAGE)
    return library


def wanted(library, **narrowed):
    which = DocketFilter(**narrowed)
    cases = look(library, list_docket, which)
    assert look(library, count_docket, which) == len(cases)
    return cases


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ({"search": "螺"}, [SCREW]),
        ({"search": "锂离子 乙大"}, [CELL]),
        ({"search": "2023-1000000"}, [SCREW]),
        ({"search": "p2300"}, [SCREW, CELL, PACKAGE]),
        ({"search": "王一"}, [SCREW, CELL]),
        ({"search": "赵三"}, [CELL]),
        ({"search": "螺 锂"}, []),
        ({"search": "100%"}, []),
        ({"outcome": Outcome.IN_FORCE}, [CELL]),
        ({"kind": PatentKind.INVENTION}, [SCREW]),
        ({"agent": "王一"}, [SCREW, CELL]),
        ({"agent": "王"}, []),
        ({"client": "甲公司"}, [SCREW, PACKAGE]),
        ({"field": "H"}, [CELL]),
        ({"status": "专利权维持"}, [CELL]),
        ({"numbers": (CELL.number, "P23003", "1")}, [CELL, PACKAGE]),
        ({"numbers": ()}, []),
        ({"filed_from": date(2023, 1, 9), "filed_to": date(2023, 2, 5)}, [SCREW]),
        ({"client": "甲公司", "search": "杯"}, [PACKAGE]),
        ({"batch": "B1"}, [SCREW, CELL, PACKAGE]),
    ],
)
def test_cases_are_found_by_what_is_wanted(docket, narrowed, expected):
    assert wanted(docket, **narrowed) == tuple(expected)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("descending", [False, True])
def test_pages_follow_one_another_in_every_order(library, order, descending):
    cases = [
        replace(SCREW, number=f"{n:03}", title=f"{n % 3}", reference="")
        for n in range(10)
    ]
    put(library, *cases)
    pages = [
        look(
            library,
            list_docket,
            DocketFilter(),
            first,
            4,
            order,
            descending=descending,
        )
        for first in (0, 4, 8)
    ]
    found = [case for page in pages for case in page]

    assert sorted(found, key=lambda case: case.number) == cases
    if order == "title":
        titles = [case.title for case in found]
        assert titles == sorted(titles, reverse=descending)


def test_a_case_is_found_by_number_or_reference(docket):
    assert look(docket, find_docket_case, CELL.number) == CELL
    assert look(docket, find_docket_case, "P23003") == PACKAGE
    for name in ("P9", ""):
        with pytest.raises(UserError, match=f"no case {name}"):
            look(docket, find_docket_case, name)


def test_names_are_told_once_in_order(docket):
    assert look(docket, docket_names, "agent") == ("李二", "王一", "赵三")
    assert look(docket, docket_names, "client") == ("乙大学", "甲公司")


def test_an_edit_is_kept_told_and_undone(docket):
    edited = replace(SCREW, drafter="孙", instructed=True)
    do(docket, save_case, edited, "王", AT)
    assert every(docket) == (edited, CELL, PACKAGE)
    entry = look(docket, library_trail)[-1]
    assert (entry.author, entry.at, entry.detail) == (
        "王",
        AT,
        {"cases": [SCREW.number]},
    )

    do(docket, undo_step, "王", AT)
    assert every(docket) == (SCREW, CELL, PACKAGE)
    do(docket, redo_step, "王", AT)
    assert every(docket) == (edited, CELL, PACKAGE)


def test_a_case_is_no_longer_found_by_what_it_was(docket):
    newer = replace(SCREW, agents=("孙",), agent_licences=(), title="Bolt")
    do(docket, save_case, newer, "王", AT)

    assert wanted(docket, agent="王一") == (CELL,)
    assert wanted(docket, agent="孙") == (newer,)
    assert wanted(docket, search="螺") == ()
    assert look(docket, docket_names, "agent") == ("孙", "李二", "王一", "赵三")


def test_an_edit_that_changes_nothing_leaves_no_mark(docket):
    before = look(docket, library_trail)
    do(docket, save_case, SCREW, "王", AT)

    assert look(docket, library_trail) == before


def test_a_case_gets_its_number_by_hand(docket):
    numbered = replace(PACKAGE, number="CN2023100000030")
    do(docket, save_case, numbered, "王", AT, "P23003")

    assert every(docket) == (SCREW, CELL, numbered)


def test_a_case_may_not_take_the_number_of_another(docket):
    with pytest.raises(UserError, match=SCREW.number):
        do(docket, save_case, replace(CELL, number=SCREW.number), "王", AT, CELL.number)
    with pytest.raises(UserError, match="number or a reference"):
        do(docket, save_case, Case("", title="x"), "王", AT)
    with pytest.raises(UserError, match="P9"):
        do(docket, save_case, PACKAGE, "王", AT, "P9")


def test_a_new_case_is_entered_by_hand(docket):
    do(docket, save_case, Case("1", title="x"), "王", AT)

    assert look(docket, find_docket_case, "1").title == "x"


def test_an_import_is_taken_back_and_brought_again_exactly(docket):
    newer = replace(SCREW, title="Bolt", client="丙公司")
    batch, _ = put(
        docket, newer, replace(PACKAGE, number="9"), replace(CELL, number="8")
    )
    after = every(docket)
    do(docket, take_back, batch, AT)
    assert every(docket) == (SCREW, CELL, PACKAGE)
    assert wanted(docket, search="bolt") == ()
    do(docket, bring_again, batch, AT)
    assert every(docket) == after
    assert wanted(docket, client="丙公司") == (newer,)


def test_taking_back_parts_what_became_one(library):
    first = replace(SCREW, reference="")
    package = Case("", reference="P23001", claims=9)
    put(library, first, package)
    batch, _ = put(library, SCREW)
    do(library, take_back, batch, AT)

    assert every(library) == (first, package)


def test_an_import_that_was_edited_since_is_not_taken_back_before_the_edit(docket):
    do(docket, save_case, replace(SCREW, drafter="孙"), "王", AT)
    with pytest.raises(UserError, match="Take back B2 first"):
        do(docket, take_back, "B1", AT)
    do(docket, take_back, "B2", AT)
    do(docket, take_back, "B1", AT)

    assert every(docket) == ()
    do(docket, bring_again, "B1", AT)
    assert every(docket) == (SCREW, CELL, PACKAGE)


def test_what_came_in_anew_stands_in_the_way_of_bringing_again(docket):
    do(docket, take_back, "B1", AT)
    put(docket, SCREW)
    with pytest.raises(UserError, match="Take back B2 first"):
        do(docket, bring_again, "B1", AT)


def test_the_steps_of_the_docket_have_names(docket):
    assert str(look(docket, undoable).wording) == "Import B1 into the docket"
    do(docket, save_case, replace(SCREW, drafter="孙"), "王", AT)
    assert str(look(docket, undoable).wording) == "Edit the docket (B2)"
    assert [batch.updated for batch in look(docket, list_batches)] == [1, 0]


def test_answers_are_taken_back_before_the_import_they_rest_on(docket):
    put(docket, replace(SCREW, number="7", granted=date(2001, 1, 1), reference=""))
    (asked,) = look(docket, list_questions)
    do(docket, answer_question, asked.id, Choice.TAKE, "王", AT)
    do(docket, undo_step, "王", AT)
    do(docket, undo_step, "王", AT)
    do(docket, undo_step, "王", AT)

    assert every(docket) == ()


def test_profiles_are_kept_by_name(library):
    ours = Profile("ours", (("案号", "reference"),))
    other = Profile("甲公司", (("申请号", "number"),))
    for profile in (other, ours, replace(ours, columns=(("卷号", "reference"),))):
        do(library, put_profile, profile, "王", AT)

    assert [one.name for one in look(library, list_profiles)] == ["ours", "甲公司"]
    assert look(library, find_profile, "ours").columns == (("卷号", "reference"),)
    do(library, remove_profile, "ours")
    with pytest.raises(UserError, match="ours"):
        look(library, find_profile, "ours")
    with pytest.raises(UserError, match="least one column"):
        do(library, put_profile, Profile("empty"), "王", AT)
