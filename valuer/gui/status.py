"""The status bar: the library, who writes, and running jobs with Cancel."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStatusBar,
    QWidget,
)

from valuer.core.texts import N_, Message, message
from valuer.gui.desk import Desk
from valuer.gui.library_watch import LibraryWatch
from valuer.gui.tasks import Task, Tasks
from valuer.gui.words import Texts, Words


class StatusBar(QStatusBar):
    """Shows the oldest job that has a title; Cancel stops it."""

    def __init__(
        self, words: Words, tasks: Tasks, desk: Desk, library: LibraryWatch
    ) -> None:
        super().__init__()
        self._words, self._tasks, self._desk = words, tasks, desk
        self._task: Task | None = None
        self._texts = Texts(words, self)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 8, 0)
        self.library, self.writer = self._label(), self._label()
        self._job = self._make_job()
        self.addPermanentWidget(self._job)
        self._job.hide()
        library.changed.connect(self._show_library)
        library.touched.connect(self._show_library)
        words.changed.connect(self._show_library)
        tasks.changed.connect(self._show)
        words.changed.connect(self._show)
        self._show_library()

    def cancel(self) -> None:
        """Cancel the job shown."""
        if self._task is not None:
            self._task.cancel()
            self._cancel.setEnabled(False)

    def _label(self) -> QLabel:
        label = QLabel(self)
        label.setProperty("part", "muted")
        self.addWidget(label)
        return label

    def _make_job(self) -> QWidget:
        job = QWidget(self)
        self._title = QLabel(job)
        self._bar = QProgressBar(job)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(160, 10)
        self._texts.name(self._bar, "job_progress", N_("How far the job is"))
        self._cancel = QPushButton(job)
        self._cancel.clicked.connect(self.cancel)
        fixed = QSizePolicy.Policy.Fixed
        self._cancel.setSizePolicy(fixed, fixed)
        self._texts.put(self._cancel.setText, N_("Cancel"))
        self._texts.name(self._cancel, "job_cancel", N_("Cancel the running job"))
        layout = QHBoxLayout(job)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._title, self._bar, self._cancel):
            layout.addWidget(widget)
        return job

    def _show_library(self) -> None:
        path, tell = self._desk.library.path, self._words.tell
        self.library.setText(tell(N_("Library: {library}"), library=path.name))
        self.library.setToolTip(str(path))
        self.writer.setText(tell(_writing(self._desk)))

    def _show(self) -> None:
        running = self._tasks.running
        task = running[0] if running else None
        if task is not self._task:
            self._cancel.setEnabled(True)
        self._task = task
        self._job.setVisible(task is not None)
        if task is None or task.title is None:
            return
        title = task.title
        if len(running) > 1:
            text = N_("{job}, {count} more after it")
            title = message(text, job=title, count=len(running) - 1)
        self._title.setText(self._words.say(title))
        self._bar.setRange(0, 1000 if task.total else 0)
        self._bar.setValue(1000 * task.count // task.total if task.total else 0)


def _writing(desk: Desk) -> Message:
    """Return who writes, in words."""
    who = desk.who_writes
    if who is None:
        return message(N_("Read-only"))
    if desk.is_read_only:
        return message(N_("Read-only; writing: {writer}"), writer=who)
    return message(N_("Writing: {writer}"), writer=who)
