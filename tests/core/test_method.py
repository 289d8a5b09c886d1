"""What every method offers from its parameters and formula."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pytest

from valuer.core.distributions import Lognormal, Triangular, Uniform
from valuer.core.entries import params_or_refuse
from valuer.core.method import (
    Result,
    centred,
    decimal_of,
    is_uncertain,
    plain_amount,
    takes_series,
    uncertain,
)
from valuer.core.params import parameters
from valuer.core.problems import UserError
from valuer.core.slots import number_arrays
from valuer.core.texts import message
from valuer.core.working import Silent, Unit, Working
from valuer.methods import METHODS

METHOD = METHODS.find("relief_from_royalty")

PARAMS, _ = params_or_refuse(
    METHOD.params,
    {
        "revenue": [100, {"dist": "uniform", "low": 90, "high": 130}],
        "royalty_rate": {"dist": "triangular", "low": 0.01, "mode": 0.02, "high": 0.06},
        "tax_rate": 0.25,
        "discount_rate": {"dist": "lognormal", "mean": 0.1, "cv": 0.1},
        "timing": "mid",
        "valuation_date": "2024-12-31",
        "first_period_end": "2025-12-31",
        "expiry_date": "2030-12-31",
    },
)


def test_what_is_uncertain_is_told_with_its_place():
    found = [(slot.array, slot.index, drawn) for slot, drawn in uncertain(PARAMS)]
    assert found == [
        ("revenue", (1,), Uniform(90, 130)),
        ("royalty_rate", (), Triangular(0.01, 0.02, 0.06)),
        ("discount_rate", (), Lognormal(0.1, 0.1)),
    ]
    assert is_uncertain(PARAMS)
    assert not is_uncertain(centred(PARAMS))


def test_a_single_value_uses_mode_or_mean():
    middle = centred(PARAMS)
    assert middle.revenue == (100, 110)
    assert (middle.royalty_rate, middle.discount_rate) == (0.02, 0.1)
    assert METHOD.run(PARAMS).value == METHOD.run(middle).value


def test_numbers_become_arrays_by_name():
    arrays = number_arrays(centred(PARAMS))
    assert set(arrays) == {"revenue", "royalty_rate", "tax_rate", "discount_rate"}
    assert arrays["revenue"].tolist() == [100, 110]
    assert arrays["tax_rate"].shape == ()


def test_which_parameters_may_be_series():
    assert takes_series(METHOD.params, "royalty_rate")
    assert not takes_series(METHOD.params, "discount_rate")
    assert not takes_series(METHOD.params, "nonsense")


def test_a_float_becomes_its_shortest_decimal():
    assert decimal_of(0.1) == Decimal("0.1")
    assert plain_amount(decimal_of(1e22)) == "10000000000000000000000"
    assert plain_amount(decimal_of(1e-7)) == "0.0000001"


def test_a_field_without_a_kind_is_no_parameter():
    @dataclass
    class Odd:
        name: str

    with pytest.raises(TypeError, match="no kind of parameter"):
        parameters(Odd)


def test_a_working_keeps_what_a_silent_one_does_not():
    working = Working()
    series = np.array([1.0, 2.0])
    assert working.add("Amounts", "A", "", series, Unit.MONEY) is series
    assert working.add("Sum", "V", "Σ A", series.sum(), Unit.MONEY) == 3
    assert [step.plain() for step in working.steps] == [
        {
            "step": "Amounts",
            "symbol": "A",
            "formula": "",
            "unit": "money",
            "values": [1, 2],
        },
        {
            "step": "Sum",
            "symbol": "V",
            "formula": "V = Σ A",
            "unit": "money",
            "values": 3,
        },
    ]
    assert Silent().add("Sum", "V", "", series, Unit.MONEY) is series


def test_a_step_along_the_rows_of_a_table_tells_its_axis():
    working = Working()
    working.add("Amounts", "A", "", np.array([1.0, 2.0]), Unit.MONEY, "items")
    working.add("Flows", "F", "", np.array([1.0]), Unit.MONEY)
    working.add("Value", "V", "Σ A", np.asarray(3.0), Unit.MONEY, "items")
    told = [step.plain().get("axis") for step in working.steps]
    assert told == ["items", None, None]


def test_a_label_may_carry_a_name():
    working = Working()
    named = message("{factor}: index", factor="期限")
    working.add(named, "s1", "", np.asarray(100.0), Unit.NUMBER)
    assert working.steps[0].plain()["step"] == "期限: index"


def test_the_places_of_an_axis_have_the_names_given_or_numbers():
    working = Working()
    for axis in ("items", "fees"):
        working.add("Amounts", axis, "", np.array([1.0, 2.0]), Unit.MONEY, axis)
    steps = working.steps
    axes = {"axes": {"items": ["甲", "乙"]}}
    found = Result("m", 1, 3.0, "CNY", steps, axes, ())
    assert found.heads("items") == ("甲", "乙")
    assert found.heads("fees") == ("1", "2")
    assert found.heads("nothing") == ()


def test_a_step_that_is_no_finite_number_is_refused_by_its_name():
    method = METHODS.find("pmt")
    params, _ = params_or_refuse(
        method.params, {"rate": 6249, "nper": 180, "pv": 2e5, "currency": "CNY"}
    )
    with pytest.raises(UserError, match="no finite figure for “Growth"):
        method.run(params)


@pytest.mark.parametrize(
    ("key", "given", "blamed"),
    [
        ("fv", {"rate": 5, "nper": 10_000, "pmt": -100}, "rate: |nper: "),
        ("pv", {"rate": -0.99, "nper": 1000, "pmt": -100}, "rate: |nper: "),
        ("npv", {"rate": -0.9999999, "cashflows": [1] * 100}, "rate: "),
        ("npv", {"rate": 0.1, "cashflows": [1, *[1e308] * 9]}, r"cashflows\[\d\]: "),
    ],
)
def test_a_step_that_is_no_finite_number_names_a_parameter_to_look_at(
    key, given, blamed
):
    method = METHODS.find(key)
    given = given | ({"first_flow": "now"} if key == "npv" else {})
    params, _ = params_or_refuse(method.params, given)
    with pytest.raises(UserError, match=f"^({blamed}).*no finite figure"):
        method.run(params)
