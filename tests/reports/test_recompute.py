"""A report matches when its pages say what follows from its package, and only then."""

from __future__ import annotations

import io
import json
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pytest

from valuer import __version__
from valuer.core.case import FORMAT, Case
from valuer.core.concluding import RULES
from valuer.methods import METHODS
from valuer.reports.appraisal import BuiltReport
from valuer.reports.keys import load_key
from valuer.reports.package import NAME
from valuer.reports.recompute import Recomputed, recompute
from valuer.reports.sample_keys import make_sample_keys
from valuer.reports.signature_roles import Role
from valuer.reports.signing import sign

Edit = Callable[[pikepdf.Pdf], None]


def edited(pdf: bytes, edit: Edit) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        edit(document)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def content(document: pikepdf.Pdf, index: int, change: Callable[[bytes], bytes]):
    page = document.pages[index]
    before = page.Contents.read_bytes()
    after = change(before)
    assert after != before
    page.Contents = document.make_stream(after)


def page_with(pdf: bytes, text: str) -> int:
    from valuer.reports.pdfium import Pages

    with Pages(pdf) as pages:
        return next(
            i for i in range(len(pages)) if any(text in line for line in pages.lines(i))
        )


def lines_of(pdf: bytes, index: int) -> tuple[str, ...]:
    from valuer.reports.pdfium import Pages

    with Pages(pdf) as pages:
        return pages.lines(index)


def codes(text: str) -> bytes:
    return text.encode("utf-16-be").hex().encode()


def replacing(index: int, old: str, new: str, count: int = 1) -> Edit:
    """Print other characters; they are set as hexadecimal, gaps apart."""

    def edit(document: pikepdf.Pdf) -> None:
        gap = rb"(?:> -?[\d.]+ <)?"
        sought = gap.join(codes(c) for c in old)

        def change(data: bytes) -> bytes:
            return re.sub(sought, codes(new), data, count=count)

        content(document, index, change)

    return edit


def attached(document: pikepdf.Pdf) -> Any:
    return document.Root.AF[0].EF.F


def with_package(pdf: bytes, data: bytes) -> bytes:
    def edit(document: pikepdf.Pdf) -> None:
        attached(document).write(data)

    return edited(pdf, edit)


def package_json(pdf: bytes) -> dict[str, Any]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return json.loads(attached(document).read_bytes())


def altered(pdf: bytes, change: Callable[[dict[str, Any]], None]) -> Recomputed:
    plain = package_json(pdf)
    change(plain)
    return recompute(with_package(pdf, json.dumps(plain).encode()), METHODS)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_report_as_made_matches(small: Case, build, language: str):
    found = recompute(build(small, language).pdf, METHODS)
    assert found.matches, found.differences
    assert found.is_exact


def test_the_report_of_an_agency_matches(agency_case: Case, build):
    found = recompute(build(agency_case).pdf, METHODS)
    assert found.matches, found.differences


def test_three_signatures_change_nothing(tmp_path, report: BuiltReport, small: Case):
    at = datetime(2026, 11, 18, 9, tzinfo=UTC)
    names = (small.appraisers[0].name, small.appraisers[1].name)
    keys = make_sample_keys(
        tmp_path, "1234", at, appraisers=names, institution=small.house.name
    )
    pdf = report.pdf
    for path in keys.appraisers:
        pdf = sign(pdf, load_key(path, "1234", at), Role.APPRAISER, at, "zh_CN")
    seal = load_key(keys.institution, "1234", at)
    pdf = sign(pdf, seal, Role.AGENCY, at, "zh_CN")
    found = recompute(pdf, METHODS)
    assert found.matches, found.differences


def test_one_altered_digit_of_the_conclusion_is_told(report: BuiltReport):
    index = page_with(report.pdf, "5,500,000.00")
    pdf = edited(report.pdf, replacing(index, "5,500,000.00", "5,800,000.00"))
    found = recompute(pdf, METHODS)
    assert not found.matches
    (one,) = found.differences
    assert "5,800,000.00" in one.printed
    assert "5,500,000.00" in one.recomputed
    assert str(index + 1) in one.where


def test_one_altered_capital_is_told(report: BuiltReport):
    index = page_with(report.pdf, "伍佰伍拾万")
    pdf = edited(report.pdf, replacing(index, "伍佰伍拾万", "陆佰伍拾万"))
    found = recompute(pdf, METHODS)
    assert not found.matches
    assert "陆佰" in found.differences[0].printed


def test_one_altered_input_row_is_told(report: BuiltReport):
    index = page_with(report.pdf, "30,157,000.00")
    pdf = edited(report.pdf, replacing(index, "30,157,000.00", "30,151,000.00"))
    found = recompute(pdf, METHODS)
    assert not found.matches
    assert found.differences[0].printed == "30,151,000.00"
    assert found.differences[0].recomputed == "30,157,000.00"


def test_an_altered_figure_of_the_package_is_told(report: BuiltReport):
    def change(plain: dict[str, Any]) -> None:
        plain["case"]["runs"][0]["params"]["discount_rate"] = 0.166

    found = altered(report.pdf, change)
    assert not found.matches
    assert any(one.printed == "16.5%" for one in found.differences)


def test_the_package_of_another_report_is_told(small: Case, report: BuiltReport, build):
    other = build(replace(small, client="另一委托人"))
    plain = json.dumps(package_json(other.pdf)).encode()
    found = recompute(with_package(report.pdf, plain), METHODS)
    assert not found.matches


def test_a_figure_painted_over_is_told(report: BuiltReport):
    index = page_with(report.pdf, "5,500,000.00")

    def edit(document: pikepdf.Pdf) -> None:
        content(document, index, lambda data: data + b"\nq 1 g 90 300 60 200 re f Q\n")

    found = recompute(edited(report.pdf, edit), METHODS)
    assert not found.matches
    assert str(index + 1) in found.differences[0].where


def test_a_glyph_that_reads_as_another_is_told(report: BuiltReport):
    # The 5 before the first comma is drawn as an 8 that copies as a 5.
    index = page_with(report.pdf, "5,500,000.00")

    def edit(document: pikepdf.Pdf) -> None:
        replacing(index, "5,500,000.00", "8,500,000.00")(document)
        for font in document.pages[index].Resources.Font.as_dict().values():
            mapping = font.ToUnicode.read_bytes()
            changed = mapping.replace(b"<0038> <0038>", b"<0038> <0035>")
            font.ToUnicode = document.make_stream(changed)

    found = recompute(edited(report.pdf, edit), METHODS)
    assert not found.matches
    assert index + 1 in {
        int(n) for one in found.differences for n in re.findall(r"\d+", one.where)
    }


def test_a_note_laid_over_a_page_is_told(report: BuiltReport):
    def edit(document: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.FreeText,
            Rect=[90, 300, 300, 400],
            Contents="6,500,000.00",
            DA="/Helv 12 Tf",
        )
        document.pages[4].Annots = document.make_indirect(
            pikepdf.Array([document.make_indirect(note)])
        )

    found = recompute(edited(report.pdf, edit), METHODS)
    assert [one.printed for one in found.differences] == ["/FreeText"]


def test_a_figure_drawn_as_an_image_is_told(report: BuiltReport):
    def edit(document: pikepdf.Pdf) -> None:
        image = document.make_stream(b"\x00" * 4)
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width, image.Height = 2, 2
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        page = document.pages[4]
        page.Resources = pikepdf.Dictionary(
            Font=page.Resources.Font, XObject=pikepdf.Dictionary(X=image)
        )
        content(document, 4, lambda data: data + b"\nq 40 0 0 9 200 400 cm /X Do Q")

    found = recompute(edited(report.pdf, edit), METHODS)
    assert "/XObject" in [one.printed for one in found.differences]


def test_a_form_that_stands_in_for_the_pages_is_told(report: BuiltReport):
    def edit(document: pikepdf.Pdf) -> None:
        document.Root.AcroForm.XFA = document.make_stream(b"<xdp/>")

    found = recompute(edited(report.pdf, edit), METHODS)
    assert [one.printed for one in found.differences] == ["/AcroForm/XFA"]


def test_a_turned_page_and_a_missing_page_are_told(report: BuiltReport):
    def turn(document: pikepdf.Pdf) -> None:
        document.pages[3].Rotate = 180

    def drop(document: pikepdf.Pdf) -> None:
        del document.pages[-1]

    assert not recompute(edited(report.pdf, turn), METHODS).matches
    assert not recompute(edited(report.pdf, drop), METHODS).matches


def test_a_version_never_released_is_told(small: Case, build):
    found = recompute(build(small, program=f"{__version__} ").pdf, METHODS, "en")
    assert "does not know that version" in found.differences[0].printed


@pytest.fixture
def known(monkeypatch):
    """A release before this one."""
    monkeypatch.setattr("valuer.reports.recompute.EARLIER", {"0.0.9": RULES})


def test_another_version_compares_figures(small: Case, build, known):
    found = recompute(build(small, program="0.0.9").pdf, METHODS)
    assert found.matches, found.differences
    assert not found.is_exact
    assert found.program == "0.0.9"


@pytest.mark.parametrize(
    ("old", "new"),
    [("5,500,000.00", "5,800,000.00"), ("伍佰伍拾万", "陆佰伍拾万")],
)
def test_another_version_still_tells_an_altered_figure(
    small: Case, build, known, old: str, new: str
):
    pdf = build(small, program="0.0.9").pdf
    index = page_with(pdf, old)
    found = recompute(edited(pdf, replacing(index, old, new)), METHODS)
    assert not found.matches
    assert any(new[:2] in one.printed for one in found.differences)


def test_another_version_still_tells_an_altered_name(small: Case, build, known):
    pdf = build(small, program="0.0.9").pdf

    def rename(document: pikepdf.Pdf) -> None:
        for at in range(len(document.pages)):
            if "明衡电源" in "".join(lines_of(pdf, at)):
                replacing(at, "明衡电源", "暗衡电源", count=0)(document)

    found = recompute(edited(pdf, rename), METHODS)
    assert any("明衡电源" in one.recomputed for one in found.differences)


def test_a_file_without_package_is_told():
    document = pikepdf.new()
    document.add_blank_page()
    out = io.BytesIO()
    document.save(out)
    for data in (out.getvalue(), b"", b"%PDF-1.7\n", b"\x00" * 4096):
        found = recompute(data, METHODS)
        assert not found.matches
        assert len(found.differences) == 1
        assert found.differences[0].printed


def test_two_packages_are_refused(report: BuiltReport):
    def edit(document: pikepdf.Pdf) -> None:
        other = document.make_stream(b"{}")
        file = pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec,
            F=NAME,
            UF=NAME,
            EF=pikepdf.Dictionary(F=other),
        )
        document.Root.AF.append(document.make_indirect(file))

    assert not recompute(edited(report.pdf, edit), METHODS).matches


def _scenarios(plain: dict[str, Any]) -> None:
    plain["case"]["runs"] = [
        plain["case"]["runs"][0] | {"key": f"r{i}", "scenarios": 10_000_000}
        for i in range(20)
    ]


def _set(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(plain: dict[str, Any]) -> None:
        *parents, last = path.split(".")
        at: Any = plain
        for key in parents:
            at = at[int(key)] if isinstance(at, list) else at[key]
        at[int(last) if isinstance(at, list) else last] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        _scenarios,
        _set("case.runs.0.scenarios", 10**12),
        _set("case.patents", [{}] * 5000),
        _set("case.conclusion.unit", "1E+999999999"),
        _set("case.conclusion.unit", "1E-999999"),
        _set("case.forecast.periods.1.revenue", "9E+9999999"),
        _set("case.patents.0.pta_days", 10**9),
        _set("case.patents.0.filed", "9999-12-31"),
        _set("case.valuation_date", "0001-01-01"),
        _set("case.client", "委" * 50_000),
        _set("case.client", "\ud800"),
        _set("case.runs.0.params.discount_rate", {"dist": "triangular"}),
        _set("case.runs.0.method", "no_such_method"),
        _set("case.runs.0.version", 99),
        _set("language", "../../x"),
        _set("kind", "value_analysis"),
        _set("format", 2),
        _set("case.format", FORMAT + 1),
        _set("case.surprise", 1),
        _set("case.patents.0.inventors", ["不印的人"]),
    ],
)
def test_a_hostile_package_is_refused(report: BuiltReport, change):
    found = altered(report.pdf, change)
    assert not found.matches
    assert found.differences


def test_a_package_that_unfolds_without_end_is_refused(report: BuiltReport):
    def edit(document: pikepdf.Pdf) -> None:
        folded = zlib.compress(b" " * 50_000_000, 9)
        attached(document).write(folded, filter=pikepdf.Name.FlateDecode)

    found = recompute(edited(report.pdf, edit), METHODS)
    assert not found.matches


def test_a_page_that_unfolds_without_end_is_not_drawn(report: BuiltReport):
    def edit(document: pikepdf.Pdf) -> None:
        folded = zlib.compress(b"0 0 m 1 1 l S\n" * 3_000_000, 9)
        stream = pikepdf.Stream(document, b"")
        stream.write(folded, filter=pikepdf.Name.FlateDecode)
        document.pages[4].Contents = stream

    found = recompute(edited(report.pdf, edit), METHODS)
    assert [one.printed for one in found.differences] == ["Contents"]


def test_deep_json_is_refused(report: BuiltReport):
    deep = b"[" * 100_000 + b"]" * 100_000
    found = recompute(with_package(report.pdf, deep), METHODS)
    assert not found.matches
