"""An agency's own list: its columns are mapped, tried, kept and known the next time."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.agency.docket_shown import NUMBERS, shown
from valuer.agency.docket_profiles import Profile, Word
from valuer.agency.statuses import Outcome
from valuer.gui.agency.mapping import look_at, seen_by, strange_headings
from valuer.gui.agency.mapping_dialog import MappingDialog
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.docket import DocketPage
from valuer.gui.search_choice import SearchChoice

HEADINGS = ("本所编号", "号", "叫什么", "进度词", "谁写的", "要不要")
KEYS = ("reference", "number", "title", "status", "drafter", "instructed")
ROWS = (
    "A1900001,201910524300.2,密封装置,有效着呢,陈一,否",
    "A2000002,202020137687.4,车架,进入实审,李二,随便",
    "A2000003,202020137687.5,车架,进入实审,李二,否",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The list of an agency whose headings nobody else uses, below a title."""
    path = tmp_path / "台账.csv"
    lines = ["某某事务所台账,,,,,", ",".join(HEADINGS), *ROWS]
    path.write_text("\n".join(lines) + "\n", "utf-8-sig")
    return path


def asked(page: DocketPage, path: Path, qtbot: QtBot) -> MappingDialog:
    """Import a file that opens the dialog, and return it."""
    page.importing.take([path])
    qtbot.waitUntil(lambda: page.importing.dialog is not None, timeout=30_000)
    dialog = page.importing.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.is_settled, timeout=30_000)
    return dialog


def mapped(dialog: MappingDialog, qtbot: QtBot) -> None:
    for place, key in enumerate(KEYS):
        dialog.choose(place, key)
    qtbot.waitUntil(lambda: dialog.is_settled, timeout=30_000)


def accept(dialog: MappingDialog, page: DocketPage, qtbot: QtBot) -> None:
    button = dialog.findChild(QPushButton, "mapping_accept")
    assert button.isEnabled()
    button.click()
    qtbot.waitUntil(lambda: page.account is not None, timeout=30_000)


def test_headings_stand_beside_what_is_below_them(path: Path):
    sheet = look_at(path)
    assert [one.heading for one in sheet.columns] == list(HEADINGS)
    assert sheet.columns[4].samples == ("陈一", "李二")
    assert "谁写的" in strange_headings(sheet)


def test_a_profile_shows_cases_problems_and_words_before_anything_is_kept(path: Path):
    profile = Profile("台账", tuple(zip(HEADINGS, KEYS, strict=True)))
    seen = seen_by(look_at(path), profile)
    assert [case.reference for case in seen.cases] == ["A1900001", "A2000002"]
    assert seen.refused == 1  # its check digit is wrong
    assert {(one.field, one.word) for one in seen.words} == {
        ("status", "有效着呢"),
        ("instructed", "随便"),
    }
    assert not seen.faults


def test_without_a_number_or_a_reference_nothing_can_be_imported(path: Path):
    seen = seen_by(look_at(path), Profile("台账", (("叫什么", "title"),)))
    assert not seen.cases
    assert seen.faults


def test_an_unknown_list_is_mapped_and_its_profile_reads_the_next_one(
    bare: MainWindow, path: Path, qtbot: QtBot
):
    page = shown(bare, qtbot)
    dialog = asked(page, path, qtbot)
    mapped(dialog, qtbot)
    shown_as = dialog.preview.cases
    assert [shown_as.index(0, place).data() for place in range(5)] == [
        *("A1900001", NUMBERS[0], "密封装置", "有效着呢", "陈一")
    ]
    dialog.preview.meant.emit("status", "有效着呢", "专利权维持")
    dialog.preview.meant.emit("instructed", "随便", "no")
    qtbot.waitUntil(lambda: dialog.is_settled, timeout=30_000)
    dialog.name.setText("本所台账")
    accept(dialog, page, qtbot)
    (told,) = page.account.files.rows
    assert (told.read, told.added, told.refused) == (3, 2, 1)
    desk = bare.shell.desk.docket
    case = desk.find(NUMBERS[0])
    assert (case.drafter, case.status) == ("陈一", "有效着呢")
    assert case.outcome is Outcome.IN_FORCE
    (profile,) = desk.profiles()
    assert profile.name == "本所台账"
    assert Word("instructed", "随便", "no") in profile.words
    page.importing.take([path])
    qtbot.waitUntil(lambda: page.account.files.row(0).unchanged == 2, timeout=30_000)
    assert page.importing.dialog is None


def test_letters_of_a_field_choose_it_in_its_cell(
    bare: MainWindow, path: Path, qtbot: QtBot
):
    dialog = asked(shown(bare, qtbot), path, qtbot)
    table = dialog.columns
    at = table.lines.index(4, table.lines.last)
    table.setCurrentIndex(at)
    table.edit(at)
    choice = table.findChild(SearchChoice)
    assert choice is not None
    label = bare.shell.words.tell("Drafted by")
    choice.setEditText(label[:2])
    field = choice.lineEdit()
    assert field is not None
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.profile.columns[-1:] == (("谁写的", "drafter"),))
    dialog.reject()


def test_delete_leaves_a_column_unread(bare: MainWindow, path: Path, qtbot: QtBot):
    dialog = asked(shown(bare, qtbot), path, qtbot)
    mapped(dialog, qtbot)
    dialog.activateWindow()
    dialog.columns.setCurrentIndex(dialog.columns.lines.index(5, 0))
    dialog.columns.setFocus()
    qtbot.keyClick(dialog.columns, Qt.Key.Key_Delete)
    assert ("要不要", "instructed") not in dialog.profile.columns
    dialog.reject()


def test_a_list_left_out_leaves_the_docket_as_it_was(
    bare: MainWindow, path: Path, qtbot: QtBot
):
    page = shown(bare, qtbot)
    dialog = asked(page, path, qtbot)
    dialog.reject()
    assert page.importing.dialog is None
    assert page.account is None
    assert not bare.shell.desk.docket.profiles()


def test_two_columns_for_one_field_cannot_be_imported(
    bare: MainWindow, path: Path, qtbot: QtBot
):
    dialog = asked(shown(bare, qtbot), path, qtbot)
    mapped(dialog, qtbot)
    dialog.choose(5, "title")
    qtbot.waitUntil(lambda: dialog.is_settled, timeout=30_000)
    assert not dialog.findChild(QPushButton, "mapping_accept").isEnabled()
    assert "叫什么" in dialog.faults.text()
    dialog.reject()


def test_a_kept_profile_can_be_removed(bare: MainWindow, path: Path, qtbot: QtBot):
    desk = bare.shell.desk.docket
    pairs = tuple(zip(HEADINGS, KEYS, strict=True))
    desk.put_profile(Profile("旧方案", (*pairs, ("没有的列", "client"))))
    dialog = asked(shown(bare, qtbot), path, qtbot)
    dialog.apply("旧方案")
    assert [one.key for one in dialog.columns.lines.rows if one] == list(KEYS)
    dialog.findChild(QPushButton, "mapping_remove").click()
    assert not desk.profiles()
    assert dialog.known.value == ""
    dialog.reject()
