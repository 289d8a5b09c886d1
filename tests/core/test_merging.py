"""Two lists that speak of one patent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from valuer.core.merging import merge
from valuer.core.patents import (
    FeePaid,
    LegalEvent,
    LegalStatus,
    Patent,
    PatentKind,
    Source,
)

NUMBER = "CN201811564288X"

days = st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1))
wordings = st.sampled_from(["", "授权", "公布", "专利权的终止"])
events = st.builds(LegalEvent, st.sampled_from(LegalStatus), wordings, days)
names = st.lists(st.sampled_from("甲乙丙丁"), max_size=3, unique=True).map(tuple)
numbers = st.lists(
    st.sampled_from(["CN106450012A", "CN106450012B", "CN106450013A"]),
    max_size=3,
    unique=True,
).map(tuple)
patents = st.builds(
    Patent,
    number=st.sampled_from(["", NUMBER]),
    publications=numbers,
    country=st.sampled_from(["", "CN"]),
    kind=st.none() | st.sampled_from(PatentKind),
    title=st.sampled_from(["", "一种装置", "一种方法"]),
    owners=names,
    inventors=names,
    filed=days,
    priority=days,
    granted=days,
    ipc=names,
    status=st.sampled_from(LegalStatus),
    status_wording=wordings,
    status_on=days,
    history=st.lists(events, max_size=3).map(tuple),
    pta_days=st.integers(0, 3),
    source=st.sampled_from([Source("a.xls", row=2), Source("b.csv", row=9)]),
)


@given(patents)
def test_the_same_list_again_adds_nothing(patent):
    again = replace(patent, source=Source("later.xls", row=7))
    assert merge(patent, again) is patent


@given(patents, patents)
def test_merging_twice_is_merging_once(known, newer):
    once = merge(known, newer)
    assert merge(once, newer) == once


@given(patents, patents)
def test_a_blank_erases_nothing(known, newer):
    merged = merge(known, newer)
    for field in ("title", "owners", "inventors", "filed", "granted", "ipc", "kind"):
        stated = getattr(newer, field) or getattr(known, field)
        assert getattr(merged, field) == stated


@given(patents, patents)
def test_numbers_and_history_are_united(known, newer):
    merged = merge(known, newer)
    assert set(merged.publications) == {*known.publications, *newer.publications}
    assert set(merged.history) == {*known.history, *newer.history}


def test_the_source_follows_the_list_that_added_something():
    known = Patent(number=NUMBER, source=Source("old.xls", row=2))
    newer = Patent(number=NUMBER, title="一种装置", source=Source("new.csv", row=5))
    assert merge(known, newer).source == newer.source


def test_an_older_status_does_not_replace_a_newer_one():
    granted = Patent(
        number=NUMBER,
        status=LegalStatus.IN_FORCE,
        status_wording="授权",
        status_on=date(2020, 3, 1),
    )
    published = replace(
        granted,
        status=LegalStatus.PENDING,
        status_wording="公布",
        status_on=date(2018, 6, 1),
    )
    assert merge(granted, published).status is LegalStatus.IN_FORCE
    assert merge(published, granted).status is LegalStatus.IN_FORCE


def test_a_status_without_a_day_does_not_replace_a_dated_one():
    dated = Patent(status=LegalStatus.LAPSED, status_on=date(2020, 3, 1))
    undated = Patent(status=LegalStatus.IN_FORCE, status_wording="授权")
    assert merge(dated, undated).status is LegalStatus.LAPSED
    assert merge(Patent(), undated).status is LegalStatus.IN_FORCE


def test_a_transfer_that_tells_no_standing_changes_none():
    granted = Patent(
        status=LegalStatus.IN_FORCE, status_wording="授权", status_on=date(2018, 1, 1)
    )
    transfer = LegalEvent(
        LegalStatus.UNKNOWN, "专利申请权、专利权的转移", date(2020, 1, 1)
    )
    moved = Patent(
        status=LegalStatus.UNKNOWN,
        status_wording=transfer.wording,
        status_on=transfer.on,
        history=(transfer,),
    )
    merged = merge(granted, moved)
    assert merged.status is LegalStatus.IN_FORCE
    assert merged.history == (transfer,)


def test_a_list_of_publications_and_one_of_applications_make_one_patent():
    cnipa = Patent(number=NUMBER, title="一种装置")
    google = Patent(publications=("CN109876543B",), granted=date(2020, 3, 3))
    linking = Patent(number=NUMBER, publications=("CN109876543A",))
    merged = merge(merge(cnipa, linking), google)
    assert merged.identity == NUMBER
    assert merged.publications == ("CN109876543A", "CN109876543B")
    assert merged.granted == date(2020, 3, 3)


def test_fees_of_two_lists_are_united_by_day():
    first = FeePaid(year=3, on=date(2020, 12, 1), amount=Decimal(1200))
    second = FeePaid(year=4, on=date(2021, 12, 1), amount=Decimal(1200))
    merged = merge(Patent(fees=(second,)), Patent(fees=(second, first)))
    assert merged.fees == (first, second)
