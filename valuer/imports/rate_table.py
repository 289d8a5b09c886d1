"""Tables of rates from files of others: workbooks and delimited text.

Below any preamble one row names the columns, in English or Chinese, one of which says
of whom the row tells (industry, country, term). Cells without a figure are left out;
one that is no figure refuses the file, named by sheet, row and column.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from valuer.core.problems import UserError
from valuer.core.progress import Progress, ignore
from valuer.core.rate_tables import (
    RateRow,
    RateTable,
    fits,
    see_sound,
    tables_from_json,
)
from valuer.core.texts import N_
from valuer.imports.reading import file_bytes
from valuer.imports.table import Table
from valuer.imports.tables import read_tables

NAME = "name"

HEADS: dict[str, tuple[str, ...]] = {
    NAME: (
        "industryname",
        "industry",
        "country",
        "term",
        "name",
        "行业",
        "国家",
        "期限",
        "名称",
    ),
    "risk_free_rate": (
        "riskfreerate",
        "riskfree",
        "无风险收益率",
        "无风险利率",
        "收益率",
        "到期收益率",
    ),
    "equity_premium": (
        "equityriskpremium",
        "totalequityriskpremium",
        "erp",
        "市场风险溢价",
        "股权风险溢价",
    ),
    "country_premium": ("countryriskpremium", "crp", "国家风险溢价"),
    "default_spread": (
        "rating-baseddefaultspread",
        "defaultspread",
        "adj.defaultspread",
        "违约利差",
    ),
    "size_premium": ("sizepremium", "规模溢价"),
    "beta": ("beta", "贝塔", "beta系数", "β"),
    "unlevered_beta": ("unleveredbeta", "无杠杆贝塔", "无杠杆beta"),
    "cost_of_equity": ("costofequity", "权益资本成本"),
    "equity_share": ("e/(d+e)", "eoverv", "e/v", "权益比例"),
    "debt_share": ("d/(d+e)", "doverv", "d/v", "债务比例"),
    "stock_volatility": ("stddevinstock", "stdevstock", "股价波动率"),
    "cost_of_debt": ("costofdebt", "债务资本成本"),
    "cost_of_debt_after_tax": (
        "after-taxcostofdebt",
        "aftertaxcostofdebt",
        "税后债务资本成本",
    ),
    "tax_rate": ("taxrate", "corporatetaxrate", "所得税率", "税率"),
    "wacc": ("costofcapital", "wacc", "加权平均资本成本"),
    "firms": ("numberoffirms", "nfirms", "公司数", "公司数量"),
}
"""What a column may be headed, without blanks, underscores and case."""

NO_FIGURE = ("", "na", "n/a", "#n/a", "-", "--", "—", "——")
"""Cells that say that there is no figure."""

HEADER_ROWS = 60
"""Rows among which the header is looked for; a preamble stands above it."""

MOST_ROWS = 5000
"""The most rows that a table of rates has."""

_UPDATED = ("dateupdated", "dateofupdate", "更新日期")
_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,30})?([eE]-?[0-9]{1,2})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Stated:
    """What the importer states of a file that does not state it itself.

    Attributes:
        name: "" for the name of the file; ``day``: None where the file says it.
        source: "" for the name of the file.
    """

    country: str = ""
    currency: str = ""
    day: date | None = None
    source: str = ""
    name: str = ""


def read_rate_tables(
    path: Path, stated: Stated, progress: Progress = ignore
) -> tuple[RateTable, ...]:
    """Return the tables of rates in a file.

    Raises:
        UserError: it holds none, a cell is no figure, or country, currency or day is
            neither in the file nor stated.
    """
    data = file_bytes(path)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return tables_from_json(data, path.name)
    return rate_tables_from_bytes(data, path.name, stated, progress)


def rate_tables_from_bytes(
    data: bytes, name: str, stated: Stated, progress: Progress = ignore
) -> tuple[RateTable, ...]:
    """Return the table of rates in a workbook or text: of the sheet with most columns.

    Raises:
        UserError: as ``read_rate_tables``.
    """
    tables = read_tables(data, name, progress)
    found = [(table, _header(table)) for table in tables]
    table, (row, columns) = max(found, key=lambda one: len(one[1][1]))
    if NAME not in columns or len(columns) < 2:
        text = N_(
            "{file} is no table of rates: no row names its columns, as in industry, beta,"
            " cost of equity."
        )
        raise UserError(text, file=name)
    day = stated.day or _updated([table.rows[:row], *(one.rows for one in tables)])
    if not stated.country or not stated.currency or day is None:
        text = N_(
            "{file} does not state country, currency and day of its rates; state them:"
            " --country CN --currency CNY --date 2026-09-30."
        )
        raise UserError(text, file=name)
    read = RateTable(
        stated.name or name,
        stated.country,
        stated.currency,
        day,
        stated.source or name,
        tuple(_rows(table, row, columns, name)),
    )
    see_sound(read)
    return (read,)


def _header(table: Table) -> tuple[int, dict[str, int]]:
    """Return row, from 0, and columns of the row with most names that we know."""
    best: tuple[int, dict[str, int]] = (0, {})
    for row, cells in enumerate(table.rows[:HEADER_ROWS]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(cells):
            figure = next(
                (one for one, known in HEADS.items() if _key(cell) in known), ""
            )
            if figure:
                columns.setdefault(figure, place)
        if NAME in columns and len(columns) > len(best[1]):
            best = row, columns
    return best


def _key(head: str) -> str:
    plain = unicodedata.normalize("NFKC", head).casefold()
    return re.sub(r"[\s_:]", "", plain)


def _updated(places: list[list[list[str]]]) -> date | None:
    """Return the day that the first preamble to tell says the table was made."""
    pairs = (
        pair
        for rows in places
        for cells in rows[:HEADER_ROWS]
        for pair in pairwise(cells)
    )
    said = (cell[:10] for label, cell in pairs if _key(label) in _UPDATED)
    day = next((one for one in said if _DAY.fullmatch(one)), "")
    try:
        return date.fromisoformat(day)
    except ValueError:  # none at all, or such as 2026-02-30
        return None


def _rows(
    table: Table, header: int, columns: dict[str, int], name: str
) -> list[RateRow]:
    rows: list[RateRow] = []
    for number, cells in enumerate(table.rows[header + 1 :], start=header + 2):
        named = _cell(cells, columns[NAME])
        figures = {
            figure: found
            for figure, place in columns.items()
            if figure != NAME
            and named
            and (found := _figure(table, number, place, figure, cells, name))
            is not None
        }
        if figures:
            rows.append(RateRow(named, figures))
        elif rows and not named:
            break  # what stands below the table is no part of it
    if len(rows) > MOST_ROWS:
        text = N_("{file} has {found} rows; a table of rates has at most {most}.")
        raise UserError(text, file=name, found=len(rows), most=MOST_ROWS)
    return rows


def _figure(
    table: Table, row: int, place: int, figure: str, cells: list[str], name: str
) -> Decimal | None:
    """Return the figure in a cell, None where there is none.

    Raises:
        UserError: the cell holds something else.
    """
    cell = _cell(cells, place)
    plain = unicodedata.normalize("NFKC", cell).replace(",", "").replace(" ", "")
    if plain.casefold() in NO_FIGURE:
        return None
    values = {"file": name, "sheet": table.sheet, "row": row, "column": place + 1}
    if not _NUMBER.fullmatch(plain.removesuffix("%")):
        text = N_(
            "{file}, sheet “{sheet}”, row {row}, column {column}: “{cell}” is no figure."
        )
        raise UserError(text, **values, cell=cell[:40])
    number = Decimal(plain.removesuffix("%")) / (100 if plain.endswith("%") else 1)
    number = round(number, 20).normalize()
    if not fits(figure, number):
        text = N_(
            "{file}, sheet “{sheet}”, row {row}, column {column}: “{cell}” is no annual"
            " fraction; write 0.12 or 12 %."
        )
        raise UserError(text, **values, cell=cell[:40])
    return number


def _cell(cells: list[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""
