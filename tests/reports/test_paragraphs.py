from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from valuer.reports.fonts import SERIF, report_font
from valuer.reports.paragraphs import Paragraph, bold, subscript, superscript
from valuer.reports.style import Align, Style

# From the standard GB/T 15834 and the brief, not from the code.
NEVER_FIRST = set("，。；：？！、）》」』】〕”’％…")
NEVER_LAST = set("（《「『【〔“‘￥¥")

BODY = Style("zh_CN").plain
ENGLISH = Style("en").plain
CHINESE_TEXT = (
    "本次评估以2026年9月30日为评估基准日，采用许可费节省法（Relief from Royalty）对“一种"
    "锂离子电池负极材料及其制备方法”（专利号：ZL201610895413.X）的市场价值进行评定估算。"
    "经测算，被评估专利的市场价值为人民币12,345,678.90元（大写：壹仟贰佰叁拾肆万伍仟陆佰"
    "柒拾捌元玖角整），折现率取16.25%，许可费率取3.5 %；详见《资产评估说明》（附件三）。"
)
ENGLISH_TEXT = (
    "The patent is worth the royalties its owner need not pay: forecast revenue times an"
    " arm’s-length royalty rate, after tax, discounted mid-year over its remaining life."
)

words = st.text("abcdefgXYZ0123456789.,%-", min_size=1, max_size=12)
hanzi = st.text("评估专利许可费节省法价值", min_size=1, max_size=8)
marks = st.sampled_from([*"，。；：？！、）》”’（《“‘￥ ", "……", "——"])
texts = st.lists(st.one_of(words, hanzi, marks), max_size=60).map("".join)
widths = st.floats(60, 450)


def squashed(text):
    return "".join(text.split())


@settings(max_examples=150, deadline=None)
@given(texts, widths)
def test_no_character_is_lost_or_moved(text, width):
    lines = Paragraph(text, BODY).lines(width)
    assert squashed("".join(lines)) == squashed(text)


@settings(max_examples=150, deadline=None)
@given(texts, widths)
def test_no_line_is_wider_than_the_column(text, width):
    assert max(Paragraph(text, BODY).line_widths(width)) <= width + 0.001


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(hanzi, st.sampled_from("，。、")), min_size=1), widths)
def test_chinese_lines_never_begin_or_end_with_the_wrong_mark(parts, width):
    # Each mark stands alone between words, so the rule can always be kept.
    text = "中".join(parts)
    for line in Paragraph(text, BODY).lines(width)[1:]:
        assert line[0] not in NEVER_FIRST


@pytest.mark.parametrize("width", range(120, 440, 7))
def test_punctuation_figures_and_units_stay_where_they_belong(width):
    paragraph = Paragraph(CHINESE_TEXT, BODY)
    lines = paragraph.lines(width)
    assert not any(line[0] in NEVER_FIRST for line in lines)
    assert not any(line[-1] in NEVER_LAST for line in lines)
    text = "\n".join(lines)
    whole = ("2026年", "9月", "30日", "16.25%", "3.5 %", "Relief", "12,345,678.90元")
    for part in (*whole, "ZL201610895413.X"):
        assert part in text


@pytest.mark.parametrize("width", [120, 200, 300, 442])
def test_english_breaks_between_words_only(width):
    lines = Paragraph(ENGLISH_TEXT, ENGLISH).lines(width)
    after_hyphens = ENGLISH_TEXT.replace("-", "- ").split()
    words_shown = [word for line in lines for word in line.replace("-", "- ").split()]
    assert words_shown == after_hyphens
    assert len(lines) > 1


def test_a_word_longer_than_the_line_is_broken_within():
    digest = "3f9a61d0c2b74e58" * 4
    paragraph = Paragraph(digest, BODY)
    assert "".join(paragraph.lines(100)) == digest
    assert max(paragraph.line_widths(100)) <= 100


def test_a_lone_last_character_gets_company():
    text = "评" * 41
    width = 40 * BODY.size
    assert [len(line) for line in Paragraph(text, BODY).lines(width)] == [39, 2]


def test_neighbouring_punctuation_moves_together():
    two = Paragraph("估）。", BODY).natural_width()
    apart = Paragraph("估）估。", BODY).natural_width()
    assert apart - two == pytest.approx(1.5 * BODY.size)


def test_markup_is_text():
    text = "<b>A&B</b> 专利 &lt;"
    assert Paragraph(text, BODY).lines(400) == [text]


def test_runs_make_one_text():
    content = ["S", subscript("t"), " = ", bold("R"), superscript("−½")]
    assert Paragraph(content, BODY).text == "St = R−½"


@settings(deadline=None)
@given(texts, widths, st.integers(0, 20))
def test_splitting_keeps_every_line(text, width, fitting):
    paragraph = Paragraph(text, BODY)
    whole = paragraph.lines(width)
    parts = paragraph.split(width, fitting * BODY.leading)
    if parts:
        assert [line for part in parts for line in part.lines(width)] == whole
        assert len(parts[0].lines(width)) <= fitting


def test_no_single_line_is_left_on_either_page():
    paragraph = Paragraph("评" * 200, BODY)
    width, leading = 40 * BODY.size, BODY.leading
    assert len(paragraph.lines(width)) == 5
    assert paragraph.split(width, 1.5 * leading) == []
    first, rest = paragraph.split(width, 4.5 * leading)
    assert (len(first.lines(width)), len(rest.lines(width))) == (3, 2)


def test_only_the_first_part_is_indented():
    style = replace(BODY, indent=21)
    paragraph = Paragraph("评" * 200, style)
    _, rest = paragraph.split(400, 2 * style.leading)
    assert len(rest.lines(400)[0]) == int(400 / style.size)


@pytest.mark.parametrize("width", range(150, 440, 23))
def test_pdfium_reads_each_justified_line_as_it_was_written(width):
    with pypdfium2.PdfDocument(drawn(CHINESE_TEXT, BODY, width)) as pdf:
        text = pdf[0].get_textpage().get_text_range()
    assert text.split("\r\n") == Paragraph(CHINESE_TEXT, BODY).lines(width)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
@pytest.mark.parametrize("width", range(150, 440, 69))
def test_poppler_reads_each_justified_line_as_it_was_written(width, tmp_path):
    path = tmp_path / "line.pdf"
    path.write_bytes(drawn(CHINESE_TEXT, BODY, width))
    command = ["pdftotext", "-enc", "UTF-8", "-layout", str(path), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    assert lines == Paragraph(CHINESE_TEXT, BODY).lines(width)


def test_justified_lines_reach_the_right_edge():
    width = 300
    left, right = inked(CHINESE_TEXT * 2, replace(BODY, align=Align.JUSTIFIED), width)
    assert left == pytest.approx(100, abs=2)
    assert right == pytest.approx(100 + width, abs=2)


def drawn(content, style, width):
    report_font(SERIF)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(700, 900), initialFontName=SERIF, invariant=1)
    paragraph = Paragraph(content, style)
    _, height = paragraph.wrap(width, 900)
    paragraph.drawOn(canvas, 100, 880 - height)
    canvas.save()
    return out.getvalue()


def inked(content, style, width):
    with pypdfium2.PdfDocument(drawn(content, style, width)) as pdf:
        box = pdf[0].render(scale=2, grayscale=True).to_pil().point(lambda v: 255 - v)
    left, _, right, _ = box.getbbox()
    return left / 2, right / 2
