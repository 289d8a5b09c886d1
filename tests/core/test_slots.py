"""Every number of the parameters has one slot, wherever it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.distributions import Uniform, is_distribution
from valuer.core.method import centred, uncertain
from valuer.core.params import (
    Kind,
    Measure,
    Money,
    MoneySeries,
    Quantity,
    Rate,
    RateSeries,
    Shape,
    Text,
    Years,
    param,
)
from valuer.core.slots import by_scenario, mapped, number_arrays, slots, total

Marks = Annotated[
    tuple[Quantity, ...], Measure(Kind.NUMBER, Shape.SERIES, across="cases")
]


@dataclass(frozen=True, slots=True)
class Case:
    """A row with a number that may be left out."""

    name: Text = param("Name", "")
    price: Money = param("Price")
    weight: Rate | None = param("Weight", None, low=0, high=1)


@dataclass(frozen=True, slots=True)
class Factor:
    """A row with a series within it."""

    marks: Marks = param("Marks")


@dataclass(frozen=True, slots=True)
class Whole:
    """Numbers in all the places there are."""

    rate: Rate = param("Rate")
    flows: MoneySeries = param("Flows")
    either: RateSeries = param("Either")
    cases: tuple[Case, ...] = param("Cases", ())
    factors: tuple[Factor, ...] = param("Factors", ())
    life: Years | None = param("Life", None)


PARAMS = Whole(
    rate=0.1,
    flows=(1.0, 2.0, 3.0),
    either=0.5,
    cases=(Case(name="甲", price=10.0), Case(price=20.0, weight=0.3)),
    factors=(Factor(marks=(100.0, 101.0)), Factor(marks=(98.0, 99.0))),
)

number = st.floats(-1e9, 1e9)
quantity = number | st.builds(
    lambda low, width: Uniform(low, low + width), number, st.floats(0.1, 10)
)


@st.composite
def wholes(draw: st.DrawFn) -> Whole:
    """Any parameters."""
    cases = draw(
        st.lists(
            st.builds(Case, price=quantity, weight=st.none() | quantity), max_size=4
        )
    )
    marks = st.lists(quantity, min_size=len(cases), max_size=len(cases)).map(tuple)
    factors = draw(st.lists(st.builds(Factor, marks=marks), max_size=3))
    return Whole(
        rate=draw(quantity),
        flows=tuple(draw(st.lists(quantity, min_size=1, max_size=4))),
        either=draw(quantity | st.lists(quantity, min_size=1, max_size=3).map(tuple)),
        cases=tuple(cases),
        factors=tuple(factors),
        life=draw(st.none() | quantity),
    )


def test_the_slots_of_all_places_by_hand():
    found = [(slot.path, slot.index, value) for slot, value in slots(PARAMS)]
    assert found == [
        ("rate", (), 0.1),
        ("flows", (0,), 1.0),
        ("flows", (1,), 2.0),
        ("flows", (2,), 3.0),
        ("either", (), 0.5),
        ("cases.price", (0,), 10.0),
        ("cases.price", (1,), 20.0),
        ("cases.weight", (1,), 0.3),
        ("factors.marks", (0, 0), 100.0),
        ("factors.marks", (0, 1), 101.0),
        ("factors.marks", (1, 0), 98.0),
        ("factors.marks", (1, 1), 99.0),
    ]


def test_a_slot_knows_its_array_its_label_and_its_column():
    slot = next(one for one, _ in slots(PARAMS) if one.path == "cases.weight")
    assert slot.array == "cases_weight"
    assert str(slot.label) == "Cases: Weight"
    assert (slot.parameter.name, slot.parameter.high) == ("weight", 1)


def test_a_single_number_draws_as_it_did_before_there_were_tables():
    # Its stream has the key (place, 0), as that of the first of a series.
    keys = {slot.path: slot.key for slot, _ in slots(PARAMS) if not slot.index}
    assert keys == {"rate": (0, 0), "either": (2, 0)}
    (first, *_) = [slot for slot, _ in slots(PARAMS) if slot.path == "flows"]
    assert first.key == (1, 0)


def test_a_column_left_out_of_a_row_is_no_number():
    weights = number_arrays(PARAMS)["cases_weight"]
    assert np.isnan(weights[0])
    assert weights[1] == 0.3


def test_what_is_left_out_altogether_has_no_array_and_no_slot():
    assert "life" not in number_arrays(PARAMS)
    assert "life" in number_arrays(replace(PARAMS, life=3.0))


def test_the_arrays_have_the_shapes_that_a_formula_expects():
    shapes = {name: array.shape for name, array in number_arrays(PARAMS).items()}
    assert shapes == {
        "rate": (),
        "flows": (3,),
        "either": (),
        "cases_price": (2,),
        "cases_weight": (2,),
        "factors_marks": (2, 2),
    }
    empty = number_arrays(replace(PARAMS, cases=(), factors=()))
    assert empty["cases_price"].shape == (0,)


@given(wholes())
def test_changing_nothing_changes_nothing(params):
    assert mapped(params, lambda slot, value: value) == params


@given(wholes())
def test_every_slot_has_a_key_and_a_place_of_its_own(params):
    found = [slot for slot, _ in slots(params)]
    assert len({slot.key for slot in found}) == len(found)
    assert len({(slot.array, slot.index) for slot in found}) == len(found)


@given(wholes())
def test_a_slot_says_where_its_number_stands_in_the_arrays(params):
    centre = centred(params)
    arrays = number_arrays(centre)
    for slot, value in slots(centre):
        assert arrays[slot.array][slot.index] == value


@given(wholes())
def test_every_number_of_the_arrays_has_a_slot(params):
    arrays = number_arrays(centred(params))
    numbers = sum(int(np.isfinite(array).sum()) for array in arrays.values())
    assert numbers == len(slots(params))


@given(wholes(), st.data())
def test_one_slot_changed_leaves_all_others(params, data):
    chosen, _ = data.draw(st.sampled_from(slots(params)))
    changed = mapped(params, lambda slot, value: 7.5 if slot == chosen else value)
    for (before, old), (after, new) in zip(slots(params), slots(changed), strict=True):
        assert before == after
        assert new == (7.5 if before == chosen else old)


@given(wholes())
def test_centres_leave_nothing_uncertain(params):
    assert uncertain(centred(params)) == []
    drawn = [value for _, value in slots(params) if is_distribution(value)]
    assert len(uncertain(params)) == len(drawn)


# Sums over rows


@pytest.mark.parametrize(
    ("shape", "summed"), [((3,), ()), ((5, 3), (5, 1)), ((0,), ()), ((5, 0), (5, 1))]
)
def test_a_sum_over_rows_goes_with_numbers_that_stand_alone(shape, summed):
    found = total(np.ones(shape))
    assert found.shape == summed
    assert np.all(found == shape[-1])


def test_a_number_that_stands_alone_becomes_the_value_of_each_scenario():
    assert by_scenario(np.asarray(3.0)).shape == ()
    assert by_scenario(np.ones((5, 1))).shape == (5,)


@given(st.lists(st.lists(number, min_size=3, max_size=3), min_size=1, max_size=4))
def test_the_sums_of_scenarios_are_those_of_each_alone(rows: list[list[Any]]):
    together = by_scenario(total(np.array(rows)))
    assert together.tolist() == [float(total(np.array(row))) for row in rows]
