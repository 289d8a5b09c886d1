from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.canonical import canonical, digest
from valuer.core.case import FORMAT, Case
from valuer.core.problems import UserError
from valuer.store.library import memory_library, open_library
from valuer.store.revision_rows import RevisionKind
from valuer.store.revisions import (
    load_case,
    new_case,
    save_revision,
    stored_bytes,
    trail,
    verify_chain,
)
from valuer.store.steps import (
    Step,
    Steps,
    Turn,
    redo,
    replay,
    restore_revision,
    steps,
    undo,
)

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def make(library, at, name="一"):
    with library.change() as connection:
        return new_case(connection, Case(name=name), "王", "New case", at)


def change(library, based_on, name, at):
    with library.change() as connection:
        case, _ = load_case(connection, based_on.case_id)
        named = replace(case, name=name)
        return save_revision(connection, named, based_on, "王", f"to {name}", at)


def take(library, step, *words):
    with library.change() as connection:
        return step(connection, *words)


def possible(library):
    with library.read() as connection:
        return steps(connection, "C1")


def sound(library):
    with library.read() as connection:
        return verify_chain(connection, "C1") == ()


@pytest.fixture
def three(library, at):
    """The newest of three revisions of C1, named 一, 二 and 三."""
    one = make(library, at)
    return change(library, change(library, one, "二", at), "三", at)


def test_undo_brings_back_the_value_before_and_names_its_revision(library, three, at):
    case, revision = take(library, undo, three, "李", at)
    assert case.name == "二"
    assert (revision.number, revision.kind, revision.restores) == (4, "undo", 2)
    assert (revision.author, revision.action) == ("李", "to 三")
    with library.read() as connection:
        bodies = [stored_bytes(connection, "C1", n)[0] for n in (2, 4)]
        assert load_case(connection, "C1") == (case, revision)
    assert bodies[0] == bodies[1]
    assert revision.digest == digest(bodies[0])


def test_redo_brings_the_value_undone_again(library, three, at):
    _, undone = take(library, undo, three, "李", at)
    case, revision = take(library, redo, undone, "李", at)
    assert case.name == "三"
    assert (revision.kind, revision.restores) == ("redo", 3)


def test_the_names_of_the_steps_are_those_of_the_changes(library, three, at):
    assert possible(library) == Steps(Step("to 三", 2), None)
    _, revision = take(library, undo, three, "王", at)
    assert possible(library) == Steps(Step("to 二", 1), Step("to 三", 3))
    take(library, undo, revision, "王", at)
    assert possible(library) == Steps(None, Step("to 二", 2))


def test_what_can_be_undone_is_the_same_after_a_restart(path, at):
    with open_library(path, create=True) as library:
        revision = change(library, make(library, at), "二", at)
        take(library, undo, revision, "王", at)
        before = possible(library)
    with open_library(path) as library:
        assert possible(library) == before
        with library.read() as connection:
            _, revision = load_case(connection, "C1")
        assert take(library, redo, revision, "王", at)[0].name == "二"


def test_a_change_after_an_undo_leaves_nothing_to_redo(library, three, at):
    _, revision = take(library, undo, three, "王", at)
    revision = change(library, revision, "四", at)
    assert possible(library) == Steps(Step("to 四", 2), None)
    with pytest.raises(UserError, match="nothing to do again"):
        take(library, redo, revision, "王", at)


def test_the_first_revision_is_not_undone(library, at):
    one = make(library, at)
    with pytest.raises(UserError, match="nothing to undo"):
        take(library, undo, one, "王", at)
    with library.read() as connection:
        assert list(trail(connection, "C1")) == [one]


def test_any_revision_can_be_restored_and_that_be_undone(library, three, at):
    case, revision = take(library, restore_revision, three, 1, "李", at)
    assert case.name == "一"
    assert (revision.number, revision.kind, revision.restores) == (4, "change", 1)
    case, _ = take(library, undo, revision, "李", at)
    assert case.name == "三"


def test_restoring_the_present_value_makes_no_revision(library, three, at):
    assert take(library, restore_revision, three, 3, "王", at)[1] == three


@pytest.mark.parametrize("number", [0, 4, -1])
def test_a_revision_that_is_not_there_is_not_restored(library, three, at, number):
    with pytest.raises(UserError, match="has no revision"):
        take(library, restore_revision, three, number, "王", at)


@pytest.mark.parametrize("step", [undo, redo])
def test_a_step_on_what_someone_else_changed_is_refused(library, three, at, step):
    _, undone = take(library, undo, three, "王", at)
    take(library, undo, undone, "李", at)
    with pytest.raises(UserError, match="changed elsewhere"):
        take(library, step, undone, "王", at)


def test_a_step_of_a_case_that_is_not_there_is_told(library, three, at):
    with pytest.raises(UserError, match="has no case"):
        take(memory_library(), undo, three, "王", at)


def test_saving_the_restored_value_again_makes_no_revision(library, three, at):
    case, revision = take(library, undo, three, "王", at)
    with library.change() as connection:
        again = save_revision(connection, case, revision, "王", "Change", at)
    assert again == revision


def test_a_revision_that_restores_something_else_cannot_be_written(library, three, at):
    del three
    with closing(sqlite3.connect(library.path, isolation_level=None)) as raw:
        columns = "case_id, number, at, author, action, body, digest, previous, chain"
        copied = "case_id, 4, at, author, action, body, digest, previous, chain, 1"
        statement = f"INSERT INTO revisions ({columns}, restores) SELECT {copied}"
        with pytest.raises(sqlite3.IntegrityError, match="comes back as it was"):
            raw.execute(f"{statement} FROM revisions WHERE number = 3")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("kind = 'redo'", "record of revision 4"),
        ("kind = 'change'", "record of revision 4"),
        ("restores = NULL", "record of revision 4"),
        ("restores = 1", "record of revision 4"),
        ("kind = 'change', restores = NULL", "record of revision 4"),
    ],
)
def test_a_false_word_on_what_was_restored_is_found(library, three, at, value, words):
    take(library, undo, three, "王", at)
    assert sound(library)
    with closing(sqlite3.connect(library.path, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER revisions_stay")
        raw.execute(f"UPDATE revisions SET {value} WHERE number = 4")  # noqa: S608
    with library.read() as connection:
        assert words in verify_chain(connection, "C1")[0].say("en")


def test_a_change_cannot_pass_for_an_undo_of_nothing(library, three):
    del three
    with closing(sqlite3.connect(library.path, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER revisions_stay")
        raw.execute("UPDATE revisions SET kind = 'undo' WHERE number = 3")
    assert not sound(library)


def test_a_kind_that_no_program_writes_is_told(library, three, at):
    with closing(sqlite3.connect(library.path, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER revisions_stay")
        raw.execute("UPDATE revisions SET kind = 'leap' WHERE number = 2")
    with pytest.raises(UserError, match="Revision 2 of case C1 is damaged"):
        take(library, undo, three, "王", at)


def test_an_older_form_comes_back_as_it_was_stored(library, at):
    one = make(library, at)
    # As a program of the first form would have written it.
    newest = f'"format":{FORMAT}'.encode()
    old = canonical(Case(name="旧")).replace(newest, b'"format":1')
    old = old.replace(b'"range_agreed":false,', b"")
    with closing(sqlite3.connect(library.path, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER revisions_stay")
        raw.execute(
            "UPDATE revisions SET body = ?, digest = ?", (old.decode(), digest(old))
        )
    with library.read() as connection:
        case, first = load_case(connection, "C1")
    with library.change() as connection:
        same = save_revision(connection, case, first, "王", "Change", at)
    assert (case.name, same) == ("旧", first)
    two = change(library, one, "新", at)
    case, revision = take(library, undo, two, "王", at)
    assert (case.name, revision.digest) == ("旧", digest(old))
    with library.read() as connection:
        assert stored_bytes(connection, "C1", 3)[0] == old


# A plain model: two stacks of values.

ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("change"), st.integers(0, 9)),
        st.tuples(st.sampled_from(["undo", "redo"]), st.just(0)),
        st.tuples(st.just("restore"), st.integers(1, 40)),
    ),
    max_size=40,
)


class TwoStacks:
    """What an editor does: values before, the present one, values undone."""

    def __init__(self, value):
        self.value, self.past, self.future = value, [], []
        self.all = [value]

    def change(self, value):
        if value != self.value:
            self.past.append(self.value)
            self.future.clear()
            self.value = value
            self.all.append(value)

    def undo(self):
        self._move(self.past, self.future)

    def redo(self):
        self._move(self.future, self.past)

    def restore(self, number):
        self.change(self.all[number - 1])

    def _move(self, out, into):
        into.append(self.value)
        self.value = out.pop()
        self.all.append(self.value)

    def can(self, act, number):
        stacks = {"undo": self.past, "redo": self.future}
        if act == "restore":
            return number <= len(self.all)
        return bool(stacks.get(act, True))


@given(ACTS)
def test_undo_and_redo_are_two_stacks(acts):
    model, turns, kinds = TwoStacks("0"), [], {"undo": "undo", "redo": "redo"}
    turns.append(Turn(1, RevisionKind.CHANGE, "0"))
    for act, number in acts:
        if not model.can(act, number):
            continue
        count = len(model.all)
        words = {"change": (str(number),), "restore": (number,)}.get(act, ())
        getattr(model, act)(*words)
        if len(model.all) > count:
            kind = RevisionKind(kinds.get(act, "change"))
            turns.append(Turn(len(model.all), kind, model.value))
        told = replay(turns)
        for stack, step in (
            (model.past, told.undoable),
            (model.future, told.redoable),
        ):
            found = model.all[step.restores - 1] if step else None
            assert found == (stack[-1] if stack else None)


def test_a_trail_that_undoes_too_much_is_still_replayed():
    turns = [Turn(1, RevisionKind.UNDO, "a"), Turn(2, RevisionKind.REDO, "b")]
    assert replay(turns) == Steps(Step("b", 1), None)


@given(ACTS)
def test_a_stored_case_goes_as_two_stacks_do(acts):
    library, model = memory_library(), TwoStacks("0")
    with library.change() as connection:
        revision = new_case(connection, Case(name="0"), "w", "New case", AT)
        for act, number in acts:
            if not model.can(act, number):
                continue
            if act == "change":
                case = Case(name=str(number))
                words = (connection, case, revision, "w", "Change", AT)
                revision = save_revision(*words)
                model.change(str(number))
            elif act == "restore":
                case, revision = restore_revision(connection, revision, number, "w", AT)
                model.restore(number)
            else:
                step = undo if act == "undo" else redo
                case, revision = step(connection, revision, "w", AT)
                getattr(model, act)()
            assert case.name == model.value
        assert revision.number == len(model.all)
        assert load_case(connection, "C1")[0].name == model.value
        assert verify_chain(connection, "C1") == ()
    library.close()
