"""Libraries of earlier versions: upgraded, whole, and with the new ways of undoing.

One is made here by the statements of the first version's own schema, with what a year
leaves behind; the others are the museum's, as their versions wrote them.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import insert

from valuer.core.patents import Patent
from valuer.core.problems import UserError
from valuer.store.batches import bring_again, list_batches, take_back
from valuer.store.bin import bin_case
from valuer.store.cases import list_cases
from valuer.store.connections import engine_on
from valuer.store.journal import library_trail, verify_journal
from valuer.store.library import open_library
from valuer.store.library_steps import redo_step, undo_step, undoable
from valuer.store.migrations import MIGRATIONS, run_steps
from valuer.store.opening import stored_revision
from valuer.store.patents import list_patents
from valuer.store.revisions import load_case, stored_bytes, trail, verify_chain
from valuer.store.schema import APPLICATION_ID, HEAD, alembic_version
from valuer.store.steps import Steps, steps, undo

DAY = "2026-10-01T08:30:00.000000Z"
AB, SOURCE = "ab" * 32, {"file": "清单.xls", "sha256": "ab" * 32}


def facts(title):
    """What the first version kept of a patent that an import changed."""
    return json.dumps({"number": "US67465897", "source": SOURCE, "title": title})


PATENT = """INSERT INTO patents VALUES (?, ?, 1, 2, ?, '[]', 'US', NULL, ?, '[]', '[]',
'[]', NULL, NULL, NULL, 'unknown', '', NULL, '[]', '[]', 0, 0)"""


def case_rows(names, case):
    """Revisions as the first version chained them, hashed here by hand."""
    before = "0" * 64
    for number, name in enumerate(names, 1):
        body = json.dumps({"format": 1, "name": name}, ensure_ascii=False)
        digest = hashlib.sha256(body.encode()).hexdigest()
        parts = (before, f"C{case}", number, DAY, "王", "Change the case", digest)
        told = [str(part).encode() for part in parts]
        joined = b"".join(b"%d:%s" % (len(part), part) for part in told)
        chain = hashlib.sha256(joined).hexdigest()
        row = (case, number, DAY, "王", "Change the case", body, digest, before, chain)
        yield "INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row
        before = chain


def rows():
    batch = "INSERT INTO batches VALUES (?, ?, '[]', ?, ?, 0, ?)"
    yield batch, (1, DAY, 1, 0, None)
    yield batch, (2, DAY, 1, 1, None)
    yield batch, (3, DAY, 1, 0, DAY)
    yield "INSERT INTO sources VALUES (1, '清单.xls', ?, '', NULL)", (AB,)
    yield PATENT, (1, 1, "US67465897", "Bolt")
    yield PATENT, (2, 2, "CN201610895413X", "电池")
    yield "INSERT INTO batch_changes VALUES (2, 1, 1, ?)", (facts("Screw"),)
    for case in (1, 2):
        yield "INSERT INTO cases VALUES (?, ?)", (case, DAY)
    yield from case_rows(["一", "二", "三"], 1)
    yield from case_rows(["另一件"], 2)
    report = (1, 1, 2, "appraisal_report", "zh_CN", "评报字第1号", "2026-10-01")
    yield (
        "INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?, ?, NULL, 'CNY', '0.1.0', ?, ?)",
        (*report, AB, DAY),
    )


@pytest.fixture
def first(path):
    """A library of the first version, upgraded and open."""
    engine = engine_on(path, 1, mode="rwc")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        alembic_version.create(connection)
        connection.execute(insert(alembic_version).values(version_num=""))
        run_steps(connection, MIGRATIONS[:1])
        for statement, values in rows():
            connection.exec_driver_sql(statement, values)
    engine.dispose()
    assert stored_revision(path, 1) == "0001"
    with open_library(path) as library:
        assert stored_revision(path, 1) == HEAD
        yield library


def do(library, action, *words):
    with library.change() as connection:
        return action(connection, *words)


def titles(library):
    with library.read() as connection:
        return [one.title for one in list_patents(connection)]


def test_the_record_of_an_older_library_is_sound(first):
    with first.read() as connection:
        for case in ("C1", "C2"):
            assert verify_chain(connection, case) == ()
        kinds = {(one.kind, one.restores) for one in trail(connection, "C1")}
        assert kinds == {("change", None)}
        assert verify_journal(connection) == library_trail(connection) == ()
        assert [line.name for line in list_cases(connection)] == ["另一件", "三"]
        check = "PRAGMA foreign_key_check"
        assert connection.exec_driver_sql(check).first() is None


def test_the_steps_of_an_older_case_can_be_undone(first, at):
    with first.read() as connection:
        _, revision = load_case(connection, "C1")
        body, second = stored_bytes(connection, "C1", 2)
    case, undone = do(first, undo, revision, "王", at)
    assert (case.name, undone.restores, undone.digest) == ("二", 2, second.digest)
    with first.read() as connection:
        assert stored_bytes(connection, "C1", 4)[0] == body
        assert verify_chain(connection, "C1") == ()
        assert steps(connection, "C2") == Steps()


def test_a_newest_revision_cut_off_after_the_upgrade_is_missed(first):
    first.close()
    with closing(sqlite3.connect(first.path, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER revisions_remain")
        raw.execute("DELETE FROM revisions WHERE number = 3")
    with open_library(first.path) as library, library.read() as connection:
        (issue,) = verify_chain(connection, "C1")
    assert "After revision 2 of case C1" in issue.say("en")


def test_a_case_of_which_a_report_went_out_stays(first, at):
    with pytest.raises(UserError, match="评报字第1号 was issued from its revision 2"):
        do(first, bin_case, "C1", "王", at)
    do(first, bin_case, "C2", "王", at)
    with first.read() as connection:
        assert [line.case_id for line in list_cases(connection)] == ["C1"]


def test_older_imports_are_taken_back_and_brought_again(first, at):
    assert titles(first) == ["Bolt", "电池"]
    with pytest.raises(UserError, match="B2 changed the same patents"):
        do(first, take_back, "B1", at)
    do(first, take_back, "B2", at, "王")
    assert titles(first) == ["Screw"]
    do(first, undo_step, "王", at)
    assert titles(first) == ["Bolt", "电池"]
    do(first, redo_step, "王", at)
    do(first, take_back, "B1", at, "王")
    assert titles(first) == []
    do(first, bring_again, "B1", at)
    do(first, bring_again, "B2", at)
    assert titles(first) == ["Bolt", "电池"]


def test_what_was_taken_back_before_the_upgrade_is_not_brought_again(first, at):
    with pytest.raises(UserError, match="taken back by an earlier version"):
        do(first, bring_again, "B3", at)
    with first.read() as connection:
        assert undoable(connection) is None
        kinds = {one.kind for one in list_batches(connection)}
    assert kinds == {"import"}


@pytest.fixture(params=["0.1.0"])
def museum(request, root, path):
    shutil.copy(root / "tests" / "museum" / request.param / "library.valuer", path)
    with open_library(path) as library:
        yield library


def test_a_library_of_the_museum_is_whole_and_can_be_worked_with(museum, at):
    with museum.read() as connection:
        (line,) = list_cases(connection)
        before, revision = load_case(connection, line.case_id)
        assert verify_chain(connection, line.case_id) == ()
        assert verify_journal(connection) == ()
        patents = list_patents(connection)
        (batch,) = list_batches(connection)
    assert patents
    assert all(isinstance(one, Patent) for one in patents)
    do(museum, take_back, batch.batch, at, "王")
    assert titles(museum) == []
    do(museum, undo_step, "王", at)
    with museum.read() as connection:
        assert list_patents(connection) == patents
        assert load_case(connection, line.case_id) == (before, revision)
