"""Read any table file into cells of text, by what it holds and never by its name.

Workbooks (xls, xlsx, ods) and delimited text become the same ``Table``: rows of
text just as they stand, nothing coerced, so that row 1 here is row 1 in the file. A
long number stays digit for digit; one that a spreadsheet had rounded is marked as
doubtful. Formulas are read as the values saved with them and are never evaluated.
"""

from __future__ import annotations

from valuer.core.problems import UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_, message
from valuer.imports import delimited, old_workbooks, workbooks, zipped
from valuer.imports.table import Table

LIMIT_BYTES = 200_000_000
"""The largest file read."""


_KINDS = (
    (b"%PDF", N_("a PDF")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"SQLite format 3", N_("a database")),
    (b"\x1f\x8b", N_("a compressed file")),
    (b"Rar!", N_("a compressed file")),
    (b"7z\xbc\xaf", N_("a compressed file")),
    (b"{\\rtf", N_("a text document")),
    (b"MZ", N_("a program")),
    (b"\x7fELF", N_("a program")),
)
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<head", b"<meta", b"<style")
_BEFORE_EXCEL_5 = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")


def read_tables(data: bytes, name: str, progress: Progress = ignore) -> list[Table]:
    """Return the tables in a file's bytes; ``name`` is for messages only.

    Raises:
        UserError: it is no table, damaged, protected or too large; says which.
    """
    if not data.strip(b"\x00\t\r\n "):
        raise UserError(N_("{file} is empty."), file=name)
    if len(data) > LIMIT_BYTES:
        raise too_large(name)
    progress(0, 0)
    if data.startswith(old_workbooks.MAGIC):
        return workbooks.read(data, name, old_workbooks.scan(data, name), progress)
    if data.startswith(zipped.MAGIC):
        return workbooks.read(data, name, zipped.scan(data, name, progress), progress)
    for magic, kind in _KINDS:
        if data.startswith(magic):
            text = N_(
                "{file} is {kind}, not a table; export the list as xlsx or csv and"
                " import that."
            )
            raise UserError(text, file=name, kind=message(kind))
    if data.startswith(_BEFORE_EXCEL_5):
        text = N_(
            "{file} is a workbook from before Excel 5; open it in a spreadsheet program"
            " and save it as xlsx."
        )
        raise UserError(text, file=name)
    if data[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        text = N_(
            "{file} holds a web page or XML, not a table; open it in a spreadsheet"
            " program and save it as xlsx."
        )
        raise UserError(text, file=name)
    return [delimited.read(data, name, progress)]


def too_large(name: str) -> UserError:
    """Return the refusal of a file above the limit."""
    text = N_("{file} is larger than {most} MB; split it and import the parts.")
    return UserError(text, file=name, most=LIMIT_BYTES // 1_000_000)
