from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from valuer.core.patents import Patent
from valuer.core.problems import UserError
from valuer.store.batches import (
    BatchFile,
    bring_again,
    list_batches,
    new_batch,
    take_back,
)
from valuer.store.patents import list_patents

SCREW = Patent(number="US67465897", title="Screw")
CELL = Patent(number="CN201610895413X", title="电池")


def everything(library):
    with library.read() as connection:
        return list_patents(connection)


def undo(library, batch, at):
    with library.change() as connection:
        return take_back(connection, batch, at)


def test_a_batch_tells_when_from_what_and_how_many(library, put, at):
    files = (BatchFile("清单.xls", "ab" * 32), BatchFile("b.csv", "cd" * 32))
    with library.change() as connection:
        new_batch(connection, files, at)
    put(library, SCREW, CELL, CELL)
    with library.read() as connection:
        newest, first = list_batches(connection)
    assert (first.batch, first.at, first.files) == ("B1", at, files)
    assert (newest.batch, newest.added, newest.unchanged) == ("B2", 2, 1)


def test_added_patents_go_and_changed_ones_become_what_they_were(library, put, at):
    put(library, SCREW)
    before = everything(library)
    batch, _ = put(library, replace(SCREW, title="Bolt"), CELL)
    told = undo(library, batch, at + timedelta(days=1))
    assert (told.added, told.updated) == (1, 1)
    assert everything(library) == before


def test_joined_patents_come_apart_again(library, put, at):
    put(library, Patent(publications=("US6699658B1",), title="Screw"))
    put(library, Patent(number="US67465897", title="Bolt"), CELL)
    before = everything(library)
    link = Patent(number="US67465897", publications=("US6699658B1",))
    batch, _ = put(library, link)
    assert len(everything(library)) == 2
    undo(library, batch, at)
    assert everything(library) == before


def test_a_batch_that_another_builds_on_is_kept_and_the_other_named(library, put, at):
    first, _ = put(library, SCREW)
    second, _ = put(library, replace(SCREW, title="Bolt"))
    third, _ = put(library, replace(SCREW, title="Nut"))
    before = everything(library)
    with pytest.raises(UserError, match=f"{third}, {second} changed the same patents"):
        undo(library, first, at)
    assert everything(library) == before
    for batch in (third, second, first):
        undo(library, batch, at)
    assert everything(library) == ()


def test_a_batch_whose_patent_went_into_another_is_kept(library, put, at):
    put(library, Patent(number="US67465897", title="Bolt"))
    second, _ = put(library, Patent(publications=("US6699658B1",), title="Screw"))
    third, _ = put(library, Patent(number="US67465897", publications=("US6699658B1",)))
    with pytest.raises(UserError, match=f"{third} changed the same patents"):
        undo(library, second, at)


def test_a_later_batch_that_changed_nothing_is_no_obstacle(library, put, at):
    first, _ = put(library, SCREW)
    put(library, SCREW)
    undo(library, first, at)
    assert everything(library) == ()


def test_a_batch_is_taken_back_once_and_its_record_remains(library, put, at):
    batch, _ = put(library, SCREW)
    undo(library, batch, at)
    with pytest.raises(UserError, match="was taken back before"):
        undo(library, batch, at)
    with library.read() as connection:
        (told,) = list_batches(connection)
    assert (told.added, told.taken_back_at) == (1, at)


def test_a_list_taken_back_can_be_imported_again(library, put, at):
    batch, _ = put(library, SCREW)
    undo(library, batch, at)
    again, outcome = put(library, SCREW)
    assert outcome.added == 1
    assert again != batch


@pytest.mark.parametrize("typed", ["B1", "b1", " 1 "])
def test_a_batch_name_may_be_typed_carelessly(library, put, at, typed):
    put(library, SCREW)
    assert undo(library, typed, at).batch == "B1"


@pytest.mark.parametrize("typed", ["", "B2", "B0", "C1", "B1 or 1", "B" + "9" * 30])
def test_a_batch_that_is_not_there_is_told(library, put, at, typed):
    put(library, SCREW)
    with pytest.raises(UserError, match="has no import"):
        undo(library, typed, at)


def test_a_record_that_can_no_longer_be_read_changes_nothing(library, put, at):
    put(library, SCREW)
    batch, _ = put(library, replace(SCREW, title="Bolt"))
    with closing(sqlite3.connect(library.path, isolation_level=None)) as raw:
        raw.execute("UPDATE batch_changes SET former_facts = '{'")
    before = everything(library)
    with pytest.raises(UserError, match="can no longer be read"):
        undo(library, batch, at)
    assert everything(library) == before


class CancelError(Exception):
    """Raised by one who cancels."""


SPOILT = {
    "kind": "UPDATE batches SET kind = '?'",
    "files": """UPDATE batches SET files = '{"a":1}'""",
    "subject": "UPDATE journal SET subject = 'X'",
}


@pytest.mark.parametrize("column", SPOILT)
def test_a_record_that_somebody_wrote_into_is_damaged(library, put, at, column):
    put(library, SCREW)
    put(library, CELL)
    with closing(sqlite3.connect(library.path, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER journal_stay")
        raw.execute(SPOILT[column])
    with pytest.raises(UserError, match="damaged"):
        undo(library, "B1", at)
    assert len(everything(library)) == 2


@pytest.mark.parametrize("again", [False, True])
def test_who_cancels_finds_all_as_it_was(library, put, at, again):
    put(library, SCREW)
    batch, _ = put(library, replace(SCREW, title="Bolt"), CELL)
    turn = take_back
    if again:
        undo(library, batch, at)
        turn = bring_again
    before, reports = everything(library), []

    def cancel(done, total):
        reports.append((done, total))
        if done > total / 2:
            raise CancelError

    with pytest.raises(CancelError), library.change() as connection:
        turn(connection, batch, at, "王", progress=cancel)
    assert len(reports) > 1
    assert everything(library) == before
    reports.clear()
    with library.change() as connection:
        turn(connection, batch, at, "王", progress=lambda *told: reports.append(told))
    assert reports == sorted(reports)
    assert reports[-1][0] == reports[-1][1] > 0
