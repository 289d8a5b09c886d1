"""Every fact of a case tells which list it came from, or whose hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.store.docket_lists import AT, LIST, SCREW, do, look, put
from valuer.core.patents import Source
from valuer.store.batches import take_back
from valuer.store.docket_edits import save_case
from valuer.store.docket_origins import fact_origins

LATER = Source("新案卷.csv", "cd" * 32, "", 9, LIST.on and LIST.on + timedelta(days=9))


def test_facts_of_one_list_all_come_from_it(library):
    put(library, SCREW)
    origins = look(library, fact_origins, SCREW)
    assert {origins[name].source for name in ("title", "filed", "status")} == {LIST}


def test_a_fact_comes_from_the_list_since_which_it_stands_so(library):
    put(library, SCREW)
    put(library, replace(SCREW, status="驳回失效", source=LATER))
    origins = look(library, fact_origins, SCREW)
    assert origins["status"].source == LATER
    assert origins["title"].source == LIST


def test_what_was_entered_by_hand_names_who_and_when(library):
    put(library, SCREW)
    edited, at = replace(SCREW, drafter="陈一"), AT + timedelta(hours=1)
    do(library, save_case, edited, "沈知远", at)
    origins = look(library, fact_origins, SCREW)
    assert (origins["drafter"].author, origins["drafter"].at) == ("沈知远", at)
    assert origins["drafter"].source == Source()
    assert origins["title"].source == LIST


def test_a_list_taken_back_is_the_origin_of_nothing(library):
    put(library, SCREW)
    other = replace(SCREW, title="另一种螺钉", source=LATER)
    batch, _ = put(library, other, at=AT + timedelta(hours=1))
    do(library, take_back, batch, AT + timedelta(hours=2), "")
    origin = look(library, fact_origins, SCREW)["title"]
    assert (origin.source, origin.at) == (LIST, AT)


def test_an_unknown_case_has_no_origins(library):
    assert look(library, fact_origins, SCREW) == {}
