"""Laws of the credit score, over events of every kind."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from valuer.agency.credit import score
from valuer.agency.credit_events import Event, Repair, Subject
from valuer.agency.credit_line import timeline
from valuer.agency.credit_pack_files import (
    shipped_pack,
)
from valuer.agency.credit_packs import (
    SubjectKind,
)
from valuer.core.periods import same_day

PACK = shipped_pack("CN-CNIPA-2023-10")
AGENCY = Subject(SubjectKind.AGENCY, "32100")

days = st.dates(date(2024, 1, 1), date(2025, 12, 31))
points = st.integers(0, 500).map(lambda tenths: Decimal(tenths) / 10)
facts = st.sampled_from(["A", "B", "C", "D"])


@st.composite
def events(draw, codes):
    on = draw(days)
    code = draw(st.sampled_from(codes))
    more = {}
    if code == "AG-AR-LATE" and draw(st.booleans()):
        more["cured_on"] = on + timedelta(draw(st.integers(0, 60)))
    if code[:2] == "AG" and draw(st.booleans()):
        applied = on + timedelta(draw(st.integers(0, 400)))
        decided = applied + timedelta(draw(st.integers(0, 30)))
        more["repair"] = Repair(applied, decided, draw(st.booleans()))
    return Event(code, draw(facts), on, on, on, draw(points), **more)


deductions = events(["AG-AR-LATE", "AG-VOL", "AG-ABN", "AG-IRREG"])
bonuses = events(["AB-HONOUR", "AB-SOCIAL"])
ledgers = st.lists(st.one_of(deductions, bonuses), max_size=7)
readings = st.fixed_dictionaries(
    {
        "options.same_fact": st.sampled_from(["highest", "sum"]),
        "options.bonus_may_offset_deductions": st.booleans(),
    }
)


def total(ledger, on, chosen=None):
    return score(PACK, AGENCY, ledger, on, chosen).total


@given(ledgers, days, readings)
def test_a_total_is_its_parts_and_never_below_the_floor(ledger, on, chosen):
    found = score(PACK, AGENCY, ledger, on, chosen)
    parts = found.base - found.deductions + found.bonus
    assert found.total == max(parts, 0)
    assert 0 <= found.bonus <= 10
    counted = sum(line.counted for line in found.lines if not line.is_bonus)
    assert counted == found.deductions


@given(ledgers, deductions, days, readings)
def test_one_more_deduction_never_raises_the_total(ledger, more, on, chosen):
    # A repair bars the next one for a year: the one more comes without.
    more = Event(more.rule_code, more.fact_id, *[more.recorded_date] * 3, more.points)
    assert total([*ledger, more], on, chosen) <= total(ledger, on, chosen)


@given(ledgers, days, readings)
def test_a_step_has_the_score_of_its_day(ledger, on, chosen):
    """The line keeps a running total; it is the one that is made anew."""
    for step in timeline(PACK, AGENCY, ledger, on, chosen):
        found = score(PACK, AGENCY, ledger, step.date, chosen)
        assert (step.total, step.grade) == (found.total, found.grade)


@given(ledgers, st.randoms(use_true_random=False), days, readings)
def test_the_order_of_the_events_is_of_no_account(ledger, chance, on, chosen):
    shuffled = list(ledger)
    chance.shuffle(shuffled)
    one = score(PACK, AGENCY, ledger, on, chosen)
    other = score(PACK, AGENCY, shuffled, on, chosen)
    assert one == other
    line = [timeline(PACK, AGENCY, each, on, chosen) for each in (ledger, shuffled)]
    assert line[0] == line[1]


@given(ledgers, readings)
def test_eighteen_months_after_the_last_event_the_base_is_back(ledger, chosen):
    last = max((event.recorded_date for event in ledger), default=date(2025, 1, 1))
    assert total(ledger, same_day(last, 18), chosen) == 100


@given(ledgers, days, readings)
def test_the_line_agrees_with_the_score_and_misses_no_change(ledger, on, chosen):
    steps = timeline(PACK, AGENCY, ledger, on, chosen)
    told = total(ledger, on, chosen)
    for step in steps:
        before = step.date - timedelta(days=1)
        if before >= on:
            assert total(ledger, before, chosen) == told
        assert total(ledger, step.date, chosen) == step.total
        assert step.because
        told = step.total
    assert total(ledger, same_day(on, 18), chosen) == told


@given(st.lists(deductions, max_size=5), days)
def test_without_the_offset_a_bonus_never_helps_beside_a_deduction(ledger, on):
    chosen = {"options.bonus_may_offset_deductions": False}
    bonus = Event("AB-HONOUR", "honour", on, on, on, Decimal(5))
    alone, beside = total(ledger, on, chosen), total([*ledger, bonus], on, chosen)
    has_deduction = score(PACK, AGENCY, ledger, on).deductions > 0
    assert beside == (alone if has_deduction else alone + 5)
