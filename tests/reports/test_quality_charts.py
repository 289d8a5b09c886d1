from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import nan

import pytest
from reportlab.graphics.shapes import Circle, Polygon, String

from tests.reports.test_charts import ink, words
from valuer.core.quality_figures import (
    ControlFigure,
    ControlPoint,
    IncidenceFigure,
    IncidenceLine,
    Limits,
    RareFigure,
    ScoreBand,
    ScoreStep,
    StepFigure,
)
from valuer.reports.charts import chart
from valuer.reports.style import Style

STYLE = Style("zh_CN")


def limits(n: float) -> Limits:
    return Limits(n, 40.0, 70.0, 45.0, 65.0)


def control(count: int = 6, funnel: tuple[Limits, ...] = ()) -> ControlFigure:
    points = [ControlPoint(f"2025-{m + 1:02}", 55.0, limits(m)) for m in range(count)]
    points[0] = ControlPoint("2025-01", 82.0, limits(31), is_out=True)
    points[1] = ControlPoint("2025-02", 67.0, limits(32), is_warned=True)
    return ControlFigure(
        "发明授权率", "%", "计入件数 n", 55.0, "总体 55.0%", "控制限 3σ", "警戒线 2σ",
        tuple(points), funnel, "超出控制限", "超出警戒线",
    )  # fmt: skip


FUNNEL = tuple(Limits(n, 30.0, 80.0, 40.0, 70.0) for n in (1.0, 20.0, 40.0))
RARE = RareFigure(
    "两次权利丧失之间", "期限数", ("1", "2"), (20.0, 900.0), 100.0, 0.0, 400.0,
    "平均 100", "控制限 400", (False, True), "比以往少见",
)  # fmt: skip
INCIDENCE = IncidenceFigure(
    "申请后的授权与丧失", "%", "申请后月数",
    (
        IncidenceLine("授权", (0.0, 12.0, 24.0), (0.0, 20.0, 45.0), (0.0, 15.0, 40.0),
                      (0.0, 25.0, 50.0)),
        IncidenceLine("丧失", (0.0, 12.0, 24.0), (0.0, 20.0, nan)),
    ),
)  # fmt: skip
LINE = StepFigure(
    "信用计分", "分", date(2026, 11, 23), date(2028, 5, 23),
    (ScoreStep(date(2026, 11, 23), 85.0, "85 B"), ScoreStep(date(2027, 4, 2), None, "?"),
     ScoreStep(date(2027, 9, 1), 100.0, "100 A")),
    (ScoreBand("A+", 100.0, None), ScoreBand("A", 90.0, 100.0),
     ScoreBand("B", 80.0, 90.0), ScoreBand("C", 60.0, 80.0)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (control(), {"%", "2025-06", "31", "n", "控制限", "3σ", "超出控制限"}),
        (control(funnel=FUNNEL), {"2025-01", "计入件数", "超出警戒线"}),
        (RARE, {"期限数", "平均", "400", "比以往少见"}),
        (INCIDENCE, {"%", "授权", "丧失", "申请后月数", "24"}),
        (LINE, {"85", "100", "A", "B", "2027-04", "?"}),
    ],
    ids=["p-chart", "funnel", "g-chart", "incidence", "credit"],
)
def test_a_chart_of_quality_says_its_figures(figure, expected):
    assert expected <= set(words(chart(figure, STYLE)))


@pytest.mark.parametrize(
    "figure",
    [control(), control(60), control(funnel=FUNNEL), RARE, INCIDENCE, LINE],
    ids=["p-chart", "sixty months", "funnel", "g-chart", "incidence", "credit"],
)
@pytest.mark.parametrize("width", [250.0, 450.0])
def test_a_chart_of_quality_stays_within_its_measure(figure, width):
    drawn = chart(figure, STYLE, width=width)
    left, top, right, foot = ink(drawn)
    assert left >= 8
    assert right <= drawn.width + 12
    assert top >= 8
    assert foot <= drawn.height + 12


def test_where_a_point_stands_is_told_by_its_shape_alone():
    drawn = chart(control(), STYLE).contents
    discs = [item for item in drawn if isinstance(item, Circle)]
    shapes = [i for i in drawn if isinstance(i, Polygon) and len(i.points) == 8]
    assert len(discs) == 4
    # One point and its sample in the key, for either kind.
    assert len(shapes) == 4
    assert len({item.fillColor.hexval() for item in shapes}) == 2


def test_every_month_of_a_short_p_chart_has_its_count_under_it():
    figure = control()
    texts = [i.text for i in chart(figure, STYLE).contents if isinstance(i, String)]
    assert [str(point.n) for point in figure.points] == [
        text for text in texts if text in {"31", "32", "2", "3", "4", "5"}
    ]


def test_a_line_that_is_only_supposed_is_broken_and_named():
    supposed = (ScoreStep(date(2026, 11, 23), 65.0, "65 C"),)
    figure = replace(LINE, supposed=supposed, supposed_label="假设")
    drawn = chart(figure, STYLE)
    dashed = [one for one in drawn.contents if getattr(one, "strokeDashArray", None)]
    assert len(dashed) == 1
    assert "假设" in words(drawn)
