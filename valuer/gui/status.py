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

from valuer.core.texts import N_
from valuer.gui.tasks import Task, Tasks
from valuer.gui.words import Texts, Words


class StatusBar(QStatusBar):
    """Shows the oldest job that has a title; Cancel stops it."""

    def __init__(self, words: Words, tasks: Tasks, library: str, writer: str) -> None:
        super().__init__()
        self._words, self._tasks = words, tasks
        self._task: Task | None = None
        self._texts = Texts(words, self)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 8, 0)
        self.addWidget(self._label(N_("Library: {library}"), library=library))
        self.addWidget(self._label(N_("Writing: {writer}"), writer=writer))
        self._job = QWidget(self)
        self._title = QLabel(self._job)
        self._bar = QProgressBar(self._job)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(160, 10)
        self._texts.name(self._bar, "job_progress", N_("How far the job is"))
        self._cancel = QPushButton(self._job)
        self._cancel.clicked.connect(self.cancel)
        fixed = QSizePolicy.Policy.Fixed
        self._cancel.setSizePolicy(fixed, fixed)
        self._texts.put(self._cancel.setText, N_("Cancel"))
        self._texts.name(self._cancel, "job_cancel", N_("Cancel the running job"))
        layout = QHBoxLayout(self._job)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._title, self._bar, self._cancel):
            layout.addWidget(widget)
        self.addPermanentWidget(self._job)
        self._job.hide()
        tasks.changed.connect(self._show)
        words.changed.connect(self._show)

    def cancel(self) -> None:
        """Cancel the job shown."""
        if self._task is not None:
            self._task.cancel()
            self._cancel.setEnabled(False)

    def _label(self, text: str, **values: object) -> QLabel:
        label = QLabel(self)
        label.setProperty("part", "muted")
        self._texts.put(label.setText, text, **values)
        return label

    def _show(self) -> None:
        running = self._tasks.running
        task = running[0] if running else None
        if task is not self._task:
            self._cancel.setEnabled(True)
        self._task = task
        self._job.setVisible(task is not None)
        if task is None or task.title is None:
            return
        self._title.setText(self._words.say(task.title))
        self._bar.setRange(0, 1000 if task.total else 0)
        self._bar.setValue(1000 * task.count // task.total if task.total else 0)
