"""The rules of the conclusion: selection, weights, one method alone, a range."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from valuer.core.case import Case, Conclusion, OneMethodGround, Run
from valuer.core.concluding import (
    FIRST_RULES,
    RULES,
    as_percentiles,
    differences,
    methods_applied,
)
from valuer.core.problems import Severity
from valuer.core.valuing import Valuation, value_case
from valuer.methods import METHODS

RELIEF = {
    "revenue": [6000],
    "royalty_rate": 0.05,
    "tax_rate": 0,
    "discount_rate": 0,
    "first_period_end": "2027-09-30",
    "expiry_date": "2040-05-18",
    "timing": "end",
}
MARKET = {
    "comparables": [
        {
            "name": name,
            "price": price,
            "deal_date": "2026-01-31",
            "nature": "unrelated",
            "source": "公告",
        }
        for name, price in (("甲", 380), ("乙", 400), ("丙", 420))
    ],
    "factors": [{"name": "交易日期", "indices": [100, 100, 100]}],
}
INCOME = Run("rfr", "relief_from_royalty", params=RELIEF)  # 5 % of 6,000 is 300
DEALS = Run("deals", "comparable_transactions", params=MARKET)  # the mean is 400

GROUNDED = Conclusion(
    ground_kind=OneMethodGround.ONLY_ONE_FITS, ground="同类专利无公开成交。"
)
ONE = Case(valuation_date=None, runs=(INCOME,), conclusion=GROUNDED)


def valued(rules: int = RULES, **given: Any) -> Valuation:
    from datetime import date

    case = replace(ONE, valuation_date=date(2026, 9, 30), **given)
    return value_case(case, METHODS, rules=rules)


def told(found: Valuation, severity: Severity) -> list[str]:
    return [
        one.where
        for one in found.issues
        if one.severity is severity and not one.where.startswith(("rfr.", "deals."))
    ]


def warnings(**given: Any) -> list[str]:
    found = valued(**given)
    assert found.conclusion is not None
    return told(found, Severity.WARNING)


def errors(**given: Any) -> list[str]:
    found = valued(**given)
    assert found.conclusion is None
    return [one.where for one in found.errors]


def both(one: str | None = None, other: str | None = None) -> tuple[Run, ...]:
    def share(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    return (
        replace(INCOME, weight=share(one), reason="可预测收益"),
        replace(DEALS, weight=share(other), reason="有成交"),
    )


# Several methods


def test_results_lie_apart_by_the_difference_over_the_least():
    found = valued(runs=(INCOME, DEALS), conclusion=Conclusion("rfr", analysis="因为"))
    apart = found.differences
    assert apart is not None
    assert [float(end) for end in (apart.low, apart.high)] == pytest.approx([300, 400])
    # (400 − 300) / 300
    assert float(apart.spread or 0) == pytest.approx(1 / 3)
    assert methods_applied(found.runs) == (
        "relief_from_royalty",
        "comparable_transactions",
    )


def test_one_result_lies_apart_from_none():
    assert valued().differences is None


def test_no_share_is_told_of_a_least_result_of_nought():
    nothing = replace(INCOME, key="nil", params=RELIEF | {"royalty_rate": 0})
    apart = differences(valued(runs=(INCOME, nothing)).runs)
    assert apart is not None
    assert (apart.low, apart.spread) == (0, None)


def test_several_methods_want_an_analysis():
    runs = (INCOME, DEALS)
    assert warnings(runs=runs, conclusion=Conclusion("rfr")) == ["conclusion.analysis"]
    assert warnings(runs=runs, conclusion=Conclusion("rfr", analysis="因为")) == []


def test_weights_give_the_weighted_sum():
    found = valued(runs=both("0.25", "0.75"), conclusion=Conclusion(analysis="因为"))
    # 300 × 0.25 + 400 × 0.75
    assert found.conclusion is not None
    assert found.conclusion.value == 375
    assert told(found, Severity.WARNING) == []


def test_the_run_without_a_weight_is_named():
    found = valued(runs=both("1", None), conclusion=Conclusion())
    (error,) = found.errors
    assert error.where == "deals.weight"
    assert "deals" in error.say("en")


def test_weights_a_hair_off_one_are_refused():
    hair = both("0.5", "0.5000000000000000000000000001")
    assert errors(runs=hair, conclusion=Conclusion()) == ["runs"]


def test_a_blank_is_no_reason_for_a_weight():
    first, second = both("0.4", "0.6")
    blank = (first, replace(second, reason="  "))
    assert errors(runs=blank, conclusion=Conclusion()) == ["deals.reason"]


def test_a_plain_mean_is_told():
    mean = Conclusion(analysis="因为")
    assert warnings(runs=both("0.5", "0.5"), conclusion=mean) == ["runs"]
    assert warnings(runs=both("0.4", "0.6"), conclusion=mean) == []
    adopted = Conclusion("rfr", analysis="因为")
    assert warnings(runs=both("0.5", "0.5"), conclusion=adopted) == []


# One method alone


@pytest.mark.parametrize(
    ("conclusion", "where"),
    [
        (Conclusion(), ["conclusion.ground_kind", "conclusion.ground"]),
        (Conclusion(ground="因为"), ["conclusion.ground_kind"]),
        (Conclusion(ground_kind=OneMethodGround.LAW), ["conclusion.ground"]),
        (
            Conclusion(ground_kind=OneMethodGround.LAW, ground=" "),
            ["conclusion.ground"],
        ),
        (
            Conclusion(ground_kind=OneMethodGround.IN_WORDS, ground="因为"),
            ["conclusion.ground_kind"],
        ),
        (Conclusion(ground_kind=OneMethodGround.TRADE_LIMIT, ground="因为"), []),
    ],
)
def test_one_method_alone_needs_a_ground_of_the_standard(conclusion, where):
    assert warnings(conclusion=conclusion) == where


def test_two_runs_of_one_method_are_one_method():
    again = replace(INCOME, key="again")
    bare = Conclusion("rfr")
    assert warnings(runs=(INCOME, again), conclusion=bare) == [
        "conclusion.ground_kind",
        "conclusion.ground",
    ]


def test_a_house_s_own_want_of_means_is_said_to_be_no_ground():
    (issue,) = [
        one
        for one in valued(conclusion=Conclusion(ground="因为")).issues
        if one.where == "conclusion.ground_kind"
    ]
    assert "no ground" in issue.say("en")


# A range


def ranged(low: str | None, high: str | None, **given: Any) -> dict[str, Any]:
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    conclusion = replace(GROUNDED, low=ends[0], high=ends[1])
    return {"range_agreed": True, "conclusion": conclusion} | given


def test_a_range_is_stated_where_the_contract_asks_for_it():
    found = valued(**ranged("290", "310")).conclusion
    assert found is not None
    assert (found.low, found.high) == (290, 310)
    assert errors(**ranged("290", "310", range_agreed=False)) == ["range_agreed"]


def test_a_range_that_the_contract_asks_for_is_missed():
    assert warnings(**ranged(None, None)) == ["conclusion.low"]


@pytest.mark.parametrize(
    ("low", "high", "where"),
    [
        ("290", None, "conclusion.high"),
        (None, "310", "conclusion.low"),
        ("301", "310", "conclusion"),
        ("290", "299", "conclusion"),
    ],
)
def test_a_range_has_two_ends_around_the_value(low, high, where):
    assert errors(**ranged(low, high)) == [where]


UNCERTAIN = replace(
    INCOME,
    params=RELIEF | {"royalty_rate": {"dist": "uniform", "low": 0.04, "high": 0.06}},
    scenarios=2000,
)


@pytest.mark.parametrize("step", ["1", "10", "0.01", "1e-20"])
def test_percentiles_of_a_simulation_are_no_range(step):
    (only,) = valued(runs=(UNCERTAIN,)).runs
    assert only.simulation is not None
    # As given in full, or rounded to the unit of the conclusion, or to a cent.
    ends = [
        Decimal(repr(end)).quantize(Decimal(step).normalize())
        if step != "10"
        else Decimal(round(end, -1))
        for end in (only.simulation.p5, only.simulation.p95)
    ]
    unit = Decimal(10) if step == "10" else Decimal(1)
    conclusion = replace(GROUNDED, unit=unit, low=ends[0], high=ends[1])
    found = {"runs": (UNCERTAIN,), "range_agreed": True, "conclusion": conclusion}
    assert errors(**found) == ["conclusion.low"]
    assert as_percentiles(ends[0], ends[1], unit, only.simulation) == (5, 95)
    other = replace(conclusion, low=ends[0] - 20)
    assert valued(**found | {"conclusion": other}).conclusion is not None


def skewed(high: float) -> Run:
    """Relief whose royalty rate is most likely 5 % and may reach ``high``."""
    drawn = {"dist": "triangular", "low": 0.04, "mode": 0.05, "high": high}
    return replace(INCOME, params=RELIEF | {"royalty_rate": drawn}, scenarios=2000)


def test_a_value_far_from_the_expected_one_is_told():
    # The mean rate is (4 + 5 + 12) / 3 = 7 %: 5 % lies 28.6 % below it.
    found = valued(runs=(skewed(0.12),))
    (warning,) = (one for one in found.issues if one.where == "conclusion.run")
    assert warning.severity is Severity.WARNING
    assert "-28" in warning.say("en")
    # (4 + 5 + 6.3) / 3 = 5.1 %: near enough.
    assert warnings(runs=(skewed(0.063),)) == []


def test_percentiles_rounded_otherwise_than_the_value_are_no_range_either():
    (only,) = valued(runs=(UNCERTAIN,)).runs
    assert only.simulation is not None
    ends = [Decimal(round(end)) for end in (only.simulation.p5, only.simulation.p95)]
    # The value is rounded to hundreds, the range to ones: P5 to P95 all the same.
    assert as_percentiles(ends[0], ends[1], Decimal(100), only.simulation) == (5, 95)
    outwards = [ends[0] - 3, ends[1] + 3]
    assert as_percentiles(*outwards, Decimal(1), only.simulation) is None


def test_other_percentiles_are_no_range_either():
    (only,) = valued(runs=(UNCERTAIN,)).runs
    assert only.simulation is not None
    found = dict(only.simulation.percentiles)
    low, high = (Decimal(repr(found[percent])) for percent in (10, 90))
    assert as_percentiles(low, high, Decimal(1), only.simulation) == (10, 90)
    askew = Decimal(repr(found[95]))
    assert as_percentiles(low, askew, Decimal("0.001"), only.simulation) is None


def test_without_a_simulation_there_are_no_percentiles():
    calm = replace(UNCERTAIN, scenarios=0)
    assert valued(**ranged("243", "357", runs=(calm,))).conclusion is not None


# Unit, capitals, and the rules of old


def test_a_currency_without_capitals_is_noted():
    dong = replace(INCOME, params=RELIEF | {"currency": "VND"})
    found = valued(currency="VND", runs=(dong,))
    assert told(found, Severity.NOTE) == ["conclusion.unit"]
    assert told(valued(), Severity.NOTE) == []


@pytest.mark.parametrize("unit", ["NaN", "Infinity", "0"])
def test_the_unit_is_a_finite_amount(unit):
    conclusion = replace(GROUNDED, unit=Decimal(unit))
    assert errors(conclusion=conclusion) == ["conclusion.unit"]


@pytest.mark.parametrize("unit", ["0.005", "0.015", "1e-20"])
def test_the_unit_is_whole_cents_as_capitals_are(unit):
    conclusion = replace(GROUNDED, unit=Decimal(unit))
    assert errors(conclusion=conclusion) == ["conclusion.unit"]
    assert valued(FIRST_RULES, conclusion=conclusion).conclusion is not None


def test_a_unit_that_leaves_nothing_of_the_value_is_refused():
    # The value is 300: to the nearest 500 it is 500, to the nearest 1,000 nothing.
    found = valued(conclusion=replace(GROUNDED, unit=Decimal(500))).conclusion
    assert found is not None
    assert found.value == 500
    coarse = replace(GROUNDED, unit=Decimal(1000))
    assert errors(conclusion=coarse) == ["conclusion.unit"]
    nothing = replace(INCOME, params=RELIEF | {"royalty_rate": 0})
    assert valued(conclusion=coarse, runs=(nothing,)).conclusion is not None


def test_methods_of_one_approach_alone_are_told():
    given = {"valuation_date": "2026-09-30", "used_life": 1, "remaining_life": 1}
    items = [{"name": "研发", "amount": 1000}]
    cost = Run(
        "cost",
        "replacement_cost",
        params=given | {"items": items, "profit_base": "cost", "official_fees": []},
    )
    multiplied = Run(
        "multiplied",
        "multiplier_cost",
        params=given
        | {"materials": items, "living_labour": 1, "labour_multiple": 1}
        | {"research_risk": 0, "return_rate": 0},
    )
    conclusion = Conclusion(run="cost", analysis="两种方法均以成本为基础。")
    assert warnings(conclusion=conclusion, runs=(cost, multiplied)) == [
        "conclusion.analysis"
    ]
    assert warnings(conclusion=conclusion, runs=(cost, DEALS)) == []


def test_a_case_of_old_is_judged_by_the_rules_of_old():
    half = ranged(None, "310", range_agreed=False)
    found = valued(rules=FIRST_RULES, **half)
    assert found.conclusion is not None
    assert found.conclusion.high == 310
    assert found.rules == FIRST_RULES
    bare = valued(rules=FIRST_RULES, conclusion=Conclusion())
    assert told(bare, Severity.WARNING) == []
