"""The evidence of a case: added, dropped, pasted, edited in place, removed, copied out."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
)
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from valuer.core.engagement import Evidence, EvidenceKind
from valuer.gui.main_window import MainWindow
from valuer.gui.open_case import OpenCase
from valuer.gui.pages.cases import CasesPage
from valuer.gui.pages.evidence import EvidencePage
from valuer.gui.pages.methods import MethodsPage
from valuer.gui.table_field import TableField
from valuer.methods import METHODS
from valuer.store.evidence import list_unused, read_back, remove_document

PATIENCE = 30_000
PDF = b"%PDF-1.7\n1 0 obj\n"
ANY_BUTTON = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


def page_in(window: MainWindow) -> EvidencePage:
    window.open_case("C1")
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    assert cases.view_of_case is not None
    page = cases.view_of_case.page("evidence")
    assert isinstance(page, EvidencePage)
    return page


@pytest.fixture
def page(window: MainWindow) -> EvidencePage:
    return page_in(window)


@pytest.fixture
def open_case(page: EvidencePage) -> OpenCase:
    return page._tools.open_case


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    path = tmp_path / "委托合同.pdf"
    path.write_bytes(PDF)
    return path


@pytest.fixture
def picture() -> QImage:
    picture = QImage(30, 20, QImage.Format.Format_RGB32)
    picture.fill(QColor("teal"))
    picture.setText("Author", "somebody")
    return picture


def names(open_case: OpenCase) -> list[str]:
    return [one.name for one in open_case.case.evidence]


def added(page: EvidencePage, qtbot: QtBot, count: int) -> tuple[Evidence, ...]:
    open_case = page._tools.open_case
    qtbot.waitUntil(lambda: len(open_case.case.evidence) == count, timeout=PATIENCE)
    return open_case.case.evidence


def kept(window: MainWindow, digest: str) -> bytes:
    with window.shell.desk.library.read() as connection:
        return read_back(connection, digest)


def put(open_case: OpenCase, *lines: Evidence) -> None:
    open_case.change("x", replace(open_case.case, evidence=lines))


def test_files_chosen_stand_in_the_library_and_in_the_case(
    page, window, contract, open_case, qtbot, monkeypatch
):
    assert page._stack.currentIndex() == 1
    monkeypatch.setattr(window.shell.files, "open_many", lambda *_: [contract])
    page.taking.choose()
    (line,) = added(page, qtbot, 1)
    assert line == Evidence(hashlib.sha256(PDF).hexdigest(), "委托合同.pdf", len(PDF))
    assert kept(window, line.digest) == PDF
    assert page._stack.currentIndex() == 0
    assert open_case.undoable == "Add evidence"
    open_case.undo()
    assert names(open_case) == []
    open_case.redo()
    assert names(open_case) == ["委托合同.pdf"]


def test_a_picture_on_the_clipboard_is_kept_as_png_with_nothing_beside_it(
    page, window, picture, qtbot
):
    QGuiApplication.clipboard().setImage(picture)
    page.taking.paste()
    (line,) = added(page, qtbot, 1)
    data = kept(window, line.digest)
    assert data.startswith(b"\x89PNG")
    assert b"somebody" not in data
    assert QImage.fromData(data).pixelColor(3, 3) == QColor("teal")
    assert line.name.endswith(".png")
    assert line.obtained is not None


def test_files_are_dropped_and_words_are_not(page, contract, qtbot):
    dragged, words = QMimeData(), QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(contract))])
    words.setText("x")
    action = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    for held, taken in ((words, False), (dragged, True)):
        enters = QDragEnterEvent(QPoint(9, 9), action, held, ANY_BUTTON, NO_KEY)
        page.dragEnterEvent(enters)
        assert enters.isAccepted() is taken
    drops = QDropEvent(QPointF(9, 9), action, dragged, ANY_BUTTON, NO_KEY)
    drops.setDropAction(Qt.DropAction.MoveAction)
    page.dropEvent(drops)
    # Moved, the file manager would take the original away.
    assert drops.dropAction() is Qt.DropAction.CopyAction
    (line,) = added(page, qtbot, 1)
    assert line.name == "委托合同.pdf"


def test_files_copied_elsewhere_are_pasted_and_words_refused(
    page, window, contract, open_case, qtbot
):
    QGuiApplication.clipboard().setText("文字")
    page.taking.paste()
    assert (
        "剪贴板" in window.shell.notices.text.text() or window.shell.notices.text.text()
    )
    assert names(open_case) == []
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(contract))])
    QGuiApplication.clipboard().setMimeData(copied)
    page.taking.paste()
    added(page, qtbot, 1)


def test_one_file_that_is_refused_keeps_all_out(
    page, window, contract, open_case, tmp_path, qtbot
):
    page.taking.take_files([contract, tmp_path / "无.pdf"])
    qtbot.waitUntil(window.shell.notices.isVisible, timeout=PATIENCE)
    assert names(open_case) == []
    with window.shell.desk.library.read() as connection:
        assert list_unused(connection) == ()


def test_what_is_there_already_is_not_added_twice(page, window, contract, qtbot):
    page.taking.take_files([contract])
    added(page, qtbot, 1)
    page.taking.take_files([contract])
    qtbot.waitUntil(window.shell.notices.isVisible, timeout=PATIENCE)
    assert "委托合同.pdf" in window.shell.notices.text.text()


def edit(page: EvidencePage, column: int, text: str) -> None:
    """Type into a cell of the first line and leave it."""
    view = page.view
    view.edit(view.lines.index(0, column))
    field = view.indexWidget(view.lines.index(0, column))
    assert isinstance(field, QLineEdit)
    field.setText(text)
    view.itemDelegate().commitData.emit(field)
    view.itemDelegate().closeEditor.emit(field)


def pick(page: EvidencePage, column: int, key: object) -> None:
    """Choose in a cell of the first line."""
    view = page.view
    view.edit(view.lines.index(0, column))
    box = view.indexWidget(view.lines.index(0, column))
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def test_a_line_is_edited_in_place_each_change_a_step(page, open_case):
    put(open_case, Evidence("ab" * 32, "合同.pdf", 4))
    pick(page, 1, EvidenceKind.ACT)
    pick(page, 2, "runs.rfr")
    edit(page, 3, "委托人 ")
    edit(page, 4, "2026-9-1")
    edit(page, 5, "原件")
    line = Evidence(
        *("ab" * 32, "合同.pdf", 4, EvidenceKind.ACT, "runs.rfr", "委托人"),
        date(2026, 9, 1),
        "原件",
    )
    assert open_case.case.evidence == (line,)
    assert open_case.undoable == "Change the evidence"
    open_case.undo()
    assert open_case.case.evidence == (replace(line, note=""),)
    assert page.view.lines.rows == open_case.case.evidence


def test_a_day_that_is_none_is_told_and_not_kept(page, open_case, window):
    put(open_case, Evidence("ab" * 32, "合同.pdf", 4, obtained=date(2026, 9, 1)))
    edit(page, 4, "2026-02-30")
    assert "2026-02-30" in window.shell.notices.text.text()
    assert open_case.case.evidence[0].obtained == date(2026, 9, 1)
    edit(page, 4, "")
    assert open_case.case.evidence[0].obtained is None


def test_a_place_the_case_no_longer_has_is_shown_as_it_stands(page, open_case):
    put(open_case, Evidence("ab" * 32, "合同.pdf", 4, about="runs.gone.companies"))
    assert page.view.lines.index(0, 2).data() == "runs.gone.companies"
    pick(page, 2, "runs.gone.companies")
    assert open_case.case.evidence[0].about == "runs.gone.companies"


def test_lines_are_removed_and_the_library_keeps_the_bytes(
    page, window, contract, open_case, qtbot
):
    page.taking.take_files([contract])
    (line,) = added(page, qtbot, 1)
    assert not page._removing._control.isEnabled()
    page.view.selectRow(0)
    page._removing._control.click()
    assert names(open_case) == []
    assert kept(window, line.digest) == PDF
    open_case.undo()
    assert names(open_case) == ["委托合同.pdf"]


def test_a_copy_is_saved_out(page, window, contract, qtbot, tmp_path, monkeypatch):
    page.taking.take_files([contract])
    added(page, qtbot, 1)
    page.view.selectRow(0)
    out = tmp_path / "副本.pdf"
    monkeypatch.setattr(window.shell.files, "save", lambda *_: out)
    page.copying.click()
    qtbot.waitUntil(out.exists, timeout=PATIENCE)
    assert out.read_bytes() == PDF


def test_a_check_tells_what_is_not_in_the_library(
    page, window, contract, open_case, qtbot
):
    page.taking.take_files([contract])
    (line,) = added(page, qtbot, 1)
    page.check()
    qtbot.waitUntil(window.shell.notices.isVisible, timeout=PATIENCE)
    assert not page.issues.isVisible()
    open_case.undo()
    with window.shell.desk.library.change() as connection:
        remove_document(connection, line.digest, "王", window.shell.desk.clock())
    open_case.redo()
    page.check()
    qtbot.waitUntil(page.issues.isVisible, timeout=PATIENCE)
    assert len(page.issues.table.rows) == 1


def test_the_panel_beside_tells_the_digest_in_full(page, open_case, window):
    put(open_case, Evidence("ab" * 32, "合同.pdf", 4))
    page.view.selectRow(0)
    assert "ab" * 32 in window.why.body.toPlainText()


COMPANIES = (
    "证券简称\t股价日期\t总市值（亿元）\t付息债务（亿元）\tBeta\t所得税率\n"
    "甲\t2026-09-30\t12\t3\t1.1\t25%\n"
)


def companies_in(window: MainWindow) -> TableField:
    """The table of listed companies of a run, ``listed_companies_rate``."""
    window.open_case("C1")
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    assert cases.view_of_case is not None
    page = cases.view_of_case.page("methods")
    assert isinstance(page, MethodsPage)
    page.choose(METHODS.find("listed_companies_rate"))
    table = page._form.field("companies").widget
    assert isinstance(table, TableField)
    return table


def test_what_is_pasted_from_a_terminal_asks_for_the_picture_of_its_source(
    window, picture, contract, qtbot, monkeypatch
):
    table = companies_in(window)
    shown = table.findChild(QLabel, "param_companies_pictures")
    assert not shown.isVisible()
    QGuiApplication.clipboard().setText(COMPANIES)
    table.findChild(QToolButton, "param_companies_paste").click()
    assert table.cells.rows.value
    assert window.shell.notices.isVisible()
    QGuiApplication.clipboard().setImage(picture)
    window.findChild(QPushButton, "notice_paste_picture").click()
    qtbot.waitUntil(shown.isVisible, timeout=PATIENCE)
    view = window.place("cases").view_of_case
    (line,) = view.open_case.case.evidence
    assert line.about == "runs.listed_companies_rate.companies"
    assert line.kind is EvidenceKind.PRICE
    assert line.digest[:12] in shown.text()
    window.shell.notices.hide()
    QGuiApplication.clipboard().setText(COMPANIES)
    table.findChild(QToolButton, "param_companies_paste").click()
    assert not window.shell.notices.isVisible()
    view.open_case.change("x", replace(view.open_case.case, evidence=()))
    assert not shown.isVisible()
    monkeypatch.setattr(window.shell.files, "open_one", lambda *_: contract)
    _, choose = table.findChild(QToolButton, "param_companies_offer").menu().actions()
    choose.trigger()
    qtbot.waitUntil(shown.isVisible, timeout=PATIENCE)
    assert "委托合同.pdf" in shown.text()
