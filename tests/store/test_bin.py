from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from valuer.core.case import Case
from valuer.core.problems import UserError
from valuer.store.bin import bin_case, list_binned, take_out
from valuer.store.cases import list_cases
from valuer.store.journal import library_trail
from valuer.store.library import open_library
from valuer.store.reports import IssuedReport, add_report, list_reports
from valuer.store.revisions import (
    load_case,
    new_case,
    save_revision,
    trail,
    verify_chain,
)
from valuer.store.steps import redo, restore_revision, undo


@pytest.fixture
def made(library, at):
    """C1 with two revisions, and C2."""
    with library.change() as connection:
        first = new_case(connection, Case(name="一"), "王", "New case", at)
        save_revision(connection, Case(name="改"), first, "王", "Change", at)
        new_case(connection, Case(name="二"), "王", "New case", at)
    return library


def report(at, number="评报字(2026)第1号", revision=2):
    return IssuedReport(
        "C1",
        revision,
        "appraisal_report",
        "zh_CN",
        number,
        date(2026, 11, 22),
        Decimal("1.00"),
        "CNY",
        "0.2.0",
        "ab" * 32,
        at,
    )


def names(library):
    with library.read() as connection:
        lines = [list_cases(connection), list_binned(connection)]
    return tuple({line.case_id for line in some} for some in lines)


def do(library, action, *words):
    with library.change() as connection:
        return action(connection, *words)


def test_a_case_in_the_bin_stands_in_the_list_of_the_bin_only(made, at):
    assert do(made, bin_case, "c1", "王", at) == "C1"
    assert names(made) == ({"C2"}, {"C1"})
    with made.read() as connection:
        (line,) = list_binned(connection)
    assert (line.name, line.revision, line.binned_at) == ("改", 2, at)


def test_what_was_saved_of_a_case_in_the_bin_stays(made, at):
    do(made, bin_case, "C1", "王", at)
    with made.read() as connection:
        assert load_case(connection, "C1")[0].name == "改"
        assert load_case(connection, "C1", 1)[0].name == "一"
        assert len(list(trail(connection, "C1"))) == 2
        assert verify_chain(connection, "C1") == ()


def test_a_case_taken_out_is_as_before(made, path, at):
    do(made, bin_case, "C1", "王", at)
    made.close()
    with open_library(path) as library:
        assert do(library, take_out, "C1", "李", at) == "C1"
        assert names(library) == ({"C1", "C2"}, set())
        with library.read() as connection:
            _, revision = load_case(connection, "C1")
        assert do(library, undo, revision, "王", at)[0].name == "一"


def test_both_ways_stand_in_the_journal(made, at):
    do(made, bin_case, "C1", "王", at)
    do(made, take_out, "C1", "李", at)
    with made.read() as connection:
        told = [(e.kind, e.subject, e.author) for e in library_trail(connection)]
    assert told == [("bin_case", "C1", "王"), ("take_out_case", "C1", "李")]


def test_a_case_in_the_bin_is_not_changed(made, at):
    do(made, bin_case, "C1", "王", at)
    with made.read() as connection:
        case, revision = load_case(connection, "C1")
    for change in (
        lambda c: save_revision(c, Case(name="三"), revision, "王", "Change", at),
        lambda c: undo(c, revision, "王", at),
        lambda c: restore_revision(c, revision, 1, "王", at),
        lambda c: add_report(c, report(at)),
    ):
        with pytest.raises(UserError, match=r"not changed\. Take it out"):
            do(made, change)
    with made.read() as connection:
        assert load_case(connection, "C1") == (case, revision)
        assert list_reports(connection) == ()


def test_nothing_is_done_again_in_the_bin(made, at):
    with made.read() as connection:
        _, revision = load_case(connection, "C1")
    _, revision = do(made, undo, revision, "王", at)
    do(made, bin_case, "C1", "王", at)
    with pytest.raises(UserError, match="in the bin"):
        do(made, redo, revision, "王", at)


@pytest.mark.parametrize("number", ["评报字(2026)第1号", ""])
def test_a_case_with_an_issued_report_stays_and_the_report_is_named(made, at, number):
    do(made, add_report, report(at, number))
    with pytest.raises(UserError, match="was issued from its revision 2") as refused:
        do(made, bin_case, "C1", "王", at)
    assert (number or "abababab") in refused.value.say("en")
    assert names(made) == ({"C1", "C2"}, set())


def test_a_report_of_an_older_revision_keeps_the_case_too(made, at):
    do(made, add_report, report(at, revision=1))
    with pytest.raises(UserError, match="revision 1"):
        do(made, bin_case, "C1", "王", at)


@pytest.mark.parametrize("typed", ["", "C9", "B1", "C0"])
@pytest.mark.parametrize("action", [bin_case, take_out])
def test_a_case_that_is_not_there_is_told(made, at, typed, action):
    with pytest.raises(UserError, match="has no case"):
        do(made, action, typed, "王", at)


def test_a_case_goes_in_and_out_once(made, at):
    with pytest.raises(UserError, match="is not in the bin"):
        do(made, take_out, "C1", "王", at)
    do(made, bin_case, "C1", "王", at)
    with pytest.raises(UserError, match="in the bin already"):
        do(made, bin_case, "C1", "王", at)
