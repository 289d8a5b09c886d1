"""The credit ledger and the agency's rule packs: nothing written there is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from valuer.agency.credit_events import Event, Objection, Repair, Subject
from valuer.agency.credit_pack_files import (
    shipped_packs,
)
from valuer.agency.credit_packs import (
    SubjectKind,
)
from valuer.core.problems import UserError
from valuer.store.credit import (
    event_history,
    find_event,
    list_events,
    list_packs,
    list_removed,
    list_subjects,
    pack_in_use,
    put_event,
    put_pack,
    remove_event,
)
from valuer.store.evidence import list_unused, remove_document, take_up

AGENCY = Subject(SubjectKind.AGENCY, "32100")
AGENT = Subject(SubjectKind.AGENT, "A1")
DAY = date(2025, 4, 1)
EVENT = Event(
    "AG-ABN",
    "f1",
    DAY,
    DAY,
    DAY,
    Decimal("12.5"),
    repair=Repair(date(2025, 11, 1), date(2025, 11, 20), granted=True),
    objection=Objection(date(2025, 4, 5)),
    cases=("2024100000017",),
    document_no="国知发〔2025〕1号",
)


@pytest.fixture
def connection(library):
    with library.change() as connection:
        yield connection


def test_an_event_comes_back_as_it_was_written(connection, at):
    number = put_event(connection, AGENCY, EVENT, "wang", at)
    kept = find_event(connection, number)
    assert (kept.event, kept.subject, kept.author, kept.at) == (
        EVENT,
        AGENCY,
        "wang",
        at,
    )


def test_what_was_mended_is_kept_beside_what_it_is_now(connection, at):
    number = put_event(connection, AGENCY, EVENT, "wang", at)
    other = put_event(connection, AGENT, replace(EVENT, rule_code="PA-ABN"), "li", at)
    mended = replace(EVENT, points=Decimal(10))
    assert put_event(connection, AGENCY, mended, "li", at, number) == number
    assert [one.event for one in list_events(connection, AGENCY)] == [mended]
    assert [one.id for one in list_events(connection)] == [number, other]
    history = event_history(connection, number)
    assert [(one.author, one.event.points) for one in history] == [
        ("wang", Decimal("12.5")),
        ("li", Decimal(10)),
    ]
    assert list_subjects(connection) == (AGENCY, AGENT)


def test_an_event_taken_out_counts_no_more_and_is_still_told(connection, at):
    number = put_event(connection, AGENCY, EVENT, "wang", at)
    remove_event(connection, number, "li", at)
    assert list_events(connection) == ()
    assert [one.is_removed for one in event_history(connection, number)] == [
        False,
        True,
    ]
    for action in (
        lambda: remove_event(connection, number, "li", at),
        lambda: put_event(connection, AGENCY, EVENT, "li", at, number),
        lambda: find_event(connection, 99),
    ):
        with pytest.raises(UserError, match="no event"):
            action()
    assert put_event(connection, AGENCY, EVENT, "li", at) != number


@pytest.mark.parametrize("table", ["credit_entries", "rule_packs"])
@pytest.mark.parametrize("words", ["UPDATE {} SET author = 'x'", "DELETE FROM {}"])
def test_nothing_written_is_changed_or_deleted(connection, at, table, words):
    put_event(connection, AGENCY, EVENT, "wang", at)
    put_pack(connection, shipped_packs()[-1], "wang", "", at)
    with pytest.raises(IntegrityError, match="never"):
        connection.exec_driver_sql(words.format(table))


def test_evidence_of_an_event_stays_in_the_library(connection, at):
    notice = take_up(connection, "决定书.pdf", b"notice", at)
    loose = take_up(connection, "其他.pdf", b"loose", at)
    number = put_event(
        connection, AGENCY, replace(EVENT, evidence_files=(notice.digest,)), "wang", at
    )
    put_event(connection, AGENCY, EVENT, "wang", at, number)
    assert [one.digest for one in list_unused(connection)] == [loose.digest]
    with pytest.raises(UserError):
        remove_document(connection, notice.digest, "wang", at)
    with pytest.raises(IntegrityError):
        connection.exec_driver_sql(
            "DELETE FROM documents WHERE digest = ?", (notice.digest,)
        )


def test_versions_of_a_pack_stand_beside_each_other(connection, at):
    shipped = shipped_packs()[-1]
    first = put_pack(connection, shipped, "wang", "", at)
    base = replace(shipped.base, value=Decimal("99.5"), mark="V2")
    second = put_pack(connection, replace(first, base=base), "li", "抄自附件", at)
    assert (first.version, second.version) == (2, 3)
    kept = list_packs(connection)
    assert [one.pack for one in kept] == [first, second]
    assert [(one.author, one.note) for one in kept] == [
        ("wang", ""),
        ("li", "抄自附件"),
    ]
    assert first == replace(shipped, version=2)
    assert kept[1].pack.base.value == Decimal("99.5")


def test_a_pack_whose_parts_do_not_go_together_is_not_kept(connection, at):
    bad = replace(shipped_packs()[-1], grades=())
    with pytest.raises(UserError, match="grades"):
        put_pack(connection, bad, "wang", "", at)
    assert list_packs(connection) == ()


def test_what_was_taken_out_is_told_by_itself(connection, at):
    first = put_event(connection, AGENCY, EVENT, "wang", at)
    put_event(connection, AGENT, replace(EVENT, rule_code="PA-ABN"), "wang", at)
    remove_event(connection, first, "li", at)
    (gone,) = list_removed(connection, AGENCY)
    assert (gone.id, gone.author, gone.event) == (first, "li", EVENT)
    assert list_removed(connection, AGENT) == ()
    assert len(list_events(connection)) == 1


def test_events_are_numbered_one_after_the_other_whatever_became_of_them(
    connection, at
):
    first = put_event(connection, AGENCY, EVENT, "wang", at)
    put_event(connection, AGENCY, replace(EVENT, note="bis"), "wang", at, first)
    remove_event(connection, first, "wang", at)
    assert put_event(connection, AGENCY, EVENT, "wang", at) == first + 1


def test_the_agencys_newest_version_that_is_in_force_is_in_use(connection, at):
    (shipped,) = shipped_packs()
    assert pack_in_use(connection, DAY) == shipped
    made = put_pack(connection, shipped, "wang", "一", at)
    later = replace(shipped, effective_from=date(2027, 1, 1))
    newest = put_pack(connection, later, "wang", "二", at)
    assert pack_in_use(connection, DAY) == made
    assert pack_in_use(connection, date(2027, 1, 1)) == newest
