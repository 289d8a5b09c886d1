"""A person's way through the window, on a library of their own.

The walker uses what a person uses: fields by their names, keys, the clipboard and
buttons; the desktop's file dialogs are answered by a stand-in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from valuer.app import build_window
from valuer.gui.dialogs.signing import SigningDialog
from valuer.gui.main_window import MainWindow

PATIENCE = 60_000


class Answers:
    """Answers the desktop's file dialogs in turn."""

    def __init__(self) -> None:
        self.paths: list[Path] = []

    def open_many(self, parent: QWidget, title: str, kind: object) -> list[Path]:
        return [self.paths.pop(0)]

    def open_one(self, parent: QWidget, title: str, kind: object) -> Path:
        return self.paths.pop(0)

    def save(self, parent: QWidget, title: str, kind: object, name: str) -> Path:
        return self.paths.pop(0)


class Walker:
    """Does in the window what a person does."""

    def __init__(self, window: MainWindow, qtbot: QtBot, answers: Answers) -> None:
        self.window, self.qtbot, self.answers = window, qtbot, answers

    def find(self, kind: type[QWidget], name: str) -> QWidget:
        """Return the one widget of this name in sight, as soon as it is."""

        def seen() -> list[QWidget]:
            return [w for w in self.window.findChildren(kind, name) if w.isVisible()]

        self.wait(lambda: bool(seen()))
        (found,) = seen()
        return found

    def press(self, name: str, *answers: Path) -> None:
        self.answers.paths[:] = answers
        button = self.find(QAbstractButton, name)
        self.wait(button.isEnabled)
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def page(self, number: int) -> None:
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)
        self.qtbot.keyClick(
            self.window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.AltModifier
        )

    def type(self, name: str, text: str) -> None:
        field = self.find(QLineEdit, name)
        field.setFocus()
        field.selectAll()
        typed = QInputMethodEvent()  # as Chinese comes in
        typed.setCommitString(text)
        QApplication.sendEvent(field, typed)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)

    def write(self, name: str, text: str) -> None:
        field = self.find(QPlainTextEdit, name)
        field.setFocus()
        field.insertPlainText(text)
        self.window.setFocus()
        field.clearFocus()

    def choose(self, name: str, number: int) -> None:
        box = self.find(QComboBox, name)
        box.setCurrentIndex(number)
        box.activated.emit(number)

    def wait(self, what: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(what, timeout=PATIENCE)

    def text(self, name: str) -> str:
        return self.find(QLabel, name).text()

    def paste(self, name: str, text: str) -> None:
        """Paste into a grid from its first cell."""
        QGuiApplication.clipboard().setText(text)
        grid = self.find(QAbstractItemView, name)
        grid.setFocus()
        grid.setCurrentIndex(grid.model().index(0, 0))
        self.qtbot.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def answer(self, kind: type[QDialog], answer: Callable[[QDialog], None]) -> None:
        """Answer the next dialog of a kind as soon as it is open."""

        def look() -> None:
            found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind)]
            shown = [w for w in found if w.isVisible()]
            if shown:
                answer(shown[0])
            else:
                QTimer.singleShot(10, look)

        QTimer.singleShot(0, look)

    def sign(self, key: Path, role: int, target: Path) -> None:
        """Sign the report shown with a key, by the button and the dialog."""

        def answer(dialog: SigningDialog) -> None:
            dialog.key_file.choose()
            dialog.read.setChecked(True)
            dialog.role.setCurrentIndex(role)
            dialog.pin.setText("2468")
            dialog.accept()

        self.answer(SigningDialog, answer)
        self.press("report_sign", key, target)
        said = self.find(QTextBrowser, "report_check")
        self.wait(lambda: target.name in said.toPlainText())


@pytest.fixture(autouse=True)
def own_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No journey reads or writes what the user of this machine chose."""
    for name in ("XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "own"))


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[Callable[[Path], MainWindow]]:
    """Opens a window on a library and closes it after the journey."""
    opened: list[MainWindow] = []

    def open_one(library: Path) -> MainWindow:
        window = build_window(library, "zh_CN")
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        opened.append(window)
        return window

    yield open_one
    for window in opened:
        window.close()


@pytest.fixture
def walker(
    tmp_path: Path, qtbot: QtBot, open_window: Callable[[Path], MainWindow]
) -> Walker:
    window = open_window(tmp_path / "新库.valuer")
    answers = Answers()
    object.__setattr__(window.shell, "files", answers)
    return Walker(window, qtbot, answers)
