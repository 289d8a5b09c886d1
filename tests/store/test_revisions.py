from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from valuer.core.canonical import canonical
from valuer.core.case import Case, Conclusion, Forecast, ForecastPeriod, House, Run
from valuer.core.patents import FeePaid, LegalEvent, LegalStatus, Patent, PatentKind
from valuer.core.problems import UserError
from valuer.store.cases import list_cases
from valuer.store.library import memory_library, open_library
from valuer.store.revisions import (
    load_case,
    new_case,
    save_revision,
    stored_bytes,
    trail,
    verify_chain,
)

FULL = Case(
    name="南京某专利作价出资",
    house=House(name="某某资产评估有限公司"),
    valuation_date=date(2026, 9, 30),
    patents=(
        Patent(
            number="CN201610895413X",
            publications=("CN106000000A", "CN106000000B"),
            kind=PatentKind.INVENTION,
            owners=("南京大学",),
            history=(LegalEvent(LegalStatus.IN_FORCE, "授权", date(2018, 5, 1)),),
            fees=(FeePaid(3, date(2019, 1, 2), Decimal("900.00")),),
        ),
    ),
    forecast=Forecast((ForecastPeriod(date(2026, 12, 31), Decimal("1234567.89")),)),
    runs=(Run("rfr", "relief_from_royalty", params={"royalty_rate": 0.05}),),
    conclusion=Conclusion("rfr", Decimal("0.1")),
)


def make(library, at, case=FULL):
    with library.change() as connection:
        return new_case(connection, case, "王", "New case", at)


def save(library, case, based_on, at, author="王"):
    with library.change() as connection:
        return save_revision(connection, case, based_on, author, "Change", at)


def test_a_case_comes_back_equal_to_the_byte(library, at):
    made = make(library, at)
    with library.read() as connection:
        case, revision = load_case(connection, made.case_id)
        body, _ = stored_bytes(connection, made.case_id)
    assert case == FULL
    assert revision == made
    assert body == canonical(FULL)


def test_the_digest_is_the_sha256_of_the_canonical_json(library, at):
    made = make(library, at)
    assert made.digest == hashlib.sha256(canonical(FULL)).hexdigest()


def test_case_names_are_short_and_never_used_again(library, at):
    first, second = make(library, at), make(library, at)
    assert (first.case_id, second.case_id) == ("C1", "C2")
    with closing(sqlite3.connect(library.path, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER revisions_remain")
        raw.execute("DROP TRIGGER cases_remain")
        raw.execute("DELETE FROM revisions")
        raw.execute("DELETE FROM cases")
    assert make(library, at).case_id == "C3"


@pytest.mark.parametrize("typed", ["C1", "c1", " C1 ", "1"])
def test_a_case_name_may_be_typed_carelessly(library, at, typed):
    make(library, at)
    with library.read() as connection:
        assert load_case(connection, typed)[1].case_id == "C1"


@pytest.mark.parametrize(
    "typed", ["", "C", "C0", "C01", "C2", "B1", "C1;", "一", "C" + "9" * 30]
)
def test_a_case_that_is_not_there_is_told(library, at, typed):
    make(library, at)
    with library.read() as connection:
        for look in (load_case, verify_chain, stored_bytes):
            with pytest.raises(UserError, match="has no case"):
                look(connection, typed)


@pytest.mark.parametrize("number", [0, 2, -1, 1 << 63, -(1 << 64)])
def test_a_revision_that_is_not_there_is_told(library, at, number):
    make(library, at)
    with (
        library.read() as connection,
        pytest.raises(UserError, match="has no revision"),
    ):
        load_case(connection, "C1", number)


def test_every_change_is_a_revision_and_old_ones_stay_readable(library, at):
    one = make(library, at)
    two = save(library, replace(FULL, name="二"), one, at)
    three = save(library, replace(FULL, name="三"), two, at)
    with library.read() as connection:
        names = [load_case(connection, "C1", n)[0].name for n in (1, 2, 3)]
        assert list(trail(connection, "C1")) == [one, two, three]
        assert load_case(connection, "C1")[1] == three
    assert names == [FULL.name, "二", "三"]
    assert [one.number, two.number, three.number] == [1, 2, 3]


def test_an_equal_value_makes_no_revision(library, at):
    one = make(library, at)
    assert save(library, replace(FULL), one, at) == one


def test_a_change_of_what_someone_else_changed_is_refused(library, at):
    one = make(library, at)
    save(library, replace(FULL, name="二"), one, at)
    with pytest.raises(UserError, match="changed elsewhere"):
        save(library, replace(FULL, name="三"), one, at)
    with library.read() as connection:
        assert load_case(connection, "C1")[0].name == "二"


def test_two_openings_of_one_library_cannot_disagree(path, at):
    with open_library(path, create=True) as mine:
        one = make(mine, at)
    with open_library(path) as yours:
        save(yours, replace(FULL, name="二"), one, at)
    with (
        open_library(path) as mine,
        pytest.raises(UserError, match="changed elsewhere"),
    ):
        save(mine, replace(FULL, name="三"), one, at)


def test_times_are_kept_to_the_microsecond_in_any_zone(library):
    beijing = timezone(timedelta(hours=8))
    local = datetime(2026, 11, 22, 16, 30, 1, 234567, beijing)
    make(library, local)
    with library.read() as connection:
        _, revision = load_case(connection, "C1")
    assert revision.at == local
    assert revision.at.utcoffset() == timedelta(0)


def test_a_time_without_zone_is_a_bug(library):
    with pytest.raises(Exception, match="without zone"):
        make(library, datetime(2026, 11, 22))  # noqa: DTZ001 - the point of it


@pytest.mark.parametrize("name", ["revisions", "reports"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET at = at", "DELETE FROM {}", "REPLACE INTO {} SELECT * FROM {}"],
)
def test_the_record_cannot_be_changed_by_sql(library, at, name, statement):
    make(library, at)
    with library.change() as connection:
        connection.exec_driver_sql(
            "INSERT INTO reports VALUES (1, 1, 1, '', '', '', '', '', '', '', '', '')"
        )
    with closing(sqlite3.connect(library.path, isolation_level=None)) as raw:
        raw.execute("PRAGMA recursive_triggers = ON")
        with pytest.raises(sqlite3.IntegrityError, match=r"never|follows"):
            raw.execute(statement.format(name, name))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM cases",
        "UPDATE cases SET last_number = last_number - 1",
        "UPDATE cases SET last_number = last_number + 1",
        "UPDATE cases SET last_chain = ''",
        "UPDATE cases SET id = 9",
    ],
)
def test_what_a_case_bears_witness_to_cannot_be_changed_by_sql(library, at, statement):
    make(library, at)
    with (
        closing(sqlite3.connect(library.path, isolation_level=None)) as raw,
        pytest.raises(sqlite3.IntegrityError, match=r"never|counts"),
    ):
        raw.execute(statement)


def test_an_untouched_chain_is_sound(library, at):
    revision = make(library, at)
    for number in range(20):
        revision = save(library, replace(FULL, name=str(number)), revision, at)
    with library.read() as connection:
        assert verify_chain(connection, "C1") == ()


COLUMNS = (
    "at",
    "author",
    "action",
    "body",
    "digest",
    "previous",
    "chain",
    "kind",
)


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """The bytes of a library with a case of four revisions."""
    path = tmp_path_factory.mktemp("store") / "库"
    at = datetime(2026, 11, 22, tzinfo=UTC)
    with open_library(path, create=True) as library:
        revision = make(library, at)
        for number in range(3):
            revision = save(library, replace(FULL, name=str(number)), revision, at)
    return path.read_bytes()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    column=st.sampled_from(COLUMNS),
    number=st.integers(1, 4),
    place=st.integers(0, 10_000),
    bit=st.integers(0, 7),
)
def test_a_flipped_bit_of_a_stored_revision_is_found(
    original, tmp_path, column, number, place, bit
):
    path = tmp_path / "库"
    path.write_bytes(original)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER revisions_stay")
        query = f"SELECT CAST({column} AS BLOB) FROM revisions WHERE number = ?"  # noqa: S608 - ours
        data = bytearray(raw.execute(query, (number,)).fetchone()[0] or b"\0")
        data[place % len(data)] ^= 1 << bit
        change = f"UPDATE revisions SET {column} = CAST(? AS TEXT) WHERE number = ?"  # noqa: S608
        raw.execute(change, (bytes(data), number))
    with open_library(path) as library:
        assert found_fault(library)


def found_fault(library):
    """Text that is not UTF-8 any more is told by a refusal, the rest by issues."""
    try:
        with library.read() as connection:
            return verify_chain(connection, "C1")
    except UserError as error:
        return [error]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM revisions WHERE number = 1", "Before revision 2"),
        ("DELETE FROM revisions WHERE number = 2", "Before revision 3"),
        ("UPDATE revisions SET author = '李' WHERE number = 2", "record of revision 2"),
        ("UPDATE revisions SET at = '?' WHERE number = 4", "record of revision 4"),
        (
            "UPDATE revisions SET body = '{}' WHERE number = 3",
            "Revision 3 of case C1 is damaged",
        ),
        (
            "UPDATE revisions SET previous = '' WHERE number = 3",
            "Revision 3 of case C1 does not follow",
        ),
        ("DELETE FROM revisions WHERE number = 4", "After revision 3 of case C1"),
        ("DELETE FROM revisions", "After revision 0 of case C1"),
        ("DELETE FROM cases", "not the one that was saved last"),
        ("UPDATE cases SET last_chain = ''", "not the one that was saved last"),
    ],
)
def test_what_is_wrong_with_a_chain_is_named(original, tmp_path, statement, words):
    path = tmp_path / "库"
    path.write_bytes(original)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER revisions_stay")
        raw.execute("DROP TRIGGER revisions_remain")
        raw.execute("DROP TRIGGER cases_follow")
        raw.execute("DROP TRIGGER cases_remain")
        raw.execute(statement)
    with open_library(path) as library, library.read() as connection:
        issues = verify_chain(connection, "C1")
    assert words in issues[0].say("en")


def test_a_stored_case_that_is_not_what_was_saved_is_refused(original, tmp_path):
    path = tmp_path / "库"
    path.write_bytes(original)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER revisions_stay")
        raw.execute("UPDATE revisions SET body = replace(body, '0.05', '0.06')")
    with open_library(path) as library, library.read() as connection:
        with pytest.raises(UserError, match="Revision 2 of case C1 is damaged"):
            load_case(connection, "C1", 2)
        assert list_cases(connection)[0].name == "2"


def test_a_revision_whose_time_is_damaged_is_refused(original, tmp_path):
    path = tmp_path / "库"
    path.write_bytes(original)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER revisions_stay")
        raw.execute("UPDATE revisions SET at = 'yesterday' WHERE number = 4")
    with open_library(path) as library, library.read() as connection:
        with pytest.raises(UserError, match="Revision 4 of case C1 is damaged"):
            load_case(connection, "C1")
        with pytest.raises(UserError, match="yesterday cannot be read"):
            list_cases(connection)


def test_a_case_of_another_library_cannot_be_saved_here(library, at):
    made = make(library, at)
    other = memory_library()
    with pytest.raises(UserError, match="has no case C1"):
        save(other, Case(), made, at)


def test_a_chain_holds_the_chain_before_it(library, at):
    one = make(library, at)
    two = save(library, replace(FULL, name="二"), one, at)
    other = memory_library()
    with other.change() as connection:
        alone = new_case(connection, replace(FULL, name="二"), "王", "Change", at)
    assert two.digest == alone.digest
    assert two.chain != alone.chain


def test_the_list_shows_the_newest_revision_of_each_case(library, at):
    one = make(library, at)
    make(library, at + timedelta(hours=1), Case(name="另一件"))
    save(library, replace(FULL, name="改", client="甲方"), one, at + timedelta(hours=2))
    with library.read() as connection:
        lines = list_cases(connection)
    assert [
        (line.case_id, line.name, line.client, line.revision) for line in lines
    ] == [
        ("C1", "改", "甲方", 2),
        ("C2", "另一件", "", 1),
    ]


def test_a_damaged_case_does_not_hide_the_others(library, at):
    make(library, at)
    make(library, at, Case(name="另一件"))
    with closing(sqlite3.connect(library.path, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER revisions_stay")
        raw.execute(
            "UPDATE revisions SET body = CAST(x'ff7b' AS TEXT) WHERE case_id = 1"
        )
    with library.read() as connection:
        assert {line.name for line in list_cases(connection)} == {"", "另一件"}
