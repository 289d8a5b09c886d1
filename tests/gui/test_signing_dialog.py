"""The signing dialog: what it asks, what it remembers, and what never."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from valuer.core.progress import ignore
from valuer.gui.dialogs.signing import SigningDialog
from valuer.gui.main_window import MainWindow
from valuer.gui.reporting import Order, check
from valuer.gui.signing import Signing
from valuer.reports.keys import load_key
from valuer.reports.sample_keys import make_sample_keys
from valuer.reports.signing import sign

PIN = "geheim-4711"


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> SigningDialog:
    made = SigningDialog("报告.pdf", window.shell, window)
    qtbot.addWidget(made)
    made.show()
    return made


def accept(dialog: SigningDialog) -> QPushButton:
    return dialog.findChild(QPushButton, "signing_accept")


def shown(dialog: SigningDialog, name: str) -> bool:
    return dialog.findChild(QWidget, name).isVisible()


def test_nothing_is_signed_before_all_is_given(dialog: SigningDialog):
    assert not accept(dialog).isEnabled()
    dialog.key_file.put(Path("appraiser.p12"))
    dialog.pin.setText(PIN)
    assert not accept(dialog).isEnabled()

    dialog.read.setChecked(True)

    assert accept(dialog).isEnabled()


def test_a_token_is_asked_for_its_driver_and_its_name(dialog: SigningDialog):
    dialog.pin.setText(PIN)
    dialog.read.setChecked(True)
    dialog.key_file.put(Path("appraiser.p12"))
    dialog.place.put("token")

    assert not accept(dialog).isEnabled()
    assert not shown(dialog, "signing_key")
    dialog.module.put(Path("/opt/ukey/libukey.so"))
    dialog.token.setText("UKey")
    assert accept(dialog).isEnabled()
    order = dialog.order(Path("signed.pdf"))
    assert (order.module, order.token) == (Path("/opt/ukey/libukey.so"), "UKey")
    assert order.key_file is None


def test_a_timestamp_needs_a_server(dialog: SigningDialog):
    dialog.key_file.put(Path("appraiser.p12"))
    dialog.pin.setText(PIN)
    dialog.read.setChecked(True)
    dialog.level.put("lt")

    assert not accept(dialog).isEnabled()
    dialog.server.setText("http://tsa.example/")
    assert accept(dialog).isEnabled()
    assert dialog.order(Path("signed.pdf")).server == "http://tsa.example/"


def test_only_the_institution_has_a_seal(dialog: SigningDialog):
    dialog.seal.put(Path("seal.png"))
    assert not shown(dialog, "signing_seal")
    assert dialog.order(Path("signed.pdf")).seal is None

    dialog.role.put("agency")

    assert shown(dialog, "signing_seal")
    assert dialog.order(Path("signed.pdf")).seal == Path("seal.png")


def test_choices_are_remembered_and_the_pin_is_not(
    dialog: SigningDialog, window: MainWindow, qtbot: QtBot, tmp_path: Path
):
    dialog.place.put("token")
    dialog.module.put(Path("/opt/ukey/libukey.so"))
    dialog.token.setText("UKey")
    dialog.level.put("lta")
    dialog.server.setText("http://tsa.example/")
    dialog.pin.setText(PIN)
    dialog.order(tmp_path / "signed.pdf")

    again = SigningDialog("报告.pdf", window.shell, window)
    qtbot.addWidget(again)
    assert (again.place.value, again.level.value) == ("token", "lta")
    assert again.token.text() == "UKey"
    assert again.pin.text() == ""
    assert not again.read.isChecked()
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert all(PIN.encode() not in path.read_bytes() for path in kept)
    assert PIN not in str(window.shell.preferences.chosen)
    assert dialog.take_pin() == PIN
    assert dialog.pin.text() == ""


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A document that is no report, signed once."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(60, 700, "A letter")
    canvas.save()
    at = datetime.now(UTC)
    key = load_key(make_sample_keys(tmp_path, PIN, at).institution, PIN, at)
    path = tmp_path / "函.pdf"
    path.write_bytes(sign(out.getvalue(), key, "agency", at, "zh_CN"))
    return path


def test_a_silent_server_is_told_and_nothing_is_written(
    window: MainWindow, qtbot: QtBot, letter: Path, tmp_path: Path
):
    window.shell.preferences.keep(timestamp_server="http://127.0.0.1:9/")
    page = QWidget(window)
    signing = Signing(window.shell, page)
    shown = check(letter, (), window.shell.desk, ignore)

    signing.timestamp(shown, tmp_path / "stamped.pdf")

    qtbot.waitUntil(window.notices.isVisible, timeout=10_000)
    assert not (tmp_path / "stamped.pdf").exists()


def test_a_missing_driver_is_told_and_nothing_is_written(
    window: MainWindow, qtbot: QtBot, letter: Path, tmp_path: Path
):
    signing = Signing(window.shell, QWidget(window))
    shown = check(letter, (), window.shell.desk, ignore)
    target, driver = tmp_path / "twice.pdf", tmp_path / "none.so"
    order = Order(target, "appraiser", None, driver, "UKey")

    signing.sign(shown, order, PIN, "zh_CN")

    qtbot.waitUntil(window.notices.isVisible, timeout=10_000)
    assert not order.target.exists()
