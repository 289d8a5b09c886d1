"""Scores of groups stand as a radar."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.reports.sections.test_sections import section
from valuer.core.case import Case, Run
from valuer.core.examples import read_example
from valuer.core.figures import RadarFigure
from valuer.core.resources import resource
from valuer.reports.charts import chart
from valuer.reports.sections import blocks
from valuer.reports.style import Style


@pytest.fixture(scope="module")
def params():
    return read_example(resource("examples/patent-score-1.json")).run["params"]


def radars(draft, case: Case, params) -> list[RadarFigure]:
    score = Run("score", "patent_score", 1, params, reason="x")
    made = draft(replace(case, runs=(*case.runs, score)))
    charts = (b for b in section(made, "method") if isinstance(b, blocks.Chart))
    return [one.figure for one in charts if isinstance(one.figure, RadarFigure)]


def test_groups_of_a_score_stand_around_a_circle(draft, small: Case, params):
    homes = {one["name"]: one["group"] for one in params["subgroups"]}
    flat = {
        **params,
        "subgroups": [],
        "scores": [
            {**one, "group": homes.get(one["group"], one["group"]), "weight": 1}
            for one in params["scores"]
        ],
    }
    counts = {}
    for one in flat["scores"]:
        counts[one["group"]] = counts.get(one["group"], 0) + 1
    for one in flat["scores"]:
        one["weight"] = 1 / counts[one["group"]]
    (radar,) = radars(draft, small, flat)
    assert radar.labels == ("法律价值", "技术价值", "经济价值")
    assert radar.full == 100
    assert all(0 <= value <= 100 for value in radar.values)


def test_a_group_that_is_not_scored_has_no_spoke(draft, small: Case, params):
    (radar,) = radars(draft, small, params)
    names = {one["name"] for one in params["subgroups"]}
    scored = {one["group"] for one in params["scores"] if one.get("score") is not None}
    assert set(radar.labels) == names & scored
    assert len(radar.labels) < len(names)


def test_a_radar_is_drawn_within_its_room():
    shown = RadarFigure("t", ("很长的名称" * 12, "B", "C"), (100.0, 0.0, 55.5), 100.0)
    drawing = chart(shown, Style("zh_CN"))
    left, foot, right, top = drawing.getBounds()
    assert left >= -0.5
    assert foot >= -0.5
    assert right <= drawing.width + 0.5
    assert top <= drawing.height + 0.5
