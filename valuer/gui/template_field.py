"""The template of the house among the settings: taken up, told, removed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from valuer.core.look import Look, look_words
from valuer.core.progress import Progress
from valuer.core.texts import N_, message
from valuer.gui.dialogs.files import TEMPLATES
from valuer.gui.shell import Shell
from valuer.gui.words import Texts

if TYPE_CHECKING:
    from valuer.reports.templates import Template

NO_TEMPLATE = N_("None: reports look as the program makes them.")


class TemplateField(QWidget):
    """What template there is, in short, and what can be done about it."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        texts = Texts(shell.words, self)
        self._told = QLabel(self)
        self.take, self.remove = QPushButton(self), QPushButton(self)
        texts.put(self.take.setText, N_("Take in…"))
        texts.name(self.take, "settings_template_take", N_("Take a template in"))
        self.take.clicked.connect(self.choose)
        texts.put(self.remove.setText, N_("Remove"))
        texts.name(
            self.remove,
            "settings_template_remove",
            N_("Remove the template of the house"),
        )
        self.remove.clicked.connect(self._remove)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._told)
        layout.addWidget(self.take)
        layout.addWidget(self.remove)
        layout.addStretch(1)
        shell.library.needs_writing(self.take, shell.words)
        shell.words.changed.connect(self.show_state)

    def choose(self) -> None:
        """Ask for a template and take it in."""
        title = N_("Template of the house")
        path = self._shell.files.open_one(self, title, TEMPLATES)
        if path is not None:
            self.take_in(path if path.suffix.lower() == ".zip" else path.parent)

    def take_in(self, path: Path) -> None:
        """Read the template in a folder or zip, in the background, and keep it."""
        self._shell.tasks.start(
            partial(_read, path),
            self._keep,
            self._shell.notices.refuse,
            owner=self,
            title=message(N_("Reading {file}"), file=path.name),
        )

    def show_state(self) -> None:
        """Tell what the library has now."""
        with self._shell.notices.guard():
            look = self._shell.desk.house().look
            self._told.setText(self._shell.words.tell(look_words(look) or NO_TEMPLATE))
            is_free = not self._shell.library.is_read_only
            self.remove.setEnabled(is_free and look != Look())

    def _keep(self, template: Template) -> None:
        self._put(template.look, template.logo)

    def _remove(self) -> None:
        self._put(Look(), b"")

    def _put(self, look: Look, logo: bytes) -> None:
        with self._shell.notices.guard():
            self._shell.desk.put_template(look, logo)
            self._shell.ways.library_changed.emit()


def _read(path: Path, progress: Progress) -> Template:
    from valuer.reports.templates import read_template

    progress(0, 0)
    return read_template(path)
