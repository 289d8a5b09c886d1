"""Every method on its worked cases: alone, simulated with nothing uncertain, in a stock.

Whatever a method is, its formula must give the same number in all three.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pytest

from valuer.core.distributions import Uniform
from valuer.core.entries import params_or_refuse, plain_params
from valuer.core.examples import example_files, read_example
from valuer.core.method import Method, centred, uncertain
from valuer.core.params import Kind, Shape, parameters
from valuer.core.problems import UserError
from valuer.core.simulation import simulate
from valuer.core.slots import Slot, mapped, number_arrays, slots
from valuer.core.stock import Same, value_many
from valuer.methods import METHODS

DRAWS = 10
"""Scenarios that show how both draw; a tree or a simulation is slow in each."""

ROUNDED = ("factor_digits", "share_digits", "amount_digits")


@dataclass(frozen=True)
class Worked:
    method: Method
    given: dict[str, Any]


def worked() -> list[Any]:
    found = []
    for path in example_files():
        run = read_example(path).run
        if "method" in run:
            exact = {k: v for k, v in run["params"].items() if k not in ROUNDED}
            case = Worked(METHODS.find(run["method"]), exact)
            found.append(pytest.param(case, id=path.stem))
    return found


@pytest.fixture(params=worked())
def case(request):
    return request.param


def test_every_method_has_a_worked_case():
    keys = {param.values[0].method.key for param in worked()}
    assert not {method.key for method in METHODS} - keys


def columns_of(given: dict[str, Any], count: int) -> dict[str, Any]:
    """Columns of so many patents that are all the same, found in every form."""
    found: dict[str, Any] = {name: Same(value) for name, value in given.items()}
    name = next(iter(given))
    return found | {name: [given[name]] * count}


def test_a_stock_of_one_is_a_single_run(case):
    params, _ = params_or_refuse(case.method.params, case.given)
    alone = case.method.run(params).value
    stock = value_many(case.method, columns_of(case.given, 1))
    assert not stock.issues
    assert stock.value[0] == pytest.approx(alone, rel=1e-12, abs=1e-12)


def test_each_of_a_stock_is_a_single_run(case):
    params, _ = params_or_refuse(case.method.params, case.given)
    alone = case.method.run(params).value
    stock = value_many(case.method, columns_of(case.given, 3))
    assert stock.value == pytest.approx([alone] * 3, rel=1e-12, abs=1e-12)


def test_scenarios_with_fixed_inputs_are_the_single_run(case):
    params, _ = params_or_refuse(case.method.params, case.given)
    alone = case.method.run(params).value
    centre = centred(params)
    arrays = dict(case.method.arrays(centre))
    # As a simulation lays them: what stands alone is (n, 1), a series (n, periods).
    arrays |= {
        name: np.repeat(np.atleast_1d(one)[np.newaxis], 3, axis=0)
        for name, one in number_arrays(centre).items()
        if isinstance(arrays.get(name), np.ndarray)
    }
    values = np.broadcast_to(case.method.values(arrays), 3)
    assert values == pytest.approx([alone] * 3, rel=1e-12, abs=1e-12)


def test_a_scenario_that_moves_one_input_is_the_single_run_with_it_moved(case):
    params, _ = params_or_refuse(case.method.params, case.given)
    centre = centred(params)
    arrays = case.method.arrays(centre)
    first = {slot.array: slot for slot, _ in reversed(slots(centre))}
    for moved_slot in first.values():
        if moved_slot.parameter.whole or moved_slot.array == "tax_life":
            continue  # whole figures, never uncertain
        moved = mapped(centre, partial(lowered, moved_slot))
        drawn = number_arrays(moved)[moved_slot.array]
        laid = np.repeat(np.atleast_1d(drawn)[np.newaxis], 2, axis=0)
        values = case.method.values(dict(arrays) | {moved_slot.array: laid})
        wanted = case.method.values(case.method.arrays(moved))
        assert np.broadcast_to(values, 2) == pytest.approx(
            np.broadcast_to(wanted, 2), rel=1e-9, abs=1e-12, nan_ok=True
        ), moved_slot.path


def lowered(moved: Slot, slot: Slot, value: Any) -> Any:
    """What a slot holds where one of them is a thousandth lower."""
    is_moved = (slot.array, slot.index) == (moved.array, moved.index)
    return value * 0.999 if is_moved else value


def test_a_simulation_of_a_stock_is_that_of_each_patent(case):
    given = with_spread(case)
    if given is None:
        pytest.skip("no number of this case can be spread")
    params, _ = params_or_refuse(case.method.params, given)
    try:
        single = simulate(case.method, params, DRAWS, seed=7)
    except UserError:
        pytest.skip("scenarios of this case have no finite value")
    columns = columns_of(given, 2)
    stock = value_many(case.method, columns, scenarios=DRAWS, seeds=[7, 7])
    for name in ("mean", "se", "p5", "p50", "p95"):
        wanted = [getattr(single, name)] * 2
        assert getattr(stock, name) == pytest.approx(wanted, rel=1e-9, abs=1e-9)


def with_spread(case: Worked) -> dict[str, Any] | None:
    """The case with one number of its own made uncertain, a little up and down."""
    params, _ = params_or_refuse(case.method.params, case.given)
    if uncertain(params):
        return case.given
    plain = plain_params(centred(params))
    for one in parameters(case.method.params):
        value = plain.get(one.name)
        is_single = one.is_number and one.measure.shape is not Shape.SERIES
        if not is_single or not isinstance(value, float) or value <= 0 or one.is_base:
            continue
        if one.measure.kind is Kind.YEARS:
            continue  # whole years, often
        spread = {"dist": Uniform.name, "low": value * 0.99, "high": value * 1.01}
        if one.admits(value * 0.99) and one.admits(value * 1.01):
            return case.given | {one.name: spread}
    return None


def test_slots_name_every_number_of_every_case(case):
    params, _ = params_or_refuse(case.method.params, case.given)
    paths = [(slot.path, slot.index) for slot, _ in slots(params)]
    assert len(set(paths)) == len(paths)
