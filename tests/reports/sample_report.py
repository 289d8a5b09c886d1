"""A sample of everything a report can hold, to be looked at.

Run it with a file name to write the sample: ``python sample_report.py OUT.pdf [en]``.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from reportlab.platypus.flowables import Flowable

from valuer.core.figures import BarFigure, HistogramFigure, Mark, Swing, TornadoFigure
from valuer.reports.boxes import Framed, SignatureBox
from valuer.reports.charts import figure
from valuer.reports.document import (
    BuiltDocument,
    DocumentSpec,
    build,
    page_break,
    space,
)
from valuer.reports.headings import Contents, Heading
from valuer.reports.paragraphs import Paragraph, bold, subscript, superscript
from valuer.reports.pdf_finish import Attachment
from valuer.reports.qr import QRCode
from valuer.reports.style import Align, Style
from valuer.reports.tables import Column, Table

CHINESE = (
    "本次评估以2026年9月30日为评估基准日，采用许可费节省法（Relief from Royalty）对“一种"
    "锂离子电池负极材料及其制备方法”（专利号：ZL201610895413.X）的市场价值进行评定估算。"
    "经测算，被评估专利在评估基准日的市场价值为人民币12,345,678.90元（大写：壹仟贰佰叁拾"
    "肆万伍仟陆佰柒拾捌元玖角整），折现率取16.25%，许可费率取3.5%；详见《资产评估说明》"
    "（附件三）。评估结论仅在“持续经营”“公开市场”等假设成立时有效——若假设发生变化，"
    "结论将失效……使用人应当完整阅读报告，不得断章取义！"
)
ENGLISH = (
    "The patent is worth the royalties its owner need not pay: forecast revenue times an"
    " arm’s-length royalty rate, after tax, discounted mid-year over the remaining"
    " economic life. The “value” was CNY 12,345,678.90 at a discount rate of 16.25%,"
    " and the owner’s licence (see the register) runs to 21 October 2036; the licensee is"
    " 南京某某科技有限公司, as entered in the register under 2019320000123."
)


def spec(language: str) -> DocumentSpec:
    return DocumentSpec(
        title="排版样张" if language != "en" else "Sample of the type",
        author="南京某某资产评估有限公司",
        subject="一种锂离子电池负极材料及其制备方法",
        language=language,
        report_number="苏某评报字〔2026〕第018号",
        digest="3f9a61d0c2b74e58" * 4,
        report_date=date(2026, 10, 15),
        attachments=(
            Attachment("recompute.json", b'{"a":1}', "application/json", "复算数据包"),
        ),
    )


def story(style: Style) -> list[Flowable]:
    blocks: list[Flowable] = [*cover(style), page_break()]
    blocks += [
        Paragraph("目　录" if style.is_chinese else "Contents", style.heading(0)),
        Contents(style),
        page_break(),
    ]
    for number in range(3):
        blocks += prose(style, number)
    blocks += [*tables(style), *charts(style), *signing(style)]
    return blocks


def cover(style: Style) -> list[Flowable]:
    big = replace(style.heading(0), size=26, leading=40)
    middle = replace(style.heading(0), size=14, leading=26)
    return [
        space(120),
        Paragraph("资产评估报告" if style.is_chinese else "Appraisal Report", big),
        Paragraph("南京某某科技有限公司拟转让专利权资产评估项目", middle),
        Paragraph("苏某评报字〔2026〕第018号", middle),
        space(160),
        Paragraph("南京某某资产评估有限公司", middle),
        Paragraph("2026年10月15日", middle),
        QRCode("3f9a61d0c2b74e58" * 4, "软件核验码，非中评协报备码", style),
    ]


def prose(style: Style, number: int) -> list[Flowable]:
    points = replace(style.plain, left=24)
    formula = [
        "V = Σ S",
        subscript("t"),
        " × (1 + r)",
        superscript("−(t − ½)"),
        ", S",
        subscript("t"),
        " = R",
        subscript("t"),
        " × ρ × (1 − τ)",
    ]
    return [
        Heading("评估结论与说明" if style.is_chinese else "Conclusion", 1, style),
        Paragraph(CHINESE, style.body),
        Heading("许可费节省法" if style.is_chinese else "The method", 2, style),
        Paragraph([CHINESE[:70], bold("此处为强调文字"), CHINESE[70:]], style.body),
        Paragraph(formula, style.formula),
        Paragraph("S(t) = R(t) × ρ × (1 − τ)；d(t) = (1 + r)^−(t − ½)", style.formula),
        Heading("Relief from royalty", 3, style),
        Paragraph(ENGLISH, Style("en").body),
        Framed("本报告为演示文件，签名证书无法律效力，不得用于任何经济行为。", style),
        *(
            Paragraph(CHINESE, points, label=f"（{i}）")
            for i in range(1, 3 + number % 2)
        ),
        Paragraph(ENGLISH, Style("en").body),
        Paragraph("—：案件中未记录。", style.note),
    ]


def tables(style: Style) -> list[Flowable]:
    years = [
        (
            str(2026 + i),
            f"{12345678.9 * 1.07**i:,.2f}",
            f"{3.5 - 0.1 * i:.2f}%",
            f"{0.5 + i:.4f}",
            f"{1.1625 ** -(0.5 + i):.6f}",
            f"{-1234.5 * i:,.2f}".replace("-", "−"),
        )
        for i in range(45)
    ]
    heads = (
        ("年度", "预测收入", "许可费率", "折现年期", "折现系数", "现值")
        if style.is_chinese
        else ("Year", "Revenue", "Royalty rate", "Years", "Factor", "Present value")
    )
    columns = [Column(heads[0]), *(Column(head, is_figure=True) for head in heads[1:])]
    facts = [
        ("委托人", "南京某某科技有限公司（统一社会信用代码：91320100MA1XXXXXXX）"),
        ("评估对象", CHINESE[:90]),
        ("摘要", "3f9a61d0c2b74e58" * 4),
        ("English", ENGLISH),
    ]
    wide = [Column("项目"), *(Column(str(2026 + i), is_figure=True) for i in range(12))]
    return [
        Heading("测算过程" if style.is_chinese else "Working", 1, style),
        Table([Column(), Column(weight=1)], facts, style),
        Table(
            columns,
            [*years, ("合计", "1,234,567,890.12", "", "", "", "9.9")],
            style,
            title=style.table_title("各年许可费节省额现值"),
            unit="人民币元",
            totals=1,
        ),
        Table(
            wide,
            [("收入（万元）", *(f"{1234.5 + i * 99:,.1f}" for i in range(12)))],
            style,
            title=style.table_title("年度横排的表"),
        ),
    ]


def charts(style: Style) -> list[Flowable]:
    bars = BarFigure(
        title="各年许可费节省额现值",
        unit="万元",
        labels=tuple(str(2026 + i) for i in range(16)),
        values=tuple(420.5 * 0.86**i - (60 if i == 15 else 0) for i in range(16)),
    )
    tornado = TornadoFigure(
        title="各参数对评估值的影响",
        unit="万元",
        value=1234.57,
        value_label="评估值 1,234.57",
        swings=(
            Swing("折现率", "14.25%", "18.25%", 1402.1, 1101.7),
            Swing("许可费率", "3.0%", "4.0%", 1058.2, 1410.9),
            Swing("预测收入", "−10%", "+10%", 1111.1, 1358.0),
            Swing("所得税税率", "15%", "25%", 1399.2, 1234.57),
        ),
    )
    edges = tuple(600 + 50 * i for i in range(31))
    counts = tuple(int(900 * 2.718 ** (-(((i - 12) / 6) ** 2))) for i in range(30))
    histogram = HistogramFigure(
        title="评估值的模拟分布（10,000次，种子0）",
        unit="评估值（万元）",
        count_label="次数",
        edges=edges,
        counts=counts,
        marks=(
            Mark("P5 880.2", 880.2),
            Mark("P50 1,215.0", 1215.0),
            Mark("P95 1,640.8", 1640.8),
            Mark("评估值 1,234.6", 1234.6, is_adopted=True),
        ),
    )
    return [figure(shown, style) for shown in (bars, tornado, histogram)]


def signing(style: Style) -> list[Flowable]:
    centred = replace(style.plain, align=Align.CENTRE)
    return [
        page_break(),
        Heading("签名盖章页" if style.is_chinese else "Signatures", 1, style),
        Paragraph("本页无正文", centred),
        SignatureBox(
            "appraiser1", "签名处", ("资产评估师：张三", "编号：32000001"), style
        ),
        SignatureBox("appraiser2", "签名处", ("资产评估师：李四䶮",), style),
        SignatureBox("agency", "机构盖章处", ("南京某某公司",), style, size=(130, 130)),
    ]


def sample(language: str) -> BuiltDocument:
    return build(spec(language), story)


if __name__ == "__main__":
    chosen = sys.argv[2] if len(sys.argv) > 2 else "zh_CN"
    Path(sys.argv[1]).write_bytes(sample(chosen).pdf)
