"""Any table file becomes cells of text, by what it holds and not by its name."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.problems import UserError
from valuer.imports.tables import read_tables

CELLS = [["申请号", "名称"], ["CN1", "一种装置"], ["CN2", "a"]]


def rows(data: bytes) -> list[list[str]]:
    return read_tables(data, "list")[0].rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_is_read_in_its_encoding_and_with_its_delimiter(text, encoding, delimiter):
    assert rows(text(CELLS, delimiter, encoding)) == CELLS


def test_a_workbook_is_known_by_its_bytes(xlsx, xls):
    assert rows(xlsx(CELLS)) == CELLS
    assert rows(xls(CELLS)) == CELLS


def test_a_letter_of_western_windows_is_not_taken_for_chinese():
    table = read_tables("Zürich;Müller\nGenève;Blanc\n".encode("cp1252"), "list")[0]
    assert table.rows == [["Zürich", "Müller"], ["Genève", "Blanc"]]
    assert table.guessed_encoding


def test_lists_inside_cells_do_not_part_them(text):
    cells = [["a", "b", "c"], ["x;;y", "1;;2;;3", ""], ["p, q", "r; s", "t"]]
    assert rows(text(cells)) == cells


def test_line_breaks_in_quotes_stay_in_their_cell(text):
    cells = [["a", "b"], ["one\ntwo", "three\r\nfour"], ["", "x"]]
    assert rows(text(cells)) == cells


def test_formulas_in_text_are_only_text():
    payload = "=cmd|' /C calc'!A0"
    assert rows(f"a,b\n{payload},1\n".encode())[1] == [payload, "1"]


def test_a_quotation_mark_never_closed_is_refused():
    with pytest.raises(UserError, match="row 2"):
        rows(b'a,b\n"never,closed\n1,2\n3,4\n')


@pytest.mark.parametrize("second", ['"d,e,f', 'd",e,f'])
def test_rows_that_a_quotation_mark_took_in_are_told(second):
    data = f'a,b,c\nx,"one,y\n1,2,3\n4,5,6\n7,{second}\n8,9,0\n'.encode()
    (table,) = read_tables(data, "list.csv")

    assert len(table.rows) < 6
    assert table.swallowing == {2}


def test_lines_in_a_cell_that_are_no_rows_are_not_told(text):
    cells = [["a", "b", "c"], ["x, y\nz", "1", "2"], ["one\ntwo", "", "p,q\nr,s,t,u"]]
    (table,) = read_tables(text(cells), "list.csv")

    assert table.swallowing == frozenset()


def test_a_stray_quotation_mark_is_text():
    assert rows(b'a,b\n"5" pipe,x\n1,2\n')[2] == ["1", "2"]


@given(
    st.lists(
        st.lists(
            st.text(
                st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
                max_size=8,
            ),
            min_size=2,
            max_size=2,
        ),
        min_size=3,
        max_size=6,
    )
)
def test_what_csv_writes_is_read_again(text, cells):
    cells = [["申请号", "名称"], *cells, ["x", "y"]]
    assert rows(text(cells, encoding="utf-8-sig")) == cells


def test_numbers_stay_digit_for_digit(xlsx):
    values = [2018199900038, 3, 0.1 + 0.2, -7.25, 1e20, True, 201819990003.8]
    assert rows(xlsx([values])) == [
        [
            "2018199900038",
            "3",
            "0.3",
            "-7.25",
            "100000000000000000000",
            "TRUE",
            "201819990003.8",
        ]
    ]


def test_numbers_of_an_old_workbook_stay_too(xls):
    assert rows(xls([[5, 2.5, 2018199900038]])) == [["5", "2.5", "2018199900038"]]


def test_a_number_a_spreadsheet_has_rounded_is_marked(xlsx):
    table = read_tables(xlsx([["a", 1234567890123456789], ["b", 12]]), "list")[0]
    assert table.rounded == {(1, 2)}


def test_days_are_written_as_days(xlsx):
    moment = datetime(2026, 9, 30, 8, 30)  # noqa: DTZ001 - a workbook knows no zone
    assert rows(xlsx([[date(2026, 9, 30), moment]])) == [
        ["2026-09-30", "2026-09-30 08:30:00"]
    ]


def test_rows_and_columns_keep_their_places():
    book = openpyxl.Workbook()
    book.active["C4"] = "x"
    stream = io.BytesIO()
    book.save(stream)
    found = rows(stream.getvalue())
    assert len(found) == 4
    assert found[3][2] == "x"


def test_a_cell_merged_downwards_counts_in_each_row():
    book = openpyxl.Workbook()
    for row in (["owner", "number"], ["甲大学", "1"], [None, "2"], ["乙", "3"]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.active.merge_cells("C1:D4")  # a block is a title, not a value of rows
    stream = io.BytesIO()
    book.save(stream)
    assert [row[0] for row in rows(stream.getvalue())] == [
        "owner",
        "甲大学",
        "甲大学",
        "乙",
    ]


def test_errors_of_formulas_are_not_lost(shared_data):
    data = (shared_data / "messy/xl/errors.xlsx").read_bytes()
    assert [row[0] for row in rows(data)] == [
        "#DIV/0!",
        "#NAME?",
        "#VALUE!",
        "#NULL!",
        "#REF!",
        "#NUM!",
        "#N/A",
    ]


def test_errors_in_an_old_workbook_are_not_lost():
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    sheet.write(0, 0, "a")
    sheet.row(1).set_cell_error(0, 0x2A)
    stream = io.BytesIO()
    book.save(stream)
    assert rows(stream.getvalue()) == [["a"], ["#N/A"]]


def test_charts_are_no_tables_and_hidden_sheets_are(shared_data):
    data = (shared_data / "messy/xl/any_sheets.xlsx").read_bytes()
    names = [table.sheet for table in read_tables(data, "list")]
    assert names == ["Visible", "Hidden", "VeryHidden"]


def test_the_csv_spectrum_reads_as_its_authors_say(shared_data):
    folder = shared_data / "messy/csv_spectrum"
    for path in sorted((folder / "csvs").glob("*.csv")):
        if path.stem == "location_coordinates":  # its own letters are damaged
            continue
        # Their copies here have lost their returns.
        said = (folder / "json" / f"{path.stem}.json").read_text("utf-8")
        expected = json.loads(said.replace("\\r", ""))
        header, *found = rows(path.read_bytes())
        assert [dict(zip(header, row, strict=True)) for row in found] == expected, path


def archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b" \r\n\0\0", "empty"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "web page or XML"),
        (b"SQLite format 3\0 ...", "a database"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", "before Excel 5"),
        (b"abc\x00\x01\x02def", "neither a workbook nor text"),
        (archive(a_xml=b"x"), "an archive"),
        (archive(word__document_xml=b"x"), "a text document"),
        (archive(**{"xl__workbook.bin": b"x"}), "xlsb"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off", "damaged"),
    ],
)
def test_what_is_no_table_is_refused_by_its_kind(data, told):
    with pytest.raises(UserError, match=told):
        read_tables(data, "list.xls")


def test_a_protected_workbook_says_so(shared_data):
    data = (shared_data / "messy/xl/pass_protected.xlsx").read_bytes()
    with pytest.raises(UserError, match="password"):
        read_tables(data, "list.xlsx")


def test_cancel_goes_through_while_a_workbook_is_read(xlsx):
    class Stop(Exception):  # noqa: N818
        pass

    def progress(done: int, total: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        read_tables(xlsx(CELLS), "list.xlsx", progress)


def test_a_mark_that_lies_about_the_encoding_is_not_believed():
    with pytest.raises(UserError, match="neither"):
        rows(b"\xff\xfea\x00,\x00b")  # an odd number of bytes


def test_a_cell_without_end_is_refused():
    with pytest.raises(UserError, match="never closed"):
        rows(b'a,b\n"' + b"x" * 5_000_100 + b'",1\n')


def test_many_rows_come_with_progress(xlsx):
    cells = [["a", str(row)] for row in range(1200)]
    for data in (xlsx(cells), "\n".join(map(",".join, cells)).encode()):
        heard = []
        read_tables(data, "list", lambda done, total, heard=heard: heard.append(done))
        assert len(heard) >= 3


def test_parts_may_be_named_with_back_slashes(xlsx):
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(CELLS))) as whole,
        zipfile.ZipFile(stream, "w") as made,
    ):
        for one in whole.namelist():
            made.writestr(one.replace("/", "\\"), whole.read(one))
    assert rows(stream.getvalue()) == CELLS


def test_times_and_lengths_of_time_are_text(xlsx):
    moment = timedelta(hours=1, minutes=30)
    assert rows(xlsx([["a", time(8, 30), moment]])) == [["a", "08:30:00", "1:30:00"]]


def test_an_encrypted_zip_is_protected(xlsx):
    data = bytearray(xlsx(CELLS))
    place = 0
    while (place := data.find(b"PK\x01\x02", place)) >= 0:
        data[place + 8] |= 1
        place += 4
    with pytest.raises(UserError, match="password"):
        read_tables(bytes(data), "list.xlsx")


def test_the_failed_formula_of_an_old_workbook_is_not_lost():
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    sheet.write(0, 0, "a")
    sheet.write(1, 0, xlwt.Formula("1/0"))
    stream = io.BytesIO()
    book.save(stream)
    data = bytearray(stream.getvalue())
    # FORMULA in row 1, column 0: its result becomes the error #DIV/0! (code 7).
    place = re.search(rb"\x06\x00.\x00\x01\x00\x00\x00", data, re.DOTALL).start() + 4
    data[place + 6 : place + 14] = b"\x02\x00\x07\x00\x00\x00\xff\xff"
    assert rows(bytes(data)) == [["a"], ["#DIV/0!"]]
