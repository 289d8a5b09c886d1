"""The open case: saving comes first, undo and redo step through its record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from valuer.core.case import Case
from valuer.core.problems import UserError
from valuer.gui.desk import Desk
from valuer.gui.open_case import DiskError, OpenCase
from valuer.methods import METHODS
from valuer.store.library import Library, open_library

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


class Stubborn:
    """A record that refuses when it is told to."""

    def __init__(self, record) -> None:
        self._record = record
        self.refusal: UserError | None = None

    def __getattr__(self, name: str):
        if self.refusal is not None and name in ("save", "undo", "redo", "restore"):
            raise self.refusal
        return getattr(self._record, name)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "案卷.valuer"


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    with open_library(path, create=True) as opened:
        yield opened


@pytest.fixture
def desk(library: Library) -> Desk:
    return Desk(library, lambda: METHODS, lambda: NOW)


@pytest.fixture
def name(desk: Desk) -> str:
    return desk.new_case(Case(name="a"), "New case")


@pytest.fixture
def record(desk: Desk, name: str) -> Stubborn:
    return Stubborn(desk.record(name))


@pytest.fixture
def open_case(qapp, record: Stubborn, name: str) -> OpenCase:
    return OpenCase(name, record.case, record)


def opened_again(desk: Desk, name: str, parent: QObject) -> OpenCase:
    record = desk.record(name)
    return OpenCase(name, record.case, record, parent)


def told(desk: Desk, name: str) -> list[tuple[str, str, int | None]]:
    trail = reversed(desk.trail(name))
    return [(one.kind.value, one.action, one.restores) for one in trail]


def named(name: str) -> Case:
    return Case(name=name)


def test_a_change_is_saved_under_its_action_and_shown(open_case, desk, name, qtbot):
    with qtbot.waitSignal(open_case.changed) as shown:
        open_case.change("Rename", named("b"))
    assert shown.args == [named("b")]
    assert told(desk, name) == [
        ("change", "New case", None),
        ("change", "Rename", None),
    ]


def test_undo_and_redo_bring_the_values_back(open_case):
    open_case.change("Rename", named("b"))
    open_case.change("Rename again", named("c"))
    assert open_case.undoable == "Rename again"
    open_case.undo()
    assert (open_case.case, open_case.redoable) == (named("b"), "Rename again")
    open_case.undo()
    assert open_case.case == named("a")
    assert open_case.undoable == ""
    open_case.redo()
    open_case.redo()
    assert open_case.case == named("c")
    assert open_case.redoable == ""


def test_undo_is_a_revision_that_names_the_one_restored(open_case, desk, name):
    open_case.change("Rename", named("b"))
    open_case.undo()
    assert told(desk, name)[1:] == [("change", "Rename", None), ("undo", "Rename", 1)]


def test_undo_and_redo_go_on_after_a_restart(open_case, desk, name):
    open_case.change("Rename", named("b"))
    open_case.change("Rename again", named("c"))
    open_case.undo()
    again = opened_again(desk, name, open_case)
    assert (again.undoable, again.redoable) == ("Rename", "Rename again")
    again.redo()
    assert again.case == named("c")
    again.undo()
    again.undo()
    assert again.case == named("a")


def test_a_new_change_forgets_what_could_be_redone(open_case):
    open_case.change("Rename", named("b"))
    open_case.undo()
    open_case.change("Rename", named("c"))
    assert open_case.redoable == ""
    open_case.redo()
    assert open_case.case == named("c")


def test_an_earlier_revision_is_restored_as_a_step_like_others(open_case):
    open_case.change("Rename", named("b"))
    open_case.change("Rename", named("c"))
    open_case.restore(1)
    assert open_case.case == named("a")
    open_case.undo()
    assert open_case.case == named("c")


@pytest.mark.parametrize("step", ["change", "undo", "redo"])
def test_what_may_not_be_saved_has_not_happened(open_case, record, step):
    open_case.change("Rename", named("b"))
    open_case.change("Rename again", named("c"))
    open_case.undo()
    before = (open_case.case, open_case.undoable, open_case.redoable)
    record.refusal = UserError("It was changed elsewhere.")
    with pytest.raises(UserError):
        open_case.change("x", named("d")) if step == "change" else getattr(
            open_case, step
        )()
    assert (open_case.case, open_case.undoable, open_case.redoable) == before
    assert open_case.is_saved


def test_what_the_disk_refuses_stays_on_screen_until_it_is_saved(open_case, record):
    record.refusal = DiskError("The disk is full.")
    for value in ("b", "c"):
        with pytest.raises(DiskError):
            open_case.change(f"Call it {value}", named(value))
    assert (open_case.case, open_case.is_saved) == (named("c"), False)
    with pytest.raises(DiskError):
        open_case.save()
    record.refusal = None
    open_case.save()
    assert open_case.is_saved
    assert open_case.undoable == "Call it c"
    open_case.undo()
    assert open_case.case == named("a")


def test_undo_drops_what_the_disk_refused(open_case, record, desk, name):
    open_case.change("Rename", named("b"))
    record.refusal = DiskError("The disk is full.")
    with pytest.raises(DiskError):
        open_case.change("Rename again", named("c"))
    assert (open_case.undoable, open_case.redoable) == ("Rename again", "")
    open_case.undo()
    assert (open_case.case, open_case.is_saved) == (named("b"), True)
    assert len(told(desk, name)) == 2


def test_a_library_that_is_gone_is_the_disks_refusal(open_case, path):
    path.rename(path.with_name("moved.valuer"))
    with pytest.raises(DiskError, match="no longer in its place"):
        open_case.change("Rename", named("b"))
    assert open_case.case == named("b")
    path.with_name("moved.valuer").rename(path)
    open_case.save()
    assert open_case.is_saved


def test_the_same_value_again_is_no_step(open_case, desk, name):
    open_case.change("Nothing", replace(open_case.case))
    assert len(told(desk, name)) == 1
    assert open_case.undoable == ""


def test_a_draft_is_shown_but_neither_saved_nor_a_step(open_case, desk, name, qtbot):
    with qtbot.waitSignal(open_case.drafted):
        open_case.draft(named("b…"))
    assert open_case.shown == named("b…")
    assert open_case.case == named("a")
    with qtbot.waitSignal(open_case.drafted):
        open_case.change("Back", named("a"))
    assert open_case.shown == named("a")
    assert len(told(desk, name)) == 1
