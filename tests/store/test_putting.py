from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.patents import LegalStatus, Patent, PatentKind, Source
from valuer.core.problems import Severity
from valuer.store.batches import list_batches, new_batch, take_back
from valuer.store.library import memory_library
from valuer.store.patents import find_patent, list_patents
from valuer.store.putting import Outcome, put_patents

AT = datetime(2026, 11, 22, tzinfo=UTC)
GOOGLE = Patent(publications=("US6699658B1",), country="US", title="Screw")
LENS = Patent(
    number="US67465897",
    publications=("US6699658B1",),
    country="US",
    owners=("Illinois",),
)
CHINESE = Patent(
    number="CN201610895413X",
    publications=("CN106000000A", "CN106000000B"),
    country="CN",
    kind=PatentKind.INVENTION,
    title="一种锂离子电池正极材料",
    owners=("南京大学", "某公司；某部"),
    inventors=("张三", "李四"),
    filed=date(2016, 10, 13),
    granted=date(2018, 5, 1),
    ipc=("H01M4/36",),
    status=LegalStatus.IN_FORCE,
    status_wording="授权",
    status_on=date(2018, 5, 1),
    source=Source("清单.xls", "ab" * 32, "Sheet1", 4, date(2026, 1, 2)),
)


def everything(library):
    with library.read() as connection:
        return list_patents(connection)


def undo(library, batch, at):
    with library.change() as connection:
        return take_back(connection, batch, at)


def test_a_patent_comes_back_equal(library, put):
    _, outcome = put(library, CHINESE)
    assert outcome == Outcome(1, 0, 0)
    assert everything(library) == (CHINESE,)


def test_the_same_list_again_adds_nothing(library, put):
    put(library, CHINESE, LENS)
    _, outcome = put(library, CHINESE, LENS)
    assert outcome == Outcome(0, 0, 2)
    assert len(everything(library)) == 2


def test_the_same_list_under_another_name_changes_nothing(library, put):
    put(library, CHINESE)
    renamed = replace(CHINESE, source=Source("另一份.xls", "cd" * 32, "", 9))
    _, outcome = put(library, renamed)
    assert outcome == Outcome(0, 0, 1)
    assert everything(library) == (CHINESE,)


def test_a_repeat_within_the_list_counts_as_unchanged(library, put):
    _, outcome = put(library, CHINESE, CHINESE, replace(CHINESE, title="改"))
    assert outcome == Outcome(1, 0, 2)
    assert everything(library)[0].title == "改"


def test_newer_facts_win_and_blanks_erase_nothing(library, put):
    put(library, CHINESE)
    _, outcome = put(library, Patent(number=CHINESE.number, owners=("某公司",)))
    assert outcome == Outcome(0, 1, 0)
    (stored,) = everything(library)
    assert stored.owners == ("某公司",)
    assert stored.title == CHINESE.title


@pytest.mark.parametrize("lists", [[GOOGLE, LENS], [LENS, GOOGLE]])
def test_a_list_that_links_both_numbers_makes_one_patent(library, put, lists):
    for patent in lists:
        put(library, patent)
    (stored,) = everything(library)
    assert stored.number == "US67465897"
    assert stored.publications == ("US6699658B1",)
    assert (stored.title, stored.owners) == ("Screw", ("Illinois",))


def test_a_list_that_links_both_numbers_counts_as_one_update(library, put):
    put(library, GOOGLE)
    _, outcome = put(library, LENS)
    assert outcome == Outcome(0, 1, 0)


def test_two_stored_patents_that_are_one_are_joined_and_nothing_is_lost(library, put):
    by_publication = replace(GOOGLE, inventors=("Wozniak",))
    put(library, by_publication)
    put(library, Patent(number="US67465897", title="", ipc=("B25B23/00",)))
    _, outcome = put(library, LENS)
    assert outcome == Outcome(0, 1, 0)
    (stored,) = everything(library)
    assert stored.inventors == ("Wozniak",)
    assert stored.ipc == ("B25B23/00",)
    assert stored.owners == ("Illinois",)
    assert stored.identity == "US67465897"


def test_rows_of_one_list_are_linked_too(library, put):
    rows = (GOOGLE, Patent(number="US67465897", ipc=("B25B23/00",)), LENS)
    _, outcome = put(library, *rows)
    assert outcome == Outcome(1, 0, 2)
    assert len(everything(library)) == 1
    assert put(library, *rows)[1] == Outcome(0, 0, 3)


def test_publications_of_one_application_link_without_its_number(library, put):
    application = Patent(publications=("CN106000000A",), title="申请")
    both = Patent(publications=("CN106000000A", "CN106000000B"))
    grant = Patent(publications=("CN106000000B",), owners=("南京大学",))
    put(library, application)
    put(library, both)
    put(library, grant)
    (stored,) = everything(library)
    assert (stored.title, stored.owners) == ("申请", ("南京大学",))


def test_contradicting_application_numbers_stay_two_patents_and_are_told(library, put):
    put(library, LENS)
    other = Patent(number="US99999999", publications=("US6699658B1",))
    _, outcome = put(library, other)
    assert outcome.added == 1
    (issue,) = outcome.issues
    assert issue.severity is Severity.WARNING
    assert issue.row == 2
    for word in ("US6699658B1", "US67465897", "US99999999"):
        assert word in issue.say("en")
    assert put(library, other)[1].unchanged == 1
    assert len(everything(library)) == 2


def test_a_row_without_any_number_is_a_bug(library, put):
    with pytest.raises(ValueError, match="row 2"):
        put(library, Patent(title="?"))


def test_a_list_goes_into_a_batch_only(library):
    with library.change() as connection, pytest.raises(ValueError, match="no batch"):
        put_patents(connection, "C?", [])


def test_several_files_make_one_batch(library, at):
    with library.change() as connection:
        batch = new_batch(connection, [], at)
        one = put_patents(connection, batch, [(2, GOOGLE)])
        two = put_patents(connection, batch, [(2, LENS), (3, CHINESE)])
    assert (one, two) == (Outcome(1, 0, 0), Outcome(1, 1, 0))
    with library.read() as connection:
        (told,) = list_batches(connection)
    assert (told.added, told.updated, told.unchanged) == (2, 1, 0)
    undo(library, batch, at)
    assert everything(library) == ()


def test_cancel_leaves_nothing(library, at, put):
    class StoppedError(Exception):
        pass

    def stop_late(done, total):
        if done > total * 0.7:
            raise StoppedError

    def put_many():
        with library.change() as connection:
            batch = new_batch(connection, [], at)
            rows = [(row, Patent(number=f"CN{row}")) for row in range(20_000)]
            put_patents(connection, batch, rows, stop_late)

    put(library, CHINESE)
    with pytest.raises(StoppedError):
        put_many()
    assert everything(library) == (CHINESE,)
    with library.read() as connection:
        assert len(list_batches(connection)) == 1


def test_progress_rises_to_the_end(library, at):
    told = []
    with library.change() as connection:
        batch = new_batch(connection, [], at)
        rows = [(row, Patent(number=f"CN{row}")) for row in range(9_001)]
        put_patents(connection, batch, rows, lambda *step: told.append(step))
    assert told == sorted(told)
    assert len(told) > 5
    assert told[-1][0] == told[-1][1]


def test_an_empty_list_is_no_trouble(library, put):
    assert put(library)[1] == Outcome(0, 0, 0)


texts = st.sampled_from(["", "甲", "乙"])
day = st.sampled_from([None, date(2020, 1, 1), date(2021, 1, 1)])
numbers = st.sampled_from(["", "N1", "N2", "N3"])
names = st.sampled_from(["P1", "P2", "P3", "P4"])
facts = st.builds(
    Patent,
    number=numbers,
    publications=st.lists(names, max_size=2, unique=True).map(tuple),
    title=texts,
    owners=st.lists(st.sampled_from(["甲", "乙"]), max_size=2).map(tuple),
    filed=day,
    status=st.sampled_from(LegalStatus),
    status_on=day,
    pta_days=st.sampled_from([0, 30]),
).filter(lambda patent: patent.identity)
# Each publication belongs to one application, as in the world.
OWNER = {"P1": "N1", "P2": "N1", "P3": "N2", "P4": "N3"}


def is_true(patent):
    owners = {OWNER[name] for name in patent.publications}
    return len(owners | {patent.number} - {""}) <= 1


lists = st.lists(facts.filter(is_true), max_size=8)


MEMORY = memory_library()


def store(connection, patents):
    batch = new_batch(connection, [], AT)
    return batch, put_patents(connection, batch, list(enumerate(patents, 2)))


@settings(max_examples=40)
@given(st.lists(lists, max_size=4), lists)
def test_a_list_put_twice_changes_nothing_the_second_time(earlier, last):
    with MEMORY.rehearse() as connection:
        for patents in [*earlier, last]:
            store(connection, patents)
        before = list_patents(connection)
        _, outcome = store(connection, last)
        assert outcome == Outcome(0, 0, len(last))
        assert list_patents(connection) == before


@settings(max_examples=40)
@given(st.lists(lists, max_size=4), lists)
def test_taking_a_batch_back_restores_the_former_list_exactly(earlier, last):
    with MEMORY.rehearse() as connection:
        for patents in earlier:
            store(connection, patents)
        before = list_patents(connection)
        batch, _ = store(connection, last)
        take_back(connection, batch, AT)
        assert list_patents(connection) == before
        for number in (*OWNER, *OWNER.values()):
            assert_found_rightly(connection, number)


@settings(max_examples=40)
@given(st.lists(lists, min_size=1, max_size=4))
def test_all_batches_can_be_taken_back_from_the_last_to_the_first(given_lists):
    with MEMORY.rehearse() as connection:
        states, batches = [], []
        for patents in given_lists:
            states.append(list_patents(connection))
            batches.append(store(connection, patents)[0])
        for state, batch in zip(reversed(states), reversed(batches), strict=True):
            take_back(connection, batch, AT)
            assert list_patents(connection) == state


@settings(max_examples=40)
@given(st.lists(lists, max_size=4))
def test_every_patent_is_one_row_and_found_by_each_of_its_numbers(given_lists):
    rows = [patent for patents in given_lists for patent in patents]
    with MEMORY.rehearse() as connection:
        for patents in given_lists:
            _, outcome = store(connection, patents)
            assert outcome.added + outcome.updated + outcome.unchanged == len(patents)
            assert outcome.issues == ()
        stored = list_patents(connection)
        numbers = [patent.number for patent in stored if patent.number]
        names = [name for patent in stored for name in patent.publications]
        assert len(numbers) == len(set(numbers))
        assert len(names) == len(set(names))
        assert set(numbers) == {row.number for row in rows} - {""}
        assert set(names) == {name for row in rows for name in row.publications}
        for number in (*OWNER, *OWNER.values()):
            assert_found_rightly(connection, number)


def assert_found_rightly(connection, number):
    bearers = [
        patent
        for patent in list_patents(connection)
        if number in (patent.number, *patent.publications)
    ]
    found = find_patent(connection, number)
    assert ([found] if found else []) == bearers
