"""Look through an xls file before it is read.

How large are its sheets, which cells hold errors, is it protected?

The reader lays a sheet out as a full rectangle, so two cells in opposite corners of
a file of a few kilobytes would cost gigabytes. So the cells' places are taken from
the file's records first. Damaged records end the look; the reader then refuses them.

Source: [MS-CFB] compound files, sections 2.2 to 2.6; [MS-XLS] records of section 2.4.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.imports.extents import ERRORS, Extent, damaged, protected

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_END = 0xFFFFFFFA  # from here on, sector numbers have other meanings
_BOF, _EOF, _BOUNDSHEET, _FILEPASS = 0x0809, 0x000A, 0x0085, 0x002F
_FORMULA, _MULRK, _BOOLERR = 0x0006, 0x00BD, 0x0205
_CELLS = frozenset(
    (_FORMULA, _MULRK, _BOOLERR, 0x0203, 0x0204, 0x027E, 0x00FD, 0x00D6, 0x00BE, 0x0201)
)
_ERROR_CODES = {0: 0, 7: 1, 15: 2, 23: 3, 29: 4, 36: 5, 42: 6}
_ERROR_RESULT = 2
_DIMENSIONS = 0x0200
_MOST_ROWS, _MOST_COLUMNS = 65536, 256


def scan(data: bytes, name: str) -> list[Extent]:
    """Return what each sheet of an xls file holds, in the order of its sheets.

    Raises:
        UserError: protected, no workbook, or damaged beyond reading.
    """
    try:
        folder = _Compound(data)
        folder.check_chains()
        if "EncryptedPackage" in folder.entries:
            raise protected(name)
        stream = folder.stream("Workbook") or folder.stream("Book")
        if not stream:
            raise UserError(
                N_(
                    "{file} is an Office document, but not a workbook; export the list"
                    " as xlsx or csv and import that."
                ),
                file=name,
            )
        return _sheets(stream, name)
    except (struct.error, IndexError, UnicodeDecodeError, OverflowError):
        raise damaged(name) from None


class _Compound:
    """The directory and the chains of sectors of a compound file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or small_shift != 6:
            raise IndexError("sector size")
        self._size = 1 << shift
        first_entry, _, self._cutoff, first_small, _ = struct.unpack_from(
            "<IIIII", data, 48
        )
        self._table = self._sector_table()
        self.entries = dict(self._directory(self._chain(first_entry)))
        root = self.entries.get("Root Entry", (0, 0))
        small = self._chain(first_small)
        self._small_table = struct.unpack(f"<{len(small) // 4}I", small)
        self._small = self._chain(root[0])

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream, or none."""
        start, size = self.entries.get(name, (_END, 0))
        if size >= self._cutoff:
            return self._chain(start)[:size]
        sectors = _followed(self._small_table, start)
        return b"".join(self._small[one * 64 : one * 64 + 64] for one in sectors)[:size]

    def check_chains(self) -> None:
        """Follow every stream once, for the reader may follow it too.

        Raises:
            IndexError: a chain runs in a circle, or streams share their sectors.
        """
        left = len(self._data) // self._size + len(self._small_table)
        for name, (start, size) in self.entries.items():
            is_small = size < self._cutoff and name != "Root Entry"
            table = self._small_table if is_small else self._table
            left -= sum(1 for _ in _followed(table, start))
            if left < 0:
                raise IndexError("shared sectors")

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _sector_table(self) -> tuple[int, ...]:
        """Return the table that tells each sector's next one."""
        numbers = list(struct.unpack_from("<109I", self._data, 76))
        more = struct.unpack_from("<I", self._data, 68)[0]
        sectors = len(self._data) // self._size
        while more < _END:
            *found, more = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            numbers.extend(found)
            if len(numbers) > sectors + 2 * self._size:
                raise IndexError("the table of sectors has no end")
        table: list[int] = []
        for number in numbers:
            sector = self._sector(number) if number < _END else b""
            table.extend(struct.unpack(f"<{len(sector) // 4}I", sector))
            if len(table) > sectors:
                break
        return tuple(table)

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(one) for one in _followed(self._table, start))

    def _directory(self, data: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
        for place in range(0, len(data) - 127, 128):
            length = struct.unpack_from("<H", data, place + 64)[0]
            name = data[place : place + max(min(length, 64) - 2, 0)]
            start, size = struct.unpack_from("<II", data, place + 116)
            yield name.decode("utf-16-le"), (start, size)


def _followed(table: tuple[int, ...], start: int) -> Iterator[int]:
    """Yield the sectors of a chain.

    Raises:
        IndexError: it runs in a circle.
    """
    steps = 0
    while start < len(table):
        yield start
        start = table[start]
        steps += 1
        if steps > len(table):
            raise IndexError("a chain in a circle")


def _sheets(stream: bytes, name: str) -> list[Extent]:
    starts = []
    for kind, place, size in _records(stream, 0):
        if kind == _FILEPASS:
            raise protected(name)
        if kind == _BOUNDSHEET and size >= 6:
            starts.append(struct.unpack_from("<I", stream, place)[0])
        if kind == _EOF:
            break
    if len(set(starts)) != len(starts):
        raise IndexError("two sheets in one place")
    return [_extent(stream, start) for start in starts]


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, place and size of each record from ``place`` on."""
    end = len(stream) - 4
    while place <= end:
        kind, size = struct.unpack_from("<HH", stream, place)
        yield kind, place + 4, size
        place += 4 + size


def _extent(stream: bytes, start: int) -> Extent:
    found = Extent()
    deep = 0
    for kind, place, size in _records(stream, start):
        if kind == _BOF:
            deep += 1  # a chart inside the sheet has its own begin and end
        elif kind == _EOF:
            deep -= 1
            if deep <= 0:
                break
        elif kind == _DIMENSIONS:
            _check_dimensions(stream, place, size)
        elif kind in _CELLS and size >= 6:
            row, column = struct.unpack_from("<HH", stream, place)
            last = column + (size - 6) // 6 - 1 if kind == _MULRK else column
            if max(column, last) >= _MOST_COLUMNS:
                raise IndexError("column")
            found.include(row, max(column, last))
            code = _error_code(stream, kind, place, size)
            if code in _ERROR_CODES:
                found.errors[row, column] = ERRORS[_ERROR_CODES[code]]
    return found


def _check_dimensions(stream: bytes, place: int, size: int) -> None:
    """Refuse a size that no xls sheet can have: the reader would reserve it.

    Raises:
        IndexError: as said.
    """
    form = "<IIHH" if size >= 14 else "<HHHH"
    top, bottom, left, right = struct.unpack_from(form, stream, place)
    if not (top <= bottom <= _MOST_ROWS and left <= right <= _MOST_COLUMNS):
        raise IndexError("dimensions")


def _error_code(stream: bytes, kind: int, place: int, size: int) -> int | None:
    if kind == _BOOLERR and size >= 8 and stream[place + 7] == 1:
        return stream[place + 6]
    if (
        kind == _FORMULA
        and size >= 14
        and stream[place + 12 : place + 14] == b"\xff\xff"
    ):
        return stream[place + 8] if stream[place + 6] == _ERROR_RESULT else None
    return None
