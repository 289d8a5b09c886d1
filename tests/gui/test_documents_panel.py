"""The documents of the library: used ones stay, others go when that was asked."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from valuer.gui.documents_panel import DocumentsPanel
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.cases import CasesPage
from valuer.gui.pages.record import RecordPage

PATIENCE = 30_000


def test_only_what_no_case_rests_on_can_be_removed(window: MainWindow, qtbot: QtBot):
    used, _ = window.shell.desk.documents.take(
        [("合同.pdf", b"%PDF-1.7"), ("误传.txt", "误传".encode())]
    )
    window.open_case("C1")
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    assert cases.view_of_case is not None
    open_case = cases.view_of_case.open_case
    open_case.change("x", replace(open_case.case, evidence=(used,)))
    page = window.place("data")
    assert isinstance(page, RecordPage)
    panel = page.leaf("documents")
    assert isinstance(panel, DocumentsPanel)
    qtbot.waitUntil(lambda: len(panel.list.table.rows) == 2, timeout=PATIENCE)
    remove = panel.findChild(QPushButton, "documents_remove")
    names = [document.name for document, _ in panel.list.table.rows]
    panel.list.view.selectRow(names.index("合同.pdf"))
    assert not remove.isEnabled()
    panel.list.view.selectRow(names.index("误传.txt"))
    remove.click()
    panel.findChild(QPushButton, "documents_go").click()
    qtbot.waitUntil(lambda: len(panel.list.table.rows) == 1, timeout=PATIENCE)
    assert panel.list.table.rows[0][0].name == "合同.pdf"
    assert window.shell.desk.records.trail()[0].detail["name"] == "误传.txt"
