"""Whatever is known of a patent, its standing is judged and told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from valuer.core.case import Purpose
from valuer.core.patents import FeePaid, LegalEvent, LegalStatus, Patent, PatentKind
from valuer.core.standing import standing, status_on

VALUED = date(2026, 9, 30)

days = st.none() | st.dates(date(1990, 1, 1), date(2060, 1, 1))
statuses = st.sampled_from(list(LegalStatus))
anything = st.builds(
    Patent,
    number=st.sampled_from(["CN2020100000011", ""]),
    country=st.sampled_from(["CN", "", "US"]),
    kind=st.none() | st.sampled_from(list(PatentKind)),
    filed=days | st.dates(),
    granted=days,
    status=statuses,
    status_on=days,
    history=st.lists(
        st.builds(LegalEvent, statuses, st.just("w"), days), max_size=4
    ).map(tuple),
    fees=st.lists(
        st.builds(FeePaid, st.integers(), st.dates(), st.just(Decimal(1))), max_size=3
    ).map(tuple),
    pta_days=st.integers(),
    pte_days=st.integers(),
)


@given(anything, st.dates(), st.sampled_from(list(Purpose)))
def test_whatever_is_known_is_judged_and_told(of, on, purpose):
    found = standing(of, on, purpose)
    for issue in found.issues:
        assert issue.say("en")


@given(anything, st.dates(date(2000, 1, 1), date(2050, 1, 1)))
def test_the_order_of_the_history_does_not_matter(of, on):
    dated = tuple(event for event in of.history if event.on)
    if len({event.on for event in dated}) == len(dated):
        turned = replace(of, history=of.history[::-1])
        assert status_on(turned, on) is status_on(of, on)


@given(anything, st.sampled_from(list(Purpose)))
def test_what_has_ended_or_never_was_is_never_valued_silently(of, purpose):
    found = standing(of, VALUED, purpose)
    is_sure = found.status is LegalStatus.IN_FORCE
    if not is_sure:
        assert found.issues
