"""Patents of a case are quoted, moved and put in order, and none is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from valuer.core.patents import LegalStatus, Patent, PatentKind, Source
from valuer.core.quoting import ORDERS, facts_differ, in_order, moved, with_quoted

FIVE = tuple(Patent(f"CN{number}") for number in range(5))


def numbers(patents: tuple[Patent, ...]) -> list[int]:
    return [int(patent.number[2:]) for patent in patents]


def test_a_patent_quoted_before_keeps_its_place():
    anew = replace(FIVE[1], title="anew")
    found = with_quoted(FIVE, (Patent("CN9"), anew))
    assert numbers(found) == [0, 1, 2, 3, 4, 9]
    assert found[1].title == "anew"


def test_rows_move_together():
    assert numbers(moved(FIVE, {1, 2}, -1)) == [1, 2, 0, 3, 4]
    assert numbers(moved(FIVE, {1, 2}, 1)) == [0, 3, 1, 2, 4]
    assert numbers(moved(FIVE, {1, 3}, 1)) == [0, 2, 1, 4, 3]


def test_rows_at_the_end_stay():
    assert moved(FIVE, {0, 1}, -1) == FIVE
    assert moved(FIVE, {3, 4}, 1) == FIVE
    assert numbers(moved(FIVE, {0, 2}, -1)) == [0, 2, 1, 3, 4]


@given(st.sets(st.integers(0, 4)), st.sampled_from([-1, 1]))
def test_moving_loses_no_patent(rows, step):
    assert sorted(numbers(moved(FIVE, rows, step))) == [0, 1, 2, 3, 4]


def test_what_is_not_known_comes_last_in_order():
    known = Patent("CN1", kind=PatentKind.INVENTION, filed=date(2019, 1, 1))
    older = Patent("CN2", kind=PatentKind.DESIGN, filed=date(2018, 1, 1))
    bare = Patent("CN0")
    for key, _, _ in ORDERS:
        assert len(in_order((bare, known, older), key)) == 3
    assert in_order((bare, known, older), "filed") == (older, known, bare)
    assert in_order((bare, older, known), "kind") == (known, older, bare)
    assert in_order((bare, known, older), "expiry") == (older, known, bare)


def test_another_source_alone_is_no_newer_fact():
    quoted = Patent("CN1", source=Source("a.xls"))
    assert not facts_differ(quoted, replace(quoted, source=Source("b.xls")))
    assert facts_differ(quoted, replace(quoted, status=LegalStatus.LAPSED))
