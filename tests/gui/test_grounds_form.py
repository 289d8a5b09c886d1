"""On what inputs rest, said in the form of a method."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from valuer.core.grounds import InputGround, Observability
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.case import CaseView


def type_in(window: MainWindow, name: str, text: str) -> None:
    field = window.findChild(QLineEdit, name)
    field.setText(text)
    field.editingFinished.emit()


def test_grounds_of_inputs_are_saved_as_they_are_left(
    window: MainWindow, view: CaseView, qtbot: QtBot
):
    view.page("methods")
    qtbot.waitUntil(lambda: view.valuations.is_settled, timeout=30_000)
    assert window.findChild(QLineEdit, "ground_discount_rate_text") is not None
    type_in(window, "ground_royalty_rate_text", "同领域三份许可合同")
    box = window.findChild(QComboBox, "ground_royalty_rate_observability")
    box.setCurrentIndex(1)
    box.activated.emit(1)
    (run,) = view.open_case.case.runs
    expected = InputGround(
        "royalty_rate", "同领域三份许可合同", Observability.OBSERVABLE
    )
    assert run.grounds == (expected,)
    type_in(window, "ground_royalty_rate_text", "")
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert view.open_case.case.runs[0].grounds == ()
