"""A forecast of revenue, on a sheet or pasted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from valuer.core.problems import Severity, UserError
from valuer.imports import (
    forecast,
    read_bytes,
    read_forecast,
    read_pasted_forecast,
    recognised,
)
from valuer.imports.forecast_periods import parse_period

ACROSS = [
    ["某公司专利产品收入预测表"],
    ["单位：万元"],
    [
        "项目",
        "2024年实际",
        "2025年实际",
        "2026年10-12月",
        "2027年",
        "2028年",
        "2031年1-6月",
        "合计",
    ],
    ["销售量（件）", 10, 20, 5, 30, 40, 20, 125],
    ["营业收入", 800, 1000, 300, "1,200.5", "1.3亿", 700, "—"],
    ["增长率", "", "25%", "", "20%", "", "", ""],
]


def ends(periods):
    return [one.end for one in periods]


def amounts(periods):
    return [one.revenue for one in periods]


@pytest.fixture
def saved(tmp_path):
    def made(data: bytes, name: str = "收入预测.xlsx"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return made


def test_periods_across_are_read_in_yuan(xlsx, saved):
    read = read_forecast(saved(xlsx(预测=ACROSS)))
    assert (read.unit, read.read, read.is_whole) == ("万元", 6, True)
    assert read.forecast.currency == "CNY"
    assert ends(read.forecast.periods) == [
        date(2026, 12, 31),
        date(2027, 12, 31),
        date(2028, 12, 31),
        date(2031, 6, 30),
    ]
    assert amounts(read.forecast.periods) == [
        Decimal(3_000_000),
        Decimal(12_005_000),
        Decimal(130_000_000),  # its own unit counts
        Decimal(7_000_000),
    ]
    assert ends(read.forecast.history) == [date(2024, 12, 31), date(2025, 12, 31)]
    assert amounts(read.forecast.history) == [Decimal(8_000_000), Decimal(10_000_000)]


def test_the_source_is_kept(xlsx, saved):
    source = read_forecast(saved(xlsx(预测=ACROSS))).forecast.source
    assert (source.file, source.sheet, source.row) == ("收入预测.xlsx", "预测", 5)
    assert len(source.sha256) == 64


def test_a_year_without_any_figure_between_is_told(xlsx, saved):
    read = read_forecast(saved(xlsx(ACROSS)))
    assert [one.severity for one in read.issues] == [Severity.WARNING]
    assert "2028-12-31 and 2031-06-30" in read.issues[0].say("en")


def test_periods_down_are_the_same_forecast(xlsx, saved):
    down = [
        list(cells) for cells in zip(*(_filled(row) for row in ACROSS[2:]), strict=True)
    ]
    turned = read_forecast(saved(xlsx([ACROSS[1], *down])))
    upright = read_forecast(saved(xlsx(ACROSS), "b.xlsx"))
    assert turned.forecast.periods == upright.forecast.periods
    assert turned.forecast.history == upright.forecast.history


def _filled(row):
    return [*row, *[""] * (8 - len(row))]


@pytest.mark.parametrize(
    ("label", "unit", "size", "currency"),
    [
        ("营业收入（元）", "元", 1, "CNY"),
        ("营业收入（千元）", "千元", 1000, "CNY"),
        ("主营业务收入（人民币万元）", "万元", 10_000, "CNY"),
        ("销售收入/百万元", "百万元", 1_000_000, "CNY"),
        ("收入（亿元）", "亿元", 100_000_000, "CNY"),
        ("销售收入（万美元）", "万元", 10_000, "USD"),
        ("Revenue (RMB '000)", "'000", 1000, "CNY"),
        ("Net sales (USD million)", "million", 1_000_000, "USD"),
        ("Total revenue (EUR thousands)", "thousands", 1000, "EUR"),
        ("Revenue (RMB 10,000)", "rmb 10,000", 10_000, "CNY"),
        ("Revenue (USD)", "USD", 1, "USD"),
    ],
)
def test_the_unit_stands_in_the_name_of_the_line(label, unit, size, currency):
    read = read_pasted_forecast(f"\t2027\t2028\n{label}\t1\t2.5")
    assert (read.unit, read.forecast.currency) == (unit, currency)
    assert amounts(read.forecast.periods) == [size * 1, Decimal("2.5") * size]
    assert not read.issues


def test_the_line_s_own_unit_goes_before_that_of_the_sheet():
    read = read_pasted_forecast("单位：万元\n\t2027年\t2028年\n营业收入（元）\t1\t2")
    assert amounts(read.forecast.periods) == [1, 2]


def test_without_a_unit_yuan_are_read_and_told():
    read = read_pasted_forecast("\t2027年\t2028年\n营业收入\t1\t2")
    assert amounts(read.forecast.periods) == [1, 2]
    assert [one.severity for one in read.issues] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("given", "told"),
    [("", "no figure"), ("待定", "待定"), ("-5", "below zero"), ("#REF!", "#REF!")],
)
def test_a_cell_without_a_usable_figure_is_an_error_at_its_place(given, told):
    read = read_pasted_forecast(
        f"单位：元\n年度\t收入\n2027年\t10\n2028年\t{given}\n2029年\t30"
    )
    errors = [one for one in read.issues if one.severity is Severity.ERROR]
    assert [(one.row, one.column) for one in errors] == [(4, 2)]
    assert told in errors[0].say("en")
    assert not read.is_whole
    assert read.read == len(read.forecast.periods) + 1 == 3


def test_a_hole_among_past_years_is_only_told():
    read = read_pasted_forecast(
        "单位：元\n\t2024A\t2025A\t2026E\t2027E\n收入\t\t1\t2\t3"
    )
    assert read.is_whole
    assert [(one.severity, one.column) for one in read.issues] == [
        (Severity.WARNING, 2)
    ]


def test_the_valuation_date_parts_past_from_future():
    pasted = "单位：元\n\t2024年\t2025年\t2026年\t2027年\n收入\t1\t2\t3\t4"
    read = read_pasted_forecast(pasted, date(2025, 12, 31))
    assert amounts(read.forecast.history) == [1, 2]
    assert amounts(read.forecast.periods) == [3, 4]


def test_headings_over_the_periods_mark_history():
    pasted = (
        "单位：元\n\t历史数据\t\t预测数据\t\n\t2024年\t2025年\t2026年\t2027年\n"
        "产品销售收入\t1\t2\t3\t4"
    )
    read = read_pasted_forecast(pasted)
    assert amounts(read.forecast.history) == [1, 2]
    assert amounts(read.forecast.periods) == [3, 4]


def test_the_total_of_a_year_beside_its_last_part_is_left_out():
    pasted = (
        "单位：元\n\t2026年1-9月\t2026年10-12月\t2026年\t2027年\n收入\t7\t3\t10\t12"
    )
    read = read_pasted_forecast(pasted, date(2026, 9, 30))
    assert amounts(read.forecast.periods) == [3, 12]
    assert amounts(read.forecast.history) == [7]
    assert [(one.severity, one.column) for one in read.issues] == [(Severity.NOTE, 4)]


def test_a_period_twice_is_an_error():
    read = read_pasted_forecast("单位：元\n\t2026年\t2027年\t2027年\n收入\t1\t2\t3")
    assert [(one.severity, one.column) for one in read.issues] == [(Severity.ERROR, 4)]


def test_periods_may_stand_in_any_order():
    read = read_pasted_forecast("单位：元\n\t2028年\t2026年\t2027年\n收入\t3\t1\t2")
    assert amounts(read.forecast.periods) == [1, 2, 3]


def test_days_and_day_numbers_are_periods(xlsx, saved):
    days = [
        ["", date(2026, 12, 31), date(2027, 12, 31), date(2031, 6, 15)],
        ["收入(元)", 1, 2, 3],
    ]
    numbers = [["", 46387, 46752, 48014], ["收入(元)", 31000, 35000, 36000]]
    expected = [date(2026, 12, 31), date(2027, 12, 31), date(2031, 6, 15)]
    for rows in (days, numbers):
        assert ends(read_forecast(saved(xlsx(rows))).forecast.periods) == expected


def test_first_days_are_read_as_the_start_and_told(xlsx, saved):
    years = [["", date(2027, 1, 1), date(2028, 1, 1)], ["收入(元)", 1, 2]]
    months = [["", date(2027, 1, 1), date(2027, 2, 1)], ["收入(元)", 1, 2]]
    read = read_forecast(saved(xlsx(years)))
    assert ends(read.forecast.periods) == [date(2027, 12, 31), date(2028, 12, 31)]
    assert {one.severity for one in read.issues} == {Severity.WARNING}
    read = read_forecast(saved(xlsx(months)))
    assert ends(read.forecast.periods) == [date(2027, 1, 31), date(2027, 2, 28)]


def test_two_lines_of_revenue_are_told():
    read = read_pasted_forecast(
        "单位：元\n\t2026年\t2027年\n甲产品收入\t1\t2\n乙产品收入\t3\t4"
    )
    assert amounts(read.forecast.periods) == [1, 2]
    assert "乙产品收入" in read.issues[0].say("en")


def test_the_revenue_of_the_patent_s_product_goes_before_the_firm_s():
    pasted = "单位：元\n\t2026年\t2027年\n营业收入\t9\t9\n专利产品销售收入\t1\t2\n营业成本\t5\t5"
    assert amounts(read_pasted_forecast(pasted).forecast.periods) == [1, 2]


def test_pasted_figures_may_be_parted_by_blanks():
    read = read_pasted_forecast("2026年 1,200万\n2027年 1300万\n2028年  1400万")
    assert amounts(read.forecast.periods) == [12_000_000, 13_000_000, 14_000_000]
    assert [one.severity for one in read.issues] == [Severity.WARNING]


def test_of_two_sheets_the_first_is_read_and_the_other_told(xlsx, saved):
    rows = [["", "2027年", "2028年"], ["收入(元)", 1, 2]]
    read = read_forecast(saved(xlsx(乐观=rows, 悲观=rows)))
    assert read.forecast.source.sheet == "乐观"
    assert [one.sheet for one in read.issues] == ["悲观"]


@pytest.mark.parametrize(
    "pasted", ["", "hello", "a\tb\n1\t2", "收入\t1\t2", "2027年\t2028年"]
)
def test_what_is_no_forecast_is_refused(pasted):
    with pytest.raises(UserError, match="no forecast"):
        read_pasted_forecast(pasted)


def test_a_list_of_patents_is_no_forecast_and_a_forecast_no_list(cnipa, xlsx, saved):
    assert recognised(saved(xlsx(ACROSS))) == forecast.KEY
    with pytest.raises(UserError, match="into a case"):
        read_bytes(xlsx(ACROSS), "收入预测.xlsx")
    with pytest.raises(UserError, match="no forecast"):
        read_forecast(saved(xlsx(cnipa)))


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("2026年10-12月", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026年10月至12月", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026年10～12月份", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("Q4 2026", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026年第四季度", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026年下半年", date(2026, 7, 1), date(2026, 12, 31)),
        ("H1 2026", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026年2月", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-10-01至2026-12-31", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026年", None, date(2026, 12, 31)),
        ("2026年度", None, date(2026, 12, 31)),
        ("２０２６年", None, date(2026, 12, 31)),
        ("FY2026", None, date(2026, 12, 31)),
        ("2026E", None, date(2026, 12, 31)),
        ("2026年E", None, date(2026, 12, 31)),
        ("2026-12-31", None, date(2026, 12, 31)),
        ("2031年6月15日", None, date(2031, 6, 15)),
    ],
)
def test_a_period_is_known_by_its_name(name, start, end):
    period = parse_period(name)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    "name", ["合计", "营业收入", "永续期", "1200", "2026年13月", "12345678", ""]
)
def test_other_names_are_no_periods(name):
    assert parse_period(name) is None


@pytest.mark.parametrize(
    ("name", "is_history"),
    [("2025A", True), ("2025年（实际）", True), ("2025 actual", True), ("2026E", False),
     ("2026年预测", False), ("2026F", False), ("2026年", None)],
)  # fmt: skip
def test_a_mark_tells_past_from_future(name, is_history):
    assert parse_period(name).is_history is is_history


def test_too_much_pasted_is_refused():
    with pytest.raises(UserError, match="too long"):
        read_pasted_forecast("x" * 1_000_001)


def test_a_whole_year_around_the_valuation_date_is_asked_about():
    read = read_pasted_forecast(
        "项目（元）\t2026年\t2027年\n营业收入\t100\t200\n", date(2026, 9, 30)
    )
    (told,) = (one for one in read.issues if one.severity is Severity.WARNING)
    assert "2026-12-31" in told.say("en")
    part = read_pasted_forecast(
        "项目（元）\t2026年10-12月\t2027年\n营业收入\t30\t200\n", date(2026, 9, 30)
    )
    assert not part.issues
