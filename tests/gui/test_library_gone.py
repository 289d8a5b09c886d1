"""The library is moved, deleted or its disk full while the window is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from valuer.core.problems import UserError
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.case import CaseView
from valuer.gui.pages.cases import CasesPage
from valuer.store.backups import list_backups
from valuer.store.library import open_library
from valuer.store.revisions import load_case, verify_chain


def opened(window: MainWindow) -> CaseView:
    window.open_case("C1")
    cases = window.place("cases")
    assert isinstance(cases, CasesPage)
    assert cases.view_of_case is not None
    return cases.view_of_case


def type_client(window: MainWindow, client: str) -> QLineEdit:
    field = window.findChild(QLineEdit, "case_client")
    field.setText(client)
    field.editingFinished.emit()
    return field


def take_away(library: Path, how: str) -> None:
    if how == "moved":
        library.rename(library.with_name("别处.valuer"))
    else:
        library.unlink()


def stored_client(path: Path) -> str:
    with open_library(path) as library, library.read() as connection:
        assert not verify_chain(connection, "C1")
        return load_case(connection, "C1")[0].client


@pytest.mark.parametrize("how", ["moved", "deleted"])
def test_nothing_is_lost_where_the_library_is_saved_under_a_new_name(
    how: str,
    window: MainWindow,
    library: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
):
    view = opened(window)
    view.page("facts")
    take_away(library, how)
    field = type_client(window, "江苏某某")
    assert field.text() == "江苏某某"
    assert library.name in window.notices.text.text()
    assert not view.open_case.is_saved
    place = library.with_name("新库.valuer")
    monkeypatch.setattr(window.shell.files, "save", lambda *_: place)
    window.findChild(QPushButton, "notice_save_as").click()
    qtbot.waitUntil(lambda: view.open_case.is_saved, timeout=30_000)
    assert place.name in window.windowTitle()
    assert field.text() == "江苏某某"
    window.close()
    assert stored_client(place) == "江苏某某"


def test_the_next_look_tells_that_the_library_is_gone(
    window: MainWindow, library: Path
):
    window.shell.library.look()
    assert not window.notices.isVisible()
    take_away(library, "moved")
    window.shell.library.look()
    assert library.name in window.notices.text.text()
    assert window.findChild(QPushButton, "notice_save_as").isVisible()


def test_a_library_put_back_is_written_again(window: MainWindow, library: Path):
    view = opened(window)
    view.page("facts")
    take_away(library, "moved")
    type_client(window, "甲")
    library.with_name("别处.valuer").rename(library)
    type_client(window, "乙")
    assert view.open_case.is_saved
    window.close()
    assert stored_client(library) == "乙"


def test_what_was_typed_is_saved_when_the_library_is_seen_to_be_back(
    window: MainWindow, library: Path
):
    view = opened(window)
    view.page("facts")
    take_away(library, "moved")
    window.shell.library.look()
    type_client(window, "甲")
    assert not view.open_case.is_saved
    library.with_name("别处.valuer").rename(library)
    window.shell.library.look()
    assert view.open_case.is_saved
    assert view.open_case.case.client == "甲"


def test_a_copy_put_in_its_place_is_opened_on_trying_again(
    window: MainWindow, library: Path
):
    view = opened(window)
    view.page("facts")
    copy = library.with_name("副本.valuer")
    window.shell.desk.save_as(copy)
    take_away(library, "deleted")
    type_client(window, "甲")
    copy.rename(library)
    window.findChild(QPushButton, "notice_again").click()
    assert not window.shell.library.is_read_only
    assert view.open_case.is_saved
    window.close()
    assert stored_client(library) == "甲"


def test_a_window_with_unsaved_changes_closes_only_on_ones_word(
    window: MainWindow, library: Path
):
    view = opened(window)
    view.page("facts")
    take_away(library, "moved")
    type_client(window, "甲")
    assert not window.close()
    assert window.isVisible()
    saved = window.findChild(QLabel, "notice_text").text()
    assert library.name in saved
    window.findChild(QPushButton, "notice_give_up").click()
    assert not window.isVisible()


def test_what_could_not_be_saved_is_saved_when_the_window_closes(
    window: MainWindow, library: Path
):
    view = opened(window)
    view.page("facts")
    take_away(library, "moved")
    type_client(window, "甲")
    library.with_name("别处.valuer").rename(library)
    assert window.close()
    assert stored_client(library) == "甲"


def test_a_place_that_is_taken_is_refused_and_the_window_stays_with_its_library(
    window: MainWindow,
    library: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
):
    taken = library.with_name("已有.valuer")
    taken.write_bytes(b"x")
    monkeypatch.setattr(window.shell.files, "save", lambda *_: taken)
    window.shell.keeping.save_as()
    qtbot.waitUntil(window.notices.isVisible, timeout=30_000)
    assert taken.name in window.notices.text.text()
    assert library.name in window.windowTitle()
    assert taken.read_bytes() == b"x"


def test_no_backup_takes_the_place_of_what_is_not_saved(
    window: MainWindow, library: Path, qtbot: QtBot
):
    view = opened(window)
    view.page("facts")
    window.shell.keeping.back_up()
    qtbot.waitUntil(lambda: not window.shell.tasks.running, timeout=30_000)
    (backup,) = list_backups(library)
    take_away(library, "moved")
    type_client(window, "甲")
    window.shell.keeping.restore(backup)
    assert not window.shell.tasks.running
    assert window.notices.isVisible()
    assert view.open_case.case.client == "甲"
    library.with_name("别处.valuer").rename(library)


def test_a_backup_that_cannot_be_made_is_a_warning_only(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    def full(*_):
        raise UserError("The disk is full.")

    monkeypatch.setattr("valuer.store.backups.copy_library", full)
    window.shell.keeping.daily()
    qtbot.waitUntil(window.notices.isVisible, timeout=30_000)
    assert "The disk is full." in window.notices.text.text()
    view = opened(window)
    view.page("facts")
    type_client(window, "甲")
    assert view.open_case.is_saved


def test_the_backup_of_the_day_is_made_once(
    window: MainWindow, library: Path, qtbot: QtBot
):
    for _ in range(2):
        window.shell.keeping.begin()
        qtbot.waitUntil(lambda: not window.shell.tasks.running, timeout=30_000)
    folder = library.with_name(f"{library.name} backups")
    assert len(list(folder.glob("*daily.valuer"))) == 1


def test_a_window_closes_while_a_backup_is_made(
    open_window: Callable[..., MainWindow], library: Path
):
    window = open_window(library)
    window.shell.keeping.back_up()
    window.close()
    assert stored_client(library) == "某某理工大学"
