"""From a patent list to a signed and verified report, by the window alone.

The walker uses what a person uses: fields by their names, keys, the clipboard and
buttons; the desktop's file dialogs are answered by a stand-in.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QTableView,
    QTextBrowser,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from valuer.gui.dialogs.pin import PinDialog
from valuer.gui.dialogs.quote import QuoteDialog
from valuer.gui.main_window import MainWindow
from valuer.gui.series import SeriesGrid
from valuer.reports.sample_keys import make_sample_keys

PATIENCE = 60_000
LIST = (
    "申请号,专利名称,申请日,授权公告日,申请人,法律状态\n"
    "201810999999.3,一种相变储热材料,2018-06-18,2020-03-02,某某大学,专利权维持\n"
    "201810999998.9,一种储热装置,2018-07-18,2020-04-02,某某大学,专利权维持\n"
)
FORECAST = "项目\t2026年10-12月\t2027年\t2028年\t2029年\n营业收入（万元）\t250\t1,000\t1,100\t1,200\n"


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
        found = [w for w in self.window.findChildren(kind, name) if w.isVisible()]
        assert len(found) == 1, f"{name}: {len(found)} in sight"
        return found[0]

    def press(self, name: str, *answers: Path) -> None:
        self.answers.paths[:] = answers
        kinds = (QPushButton, QToolButton)
        (button,) = [
            w
            for kind in kinds
            for w in self.window.findChildren(kind, name)
            if w.isVisible()
        ]
        assert button.isEnabled(), name
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


@pytest.fixture
def walker(
    tmp_path: Path, qtbot: QtBot, open_window: Callable[[Path], MainWindow]
) -> Walker:
    window = open_window(tmp_path / "新库.valuer")
    answers = Answers()
    object.__setattr__(window.shell, "files", answers)
    return Walker(window, qtbot, answers)


def answer_dialog(kind: type[QDialog], answer: Callable[[QDialog], None]) -> None:
    """Answer the next dialog of a kind as soon as it is open."""

    def look() -> None:
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind)]
        shown = [w for w in found if w.isVisible()]
        if shown:
            answer(shown[0])
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def choose_first(dialog: QuoteDialog) -> None:
    dialog.view.selectRow(0)
    dialog.accept()


def sign(walker: Walker, key: Path, role: int, target: Path) -> None:
    """Sign the report shown with a key, by the button and the PIN dialog."""

    def answer(dialog: PinDialog) -> None:
        dialog.role.setCurrentIndex(role)
        dialog.pin.setText("2468")
        dialog.accept()

    answer_dialog(PinDialog, answer)
    walker.press("report_sign", key, target)
    walker.wait(
        lambda: target.name in walker.find(QTextBrowser, "report_check").toPlainText()
    )


def test_from_a_patent_list_to_a_verified_report(walker: Walker, tmp_path: Path):
    import_patents(walker, tmp_path)
    open_new_case(walker)
    state_the_facts(walker)
    paste_the_forecast(walker)
    value = fill_the_form(walker)
    conclude(walker)
    build_and_sign(walker, tmp_path)
    step_back_and_forth(walker, value)
    speak_english(walker)


def import_patents(walker: Walker, folder: Path) -> None:
    path = folder / "专利清单.csv"
    path.write_text(LIST, "utf-8-sig")
    walker.press("rail_patents")
    walker.press("patents_empty_import", path)
    table = (
        walker.find(QWidget, "rail_patents")
        .window()
        .findChild(QTableView, "patents_table")
    )
    walker.wait(lambda: table.model().rowCount() == 2)


def open_new_case(walker: Walker) -> None:
    walker.press("rail_cases")
    walker.press("cases_empty_new")


def state_the_facts(walker: Walker) -> None:
    walker.page(1)
    walker.type("case_name", "相变储热材料专利转让")
    walker.type("case_report_number", "苏某评报字（2026）第1号")
    walker.type("case_client", "某某大学")
    walker.type("case_purpose_text", "委托人拟转让专利权。")
    walker.type("case_valuation_date", "2026年9月30日")
    walker.type("case_report_date", "2026/11/20")
    walker.type("case_house_name", "江苏某某资产评估有限公司")
    walker.type("case_house_registration", "备案号 1")
    walker.write("case_appraisers", "顾某宁 32000001\n陆某和 32000002")
    answer_dialog(QuoteDialog, choose_first)
    walker.press("case_quote")
    assert walker.find(QTableView, "case_patents").model().rowCount() == 1


def paste_the_forecast(walker: Walker) -> None:
    walker.page(2)
    grid = walker.find(SeriesGrid, "forecast_grid")
    QGuiApplication.clipboard().setText(FORECAST)
    grid.setFocus()
    grid.paste()
    assert grid.item(1, 0).text() == "250"
    assert grid.item(0, 3).text() == "2029-12-31"


def fill_the_form(walker: Walker) -> str:
    walker.page(3)
    walker.press("choose_relief_from_royalty")
    walker.type("param_royalty_rate", "5%")
    walker.type("param_tax_rate", "0.25")
    walker.type("param_discount_rate", "10%")
    # 250, 1000, 1100, 1200 of 万元 at 5 %, after tax of 25 %, each discounted at 10 %
    # from the middle of its period; days over 365 from 2026-09-30.
    borders = [0, 92, 457, 823, 1188]
    middles = [(a + b) / 2 / 365 for a, b in pairwise(borders)]
    amounts = (250, 1000, 1100, 1200)
    worth = sum(
        amount * 0.05 * 0.75 / 1.1**t
        for amount, t in zip(amounts, middles, strict=True)
    )
    value = f"{worth:,.2f}"
    walker.wait(lambda: walker.text("strip_value") == value)
    return value


def conclude(walker: Walker) -> None:
    walker.page(4)
    walker.press("conclude")
    walker.write("conclusion_analysis", "许可费节省法直接反映受让方无须支付的许可费。")
    walker.write("conclusion_ground", "市场法缺少可比案例，成本法不能合理反映其价值。")
    walker.type("case_scope_note", "评估范围为发明专利的所有权。")
    walker.write("case_assumptions", "专利权在收益期内持续有效。")
    walker.write("case_sources", "收入预测：委托人提供")
    walker.wait(lambda: walker.text("conclusion_capitals").startswith("人民币"))


def build_and_sign(walker: Walker, folder: Path) -> None:
    report = folder / "报告.pdf"
    walker.page(5)
    walker.press("report_build", report)
    walker.wait(lambda: report.exists() or walker.window.notices.isVisible())
    assert not walker.window.notices.isVisible(), walker.window.notices.text.text()
    walker.wait(lambda: walker.window.findChild(QLabel, "report_verdict").text() != "")
    assert walker.text("report_verdict") == "尚未签署"
    keys = make_sample_keys(folder, "2468", datetime.now(UTC))
    sign(walker, keys.appraisers[0], 0, folder / "报告-1.pdf")
    sign(walker, keys.appraisers[1], 0, folder / "报告-2.pdf")
    sign(walker, keys.institution, 1, folder / "报告-3.pdf")
    walker.press("report_roots", keys.root)
    said = walker.find(QTextBrowser, "report_check")
    walker.wait(lambda: "可追溯" in said.toPlainText())
    assert walker.text("report_verdict") == "完整：签署后未被改动"
    walker.wait(lambda: "按附件重新计算：全部数据一致" in said.toPlainText())


def step_back_and_forth(walker: Walker, value: str) -> None:
    walker.page(3)
    walker.type("param_discount_rate", "20%")
    walker.wait(lambda: walker.text("strip_value") != "")
    undo = walker.find(QToolButton, "case_undo")
    assert undo.toolTip() == "撤销：修改方法参数"
    walker.press("case_undo")
    field = walker.find(QLineEdit, "param_discount_rate")
    assert field.text() == "10%"
    walker.press("case_redo")
    assert field.text() == "20%"
    walker.press("case_undo")
    walker.page(6)
    assert walker.find(QTableView, "history_table").model().rowCount() > 10
    walker.press("history_verify")
    assert "均与保存时一致" in walker.window.notices.text.text()


def speak_english(walker: Walker) -> None:
    walker.press("rail_settings")
    walker.choose("settings_language", 1)
    walker.press("rail_cases")
    walker.page(3)
    assert walker.find(QToolButton, "rail_patents").text() == "Patents"
    tabs = walker.find(QTabBar, "case_tabs")
    assert [tabs.tabText(n) for n in range(tabs.count())] == [
        "Facts",
        "Forecast",
        "Method",
        "Conclusion",
        "Report",
        "History",
    ]
