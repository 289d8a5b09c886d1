"""Documents in the library: kept once, as they are, until no case rests on them."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from valuer.core.canonical import canonical
from valuer.core.case import Case
from valuer.core.engagement import Evidence
from valuer.core.problems import UserError
from valuer.store.backups import make_backup
from valuer.store.bin import bin_case
from valuer.store.evidence import (
    check_evidence,
    find_document,
    list_documents,
    list_unused,
    plain_name,
    read_back,
    remove_document,
    take_up,
)
from valuer.store.journal import EntryKind, library_trail, verify_journal
from valuer.store.library import memory_library, open_library
from valuer.store.reports import IssuedReport, add_report
from valuer.store.revisions import load_case, new_case, save_revision

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def line_of(data, name="行情.png"):
    return Evidence(hashlib.sha256(data).hexdigest(), name, len(data))


def take(library, data, name, at):
    with library.change() as connection:
        return take_up(connection, name, data, at)


@pytest.fixture
def taken(library, at):
    """A case that rests on a picture, ``C1``."""
    take(library, PNG, "行情.png", at)
    with library.change() as connection:
        case = Case(name="甲", evidence=(line_of(PNG),))
        new_case(connection, case, "王", "New case", at)
    return library


def let_go(library, at):
    """Take the picture out of the case."""
    with library.change() as connection:
        case, revision = load_case(connection, "C1")
        case = replace(case, evidence=())
        save_revision(connection, case, revision, "王", "Change the case", at)


def unused(library):
    with library.read() as connection:
        return [one.name for one in list_unused(connection)]


def test_the_same_bytes_are_kept_once_under_their_own_digest(library, at):
    first = take(library, PDF, "合同.pdf", at)
    again = take(library, PDF, "合同 (2).pdf", at + timedelta(days=1))
    assert again == first
    assert first.digest == hashlib.sha256(PDF).hexdigest()
    assert (first.media_type, first.size) == ("application/pdf", len(PDF))
    with library.read() as connection:
        assert list_documents(connection) == (first,)
        assert read_back(connection, first.digest) == PDF


@settings(max_examples=20, deadline=None)
@given(data=st.binary(min_size=1, max_size=9000), name=st.text(max_size=300))
def test_any_bytes_under_any_name_come_back_as_they_were(data, name):
    library = memory_library()
    at = datetime(2026, 11, 22, tzinfo=UTC)
    made = take(library, data, name, at)
    assert canonical(Evidence(made.digest, made.name, made.size))
    with library.read() as connection:
        assert read_back(connection, made.digest) == data
        assert find_document(connection, made.digest[:8]) == made
    library.close()


@pytest.mark.parametrize(
    ("data", "told"), [(b"", "empty"), (bytes(50 * 1024**2 + 1), "50 MB")]
)
def test_nothing_and_too_much_are_refused(library, at, data, told):
    with library.change() as connection, pytest.raises(UserError, match=told):
        take_up(connection, "卷宗.zip", data, at)


def test_a_document_is_found_by_the_beginning_of_its_digest(taken):
    digest = hashlib.sha256(PNG).hexdigest()
    with taken.read() as connection:
        assert find_document(connection, digest[:8].upper()).digest == digest
        for wrong, told in (("ab", "no SHA-256"), ("0" * 64, "has no document")):
            with pytest.raises(UserError, match=told):
                find_document(connection, wrong)
        with pytest.raises(UserError, match="has no document"):
            read_back(connection, "0" * 64)


@pytest.mark.parametrize(
    ("name", "kept"), [("a\tb\u202egnp.exe", "abgnp.exe"), ("\udcff.pdf", "?.pdf")]
)
def test_a_name_has_nothing_in_it_that_deceives_or_cannot_be_stored(name, kept):
    assert plain_name(name) == kept
    assert len(plain_name("长" * 500 + ".pdf")) == 200


def test_what_a_case_rests_on_stays(taken, at):
    assert unused(taken) == []
    with taken.change() as connection, pytest.raises(UserError, match="stays"):
        remove_document(connection, hashlib.sha256(PNG).hexdigest(), "王", at)
    with taken.change() as connection:
        bin_case(connection, "C1", "王", at)
    assert unused(taken) == []


def test_what_no_case_rests_on_goes_when_asked_and_the_journal_tells(taken, at):
    let_go(taken, at)
    assert unused(taken) == ["行情.png"]
    with taken.change() as connection:
        remove_document(connection, hashlib.sha256(PNG).hexdigest(), "王", at)
    with taken.read() as connection:
        assert list_documents(connection) == ()
        assert verify_journal(connection) == ()
        entry = library_trail(connection)[-1]
    assert entry.kind is EntryKind.REMOVE_DOCUMENT
    assert entry.detail["name"] == "行情.png"


def test_what_an_issued_report_rests_on_stays_for_good(taken, at):
    report = IssuedReport(
        *("C1", 1, "appraisal_report", "zh_CN", "1", date(2026, 11, 22)),
        *(Decimal(1), "CNY", "0.2.0", "ab" * 32, at),
    )
    with taken.change() as connection:
        add_report(connection, report)
    let_go(taken, at)
    assert unused(taken) == []


@pytest.mark.parametrize(
    "statement", ["DELETE FROM documents", "UPDATE documents SET name = 'x'"]
)
def test_the_file_itself_guards_what_a_case_rests_on(taken, statement):
    with taken.change() as connection, pytest.raises(IntegrityError):
        connection.exec_driver_sql(statement)


def test_a_check_reads_every_document_and_tells_what_is_not_right(taken):
    with taken.read() as connection:
        case, _ = load_case(connection, "C1")
        assert check_evidence(connection, case) == ()
        lost = Evidence("0" * 64, "合同.pdf", 4)
        sized = replace(case.evidence[0], size=1)
        found = check_evidence(connection, replace(case, evidence=(lost, sized)))
    assert [one.where for one in found] == ["evidence[0]", "evidence[1]"]
    assert "not in the library" in found[0].say("en")


def test_a_document_changed_in_the_file_is_never_given_out(taken):
    taken.close()
    with closing(sqlite3.connect(taken.path, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER documents_stay")
        raw.execute("UPDATE documents SET bytes = ?", (PNG[:-1] + b"\1",))
    with open_library(taken.path) as library, library.read() as connection:
        case, _ = load_case(connection, "C1")
        (issue,) = check_evidence(connection, case)
        assert "not as it was taken up" in issue.say("en")
        with pytest.raises(UserError, match="damaged"):
            read_back(connection, case.evidence[0].digest)


def test_documents_go_with_a_backup_and_with_a_copy(taken, at, tmp_path):
    copies = [make_backup(taken, at), taken.save_as(tmp_path / "副本.valuer")]
    for copy in copies:
        moved = shutil.copy(copy, tmp_path / "看.valuer")
        with open_library(moved) as library, library.read() as connection:
            case, _ = load_case(connection, "C1")
            assert check_evidence(connection, case) == ()
