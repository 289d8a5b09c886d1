"""A long report, its signatures and a stack of summaries against the bare libraries.

The report stands against reportlab's own layout of the same blocks: its paragraphs,
tables and charts, in a Chinese font that it need not embed. Signatures stand against
pyHanko's own, with a picture in a field of the same size. All is run in one process,
fonts loaded.
"""

from __future__ import annotations

import gc
import io
import subprocess
import sys
import tempfile
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.stamp.text import TextStampStyle
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer
from rows import Row, ratio, seconds

from valuer import __version__
from valuer.core.canonical import canonical, digest, from_plain, parse_json
from valuer.core.case import Case, Run
from valuer.core.figures import BarFigure, TornadoFigure
from valuer.core.valuing import Valuation, value_case, with_versions
from valuer.methods import METHODS
from valuer.reports.appraisal import BuiltReport, build_report
from valuer.reports.keys import load_key
from valuer.reports.package import printed
from valuer.reports.sample_keys import make_sample_keys
from valuer.reports.sections import blocks, sections_of
from valuer.reports.sections.completeness import complete
from valuer.reports.sections.draft import Draft, words
from valuer.reports.sections.kinds import kind_of
from valuer.reports.signing import sign

FONT = "STSong-Light"
LANGUAGE = "zh_CN"
SUMMARIES = 500
COLD = """
import sys
sys.path.insert(0, sys.argv[1])
import bench_report as bench
case = bench.short_case()
bench.build(case, bench.value_case(case, bench.METHODS), "summary")
"""
CASES = Path(__file__).parent.parent / "reports"
NOW = datetime(2026, 11, 22, 2, 15, tzinfo=UTC)
PIN = "2468"


def measure() -> list[Row]:
    """Return the rows of one run."""
    registerFont(UnicodeCIDFont(FONT))
    case = long_case()
    valuation = value_case(case, METHODS)
    made = build(case, valuation)
    told = list(said(case, valuation))
    charts = sum(isinstance(one, blocks.Chart) for one in told)
    what = f"{made.pages}-page report with {charts} charts"
    if made.pages < 40 or charts < 12:
        raise AssertionError(what)
    long = ratio(lambda: build(case, valuation), lambda: stock(told), 5)
    return [
        Row(what, "stock reportlab layout of the same blocks", long, 3),
        signatures(made.pdf),
        *summaries(),
    ]


def long_case() -> Case:
    """Return a case whose report has forty pages and a dozen charts."""
    case = from_plain(_read("portfolio_case.json"), Case)
    others = from_plain(_read("three_runs.json"), tuple[Run, ...])
    first = replace(case.runs[0], scenarios=2000)
    more = [replace(first, key=f"rfr{number}") for number in range(1, 6)]
    assert case.conclusion is not None
    analysis = "各方法的测算结果相互印证，故选取收益法的测算结果。"
    concluded = replace(case.conclusion, analysis=analysis, ground_kind=None, ground="")
    runs = (first, *more, *others)
    return with_versions(replace(case, runs=runs, conclusion=concluded), METHODS)


def short_case() -> Case:
    """Return a case with one method."""
    case = from_plain(_read("portfolio_case.json"), Case)
    return with_versions(
        replace(case, runs=(replace(case.runs[0], scenarios=500),)), METHODS
    )


def build(case: Case, valuation: Valuation, kind: str = "") -> BuiltReport:
    """Return the report, as the program makes it."""
    return build_report(
        case,
        valuation,
        case_id="C1",
        revision=1,
        digest=digest(canonical(case)),
        language=LANGUAGE,
        program=__version__,
        kind_key=kind,
    )


def said(case: Case, valuation: Valuation) -> Any:
    """Yield the blocks of the report, before any of them is set."""
    kind = kind_of(case.house.kind)
    concluded, valued, dated = complete(case, valuation, kind)
    mark = digest(canonical(case))
    terms = words(kind, LANGUAGE)
    given = printed(case), valuation, kind, concluded, valued, dated, "C1", 1, mark
    draft = Draft(*given, LANGUAGE, __version__, terms)
    for section in sections_of(kind, case):
        yield from section.blocks(draft)


def stock(told: list[Any]) -> bytes:
    """Return the same blocks as reportlab lays them out by itself."""
    plain = ParagraphStyle("plain", fontName=FONT, fontSize=10.5, leading=18)
    plain.wordWrap = "CJK"
    small = ParagraphStyle("small", parent=plain, fontSize=8, leading=11)
    small.wordWrap = "CJK"
    story = [piece for one in told for piece in _stock(one, plain, small)]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, invariant=1).build(story)
    return out.getvalue()


def _stock(block: Any, plain: ParagraphStyle, small: ParagraphStyle) -> list[Any]:
    match block:
        case blocks.Facts():
            return [_stock_table([*block.rows], small)]
        case blocks.Table():
            heads = [column.head for column in block.columns]
            return [
                Paragraph(_plain(block.title), plain),
                _stock_table([heads, *block.rows], small),
            ]
        case blocks.Chart():
            return [_stock_chart(block.figure)]
        case blocks.Points():
            return [Paragraph(_plain(text), plain) for text in block.texts]
        case blocks.Formula() | blocks.Heading() | blocks.Prose() | blocks.Note():
            return [Paragraph(_plain(block.text), plain)]
        case _:
            return [Spacer(1, 60)]


def _stock_table(rows: list[Any], style: ParagraphStyle) -> LongTable:
    cells = [[Paragraph(_plain(text), style) for text in row] for row in rows]
    return LongTable(cells, repeatRows=1)


def _stock_chart(figure: Any) -> Drawing:
    values = [1.0, 2.0, 3.0]
    if isinstance(figure, BarFigure):
        values = [float(value) for value in figure.values]
    elif isinstance(figure, TornadoFigure):
        values = [float(swing.high - swing.low) for swing in figure.swings]
    drawing, chart = Drawing(450, 180), VerticalBarChart()
    chart.width, chart.height, chart.data = 400, 150, [values]
    for axis in (chart.categoryAxis, chart.valueAxis):
        axis.labels.fontName = FONT
    drawing.add(chart)
    return drawing


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _read(name: str) -> Any:
    return parse_json((CASES / name).read_bytes(), name)


# Signatures


def signatures(pdf: bytes) -> Row:
    """Three visible signatures, each with its picture."""
    with tempfile.TemporaryDirectory() as folder:
        made = make_sample_keys(Path(folder), PIN, NOW)
        paths = [*made.appraisers, made.institution]
        keys = [load_key(path, PIN, NOW) for path in paths]
        bare = [
            signers.SimpleSigner.load_pkcs12(str(path), passphrase=PIN.encode())
            for path in paths
        ]
    roles = ("appraiser", "appraiser", "agency")

    def ours() -> bytes:
        signed = pdf
        for place, (key, role) in enumerate(zip(keys, roles, strict=True)):
            signed = sign(signed, key, role, NOW + timedelta(minutes=place), LANGUAGE)
        return signed

    def theirs() -> bytes:
        signed = pdf
        names = ("Appraiser1", "Appraiser2", "Institution")
        for name, signer in zip(names, bare, strict=True):
            signed = _bare(signed, name, signer)
        return signed

    what = f"three visible signatures on {len(pdf) / 1e6:.1f} MB"
    against = "three bare pyHanko signatures with a picture each"
    return Row(what, against, ratio(ours, theirs, 5), 1.3)


def _bare(pdf: bytes, name: str, signer: Any) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    meta = signers.PdfSignatureMetadata(
        field_name=name,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=name == "Appraiser1",
        docmdp_permissions=fields.MDPPerm.FILL_FORMS,
    )
    style = TextStampStyle(stamp_text="%(signer)s\n%(ts)s\nAppraiser")
    out = signers.PdfSigner(meta, signer, stamp_style=style).sign_pdf(
        writer, existing_fields_only=True
    )
    return bytes(out.getvalue())


# Summaries


def summaries() -> list[Row]:
    """Five hundred summaries against one from a start, and what memory they keep."""
    case = short_case()
    valuation = value_case(case, METHODS)
    cases = [
        replace(case, report_number=f"示评报字〔2026〕第{n:03d}号")
        for n in range(SUMMARIES)
    ]

    def all_of_them() -> None:
        for each in cases:
            build(each, valuation, "summary")

    build(case, valuation, "summary")
    taken = seconds(all_of_them) / seconds(_cold)
    held = _held(cases[:50], valuation)
    return [
        Row(f"{SUMMARIES} one-page summaries, warm", "one from a start", taken, 100),
        Row("memory kept after 50 of them", "after the first", held, 2, "MB"),
    ]


def _cold() -> None:
    """Make one summary in a process that has loaded nothing yet."""
    asked = [sys.executable, "-c", COLD, str(Path(__file__).parent)]
    subprocess.run(asked, capture_output=True, check=True)


def _held(cases: list[Case], valuation: Valuation) -> float:
    tracemalloc.start()
    try:
        build(cases[0], valuation, "summary")
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        for each in cases:
            build(each, valuation, "summary")
        gc.collect()
        return (tracemalloc.get_traced_memory()[0] - before) / 1e6
    finally:
        tracemalloc.stop()
