from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from valuer.core.problems import UserError
from valuer.store.journal import (
    ENTRY_TEXTS,
    EntryKind,
    library_trail,
    note,
    verify_journal,
)
from valuer.store.library import open_library


def write(library, at, *subjects):
    with library.change() as connection:
        for subject in subjects:
            note(
                connection,
                EntryKind.RESTORE_BACKUP,
                subject,
                "王",
                at,
                {"file": f"{subject}.valuer", "count": 3},
            )


def faults(library):
    with library.read() as connection:
        return [issue.say("en") for issue in verify_journal(connection)]


def spoil(library, *statements):
    with closing(sqlite3.connect(library.path, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER journal_stay")
        raw.execute("DROP TRIGGER journal_remain")
        for statement in statements:
            raw.execute(statement)


def test_entries_come_back_in_their_order_with_all_they_say(library, at):
    write(library, at, "一", "二")
    with library.read() as connection:
        first, second = library_trail(connection)
    assert (first.number, second.number) == (1, 2)
    assert (first.at, first.author, first.kind) == (at, "王", "restore_backup")
    assert (first.subject, first.undoes) == ("一", None)
    assert first.detail == {"file": "一.valuer", "count": 3}
    assert str(second.wording) == "Restore the backup 二"


def test_every_kind_has_its_words():
    assert set(ENTRY_TEXTS) == set(EntryKind)


def test_a_journal_that_nobody_touched_is_sound(library, at):
    assert faults(library) == []
    write(library, at, *"一二三四五")
    assert faults(library) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET author = '李'",
        "DELETE FROM journal",
        "REPLACE INTO journal SELECT * FROM journal",
        "INSERT INTO journal VALUES (9, '', '', '', '', '', NULL, '', '')",
    ],
)
def test_the_journal_cannot_be_changed_by_sql(library, at, statement):
    write(library, at, "一")
    with closing(sqlite3.connect(library.path, isolation_level=None)) as raw:
        raw.execute("PRAGMA recursive_triggers = ON")
        with pytest.raises(sqlite3.IntegrityError, match=r"never|follows"):
            raw.execute(statement)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM journal WHERE number = 1", "Before entry 2"),
        ("DELETE FROM journal WHERE number = 2", "Before entry 3"),
        ("DELETE FROM journal WHERE number = 3", "After entry 2"),
        ("DELETE FROM journal", "After entry 0"),
        ("UPDATE journal SET author = '李' WHERE number = 2", "Entry 2"),
        ("UPDATE journal SET previous = '' WHERE number = 3", "does not follow"),
        ("UPDATE journal SET undoes = 1 WHERE number = 3", "Entry 3"),
        ("UPDATE journal SET detail = '{}' WHERE number = 1", "Entry 1"),
    ],
)
def test_what_is_wrong_with_the_journal_is_named(library, at, statement, words):
    write(library, at, *"一二三")
    spoil(library, statement)
    assert words in faults(library)[0]


@pytest.mark.parametrize(
    "value", ["at = 'yesterday'", "kind = 'leap'", "detail = '['", "detail = '[]'"]
)
def test_a_damaged_entry_is_refused(library, at, value):
    write(library, at, "一")
    spoil(library, f"UPDATE journal SET {value}")  # noqa: S608 - ours
    with (
        library.read() as connection,
        pytest.raises(UserError, match="Entry 1 of the library's journal is damaged"),
    ):
        library_trail(connection)


COLUMNS = ("at", "author", "kind", "subject", "detail", "previous", "chain")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    column=st.sampled_from(COLUMNS),
    number=st.integers(1, 3),
    place=st.integers(0, 1000),
    bit=st.integers(0, 7),
)
def test_a_flipped_bit_of_an_entry_is_found(tmp_path, at, column, number, place, bit):
    path = tmp_path / "库"
    path.unlink(missing_ok=True)
    with open_library(path, create=True) as library:
        write(library, at, *"一二三")
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER journal_stay")
        query = f"SELECT CAST({column} AS BLOB) FROM journal WHERE number = ?"  # noqa: S608 - ours
        data = bytearray(raw.execute(query, (number,)).fetchone()[0])
        data[place % len(data)] ^= 1 << bit
        change = f"UPDATE journal SET {column} = CAST(? AS TEXT) WHERE number = ?"  # noqa: S608
        raw.execute(change, (bytes(data), number))
    with open_library(path) as library:
        assert found_fault(library)


def found_fault(library):
    """Text that is not UTF-8 any more is told by a refusal, the rest by issues."""
    try:
        return faults(library)
    except UserError as error:
        return [error]
