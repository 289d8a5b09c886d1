"""The line of the coming months: every change, why, and how else it may read."""

from __future__ import annotations

from datetime import date

from valuer.agency.credit_line import deadlines, other_readings, timeline
from valuer.agency.credit_readings import readings_of


def words(desk, as_of, *events, language="en"):
    steps = timeline(desk.pack, desk.agency, events, date.fromisoformat(as_of))
    return {step.date.isoformat(): step.say(language) for step in steps}


def test_without_events_nothing_changes(desk):
    assert desk.line("2026-01-01") == {}


def test_every_change_stands_in_the_line_with_its_reason(desk):
    late = desk.event("AG-AR-LATE", "2025-04-01", cured_on="2025-04-28")
    stop = desk.event(
        "AG-STOP", "2025-05-06", repair=desk.repair("2025-11-10", "2025-12-01")
    )
    told = words(desk, "2025-03-01", late, stop)
    assert list(told) == [
        "2025-04-01",
        "2025-04-28",
        "2025-05-06",
        "2025-11-10",
        "2025-12-01",
        "2026-04-02",
    ]
    assert "AG-AR-LATE" in told["2025-04-01"]
    assert "−20" in told["2025-04-01"]
    assert "put right in time" in told["2025-04-28"]
    assert "repair applied for" in told["2025-11-10"]
    assert "repair granted" in told["2025-12-01"]
    assert "cleared" in told["2026-04-02"]
    assert desk.line("2025-03-01", late, stop) == {
        "2025-04-01": 80,
        "2025-04-28": 90,
        "2025-05-06": 30,
        "2025-11-10": 30,
        "2025-12-01": 90,
        "2026-04-02": 100,
    }


def test_the_line_ends_after_eighteen_months(desk):
    within = desk.event("AG-VOL", "2025-07-01")
    beyond = desk.event("AG-VOL", "2025-07-02", fact="another")
    assert list(desk.line("2025-01-02", within, beyond)) == [
        "2025-07-01",
        "2025-07-02",
        "2026-07-02",
    ]
    assert "2026-07-02" not in desk.line("2025-01-01", within)


def test_a_change_on_the_day_itself_is_in_the_line(desk):
    event = desk.event("AG-VOL", "2025-04-01")
    assert desk.line("2025-04-01", event) == {"2025-04-01": 85, "2026-04-02": 100}
    assert desk.line("2025-04-02", event) == {"2026-04-02": 100}


def test_a_total_comes_back_when_unknown_points_are_cleared(desk):
    event = desk.event("AG-WARN", "2025-04-01")
    assert desk.line("2025-03-01", event) == {"2025-04-01": None, "2026-04-02": 100}
    assert "not known" in words(desk, "2025-03-01", event)["2025-04-01"]


def test_what_has_no_effect_is_told_too(desk):
    late = desk.event("AG-AR-LATE", "2025-04-01", cured_on="2025-05-02")
    early = desk.event(
        "AG-STOP", "2025-05-06", repair=desk.repair("2025-07-01", "2025-07-20")
    )
    refused = desk.event(
        "AG-VOL",
        "2025-05-07",
        repair=desk.repair("2025-12-01", "2025-12-20", granted=False),
        objection=desk.objection("2025-05-08", "2025-06-02", upheld=False),
    )
    told = words(desk, "2025-04-01", late, early, refused)
    assert "after the last day, 2025-05-01" in told["2025-05-02"]
    assert "before 2025-11-07" in told["2025-07-20"]
    assert "not granted" in told["2025-12-20"]
    assert "objection filed" in told["2025-05-08"]
    assert "objection dismissed" in told["2025-06-02"]


def test_several_changes_of_one_day_are_told_together(desk):
    events = (desk.event("AG-VOL", "2025-04-01"), desk.event("AG-STOP", "2025-04-01"))
    told = words(desk, "2025-04-01", *events)
    assert "; AG-VOL" in told["2025-04-01"]
    assert len(told) == 2


def test_what_if_is_an_event_more(desk):
    now = desk.event("AG-VOL", "2025-04-01")
    repaired = desk.event(
        "AG-VOL", "2025-04-01", repair=desk.repair("2025-10-02", "2025-10-20")
    )
    assert desk.line("2025-05-01", now) == {"2026-04-02": 100}
    assert desk.line("2025-05-01", repaired)["2025-10-20"] == 100
    more = desk.event("AG-STOP", "2025-06-01")
    assert desk.line("2025-05-01", now, more)["2025-06-01"] == 25


def test_other_readings_show_what_they_change(desk):
    events = (
        desk.event("AG-STOP", "2025-04-01", fact="A"),
        desk.event("AG-VOL", "2025-04-01", fact="A"),
        desk.event("AB-SOCIAL", "2025-04-01", 5),
    )
    on = date(2025, 6, 1)
    found = {
        (one.place, one.value): one
        for one in other_readings(desk.pack, desk.agency, events, on)
    }
    assert found["options.same_fact", "sum"].score.total == 30
    assert found["options.bonus_may_offset_deductions", False].score.total == 40
    sooner = found["window.last_day_rule", "anniversary"]
    assert sooner.score.total == 45
    assert [step.date for step in sooner.steps] == [date(2026, 4, 1)]
    # All days of these events fall together, and nothing was published.
    assert not [place for place, _ in found if place == "window.anchor"]


def test_the_reading_that_was_chosen_is_not_shown_beside_itself(desk):
    event = desk.event("AG-VOL", "2025-04-01")
    chosen = readings_of(desk.pack, [("last_day_rule", "anniversary")])
    found = other_readings(desk.pack, desk.agency, [event], date(2025, 6, 1), chosen)
    values = [one.value for one in found if one.place == "window.last_day_rule"]
    assert values == ["civil_code_201_202"]


def test_days_to_keep_in_mind(desk):
    # Listed 2025-04-01: the month ends on Labour Day; the day before is a Wednesday.
    event = desk.event("AG-AR-LATE", "2025-04-01")
    found = deadlines(desk.pack, desk.agency, [event], date(2025, 4, 10))
    assert [one.date for one in found] == [date(2025, 4, 30), date(2025, 10, 2)]
    assert "2025-05-01, a holiday" in found[0].what.say("en")
    later = deadlines(desk.pack, desk.agency, [event], date(2025, 5, 2))
    assert [one.date for one in later] == [date(2025, 10, 2)]


def test_a_day_to_keep_in_mind_names_the_rule_that_counts_by_now(desk):
    event = desk.event("AG-AR-LATE", "2025-04-01", cured_on="2025-04-20")
    (found,) = deadlines(desk.pack, desk.agency, [event], date(2025, 6, 1))
    assert "AG-AR-LATE-CURED" in found.what.say("en")


def test_the_next_repair_waits_for_the_last_one(desk):
    first = desk.event(
        "AG-STOP", "2025-04-01", repair=desk.repair("2025-10-02", "2025-10-20")
    )
    second = desk.event("AG-VOL", "2025-11-10")
    found = deadlines(desk.pack, desk.agency, [first, second], date(2025, 12, 1))
    assert [one.date for one in found] == [date(2026, 10, 21)]


def test_of_two_alike_about_one_fact_the_first_counts_in_the_line_too(desk):
    # The rule of abnormal filings is capped at 40: its 30 of fact f2 come first, so
    # 40 + 30 are 40. Were the other 30 to count, the total would be 30.
    first = desk.event("AG-ABN", "2025-04-01", fact="f2", points="30")
    much = desk.event("AG-ABN", "2025-04-02", fact="f1", points="40")
    alike = desk.event("AG-IRREG", "2025-04-03", fact="f2", points="30")
    line = desk.line("2025-04-01", first, much, alike)
    assert line["2025-04-02"] == line["2025-04-03"] == 60
