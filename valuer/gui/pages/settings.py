"""Settings: language, appearance, and the house that answers for the reports."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from valuer.core.case import HOUSE_NAMES
from valuer.core.texts import N_
from valuer.gui.fields import Choice, Entry, text_entry
from valuer.gui.headings import Heading
from valuer.gui.rows import Rows
from valuer.gui.shell import Shell
from valuer.gui.template_field import TemplateField

LANGUAGE_NAMES = (("zh_CN", "中文"), ("en", "English"))
"""Each language in its own words, whichever is shown."""

APPEARANCE_NAMES = (
    ("system", N_("As the desktop")),
    ("light", N_("Light")),
    ("dark", N_("Dark")),
)


class SettingsPage(QWidget):
    """Each change is kept at once."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        rows = Rows(shell.words, shell.theme, self)
        self.language = self._choice(LANGUAGE_NAMES, shell.words.language)
        self.language.committed.connect(self._switch)
        self.appearance = self._choice(APPEARANCE_NAMES, shell.theme.appearance)
        self.appearance.committed.connect(self._dress)
        self.kind = self._choice(tuple(HOUSE_NAMES.items()), None)
        self.kind.committed.connect(self._keep)
        self.name, self.registration, self.address = (
            self._entry(width) for width in (360, 240, 360)
        )
        rows.add("settings_language", N_("Language"), self.language)
        rows.add("settings_appearance", N_("Appearance"), self.appearance)
        rows.add(
            "settings_house_kind",
            N_("Kind of house"),
            self.kind,
            N_("Only an appraisal institution issues an asset appraisal report."),
        )
        rows.add(
            "settings_house_name",
            N_("Name of the house"),
            self.name,
            N_(
                "New cases begin with this house; a case keeps the one it was made with."
            ),
        )
        rows.add(
            "settings_house_registration", N_("Registration number"), self.registration
        )
        rows.add("settings_house_address", N_("Address"), self.address)
        self.template = self._template(rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(Heading(N_("Settings"), shell.words, self))
        layout.addWidget(rows)
        layout.addStretch(1)
        shell.words.changed.connect(self._show_language)
        for field in (self.kind, self.name, self.registration, self.address):
            shell.library.needs_writing(field, shell.words)
        shell.ways.library_changed.connect(self._show)
        self._show()

    def _template(self, rows: Rows) -> TemplateField:
        field = TemplateField(self._shell, self)
        rows.add(
            "settings_template",
            N_("Template of the house"),
            field,
            N_(
                "A folder or zip with house.json and logo.png; new cases begin with it."
            ),
            wide=True,
        )
        return field

    def _choice(self, choices: tuple[tuple[str, str], ...], value: object) -> Choice:
        choice = Choice(self._shell.words, self)
        choice.offer(choices)
        choice.put(value)
        return choice

    def _entry(self, width: int) -> Entry:
        entry = text_entry(self)
        entry.setFixedWidth(width)
        entry.committed.connect(self._keep)
        return entry

    def _show(self) -> None:
        with self._shell.notices.guard():
            house = self._shell.desk.house()
            self.kind.put(house.kind)
            self.name.put(house.name or None)
            self.registration.put(house.registration or None)
            self.address.put(house.address or None)
        self.template.show_state()

    def _show_language(self) -> None:
        self.language.put(self._shell.words.language)

    def _switch(self) -> None:
        if self._shell.library.is_read_only:
            self._shell.words.switch(self.language.value)  # for this window only
            return
        with self._shell.notices.guard(self._show_language):
            self._shell.desk.put_language(self.language.value)
            self._shell.words.switch(self.language.value)

    def _dress(self) -> None:
        self._shell.theme.choose(self.appearance.value)
        self._shell.preferences.keep(appearance=self.appearance.value)

    def _keep(self) -> None:
        with self._shell.notices.guard():
            house = replace(
                self._shell.desk.house(),
                kind=self.kind.value,
                name=self.name.value or "",
                registration=self.registration.value or "",
                address=self.address.value or "",
            )
            self._shell.desk.put_house(house)
