from __future__ import annotations

import io

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from valuer.reports.fonts import SANS, SERIF, report_font
from valuer.reports.style import TEXT_HEIGHT, TEXT_WIDTH, Style
from valuer.reports.tables import Column, Table

STYLE = Style("en")
COLUMNS = (Column("Year"), Column("Royalty", is_figure=True), Column("Note", weight=1))


def pages(table, height=TEXT_HEIGHT, width=TEXT_WIDTH):
    """The table's parts as reportlab would put them on pages."""
    parts, rest = [], table
    while rest.wrap(width, height)[1] > height:
        first, rest = rest.split(width, height)
        assert first.wrap(width, height)[1] <= height + 0.001
        parts.append(first)
    return [*parts, rest]


def characters(*parts, width=TEXT_WIDTH):
    """Text and place of each character, page by page."""
    for name in (SANS, SERIF):
        report_font(name)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(TEXT_WIDTH, TEXT_HEIGHT), initialFontName=SANS)
    for part in parts:
        _, height = part.wrap(width, TEXT_HEIGHT)
        part.drawOn(canvas, 0, TEXT_HEIGHT - height)
        canvas.showPage()
    canvas.save()
    with pypdfium2.PdfDocument(out.getvalue()) as pdf:
        for page in pdf:
            text = page.get_textpage()
            yield (
                text.get_text_range(),
                [text.get_charbox(i) for i in range(text.count_chars())],
            )


def test_decimal_points_stand_under_each_other():
    rows = [("a", "1,234.50", ""), ("b", "0.123456", ""), ("c", "98.7%", "")]
    ((text, boxes),) = characters(Table(COLUMNS, rows, STYLE))
    points = [boxes[at][0] for at, character in enumerate(text) if character == "."]
    assert len(points) == 3
    assert max(points) - min(points) < 0.1


def test_figures_without_decimals_stand_under_the_whole_part():
    rows = [("a", "1,234.50", ""), ("b", "77", "")]
    ((text, boxes),) = characters(Table(COLUMNS, rows, STYLE))
    assert boxes[text.index("77") + 1][2] <= boxes[text.index(".")][0] + 0.5


def test_a_long_table_repeats_head_and_title():
    rows = [(str(2026 + i), f"{i}.5", f"row-{i}") for i in range(120)]
    table = Table(COLUMNS, rows, STYLE, title="Table 1  Royalties", unit="CNY")
    texts = [text for text, _ in characters(*pages(table))]
    assert len(texts) > 2
    assert all("Royalty" in text and "Unit: CNY" in text for text in texts)
    assert "continued" not in texts[0]
    assert all("Royalties (continued)" in text for text in texts[1:])
    shown = [word for text in texts for word in text.split() if word.startswith("row-")]
    assert shown == [row[2] for row in rows]


def test_the_total_does_not_stand_alone_on_a_page():
    rows = [(str(i), "1", "x") for i in range(200)]
    table = Table(COLUMNS, [*rows, ("Total", "200", "x")], STYLE, totals=1)
    last = list(characters(*pages(table)))[-1][0]
    assert "199" in last
    assert "Total" in last


def test_a_row_taller_than_a_page_goes_on():
    words = [f"w{i}" for i in range(3000)]
    table = Table([Column("A"), Column(weight=1)], [("key", " ".join(words))], STYLE)
    texts = [text for text, _ in characters(*pages(table))]
    assert len(texts) > 1
    shown = [w for text in texts for w in text.split() if w.startswith("w")]
    assert shown == words


def test_a_table_with_empty_heads_has_no_head_row():
    facts = [("Client", "Someone"), ("Purpose", "Transfer")]
    with_head = Table([Column("K"), Column("V")], facts, STYLE)
    without = Table([Column(), Column()], facts, STYLE)
    assert without.wrap(TEXT_WIDTH, 0)[1] < with_head.wrap(TEXT_WIDTH, 0)[1]


@pytest.mark.parametrize("years", [5, 12, 20])
def test_a_wide_table_stays_within_the_page(years):
    columns = [
        Column("项目"),
        *(Column(str(2026 + i), is_figure=True) for i in range(years)),
    ]
    row = ("收入", *(f"{1234.5 + i:,.1f}" for i in range(years)))
    ((_, boxes),) = characters(Table(columns, [row], Style("zh_CN")))
    assert max(box[2] for box in boxes) <= TEXT_WIDTH + 0.5


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text("专利ab ，。", max_size=40),
            st.decimals(-1000000, 1000000, places=2).map("{:,}".format),
            st.text("评估价值 xyz", max_size=80),
        ),
        min_size=1,
        max_size=40,
    ),
    st.floats(120, 600),
)
def test_every_row_stands_on_some_page(rows, height):
    parts = pages(Table(COLUMNS, rows, STYLE, title="T"), height)
    texts = [text for text, _ in characters(*parts)]
    shown = sorted("".join("".join(texts).split()).replace("T(continued)", ""))
    heads = "YearRoyaltyNote" * len(texts)
    expected = sorted("T" + heads + "".join("".join("".join(r).split()) for r in rows))
    assert shown == expected
