"""``valuer backup`` and the backup of the day, as others call them."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from unittest.mock import Mock

import pytest

from valuer.cli import backups
from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.store.journal import EntryKind, note
from valuer.store.library import open_library


@pytest.fixture
def library(valuer, tmp_path):
    path = tmp_path / "专利 库.valuer"
    assert valuer("case", "new", "--library", path).code == 0
    return path


def listed(valuer, library):
    answer = valuer("backup", "list", "--library", library, "--json")
    assert answer.code == 0, answer.err
    return answer.json["backups"]


def cases(valuer, library):
    return len(valuer("case", "list", "--library", library, "--json").json["cases"])


def test_a_backup_is_made_listed_and_put_back(valuer, library):
    made = valuer("backup", "make", "--library", library, "--json").json["backup"]
    valuer("case", "new", "--library", library)
    (first,) = [one for one in listed(valuer, library) if one["file"] == made]
    assert first["kind"] == "manual"
    assert first["size"] > 0
    assert first["newest_change"] is not None
    answer = valuer(
        "backup", "restore", first["number"], "--library", library, "--json"
    )
    assert answer.code == 0, answer.err
    assert answer.json["restored"] == made
    assert cases(valuer, library) == 1
    again = valuer("backup", "restore", answer.json["replaced"], "--library", library)
    assert again.code == 0, again.err
    assert cases(valuer, library) == 2


def test_the_first_change_of_a_day_makes_a_backup(valuer, library):
    assert listed(valuer, library) == []
    for _ in range(2):
        valuer("case", "new", "--library", library)
    (daily,) = listed(valuer, library)
    assert daily["kind"] == "daily"


def test_looking_makes_none(valuer, library):
    before = {one: one.read_bytes() for one in library.parent.iterdir()}
    for words in (("case", "list"), ("case", "show", "C1"), ("patents",)):
        assert valuer(*words, "--library", library).code == 0
    assert {one: one.read_bytes() for one in library.parent.iterdir()} == before


def test_a_backup_that_fails_is_told_and_the_command_goes_on(valuer, library):
    library.with_name(f"{library.name} backups").write_text("in the way")
    answer = valuer("case", "new", "--library", library, "--json")
    assert answer.code == 0
    assert json.loads(answer.out)["case"] == "C2"
    assert "No backup of" in answer.err


def test_people_read_a_table(valuer, library):
    valuer("backup", "make", "--library", library)
    answer = valuer("backup", "list", "--library", library)
    (line,) = answer.out.decode().splitlines()
    number, _, kind, size, name = line.split("\t")
    assert (number, kind, size) == ("1", "by hand", "0.3 MB")
    assert name.startswith("0001 ")
    told = valuer("backup", "restore", "0001", "--library", library)
    assert f"{name} was restored." in told.out.decode()


def test_what_was_restored_is_not_called_refused_where_the_journal_cannot_tell(
    valuer, library, monkeypatch
):
    valuer("backup", "make", "--library", library)
    valuer("case", "new", "--library", library)
    refusal = UserError(N_("There is no library {file}."), file="x")
    monkeypatch.setattr(backups, "note", Mock(side_effect=refusal))
    answer = valuer("backup", "restore", "1", "--library", library, "--json")
    assert (answer.code, cases(valuer, library)) == (0, 1)
    assert answer.json["replaced"] is not None
    assert "journal does not tell of it: There is no library x." in answer.err


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone cannot be set")
def test_a_day_that_is_beyond_the_calendar_here_stops_nothing(
    valuer, library, monkeypatch
):
    day = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    with open_library(library) as opened, opened.change() as connection:
        note(connection, EntryKind.HOUSE, "", "王", day)
    folder = library.with_name(f"{library.name} backups")
    folder.mkdir()
    (folder / "0007 9999-12-31T235959Z daily.valuer").write_text("someone else's")
    with monkeypatch.context() as here:
        here.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        assert valuer("backup", "list", "--library", library).code == 0
        told = valuer("history", "--library", library)
        changed = valuer("case", "new", "--library", library)
    time.tzset()
    assert "9999-12-31 23:59:59" in told.out.decode()
    assert (told.code, changed.code, changed.err) == (0, 0, "")


@pytest.mark.parametrize("backup", ["7", "0", "没有.valuer", ""])
def test_a_backup_that_is_not_there_is_refused(valuer, library, backup):
    answer = valuer("backup", "restore", backup, "--library", library)
    assert answer.code == 2
    assert "There is no backup" in answer.err


@pytest.mark.parametrize("command", ["list", "make"])
def test_a_library_that_never_was_is_told(valuer, tmp_path, command):
    answer = valuer("backup", command, "--library", tmp_path / "无.valuer")
    assert answer.code == 2
    assert "There is no library" in answer.err
    assert list(tmp_path.iterdir()) == []


def test_the_backups_of_a_lost_library_are_listed_and_put_back(valuer, library):
    valuer("backup", "make", "--library", library)
    library.unlink()
    (one,) = listed(valuer, library)
    answer = valuer("backup", "restore", one["number"], "--library", library, "--json")
    assert (answer.code, answer.json["replaced"]) == (0, None)
    assert cases(valuer, library) == 1
