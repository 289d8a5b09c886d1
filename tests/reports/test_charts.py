from __future__ import annotations

import io

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.graphics import renderPDF
from reportlab.pdfgen.canvas import Canvas

from valuer.core.figures import BarFigure, HistogramFigure, Mark, Swing, TornadoFigure
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
