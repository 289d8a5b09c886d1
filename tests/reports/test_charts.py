from __future__ import annotations

import io

import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Line, Rect, String
from reportlab.pdfgen.canvas import Canvas

from valuer.core.figures import (
    BarFigure,
    ConvergenceFigure,
    HistogramFigure,
    Mark,
    Rise,
    Swing,
    TornadoFigure,
    WaterfallFigure,
)
from valuer.reports.charts import chart
from valuer.reports.fonts import SANS, report_font
from valuer.reports.style import TEXT_WIDTH, Style

STYLE = Style("zh_CN")
BARS = BarFigure("现值", "万元", ("2026", "2027", "2028"), (120.5, 80.25, -10.0))
TORNADO = TornadoFigure(
    "影响",
    "万元",
    100.0,
    "评估值 100",
    (
        Swing("折现率", "14%", "18%", 120.0, 85.0),
        Swing("许可费率", "3%", "4%", 70.0, 140.0),
        Swing("所得税税率", "15%", "25%", 113.0, 100.0),
    ),
)
HISTOGRAM = HistogramFigure(
    "分布",
    "评估值（万元）",
    "次数",
    (0.0, 50.0, 100.0, 150.0),
    (10, 70, 20),
    (Mark("P5 20", 20.0), Mark("P50 80", 80.0), Mark("评估值 82", 82.0, True)),
)


def page_of(drawing):
    report_font(SANS)
    out = io.BytesIO()
    size = (drawing.width + 20, drawing.height + 20)
    canvas = Canvas(out, pagesize=size, initialFontName=SANS)
    renderPDF.draw(drawing, canvas, 10, 10)
    canvas.save()
    return out.getvalue()


def words(drawing):
    with pypdfium2.PdfDocument(page_of(drawing)) as pdf:
        return pdf[0].get_textpage().get_text_range().split()


def rectangles(drawing):
    with pypdfium2.PdfDocument(page_of(drawing)) as pdf:
        kinds = (item for item in pdf[0].get_objects() if item.type == 2)
        return [item.get_bounds() for item in kinds]


def ink(drawing):
    with pypdfium2.PdfDocument(page_of(drawing)) as pdf:
        image = pdf[0].render(scale=2, grayscale=True).to_pil()
    return [v / 2 for v in image.point(lambda v: 255 - v).getbbox()]


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (BARS, {"万元", "2026", "2028", "120", "80", "−10"}),
        (TORNADO, {"折现率", "14%", "18%", "3%", "4%", "评估值", "100", "万元"}),
        (HISTOGRAM, {"P5", "P50", "次数", "评估值（万元）", "100", "82"}),
    ],
)
def test_a_chart_names_what_it_shows(figure, expected):
    assert expected <= set(words(chart(figure, STYLE)))


@pytest.mark.parametrize("figure", [BARS, TORNADO, HISTOGRAM])
def test_nothing_stands_outside_the_chart(figure):
    drawing = chart(figure, STYLE)
    left, top, right, foot = ink(drawing)
    assert left >= 9
    assert top >= 9
    assert right <= drawing.width + 11
    assert foot <= drawing.height + 11


def test_bars_are_as_high_as_their_values():
    bars = sorted(
        (b for b in rectangles(chart(BARS, STYLE)) if 20 < b[2] - b[0] < 60),
        key=lambda b: b[0],
    )
    heights = [top - foot for _, foot, _, top in bars]
    assert heights[0] / heights[1] == pytest.approx(120.5 / 80.25, rel=0.02)
    # The negative bar hangs where the others stand.
    assert bars[2][3] == pytest.approx(bars[0][1], abs=0.7)


def test_the_widest_swing_stands_on_top():
    shown = [w for w in words(chart(TORNADO, STYLE)) if w in ("折现率", "许可费率")]
    assert shown == ["许可费率", "折现率"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(-1e9, 1e12, allow_nan=False), min_size=1, max_size=40),
    st.floats(200, TEXT_WIDTH),
)
def test_any_amounts_can_be_drawn(values, width):
    labels = tuple(str(2026 + i) for i in range(len(values)))
    figure = BarFigure("t", "元", labels, tuple(values))
    drawing = chart(figure, STYLE, width=width)
    left, _, right, _ = ink(drawing)
    assert left >= 9
    assert right <= width + 11


@settings(max_examples=40, deadline=None)
@given(
    st.floats(-1e6, 1e6),
    st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), max_size=8),
)
def test_any_swings_can_be_drawn(value, ends):
    swings = tuple(Swing(f"参数{i}", "1%", "2%", a, b) for i, (a, b) in enumerate(ends))
    drawing = chart(TornadoFigure("t", "元", value, "v", swings), STYLE)
    assert {f"参数{i}" for i in range(len(ends))} <= set(words(drawing))


def test_equal_values_make_a_histogram_too():
    figure = HistogramFigure("t", "元", "n", (5.0, 5.0), (100,), (Mark("P50", 5.0),))
    assert "P50" in words(chart(figure, STYLE))


CONVERGENCE = ConvergenceFigure(
    "收敛",
    "万元",
    "模拟次数",
    (100, 200, 300),
    (80.0, 82.0, 81.0),
    (70.0, 75.0, 77.0),
    (90.0, 89.0, 85.0),
    "累计均值",
    "标准误",
)
WATERFALL = WaterfallFigure(
    "形成过程",
    "万元",
    (
        Rise("直接成本与间接成本合计", 100.0),
        Rise("利润", 20.0),
        Rise("重置成本", 120.0, is_total=True),
        Rise("× q", -40.0),
        Rise("价值", 80.0, is_total=True),
    ),
)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (CONVERGENCE, {"万元", "模拟次数", "累计均值", "标准误", "300"}),
        (WATERFALL, {"100", "20", "120", "−40", "80", "利润", "价值"}),
    ],
)
def test_the_other_charts_name_what_they_show(figure, expected):
    drawing = chart(figure, STYLE)
    assert expected <= set(words(drawing))
    left, top, right, foot = ink(drawing)
    assert min(left, top) >= 9
    assert right <= drawing.width + 11
    assert foot <= drawing.height + 11


def test_a_column_of_a_waterfall_begins_where_the_last_ended():
    drawing = chart(WATERFALL, STYLE)
    columns = [one for one in drawing.contents if isinstance(one, Rect)]
    first, profit, total, fall, value = ((r.y, r.y + r.height) for r in columns)
    assert profit[0] == pytest.approx(first[1])
    assert total == pytest.approx((first[0], profit[1]))
    assert fall == pytest.approx((value[1], total[1]))


def marks_and_labels(drawing):
    """The upright lines from foot to head, and the room that each text takes."""
    lines = [
        one
        for one in drawing.contents
        if isinstance(one, Line) and one.x1 == one.x2 and one.y2 - one.y1 > 60
    ]
    font = report_font(SANS)
    labels = []
    for one in drawing.contents:
        if isinstance(one, String) and one.text.startswith("P"):
            width = font.stringWidth(one.text, one.fontSize)
            left = one.x - (width if one.textAnchor == "end" else 0)
            labels.append((left, left + width, one.y))
    return lines, labels


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.floats(0, 150), min_size=1, max_size=4),
    st.integers(0, 3),
)
@example([80.0, 82.0, 84.0, 86.0], 1)
@example([80.0, 80.5, 81.0], 0)
def test_no_line_of_a_mark_crosses_a_label(places, adopted):
    marks = tuple(
        Mark(f"P{n} {place:.2f}", place, is_adopted=n == adopted % len(places))
        for n, place in enumerate(places)
    )
    figure = HistogramFigure("t", "元", "n", (0.0, 50.0, 150.0), (10, 7), marks)
    lines, labels = marks_and_labels(chart(figure, STYLE))
    assert len(lines) == len(labels) == len(marks)
    for line in lines:
        for left, right, foot in labels:
            assert not left < line.x1 < right or foot > line.y2
    for place, (left, right, foot) in enumerate(labels):
        assert left >= 0
        assert right <= TEXT_WIDTH
        for other_left, other_right, other_foot in labels[:place]:
            assert other_foot != foot or right <= other_left or other_right <= left


def test_a_long_name_is_cut_before_it_leaves_the_chart():
    name = "可比交易案例：技术特性与先进性的可比案例指数" * 3
    figure = TornadoFigure("t", "元", 10.0, "10", (Swing(name, "1", "2", 9.0, 11.0),))
    drawing = chart(figure, STYLE)
    assert ink(drawing)[0] >= 9
    assert any("…" in word or "⋯" in word for word in words(drawing))
