"""Patents found by words: by the index, and by reading what is not in it yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    column,
    func,
    or_,
    select,
    table,
    union_all,
)

from valuer.store.indexing import WORDS_COLUMNS, Reach, stored_words
from valuer.store.schema import patents, unindexed
from valuer.store.words import Sought, is_held, match, sought_words

_READ = "patent_holds"
_index = table("patent_words", column("rowid"), column("patent_words"))


def hits(connection: Connection, search: str) -> FromClause | None:
    """Return the patents in which every word of ``search`` occurs, as a table of ids.

    A word occurs where it is part of the title, of the name of an owner or inventor,
    of a class or of a number; in a number whatever was typed between its digits. None
    stands for all patents: the search has no word. The connection reads what is not
    indexed through a function of its own, which the next search replaces.
    """
    sought = sought_words(search)
    if not sought:
        return None
    reach = Reach(connection)
    if reach.is_whole:
        return _indexed(sought).subquery("hits")
    _teach(connection, sought)
    read = select(patents.c.id).where(_held())
    if not reach.usable:
        return read.subquery("hits")
    left = select(unindexed.c.patent_id)
    still_right = _indexed(sought).where(_index.c.rowid.not_in(left))
    others = or_(patents.c.id > reach.up_to, patents.c.id.in_(left))
    return union_all(still_right, read.where(others)).subquery("hits")


def _indexed(sought: Sequence[Sought]) -> Select[Any]:
    asked = _index.c.patent_words.op("MATCH")(match(sought))
    return select(_index.c.rowid.label("id")).where(asked)


def _held() -> ColumnElement[bool]:
    held: ColumnElement[bool] = getattr(func, _READ)(
        *(patents.c[name] for name in WORDS_COLUMNS)
    )
    return held


def _teach(connection: Connection, sought: Sequence[Sought]) -> None:
    """Let SQLite ask us of a patent that is not indexed."""

    def held(*columns: str) -> bool:
        return is_held(sought, stored_words(columns))

    driver: Any = connection.connection.driver_connection
    driver.create_function(_READ, len(WORDS_COLUMNS), held)
