from __future__ import annotations

import pytest

from valuer.core.patents import Patent
from valuer.core.problems import UserError
from valuer.store.batches import list_batches, take_back
from valuer.store.deleting import delete_patents
from valuer.store.journal import library_trail
from valuer.store.patents import find_patent, list_patents

SCREW = Patent(number="US67465897", publications=("US6699658B1",), title="Screw")
CELL = Patent(number="CN201610895413X", title="电池")
OLD = Patent(publications=("GB1000A", "GB1000B"), title="Loom")


def delete(library, at, *numbers):
    with library.change() as connection:
        return delete_patents(connection, numbers, "王", at)


def titles(library):
    with library.read() as connection:
        return [patent.title for patent in list_patents(connection)]


@pytest.mark.parametrize(
    ("number", "left"),
    [
        ("US67465897", ["电池", "Loom"]),
        ("US6699658B1", ["电池", "Loom"]),
        ("GB1000B", ["Screw", "电池"]),
        (CELL.identity, ["Screw", "Loom"]),
        (OLD.identity, ["Screw", "电池"]),
    ],
)
def test_a_patent_goes_by_any_of_its_numbers(library, put, at, number, left):
    put(library, SCREW, CELL, OLD)
    delete(library, at, number)
    assert titles(library) == left
    with library.read() as connection:
        assert find_patent(connection, number) is None


def test_a_deletion_is_a_batch_and_stands_in_the_journal(library, put, at):
    put(library, SCREW, CELL, OLD)
    batch = delete(library, at, "US67465897", "GB1000A", "GB1000B")
    with library.read() as connection:
        told, _ = list_batches(connection)
        entry = library_trail(connection)[-1]
    assert (told.batch, told.kind, told.removed) == (batch, "deletion", 2)
    assert (entry.kind, entry.subject, entry.author) == ("deletion", batch, "王")
    assert entry.detail == {"removed": 2}


def test_what_was_deleted_comes_back_as_it_was(library, put, at):
    put(library, SCREW, CELL, OLD)
    with library.read() as connection:
        before = list_patents(connection)
    batch = delete(library, at, "US67465897", "GB1000A")
    with library.change() as connection:
        take_back(connection, batch, at)
    with library.read() as connection:
        assert list_patents(connection) == before
        assert find_patent(connection, "GB1000B") == OLD


def test_a_number_that_the_library_has_not_deletes_nothing(library, put, at):
    put(library, SCREW, CELL)
    with pytest.raises(UserError, match="no patent US1"):
        delete(library, at, "US67465897", "US1")
    assert titles(library) == ["Screw", "电池"]


def test_no_number_deletes_nothing(library, put, at):
    put(library, SCREW)
    with pytest.raises(UserError, match="nothing was deleted"):
        delete(library, at)


def test_a_deletion_is_not_taken_back_over_a_later_import(library, put, at):
    put(library, SCREW)
    batch = delete(library, at, "US67465897")
    later, _ = put(library, Patent(number="US67465897", title="Bolt"))
    with (
        library.change() as connection,
        pytest.raises(UserError, match=f"Deletion {batch} .* Take back {later} first"),
    ):
        take_back(connection, batch, at)
    with library.change() as connection:
        take_back(connection, later, at)
        take_back(connection, batch, at)
    assert titles(library) == ["Screw"]


def test_an_import_is_not_taken_back_under_a_later_deletion(library, put, at):
    first, _ = put(library, SCREW, CELL)
    batch = delete(library, at, "US67465897")
    with (
        library.change() as connection,
        pytest.raises(UserError, match=f"Take back {batch} first"),
    ):
        take_back(connection, first, at)


def test_a_deleted_patent_can_be_imported_anew(library, put, at):
    put(library, SCREW)
    delete(library, at, "US67465897")
    _, outcome = put(library, SCREW)
    assert outcome.added == 1
