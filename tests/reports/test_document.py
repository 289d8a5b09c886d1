from __future__ import annotations

import importlib.util
import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from reportlab.platypus.flowables import Flowable, KeepTogether

from valuer import __version__
from valuer.reports.boxes import SignatureBox
from valuer.reports.document import DocumentSpec, build, page_break, space
from valuer.reports.headings import Contents, Heading
from valuer.reports.paragraphs import Paragraph
from valuer.reports.pdf_finish import Attachment
from valuer.reports.style import MARGIN_BOTTOM, TEXT_HEIGHT, TEXT_WIDTH

SPEC = DocumentSpec(
    title="专利资产评估报告 <甲>",
    author="南京某某资产评估有限公司",
    subject="R&D & 专利",
    language="en",
    report_number="NJ-2026-018",
    digest="0123456789abcdef" * 4,
    report_date=date(2026, 10, 15),
)


def chapters(style):
    blocks = [Paragraph("Cover", style.heading(0)), page_break(), Contents(style)]
    for title in ("Purpose", "Method", "Conclusion"):
        blocks += [page_break(), Heading(title, 1, style), Heading("Part", 2, style)]
        blocks += [Paragraph("Text 专利。" * 40, style.body)]
    return blocks


@pytest.fixture(scope="module")
def built():
    return build(SPEC, chapters)


def page_texts(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_each_page_but_the_cover_counts_itself(built):
    texts = page_texts(built.pdf)
    assert built.pages == len(texts) == 5
    assert "Page" not in texts[0]
    for number, text in enumerate(texts[1:], start=2):
        assert f"Page {number} of 5" in text


def test_the_head_names_report_and_revision(built):
    for text in page_texts(built.pdf)[1:]:
        assert "NJ-2026-018" in text
        assert "0123456789abcdef" in text


def test_contents_tell_the_pages_and_lead_to_them(built):
    contents = page_texts(built.pdf)[1]
    found = re.findall(r"^(\d[\d.]*)\s+(\w+)\s+(\d+)\s*$", contents, re.MULTILINE)
    assert [(number, page) for number, title, page in found if title != "Part"] == [
        ("1", "3"),
        ("2", "4"),
        ("3", "5"),
    ]
    with pikepdf.open(io.BytesIO(built.pdf)) as pdf:
        links = list(pdf.pages[1].Annots)
        pages = [page.obj.objgen for page in pdf.pages]
        targets = [link.Dest[0] for link in links]
        assert [pages.index(target.objgen) for target in targets] == [2, 2, 3, 3, 4, 4]
        assert all(link.F == 4 for link in links)


def test_the_outline_follows_the_headings(built):
    with pikepdf.open(io.BytesIO(built.pdf)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [
            "1 Purpose",
            "2 Method",
            "3 Conclusion",
        ]
        assert [child.title for child in outline.root[1].children] == ["2.1 Part"]


def test_chinese_headings_are_numbered_in_chinese():
    built = build(replace(SPEC, language="zh_CN"), chapters)
    with pikepdf.open(io.BytesIO(built.pdf)) as pdf, pdf.open_outline() as outline:
        assert outline.root[2].title == "三、Conclusion"
        assert outline.root[2].children[0].title == "（一）Part"


def test_properties_and_metadata_agree(built):
    with pikepdf.open(io.BytesIO(built.pdf)) as pdf:
        info = pdf.docinfo
        assert str(info["/Title"]) == SPEC.title
        assert str(info["/Producer"]) == f"Valuer {__version__}"
        assert str(info["/CreationDate"]) == "D:20261015120000Z"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == SPEC.title
            assert metadata["dc:creator"] == [SPEC.author]
            assert metadata["dc:description"] == SPEC.subject
            assert metadata["xmp:CreateDate"] == "2026-10-15T12:00:00Z"
            assert metadata["pdfaid:part"] == "3"


def test_the_same_input_gives_the_same_bytes(built, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1234567890")
    assert build(SPEC, chapters).pdf == built.pdf


def test_another_date_gives_another_file(built):
    other = build(replace(SPEC, report_date=date(2026, 10, 16)), chapters)
    assert other.pdf != built.pdf


def test_all_fonts_are_embedded(built):
    with pikepdf.open(io.BytesIO(built.pdf)) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        assert {str(font.Subtype) for font in fonts} == {"/Type0"}


def test_attachments_can_be_saved_by_any_reader():
    data = '{"案":1}'.encode()
    file = Attachment("复算.json", data, "application/json", "Recompute package")
    pdf = build(replace(SPEC, attachments=(file,)), chapters).pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.attachments["复算.json"].get_file().read_bytes() == data
        (entry,) = document.Root.AF
        assert entry.AFRelationship == "/Data"
        assert entry.EF.F.Subtype == "/application/json"


def test_missing_characters_are_told_and_printed_as_geta():
    built = build(SPEC, lambda style: [Paragraph("王☑", style.body)])
    assert built.missing == ("☑",)
    assert "王☑" in page_texts(built.pdf)[0]


def test_boxes_are_told_where_they_stand():
    def story(style):
        return [
            page_break(),
            space(100),
            SignatureBox("appraiser", "Sign here", ("Zhang San",), style),
        ]

    built = build(SPEC, story)
    (box,) = built.boxes
    assert (box.name, box.page) == ("appraiser", 1)
    left, foot, right, top = box.rectangle
    with pypdfium2.PdfDocument(built.pdf) as pdf:
        (frame,) = (
            found
            for item in pdf[1].get_objects()
            if (found := item.get_bounds())[3] - found[1] > 50
        )
    assert frame == pytest.approx((left, foot, right, top), abs=0.7)
    assert MARGIN_BOTTOM < foot < top < MARGIN_BOTTOM + TEXT_HEIGHT - 90


def test_a_heading_is_not_left_alone_at_the_foot():
    def story(style):
        return [
            page_break(),
            space(TEXT_HEIGHT - 60),
            Heading("Method", 1, style),
            Paragraph("Text of some length, and more of it. " * 20, style.body),
        ]

    texts = page_texts(build(SPEC, story).pdf)
    assert "Method" not in texts[1]
    assert "Method" in texts[2]


@pytest.mark.parametrize(("room", "page"), [(150, 1), (110, 2)])
def test_a_heading_stands_on_the_page_of_the_chart_below_it(room, page):
    def story(style):
        chart = KeepTogether([Paragraph("Figure", style.body), space(60)])
        above = space(TEXT_HEIGHT - room)
        return [page_break(), above, Heading("Method", 1, style), chart]

    texts = page_texts(build(SPEC, story).pdf)
    assert "Method" in texts[page]
    assert "Figure" in texts[page]


def test_a_paragraph_begins_under_its_heading_and_goes_on_overleaf():
    def story(style):
        return [
            page_break(),
            space(TEXT_HEIGHT - 110),
            Heading("Method", 1, style),
            Paragraph("Text of some length, and more of it. " * 20, style.body),
        ]

    texts = page_texts(build(SPEC, story).pdf)
    assert "Method" in texts[1]
    assert "Text of some length" in texts[1]
    assert "Text of some length" in texts[2]


def test_contents_longer_than_a_page_go_on_and_stay_right():
    def story(style):
        blocks: list[Flowable] = [page_break(), Contents(style)]
        for number in range(60):
            blocks += [page_break(), Heading(f"Chapter-{number}", 1, style)]
        return blocks

    built = build(SPEC, story)
    texts = page_texts(built.pdf)
    assert built.pages == 1 + 2 + 60
    assert re.search(r"60 Chapter-59\s+63\b", texts[2])
    assert "Chapter-59" in texts[62]


def test_the_sample_stands_within_its_margins():
    path = Path(__file__).with_name("sample_report.py")
    found = importlib.util.spec_from_file_location("sample_report", path)
    assert found is not None
    assert found.loader is not None
    sample = importlib.util.module_from_spec(found)
    found.loader.exec_module(sample)
    built = sample.sample("zh_CN")
    assert [box.name for box in built.boxes] == ["appraiser1", "appraiser2", "agency"]
    with pypdfium2.PdfDocument(built.pdf) as pdf:
        for page in pdf:
            ink = page.render(scale=1, grayscale=True).to_pil().point(lambda v: 255 - v)
            left, _, right, _ = ink.getbbox()
            margin = (page.get_width() - TEXT_WIDTH) / 2
            assert left >= margin - 1.5
            assert right <= page.get_width() - margin + 1.5
