"""Work off the GUI thread: one place, one way.

The work gets a progress to call; reports come round to the GUI thread at least ten
times a second, and Cancel is heard at each. Exactly one of ``done`` and ``failed``
runs on the GUI thread, neither after Cancel.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from valuer.core.problems import Cancelled
from valuer.core.progress import Progress, ignore
from valuer.core.texts import Message

T = TypeVar("T")

_PAUSE = 0.05  # seconds between two reports that reach the window


class Task:
    """One piece of work under way.

    Attributes:
        title: what it is, for the status bar; None where it is not shown.
        keeps: whether the work leaves something behind, as a file: then it is told
            even where Cancel came too late to be heard.
        count, total: how far it is; total 0 where not known.
    """

    def __init__(self, title: Message | None, *, keeps: bool) -> None:
        self.title = title
        self.keeps = keeps
        self.count = 0
        self.total = 0
        self.is_cancelled = False
        self.is_unwanted = False

    def cancel(self) -> None:
        """Ask the work to stop."""
        self.is_cancelled = True

    def drop(self) -> None:
        """Ask the work to stop; no one is left for it to land with."""
        self.is_cancelled = self.is_unwanted = True

    def lands(self, future: Future[Any]) -> bool:
        """Whether what came of the work is to be told."""
        if not self.is_cancelled:
            return True
        done = not future.cancelled() and future.exception() is None
        return self.keeps and done and not self.is_unwanted

    def check(self) -> None:
        """Stop the work if it was cancelled.

        Raises:
            Cancelled: it was.
        """
        if self.is_cancelled:
            raise Cancelled


class Tasks(QObject):
    """Runs work in the background. See the module's text."""

    changed = Signal()
    _landed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="valuer")
        self._running: list[Task] = []
        self.is_closed = False
        # Queued even from this thread: work done before anyone waits for it lands
        # here at once, and would overtake its own progress.
        self._landed.connect(self._land, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> tuple[Task, ...]:
        """The tasks under way that have a title, oldest first."""
        return tuple(task for task in self._running if task.title is not None)

    def start(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
        progressed: Progress = ignore,
        *,
        owner: QObject,
        title: Message | None = None,
        keeps: bool = False,
    ) -> Task:
        """Run ``work(progress)``; exactly one of ``done`` and ``failed`` follows.

        Neither follows when the task was cancelled, when ``owner``, for whom it runs,
        is gone, or when the window is closing.
        """
        task = Task(title, keeps=keeps)
        if self.is_closed:
            task.drop()
            return task
        owner.destroyed.connect(task.drop)
        self._running.append(task)
        self.changed.emit()
        progress = self._progress(task, progressed)
        arrive = partial(self._arrive, task, done, failed)
        self._pool.submit(work, progress).add_done_callback(arrive)
        return task

    def close(self) -> None:
        """Cancel what runs and wait for it; nothing lands or starts any more."""
        self.is_closed = True
        for task in self._running:
            task.drop()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _progress(self, task: Task, progressed: Progress) -> Progress:
        told = 0.0

        def progress(count: int, total: int) -> None:
            nonlocal told
            task.check()
            now = time.monotonic()
            if now - told >= _PAUSE or count == total:
                told = now
                self._landed.emit((task, None, _Report(count, total, progressed)))

        return progress

    def _arrive(
        self,
        task: Task,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
        future: Future[Any],
    ) -> None:
        """Carry what came of the work to the GUI thread; called on the worker's."""
        if future.cancelled() or isinstance(future.exception(), Cancelled):
            task.cancel()
        self._landed.emit((task, future, partial(_deliver, future, done, failed)))

    def _land(self, landed: tuple[Task, Future[Any] | None, Any]) -> None:
        task, future, what = landed
        if future is None:
            if not task.is_cancelled:
                task.count, task.total = what.count, what.total
                what.progressed(what.count, what.total)
                self.changed.emit()
            return
        self._running.remove(task)
        self.changed.emit()
        if task.lands(future):
            what()


def _deliver(
    future: Future[Any],
    done: Callable[[Any], object],
    failed: Callable[[Exception], object],
) -> None:
    error = future.exception()
    if isinstance(error, Exception):
        failed(error)
    elif error is not None:
        raise error
    else:
        done(future.result())


class _Report:
    def __init__(self, count: int, total: int, progressed: Progress) -> None:
        self.count, self.total, self.progressed = count, total, progressed
