"""Files in the layouts of the offices, made from invented facts."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

import openpyxl
import pytest
import xlwt

Rows = Sequence[Sequence[object]]


@pytest.fixture(scope="session")
def xlsx() -> Callable[..., bytes]:
    """Makes a workbook of sheets by name; one sheet may come without a name."""

    def made(rows: Rows | None = None, /, **sheets: Rows) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, cells in ({"Sheet1": rows} if rows is not None else sheets).items():
            sheet = book.create_sheet(name)
            for row in cells:
                sheet.append(list(row))
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return made


@pytest.fixture(scope="session")
def xls() -> Callable[[Rows], bytes]:
    """Makes a workbook of Excel 97 with one sheet."""

    def made(rows: Rows) -> bytes:
        book = xlwt.Workbook()
        sheet = book.add_sheet("Sheet1")
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(place, column, value)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return made


@pytest.fixture(scope="session")
def text() -> Callable[..., bytes]:
    """Makes delimited text."""

    def made(rows: Rows, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
        stream = io.StringIO(newline="")
        csv.writer(stream, delimiter=delimiter).writerows(rows)
        return stream.getvalue().encode(encoding)

    return made


CNIPA = (
    (
        "专利类型",
        "专利名称",
        "法律状态",
        "法律状态最后修改日期",
        "申请公布日/授权公告日",
        "申请号",
        "申请日",
        "申请人/专利权人",
        "发明人",
    ),
    (
        "发明申请",
        "一种虚构的水位探针",
        "授权",
        "20200306",
        "2018.11.23",
        "CN201819990003.X",
        "2018.12.20",
        "虚构大学",
        "甲一 ; 乙二 ; 丙三",
    ),
    (
        "实用新型",
        "一种虚构的支架",
        "授权",
        "20151127",
        "2015.11.27",
        "CN201529990017.3",
        "2015.03.11",
        "虚构大学 ; 某某仪器有限公司",
        "丁四",
    ),
    (
        "发明申请",
        "一种虚构的影像方法",
        "实质审查的生效",
        "20171013",
        "2017.09.15",
        "CN201719990017.7",
        "2017.05.05",
        "虚构大学",
        "甲一 ; 戊五",
    ),
)
"""The list of a Chinese search: invented titles and names, right check digits."""

GOOGLE = (
    ("search URL:", "https://patents.google.com/?assignee=invented"),
    (
        "id",
        "title",
        "assignee",
        "inventor/author",
        "priority date",
        "filing/creation date",
        "publication date",
        "grant date",
        "result link",
    ),
    (
        "US9999001B2",
        "Invented probe for wells ",
        "Invented University, Northwind, Inc.",
        "Ann Smith, Bob Jones, Jr., Carl Wu",
        "2013-02-01",
        "2014-01-30",
        "2018-06-12",
        "2018-06-12",
        "https://patents.google.com/patent/US9999001B2/en",
    ),
    (
        "USPP99001P3",
        "Invented rose ",
        "Board Of Regents, The Invented System",
        "Dora Reed",
        "2010-05-04",
        "2010-05-04",
        "2012-07-03",
        "2012-07-03",
        "https://patents.google.com/patent/USPP99001P3/en",
    ),
    (
        "US20190099001A1",
        "Invented valve ",
        "Invented University",
        "Ann Smith",
        "2017-09-28",
        "2018-09-27",
        "2019-04-04",
        "",
        "https://patents.google.com/patent/US20190099001A1/en",
    ),
)

LENS = (
    (
        "#",
        "Jurisdiction",
        "Kind",
        "Publication Number",
        "Lens ID",
        "Publication Date",
        "Publication Year",
        "Application Number",
        "Application Date",
        "Priority Numbers",
        "Earliest Priority Date",
        "Title",
        "Applicants",
        "Inventors",
        "Owners (US)",
        "URL",
        "Type",
        "IPCR Classifications",
    ),
    (
        "1",
        "US",
        "A1",
        "US 2011/0999001 A1",
        "100-200-300-400-500",
        "2011-08-04",
        "2011",
        "US 65799910 A",
        "2010-01-29",
        "US 65799910 A 20100129",
        "2010-01-29",
        "Invented Deflector",
        "SMITH ANN;;NORTHWIND; INC.",
        "SMITH ANN",
        "BIG BANK (2012-01-01)",
        "https://lens.org/100-200-300-400-500",
        "Patent Application",
        "F02C7/055;;B64D27/02",
    ),
    (
        "2",
        "CN",
        "U",
        "CN 299000001 U",
        "100-200-300-400-51X",
        "2015-09-30",
        "2015",
        "CN 201529990017 U",
        "2015-03-11",
        "CN 201529990017 U 20150311",
        "2015-03-11",
        "Invented Bracket",
        "UNIV INVENTED",
        "DING SI;;WU LIU",
        "",
        "https://lens.org/100-200-300-400-51X",
        "Limited Patent",
        "F02C7/00",
    ),
    (
        "3",
        "WO",
        "A1",
        "WO 1999/099001 A1",
        "100-200-300-400-520",
        "1999-11-18",
        "1999",
        "US 9999001 W",
        "1999-04-16",
        "US 7699998 A 19980512",
        "1998-05-12",
        "Invented Method",
        "JONES BOB",
        "JONES BOB",
        "",
        "https://lens.org/100-200-300-400-520",
        "Patent Application",
        "",
    ),
)


@pytest.fixture(scope="session")
def cnipa() -> Rows:
    return CNIPA


@pytest.fixture(scope="session")
def google() -> Rows:
    return GOOGLE


@pytest.fixture(scope="session")
def lens() -> Rows:
    return LENS
