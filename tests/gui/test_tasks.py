"""Work off the GUI thread: lands once, on the GUI thread, and not after Cancel."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject

from valuer.core.problems import UserError
from valuer.core.texts import message
from valuer.gui.tasks import Tasks


@pytest.fixture
def tasks(qapp) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


class Landed:
    """Notes what landed, and on which thread."""

    def __init__(self) -> None:
        self.done: list[object] = []
        self.failed: list[Exception] = []
        self.threads: set[int] = set()

    def take(self, found: object) -> None:
        self.threads.add(threading.get_ident())
        self.done.append(found)

    def refuse(self, error: Exception) -> None:
        self.threads.add(threading.get_ident())
        self.failed.append(error)


def test_what_was_found_lands_on_the_gui_thread(tasks, qtbot):
    landed, worker = Landed(), []

    def work(progress):
        worker.append(threading.get_ident())
        return 42

    tasks.start(work, landed.take, landed.refuse, owner=tasks)
    qtbot.waitUntil(lambda: landed.done == [42])
    assert landed.threads == {threading.get_ident()}
    assert worker[0] not in landed.threads
    assert not landed.failed


def test_a_failure_lands_as_it_was_raised(tasks, qtbot):
    landed = Landed()

    def work(progress):
        raise UserError("No.")

    tasks.start(work, landed.take, landed.refuse, owner=tasks)
    qtbot.waitUntil(lambda: len(landed.failed) == 1)
    assert str(landed.failed[0]) == "No."
    assert not landed.done


def test_nothing_lands_after_cancel_and_the_work_hears_it(tasks, qtbot):
    landed, started, heard = Landed(), threading.Event(), threading.Event()

    def work(progress):
        started.set()
        try:
            while True:
                progress(1, 2)
        finally:
            heard.set()

    task = tasks.start(
        work, landed.take, landed.refuse, title=message("Work"), owner=tasks
    )
    assert started.wait(10)
    task.cancel()
    qtbot.waitUntil(lambda: not tasks.running)
    assert heard.is_set()
    assert not landed.done
    assert not landed.failed


def test_work_that_ends_as_it_is_cancelled_does_not_land(tasks, qtbot):
    landed, go = Landed(), threading.Event()

    def work(progress):
        go.wait(10)
        return 1

    task = tasks.start(
        work, landed.take, landed.refuse, title=message("Work"), owner=tasks
    )
    task.cancel()
    go.set()
    qtbot.waitUntil(lambda: not tasks.running)
    assert not landed.done


def test_progress_comes_round(tasks, qtbot):
    landed, seen = Landed(), []

    def work(progress):
        for count in range(1, 1001):
            progress(count, 1000)
        return

    tasks.start(
        work, landed.take, landed.refuse, lambda *pair: seen.append(pair), owner=tasks
    )
    qtbot.waitUntil(lambda: landed.done == [None])
    assert seen[-1] == (1000, 1000)


def test_only_work_with_a_title_is_shown_as_running(tasks, qtbot):
    go = threading.Event()
    landed = Landed()
    quiet = tasks.start(lambda p: go.wait(10), landed.take, landed.refuse, owner=tasks)
    loud = tasks.start(
        lambda p: go.wait(10),
        landed.take,
        landed.refuse,
        title=message("Work"),
        owner=tasks,
    )
    assert tasks.running == (loud,)
    assert quiet not in tasks.running
    go.set()
    qtbot.waitUntil(lambda: len(landed.done) == 2)


def test_work_that_keeps_something_is_told_though_cancel_came_too_late(tasks, qtbot):
    landed, go = Landed(), threading.Event()

    def work(progress):
        go.wait(10)
        return "file"

    task = tasks.start(work, landed.take, landed.refuse, owner=tasks, keeps=True)
    task.cancel()
    go.set()
    qtbot.waitUntil(lambda: landed.done == ["file"])


def test_work_that_keeps_something_and_hears_cancel_does_not_land(tasks, qtbot):
    landed, started = Landed(), threading.Event()

    def work(progress):
        started.set()
        while True:
            progress(1, 2)

    task = tasks.start(
        work,
        landed.take,
        landed.refuse,
        owner=tasks,
        keeps=True,
        title=message("Work"),
    )
    assert started.wait(10)
    task.cancel()
    qtbot.waitUntil(lambda: not tasks.running)
    assert not landed.done
    assert not landed.failed


def test_nothing_lands_where_its_owner_is_gone(tasks, qtbot):
    landed, go, owner = Landed(), threading.Event(), QObject()
    tasks.start(
        lambda p: go.wait(10),
        landed.take,
        landed.refuse,
        owner=owner,
        keeps=True,
        title=message("Work"),
    )
    shiboken6.delete(owner)
    go.set()
    qtbot.waitUntil(lambda: not tasks.running)
    assert not landed.done


def test_nothing_starts_when_the_window_is_closing(tasks: Tasks):
    seen: list[object] = []
    tasks.close()
    task = tasks.start(seen.append, seen.append, seen.append, owner=tasks)
    assert task.is_unwanted
    assert seen == []
    assert tasks.running == ()
