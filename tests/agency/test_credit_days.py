"""Days of the credit score: windows, cures, repairs, objections (§1.5, §1.7)."""

from __future__ import annotations

import pytest

from valuer.core.problems import UserError


@pytest.mark.parametrize(
    ("recorded", "last", "cleared"),
    [
        ("2025-04-01", "2026-04-01", "2026-04-02"),
        ("2024-02-29", "2025-02-28", "2025-03-01"),
        ("2023-02-28", "2024-02-28", "2024-02-29"),
        ("2025-12-31", "2026-12-31", "2027-01-01"),
    ],
)
def test_twelve_months(desk, recorded, last, cleared):
    event = desk.event("AG-VOL", recorded)
    assert desk.score(last, event).total == 85
    assert desk.score(cleared, event).total == 100
    assert desk.line(recorded, event)[cleared] == 100


def test_six_months_to_a_month_without_the_day(desk):
    event = desk.event("AG-VOL", "2024-08-31")
    assert desk.score("2025-02-28", event, window_months=6).total == 85
    assert desk.score("2025-03-01", event, months=6).total == 100


@pytest.mark.parametrize(
    ("anchor", "cleared"),
    [
        ("deduction_recorded_on", "2026-05-11"),
        ("decision_on", "2026-04-02"),
        ("fact_on", "2026-01-16"),
        ("published_on", "2026-06-21"),
    ],
)
def test_the_day_from_which_the_window_is_counted(desk, anchor, cleared):
    event = desk.event(
        "AG-VOL",
        "2025-05-10",
        fact_date="2025-01-15",
        decision_date="2025-04-01",
        published_on="2025-06-20",
    )
    line = desk.line("2025-05-01", event, anchor=anchor)
    assert line == {"2025-05-10": 85, cleared: 100}


def test_a_reading_that_counts_from_a_day_that_is_not_there(desk):
    event = desk.event("AG-VOL", "2025-05-10")
    with pytest.raises(UserError, match="published_on"):
        desk.score("2025-06-01", event, anchor="published_on")


def test_an_old_fact_recorded_late_never_counts_from_its_own_day(desk):
    event = desk.event("AG-VOL", "2025-05-10", fact_date="2024-01-15")
    assert desk.score("2025-05-10", event).total == 85
    assert desk.score("2025-05-10", event, anchor="fact_on").total == 100
    assert desk.line("2025-05-01", event, anchor="fact_on") == {}


def test_a_last_day_that_is_a_holiday_moves_where_so_read(desk):
    # 2026-05-01 and 02 are Labour Day, a Friday and a Saturday; 3 May is a Sunday.
    event = desk.event("AG-VOL", "2025-05-01")
    assert desk.line("2025-06-01", event) == {"2026-05-02": 100}
    assert desk.line("2025-06-01", event, roll_holiday=True) == {"2026-05-05": 100}


def test_a_bonus_is_cleared_too(desk):
    event = desk.event("AB-HONOUR", "2025-05-01", 5)
    assert desk.score("2026-05-01", event).total == 105
    assert desk.score("2026-05-02", event).total == 100


def test_the_month_of_the_cure_runs_from_the_decision(desk):
    event = desk.event(
        "AG-AR-LATE", "2025-04-10", decision_date="2025-04-01", cured_on="2025-05-02"
    )
    assert desk.score("2025-06-01", event).total == 80


def test_a_cure_before_the_record_counts_from_the_record(desk):
    event = desk.event(
        "AG-AR-LATE", "2025-04-20", decision_date="2025-04-01", cured_on="2025-04-15"
    )
    assert desk.line("2025-04-01", event) == {"2025-04-20": 90, "2026-04-21": 100}


def test_the_cure_on_a_month_without_the_day(desk):
    # Listed on 31 January: the month ends on 28 February.
    for on, total in (("2025-02-28", 90), ("2025-03-01", 80)):
        event = desk.event("AG-AR-LATE", "2025-01-31", cured_on=on)
        assert desk.score("2025-04-01", event).total == total


def test_a_repair_removes_the_deduction_from_its_decision(desk):
    event = desk.event(
        "AG-STOP", "2025-04-01", repair=desk.repair("2025-10-02", "2025-10-20")
    )
    assert desk.score("2025-10-19", event).total == 40
    found = desk.score("2025-10-20", event)
    assert (found.total, found.grade) == (100, "A")
    assert "options.repair_wait_months" in found.unknown_rules


@pytest.mark.parametrize(
    ("applied", "total"),
    [("2025-07-01", 40), ("2025-10-01", 40), ("2025-10-02", 100)],
)
def test_a_repair_applied_for_too_early_has_no_effect(desk, applied, total):
    event = desk.event(
        "AG-STOP", "2025-04-01", repair=desk.repair(applied, "2025-10-20")
    )
    assert desk.score("2025-11-01", event).total == total


def test_a_repair_that_need_not_wait_is_applied_for_on_the_day_itself(desk):
    first = desk.event(
        "AG-STOP", "2025-04-01", repair=desk.repair("2025-04-01", "2025-04-20")
    )
    second = desk.event(
        "AG-VOL", "2025-04-20", repair=desk.repair("2025-04-20", "2025-05-10")
    )
    rules = {"repair_wait_months": 0, "repair_min_gap_months": 0}
    assert desk.score("2025-04-20", first, **rules).total == 100
    assert desk.score("2025-05-10", first, second, **rules).total == 100
    assert desk.score("2025-05-10", first, second).total == 25


def test_a_repair_that_was_not_granted_has_no_effect(desk):
    repair = desk.repair("2025-10-02", "2025-10-20", granted=False)
    event = desk.event("AG-STOP", "2025-04-01", repair=repair)
    assert desk.score("2025-11-01", event).total == 40


@pytest.mark.parametrize(
    ("applied", "total"), [("2026-05-15", 85), ("2026-10-20", 85), ("2026-10-21", 100)]
)
def test_a_repair_too_soon_after_the_last_one(desk, applied, total):
    # The first was decided on 2025-10-20: twelve months have passed on 2026-10-21.
    first = desk.event(
        "AG-STOP", "2025-04-01", repair=desk.repair("2025-10-02", "2025-10-20")
    )
    second = desk.event(
        "AG-VOL", "2025-11-10", repair=desk.repair(applied, "2026-10-25")
    )
    found = desk.score("2026-11-01", first, second)
    assert found.total == total
    assert "options.repair_min_gap_months" in found.unknown_rules


def test_two_deductions_may_be_repaired_by_one_application(desk):
    for decided in ("2025-11-15", "2025-12-01"):
        repair = desk.repair("2025-11-15", decided)
        events = (
            desk.event("AG-STOP", "2025-04-01", repair=repair),
            desk.event("AG-VOL", "2025-05-01", repair=repair),
        )
        assert desk.score("2025-12-01", *events).total == 100


def test_an_objection_upheld_removes_the_entry_from_its_decision(desk):
    objection = desk.objection("2025-04-10", "2025-05-01")
    event = desk.event("AG-STOP", "2025-04-01", objection=objection)
    assert desk.score("2025-04-30", event).total == 40
    assert desk.score("2025-05-01", event).total == 100
    dismissed = desk.objection("2025-04-10", "2025-05-01", upheld=False)
    event = desk.event("AG-STOP", "2025-04-01", objection=dismissed)
    assert desk.score("2025-05-01", event).total == 40


def test_when_the_entry_of_a_cure_falls_the_first_one_counts_again(desk):
    late = desk.event("AG-AR-LATE", "2025-04-01", fact="A")
    cure = desk.event(
        "AG-AR-LATE-CURED",
        "2025-05-06",
        fact="A",
        objection=desk.objection("2025-05-10", "2025-06-01"),
    )
    line = desk.line("2025-04-01", late, cure)
    assert line["2025-05-06"] == 90
    assert line["2025-06-01"] == 80


def test_a_window_to_the_last_day_is_not_too_long(desk):
    event = desk.event("AG-VOL", "2999-12-31")
    assert desk.score("2999-12-31", event).total == 85
