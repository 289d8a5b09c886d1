"""The dialog in which the columns of a list are told: seen while they are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from valuer.agency.docket_profiles import Profile, word_key
from valuer.core.problems import Severity
from valuer.core.progress import Progress
from valuer.core.texts import N_
from valuer.gui.agency.mapping import (
    MappedColumn,
    Seen,
    Sheet,
    best_fitting,
    mapped_by,
    offered_fields,
    profile_of,
    seen_by,
)
from valuer.gui.agency.mapping_preview import MappingPreview
from valuer.gui.agency.mapping_tables import ChosenLines, ChosenTable
from valuer.gui.fields import Choice
from valuer.gui.notices import Notices
from valuer.gui.shell import Shell
from valuer.gui.tables import TableColumn
from valuer.gui.words import Texts

BETWEEN = " · "


class MappingDialog(QDialog):
    """Headings left, what is made of them right; below, under which name it is kept."""

    def __init__(
        self, sheet: Sheet, profiles: Sequence[Profile], shell: Shell, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._sheet, self._shell = sheet, shell
        self._profiles = list(profiles)
        self._columns: tuple[MappedColumn, ...] = sheet.columns
        self._meant: dict[tuple[str, str], str] = {}
        self._seen: Seen | None = None
        self._asked = 0
        self.setObjectName("mapping_dialog")
        self._texts = Texts(shell.words, self)
        title = N_("Columns of {file}")
        self._texts.put(self.setWindowTitle, title, file=sheet.path.name)
        self.notices = Notices(shell.words, shell.theme, self, key="mapping_notice")
        self.columns = self._columns_table()
        self.preview = MappingPreview(shell, self)
        self.preview.meant.connect(self._mean)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(150)
        self._pause.timeout.connect(self._look)
        self._lay_out()
        self.resize(1240, 680)
        self._offer_profiles()
        self._choose_fitting()

    @property
    def profile(self) -> Profile:
        """What the choices make, under the name typed, or that of the file."""
        name = self.name.text().strip() or self._sheet.path.stem
        return profile_of(name, self._columns, self._meant)

    @property
    def is_named(self) -> bool:
        """Whether the profile is to be kept under a name."""
        return bool(self.name.text().strip())

    @property
    def is_settled(self) -> bool:
        """Whether the preview shows the choices made last."""
        return not self._pause.isActive() and self._seen is not None

    def choose(self, place: int, key: str) -> None:
        """Say what a column holds, by its place from 0."""
        columns = list(self._columns)
        columns[place] = replace(columns[place], key=key)
        self._columns = tuple(columns)
        self.columns.put(self._columns)
        self._wait()

    def apply(self, name: str) -> None:
        """Map the columns as a kept profile does; "" as their headings suggest."""
        found = next((one for one in self._profiles if one.name == name), None)
        self.known.put(name)
        self.name.setText(name)
        self._may_remove.setEnabled(self._can_remove())
        if found is None:
            self._columns, self._meant = self._sheet.columns, {}
        else:
            self._columns = mapped_by(self._sheet, found)
            self._meant = {
                (one.field, word_key(one.word)): one.means for one in found.words
            }
        self.columns.put(self._columns)
        self._wait()

    def remove(self) -> None:
        """Remove the kept profile chosen; the choices made by it stay."""
        name = self.known.value
        with self.notices.guard():
            self._shell.desk.docket.remove_profile(name)
            self._profiles = [one for one in self._profiles if one.name != name]
            self.name.clear()
            self._offer_profiles()

    def _choose_fitting(self) -> None:
        """Begin with the kept profile whose headings are all here, if there is one."""
        best = best_fitting(self._sheet, self._profiles)
        self.apply("" if best is None else best.name)

    def _mean(self, field: str, word: str, means: str) -> None:
        self._meant[field, word_key(word)] = means
        self._wait()

    def _wait(self) -> None:
        self._seen = None
        self._allow()
        self._pause.start()

    def _look(self) -> None:
        """Read the first rows anew, off the GUI thread; only the newest look counts."""
        self._asked += 1
        asked, sheet, profile = self._asked, self._sheet, self.profile

        def work(progress: Progress) -> Seen:
            del progress
            return seen_by(sheet, profile)

        def done(seen: Seen) -> None:
            if asked == self._asked and not self._pause.isActive():
                self._show(seen)

        self._shell.tasks.start(work, done, self.notices.refuse, owner=self)

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        self.preview.put(seen, [one.key for one in self._columns if one.key])
        self._allow()

    def _allow(self) -> None:
        """Say what lacks; without faults the list may be imported."""
        seen = self._seen
        faults = () if seen is None else seen.faults
        errors = [one for one in faults if one.severity is Severity.ERROR]
        self._import.setEnabled(seen is not None and not errors)
        say = self._shell.words.say
        self.faults.setText("\n".join(say(one.wording) for one in errors))
        self.faults.setVisible(bool(errors))

    def _columns_table(self) -> ChosenTable[MappedColumn]:
        tell = self._shell.words.tell
        names = dict(offered_fields())
        columns: tuple[TableColumn[MappedColumn], ...] = (
            TableColumn(N_("Heading in the file"), lambda c: c.heading, width=130),
            TableColumn(
                N_("Sample values"), lambda c: BETWEEN.join(c.samples), width=170
            ),
            TableColumn(
                N_("Holds"), lambda c: tell(names.get(c.key, c.key)), width=150
            ),
        )
        lines = ChosenLines(columns, lambda c: c.key, self._shell, self)
        lines.chosen.connect(self.choose)
        return ChosenTable(
            "mapping_columns",
            N_("Columns of the file and what they hold"),
            lines,
            lambda _: offered_fields(),
            self._shell,
            self,
        )

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.columns)
        split.addWidget(self.preview)
        split.setSizes([520, 720])
        self.faults = QLabel(self)
        self.faults.setWordWrap(True)
        self.faults.setProperty("part", "bad")
        self.faults.setObjectName("mapping_faults")
        layout = QVBoxLayout(self)
        layout.addWidget(self.notices)
        layout.addLayout(self._head())
        layout.addWidget(split, 1)
        layout.addWidget(self.faults)
        layout.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        label = QLabel(self)
        self._texts.put(label.setText, N_("Profile"))
        self.known = Choice(self._shell.words, self)
        self._texts.name(self.known, "mapping_known", N_("Profile"))
        self.known.committed.connect(self._apply_chosen)
        self._may_remove = QPushButton(self)
        self._texts.put(self._may_remove.setText, N_("Remove the profile"))
        name = N_("Remove the profile chosen")
        self._texts.name(self._may_remove, "mapping_remove", name)
        self._may_remove.clicked.connect(self.remove)
        note = QLabel(self)
        note.setProperty("part", "muted")
        sheet, row = self._sheet.table.sheet, self._sheet.row + 1
        if sheet:
            text = N_("Headings: sheet “{sheet}”, row {row}")
            self._texts.put(note.setText, text, sheet=sheet, row=row)
        else:
            self._texts.put(note.setText, N_("Headings: row {row}"), row=row)
        line = QHBoxLayout()
        for part in (label, self.known, self._may_remove):
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(note)
        return line

    def _foot(self) -> QHBoxLayout:
        label = QLabel(self)
        self._texts.put(label.setText, N_("Keep as profile"))
        self.name = QLineEdit(self)
        self.name.setFixedWidth(220)
        self._texts.name(self.name, "mapping_name", N_("Name of the profile"))
        hint = N_("left empty: not kept")
        self._texts.put(self.name.setPlaceholderText, hint)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        self._import = buttons.button(kinds.Ok)
        self._import.setProperty("part", "primary")
        self._import.style().unpolish(self._import)
        self._import.style().polish(self._import)
        self._texts.put(self._import.setText, N_("Import"))
        self._texts.name(self._import, "mapping_accept", N_("Import the list so"))
        cancel = buttons.button(kinds.Cancel)
        self._texts.put(cancel.setText, N_("Cancel"))
        self._texts.name(cancel, "mapping_cancel", N_("Leave this list out"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._import.click)
        line = QHBoxLayout()
        line.addWidget(label)
        line.addWidget(self.name)
        line.addStretch(1)
        line.addWidget(buttons)
        return line

    def _offer_profiles(self) -> None:
        names = [(one.name, one.name) for one in self._profiles]
        self.known.offer([("", N_("As the headings suggest")), *names])
        self.known.put("" if self.known.value is None else self.known.value)
        self._may_remove.setEnabled(self._can_remove())

    def _can_remove(self) -> bool:
        return bool(self.known.value) and not self._shell.library.is_read_only

    def _apply_chosen(self) -> None:
        self.apply(self.known.value)
