"""The open case: saving comes first, undo and redo step through values."""

from __future__ import annotations

from dataclasses import replace

import pytest

from valuer.core.case import Case
from valuer.core.problems import UserError
from valuer.gui.open_case import OpenCase


class Shelf:
    """Keeps what was saved; refuses when it is full."""

    def __init__(self) -> None:
        self.saved: list[tuple[str, Case]] = []
        self.is_full = False

    def save(self, case: Case, action: str) -> Case:
        if self.is_full:
            raise UserError("The disk is full.")
        self.saved.append((action, case))
        return case


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def open_case(qapp, shelf: Shelf) -> OpenCase:
    return OpenCase("C1", Case(name="a"), shelf.save)


def named(name: str) -> Case:
    return Case(name=name)


def test_a_change_is_saved_under_its_action_and_shown(open_case, shelf, qtbot):
    with qtbot.waitSignal(open_case.changed) as shown:
        open_case.change("Rename", named("b"))
    assert shown.args == [named("b")]
    assert shelf.saved == [("Rename", named("b"))]


def test_undo_and_redo_bring_the_values_back(open_case):
    open_case.change("Rename", named("b"))
    open_case.change("Rename again", named("c"))
    assert open_case.undoable == "Rename again"
    open_case.undo()
    assert (open_case.case, open_case.redoable) == (named("b"), "Rename again")
    open_case.undo()
    assert open_case.case == named("a")
    open_case.redo()
    open_case.redo()
    assert open_case.case == named("c")
    assert open_case.redoable == ""


def test_undo_is_saved_too_so_that_the_record_is_what_was_seen(open_case, shelf):
    open_case.change("Rename", named("b"))
    open_case.undo()
    assert [action for action, _ in shelf.saved] == ["Rename", "Undo"]
    assert shelf.saved[-1][1] == named("a")


def test_a_new_change_forgets_what_could_be_redone(open_case):
    open_case.change("Rename", named("b"))
    open_case.undo()
    open_case.change("Rename", named("c"))
    open_case.redo()
    assert open_case.case == named("c")


@pytest.mark.parametrize("step", ["change", "undo", "redo"])
def test_what_cannot_be_saved_has_not_happened(open_case, shelf, step):
    open_case.change("Rename", named("b"))
    open_case.change("Rename again", named("c"))
    open_case.undo()
    before = (open_case.case, open_case.undoable, open_case.redoable)
    shelf.is_full = True
    with pytest.raises(UserError):
        open_case.change("x", named("d")) if step == "change" else getattr(
            open_case, step
        )()
    assert (open_case.case, open_case.undoable, open_case.redoable) == before


def test_the_same_value_again_is_no_step(open_case, shelf):
    open_case.change("Nothing", replace(open_case.case))
    assert not shelf.saved
    assert open_case.undoable == ""


def test_a_draft_is_shown_but_neither_saved_nor_a_step(open_case, shelf, qtbot):
    with qtbot.waitSignal(open_case.drafted):
        open_case.draft(named("b…"))
    assert open_case.shown == named("b…")
    assert open_case.case == named("a")
    assert not shelf.saved
    with qtbot.waitSignal(open_case.drafted):
        open_case.change("Back", named("a"))
    assert open_case.shown == named("a")
