"""Recoverable amount: by hand, anew in fractions, laws, and what one amount may do."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.core.case import Case, Purpose, Run
from valuer.core.entries import params_or_refuse
from valuer.core.method import Finds, Result
from valuer.core.problems import Severity, UserError
from valuer.core.valuing import value_case
from valuer.methods import METHODS

METHOD = METHODS.find("recoverable_amount")

# Everything told, so that no issue is left.
FULL: dict[str, Any] = {
    "carrying_amount": 1300,
    "fair_value": 1000,
    "fair_value_level": "level_2",
    "disposal_costs": 40,
    "value_in_use": 1100,
    "use_tax_basis": "before_tax",
}
BOTH = ("fair_value", "value_in_use")

few = settings(max_examples=25)
amounts = st.floats(0, 1e9)
tests = st.fixed_dictionaries(
    {"carrying_amount": amounts, "disposal_costs": amounts},
    optional={"fair_value": amounts, "value_in_use": amounts},
).filter(lambda one: any(name in one for name in BOTH))


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, given)
    return METHOD.run(params)


def told(**given: Any) -> list[tuple[Severity, str]]:
    return [(one.severity, one.where) for one in run(**given).issues]


def without(name: str, **given: Any) -> dict[str, Any]:
    return {key: one for key, one in (FULL | given).items() if key != name}


def test_the_higher_counts_and_the_rest_of_the_carrying_amount_is_impaired():
    # 1000 − 40 = 960 < 1100; 1300 − 1100 = 200.
    found = run(**FULL)
    assert found.value == 1100
    assert found.outputs == {
        "binds": "value_in_use",
        "fair_value_less_costs": 960,
        "value_in_use": 1100,
        "recoverable": 1100,
        "impairment": 200,
        "headroom": 0,
    }
    assert not found.issues


def test_a_fair_value_that_is_higher_binds_and_leaves_headroom():
    found = run(**FULL | {"fair_value": 1500})
    assert found.outputs["binds"] == "fair_value_less_costs"
    assert (found.value, found.outputs["headroom"]) == (1460, 160)
    assert found.outputs["impairment"] == 0


@few
@given(tests)
def test_formulas_hold_and_both_figures_are_those_reckoned_anew(formulas_hold, params):
    found = formulas_hold("recoverable_amount", params)
    exact = {name: Fraction(one) for name, one in params.items()}
    kept = [Fraction(0)]
    if "fair_value" in exact:
        kept.append(exact["fair_value"] - exact["disposal_costs"])
    if "value_in_use" in exact:
        kept.append(exact["value_in_use"])
    loss = max(exact["carrying_amount"] - max(kept), Fraction(0))
    assert found.value == pytest.approx(float(max(kept)), rel=1e-12, abs=1e-6)
    assert found.outputs["impairment"] == pytest.approx(float(loss), rel=1e-9, abs=1e-6)
    assert not found.outputs["impairment"] or not found.outputs["headroom"]


@few
@given(tests, st.sampled_from(BOTH), st.floats(1, 3), st.floats(0.01, 100))
def test_more_of_either_never_recovers_less_and_all_go_in_proportion(
    params, name, more, times
):
    plain = run(**params).value
    if name in params:
        assert run(**params | {name: params[name] * more}).value >= plain
    scaled = {key: one * times for key, one in params.items()}
    assert run(**scaled).value == pytest.approx(plain * times, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("name", BOTH)
def test_one_alone_may_stand_with_its_issue(name):
    assert (Severity.NOTE, name) in told(**without(name, carrying_amount=900))
    assert (Severity.WARNING, name) in told(**without(name))
    ground = {"one_alone_ground": "无活跃市场，亦无可比交易"}
    assert (Severity.NOTE, name) in told(**without(name) | ground)


def test_what_only_equals_the_carrying_amount_is_not_above_it():
    alone = without("fair_value", carrying_amount=1100, disposal_costs=0)
    assert told(**alone) == [(Severity.WARNING, "fair_value")]


def test_neither_is_refused():
    with pytest.raises(UserError) as refusal:
        run(carrying_amount=900)
    assert "fair_value" in str(refusal.value)


def test_an_after_tax_value_in_use_and_untold_levels_are_warned_of():
    assert told(**without("use_tax_basis")) == [(Severity.WARNING, "use_tax_basis")]
    after = FULL | {"use_tax_basis": "after_tax"}
    assert told(**after) == [(Severity.WARNING, "use_tax_basis")]
    unsaid = without("fair_value_level")
    assert told(**unsaid) == [(Severity.WARNING, "fair_value_level")]
    third = FULL | {"fair_value_level": "level_3"}
    assert told(**third) == [(Severity.WARNING, "level_3_inputs")]
    assert not told(**third, level_3_inputs="许可费率2%—4%")


def test_costs_above_the_price_or_without_one_are_warned_of():
    costly = FULL | {"disposal_costs": 1001}
    assert told(**costly) == [(Severity.WARNING, "disposal_costs")]
    alone = without("fair_value", carrying_amount=900)
    assert (Severity.WARNING, "disposal_costs") in told(**alone)


def test_a_group_and_what_was_written_down_before_have_their_notes():
    assert told(**FULL | {"tested": "asset_group"}) == [(Severity.NOTE, "tested")]
    before = FULL | {"written_down_before": 50}
    assert not told(**before)
    noted = told(**before | {"carrying_amount": 900})
    assert noted == [(Severity.NOTE, "written_down_before")]
    assert run(**before).working == run(**FULL).working


def test_both_amounts_may_come_from_other_runs():
    use = {"rate": 0.1, "cashflows": [550, 605], "first_flow": "after_one"}
    sale = {"rate": 0.1, "cashflows": [960], "first_flow": "now"}
    test = FULL | {"value_in_use": {"from": "use"}, "fair_value": {"from": "sale"}}
    case = Case(
        purpose=Purpose.FINANCIAL_REPORTING,
        runs=(
            Run("test", "recoverable_amount", 1, test),
            Run("use", "npv", 1, use),
            Run("sale", "npv", 1, sale),
        ),
    )
    valuation = value_case(case, METHODS)
    found = {one.run.key: one.result for one in valuation.runs}["test"]
    assert found is not None
    assert found.value == pytest.approx(1000)  # 500 + 500, above 960 − 40
    assert found.outputs["impairment"] == pytest.approx(300)
    assert found.outputs["fair_value_less_costs"] == pytest.approx(920)


def test_many_at_once_are_each_the_single_one():
    checked, _ = params_or_refuse(METHOD.params, FULL)
    moved = {
        name: np.asarray(one) * np.array([[1.0], [2.0]])
        for name, one in METHOD.arrays(checked).items()
    }
    assert METHOD.values(moved) == pytest.approx([1100, 2200])


def test_it_serves_financial_reporting_and_is_no_value_to_conclude_upon():
    assert METHOD.purposes == (Purpose.FINANCIAL_REPORTING,)
    assert METHOD.finds is Finds.AMOUNT


@pytest.mark.parametrize("name", ["carrying_amount", "disposal_costs", *BOTH])
@pytest.mark.parametrize("wrong", [-1, float("nan"), float("inf")])
def test_what_is_no_amount_is_refused_by_its_name(name, wrong):
    with pytest.raises(UserError) as refusal:
        run(**FULL | {name: wrong})
    assert name in str(refusal.value)
