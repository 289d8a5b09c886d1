"""Delimited text: csv and its relatives, in the encodings that occur in China.

The encoding is the one its mark says, else UTF-8, else GB 18030; anything else is
guessed and said to be. The delimiter is the one that cuts the first rows most evenly.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from valuer.core.problems import UserError
from valuer.core.progress import Progress
from valuer.core.texts import N_
from valuer.imports.table import Table

DELIMITERS = (",", ";", "\t", "|")
"""What may stand between cells."""

LONGEST_CELL = 5_000_000
"""Characters; a longer cell means a quotation mark that is never closed."""

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAMPLE = 30
_STEP = 500


def read(data: bytes, name: str, progress: Progress) -> Table:
    """Return the one table of a delimited text.

    Raises:
        UserError: not text, or a quotation mark is never closed.
    """
    text, guessed = _decoded(data, name)
    # The csv module counts lines for us only if it gets them one by one.
    csv.field_size_limit(LONGEST_CELL)
    delimiter = _delimiter(text)
    rows: list[list[str]] = []
    try:
        for row in _parsed(text, delimiter):
            rows.append(row)
            if len(rows) % _STEP == 0:
                progress(0, 0)
    except csv.Error:
        wording = N_(
            "{file}: a quotation mark opened in row {row} is never closed; close it or"
            " export the list again."
        )
        raise UserError(wording, file=name, row=len(rows) + 1) from None
    width = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
    swallowing: frozenset[int] = frozenset()
    if text.count("\n") > len(rows) and width > 2:
        swallowing = _swallowing(rows, delimiter, width)
    return Table("", rows, frozenset(), _uneven(rows, width), swallowing, guessed)


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), ""
            except UnicodeDecodeError:
                break
    if b"\x00" in data:
        text = N_(
            "{file} is neither a workbook nor text; export the list as xlsx or csv and"
            " import that."
        )
        raise UserError(text, file=name)
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or _is_chinese(text):
            return text, ""
    return data.decode("cp1252", errors="replace"), "Windows-1252"


def _is_chinese(text: str) -> bool:
    """Tell Chinese from western letters that happen to decode as GB 18030."""
    foreign = [c for c in text[:200_000] if not c.isascii()]
    common = sum(1 for c in foreign if _in_gb2312(c))
    return common >= 0.8 * len(foreign)


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _delimiter(text: str) -> str:
    """Return the delimiter under which most rows have the same number of cells."""
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        if delimiter not in text:
            continue
        widths = _sample_widths(text, delimiter)
        cells, rows = Counter(widths).most_common(1)[0] if widths else (1, 0)
        score = rows / max(len(widths), 1) * min(cells - 1, 5)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _sample_widths(text: str, delimiter: str) -> list[int]:
    widths = []
    head = text[:400_000]
    for row in csv.reader(_lines(head), delimiter=delimiter):
        if any(row):
            widths.append(len(row))
        if len(widths) >= _SAMPLE:
            break
    return widths


def _parsed(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the rows; a stray quotation mark inside a cell is text, not an error."""
    strict = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    done = 0
    try:
        for row in strict:
            done += 1
            yield row
    except csv.Error as error:
        if "expected after" not in str(error):
            raise
        lenient = csv.reader(_lines(text), delimiter=delimiter)
        yield from islice(lenient, done, None)


def _lines(text: str) -> Iterator[str]:
    return io.StringIO(text, newline="")


def _uneven(rows: list[list[str]], width: int) -> frozenset[int]:
    """Return rows shorter than most, or with text beyond them."""
    return frozenset(
        number
        for number, row in enumerate(rows, 1)
        if len(row) != width and (len(row) < width or any(row[width:]))
    )


def _swallowing(rows: list[list[str]], delimiter: str, width: int) -> frozenset[int]:
    """Return rows with a cell whose lines would part into as many cells as a row."""

    def is_rows(cell: str) -> bool:
        first, *between, last = [line.count(delimiter) for line in cell.splitlines()]
        ends = first + last
        return ends == width - 1 and all(count == width - 1 for count in between)

    return frozenset(
        number
        for number, row in enumerate(rows, 1)
        if any("\n" in cell.strip() and is_rows(cell.strip()) for cell in row)
    )
