from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import Column, Integer, insert

from valuer.core.case import Case
from valuer.core.problems import UserError
from valuer.store.connections import engine_on
from valuer.store.library import open_library
from valuer.store.making import create_schema
from valuer.store.migrations import MIGRATIONS, Migration, run_steps, upgrade
from valuer.store.opening import stored_revision
from valuer.store.revisions import new_case, verify_chain
from valuer.store.schema import HEAD, alembic_version

SCHEMA = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"


def schema_of(connection):
    """Order and white space aside; the order of columns and constraints too."""
    rows = connection.exec_driver_sql(SCHEMA).all()
    return {
        # An added column stands on the line of the one before it.
        (kind, name): sorted(
            re.sub(r"\s+", " ", part).strip(" ,)")
            for part in re.split(r"\n|, (?=[a-z_]+ (?:TEXT|INTEGER))", sql)
            if part.strip(" ,)")
        )
        for kind, name, sql in rows
    }


def add_a_column(operations):
    operations.add_column("cases", Column("colour", Integer))


def rebuild_a_table(operations):
    with operations.batch_alter_table("cases") as batch:
        batch.add_column(Column("colour", Integer, nullable=False, server_default="3"))


def fail_half_way(operations):
    operations.create_table("half", Column("a", Integer))
    operations.execute("DELETE FROM settings")
    raise UserError("half way")


def orphan_a_case(operations):
    operations.execute("DROP TRIGGER cases_remain")
    operations.execute("DELETE FROM cases")


@pytest.fixture
def old(path, at):
    """A library that the steps below consider old."""
    with open_library(path, create=True) as library, library.change() as connection:
        new_case(connection, Case(name="旧"), "wang", "New case", at)
    return path


def steps(*runs):
    names = (f"9{number:03}" for number in range(len(runs)))
    return (*MIGRATIONS, *map(Migration, names, runs))


def test_head_is_the_last_migration():
    assert MIGRATIONS[-1].revision == HEAD


def test_a_new_library_and_a_migrated_one_have_the_same_schema():
    made, migrated = engine_on(None, 1), engine_on(None, 1)
    with made.begin() as connection:
        create_schema(connection)
        expected = schema_of(connection)
    with migrated.begin() as connection:
        alembic_version.create(connection)
        connection.execute(insert(alembic_version).values(version_num=""))
        run_steps(connection, MIGRATIONS)
        found = schema_of(connection)
    assert found == expected


def test_every_table_is_strict():
    engine = engine_on(None, 1)
    with engine.begin() as connection:
        create_schema(connection)
        rows = connection.exec_driver_sql("PRAGMA table_list").mappings().all()
    loose = {row["name"] for row in rows if not row["strict"]}
    assert loose <= {
        "alembic_version",
        "sqlite_schema",
        "sqlite_temp_schema",
        "sqlite_sequence",
        # SQLite's own full-text index makes the form of its tables.
        *(name for name in loose if name.startswith("patent_words")),
    }


def test_a_library_of_today_needs_nothing(old):
    assert upgrade(old, patience=1) is None


@pytest.mark.parametrize("step", [add_a_column, rebuild_a_table])
def test_an_upgrade_keeps_the_cases_and_a_copy_of_the_old_file(old, step):
    before = old.read_bytes()
    backup = upgrade(old, patience=1, migrations=steps(step))
    assert stored_revision(old, 1) == "9000"
    assert backup.parent.name == f"{old.name} backups"
    assert backup.name.endswith("upgrade.valuer")
    assert stored_revision(backup, 1) == HEAD
    assert backup.read_bytes()[100:] == before[100:]
    engine = engine_on(old, 1)
    with engine.begin() as connection:
        assert verify_chain(connection, "C1") == ()
        row = connection.exec_driver_sql("SELECT colour FROM cases").one()
        assert row in [(None,), (3,)]
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    engine.dispose()


def test_a_second_copy_does_not_replace_the_first(old):
    names = [upgrade(old, patience=1, migrations=steps(add_a_column)).name]
    with closing(sqlite3.connect(old, isolation_level=None)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", (HEAD,))
    names.append(upgrade(old, patience=1, migrations=steps(lambda _: None)).name)
    assert [name.split(" ")[0] for name in names] == ["0001", "0002"]


def test_a_failing_step_leaves_nothing_behind_schema_included(old):
    before = old.read_bytes()
    with pytest.raises(UserError, match="half way"):
        upgrade(old, patience=1, migrations=steps(add_a_column, fail_half_way))
    assert stored_revision(old, 1) == HEAD
    assert old.read_bytes() == before


def test_a_step_that_breaks_the_keys_is_undone(old):
    before = old.read_bytes()
    with pytest.raises(UserError, match="damaged"):
        upgrade(old, patience=1, migrations=steps(orphan_a_case))
    assert old.read_bytes() == before


def test_a_full_disk_while_copying_leaves_no_half_copy(old, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("valuer.store.backups.move_without_replacing", full)
    before = old.read_bytes()
    with pytest.raises(UserError, match="disk is full"):
        upgrade(old, patience=1, migrations=steps(add_a_column))
    assert old.read_bytes() == before
    assert [one.name for one in old.parent.iterdir()] == [old.name]
