"""The rule pack (规则包): every value with its mark and source, copied and kept in versions.

What is changed here is a draft until it is kept as the next version, with what was
changed and why. Older versions stay, to be looked at and compared.
"""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from valuer.agency.credit_pack_checks import pack_issues
from valuer.agency.credit_pack_files import (
    pack_of,
    shipped_packs,
)
from valuer.agency.credit_pack_items import (
    Thing,
    item_at,
    place_of_fault,
)
from valuer.agency.credit_packs import (
    RulePack,
)
from valuer.core.canonical import to_plain
from valuer.core.files import read_whole, write_whole
from valuer.core.problems import Issue
from valuer.core.texts import N_, message
from valuer.gui import formats
from valuer.gui.agency.credit_item_form import ItemForm
from valuer.gui.agency.credit_pack_draft import PackDraft
from valuer.gui.agency.credit_pack_table import PackTable
from valuer.gui.agency.credit_pack_versions import DifferencesTable, NewRule
from valuer.gui.agency.credit_view import CreditView
from valuer.gui.agency.credit_words import (
    item_name,
    item_value,
    mark_words,
    table_name,
)
from valuer.gui.credit_desk import PackVersion
from valuer.gui.fields import Choice, text_entry
from valuer.gui.headings import Heading
from valuer.gui.issue_table import IssueTable
from valuer.gui.rows import FormArea
from valuer.gui.shell import Shell
from valuer.gui.why import Explanation, Said
from valuer.gui.words import Texts, Words

PACKS = (N_("Rule packs (JSON)"), "*.json")
LARGEST = 4 * 1024**2
"""Bytes; a longer file is no rule pack."""


class PackPanel(QWidget):
    """Lines on the left, what is to be copied first; the one chosen on the right."""

    def __init__(self, view: CreditView, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._view, self._shell = view, shell
        self._texts = Texts(shell.words, self)
        self._versions: tuple[PackVersion, ...] = ()
        self._draft = PackDraft(PackVersion(shipped_packs()[-1]))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(6)
        layout.addWidget(self._heading())
        self.adding = NewRule(shell, self)
        self.adding.wanted.connect(self.add_rule)
        layout.addWidget(self.adding)
        name = N_("What is wrong with the rule pack")
        self.issues = IssueTable("credit_pack_issues", name, shell, self, placed=False)
        self.issues.doubleClicked.connect(self._go_to_fault)
        layout.addWidget(self.issues)
        layout.addWidget(self._middle(), 1)
        layout.addLayout(self._keeping())
        view.left.connect(self.discard)
        view.looked_up.connect(self._follow)
        shell.words.changed.connect(self._speak)
        self.reload()

    @property
    def draft(self) -> RulePack:
        """The pack as it stands here, changed or not."""
        return self._draft.pack

    @property
    def is_changed(self) -> bool:
        """Whether something here is not kept yet."""
        return self._draft.is_changed

    def reload(self) -> None:
        """Read the versions anew and show the one in use."""
        with self._shell.notices.guard():
            self._versions = self._shell.desk.credit.versions()
        in_use = self._view.pack
        shown = (one for one in self._versions if one.pack == in_use)
        for one in (*shown, *self._versions)[:1]:
            self._take_up(one)

    def show_place(self, place: str) -> None:
        """Choose a line and go to its first field."""
        self.comparing.put(None)
        self._compare()
        self.view.go_to(place)
        for name in ("value", "points", "min", "title"):
            if name in self.form.names:
                self.form.field(name).setFocus()
                return

    def add_rule(self, table: str, code: str) -> None:
        """Add a rule of the notice that the pack does not have."""
        if item_at(self.draft, code) is not None:
            text = N_("The pack has the rule {code} already.")
            self._shell.notices.tell(message(text, code=code))
            return
        self._draft.add(table, code)
        self._show()
        self.show_place(code)

    def remove_rule(self) -> None:
        """Take a rule out that was added here and is not kept yet."""
        item = self.view.item
        if item is not None and self._draft.is_new(item):
            self._draft.remove(item.place)
            self._show()

    def keep(self) -> None:
        """Keep the draft as the next version."""
        with self._shell.notices.guard():
            credit = self._shell.desk.credit
            made = credit.put_pack(self.draft, self.note.value or "")
            self.note.put(None)
            self.view.setFocus()  # the button pressed has nothing more to do
            self._draft = PackDraft(PackVersion(made))
            self._view.reload()
            text = N_("Version {version} of the rule pack was kept.")
            self._shell.notices.tell(message(text, version=made.version))

    def discard(self) -> None:
        """Give up what was changed."""
        self._take_up(self._draft.base)

    def choose_file(self) -> None:
        """Ask for a file and take its pack as the draft."""
        path = self._shell.files.open_one(self, N_("Load a rule pack"), PACKS)
        if path is not None:
            self.load(path)

    def load(self, path: Path) -> None:
        """Take the pack of a file as the draft."""
        with self._shell.notices.guard():
            pack = pack_of(read_whole(path, LARGEST), path.name)
            self._draft.replace(pack)
            self._show()

    def choose_place(self) -> None:
        """Ask where to and write the pack shown into a file."""
        name = f"{self.draft.id}-v{self.draft.version}.json"
        path = self._shell.files.save(self, N_("Save the rule pack"), PACKS, name)
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        """Write the pack shown into a file."""
        with self._shell.notices.guard():
            text = json.dumps(to_plain(self.draft), ensure_ascii=False, indent=2)
            write_whole(path, f"{text}\n".encode())
            told = message(N_("{file} was written."), file=path.name)
            self._shell.notices.tell(told)

    def explain(self) -> None:
        """Tell of the line chosen, whole."""
        item, pack = self.view.item, self.draft
        if item is None:
            return
        words = self._shell.words
        parts: list[tuple[Said, Said]] = [
            (N_("Table of the pack"), table_name(item, words)),
            (N_("Reads"), item_value(item, words)),
            (N_("How surely it was read"), mark_words(item.mark, words)),
            (N_("Source"), getattr(item.thing, "source", "")),
            (N_("Remark"), getattr(item.thing, "note", "")),
        ]
        if item.is_open:
            text = N_("Copy it from the notice {number} and its annexes.")
            parts.insert(0, (N_("To do"), message(text, number=pack.doc_no)))
        told = [part for part in parts if part[1]]
        self._shell.why.tell(Explanation(item_name(pack, item, words), told))

    def _follow(self) -> None:
        """Show the version in use, unless something here is not kept yet."""
        if not self.is_changed:
            self.reload()

    def _take_up(self, version: PackVersion) -> None:
        self._draft = PackDraft(version)
        self._offer()
        self._show()

    def _offer(self) -> None:
        """Offer the versions, to look at and to compare with."""
        words = self._shell.words
        named = [(one, _version_words(one, words)) for one in self._versions]
        self.version.offer(named)
        self.version.put(self._draft.base)
        before = self.comparing.value
        self.comparing.offer([(None, N_("compare with…")), *named])
        self.comparing.put(before if before in self._versions else None)

    def _choose_version(self) -> None:
        self._take_up(self.version.value)

    def _compare(self) -> None:
        other = self.comparing.value
        self._tables.setCurrentIndex(0 if other is None else 1)
        if other is not None:
            self.differing.put(other.pack, self.draft)

    def _show(self) -> None:
        """Show the draft as it is now."""
        self.view.put(self.draft, self._draft.rows)
        self._tell_faults()
        self._compare()
        self._choose()  # once the line is chosen again: the field typed into stays

    def _tell_faults(self) -> None:
        pack = self.draft
        words, shown = self._shell.words, []
        for one in pack_issues(pack):
            item = item_at(pack, place_of_fault(pack, one.where))
            name = "" if item is None else item_name(pack, item, words)
            text = message(N_("{place}: {fault}"), place=name, fault=one.wording)
            shown.append(("", Issue(one.severity, text, one.where)))
        self.issues.put(shown)
        self.issues.setVisible(bool(shown))

    def _go_to_fault(self) -> None:
        line = self.issues.table.row(self.issues.currentIndex().row())
        if line is not None:
            self.show_place(place_of_fault(self.draft, line.issue.where))

    def _change(self, place: str, thing: Thing) -> None:
        self._draft.change(place, thing)
        self._show()

    def _choose(self) -> None:
        self.form.put(self.draft, self.view.item)
        self._allow()
        if self.isVisible():
            self.explain()

    def _allow(self) -> None:
        item, is_changed = self.view.item, self.is_changed
        self._may_keep.want(wanted=is_changed)
        self._may_discard.want(wanted=is_changed)
        is_new = item is not None and self._draft.is_new(item)
        self._may_remove.want(wanted=is_new)
        self.version.setEnabled(not is_changed)

    def _speak(self) -> None:
        self._offer()
        self._tell_faults()

    def _heading(self) -> Heading:
        words, library = self._shell.words, self._shell.library
        heading = Heading(N_("Rule pack"), words, self)
        self.version, self.comparing = Choice(words, heading), Choice(words, heading)
        for choice, key, name, act in (
            (self.version, "credit_version", N_("Version"), self._choose_version),
            (self.comparing, "credit_compare", N_("Compare with"), self._compare),
        ):
            shrunk = Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            choice.setSizeAdjustPolicy(shrunk)
            choice.setFixedWidth(190)
            heading.texts.name(choice, key, name, name)
            choice.committed.connect(act)
            heading.place(choice)
        remove = heading.action("credit_rule_remove", N_("Take the rule out"))
        remove.clicked.connect(self.remove_rule)
        self._may_remove = library.needs_writing(remove, words)
        add = heading.action("credit_rule_add", N_("Add a rule…"))
        add.clicked.connect(self._ask_rule)
        load = heading.action("credit_pack_load", N_("Load…"))
        load.clicked.connect(self.choose_file)
        save = heading.action("credit_pack_save", N_("Save to a file…"))
        save.clicked.connect(self.choose_place)
        for button in (add, load):
            library.needs_writing(button, words)
        return heading

    def _ask_rule(self) -> None:
        self.adding.show()
        self.adding.code.setFocus()

    def _middle(self) -> QWidget:
        self.view = PackTable(self._shell, self)
        self.view.selectionModel().currentRowChanged.connect(self._choose)
        self.differing = DifferencesTable(self._shell, self)
        self._tables = QStackedWidget(self)
        self._tables.addWidget(self.view)
        self._tables.addWidget(self.differing)
        self.form = ItemForm(self._shell, self)
        self.form.changed.connect(self._change)
        area = FormArea(self)
        area.setWidget(self.form)
        self.form.setContentsMargins(8, 0, 0, 0)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self._tables)
        split.addWidget(area)
        split.setStretchFactor(0, 1)
        split.setSizes([600, 380])
        return split

    def _keeping(self) -> QHBoxLayout:
        words, library = self._shell.words, self._shell.library
        line = QHBoxLayout()
        line.setSpacing(8)
        self.note = text_entry(self)
        name = N_("What was changed and why")
        self._texts.name(self.note, "credit_pack_note", name)
        self._texts.put(self.note.setPlaceholderText, name)
        line.addWidget(self.note, 1)
        discard, keep = QPushButton(self), QPushButton(self)
        for button, key, text, act in (
            (discard, "credit_pack_discard", N_("Discard the changes"), self.discard),
            (keep, "credit_pack_keep", N_("Keep as the next version"), self.keep),
        ):
            self._texts.put(button.setText, text)
            self._texts.name(button, key, text)
            button.clicked.connect(act)
            line.addWidget(button)
        self._may_discard = library.needs_writing(discard, words)
        self._may_keep = library.needs_writing(keep, words)
        library.needs_writing(self.note, words)
        return line


def _version_words(one: PackVersion, words: Words) -> str:
    """Return a version with who made it, when and why."""
    if one.at is None:
        text = N_("version {version}, with the program")
        return words.tell(text, version=one.pack.version)
    text = N_("version {version}, {day} {who}: {why}")
    day, who = formats.moment(one.at)[:10], one.author
    return words.tell(text, version=one.pack.version, day=day, who=who, why=one.note)
