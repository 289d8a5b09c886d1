"""The conclusion: results side by side, one selected or all weighted, and why."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from valuer.core.case import Case, OneMethodGround, Run
from valuer.gui.main_window import MainWindow
from valuer.gui.open_case import OpenCase
from valuer.gui.pages.case import CaseView
from valuer.gui.pages.conclusion import ConclusionPage

PATIENCE = 60_000


@pytest.fixture
def open_case(view: CaseView) -> OpenCase:
    return view.open_case


@pytest.fixture
def page(view: CaseView) -> ConclusionPage:
    page = view.page("conclusion")
    assert isinstance(page, ConclusionPage)
    return page


@pytest.fixture
def two_runs(open_case: OpenCase, view: CaseView, qtbot: QtBot) -> Case:
    case = open_case.case
    (run,) = case.runs
    params = {**(run.params or {}), "royalty_rate": 0.05}
    second = Run("second", run.method, run.version, params)
    open_case.change("x", replace(case, runs=(run, second)))
    qtbot.waitUntil(lambda: view.valuations.is_settled, timeout=PATIENCE)
    return open_case.case


def choose(window: MainWindow, name: str, key: object) -> None:
    box = window.findChild(QComboBox, name)
    box.put(key)
    box.activated.emit(box.currentIndex())


def type_in(window: MainWindow, name: str, text: str) -> None:
    field = window.findChild(QLineEdit, name)
    field.setText(text)
    field.editingFinished.emit()


def write(window: MainWindow, name: str, text: str) -> None:
    field = window.findChild(QPlainTextEdit, name)
    field.setPlainText(text)
    field.committed.emit()


def is_shown(window: MainWindow, name: str) -> bool:
    field = window.findChild(QWidget, name)
    return field is not None and field.isVisible()


def concluded(open_case: OpenCase):
    assert open_case.case.conclusion is not None
    return open_case.case.conclusion


def test_the_results_stand_side_by_side(page, two_runs):
    # At twice the royalty rate (2.5% is the mode) the value is twice as high.
    rows = page.results.lines
    above = [rows.index(row, 3).data() for row in range(2)]
    assert above == ["0.0%", "100.0%"]
    assert "100.0%" in page.apart.text()
    assert page.apart.isVisible()


def test_one_result_alone_lies_apart_from_none(page):
    assert not page.apart.isVisible()
    assert page.results.lines.index(0, 3).data() == "—"


def test_selection_is_the_default(page, open_case, window):
    open_case.change("x", replace(open_case.case, conclusion=None))
    assert not page.form.isVisible()
    page.conclude()
    assert concluded(open_case).run == "rfr"
    assert is_shown(window, "conclusion_run")
    assert not is_shown(window, "conclusion_weight_rfr")


def test_weighting_shows_a_weight_and_a_reason_for_each_run(
    page, two_runs, open_case, window, view, qtbot
):
    choose(window, "conclusion_way", True)
    assert concluded(open_case).run == ""
    assert not is_shown(window, "conclusion_run")
    type_in(window, "conclusion_weight_rfr", "60%")
    type_in(window, "conclusion_weight_second", "0.4")
    write(window, "conclusion_reason_second", "佐证")
    weights = [run.weight for run in open_case.case.runs]
    assert weights == [Decimal("0.6"), Decimal("0.4")]
    assert open_case.case.runs[1].reason == "佐证"
    assert "100%" in page.form.weights.sum.text()
    qtbot.waitUntil(lambda: page.figure.text() != "—", timeout=PATIENCE)


def test_back_at_selection_the_first_result_is_adopted(
    page, two_runs, open_case, window
):
    choose(window, "conclusion_way", True)
    choose(window, "conclusion_way", False)
    assert concluded(open_case).run == "rfr"
    choose(window, "conclusion_run", "second")
    assert concluded(open_case).run == "second"


def test_several_methods_need_an_analysis(page, open_case, window, view, qtbot):
    assert not is_shown(window, "conclusion_way")
    analysed = replace(concluded(open_case), analysis="")
    other = Run(
        "cost",
        "replacement_cost",
        0,
        {},
    )
    case = replace(
        open_case.case, runs=(*open_case.case.runs, other), conclusion=analysed
    )
    open_case.change("x", case)
    assert is_shown(window, "conclusion_way")
    write(window, "conclusion_analysis", "两种方法差异在于口径。")
    assert concluded(open_case).analysis == "两种方法差异在于口径。"


def test_one_method_alone_asks_for_its_ground(page, open_case, window, view, qtbot):
    box = window.findChild(QComboBox, "conclusion_ground_kind")
    assert box.isVisible()
    assert box.count() == 3
    choose(window, "conclusion_ground_kind", OneMethodGround.TRADE_LIMIT)
    assert concluded(open_case).ground_kind is OneMethodGround.TRADE_LIMIT
    write(window, "conclusion_ground", "")
    line = window.findChild(QLabel, "conclusion_ground_line")
    qtbot.waitUntil(line.isVisible, timeout=PATIENCE)


def test_a_ground_stated_in_words_of_old_stays_until_another_is_chosen(
    page, open_case, window
):
    stated = replace(concluded(open_case), ground_kind=OneMethodGround.IN_WORDS)
    open_case.change("x", replace(open_case.case, conclusion=stated))
    box = window.findChild(QComboBox, "conclusion_ground_kind")
    assert box.count() == 4
    assert box.value is OneMethodGround.IN_WORDS


def test_a_range_is_typed_only_where_the_contract_asks_for_one(page, open_case, window):
    assert not is_shown(window, "conclusion_low")
    choose(window, "conclusion_range", True)
    assert open_case.case.range_agreed
    type_in(window, "conclusion_low", "200")
    type_in(window, "conclusion_high", "0.03亿")
    assert concluded(open_case).low == Decimal(2_000_000)
    assert concluded(open_case).high == Decimal(3_000_000)
    choose(window, "conclusion_range", False)
    assert (concluded(open_case).low, concluded(open_case).high) == (None, None)
    assert not is_shown(window, "conclusion_low")


def test_the_figure_is_told_in_digits_and_capitals(page, open_case, window, qtbot):
    qtbot.waitUntil(lambda: page.capitals.text().startswith("人民币"), timeout=PATIENCE)
    assert page.figure.text().endswith("元")
    choose(window, "conclusion_unit", Decimal(1))
    assert concluded(open_case).unit == 1


def test_a_unit_of_a_case_that_is_not_offered_is_shown(page, open_case, window):
    stated = replace(concluded(open_case), unit=Decimal("0.01"))
    open_case.change("x", replace(open_case.case, conclusion=stated))
    assert window.findChild(QComboBox, "conclusion_unit").currentText() == "0.01 元"


def test_what_stands_in_the_way_is_listed_and_told_in_its_place(
    page, open_case, window, qtbot
):
    choose(window, "conclusion_range", True)
    type_in(window, "conclusion_low", "99999")
    qtbot.waitUntil(lambda: page.figure.text() == "—", timeout=PATIENCE)
    assert any(line.issue.severity == "error" for line in page.issues.table.rows)
    assert window.findChild(QLabel, "conclusion_low_line").isVisible()


def test_eight_results_are_seen_at_once(page, open_case, view, qtbot):
    (run,) = open_case.case.runs
    runs = tuple(replace(run, key=f"r{n}") for n in range(8))
    open_case.change("x", replace(open_case.case, runs=runs))
    assert page.results.lines.rowCount() == 8
    assert page.results.height() >= 8 * 28
