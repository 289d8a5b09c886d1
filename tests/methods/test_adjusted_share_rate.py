"""The share rate by a score sheet: a second reckoning, laws of scores, and refusals."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import Severity, UserError
from valuer.core.simulation import simulate
from valuer.methods import METHODS

METHOD = METHODS.find("adjusted_share_rate")
Given = dict[str, Any]


def factor(name: str, group: str, weight: float, score: Any = None) -> Given:
    note = {} if score is None else {"score": score, "evidence": "底稿"}
    return {"factor": name, "group": group, "weight": weight} | note


PLAIN: Given = {
    "lower": 0.01,
    "upper": 0.03,
    "share_of": "revenue",
    "range_source": "行业合同统计",
    "sheet": "评分表第1版",
    "groups": [{"name": "法律", "weight": 0.4}, {"name": "技术", "weight": 0.6}],
    "scores": [
        factor("稳定性", "法律", 0.5, 80),
        factor("范围", "法律", 0.5, 60),
        factor("成熟度", "技术", 0.75, 40),
        factor("先进性", "技术", 0.25, 100),
    ],
}
NESTED: Given = PLAIN | {
    "subgroups": [
        {"name": "成熟", "group": "技术", "weight": 0.8},
        {"name": "先进", "group": "技术", "weight": 0.2},
    ],
    "scores": [
        factor("稳定性", "法律", 0.5, 80),
        factor("范围", "法律", 0.5),
        factor("阶段", "成熟", 0.75, 40),
        factor("中试", "成熟", 0.25, 100),
        factor("效果", "先进", 1),
    ],
}


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    return METHOD.run(params)


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def shares(draw: st.DrawFn, count: int) -> list[float]:
    parts = draw(st.lists(st.integers(1, 9), min_size=count, max_size=count))
    return [part / sum(parts) for part in parts]


@st.composite
def sheets(draw: st.DrawFn) -> Given:
    """Any sheet with at least one score, some groups having groups of their own."""
    tops = draw(st.integers(1, 3))
    groups, subgroups, scores = [], [], []
    for number, weight in enumerate(shares(draw, tops)):
        top = f"组{number}"
        groups.append({"name": top, "weight": weight})
        leaves, inner = [top], draw(st.integers(0, 2))
        if inner:
            leaves = [f"{top}子{place}" for place in range(inner)]
            subgroups += [
                {"name": name, "group": top, "weight": part}
                for name, part in zip(leaves, shares(draw, inner), strict=True)
            ]
        for leaf in leaves:
            count = draw(st.integers(1, 3))
            for place, part in enumerate(shares(draw, count)):
                score = draw(st.none() | st.floats(0, 100))
                scores.append(factor(f"{leaf}素{place}", leaf, part, score))
    if all("score" not in one for one in scores):
        scores[0] = factor(
            scores[0]["factor"], scores[0]["group"], scores[0]["weight"], 50
        )
    lower, upper = sorted([draw(st.floats(0, 1)), draw(st.floats(0, 1))])
    found = {"groups": groups, "subgroups": subgroups, "scores": scores}
    return PLAIN | found | {"lower": lower, "upper": upper}


def mean(parts: list[tuple[float, Fraction | None]]) -> Fraction | None:
    """The weighted mean of those that are, None where none is."""
    known = [(Fraction(weight), one) for weight, one in parts if one is not None]
    if not known:
        return None
    return sum(w * one for w, one in known) / sum(w for w, _ in known)


def reckoned(given: Given) -> Fraction:
    """The score of the whole, from the leaves up, in fractions."""

    def leaf(name: str) -> Fraction | None:
        rows = [one for one in given["scores"] if one["group"] == name]
        known = [(one["weight"], one.get("score")) for one in rows]
        return mean([(w, None if y is None else Fraction(y)) for w, y in known])

    def top(name: str) -> Fraction | None:
        inner = [one for one in given.get("subgroups", ()) if one["group"] == name]
        if not inner:
            return leaf(name)
        return mean([(one["weight"], leaf(one["name"])) for one in inner])

    found = mean([(one["weight"], top(one["name"])) for one in given["groups"]])
    assert found is not None
    return found


def test_worked_example_by_hand():
    # Legal 70; technical 30 + 25 = 55; 28 + 33 = 61; 1 % + 2 % × 0.61 = 2.22 %.
    found = run()
    assert found.value == pytest.approx(0.0222)
    assert found.outputs["group_scores"] == pytest.approx([70, 55])
    assert found.outputs["coefficient"] == pytest.approx(0.61)


def test_what_is_not_scored_gives_its_weight_to_its_siblings():
    # Legal 80 alone; technical 55 of one subgroup alone; 0.4 × 80 + 0.6 × 55 = 65.
    found = run(**NESTED)
    assert found.outputs["score"] == pytest.approx(65)
    assert found.outputs["not_scored"] == ["范围", "效果"]
    notes = [one.say("en") for one in found.issues if one.severity is Severity.NOTE]
    assert any("范围" in note for note in notes)
    assert any("效果" in note for note in notes)


@given(sheets())
def test_every_formula_gives_the_numbers_shown(formulas_hold, given):
    formulas_hold("adjusted_share_rate", given, rel=1e-9)


@given(sheets())
def test_the_score_is_what_fractions_give(given):
    expected = float(reckoned(given))
    found = run(**given)
    assert found.outputs["score"] == pytest.approx(expected, rel=1e-9, abs=1e-9)
    lower, upper = given["lower"], given["upper"]
    share = lower + (upper - lower) * expected / 100
    assert found.value == pytest.approx(share, rel=1e-9, abs=1e-12)


@given(sheets())
def test_the_share_lies_between_the_limits_and_the_score_between_the_scores(given):
    found = run(**given)
    assert given["lower"] - 1e-12 <= found.value <= given["upper"] + 1e-12
    scores = [one["score"] for one in given["scores"] if "score" in one]
    assert min(scores) - 1e-9 <= found.outputs["score"] <= max(scores) + 1e-9


@given(sheets(), st.floats(0, 100))
def test_equal_scores_are_the_score_whatever_is_missing(given, score):
    rows = [
        one | {"score": score} if "score" in one else one for one in given["scores"]
    ]
    found = run(**given | {"scores": rows})
    assert found.outputs["score"] == pytest.approx(score, abs=1e-9)


@given(sheets(), st.data())
def test_the_share_rises_with_every_score(given, data):
    scored = [n for n, one in enumerate(given["scores"]) if "score" in one]
    place = data.draw(st.sampled_from(scored))
    rows = [dict(one) for one in given["scores"]]
    rows[place]["score"] = data.draw(st.floats(rows[place]["score"], 100))
    assert run(**given).value <= run(**given | {"scores": rows}).value + 1e-12


@given(sheets(), st.integers(1, 4))
def test_scenarios_of_fixed_inputs_all_give_the_single_share(given, scenarios):
    params, _ = params_or_refuse(METHOD.params, given)
    arrays = METHOD.arrays(params)
    for name, numbers in arrays.items():
        if isinstance(numbers, np.ndarray):
            flat = np.atleast_1d(numbers)
            arrays[name] = np.repeat(flat[np.newaxis, :], scenarios, axis=0)
    values = METHOD.values(arrays)
    assert values.shape == (scenarios,)
    assert values == pytest.approx(METHOD.run(params).value, rel=1e-12, abs=1e-15)


def test_an_uncertain_score_moves_the_share_by_its_weight():
    rows = [dict(one) for one in PLAIN["scores"]]
    rows[2]["score"] = {"dist": "uniform", "low": 30, "high": 50}
    params, _ = params_or_refuse(METHOD.params, PLAIN | {"scores": rows})
    found = simulate(METHOD, params, 4000, 7)
    # 0.6 × 0.75 of a score of ±10 about 40, on a range of 2 % of a hundred.
    assert found.mean == pytest.approx(0.0222, abs=5 * found.se)
    assert found.sd == pytest.approx(0.02 * 0.45 * 20 / 12**0.5 / 100, rel=0.05)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"lower": 0.04}, "above the upper limit"),
        ({"lower": -0.1}, "Lower limit"),
        ({"upper": 1.1}, "Upper limit"),
        ({"range_source": " "}, "no source"),
        ({"groups": []}, "Groups"),
        ({"scores": []}, "Scores"),
        ({"groups": [{"name": "法律", "weight": 1}]}, "“技术”"),
        (
            {"groups": [{"name": "法律", "weight": 0.5}, *PLAIN["groups"][1:]]},
            "add to 1",
        ),
        ({"groups": [*PLAIN["groups"], PLAIN["groups"][0]]}, "twice"),
        ({"groups": [{"name": "", "weight": 1}]}, "no name"),
        ({"scores": PLAIN["scores"][:2]}, "“技术” has no factors"),
        ({"scores": [*PLAIN["scores"], PLAIN["scores"][0]]}, "twice"),
        ({"scores": [factor("甲", "法律", 0.9, 1), *PLAIN["scores"][2:]]}, "add to 1"),
        ({"scores": [factor("甲", "法律", 1, 101), *PLAIN["scores"][2:]]}, "Score"),
        ({"scores": [factor("甲", "法律", 0), *PLAIN["scores"]]}, "Weight"),
        ({"subgroups": [{"name": "子", "group": "无", "weight": 1}]}, "“无”"),
        ({"subgroups": [{"name": "技术", "group": "法律", "weight": 1}]}, "tell them"),
        ({"subgroups": [{"name": "子", "group": "法律", "weight": 1}]}, "“法律”"),
    ],
)
def test_what_does_not_go_together_is_refused(given, told):
    assert told in refused(**given)


def test_a_score_without_evidence_is_refused_by_its_factor():
    rows = [dict(one) for one in PLAIN["scores"]]
    rows[1]["evidence"] = " "
    assert "“范围” is scored without evidence" in refused(scores=rows)


def test_thirds_of_four_digits_are_thirds():
    thirds = [factor(name, "总", 0.3333, 60) for name in "甲乙丙"]
    found = run(groups=[{"name": "总", "weight": 1}], scores=thirds)
    assert found.outputs["score"] == pytest.approx(60, abs=1e-12)
    short = [factor(name, "总", 0.333, 60) for name in "甲乙丙"]
    assert "add to 1" in refused(groups=[{"name": "总", "weight": 1}], scores=short)


def test_a_weight_is_no_distribution():
    rows = [dict(one) for one in PLAIN["scores"]]
    rows[0]["weight"] = {"dist": "uniform", "low": 0.4, "high": 0.6}
    assert "judgement" in refused(scores=rows)


def test_a_sheet_without_any_score_is_refused():
    rows = [
        factor(one["factor"], one["group"], one["weight"]) for one in PLAIN["scores"]
    ]
    assert "No factor is scored" in refused(scores=rows)


def test_a_group_without_scores_and_a_nameless_sheet_are_warned_of():
    rows = [*PLAIN["scores"][:2], factor("成熟度", "技术", 1)]
    issues = run(scores=rows, sheet="").issues
    assert {one.severity for one in issues} == {Severity.WARNING}
    assert {one.where for one in issues} == {"scores", "sheet"}
