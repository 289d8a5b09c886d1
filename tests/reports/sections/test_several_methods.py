"""A case valued by three approaches: choice, tables, working, results side by side."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

import pytest

from valuer.core.case import Case, OneMethodGround
from valuer.core.figures import BarFigure, WaterfallFigure
from valuer.reports.sections import SECTIONS, blocks


def texts(value: Any):
    """Every text in a block."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from texts(item)


def section(draft, key: str) -> list[blocks.Block]:
    found = next(one for one in SECTIONS if one.key == key)
    return list(found.blocks(draft))


def said(draft, key: str) -> str:
    return "\n".join(text for block in section(draft, key) for text in texts(block))


def titled(draft, title: str, key: str = "method") -> list[blocks.Table]:
    return [
        one
        for one in section(draft, key)
        if isinstance(one, blocks.Table) and one.title == title
    ]


def figures(draft, kind: type) -> list[Any]:
    return [
        one.figure
        for one in section(draft, "method")
        if isinstance(one, blocks.Chart) and isinstance(one.figure, kind)
    ]


@pytest.fixture
def made(draft, several: Case):
    return draft(several)


# The choice of methods


def test_each_method_has_its_reason_and_the_one_adopted_is_told(made, draft, several):
    text = said(made, "method")
    for one in several.runs:
        assert one.reason in text
    assert "Not applied" not in text
    assert "Why one method alone" not in text
    assert "The result of Relief from royalty is adopted." in said(made, "summary")


def test_what_is_not_applied_is_told_with_its_reason(draft, several: Case):
    ground = "同类专利无公开成交。"
    conclusion = replace(several.conclusion, ground=ground)
    case = replace(several, runs=several.runs[:2], conclusion=conclusion)
    text = said(draft(case), "method")
    assert "Not applied: Market approach." in text
    assert f"Why they were not applied: {ground}" in text


def test_one_method_alone_names_its_ground_in_the_standard_s_words(draft, small: Case):
    text = said(draft(small), "method")
    assert "Not applied: Cost approach; Market approach." in text
    assert "(The subject meets the conditions of one only)" in text
    words = replace(small.conclusion, ground_kind=OneMethodGround.IN_WORDS)
    older = said(draft(replace(small, conclusion=words)), "method")
    assert f"Why one method alone was applied: {words.ground}" in older


def test_past_years_stand_before_the_forecast(made):
    (table,) = titled(made, "Past and forecast revenue")
    assert table.rows[:3] == (
        ("2024-12-31", "actual", "52,600,000.00", "—"),
        # 63.8 / 52.6 − 1
        ("2025-12-31", "actual", "63,800,000.00", "+21.3%"),
        # Three months after the valuation date are no year.
        ("2026-12-31", "forecast", "7,426,000.00", "—"),
    )
    assert [row[3] for row in table.rows[3:5]] == ["—", "+17.0%"]


# Inputs


def test_a_table_of_inputs_is_printed_whole_with_its_origin(made):
    overview = titled(made, "Inputs")[2]
    rows = {row[0]: row[1:] for row in overview.rows}
    assert rows["Comparables"] == ("see the table below", "entered")
    assert rows["Related parties and asking prices"] == ("Do not count", "default")
    prices, words = titled(made, "Comparables")
    assert [column.head for column in prices.columns] == [
        "Comparable",
        "Price\nP",
        "Date of the deal",
        "Nature of the price",
    ]
    assert prices.rows[0] == (
        "案例A",
        "5,200,000.00",
        "2025-04-18",
        "Paid between unrelated parties",
    )
    assert "uniform: low 5,600,000.00" in prices.rows[2][1]
    assert words.rows[3][0] == "案例D"
    assert words.rows[3][-1] == "公司年度报告（演示）"


def test_factors_stand_down_and_cases_across(made):
    (matrix,) = titled(made, "Factors: Index of the comparable")
    heads = [column.head for column in matrix.columns]
    assert heads == [
        "Factor",
        "Index of the subject\ns",
        *("案例A", "案例B", "案例C", "案例D"),
    ]
    # The subject's index was left out and stands at its default.
    assert matrix.rows[0] == ("交易日期", "100", "98", "96", "99", "99")
    assert matrix.rows[2][4].startswith("PERT: low 98")
    (reasons,) = titled(made, "Factors")
    assert reasons.rows[4] == ("付款方式", "案例B分两期支付，按12%折算。")


def test_many_cases_are_shared_out_among_tables(draft, several: Case):
    market = several.runs[2]
    names = [f"案例{n}" for n in range(1, 9)]
    first = market.params["comparables"][0]
    params = market.params | {
        "comparables": [first | {"name": name} for name in names],
        "factors": [{"name": "交易日期", "indices": [100] * 8}],
    }
    case = replace(several, runs=(*several.runs[:2], replace(market, params=params)))
    parts = titled(draft(case), "Factors: Index of the comparable")
    heads = [column.head for part in parts for column in part.columns]
    assert [head for head in heads if head.startswith("案例")] == names
    assert all(part.columns[0].head == "Factor" for part in parts)


# Working


def test_costs_stand_down_and_their_sums_make_the_total(made):
    (items,) = titled(made, "Working: Cost items")
    *rows, total = items.rows
    assert rows[0][0] == "研发人员工资及社会保险"
    place = next(i for i, c in enumerate(items.columns) if c.head.endswith("\nr"))
    amounts = [Decimal(row[place].replace(",", "")) for row in rows]
    printed = Decimal(total[place].replace(",", ""))
    assert abs(sum(amounts) - printed) <= Decimal("0.03")
    assert [text for i, text in enumerate(total) if i not in (0, place)] == [""] * (
        len(total) - 2
    )
    (fees,) = titled(made, "Working: Official fees")
    assert fees.rows[-1] == ("Total", "13,050.00")


def test_figures_that_stand_alone_have_a_table(made):
    tables = titled(made, "Single figures of the working")
    assert len(tables) == 3
    cost = {row[1]: row[2] for row in tables[1].rows}
    assert cost["F"] == "13,050.00"
    # 8 / (6.5 + 8)
    assert cost["q"] == "55.1724%"
    assert tables[1].rows[-1][1] == "V"


def test_adjustment_factors_stand_down_and_cases_across(made):
    (table,) = titled(made, "Working: Comparables")
    rows = {row[1]: row[2:] for row in table.rows}
    # 100 / 98, and 100 / 96.
    assert rows["k1"][:2] == ("1.020408", "1.041667")
    assert rows["m"] == ("1", "1", "1", "0")
    assert rows["P"][0] == "5,200,000.00"
    # 100/98 × 100/95 × 100/97 × 1 × 1
    assert rows["K"][0] == "1.107334"
    assert all(row[-1] != "Total" for row in table.rows)


def test_a_waterfall_leads_from_the_parts_to_the_value(made):
    income, cost = figures(made, WaterfallFigure)
    assert [rise.is_total for rise in income.rises] == [True, False, True, False, True]
    values = [one.result.value for one in made.valuation.runs]
    for shown, value in ((income, values[0]), (cost, values[1])):
        scale = value / shown.rises[-1].amount
        assert scale in (pytest.approx(1_000), pytest.approx(1_000_000))
        starts = [start for start, _ in shown.spans]
        ends = [end for _, end in shown.spans]
        for rise, start, before in zip(
            shown.rises[1:], starts[1:], ends[:-1], strict=True
        ):
            assert start == (0 if rise.is_total else before)
        # A sum stands where what led to it ends.
        for place, rise in enumerate(shown.rises[1:], 1):
            if rise.is_total:
                assert ends[place] == pytest.approx(ends[place - 1])


def test_bars_show_the_adjusted_prices_by_case(made):
    shown = figures(made, BarFigure)[-1]
    assert shown.labels == ("案例A", "案例B", "案例C", "案例D")


def test_percentiles_rise_and_hold_the_median(made):
    table = titled(made, "Percentiles of the simulated values")[0]
    assert [row[0] for row in table.rows] == [
        "P1",
        "P5",
        "P10",
        "P25",
        "P50",
        "P75",
        "P90",
        "P95",
        "P99",
    ]
    amounts = [Decimal(row[1].replace(",", "")) for row in table.rows]
    assert amounts == sorted(amounts)
    assert table.rows[4][2] == "0.0%"


# The conclusion


def test_results_stand_side_by_side_with_their_difference(made):
    (results,) = titled(made, "Results of the methods applied", "conclusion")
    assert [row[0] for row in results.rows] == [
        "Relief from royalty (Income approach)",
        "Replacement cost method (Cost approach)",
        "Comparable transactions (Market approach)",
    ]
    assert [row[2] for row in results.rows] == [
        "adopted",
        "not adopted",
        "not adopted",
    ]
    amounts = [Decimal(row[1].replace(",", "")) for row in results.rows]
    share = (max(amounts) - min(amounts)) / min(amounts)
    text = said(made, "conclusion")
    assert f"{100 * share:.2f}% above the least" in text
    assert made.case.conclusion.analysis in text


def test_weights_and_a_range_are_argued_and_agreed(draft, several: Case):
    shares = ("0.5", "0.2", "0.3")
    runs = tuple(
        replace(run, weight=Decimal(share))
        for run, share in zip(several.runs, shares, strict=True)
    )
    conclusion = replace(
        several.conclusion, run="", low=Decimal(4_000_000), high=Decimal(5_500_000)
    )
    made = draft(replace(several, runs=runs, conclusion=conclusion, range_agreed=True))
    (weights,) = titled(made, "Weights of the results", "conclusion")
    assert [row[1] for row in weights.rows] == ["50%", "20%", "30%"]
    assert [row[2] for row in weights.rows] == [run.reason for run in runs]
    text = said(made, "conclusion")
    assert "The engagement contract asks for a range" in text
    assert "CNY 4,000,000.00" in text
    summary = said(made, "summary")
    assert "The results are weighted." in summary
    assert "CNY 4,000,000.00 to CNY 5,500,000.00" in summary


def test_special_matters_call_a_run_by_its_method(made):
    text = said(made, "special_matters")
    assert "\ncost:" not in text
    assert "Replacement cost method:" in text


def test_official_fees_call_a_patent_as_the_rest_of_the_report_does(draft, several):
    number = several.patents[0].identity
    (cost,) = (one for one in several.runs if one.method == "replacement_cost")
    fees = [{"name": number, "amount": "900"}]
    one = replace(cost, params={**cost.params, "official_fees": fees})
    runs = tuple(one if run.key == cost.key else run for run in several.runs)
    text = said(draft(replace(several, runs=runs)), "method")
    assert f"ZL{number[2:-1]}.{number[-1]}" in text
    assert number not in text
