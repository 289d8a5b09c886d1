"""Listed companies to compare with (可比上市公司): the worksheet, and how it is pasted.

A row is what a terminal shows of one company on the valuation date. Text copied from a
terminal or a spreadsheet has a header in Chinese or English and cells parted by tabs;
what cannot be read is told by row and column, and nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from valuer.core.params import Money, Number, Rate, Text, param
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.quantities import LONGEST
from valuer.core.texts import N_, message

COMPANIES = "companies"
"""Along the companies; the name of their table."""

LONGEST_PASTE = 1_000_000
"""Characters of pasted text that are read."""


@dataclass(frozen=True, slots=True)
class Company:
    """One listed company on the day of its price."""

    name: Text = param(N_("Company"), help=N_("As the exchange calls it."))
    code: Text = param(N_("Stock code"), "", help=N_("As in 600000.SH."))
    price_date: date = param(
        N_("Day of the price"), help=N_("The day of its price and so of its worth.")
    )
    market_cap: Money = param(
        N_("Market capitalisation"),
        symbol="E",
        low=0,
        above=True,
        help=N_("Of all its shares, at the price of that day."),
    )
    debt: Money = param(
        N_("Debt"), symbol="D", low=0, help=N_("What bears interest, in the same unit.")
    )
    beta: Number = param(
        N_("Beta, levered"),
        symbol="β_L",
        low=-5,
        high=10,
        help=N_("As observed on the market against its index."),
    )
    beta_window: Text = param(
        N_("Window of the beta"),
        "",
        help=N_("How long and how often, as in “60 months, monthly”, and the index."),
    )
    tax_rate: Rate = param(
        N_("Income tax rate"),
        symbol="τ_i",
        low=0,
        high=0.99,
        help=N_("Of the company."),
    )
    working_capital: Money | None = param(
        N_("Working capital"),
        None,
        symbol="W",
        low=0,
        help=N_("For the structure of assets; for every company or for none."),
    )
    fixed_assets: Money | None = param(
        N_("Fixed assets"),
        None,
        symbol="F",
        low=0,
        help=N_("For the structure of assets; for every company or for none."),
    )
    source: Text = param(
        N_("Source"), "", help=N_("The terminal and the day, the annual report.")
    )


HEADS: dict[str, tuple[str, ...]] = {
    "name": ("证券简称", "公司名称", "公司", "名称", "简称", "company", "name"),
    "code": ("证券代码", "股票代码", "代码", "code", "ticker"),
    "price_date": ("股价日期", "交易日期", "日期", "pricedate", "date"),
    "market_cap": ("总市值", "股权市值", "市值", "marketcap", "marketcapitalisation"),
    "debt": ("付息债务", "带息债务", "有息负债", "债务", "debt"),
    "beta": ("beta", "beta系数", "贝塔", "β", "β系数", "杠杆beta", "βl"),
    "beta_window": ("beta窗口", "计算周期", "betawindow", "window"),
    "tax_rate": ("所得税率", "税率", "所得税税率", "taxrate", "tax"),
    "working_capital": ("营运资金", "workingcapital"),
    "fixed_assets": ("固定资产", "fixedassets"),
    "source": ("来源", "数据来源", "source"),
}
"""What a column may be headed, without blanks, units and case."""

WANTED = ("name", "price_date", "market_cap", "debt", "beta", "tax_rate")
"""Columns without which no company can be compared."""

UNITS = {"亿": 10**8, "百万": 10**6, "万": 10**4, "千": 10**3}
"""What an amount is multiplied by where the head of its column states a unit."""

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DAY = re.compile(r"([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?")
_BRACKETS = re.compile(r"[(\[（【].*?[)\]）】]")

Rows = list[dict[str, Any]]


def companies_from_text(text: str) -> tuple[Rows, tuple[Issue, ...]]:
    """Return the companies of pasted text as rows of JSON, and what is wrong in it.

    The rows are those of a parameter ``companies``; one with an error is left out.
    Amounts are in yuan or the unit of the currency: 万元 and 亿元 in a head count.

    Raises:
        UserError: no header, a column is missing or stands twice, or too much text.
    """
    if len(text) > LONGEST_PASTE:
        raise UserError(N_("The pasted text is too long; import it as a file."))
    lines = [
        (number, [cell.strip() for cell in line.split("\t")])
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    ]
    if not lines:
        raise UserError(N_("The pasted text is empty; copy the table with its header."))
    columns, units = _header(*lines[0])
    if len(lines) - 1 > LONGEST:
        text = N_("{found} companies are too many; at most {most} are compared.")
        raise UserError(text, found=len(lines) - 1, most=LONGEST)
    rows: Rows = []
    issues: list[Issue] = []
    for number, cells in lines[1:]:
        row, wrong = _row(number, cells, columns, units)
        issues += wrong
        if not wrong:
            rows.append(row)
    if not rows and not issues:
        text = N_("There is a header and no company below it.")
        issues.append(Issue(Severity.ERROR, message(text), COMPANIES, row=1))
    return rows, tuple(issues)


def _header(number: int, cells: list[str]) -> tuple[dict[str, int], dict[str, int]]:
    """Return where each column stands, and the unit of its amounts."""
    columns: dict[str, int] = {}
    units: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = next((key for key, known in HEADS.items() if _key(cell) in known), "")
        if name in columns:
            text = N_("Row {row}: columns {first} and {second} are both “{name}”.")
            values = {"first": columns[name] + 1, "second": place + 1}
            raise UserError(text, row=number, name=cell[:40], **values)
        if name:
            columns[name] = place
            units[name] = next((n for word, n in UNITS.items() if word in cell), 1)
    missing = [HEADS[name][0] for name in WANTED if name not in columns]
    if missing:
        text = N_(
            "Row {row} must be the header; it has no column {missing}. Copy the table"
            " with its header, cells parted by tabs."
        )
        raise UserError(text, row=number, missing=tuple(missing))
    return columns, units


def _key(head: str) -> str:
    """Return a head without brackets, blanks, units and case."""
    plain = _BRACKETS.sub("", unicodedata.normalize("NFKC", head).casefold())
    return re.sub(r"[\s_%/:]|[-—].*|[万亿千]元?$", "", plain)


def _row(
    number: int, cells: list[str], columns: dict[str, int], units: dict[str, int]
) -> tuple[dict[str, Any], list[Issue]]:
    row: dict[str, Any] = {}
    issues: list[Issue] = []
    for name, place in columns.items():
        cell = cells[place] if place < len(cells) else ""
        if not cell and name not in WANTED:
            continue
        found = _read(name, cell, units[name])
        if found is None:
            text = N_("Row {row}, column {column}: “{cell}” is not {what}.")
            values = {"row": number, "column": place + 1, "cell": cell[:40]}
            words = message(text, what=message(_WHAT[name]), **values)
            issues.append(
                Issue(Severity.ERROR, words, COMPANIES, row=number, column=place + 1)
            )
        else:
            row[name] = found
    return row, issues


_AMOUNT, _WORDS = N_("an amount"), N_("a name")
_WHAT = {
    "name": _WORDS,
    "code": _WORDS,
    "price_date": N_("a date such as 2026-09-30"),
    "market_cap": _AMOUNT,
    "debt": _AMOUNT,
    "beta": N_("a figure"),
    "beta_window": _WORDS,
    "tax_rate": N_("a rate such as 25 % or 0.25"),
    "working_capital": _AMOUNT,
    "fixed_assets": _AMOUNT,
    "source": _WORDS,
}


def _read(name: str, cell: str, unit: int) -> Any:
    """Return what a cell holds as JSON, or None where it holds no such thing."""
    if _WHAT[name] == _WORDS:
        return cell or None
    if name == "price_date":
        return _day(cell)
    plain = unicodedata.normalize("NFKC", cell).replace(",", "").replace(" ", "")
    is_share = plain.endswith("%")
    plain = plain.removesuffix("%")
    if not _NUMBER.fullmatch(plain) or (is_share and name != "tax_rate"):
        return None
    if name == "tax_rate":
        # 25 alone is 25 %: no tax takes twenty-five times the income.
        share = is_share or float(plain) > 1
        return round(float(plain) / 100, 12) if share else float(plain)
    return float(plain) * unit


def _day(cell: str) -> str | None:
    found = _DAY.fullmatch(cell.split(" ")[0])
    if found is None:
        return None
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:  # such as 2026-02-30
        return None
