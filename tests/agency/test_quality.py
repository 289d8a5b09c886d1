"""What a docket answers, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.agency.hand_docket import (
    ACTION,
    AS_OF,
    DOCKET,
    GRANTED,
    REFUSED,
    SILENT,
    UTILITY,
    case,
    row,
)
from valuer.agency.cohorts import cohorts, compared
from valuer.agency.columns import columns_of
from valuer.agency.metric import Grouping, Question
from valuer.agency.metrics import METRICS, metric
from valuer.agency.notices import Notice
from valuer.agency.quality import Row, answer, behind, plain_row
from valuer.agency.ranking import ranked
from valuer.core.problems import UserError


def test_grant_rate_counts_what_is_closed():
    # Closed: 1–3 granted, 4–7 lost. 8 pends, 9 can be restored, 10 never counts.
    found = row(DOCKET, "Q01")
    assert (found.numerator, found.n) == (3, 7)
    assert found.value == pytest.approx(3 / 7)
    assert (found.excluded, found.lacking) == (1, 1)
    assert found.missing == ()


def test_grant_rate_of_utility_models_leaves_the_pair_out():
    found = row(DOCKET, "Q01_utility_model")
    assert (found.numerator, found.n, found.excluded) == (1, 1, 1)


def test_a_utility_model_given_up_for_its_pair_by_plain_surrender_is_left_out_too():
    surrendered = case(
        1,
        kind=UTILITY,
        same_day=True,
        granted=date(2023, 9, 5),
        lapsed=date(2025, 3, 4),
        status="放弃专利权（主动放弃）",
    )
    found = row((surrendered, *DOCKET), "Q01_utility_model")
    assert (found.n, found.excluded) == (1, 2)
    alone = row((replace(surrendered, same_day=False), *DOCKET), "Q01_utility_model")
    assert (alone.n, alone.excluded) == (2, 1)


def test_contested_grant_rate_leaves_out_what_went_without_an_action():
    # 3 granted of 3 + refused 4 + silent after an action 5; 6 and 7 had no action.
    found = row(DOCKET, "Q02")
    assert (found.numerator, found.n) == (3, 5)


def test_first_action_allowance():
    # A first action: 1, 2, 4, 5, 8, 9 an office action; 3 the grant.
    found = row(DOCKET, "Q04")
    assert (found.numerator, found.n) == (1, 7)


def test_office_actions_per_grant():
    # 1, 2, 0: mean 1, sample deviation 1, t of 2 degrees 4.30265.
    found = row(DOCKET, "Q05")
    assert (found.n, found.numerator, found.value) == (3, 3, 1)
    assert found.high == pytest.approx(1 + 4.30265 / 3**0.5, abs=1e-4)
    assert row(DOCKET, "Q05_median").value == 1


def test_actions_made_and_mailed_count_once():
    told = tuple(Notice(name, date(2024, 1, 2)) for name in ("CTNF", "MCTNF"))
    found = row((case(1, **GRANTED, notices=told),), "Q05")
    assert found.numerator == 1


def test_deemed_withdrawn_by_cause():
    assert row(DOCKET, "Q08").numerator == 2
    assert row(DOCKET, "Q08_no_fee").numerator == 1
    assert row(DOCKET, "Q08_no_answer").numerator == 1
    assert row(DOCKET, "Q08_no_request").numerator == 0


def test_only_what_the_client_did_not_instruct_is_an_error():
    cases = (
        case(1, **SILENT, instructed=False),
        case(2, **SILENT, instructed=True),
        case(3, **SILENT),
        case(4, **GRANTED),
    )
    found = row(cases, "Q08_uninstructed")
    assert (found.numerator, found.n, found.lacking) == (1, 3, 1)


def test_a_period_takes_the_day_of_the_decision_and_both_its_days():
    first, last = date(2025, 3, 4), date(2025, 4, 8)
    found = row(DOCKET, "Q01", Question(first, last))
    assert (found.numerator, found.n) == (3, 4)
    after = row(DOCKET, "Q01", Question(date(2025, 3, 5), date(2025, 4, 7)))
    assert after.n == 0
    assert after.value is None


def test_a_case_without_the_day_lacks_it_when_a_period_is_asked():
    undated = case(1, status="专利权维持")
    assert row((undated,), "Q01").n == 1
    found = row((undated,), "Q01", Question(first=date(2020, 1, 1)))
    assert (found.n, found.lacking) == (0, 1)


def by(grouping: Grouping, key: str) -> dict[str | None, tuple[float | None, int]]:
    docket = columns_of(DOCKET, AS_OF)
    found = answer(docket, Question(by=grouping), (metric(key),))
    return {one.group: (one.numerator, one.n) for one in found if one.n}


def test_groups():
    assert by(Grouping.AGENT, "Q01") == {"甲": (2, 4), "乙": (1, 3)}
    assert by(Grouping.CLIENT, "Q01") == {"客户一": (3, 6), "客户二": (0, 1)}
    assert by(Grouping.FIELD, "Q01") == {"H": (3, 7)}
    assert by(Grouping.MONTH, "Q01") == {
        "2024-02": (0, 1),
        "2025-03": (3, 3),
        "2025-04": (0, 1),
        "2025-05": (0, 1),
        "2025-06": (0, 1),
    }


def test_filters():
    docket = columns_of(DOCKET, AS_OF)
    one = (metric("Q01"),)
    (agent,) = answer(docket, Question(agents=("乙",)), one)
    (client,) = answer(docket, Question(clients=("客户二",)), one)
    (field,) = answer(docket, Question(fields=("A",)), one)
    (kind,) = answer(docket, Question(kinds=(UTILITY,)), one)
    assert [found.n for found in (agent, client, field, kind)] == [3, 1, 0, 0]


def test_the_cases_behind_a_row():
    docket = columns_of(DOCKET, AS_OF)
    question = Question(by=Grouping.AGENT)
    every, hits = behind(docket, question, metric("Q01"), "乙")
    assert every == ("CN202300000003", "CN202300000005", "CN202300000007")
    assert hits == ("CN202300000003",)


def test_what_the_handler_did_is_the_handlers():
    moved = (case(1, **REFUSED, handler="丙", notices=(ACTION,)),)
    docket = columns_of(moved, AS_OF)
    question = Question(by=Grouping.AGENT)
    prosecuted, drafted = answer(docket, question, (metric("Q01"), metric("Q02")))
    assert (prosecuted.group, drafted.group) == ("丙", "甲")


def test_a_case_taken_over_is_not_this_agencys_drafting():
    came = (case(1, **GRANTED, taken_over=date(2024, 1, 9)), *DOCKET)
    assert row(came, "Q01").n == 8
    assert row(came, "Q02").n == 5
    assert row(came, "Q02").excluded == 2


def test_a_case_handed_over_counts_until_then():
    gone = case(1, **GRANTED, handed_over=date(2025, 1, 7))
    assert row((gone,), "Q01").n == 0
    assert row((gone,), "Q10").n == 1
    # Followed for a while, and open at the end of it.
    found = row((gone,), "Q07_filing")
    assert (found.n, found.numerator) == (1, 0)


def test_missing_fields_are_named():
    docket = columns_of((case(1, **GRANTED, notices=None),), AS_OF)
    found = {one.key: one for one in answer(docket, Question())}
    assert found["Q05"].missing == ("notices",)
    assert found["Q27"].missing == ("due_dates",)
    assert found["Q29"].missing == ("drafter",)
    assert found["Q05"].value is None
    assert found["Q01"].missing == ()


def test_a_docket_that_tells_no_status_and_no_end_answers_nothing_of_them():
    found = row((case(1), case(2)), "Q01")
    assert found.missing == ("status",)


def test_an_empty_docket_answers_every_metric_with_what_it_lacks():
    found = answer(columns_of((), AS_OF), Question())
    assert [one.key for one in found] == [one.key for one in METRICS]
    assert all(one.value is None and one.missing for one in found)


def test_without_a_status_the_days_tell():
    cases = (
        case(1, granted=date(2025, 3, 4)),
        case(2, refused=date(2025, 3, 4)),
        case(3, withdrawn=date(2025, 3, 4), restored=date(2025, 5, 6)),
        case(4),
    )
    found = row(cases, "Q01")
    assert (found.numerator, found.n) == (1, 2)


def test_nothing_is_ranked_of_which_too_little_is_known():
    def one(group: str, value: float, half: float, key: str = "Q01") -> Row:
        return Row(key, group, 100, 50, value, value - half, value + half)

    rows = (one("甲", 0.5, 0.09), one("乙", 0.9, 0.101), one("丙", 0.6, 0.0999))
    found = [(place, each.group) for place, each in ranked(rows)]
    assert found == [(1, "丙"), (2, "甲"), (None, "乙")]
    # Less is better of losses, and they are told per thousand.
    losses = (one("甲", 8, 5, "Q27"), one("乙", 4, 5, "Q27"))
    assert [each.group for _, each in ranked(losses)] == ["乙", "甲"]
    # Months are no share, concentration has no better side.
    assert ranked((one("甲", 12, 0.05, "Q07"),))[0][0] is None
    assert ranked((one("甲", 0.3, 0.05, "Q10"),))[0][0] is None


def test_a_period_that_ends_before_it_begins_is_refused():
    asked = Question(date(2025, 1, 2), date(2025, 1, 1))
    with pytest.raises(UserError, match="before it begins"):
        answer(columns_of(DOCKET, AS_OF), asked)


def test_a_benchmark_stands_with_its_source_and_year_or_not_at_all():
    found = plain_row(row(DOCKET, "Q01"))
    assert (found["benchmark"]["value"], found["benchmark"]["year"]) == (0.55, 2021)
    assert found["benchmark"]["mark"] in ("V1", "V2")
    assert found["benchmark"]["source"]
    assert plain_row(row(DOCKET, "Q05"))["benchmark"] is None


def test_two_periods_side_by_side():
    earlier = Question(last=date(2025, 3, 31))
    later = Question(first=date(2025, 4, 1))
    (found,) = compared(columns_of(DOCKET, AS_OF), earlier, later, "Q01")
    assert (found.earlier.value, found.later.value) == (0.75, 0)
    assert found.change == -0.75
    assert found.low < -0.75 < found.high


def test_cohorts_stand_by_quarter_of_filing():
    cases = (*DOCKET, case(100, **GRANTED))
    found = cohorts(columns_of(cases, AS_OF), Question())
    assert [(one.quarter, one.n) for one in found] == [("2023Q1", 9), ("2023Q2", 1)]
    # 9 pending and restorable count until the day of the docket: 3 of 9 granted.
    assert found[0].granted[2] == pytest.approx(3 / 9)
    assert found[0].lost[2] == pytest.approx(4 / 9)


def test_every_metric_has_its_words_and_a_key_of_its_own():
    assert len({one.key for one in METRICS}) == len(METRICS)
    for one in METRICS:
        assert one.name
        assert one.definition
        assert one.formula
        assert one.needs


def test_an_unknown_metric_is_refused():
    with pytest.raises(UserError, match="Q99"):
        metric("Q99")


def test_what_came_after_the_day_asked_about_is_open_still():
    granted = case(1, **GRANTED, notices=(ACTION,))  # filed 2023-01-06, granted 2025
    refused = case(2, **REFUSED, notices=(ACTION,))
    docket = columns_of((granted, refused), date(2024, 1, 31))
    keys = ("Q01", "Q02", "Q03_12", "Q07_filing")
    rows = answer(docket, Question(), tuple(metric(key) for key in keys))
    assert [(one.n, one.numerator, one.value) for one in rows] == [
        (0, 0, None),
        (0, 0, None),
        (2, 0, 0.0),
        (2, 0, None),
    ]


def test_a_grant_that_was_told_after_the_list_counts_on_its_own_day():
    later = case(1, **GRANTED, seen=date(2023, 6, 30))
    found = row((later, case(2, status="进入实审")), "Q03_12")
    assert (found.n, found.numerator, found.value) == (2, 0, 0.0)
