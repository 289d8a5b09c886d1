"""The index of words in patents, kept in step with them.

A small change is indexed in its own transaction. A large one would take twice as long
for it: what it touches is noted as not indexed, and ``catch_up`` does the rest in many
short transactions, whenever it suits. A search is right at every moment, for it looks
through what is not indexed. Three things tell how far the index goes: up to which
patent (``indexing.up_to``), but for which (``unindexed``), and of what form it is; one
of another form, or none at all, counts as empty.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any

import msgspec
from sqlalchemy import Connection

from valuer.core.patents import Patent
from valuer.core.progress import Progress, ignore
from valuer.store.schema import PATENT_WORDS, has_full_text
from valuer.store.words import FORM, Words, pieces

AT_ONCE = 5000
"""Patents of one change that are indexed with it: about half a second."""

_CHUNK = 1000
"""Patents of one transaction of catching up: about a tenth of a second."""

WORDS_COLUMNS = ("title", "owners", "inventors", "ipc", "number", "publications")
"""The columns of a patent that ``stored_words`` reads, in this order."""

_STATE = """SELECT form, up_to, EXISTS (SELECT 1 FROM unindexed),
EXISTS (SELECT 1 FROM patents WHERE id > up_to) FROM indexing"""
_BEGIN = "INSERT INTO indexing (form, up_to) VALUES (?, 0)"
_REACH = "UPDATE indexing SET up_to = ?"
_FORGET = "DELETE FROM indexing"
_ADD = "INSERT INTO patent_words (rowid, words) VALUES (?, ?)"
# The index has no copy of what it kept of a text: that is named to be taken out.
_TAKE_OUT = """INSERT INTO patent_words (patent_words, rowid, words)
VALUES ('delete', ?, ?)"""
_EMPTY = "INSERT INTO patent_words (patent_words) VALUES ('delete-all')"
_LEAVE = "INSERT OR IGNORE INTO unindexed (patent_id, former_words) VALUES (?, ?)"
_LEFT = """SELECT patent_id FROM unindexed
WHERE patent_id IN (SELECT value FROM json_each(?))"""
_SOME_LEFT = """SELECT patent_id, former_words FROM unindexed
ORDER BY patent_id LIMIT ?"""
_SETTLED = "DELETE FROM unindexed WHERE patent_id = ?"
_THESE = """SELECT id, title, owners, inventors, ipc, number, publications
FROM patents WHERE id IN (SELECT value FROM json_each(?))"""
_NEXT = """SELECT id, title, owners, inventors, ipc, number, publications
FROM patents WHERE id > ? ORDER BY id LIMIT ?"""
_TO_DO = """SELECT (SELECT count(*) FROM unindexed)
+ (SELECT count(*) FROM patents WHERE id > ?)"""

_list = msgspec.json.Decoder(list[str]).decode
_former = msgspec.json.Decoder(Words).decode
_encode = msgspec.json.Encoder().encode

Worded = tuple[int, Words]
"""A patent's number in the library, and its words."""


class Reach:
    """How far the index goes, at the moment of asking.

    Attributes:
        usable: whether there is an index that this program understands.
        up_to: the last patent that it goes up to.
        gaps: whether it leaves out or misstates some of the patents up to there.
        more: whether there are patents after it.
    """

    def __init__(self, connection: Connection) -> None:
        row = connection.exec_driver_sql(_STATE).first()
        form, up_to, gaps, more = row or ("", 0, False, False)
        self.up_to = int(up_to)
        self.usable = form == FORM and has_full_text(connection)
        self.gaps, self.more = bool(gaps), bool(more)

    def concerns(self, key: int) -> bool:
        """Say whether the index must take note of what happens to a patent."""
        return self.usable and not (self.more and key > self.up_to)

    @property
    def is_whole(self) -> bool:
        """Whether the index alone tells what is in every patent."""
        return self.usable and not self.gaps and not self.more


class WordIndex:
    """Keeps the index in step with one change, told of each step before it is taken."""

    def __init__(self, connection: Connection, *, at_once: int = AT_ONCE) -> None:
        self._connection = connection
        self._at_once = at_once
        self._known: Reach | None = None

    def add(self, rows: Sequence[tuple[int, int, Patent]]) -> None:
        """Take in patents that are about to be inserted, as ``PatentWriter`` does."""
        reach = self._reach()
        new = [(key, patent) for key, _, patent in rows if reach.concerns(key)]
        if not new:
            return
        after = [(key, patent) for key, patent in new if key > reach.up_to]
        within = self._settled([one for one in new if one[0] <= reach.up_to])
        if not reach.more and self._may(len(after)):
            self._run(_ADD, _indexed((key, patent_words(p)) for key, p in after))
            self._reach_to(max((key for key, _ in after), default=reach.up_to))
        elif after:
            reach.more = True
        if self._may(len(within)):
            self._run(_ADD, _indexed((key, patent_words(p)) for key, p in within))
        else:
            self._leave([(key, None) for key, _ in within])

    def change(
        self, old: Sequence[tuple[int, Patent]], new: Sequence[tuple[int, Patent]]
    ) -> None:
        """Take in that patents are about to get new facts."""
        now = {key: patent_words(patent) for key, patent in new}
        before = [(key, patent_words(p)) for key, p in self._indexed(old)]
        changed = [(key, words) for key, words in before if now[key] != words]
        if self._take_out(changed):
            self._run(_ADD, _indexed((key, now[key]) for key, _ in changed))

    def remove(self, old: Sequence[tuple[int, Patent]]) -> None:
        """Take in that patents are about to go."""
        self._take_out([(key, patent_words(p)) for key, p in self._indexed(old)])

    def _reach(self) -> Reach:
        if self._known is None:
            self._known = Reach(self._connection)
            if not self._known.usable:
                self._known = self._begun()
        return self._known

    def _begun(self) -> Reach:
        """Begin an index where there is nothing to catch up with."""
        # What is changed now would not be noted for an index of another form.
        self._connection.exec_driver_sql(_FORGET)
        any_patent = "SELECT 1 FROM patents LIMIT 1"
        if self._connection.exec_driver_sql(any_patent).first() is None:
            _begin(self._connection)
        return Reach(self._connection)

    def _indexed(
        self, some: Sequence[tuple[int, Patent]]
    ) -> Sequence[tuple[int, Patent]]:
        """Return those patents about which the index states something."""
        reach = self._reach()
        if not reach.usable:
            return []
        return self._settled([one for one in some if one[0] <= reach.up_to])

    def _settled(
        self, some: Sequence[tuple[int, Patent]]
    ) -> Sequence[tuple[int, Patent]]:
        """Return those patents that are not noted as left."""
        if not some or not self._reach().gaps:
            return some
        keys = json.dumps([key for key, _ in some])
        left = set(self._connection.exec_driver_sql(_LEFT, (keys,)).scalars())
        return [one for one in some if one[0] not in left]

    def _take_out(self, former: Sequence[Worded]) -> bool:
        """Take out what the index says of patents, or note that it is out of date."""
        if self._may(len(former)):
            self._run(_TAKE_OUT, _indexed(former))
            return True
        self._leave([(key, _encode(words).decode()) for key, words in former])
        return False

    def _leave(self, rows: list[tuple[int, str | None]]) -> None:
        self._run(_LEAVE, rows)
        self._reach().gaps |= bool(rows)

    def _may(self, count: int) -> bool:
        """Say whether so many may still be indexed at once, and count them."""
        if count > self._at_once:
            self._at_once = 0
            return False
        self._at_once -= count
        return True

    def _reach_to(self, key: int) -> None:
        reach = self._reach()
        if key > reach.up_to:
            reach.up_to = key
            self._connection.exec_driver_sql(_REACH, (key,))

    def _run(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        _run(self._connection, statement, rows)


def is_caught_up(connection: Connection) -> bool:
    """Say whether the index knows every patent, so that a search is fast."""
    return Reach(connection).is_whole


def catch_up(
    change: Callable[[], AbstractContextManager[Connection]],
    progress: Progress = ignore,
    *,
    rest: float = 0.0,
) -> None:
    """Index what is not indexed, in short transactions; stopped, it goes on next time.

    Args:
        change: gives a connection whose changes are kept, as ``Library.change``.
        progress: told the patents done; it may raise to stop.
        rest: seconds to leave to others who want to write, for each second of work.
    """
    done = 0
    while True:
        start = time.perf_counter()
        with change() as connection:
            count = _index_some(connection)
            to_do = _to_do(connection)
        done += count
        progress(done, done + to_do)
        if not to_do:
            return
        time.sleep(rest * (time.perf_counter() - start))


def patent_words(patent: Patent) -> Words:
    """Return where words are sought in a patent."""
    texts = (patent.title, *patent.owners, *patent.inventors, *patent.ipc)
    return texts, (patent.number, *patent.publications)


def stored_words(columns: Sequence[Any]) -> Words:
    """Return the same from ``WORDS_COLUMNS``; of what is damaged, what stands there."""
    title, owners, inventors, ipc, number, publications = columns
    texts = [title, *_listed(owners), *_listed(inventors), *_listed(ipc)]
    return texts, [number or "", *_listed(publications)]


def _listed(column: str) -> list[str]:
    try:
        return _list(column)
    except msgspec.DecodeError:
        return [column]


def _begin(connection: Connection) -> None:
    """Begin an empty index, where SQLite can keep one."""
    if has_full_text(connection):
        for statement in (PATENT_WORDS, _EMPTY, _FORGET, "DELETE FROM unindexed"):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(_BEGIN, (FORM,))


def _index_some(connection: Connection) -> int:
    """Index some of what is not indexed and return how many patents that were."""
    reach = Reach(connection)
    if not reach.usable:
        _begin(connection)
        reach = Reach(connection)
    if reach.usable and reach.gaps:
        return _index_left(connection)
    if reach.usable and reach.more:
        return _index_next(connection, reach.up_to)
    return 0


def _index_left(connection: Connection) -> int:
    left = connection.exec_driver_sql(_SOME_LEFT, (_CHUNK,)).all()
    former = [(key, _former(words)) for key, words in left if words is not None]
    _run(connection, _TAKE_OUT, _indexed(former))
    keys = json.dumps([key for key, _ in left])
    _run(connection, _ADD, _read(connection, _THESE, (keys,)))
    _run(connection, _SETTLED, [(key,) for key, _ in left])
    return len(left)


def _index_next(connection: Connection, up_to: int) -> int:
    rows = _read(connection, _NEXT, (up_to, _CHUNK))
    _run(connection, _ADD, rows)
    connection.exec_driver_sql(_REACH, (rows[-1][0],))
    return len(rows)


def _to_do(connection: Connection) -> int:
    reach = Reach(connection)
    if not reach.usable:  # nor will it ever be, with this SQLite
        return 0
    return int(connection.exec_driver_sql(_TO_DO, (reach.up_to,)).scalar() or 0)


def _read(
    connection: Connection, query: str, given: tuple[Any, ...]
) -> list[tuple[int, str]]:
    rows = connection.exec_driver_sql(query, given).all()
    return _indexed((row[0], stored_words(row[1:])) for row in rows)


def _indexed(worded: Iterable[Worded]) -> list[tuple[int, str]]:
    return [(key, pieces(words)) for key, words in worded]


def _run(
    connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]
) -> None:
    if rows:
        connection.exec_driver_sql(statement, list(rows))
