"""One case by three approaches in the window alone, from list to verified report."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QTextBrowser,
    QToolButton,
)

from valuer.gui.dialogs.quote import QuoteDialog
from valuer.reports.sample_keys import make_sample_keys

FACTS, PATENTS, FORECAST, METHODS, SIMULATION, CONCLUSION = range(1, 7)
REPORT, HISTORY = 9, 0

LIST = (
    "申请号,专利名称,申请日,授权公告日,申请人,法律状态\n"
    "201810999999.3,一种相变储热材料,2018-06-18,2020-03-02,某某大学,专利权维持\n"
    "201810999998.9,一种储热装置,2018-07-18,2020-04-02,某某大学,专利权维持\n"
)
REVENUE = "项目\t2026年10-12月\t2027年\t2028年\t2029年\n营业收入（万元）\t250\t1,000\t1,100\t1,200\n"
COSTS = "成本项目\t金额（万元）\n研发人员薪酬\t60\n材料\t20\n"
DEALS = (
    "可比案例\t成交价（万元）\t交易日期\t价格性质\t来源\n"
    "案例甲\t100\t2026-01-15\t非关联方成交价\t成交公告\n"
    "案例乙\t120\t2026-02-15\t非关联方成交价\t成交公告\n"
    "案例丙\t90\t2026-03-15\t非关联方成交价\t成交公告\n"
)
FACTORS = "比较因素\t案例甲\t案例乙\t案例丙\n交易日期\t98\t100\t96\n"


def test_a_case_is_valued_signed_and_verified_in_the_window(
    walker: Any, tmp_path: Path
) -> None:
    import_patents(walker, tmp_path)
    make_the_case(walker)
    paste_the_forecast(walker)
    value_by_income(walker)
    value_by_cost(walker)
    value_by_market(walker)
    simulate(walker)
    conclude(walker)
    build_and_sign(walker, tmp_path)
    step_back_and_forth(walker)
    speak_english(walker)


def import_patents(walker: Any, folder: Path) -> None:
    path = folder / "专利清单.csv"
    path.write_text(LIST, "utf-8-sig")
    walker.press("rail_patents")
    walker.press("patents_empty_import", path)
    table = walker.window.findChild(QAbstractItemView, "patents_table")
    walker.wait(lambda: table.model().rowCount() == 2)


def make_the_case(walker: Any) -> None:
    walker.press("rail_cases")
    walker.press("cases_empty_new")
    walker.page(FACTS)
    walker.type("case_name", "相变储热材料专利转让")
    walker.type("case_report_number", "苏某评报字（2026）第1号")
    walker.type("case_client", "某某大学")
    walker.type("case_purpose_text", "委托人拟转让专利权。")
    walker.type("case_valuation_date", "2026年9月30日")
    walker.type("case_report_date", "2026/11/20")
    walker.type("case_house_name", "江苏某某资产评估有限公司")
    walker.type("case_house_registration", "备案号 1")
    walker.write("case_appraisers", "顾某宁 32000001\n陆某和 32000002")
    walker.page(PATENTS)

    def choose_first(dialog: QuoteDialog) -> None:
        dialog.view.selectRow(0)
        dialog.accept()

    walker.answer(QuoteDialog, choose_first)
    walker.press("case_patents_quote")
    table = walker.find(QAbstractItemView, "case_patents")
    walker.wait(lambda: table.model().rowCount() == 1)


def paste_the_forecast(walker: Any) -> None:
    walker.page(FORECAST)
    walker.paste("forecast_grid", REVENUE)
    grid = walker.find(QAbstractItemView, "forecast_grid")
    assert "250" in [
        grid.model().index(row, column).data()
        for row in range(grid.model().rowCount())
        for column in range(grid.model().columnCount())
    ]


def shown(walker: Any, place: int) -> str:
    """Return the value that the list of runs shows."""
    runs = walker.find(QAbstractItemView, "method_runs").model()
    text = str(runs.index(place, runs.columnCount() - 1).data() or "")
    return text.split()[0] if text else ""


def value_by_income(walker: Any) -> None:
    walker.page(METHODS)
    walker.press("choose_relief_from_royalty")
    walker.type("param_royalty_rate", "5%")
    walker.type("param_tax_rate", "0.25")
    walker.type("param_discount_rate", "10%")
    walker.choose("param_timing", 1)
    # 250, 1000, 1100, 1200 of 万元 at 5 %, after tax of 25 %, each discounted at 10 %
    # from the middle of its period; days over 365 from 2026-09-30.
    valued = date(2026, 9, 30)
    ends = [valued, *(date(year, 12, 31) for year in (2026, 2027, 2028, 2029))]
    days = [(end - valued).days for end in ends]
    worth = sum(
        amount * 0.05 * 0.75 / 1.1 ** ((begin + end) / 2 / 365)
        for amount, begin, end in zip(
            (250, 1000, 1100, 1200), days, days[1:], strict=False
        )
    )
    walker.wait(lambda: shown(walker, 0) == f"{worth:,.2f}")
    walker.write("run_reason", "收入可以单独核算。")


def value_by_cost(walker: Any) -> None:
    walker.press("method_add")
    walker.press("choose_replacement_cost")
    walker.paste("param_items", COSTS)
    walker.choose("param_profit_base", 1)
    walker.type("param_profit_rate", "20%")
    walker.choose("param_newness_basis", 0)
    walker.type("param_used_life", "2")
    walker.type("param_remaining_life", "6")
    # (60 + 20) × 1.2 and the official fees of the case, ten thousands, at 6/8.
    walker.wait(lambda: shown(walker, 1) not in ("", "—"))
    fees = official_fees(walker)
    worth = (80 * 1.2 + fees) * 6 / 8
    walker.wait(lambda: shown(walker, 1) == f"{worth:,.2f}")
    walker.write("run_reason", "研发支出单独核算。")


def official_fees(walker: Any) -> float:
    """Return what the form quotes from the case: the official fees, in 万元."""
    model = walker.find(QAbstractItemView, "param_official_fees").model()
    heads = [
        model.headerData(column, Qt.Orientation.Horizontal)
        for column in range(model.columnCount())
    ]
    amount = next(place for place, head in enumerate(heads) if "金额" in str(head))
    cells = (
        str(model.index(row, amount).data() or "") for row in range(model.rowCount())
    )
    return sum(float(cell.replace(",", "")) for cell in cells if cell)


def value_by_market(walker: Any) -> None:
    walker.press("method_add")
    walker.press("choose_comparable_transactions")
    walker.paste("param_comparables", DEALS)
    walker.paste("param_factors", FACTORS)
    worth = (100 / 0.98 + 120 + 90 / 0.96) / 3
    walker.wait(lambda: shown(walker, 2) == f"{worth:,.2f}")
    walker.write("run_reason", "可比案例成交条件完整。")


def simulate(walker: Any) -> None:
    walker.page(METHODS)
    walker.find(QAbstractItemView, "method_runs").selectRow(0)
    walker.press("param_discount_rate_distribution")
    walker.page(SIMULATION)
    walker.find(QAbstractItemView, "simulation_runs").selectRow(0)
    walker.type("simulation_scenarios", "2000")
    walker.press("simulation_run")
    walker.wait(lambda: "P95" in walker.text("simulation_summary"))


def conclude(walker: Any) -> None:
    walker.page(CONCLUSION)
    walker.press("conclude")
    walker.write(
        "conclusion_analysis",
        "三种结果的差异来自各方法反映的价值内涵不同，采用收益法结果。",
    )
    walker.type("case_scope_note", "评估范围为发明专利的所有权。")
    walker.write("case_assumptions", "专利权在收益期内持续有效。")
    walker.write("case_sources", "收入预测：委托人提供")
    walker.wait(lambda: walker.text("conclusion_capitals").startswith("人民币"))


def answer_the_warnings(walker: Any) -> None:
    """Answer whatever the gate warns of, in writing and as one step."""
    found = walker.find(QAbstractItemView, "gate_list")
    walker.wait(lambda: found.model().rowCount() > 0)
    found.selectAll()
    walker.write("gate_answer", "已在工作底稿中说明。")
    state = walker.find(QPushButton, "report_gate")
    walker.wait(lambda: re.findall(r"\d+", state.text()) == ["0", "0"])


def build_and_sign(walker: Any, folder: Path) -> None:
    report = folder / "报告.pdf"
    walker.page(REPORT)
    answer_the_warnings(walker)
    walker.press("report_build", report)
    walker.wait(lambda: report.exists() or walker.window.notices.isVisible())
    assert not walker.window.notices.isVisible(), walker.window.notices.text.text()
    walker.wait(lambda: walker.window.findChild(QLabel, "report_verdict").text() != "")
    assert walker.text("report_verdict") == "尚未签署"
    keys = make_sample_keys(folder, "2468", datetime.now(UTC))
    walker.sign(keys.appraisers[0], 0, folder / "报告-1.pdf")
    walker.sign(keys.appraisers[1], 0, folder / "报告-2.pdf")
    walker.sign(keys.institution, 1, folder / "报告-3.pdf")
    walker.press("report_roots", keys.root)
    said = walker.find(QTextBrowser, "report_check")
    walker.wait(lambda: "可追溯" in said.toPlainText())
    assert walker.text("report_verdict") == "完整：签署后未被改动"
    walker.wait(lambda: "按附件重新计算：全部数据一致" in said.toPlainText())


def step_back_and_forth(walker: Any) -> None:
    walker.page(METHODS)
    walker.type("param_tax_rate", "20%")
    undo = walker.find(QToolButton, "case_undo")
    walker.wait(lambda: undo.toolTip() == "撤销：修改方法参数")
    walker.press("case_undo")
    field = walker.find(QLineEdit, "param_tax_rate")
    assert field.text() == "25%"
    walker.press("case_redo")
    assert field.text() == "20%"
    walker.press("case_undo")
    walker.page(HISTORY)
    assert walker.find(QAbstractItemView, "history_table").model().rowCount() > 20
    walker.press("history_verify")
    assert "均与保存时一致" in walker.window.notices.text.text()


def speak_english(walker: Any) -> None:
    walker.press("rail_settings")
    walker.choose("settings_language", 1)
    walker.press("rail_cases")
    walker.page(METHODS)
    assert walker.find(QToolButton, "rail_patents").text() == "Patents"
    tabs = walker.find(QTabBar, "case_tabs")
    assert [tabs.tabText(n) for n in range(tabs.count())] == [
        "Facts",
        "Patents",
        "Forecast",
        "Methods",
        "Simulation",
        "Conclusion",
        "Evidence on file",
        "Engagement",
        "Report",
        "History",
    ]
