"""A window on a library that another program writes: it reads, and takes over later."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from valuer.gui.main_window import MainWindow
from valuer.gui.pages.case import CaseView
from valuer.gui.pages.cases import CasesPage
from valuer.gui.pages.patents import PatentsPage
from valuer.gui.pages.record import RecordPage

WRITER = """
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from valuer.store.library import Access, open_library
from valuer.store.revisions import load_case, save_revision
library = open_library(Path(sys.argv[1]), access=Access.EITHER)
print("open", flush=True)
for line in sys.stdin:
    client = line.strip()
    if client == "close":
        library.close()
    else:
        with library.change() as connection:
            case, based_on = load_case(connection, "C1")
            changed = replace(case, client=client)
            at = datetime.now(UTC)
            save_revision(connection, changed, based_on, "wang", "Change", at)
    print("done", flush=True)
"""


class Writer:
    """Another program that holds the library."""

    def __init__(self, library: Path) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(library)],
            stdin=pipe,
            stdout=pipe,
            encoding="utf-8",
        )
        self._hear("open")

    def do(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        self._hear("done")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()

    def _hear(self, word: str) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline().strip() == word


@pytest.fixture
def writer(library: Path) -> Iterator[Writer]:
    found = Writer(library)
    yield found
    found.end()


@pytest.fixture
def window(
    writer: Writer, open_window: Callable[..., MainWindow], library: Path
) -> MainWindow:
    return open_window(library)


def opened(window: MainWindow) -> CaseView:
    window.open_case("C1")
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    assert cases.view_of_case is not None
    return cases.view_of_case


def test_the_window_says_who_writes(window: MainWindow, writer: Writer):
    assert window.standing.isVisible()
    process = str(writer.process.pid)
    assert process in window.standing.text.text()
    bar = window.statusBar()
    assert process in bar.writer.text()
    assert "只读" in window.windowTitle()


def test_what_writes_is_disabled_and_says_why(window: MainWindow):
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    cases.list.selectRow(0)
    window.place("patents").view.selectRow(0)
    record = window.place("data")
    assert isinstance(record, RecordPage)
    for key in ("imports", "backups", "bin"):
        leaf = record.leaf(key)
        leaf.list.view.selectRow(0)
    window.place("settings")
    reason = window.standing.text.text()
    for name in (
        *("case_new", "case_delete", "patents_import", "patents_delete"),
        *("batches_back", "backups_restore", "bin_take_out"),
    ):
        button = window.findChild(QPushButton, name)
        assert not button.isEnabled(), name
        assert button.toolTip() == reason, name
    assert not window.findChild(QLineEdit, "settings_house_name").isEnabled()


def test_reading_searching_and_valuing_go_on(window: MainWindow, qtbot: QtBot):
    view = opened(window)
    qtbot.waitUntil(lambda: view.valuations.is_settled, timeout=30_000)
    assert view.valuations.valuation is not None
    page = window.place("patents")
    assert isinstance(page, PatentsPage)
    page.search.setText("（7）")
    qtbot.waitUntil(lambda: len(page.table.rows) == 1)


def test_a_change_is_refused_at_once_and_the_field_shows_what_holds(
    window: MainWindow, writer: Writer
):
    opened(window).page("facts")
    field = window.findChild(QLineEdit, "case_client")
    field.setText("乙")
    field.editingFinished.emit()
    assert str(writer.process.pid) in window.notices.text.text()
    assert field.text() == "某某理工大学"


FREE = {"find_method", "what_if_target"}
"""Fields of searches and questions: what is typed there changes nothing."""


def test_nothing_can_be_typed_into_a_case_that_another_program_writes(
    window: MainWindow, writer: Writer
):
    view = opened(window)
    for key in ("facts", "forecast", "methods", "simulation", "conclusion"):
        page = view.page(key)
        typed = (*page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit))
        open_fields = [
            field.objectName()
            for field in typed
            if field.isEnabled() and not field.isReadOnly()
        ]
        assert {*open_fields} <= FREE, key
    for name in ("forecast_import", "method_add", "method_remove", "simulation_run"):
        button = window.findChild(QPushButton, name)
        assert not button.isEnabled(), name
    assert not window.findChild(QComboBox, "case_purpose").isEnabled()
    assert window.findChild(QComboBox, "strip_unit").isEnabled()


def test_fields_open_again_when_the_library_may_be_written(
    window: MainWindow, writer: Writer
):
    view = opened(window)
    for key in ("facts", "methods"):
        view.page(key)
    writer.do("close")
    window.findChild(QPushButton, "standing_again").click()
    for name in ("case_client", "param_tax_rate"):
        assert not window.findChild(QLineEdit, name).isReadOnly(), name
    # What is quoted from the case stays the case's own.
    assert window.findChild(QLineEdit, "param_valuation_date").isReadOnly()
    assert window.findChild(QPushButton, "method_add").isEnabled()


def test_what_the_other_saves_comes_into_sight(window: MainWindow, writer: Writer):
    view = opened(window)
    view.page("facts")
    writer.do("甲")
    window.shell.library.look()
    assert view.open_case.case.client == "甲"
    assert window.findChild(QLineEdit, "case_client").text() == "甲"


def test_trying_again_changes_nothing_while_the_other_writes(
    window: MainWindow, writer: Writer
):
    window.findChild(QPushButton, "standing_again").click()
    assert window.standing.isVisible()
    assert window.shell.library.is_read_only


@pytest.mark.parametrize("how", ["closed", "killed"])
def test_trying_again_takes_over_when_the_other_is_gone(
    how: str, window: MainWindow, writer: Writer
):
    view = opened(window)
    view.page("facts")
    writer.do("甲")
    if how == "closed":
        writer.do("close")
    else:
        writer.kill()
    window.findChild(QPushButton, "standing_again").click()
    assert not window.standing.isVisible()
    assert view.open_case.case.client == "甲"
    assert window.findChild(QPushButton, "case_new").isEnabled()
    field = window.findChild(QLineEdit, "case_client")
    field.setText("乙")
    field.editingFinished.emit()
    assert view.open_case.case.client == "乙"
    assert view.open_case.is_saved
    assert "只读" not in window.windowTitle()


def test_the_language_of_the_window_can_still_be_chosen(window: MainWindow):
    window.place("settings")
    box = window.findChild(QComboBox, "settings_language")
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert window.shell.words.language == "en"
    assert "Read-only" in window.statusBar().writer.text()
