from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.case import Case
from valuer.core.patents import Patent
from valuer.core.problems import UserError
from valuer.store.batches import bring_again, list_batches, new_batch, take_back
from valuer.store.bin import bin_case, list_binned, take_out
from valuer.store.deleting import delete_patents
from valuer.store.journal import EntryKind, library_trail, note, verify_journal
from valuer.store.library import memory_library, open_library
from valuer.store.library_steps import redo_step, redoable, undo_step, undoable
from valuer.store.patents import list_patents
from valuer.store.putting import put_patents
from valuer.store.reports import IssuedReport, add_report
from valuer.store.revisions import new_case

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
SCREW = Patent(number="US67465897", title="Screw")
CELL = Patent(number="CN201610895413X", title="电池")


def do(library, action, *words):
    with library.change() as connection:
        return action(connection, *words)


def titles(library):
    with library.read() as connection:
        return [patent.title for patent in list_patents(connection)]


def names(library):
    """The steps that Undo and Redo would take, as people would say them."""
    with library.read() as connection:
        found = undoable(connection), redoable(connection)
    return tuple(step and str(step.wording) for step in found)


def test_a_new_library_has_nothing_to_undo(library, at):
    assert names(library) == (None, None)
    with pytest.raises(UserError, match="nothing to undo"):
        do(library, undo_step, "王", at)
    with pytest.raises(UserError, match="nothing to do again"):
        do(library, redo_step, "王", at)


def test_an_import_is_undone_and_done_again(library, put, at):
    put(library, SCREW)
    put(library, replace(SCREW, title="Bolt"), CELL)
    assert names(library) == ("Import B2", None)
    entry = do(library, undo_step, "李", at)
    assert (entry.kind, entry.subject, entry.author) == ("take_back", "B2", "李")
    assert entry.undoes == 2
    assert titles(library) == ["Screw"]
    assert names(library) == ("Import B1", "Import B2")
    entry = do(library, redo_step, "李", at)
    assert (entry.kind, entry.subject, entry.undoes) == ("bring_again", "B2", 3)
    assert titles(library) == ["Bolt", "电池"]
    assert names(library) == ("Import B2", None)
    assert do(library, undo_step, "李", at).undoes == 4


def test_a_deletion_is_undone_and_done_again(library, put, at):
    put(library, SCREW, CELL)
    do(library, delete_patents, ["US67465897"], "王", at)
    assert names(library) == ("Delete patents (B2)", None)
    do(library, undo_step, "王", at)
    assert titles(library) == ["Screw", "电池"]
    do(library, redo_step, "王", at)
    assert titles(library) == ["电池"]


def test_taking_back_is_a_step_of_its_own(library, put, at):
    put(library, SCREW)
    do(library, take_back, "B1", at, "王")
    assert names(library) == ("Take back B1", None)
    do(library, undo_step, "王", at)
    assert titles(library) == ["Screw"]
    assert names(library) == ("Import B1", "Take back B1")
    do(library, undo_step, "王", at)
    assert titles(library) == []
    do(library, redo_step, "王", at)
    do(library, redo_step, "王", at)
    assert titles(library) == []
    assert names(library) == ("Take back B1", None)


def test_the_bin_is_undone_and_done_again(library, at):
    do(library, new_case, Case(name="一"), "王", "New case", at)
    do(library, bin_case, "C1", "王", at)
    do(library, undo_step, "王", at)
    with library.read() as connection:
        assert list_binned(connection) == ()
    do(library, redo_step, "王", at)
    do(library, take_out, "C1", "王", at)
    do(library, undo_step, "王", at)
    with library.read() as connection:
        assert [line.case_id for line in list_binned(connection)] == ["C1"]
    assert names(library) == (
        "Put case C1 into the bin",
        "Take case C1 out of the bin",
    )


def test_a_step_taken_anew_leaves_nothing_to_do_again(library, put, at):
    put(library, SCREW)
    do(library, undo_step, "王", at)
    put(library, CELL)
    assert names(library) == ("Import B2", None)


def test_what_is_only_told_is_no_step(library, put, at):
    put(library, SCREW)
    do(library, undo_step, "王", at)
    with library.change() as connection:
        note(connection, EntryKind.HOUSE, "", "王", at)
    assert names(library) == (None, "Import B1")


def test_the_steps_are_the_same_after_a_restart(path, put, at):
    with open_library(path, create=True) as library:
        put(library, SCREW)
        put(library, CELL)
        do(library, undo_step, "王", at)
        before = names(library)
    with open_library(path) as library:
        assert names(library) == before == ("Import B1", "Import B2")
        do(library, redo_step, "王", at)
        assert titles(library) == ["Screw", "电池"]


def issue(library, case, at):
    line = IssuedReport(
        case,
        1,
        "appraisal_report",
        "zh_CN",
        "1号",
        date(2026, 11, 22),
        Decimal(1),
        "CNY",
        "0.2.0",
        "ab" * 32,
        at,
    )
    do(library, add_report, line)


def test_a_report_that_went_out_keeps_its_case_out_of_the_bin(library, at):
    do(library, new_case, Case(name="一"), "王", "New case", at)
    do(library, bin_case, "C1", "王", at)
    do(library, take_out, "C1", "王", at)
    issue(library, "C1", at)
    with pytest.raises(UserError, match="report 1号 was issued") as refusal:
        do(library, undo_step, "王", at)
    assert str(refusal.value).startswith(
        "“Take case C1 out of the bin” cannot be undone, nor can the steps before it: "
    )


def test_a_step_that_cannot_be_done_again_any_more_is_named(library, at):
    do(library, new_case, Case(name="一"), "王", "New case", at)
    do(library, bin_case, "C1", "王", at)
    do(library, undo_step, "王", at)
    issue(library, "C1", at)
    with pytest.raises(UserError, match="report 1号 was issued") as refusal:
        do(library, redo_step, "王", at)
    assert str(refusal.value).startswith(
        "“Put case C1 into the bin” cannot be done again, nor can the steps after it: "
    )


def test_what_an_older_program_took_back_is_not_brought_again(library, put, at):
    put(library, SCREW)
    do(library, take_back, "B1", at)
    with closing(sqlite3.connect(library.path, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER journal_remain")
        raw.execute("DELETE FROM journal")
        raw.execute("DELETE FROM batch_changes")
    with pytest.raises(UserError, match="earlier version"):
        do(library, bring_again, "B1", at)


def test_an_import_that_stands_is_not_brought_again(library, put, at):
    put(library, SCREW)
    with pytest.raises(UserError, match="was not taken back"):
        do(library, bring_again, "B1", at)


def test_bringing_again_never_covers_later_work(library, put, at):
    put(library, SCREW)
    put(library, replace(SCREW, title="Bolt"))
    do(library, take_back, "B2", at)
    put(library, replace(SCREW, title="Nut"))
    with pytest.raises(UserError, match="B3 changed the same patents since"):
        do(library, bring_again, "B2", at)
    assert titles(library) == ["Nut"]
    do(library, take_back, "B3", at)
    do(library, bring_again, "B2", at)
    assert titles(library) == ["Bolt"]


def test_bringing_again_never_makes_a_patent_twice(library, put, at):
    published = replace(SCREW, publications=("US6699658B1",))
    put(library, published)
    do(library, take_back, "B1", at)
    put(library, Patent(publications=("US6699658B1",), title="Bolt"))
    with pytest.raises(UserError, match="B2 changed the same patents since"):
        do(library, bring_again, "B1", at)


def test_what_built_on_another_import_waits_for_it(library, put, at):
    put(library, SCREW)
    put(library, replace(SCREW, title="Bolt"))
    do(library, take_back, "B2", at)
    do(library, take_back, "B1", at)
    with pytest.raises(UserError, match="Bring B1 again first"):
        do(library, bring_again, "B2", at)
    do(library, bring_again, "B1", at)
    do(library, bring_again, "B2", at)
    assert titles(library) == ["Bolt"]


def test_equal_facts_do_not_hide_later_work(library, put, at):
    put(library, SCREW)
    put(library, replace(SCREW, title="Bolt"))
    do(library, take_back, "B2", at)
    put(library, replace(SCREW, title="Nut"))
    put(library, SCREW)
    with pytest.raises(UserError, match="B4, B3 changed the same patents since"):
        do(library, bring_again, "B2", at)


# Lists whose rows join patents that were two before; a number may change places.

NUMBERS = st.sampled_from(["", "N1", "N2", "N3"])
PUBLICATIONS = st.lists(st.sampled_from(["P1", "P2", "P3"]), max_size=2, unique=True)
PATENTS = st.builds(
    lambda number, publications, title: Patent(
        number=number, publications=tuple(publications), title=title
    ),
    NUMBERS,
    PUBLICATIONS,
    st.sampled_from(["", "a", "b", "c"]),
).filter(lambda patent: patent.identity)
STEPS = st.lists(
    st.one_of(
        st.lists(PATENTS, min_size=1, max_size=4),
        st.lists(st.integers(0, 3), min_size=1, max_size=2),
    ),
    min_size=1,
    max_size=6,
)


@given(STEPS)
def test_undoing_all_and_doing_all_again_passes_the_same_states(steps):
    library = memory_library()
    with library.change() as connection:
        states = [state(connection)]
        for step in steps:
            if isinstance(step[0], Patent):
                batch = new_batch(connection, [], AT)
                put_patents(connection, batch, list(enumerate(step, 2)))
            elif not delete_some(connection, step):
                continue
            states.append(state(connection))
        for _ in range(2):
            for expected in reversed(states[:-1]):
                undo_step(connection, "w", AT)
                assert state(connection) == expected
            for expected in states[1:]:
                redo_step(connection, "w", AT)
                assert state(connection) == expected
        assert verify_journal(connection) == ()
        taken_back = {one.taken_back_at for one in list_batches(connection)}
        assert taken_back <= {None}
        assert len(library_trail(connection)) == 5 * (len(states) - 1)
    library.close()


def delete_some(connection, places):
    present = list_patents(connection)
    if not present:
        return False
    numbers = [present[place % len(present)].identity for place in places]
    delete_patents(connection, numbers, "w", AT)
    return True


def state(connection):
    """All that the library says of its patents, numbers of its own included."""
    tables = ("patents", "publications")
    rows = [connection.exec_driver_sql(f"SELECT * FROM {t}").all() for t in tables]  # noqa: S608 - ours
    return [sorted(map(repr, some)) for some in rows]
