"""The score of a patent: the tree, what is missing, grades, and refusals."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Finds, Result
from valuer.core.problems import Severity, UserError
from valuer.core.score_sheets import rows_of
from valuer.methods import METHODS
from valuer.ratings import rating

METHOD = METHODS.find("patent_score")
Given = dict[str, Any]
TREE = rating("patent_value").sheet()
ROWS = rows_of(TREE, "licence")
KIND: Given = {"patent_kind": "invention", "scenario": "licence"}
FACTORS = len(ROWS["scores"])


def scored(scores: list[float | None]) -> Given:
    rows = [
        row if score is None else row | {"score": score, "evidence": "底稿"}
        for row, score in zip(ROWS["scores"], scores, strict=True)
    ]
    return ROWS | KIND | {"scores": rows}


def run(given: Given) -> Result:
    params, _ = params_or_refuse(METHOD.params, given)
    return METHOD.run(params)


def refused(given: Given) -> str:
    with pytest.raises(UserError) as refusal:
        run(given)
    return str(refusal.value)


def by_group(legal: float, technical: float, economic: float) -> list[float | None]:
    return [legal] * 7 + [technical] * 10 + [economic] * 10


def test_it_finds_a_score_and_values_nothing():
    assert METHOD.finds is Finds.SCORE
    assert not METHOD.is_valuing
    assert METHOD.approach is None


def test_the_three_values_are_weighed_by_the_scenario():
    # 0.3 × 80 + 0.3 × 60 + 0.4 × 50 = 62.
    found = run(scored(by_group(80, 60, 50)))
    assert found.value == pytest.approx(62)
    assert found.outputs["group_scores"] == pytest.approx([80, 60, 50])
    assert found.outputs["grade"] == "二级"


@pytest.mark.parametrize(
    ("score", "grade"),
    [(100, "一级"), (80, "一级"), (79.9, "二级"), (60, "二级"), (40, "三级"),
     (20, "四级"), (19.9, "五级"), (0, "五级")],
)  # fmt: skip
def test_a_grade_includes_its_lower_bound(score, grade):
    one = {"factor": "甲", "group": "总", "weight": 1, "score": score, "evidence": "乙"}
    given = {"groups": [{"name": "总", "weight": 1}], "scores": [one], "sheet": "表"}
    found = run(KIND | given | {"grades": ROWS["grades"]})
    assert found.outputs["grade"] == grade


def test_without_grades_none_is_told():
    assert "grade" not in run(scored(by_group(80, 60, 50)) | {"grades": []}).outputs


def test_what_is_not_scored_is_listed():
    scores = by_group(80, 60, 50)
    scores[0] = scores[20] = None
    found = run(scored(scores))
    assert found.value == pytest.approx(62)
    assert found.outputs["not_scored"] == ["专利有效性", "竞争对手情况"]
    assert [one.severity for one in found.issues] == [Severity.NOTE] * 2


@given(
    st.lists(st.none() | st.floats(0, 100), min_size=FACTORS - 1, max_size=FACTORS - 1)
)
def test_every_formula_gives_the_numbers_shown(formulas_hold, scores):
    found = formulas_hold("patent_score", scored([50.0, *scores]), rel=1e-9)
    assert 0 <= found.value <= 100 + 1e-9


def test_a_design_is_refused():
    given = scored(by_group(1, 1, 1)) | {"patent_kind": "design"}
    assert "inventions and utility models only" in refused(given)


@pytest.mark.parametrize(
    "grades",
    [
        [{"name": "一级", "least": 80}],
        [{"name": "五级", "least": 0}, {"name": "一级", "least": 80}],
        [{"name": "一级", "least": 50}, {"name": "二级", "least": 50}],
    ],
)
def test_grades_out_of_order_are_refused(grades):
    assert "down to 0" in refused(scored(by_group(1, 1, 1)) | {"grades": grades})


def test_an_unknown_scenario_and_a_score_beyond_a_hundred_are_refused():
    assert "Scenario" in refused(scored(by_group(1, 1, 1)) | {"scenario": "war"})
    assert "100" in refused(scored(by_group(101, 1, 1)))


def test_the_score_over_a_hundred_is_the_coefficient_of_the_share_rate():
    given = scored(by_group(80, 60, 50))
    rest = {name: given[name] for name in ("groups", "subgroups", "scores", "sheet")}
    limits = {"lower": 0.0, "upper": 1.0, "share_of": "profit", "range_source": "表"}
    method = METHODS.find("adjusted_share_rate")
    params, _ = params_or_refuse(method.params, rest | limits)
    share = method.run(params)
    assert share.value == pytest.approx(run(given).value / 100)
