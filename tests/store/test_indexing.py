from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from valuer.core.patents import LegalStatus, Patent
from valuer.store.batches import list_batches, new_batch, take_back
from valuer.store.indexing import catch_up, is_caught_up, patent_words
from valuer.store.library import memory_library
from valuer.store.patents import ORDERS, count_patents, list_patents
from valuer.store.putting import put_patents
from valuer.store.words import is_held, sought_words

AT = datetime(2026, 11, 22, tzinfo=UTC)
SEARCHES = ("电池", "电", "LED灯", "n1", "甲 e")

texts = st.text(st.sampled_from("电池灯LED"), max_size=5)
facts = st.builds(
    Patent,
    number=st.sampled_from(["", "N1", "N2", "N3", "N4"]),
    publications=st.lists(st.sampled_from(["P1", "P2", "P3"]), max_size=2).map(tuple),
    title=texts,
    owners=st.lists(st.sampled_from(["甲", "乙", "电"]), max_size=2).map(tuple),
    status=st.sampled_from([LegalStatus.IN_FORCE, LegalStatus.LAPSED]),
).filter(lambda patent: patent.identity)
steps = st.one_of(
    st.lists(facts, min_size=1, max_size=6),
    st.sampled_from(["take back", "catch up", "stop catching up"]),
)
MEMORY = memory_library()


class StoppedError(Exception):
    pass


def stop(done, to_do):
    raise StoppedError


def put(connection, patents):
    batch = new_batch(connection, [], AT)
    put_patents(connection, batch, list(enumerate(patents, 2)))


def do(connection, step):
    if isinstance(step, list):
        put(connection, step)
    elif step == "take back":
        last = next((b for b in list_batches(connection) if not b.taken_back_at), None)
        if last:
            take_back(connection, last.batch, AT)
    elif step == "catch up":
        catch_up(lambda: nullcontext(connection))
        assert is_caught_up(connection)
    else:
        with pytest.raises(StoppedError):
            catch_up(lambda: nullcontext(connection), stop)


def assert_searches_are_right(connection):
    everything = list_patents(connection)
    for search in SEARCHES:
        sought = sought_words(search)
        right = tuple(p for p in everything if is_held(sought, patent_words(p)))
        assert list_patents(connection, search) == right, search
        assert count_patents(connection, search) == len(right)


@pytest.fixture(params=[0, 3, 5000])
def at_once(request, monkeypatch):
    """How many patents are indexed with their change: none, some, all."""
    monkeypatch.setattr("valuer.store.patent_rows.AT_ONCE", request.param)
    monkeypatch.setattr("valuer.store.putting.AT_ONCE", request.param)
    monkeypatch.setattr("valuer.store.indexing._CHUNK", 2)
    return request.param


def test_a_search_is_right_after_every_step(at_once):
    @settings(max_examples=12, phases=[Phase.explicit, Phase.reuse, Phase.generate])
    @given(st.lists(steps, max_size=6))
    def law(some):
        with MEMORY.rehearse() as connection:
            for step in some:
                do(connection, step)
                assert_searches_are_right(connection)

    law()


CELL = Patent(number="CN1", title="电池", owners=("甲",))
LAMP = Patent(number="CN2", title="电灯", owners=("乙",))


def test_a_small_change_is_indexed_with_it(library, put):
    put(library, CELL, LAMP)
    put(library, replace(CELL, title="电机"))
    with library.read() as connection:
        assert is_caught_up(connection)
        assert count_patents(connection, "电池") == 0
        assert count_patents(connection, "电机") == 1


@pytest.mark.parametrize("at_once", [0], indirect=True)
def test_a_large_change_is_found_before_it_is_indexed(at_once, library, put):
    put(library, CELL, LAMP)
    with library.read() as connection:
        assert not is_caught_up(connection)
        assert count_patents(connection, "电池") == 1
    told = []
    catch_up(library.change, lambda *step: told.append(step))
    assert told == [(2, 2)]
    with library.read() as connection:
        assert is_caught_up(connection)
        assert count_patents(connection, "电池") == 1


@pytest.mark.parametrize("at_once", [0], indirect=True)
def test_what_a_large_change_replaced_is_found_no_more(at_once, library, put):
    put(library, CELL, LAMP)
    catch_up(library.change)
    put(library, replace(CELL, title="电机"), replace(LAMP, title="电机"))
    put(library, replace(CELL, title="电缆"))
    for _ in range(2):
        with library.read() as connection:
            assert count_patents(connection, "电池") == 0
            assert list_patents(connection, "电缆")[0].number == "CN1"
            assert list_patents(connection, "电机")[0].number == "CN2"
        catch_up(library.change)


@pytest.mark.parametrize("at_once", [0], indirect=True)
def test_a_small_change_of_what_is_not_indexed_yet(
    at_once, library, put, monkeypatch, at
):
    put(library, CELL, LAMP)
    catch_up(library.change)
    put(library, replace(CELL, title="电机"))
    monkeypatch.setattr("valuer.store.patent_rows.AT_ONCE", 5000)
    batch, _ = put(library, replace(CELL, title="电缆"))
    with library.change() as connection:
        take_back(connection, batch, at)
    catch_up(library.change)
    with library.read() as connection:
        found = [count_patents(connection, word) for word in ("电池", "电机", "电缆")]
    assert found == [0, 1, 0]


@pytest.mark.parametrize("at_once", [3], indirect=True)
def test_taking_back_may_be_half_at_once(at_once, library, put, at):
    put(library, CELL, LAMP)
    batch, _ = put(library, replace(CELL, title="电机"), replace(LAMP, title="电机"))
    with library.change() as connection:
        take_back(connection, batch, at)
    for _ in range(2):
        with library.read() as connection:
            found = [count_patents(connection, word) for word in ("电池", "电机")]
        assert found == [1, 0]
        catch_up(library.change)


@pytest.mark.parametrize("at_once", [0], indirect=True)
def test_catching_up_stopped_goes_on_where_it_was(at_once, library, put):
    put(library, *(Patent(number=f"CN{n}", title="电池") for n in range(5)))
    with pytest.raises(StoppedError):
        catch_up(library.change, stop)
    told = []
    catch_up(library.change, lambda *step: told.append(step))
    assert told == [(2, 3), (3, 3)]


def test_nothing_to_catch_up_with_is_soon_told(library):
    told = []
    catch_up(library.change, lambda *step: told.append(step))
    assert told == [(0, 0)]


def test_an_index_of_another_form_is_made_anew(library, put, monkeypatch):
    put(library, CELL)
    monkeypatch.setattr("valuer.store.indexing.FORM", "another")
    with library.read() as connection:
        assert count_patents(connection, "电池") == 1
    put(library, replace(CELL, title="电机"), LAMP)
    monkeypatch.undo()
    with library.read() as connection:
        assert not is_caught_up(connection)
        assert count_patents(connection, "电池") == 0
        assert count_patents(connection, "电") == 2
    catch_up(library.change)
    with library.read() as connection:
        assert is_caught_up(connection)
        assert count_patents(connection, "电池") == 0
        assert count_patents(connection, "电") == 2


@pytest.fixture
def without_full_text(monkeypatch):
    """A build of SQLite that has no FTS5."""
    for module in ("indexing", "schema"):
        monkeypatch.setattr(f"valuer.store.{module}.has_full_text", lambda _: False)


@pytest.mark.usefixtures("without_full_text")
def test_without_full_text_a_search_reads_every_patent(put):
    with memory_library() as library:
        put(library, CELL, LAMP)
        catch_up(library.change)
        with library.read() as connection:
            assert not is_caught_up(connection)
            assert list_patents(connection, "电池") == (CELL,)
            assert count_patents(connection, "电") == 2
            with pytest.raises(Exception, match="patent_words"):
                connection.exec_driver_sql("SELECT * FROM patent_words")


@pytest.mark.parametrize("at_once", [0, 5000], indirect=True)
def test_hits_come_ordered_and_in_pages(at_once, library, put):
    titles = ["电池丙", "灯", "电池甲", "电池乙"]
    put(library, *(Patent(number=f"CN{n}", title=t) for n, t in enumerate(titles)))

    def found(**how):
        with library.read() as connection:
            return [one.title for one in list_patents(connection, "电池", **how)]

    by_code = ["电池丙", "电池乙", "电池甲"]
    assert found() == ["电池丙", "电池甲", "电池乙"]
    assert found(order="title") == by_code
    assert found(order="title", descending=True) == by_code[::-1]
    assert found(order="title", limit=1, offset=1) == by_code[1:2]
    assert found(limit=1, offset=1) == ["电池甲"]
    assert found(limit=2, descending=True) == ["电池乙", "电池甲"]
    for order in ORDERS:
        assert sorted(found(order=order)) == by_code


def test_a_damaged_list_of_names_is_searched_as_it_stands(library, put):
    put(library, CELL)
    with library.change() as connection:
        connection.exec_driver_sql("UPDATE patents SET owners = '[\"甲'")
        connection.exec_driver_sql("DELETE FROM indexing")
        assert count_patents(connection, "甲") == 1
    catch_up(library.change)
    with library.read() as connection:
        assert count_patents(connection, "甲") == 1
