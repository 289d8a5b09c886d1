"""An import of 60,000 rows, against pandas and one Core insert of the same columns."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import openpyxl
import pandas as pd
from rows import Row, ratio
from sqlalchemy import Column, MetaData, Table, Text, create_engine, event, insert

from valuer.core.patent_numbers import check_digit
from valuer.imports import read_file
from valuer.store.batches import BatchFile, new_batch
from valuer.store.library import open_library
from valuer.store.putting import put_patents

ROWS = 60_000
HEAD = (
    "专利类型",
    "专利名称",
    "法律状态",
    "法律状态最后修改日期",
    "申请公布日/授权公告日",
    "申请号",
    "申请日",
    "申请人/专利权人",
    "发明人",
)
BOUND = 2.5


def measure() -> list[Row]:
    """Read the workbook and store it, from file to committed rows, both ways."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "专利清单.xlsx"
        _write(path)
        names = count()

        def ours() -> None:
            _import(path, Path(folder) / f"{next(names)}.valuer")

        def theirs() -> None:
            _by_hand(path, Path(folder) / f"{next(names)}.db")

        measured = ratio(ours, theirs, times=3)
    return [
        Row(
            what=f"import of a {ROWS:,}-row xlsx into the store",
            against="pandas + calamine read and one Core insert, same columns",
            measured=measured,
            bound=BOUND,
        )
    ]


def _write(path: Path) -> None:
    """Write an invented list in the office's layout, each row another patent."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    sheet.append(HEAD)
    first = datetime(2008, 1, 7, tzinfo=UTC)
    for row in range(ROWS):
        filed = first + timedelta(days=row % 5000)
        digits = f"{filed.year}1{row:07d}"
        shown = filed + timedelta(days=540)
        sheet.append(
            (
                "发明专利",
                f"一种第{row}号样品的制备方法及其在动力电池热管理中的应用",
                "授权",
                shown.strftime("%Y%m%d"),
                shown.strftime("%Y.%m.%d"),
                f"CN{digits}.{check_digit(digits)}",
                filed.strftime("%Y.%m.%d"),
                f"第{row % 40}研究院",
                f"王{row % 900} ; 李{row % 700} ; 张{row % 300}",
            )
        )
    book.save(path)


def _import(path: Path, place: Path) -> None:
    read = read_file(path)
    with open_library(place, create=True) as library, library.change() as connection:
        files = [BatchFile(read.file, read.sha256)]
        batch = new_batch(connection, files, datetime.now(UTC))
        rows = [(patent.source.row or 0, patent) for patent in read.patents]
        outcome = put_patents(connection, batch, rows)
    assert outcome.added == ROWS


def _by_hand(path: Path, place: Path) -> None:
    frame = pd.read_excel(path, engine="calamine", dtype=str, keep_default_na=False)
    table = Table("patents", MetaData(), *(Column(name, Text) for name in HEAD))
    engine = create_engine(f"sqlite:///{place}")
    event.listen(engine, "connect", _durable)
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(insert(table), frame.to_dict("records"))
    engine.dispose()


def _durable(raw, record) -> None:
    """Keep rows as safely as the library does."""
    del record
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
