from __future__ import annotations

import subprocess
import sys

import pytest

from valuer.core.case import Case
from valuer.core.problems import UserError
from valuer.store.library import Access, memory_library, open_library
from valuer.store.revisions import load_case, new_case


def names(folder):
    return sorted(one.name for one in folder.iterdir())


def save_case(library, at, name="一"):
    with library.change() as connection:
        return new_case(connection, Case(name=name), "wang", "New case", at).case_id


def save_and_refuse(library, at):
    with library.change() as connection:
        new_case(connection, Case(), "wang", "New case", at)
        connection.exec_driver_sql("CREATE TABLE half (a INTEGER)")
        connection.exec_driver_sql("PRAGMA user_version = 7")
        raise UserError("refused")


def case_names(library):
    with library.read() as connection:
        rows = connection.exec_driver_sql("SELECT id FROM cases ORDER BY id")
        return [f"C{key}" for (key,) in rows]


def test_what_was_saved_is_there_when_opened_again(path, at):
    with open_library(path, create=True) as library:
        case_id = save_case(library, at)
    with open_library(path) as library, library.read() as connection:
        assert load_case(connection, case_id)[0] == Case(name="一")


def test_a_closed_library_is_one_file(path, at):
    with open_library(path, create=True) as library:
        save_case(library, at)
        save_case(library, at)
    assert names(path.parent) == [path.name]


def test_a_library_opened_and_closed_without_a_change_exists(path):
    open_library(path, create=True).close()
    with open_library(path) as library:
        assert case_names(library) == []


def test_a_new_library_can_be_put_in_its_place_at_once(path, at):
    with open_library(path, create=True) as library:
        assert not path.exists()
        library.publish()
        assert path.exists()
        save_case(library, at)
        library.publish()
        assert case_names(library) == ["C1"]
    assert names(path.parent) == [path.name]


def test_opening_and_reading_change_no_byte(path, at):
    with open_library(path, create=True) as library:
        save_case(library, at)
    before = path.read_bytes()
    with open_library(path, access=Access.READ) as library:
        assert case_names(library) == ["C1"]
        assert names(path.parent) == [path.name]
    assert path.read_bytes() == before


def test_no_library_is_made_unless_asked(path):
    with pytest.raises(UserError, match="There is no library"):
        open_library(path)
    assert names(path.parent) == []


def test_an_empty_file_becomes_a_library_when_asked(path, at):
    path.touch()
    with open_library(path, create=True) as library:
        save_case(library, at)
    with open_library(path) as library:
        assert case_names(library) == ["C1"]


def test_a_refused_first_change_leaves_no_library(path, at):
    with (
        pytest.raises(UserError, match="refused"),
        open_library(path, create=True) as library,
    ):
        save_and_refuse(library, at)
    assert names(path.parent) == []


def test_a_failure_after_the_first_change_keeps_what_was_kept(path, at):
    def save_then_fail():
        with open_library(path, create=True) as library:
            save_case(library, at)
            save_and_refuse(library, at)

    with pytest.raises(UserError, match="refused"):
        save_then_fail()
    with open_library(path) as library:
        assert case_names(library) == ["C1"]


def test_a_library_put_there_meanwhile_is_not_replaced(path, tmp_path, at):
    other = tmp_path / "other" / "a.valuer"
    other.parent.mkdir()

    def make_slowly():
        with open_library(path, create=True) as slow:
            other.rename(path)
            save_case(slow, at, "slow")

    with open_library(other, create=True) as quick:
        save_case(quick, at, "quick")
    with pytest.raises(UserError, match="by another program"):
        make_slowly()
    with open_library(path) as library, library.read() as connection:
        assert load_case(connection, "C1")[0].name == "quick"
    assert names(path.parent) == ["other", path.name]


def test_a_library_is_made_by_one_program_only(path, at):
    with open_library(path, create=True) as first:
        with pytest.raises(UserError, match="is being edited by"):
            open_library(path, create=True, patience=0)
        save_case(first, at)
    assert names(path.parent) == [path.name]


def test_a_change_that_fails_leaves_everything_as_it_was(library, at):
    save_case(library, at)
    with pytest.raises(UserError, match="refused"):
        save_and_refuse(library, at)
    assert case_names(library) == ["C1"]


def test_a_rehearsal_keeps_nothing(library, path, at):
    save_case(library, at)
    with library.rehearse() as connection:
        new_case(connection, Case(), "wang", "New case", at)
    assert case_names(library) == ["C1"]


def test_a_reader_sees_one_moment_while_another_connection_writes(library, at):
    save_case(library, at)
    query = "SELECT count(*) FROM cases"
    with library.read() as reader:
        assert reader.exec_driver_sql(query).scalar() == 1
        save_case(library, at)
        assert reader.exec_driver_sql(query).scalar() == 1
    assert case_names(library) == ["C1", "C2"]


def test_a_library_in_memory_needs_no_file(at):
    library = memory_library()
    save_case(library, at)
    assert case_names(library) == ["C1"]
    library.close()


def test_schema_changes_roll_back(library, at):
    with pytest.raises(UserError, match="refused"):
        save_and_refuse(library, at)
    with library.read() as connection:
        made = "SELECT count(*) FROM sqlite_master WHERE name = 'half'"
        assert connection.exec_driver_sql(made).scalar() == 0
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == 0


def test_keys_between_tables_are_kept(library):
    with library.read() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_opening_a_library_of_today_imports_no_alembic(path, at):
    with open_library(path, create=True) as library:
        save_case(library, at)
    program = (
        "import sys, pathlib; from valuer.store.library import open_library\n"
        "open_library(pathlib.Path(sys.argv[1])).close()\n"
        "print([m for m in ('alembic', 'sqlalchemy.orm') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
