"""The docket in columns, for the metrics: kept in parts, each until a case in it changes.

A part is made of the cases whose numbers lie together. What is kept was made by this
version of the program from these lists of status words and notices; what another one
kept, or what is damaged, counts as not there. All parts are read at once, so that the columns are of one moment; each is
unpacked when it is asked for.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from zlib import crc32

import msgspec
import numpy as np
from sqlalchemy import Connection

from valuer import __version__
from valuer.agency.columns import Column, Docket, columns_of
from valuer.agency.docket_parts import Lazy, Part, joined_parts, part_of
from valuer.core.canonical import digest
from valuer.core.progress import Progress, ignore
from valuer.core.resources import resource
from valuer.store.docket_rows import PART, as_read, facts_case, status_words
from valuer.store.garbage import no_search_for_garbage

_TABLES = ("agency/statuses.json", "agency/notices.json")
"""The lists on which columns rest."""

_NUMBERS = "SELECT id / ?, count(*) FROM docket_cases GROUP BY 1 ORDER BY 1"
_READ = "SELECT part, crc, body FROM docket_parts WHERE form = ?"
_CASES = """SELECT facts, case_id FROM docket_facts WHERE case_id >= ? AND case_id < ?
ORDER BY case_id"""
_KEEP = """INSERT OR REPLACE INTO docket_parts (part, form, crc, body)
VALUES (?, ?, ?, ?)"""

_NO_DAY = np.iinfo(np.int32).min
_pack = msgspec.msgpack.Encoder().encode


class _Packed(msgspec.Struct, array_like=True):
    """A column: how it was packed, and its bytes."""

    kind: str
    data: bytes


class _Body(msgspec.Struct):
    """A part as it is kept."""

    count: int
    tells_outcome: bool
    numbers: bytes
    columns: dict[str, _Packed]
    tables: dict[str, dict[str, _Packed]]
    labels: dict[str, tuple[str, ...]]


_unpack = msgspec.msgpack.Decoder(_Body).decode
_numbers_of = msgspec.msgpack.Decoder(tuple[str, ...]).decode


def docket_columns(connection: Connection, as_of: date) -> Docket:
    """Return the columns of all cases; what is not kept is made."""
    kept = _kept(connection)
    numbers = _numbers(connection)
    parts = [kept.get(one) or _made(connection, one) for one in numbers]
    return joined_parts(parts, as_of)


def are_columns_kept(connection: Connection) -> bool:
    """Say whether no part of the columns is to be made."""
    return set(_numbers(connection)) <= set(_kept(connection))


def keep_columns(
    connection: Connection, progress: Progress = ignore, most: int | None = None
) -> bool:
    """Make the parts of the columns that are not kept, and keep them.

    ``most`` is how many parts are made, so that others need not wait long to write.

    Returns:
        Whether all are kept now.
    """
    kept = _kept(connection)
    missing = [one for one in _numbers(connection) if one not in kept]
    for done, number in enumerate(missing[:most]):
        progress(done, len(missing))
        body = _body(_made(connection, number))
        row = (number, _form(), crc32(body), body)
        connection.exec_driver_sql(_KEEP, row)
    progress(len(missing[:most]), len(missing))
    return most is None or len(missing) <= most


def _numbers(connection: Connection) -> dict[int, int]:
    """Return the numbers of the parts, and how many cases each has."""
    return dict(connection.exec_driver_sql(_NUMBERS, (PART,)).all())


def _kept(connection: Connection) -> dict[int, Part]:
    """Return the parts that are kept and whole."""
    counts = _numbers(connection)
    found: dict[int, Part] = {}
    for number, check, body in connection.exec_driver_sql(_READ, (_form(),)):
        if check == crc32(body):
            part = _part(_unpack(body))
            if part.count == counts.get(number):
                found[number] = part
    return found


def _made(connection: Connection, number: int) -> Part:
    words = status_words(connection)
    span = (number * PART, (number + 1) * PART)
    with no_search_for_garbage():
        rows = connection.exec_driver_sql(_CASES, span).all()
        cases = [as_read(facts_case(facts, key), words) for facts, key in rows]
        return part_of(cases, date.min)


@cache
def _form() -> str:
    lists = b"".join(resource(name).read_bytes() for name in _TABLES)
    names = ",".join(columns_of((), date.min).columns)
    return digest(f"{__version__} {names}".encode() + lists)


def _body(part: Part) -> bytes:
    return _pack(
        _Body(
            part.count,
            part.tells_outcome,
            zlib.compress(_pack(part.numbers), 1),
            {name: _packed(one) for name, one in part.columns.items()},
            {
                name: {inner: _packed(one) for inner, one in table.items()}
                for name, table in part.tables.items()
            },
            dict(part.labels),
        )
    )


def _part(body: _Body) -> Part:
    return Part(
        body.count,
        body.tells_outcome,
        _numbers_of(zlib.decompress(body.numbers)),
        _lazy(body.columns),
        {name: _lazy(table) for name, table in body.tables.items()},
        body.labels,
    )


def _lazy(columns: Mapping[str, _Packed]) -> Mapping[str, Column]:
    names: Sequence[str] = tuple(columns)
    return Lazy(names, lambda name: _unpacked(columns[name]))


def _packed(column: Column) -> _Packed:
    """Pack a column; days and whole numbers in half their width."""
    kind, narrow = column.dtype.str, column
    if column.dtype.kind == "M":
        kind = "days"
        narrow = _narrow(column.astype(np.int64), np.isnat(column))
    elif column.dtype.kind == "f" and _is_whole(column):
        kind = "whole"
        narrow = _narrow(np.nan_to_num(column), np.isnan(column))
    return _Packed(kind, zlib.compress(np.ascontiguousarray(narrow).tobytes(), 1))


def _is_whole(column: Column) -> bool:
    known = column[~np.isnan(column)]
    return bool(((np.abs(known) < 2**31) & (known == np.rint(known))).all())


def _narrow(column: Column, blank: Column) -> Column:
    narrow: Column = np.where(blank, _NO_DAY, column).astype(np.int32)
    return narrow


def _unpacked(packed: _Packed) -> Column:
    data = zlib.decompress(packed.data)
    if packed.kind not in ("days", "whole"):
        return np.frombuffer(data, dtype=packed.kind)
    narrow = np.frombuffer(data, dtype=np.int32)
    blank = narrow == _NO_DAY
    if packed.kind == "whole":
        return np.where(blank, np.nan, narrow)
    wide: Any = narrow.astype("datetime64[D]")
    wide[blank] = np.datetime64("NaT")
    found: Column = wide
    return found
