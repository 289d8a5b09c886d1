"""Decision tree: enumeration, identity with weighted flows, and broken trees."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import UserError
from valuer.core.simulation import simulate
from valuer.methods import METHODS

METHOD = METHODS.find("decision_tree")

money = st.floats(-1e6, 1e6)


@st.composite
def trees(draw: st.DrawFn, decides: bool = True) -> list[dict[str, Any]]:
    """Any tree of up to four levels, its nodes in any order."""
    nodes: list[dict[str, Any]] = []
    kinds = st.sampled_from(["chance", "decision"] if decides else ["chance"])

    def grow(parent: str, probability: float | None, time: float, level: int) -> None:
        name = f"n{len(nodes)}"
        branches = draw(st.integers(1, 3)) if level < 3 else 0
        kind = draw(kinds) if branches and level < 3 else "end"
        node = {
            "name": name,
            "kind": kind,
            "parent": parent,
            "flow": draw(money),
            "time": time,
        }
        nodes.append(
            node if probability is None else node | {"probability": probability}
        )
        if kind == "end":
            return
        weights = [draw(st.integers(1, 9)) for _ in range(branches)]
        for weight in weights:
            chance = weight / sum(weights) if kind == "chance" else None
            grow(name, chance, time + draw(st.floats(0, 3)), level + 1)

    grow("", None, 0.0, draw(st.integers(0, 2)))
    return draw(st.permutations(nodes))


rates = st.just(0.0) | st.floats(0.001, 1)

PROJECT: list[dict[str, Any]] = [
    {"name": "I", "kind": "chance", "flow": -10},
    {"name": "II", "kind": "decision", "parent": "I", "probability": 0.5, "time": 1},
    {"name": "fails", "kind": "end", "parent": "I", "probability": 0.5, "time": 1},
    {"name": "go on", "kind": "chance", "parent": "II", "flow": -30, "time": 1},
    {"name": "sell", "kind": "end", "parent": "II", "flow": 200, "time": 1},
    {
        "name": "sold",
        "kind": "end",
        "parent": "go on",
        "probability": 0.6,
        "flow": 400,
        "time": 2,
    },
    {
        "name": "unsold",
        "kind": "end",
        "parent": "go on",
        "probability": 0.4,
        "time": 2,
    },
]


def run(nodes: list[dict[str, Any]], **given: Any) -> Result:
    given = {"discount_rate": 0.1, "nodes": nodes} | given
    params, _ = params_or_refuse(METHOD.params, given)
    return METHOD.run(params)


def changed(called: str, /, **more: Any) -> list[dict[str, Any]]:
    """The project with one node changed; None leaves a column out."""
    found = [node | more if node["name"] == called else node for node in PROJECT]
    return [{k: v for k, v in node.items() if v is not None} for node in found]


def refused(nodes: list[dict[str, Any]], **given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(nodes, **given)
    return str(refusal.value)


def weighted(nodes: list[dict[str, Any]], rate: float) -> float:
    """Every flow times the product of the chances above it, discounted."""
    of = {node["name"]: node for node in nodes}
    value = 0.0
    for node in nodes:
        chance, at = 1.0, node
        while at is not None:
            chance *= at.get("probability", 1.0)
            at = of.get(at["parent"])
        value += chance * node["flow"] / (1 + rate) ** node["time"]
    return value


def best_of_all_plans(nodes: list[dict[str, Any]], rate: float) -> float:
    """The best of every way to decide at every decision, tried one by one."""
    choices = [
        [node["name"] for node in nodes if node["parent"] == one["name"]]
        for one in nodes
        if one["kind"] == "decision"
    ]
    values = []
    for plan in itertools.product(*choices):
        left_out = {name for names in choices for name in names} - set(plan)
        kept = [
            node | {"probability": 0.0} if node["name"] in left_out else node
            for node in nodes
        ]
        values.append(weighted(kept, rate))
    return max(values)


@given(trees(decides=False), rates)
def test_without_decisions_it_is_flows_weighted_by_reaching_them(nodes, rate):
    found = run(nodes, discount_rate=rate).value
    assert found == pytest.approx(weighted(nodes, rate), rel=1e-9, abs=1e-5)


def few_plans(nodes: list[dict[str, Any]]) -> bool:
    return sum(node["kind"] == "decision" for node in nodes) <= 6


@given(trees().filter(few_plans), rates)
def test_with_decisions_it_is_the_best_of_all_plans(nodes, rate):
    found = run(nodes, discount_rate=rate).value
    assert found == pytest.approx(best_of_all_plans(nodes, rate), rel=1e-9, abs=1e-5)


@given(trees(), rates)
def test_every_formula_gives_the_numbers_shown(formulas_hold, nodes, rate):
    given = {"nodes": nodes, "discount_rate": rate}
    formulas_hold("decision_tree", given, rel=1e-9)


@given(
    st.lists(
        st.tuples(st.floats(0, 1e6), st.floats(0, 3), st.floats(0, 1)),
        min_size=1,
        max_size=4,
    ),
    st.floats(0, 1e6),
    rates,
)
def test_a_project_in_phases_is_worth_the_same_as_by_rnpv(phases, prize, rate):
    nodes, time = [], 0.0
    for number, (cost, duration, chance) in enumerate(phases):
        before = phases[number - 1][2] if number else None
        parent = f"phase {number - 1}" if number else ""
        node = {"name": f"phase {number}", "kind": "chance", "parent": parent}
        node |= {"flow": -cost, "time": time}
        nodes.append(node if before is None else node | {"probability": before})
        time += duration
        fails = {"name": f"fails {number}", "kind": "end", "time": time}
        lost = {"parent": node["name"], "probability": 1 - chance}
        nodes.append(fails | lost)
    last = {"parent": nodes[-2]["name"], "probability": phases[-1][2]}
    nodes.append({"name": "prize", "kind": "end", "flow": prize, "time": time} | last)
    rnpv = METHODS.find("rnpv")
    given = {
        "phases": [
            {"name": "x", "cost": cost, "duration": duration, "probability": chance}
            for cost, duration, chance in phases
        ],
        "discount_rate": rate,
        "valuation_date": "2024-12-31",
        "expiry_date": "2044-12-31",
        "flows": [0],
    }
    given["phases"][-1]["payment"] = prize
    params, _ = params_or_refuse(rnpv.params, given)
    expected = rnpv.run(params).value
    found = run(nodes, discount_rate=rate).value
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-6)


@given(trees(), rates, st.data())
def test_value_never_falls_as_a_flow_rises(nodes, rate, data):
    place = data.draw(st.integers(0, len(nodes) - 1))
    richer = [dict(node) for node in nodes]
    richer[place]["flow"] += data.draw(st.floats(0, 1e6))
    low = run(nodes, discount_rate=rate).value
    assert run(richer, discount_rate=rate).value >= low - 1e-6


@given(trees(), rates)
def test_nought_in_nought_out(nodes, rate):
    empty = [node | {"flow": 0.0} for node in nodes]
    assert run(empty, discount_rate=rate).value == 0


@given(trees(), rates)
def test_the_chances_of_the_ends_sum_to_one(nodes, rate):
    ends = run(nodes, discount_rate=rate).outputs["end_probabilities"]
    assert set(ends) == {node["name"] for node in nodes if node["kind"] == "end"}
    assert sum(ends.values()) == pytest.approx(1)


@given(trees(), rates, st.integers(2, 3))
def test_scenarios_of_fixed_inputs_all_give_the_single_value(nodes, rate, scenarios):
    params, _ = params_or_refuse(METHOD.params, {"nodes": nodes, "discount_rate": rate})
    arrays = METHOD.arrays(params)
    for name, array in arrays.items():
        if isinstance(array, np.ndarray):
            flat = np.atleast_1d(array)
            arrays[name] = np.repeat(flat[np.newaxis, :], scenarios, axis=0)
    values = METHOD.values(arrays)
    assert values.shape == (scenarios,)
    single = METHOD.run(params).value
    assert values == pytest.approx(single, rel=1e-12, abs=1e-6)


def test_the_decision_taken_is_told():
    found = run(PROJECT)
    assert found.value == pytest.approx(-10 + 100 / 1.1)
    assert found.outputs["decisions"] == {"II": "sell"}
    dear = run(changed("sell", flow=100))
    assert dear.outputs["decisions"] == {"II": "go on"}
    assert dear.outputs["end_probabilities"] == {
        "fails": 0.5,
        "sell": 0.0,
        "sold": pytest.approx(0.3),
        "unsold": pytest.approx(0.2),
    }


def test_a_flow_that_is_uncertain_is_decided_on_in_each_scenario():
    price = {"dist": "uniform", "low": 0, "high": 400}
    given = {"discount_rate": 0.1, "nodes": changed("sell", flow=price)}
    params, _ = params_or_refuse(METHOD.params, given)
    # Selling when it is better is worth more than always going on.
    on = run(changed("sell", flow=0)).value
    assert simulate(METHOD, params, 2000).mean > on


# Broken trees are refused by name


@pytest.mark.parametrize(
    ("where", "nodes"),
    [
        ("nodes[1].parent", changed("II", parent="nowhere")),
        ("nodes[1].parent", changed("II", parent="", probability=None)),
        ("nodes[0].parent", changed("I", parent="sold", probability=0.5)),
        ("nodes[0].parent", changed("I", parent="I")),
        ("nodes[1].name", changed("II", name=" ")),
        ("nodes[5].name", changed("sell", name="sold")),
        ("nodes[0].probability", changed("I", probability=1)),
        ("nodes[1].kind", changed("II", kind="end")),
        ("nodes[2].kind", changed("fails", kind="decision")),
        ("nodes[2].probability", changed("fails", probability=0.4)),
        ("nodes[2].probability", changed("fails", probability=None)),
        ("nodes[3].probability", changed("go on", probability=0.5)),
        ("nodes[5].time", changed("sold", time=0.5)),
        (
            "nodes[5].probability",
            changed("sold", probability={"dist": "uniform", "low": 0.5, "high": 0.7}),
        ),
        ("rate_covers", PROJECT),
    ],
)
def test_a_broken_tree_is_refused_by_name(where, nodes):
    given = {"rate_covers": "lapse"} if where == "rate_covers" else {}
    assert where in refused(nodes, **given)


def test_chances_that_do_not_sum_to_one_say_to_what_they_sum():
    told = refused(changed("unsold", probability=0.5))
    assert "1.1" in told
    assert "go on" in told


def test_two_nodes_that_hang_on_each_other_are_refused():
    nodes = [
        {"name": "a", "kind": "end"},
        {"name": "b", "kind": "chance", "parent": "c", "probability": 1},
        {"name": "c", "kind": "chance", "parent": "b", "probability": 1},
    ]
    assert "nodes[1].parent" in refused(nodes)


def test_one_node_alone_is_its_flow():
    assert run([{"name": "now", "kind": "end", "flow": 5}]).value == 5
