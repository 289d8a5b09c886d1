"""Files made to break or drown a reader: refused with words, in bounded memory."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile

import openpyxl
import pytest
import python_calamine as calamine
import xlwt

from valuer.core.problems import UserError
from valuer.imports.extents import LIMIT_CELLS
from valuer.imports.tables import read_tables

OFFICE = {
    "[Content_Types].xml": b"<Types/>",
    "xl/workbook.xml": b'<workbook><sheets><sheet name="S" sheetId="1" r:id="rId1"/>'
    b"</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": b'<Relationships><Relationship Id="rId1" '
    b'Target="worksheets/sheet1.xml"/></Relationships>',
}


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def sheet(cells: bytes) -> bytes:
    return packed(
        {
            **OFFICE,
            "xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"
            + cells
            + b"</sheetData></worksheet>",
        }
    )


FAR_CELLS = {
    "as spreadsheets write them": b'<row r="1"><c r="A1"><v>1</v></c></row>'
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "in single quotes": b"<row r='9'><c r='XFD1048576'><v>1</v></c></row>"
    b'<row><c r="A1"><v>1</v></c></row>',
    "with blanks around": b'<row><c r = "xfd1048576"><v>1</v></c><c r="A1"/></row>',
    "only far down": b'<row><c r="A1"><v>1</v></c><c r="ZZ999999"><v>1</v></c></row>',
    "behind zeros": b'<row><c r="A1"><v>1</v></c><c r="ZZZ000099999"><v>1</v></c></row>',
}


@pytest.mark.parametrize("way", FAR_CELLS)
def test_cells_in_far_corners_are_refused_before_they_are_laid_out(way):
    with pytest.raises(UserError, match="million cells"):
        read_tables(sheet(FAR_CELLS[way]), "far.xlsx")


def test_far_cells_in_an_old_workbook_are_refused():
    book = xlwt.Workbook()
    for number in range(2):
        one = book.add_sheet(f"S{number}")
        one.write(0, 0, "a")
        one.write(65535, 255, "b")
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(UserError, match="million cells"):
        read_tables(stream.getvalue(), "far.xls")


ODS = (
    b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:'
    b'office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    b'<office:spreadsheet><table:table table:name="S">%s</table:table>'
    b"</office:spreadsheet></office:body></office:document-content>"
)


def ods(rows: bytes) -> bytes:
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": b"<manifest/>",
            "content.xml": ODS % rows,
        }
    )


FULL = b'<table:table-cell office:value-type="string" %s><text:p>a</text:p></table:table-cell>'


@pytest.mark.parametrize(
    "rows",
    [
        b'<table:table-row table:number-rows-repeated="1048576">'
        + FULL % b'table:number-columns-repeated="1000"'
        + b"</table:table-row>",
        b'<table:table-row table:number-rows-repeated="1048575"><table:table-cell/>'
        b"</table:table-row><table:table-row><table:table-cell "
        b'table:number-columns-repeated="16383"/>' + FULL % b"" + b"</table:table-row>",
    ],
)
def test_cells_repeated_without_end_are_refused(rows):
    with pytest.raises(UserError, match="million cells"):
        read_tables(ods(rows), "far.ods")


def test_blank_cells_repeated_to_the_edge_are_no_cells():
    rows = (
        b"<table:table-row>" + FULL % b"" + b"<table:table-cell "
        b'table:number-columns-repeated="16383"/></table:table-row><table:table-row '
        b'table:number-rows-repeated="1048575"><table:table-cell '
        b'table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert read_tables(ods(rows), "edge.ods")[0].rows[0][0] == "a"


def test_entities_in_a_workbook_are_refused():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + ODS % b"<table:table-row/>"
    data = packed(
        {"mimetype": b"x", "META-INF/manifest.xml": b"<m/>", "content.xml": bomb}
    )
    with pytest.raises(UserError, match="damaged"):
        read_tables(data, "bomb.ods")


def restated(data: bytes, size: int, other: int) -> bytes:
    """A zip whose parts claim another size."""
    return data.replace(size.to_bytes(4, "little"), other.to_bytes(4, "little"))


def test_a_zip_that_would_fill_the_disk_is_not_opened():
    data = packed({**OFFICE, "xl/worksheets/sheet1.xml": b" " * 5_000_000})
    with pytest.raises(UserError, match="unpack to more"):
        read_tables(restated(data, 5_000_000, 900_000_000), "bomb.xlsx")


def test_a_zip_that_lies_about_its_size_is_damaged():
    data = packed({**OFFICE, "xl/worksheets/sheet1.xml": b" " * 5_000_000})
    with pytest.raises(UserError, match="damaged"):
        read_tables(restated(data, 5_000_000, 1000), "liar.xlsx")


def test_a_size_that_no_old_sheet_can_have_is_damaged(xls):
    data = xls([["申请号"], ["x"]])
    # The record DIMENSIONS, 14 bytes: first and last row, then columns.
    place = data.index(b"\x00\x02\x0e\x00")
    vast = data[: place + 8] + b"\xff\xff\xff\x7f" + data[place + 12 :]
    with pytest.raises(UserError, match="damaged"):
        read_tables(vast, "vast.xls")


def test_a_chain_of_sectors_in_a_circle_ends(xls):
    data = bytearray(xls([["申请号"], ["x"]]))
    fat = 512 * (1 + int.from_bytes(data[76:80], "little"))
    for place in range(fat, fat + 512, 4):
        data[place : place + 4] = (0).to_bytes(4, "little")
    with pytest.raises(UserError):
        read_tables(bytes(data), "circle.xls")


def base_files() -> dict[str, bytes]:
    book = openpyxl.Workbook()
    old = xlwt.Workbook()
    old_sheet = old.add_sheet("S")
    for row in range(20):
        book.active.append([f"CN{row}", "标题", row, row / 3])
        for column, value in enumerate((f"CN{row}", "标题", row, row / 3)):
            old_sheet.write(row, column, value)
    streams = io.BytesIO(), io.BytesIO()
    book.save(streams[0])
    old.save(streams[1])
    return {
        "xlsx": streams[0].getvalue(),
        "xls": streams[1].getvalue(),
        "ods": ods(b"<table:table-row>" + FULL % b"" + b"</table:table-row>"),
    }


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(kind):
    whole = base_files()[kind]
    chance = random.Random(20261122)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        with contextlib.suppress(UserError):
            tables = read_tables(bytes(data), f"damaged.{kind}")
            assert sum(len(table.rows) for table in tables) < LIMIT_CELLS


def test_a_table_of_sectors_without_end_is_damaged(xls):
    data = bytearray(xls([["申请号"], ["x"]]))
    data[68:72] = (0).to_bytes(4, "little")  # the table goes on in sector 0
    data[512 + 508 : 512 + 512] = (0).to_bytes(4, "little")  # which goes on in itself
    with pytest.raises(UserError, match="damaged"):
        read_tables(bytes(data), "endless.xls")


def test_two_sheets_in_one_place_are_damaged():
    book = xlwt.Workbook()
    for name in ("a", "b"):
        book.add_sheet(name).write(0, 0, name)
    stream = io.BytesIO()
    book.save(stream)
    data = stream.getvalue()
    # BOUNDSHEET names the place of its sheet in its first four bytes.
    first = data.index(b"\x85\x00", 512) + 4
    second = data.index(b"\x85\x00", first) + 4
    with pytest.raises(UserError, match="damaged"):
        read_tables(
            data[:second] + data[first : first + 4] + data[second + 4 :], "a.xls"
        )


def test_streams_that_share_their_sectors_are_damaged(xls):
    data = bytearray(xls([["申请号"], ["x"]]))
    directory = 512 * (1 + int.from_bytes(data[48:52], "little"))
    start_and_size = data[directory + 128 + 116 : directory + 128 + 124]
    for entry in range(2, 4):
        place = directory + 128 * entry
        data[place + 116 : place + 124] = start_and_size
        data[place : place + 66] = (
            f"S{entry}".encode("utf-16-le").ljust(64, b"\0") + b"\6\0"
        )
    with pytest.raises(UserError, match="damaged"):
        read_tables(bytes(data), "shared.xls")


def test_a_record_of_encryption_in_an_old_workbook_is_protection(xls):
    data = xls([["申请号"], ["x"]])
    # INTERFACEHDR, of 2 bytes, becomes FILEPASS.
    locked = data.replace(b"\xe1\x00\x02\x00", b"\x2f\x00\x02\x00", 1)
    assert locked != data
    with pytest.raises(UserError, match="password"):
        read_tables(locked, "locked.xls")


def test_an_encrypted_ods_is_protected():
    data = packed(
        {
            "mimetype": b"x",
            "META-INF/manifest.xml": b"<manifest:encryption-data/>",
            "content.xml": b"\x93\x01",
        }
    )
    with pytest.raises(UserError, match="password"):
        read_tables(data, "locked.ods")


def test_more_sheets_than_anyone_writes_are_refused(xlsx):
    data = xlsx(**{f"S{number}": [["a"]] for number in range(501)})
    with pytest.raises(UserError, match="more than 500 sheets"):
        read_tables(data, "sheets.xlsx")


class PanicException(BaseException):
    """Stands for the reader's panic, which cannot be imported."""


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (PanicException("slice index"), "damaged"),
        (calamine.PasswordError("protected"), "password"),
        (calamine.ZipError("bad"), "damaged"),
    ],
)
def test_what_the_reader_raises_becomes_a_refusal(xlsx, monkeypatch, raised, told):
    def load(stream: object) -> object:
        raise raised

    monkeypatch.setattr(calamine, "load_workbook", load)
    with pytest.raises(UserError, match=told):
        read_tables(xlsx([["a"]]), "list.xlsx")


def test_a_bug_of_ours_is_not_hidden(xlsx, monkeypatch):
    def load(stream: object) -> object:
        raise KeyError("ours")

    monkeypatch.setattr(calamine, "load_workbook", load)
    with pytest.raises(KeyError):
        read_tables(xlsx([["a"]]), "list.xlsx")
