"""Comparable transactions: cases by hand, a second reckoning, laws, and refusals."""

from __future__ import annotations

import math
from statistics import median
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse, read_params
from valuer.core.method import Result
from valuer.core.problems import Severity, UserError
from valuer.core.sensitivity import one_way
from valuer.core.simulation import simulate
from valuer.methods import METHODS

METHOD = METHODS.find("comparable_transactions")
LEVEL: list[Any] = [100, 100, 100]


def deal(name: str, price: Any, **given: Any) -> dict[str, Any]:
    plain = {"deal_date": "2025-06-30", "nature": "unrelated", "source": "公告"}
    return plain | {"name": name, "price": price} | given


def factor(*indices: Any, name: str = "技术", **given: Any) -> dict[str, Any]:
    return {"name": name, "indices": list(indices)} | given


THREE: dict[str, Any] = {
    "comparables": [deal("甲", 1000), deal("乙", 1200), deal("丙", 900)],
    "factors": [factor(100, 100, 100)],
    "valuation_date": "2026-09-30",
}


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, THREE | given)
    return METHOD.run(params)


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def warned(**given: Any) -> list[str]:
    issues = run(**given).issues
    assert all(one.severity is Severity.WARNING for one in issues)
    assert all(one.say("en") for one in issues)
    return [one.where for one in issues]


@st.composite
def compared(draw: st.DrawFn) -> dict[str, Any]:
    """Any parameters that the method takes."""
    cases, factors = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    parts = draw(
        st.none() | st.lists(st.integers(1, 9), min_size=cases, max_size=cases)
    )
    index = st.floats(1, 500)
    return {
        "comparables": [
            deal(f"案例{n}", draw(st.floats(0.01, 1e9)))
            | ({} if parts is None else {"weight": parts[n] / sum(parts)})
            for n in range(cases)
        ],
        "factors": [
            factor(
                *draw(st.lists(index, min_size=cases, max_size=cases)),
                name=f"因素{n}",
                subject=draw(index),
            )
            for n in range(factors)
        ],
        "valuation_date": "2026-09-30",
    }


def again(given: dict[str, Any]) -> float:
    """The value reckoned case by case, in plain Python."""
    cases = given["comparables"]
    values = []
    for place, case in enumerate(cases):
        ratios = [
            one.get("subject", 100) / one["indices"][place] for one in given["factors"]
        ]
        values.append(case["price"] * math.prod(ratios))
    shares = [case.get("weight", 1 / len(cases)) for case in cases]
    return math.fsum(v * share for v, share in zip(values, shares, strict=True))


# By hand


def test_three_cases_by_hand():
    # 1,000 × 100/95 × 100/105 = 1,002.5063, 1,200 × 100/90 = 1,333.3333 and
    # 900 × 100/102 = 882.3529; their mean is 1,072.7308.
    found = run(factors=[factor(95, 100, 102, name="交易日期"), factor(105, 90, 100)])
    assert found.value == pytest.approx(1072.7308, abs=5e-5)


def test_weights_by_hand():
    # 1,000 × 0.5 + 1,200 × 0.3 + 900 × 0.2
    shares = (0.5, 0.3, 0.2)
    cases = [
        case | {"weight": w}
        for case, w in zip(THREE["comparables"], shares, strict=True)
    ]
    assert run(comparables=cases).value == pytest.approx(1040, rel=1e-15)


def test_a_mean_of_round_prices_is_as_round_as_by_hand():
    cases = [deal("甲", 1_000_000), deal("乙", 1_010_000), deal("丙", 1_005_000)]
    assert run(comparables=cases).value == 1_005_000


def test_another_base_than_a_hundred_does_as_well():
    by_hundred = run(factors=[factor(95, 105, 110)])
    by_ten = run(factors=[factor(9.5, 10.5, 11, subject=10)])
    assert by_ten.value == pytest.approx(by_hundred.value, rel=1e-15)


def test_what_is_told_besides_the_value():
    found = run(factors=[factor(95, 100, 102), factor(105, 90, 100, name="日期")])
    assert found.heads("comparables") == ("甲", "乙", "丙")
    first = found.outputs["cases"][0]
    # 100/95 × 100/105 − 1, and 5/95 + 5/105.
    assert first["net"] == pytest.approx(0.0025063, abs=1e-7)
    assert first["gross"] == pytest.approx(5 / 95 + 5 / 105)
    spread = found.outputs["adjusted"]
    assert [spread[name] for name in ("low", "median", "high")] == pytest.approx(
        [882.3529, 1002.5063, 1333.3333], abs=5e-5
    )


def test_the_working_has_a_step_for_each_factor_along_the_cases():
    found = run(factors=[factor(95, 100, 102, name="交易日期"), factor(100, 90, 100)])
    steps = {step.symbol: step for step in found.working}
    assert steps["k1"].axis == steps["A"].axis == "comparables"
    assert str(steps["k1"].label) == "交易日期: adjustment factor"
    assert steps["K"].formula == "k1 × k2"
    assert found.working[-1].values == (found.value,)


# A second reckoning, and laws


@given(compared())
def test_the_value_is_that_of_a_second_reckoning(params):
    assert run(**params).value == pytest.approx(again(params), rel=1e-12)


@given(compared(), st.floats(0.001, 1000))
def test_value_is_proportional_to_the_prices(params, by):
    scaled = [case | {"price": case["price"] * by} for case in params["comparables"]]
    assert run(**params | {"comparables": scaled}).value == pytest.approx(
        by * run(**params).value, rel=1e-12
    )


@given(compared(), st.floats(0.01, 100), st.data())
def test_value_rises_with_each_index_of_the_subject(params, more, data):
    place = data.draw(st.integers(0, len(params["factors"]) - 1))
    better = [dict(one) for one in params["factors"]]
    better[place]["subject"] += more
    assert run(**params | {"factors": better}).value > run(**params).value


@given(compared(), st.data())
def test_the_order_of_the_cases_changes_nothing(params, data):
    order = data.draw(st.permutations(range(len(params["comparables"]))))
    turned = params | {
        "comparables": [params["comparables"][n] for n in order],
        "factors": [
            one | {"indices": [one["indices"][n] for n in order]}
            for one in params["factors"]
        ],
    }
    assert run(**turned).value == pytest.approx(run(**params).value, rel=1e-12)


@given(compared())
def test_without_differences_the_value_is_the_mean_of_the_prices(params):
    cases = params["comparables"]
    same = [factor(*([88] * len(cases)), subject=88)]
    prices = [case["price"] for case in cases]
    shares = [case.get("weight", 1 / len(cases)) for case in cases]
    mean = math.fsum(p * w for p, w in zip(prices, shares, strict=True))
    assert run(**params | {"factors": same}).value == pytest.approx(mean, rel=1e-12)


@given(compared())
def test_the_value_lies_among_the_adjusted_prices(params):
    found = run(**params)
    spread = found.outputs["adjusted"]
    assert spread["low"] * (1 - 1e-12) <= found.value <= spread["high"] * (1 + 1e-12)
    adjusted = next(step.values for step in found.working if step.symbol == "A")
    assert spread["median"] == pytest.approx(median(adjusted))


@given(compared(), st.integers(1, 5))
def test_scenarios_of_fixed_inputs_all_give_the_single_value(params, scenarios):
    checked, _ = params_or_refuse(METHOD.params, params)
    arrays = METHOD.arrays(checked)
    for name in ("comparables_price", "factors_subject", "factors_indices"):
        arrays[name] = np.repeat(arrays[name][np.newaxis], scenarios, axis=0)
    values = METHOD.values(arrays)
    assert values.shape == (scenarios,)
    assert values == pytest.approx(METHOD.run(checked).value, rel=1e-14)


def test_prices_and_indices_may_be_uncertain_at_once():
    narrow = {"dist": "uniform", "low": 999.999, "high": 1000.001}
    index = {"dist": "pert", "low": 99.9999, "mode": 100, "high": 100.0001}
    given = {
        "comparables": [deal("甲", narrow), deal("乙", 1200), deal("丙", 900)],
        "factors": [factor(index, 100, 100), factor(100, 80, 100, name="日期")],
    }
    checked, _ = params_or_refuse(METHOD.params, THREE | given)
    found = simulate(METHOD, checked, 500, seed=3)
    # (1,000 + 1,200 × 100/80 + 900) / 3
    assert found.p5 == pytest.approx(1133.3333, abs=0.01)
    assert found.p95 == pytest.approx(1133.3333, abs=0.01)


def test_sensitivity_moves_each_deal_and_factor_and_no_weight_or_base():
    shares = (0.5, 0.3, 0.2)
    cases = [
        case | {"weight": w}
        for case, w in zip(THREE["comparables"], shares, strict=True)
    ]
    checked, _ = params_or_refuse(METHOD.params, THREE | {"comparables": cases})
    moved = {swing.name for swing in one_way(METHOD, checked)}
    assert moved == {
        *(f"comparables[{place}].price" for place in range(3)),
        *(f"factors[{place}].indices" for place in range(len(THREE["factors"]))),
    }


# Deals that do not count


@pytest.mark.parametrize(
    "doubtful",
    [
        {"nature": "related"},
        {"nature": "asking"},
        {"nature": "free", "price": 0},
        {"deal_date": "2026-10-01"},
    ],
)
def test_a_doubtful_deal_is_listed_named_and_not_counted(doubtful):
    cases = [*THREE["comparables"], deal("丁", 9999) | doubtful]
    same = [factor(*LEVEL, 100)]
    found = run(comparables=cases, factors=same)
    assert found.value == pytest.approx(run().value)
    (issue,) = found.issues
    assert issue.where == "comparables[3]"
    assert "丁" in issue.say("en")
    assert len(found.heads("comparables")) == 4
    assert [case["counts"] for case in found.outputs["cases"]] == [True] * 3 + [False]


@pytest.mark.parametrize(
    ("nature", "counts"), [("related", True), ("asking", True), ("free", False)]
)
def test_who_counts_doubtful_prices_is_warned(nature, counts):
    cases = [*THREE["comparables"], deal("丁", 5000, nature=nature)]
    given = {"comparables": cases, "factors": [factor(*LEVEL, 100)]}
    found = run(**given, doubtful="count")
    assert (found.value == pytest.approx(2025)) == counts  # (3,100 + 5,000) / 4
    assert [one.where for one in found.issues] == ["comparables[3]"]


def test_a_deal_after_the_valuation_date_never_counts():
    late = [*THREE["comparables"], deal("丁", 5000, deal_date="2026-10-01")]
    given = {"comparables": late, "factors": [factor(*LEVEL, 100)]}
    assert run(**given, doubtful="count").value == run().value
    same_day = [*THREE["comparables"], deal("丁", 5000, deal_date="2026-09-30")]
    assert warned(comparables=same_day, factors=[factor(*LEVEL, 100)]) == []


def test_a_case_that_does_not_count_has_no_weight():
    cases = [
        deal("甲", 1000, weight=0.6),
        deal("乙", 1200, weight=0.4),
        deal("丙", 900, nature="asking"),
    ]
    assert run(comparables=cases).value == pytest.approx(1080)
    cases[2]["weight"] = 0.1
    assert "comparables[2].weight" in refused(comparables=cases)


def test_where_no_case_counts_there_is_no_value():
    cases = [deal("甲", 1000, nature="related")]
    assert "No comparable counts" in refused(comparables=cases, factors=[factor(100)])


# What it refuses, and what it warns of


def test_every_factor_has_an_index_for_every_case():
    told = refused(factors=[factor(100, 100), factor(100, 100, 100, 100, name="日期")])
    assert "factors[0].indices" in told
    assert "factors[1].indices" in told


@pytest.mark.parametrize("index", [0, -5])
def test_an_index_is_above_nought(index):
    _, issues = read_params(METHOD.params, THREE | {"factors": [factor(100, index, 1)]})
    assert [one.where for one in issues] == ["factors[0].indices[1]"]
    subject = THREE | {"factors": [factor(*LEVEL, subject=index)]}
    _, issues = read_params(METHOD.params, subject)
    assert [one.where for one in issues] == ["factors[0].subject"]


@pytest.mark.parametrize(
    ("weights", "where"),
    [
        ((0.5, None, 0.5), "comparables[1].weight"),
        ((0.5, 0.3, 0.3), "comparables: "),
        ((0.5, 0.3, {"dist": "uniform", "low": 0.1, "high": 0.3}), "comparables[2]"),
    ],
)
def test_weights_are_given_to_all_and_make_up_one(weights, where):
    cases = [
        case | {"weight": w}
        for case, w in zip(THREE["comparables"], weights, strict=True)
    ]
    assert where in refused(comparables=cases)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"comparables": [deal(" ", 1), deal("乙", 1), deal("丙", 1)]}, "[0].name"),
        ({"comparables": [deal("甲", 1), deal("甲", 1), deal("丙", 1)]}, "[1].name"),
        ({"comparables": [deal("甲", 0), deal("乙", 1), deal("丙", 1)]}, "[0].price"),
        ({"factors": [factor(*LEVEL, name="")]}, "factors[0].name"),
    ],
)
def test_rows_have_names_of_their_own_and_prices(change, where):
    assert where in refused(**change)


def test_no_more_indices_are_taken_than_a_simulation_can_hold():
    cases = [deal(f"案例{n}", 1000) for n in range(40)]
    factors = [factor(*([100] * 40), name=f"因素{n}") for n in range(25)]
    assert run(comparables=cases, factors=factors).value == 1000
    more = [*factors, factor(*([100] * 40))]
    assert "too many" in refused(comparables=cases, factors=more)


def test_fewer_than_three_cases_are_told():
    two = THREE["comparables"][:2]
    assert warned(comparables=two, factors=[factor(100, 100)]) == ["comparables"]


def test_a_case_without_source_is_told():
    cases = [*THREE["comparables"][:2], deal("丙", 900, source=" ")]
    assert warned(comparables=cases) == ["comparables[2].source"]


@pytest.mark.parametrize(
    ("indices", "where"),
    [
        ([(125, 100, 100)], []),  # 100/125 is −20 %, the most
        ([(126, 100, 100)], ["factors[0]"]),
        ([(83, 100, 100)], ["factors[0]"]),  # 100/83 is +20.5 %
        # 1/(0.85 × 0.9) is +30.7 % though neither factor exceeds 20 %.
        ([(85, 100, 100), (90, 100, 100)], ["comparables[0]"]),
        # Net nothing, gross 63 %: in each of three pairs one factor undoes the other.
        (
            [(90, 100, 100), (111, 100, 100)] * 3,
            ["comparables[0]"],
        ),
    ],
)
def test_large_adjustments_are_told_as_practice_not_as_a_standard(indices, where):
    factors = [factor(*row, name=f"因素{n}") for n, row in enumerate(indices)]
    assert warned(factors=factors) == where
    texts = [one.say("en") for one in run(factors=factors).issues]
    assert all("no standard for patents sets it" in text for text in texts)
