"""Reports in the look of a house: printed, the same bytes, computed anew alone."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from valuer.core.case import Case
from valuer.core.disclosure import Disclosure, Extent, Recipient
from valuer.core.look import Addition, Look, Wording
from valuer.core.problems import UserError
from valuer.methods import METHODS
from valuer.reports.appraisal import BuiltReport
from valuer.reports.carried import logo_of, package_of
from valuer.reports.recompute import recompute

Build = Callable[..., BuiltReport]

HEADER, FOOTER, COVER = "某某评估机构专利部", "南京市某路一号", "内部编号甲"
ADDED = "本机构另作说明：以中文文本为准。"


def picture(colour: tuple[int, int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 20), colour).save(out, "PNG")
    return out.getvalue()


LOGO = picture((20, 60, 140))


def dressed(case: Case, added: str = ADDED) -> Case:
    look = Look(
        "#1f4e8c",
        hashlib.sha256(LOGO).hexdigest(),
        (
            Wording("zh_CN", HEADER, FOOTER, (COVER,), (Addition("limits", (added,)),)),
            Wording("en", "Some house"),
        ),
    )
    return replace(case, house=replace(case.house, look=look))


@pytest.fixture(scope="module")
def made(small: Case, build: Build) -> bytes:
    return build(dressed(small), logo=LOGO).pdf


def pages_of(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_the_words_of_the_house_stand_where_they_belong(made: bytes):
    cover, *pages = pages_of(made)
    assert COVER in cover
    assert all(HEADER in page and FOOTER in page for page in pages)
    (stands_on,) = (page for page in pages if ADDED in page)
    assert "使用限制" in stands_on or "资产评估报告使用" in stands_on


def test_the_report_is_the_same_bytes_again(made: bytes, small: Case, build: Build):
    assert build(dressed(small), logo=LOGO).pdf == made


def test_the_report_is_computed_anew_from_the_file_alone(made: bytes):
    assert logo_of(made) == LOGO
    assert recompute(made, METHODS).matches


def test_only_what_is_printed_of_the_template_is_carried(made: bytes):
    (wording,) = package_of(made).case.house.look.wordings
    assert wording.language == "zh_CN"


def test_a_summary_has_head_and_foot_and_no_paragraphs(small: Case, build: Build):
    pdf = build(dressed(small), kind="summary", logo=LOGO).pdf
    (page,) = pages_of(pdf)
    assert HEADER in page
    assert ADDED not in page
    assert package_of(pdf).case.house.look.wordings == (
        Wording("zh_CN", HEADER, FOOTER),
    )
    assert recompute(pdf, METHODS).matches


def with_logo(pdf: bytes, logo: bytes | None) -> bytes:
    """Return a file that carries another logo, or none."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        files = [one for one in document.Root.AF if "logo" in str(one.F)]
        for one in files:
            if logo is None:
                one.F = one.UF = "other.png"
            else:
                one.EF.F.write(logo)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "logo", [None, b"", picture((21, 60, 140)), b"\x89PNG\r\n\x1a\n", b"\0" * 2_000_000]
)
def test_another_logo_in_the_file_does_not_match(logo: bytes | None, made: bytes):
    found = recompute(with_logo(made, logo), METHODS)
    assert not found.matches
    assert found.why_not is not None


def test_a_case_is_not_printed_with_a_logo_it_does_not_name(small: Case, build: Build):
    for logo in (b"", picture((1, 2, 3))):
        with pytest.raises(UserError, match="logo"):
            build(dressed(small), logo=logo)


def test_reserved_words_are_refused_in_a_template(agency_case: Case, build: Build):
    with pytest.raises(UserError, match="评估结论"):
        build(dressed(agency_case, "评估结论仅供参考。"), logo=LOGO)


def test_a_look_that_no_template_has_is_refused(small: Case, build: Build):
    look = Look("javascript:", wordings=(Wording("zh_CN", "<i>x</i>"),))
    case = replace(small, house=replace(small.house, look=look))
    with pytest.raises(UserError, match=r"colour(.|\n)*markup"):
        build(case)


def test_recipients_are_told_where_more_is_disclosed(small: Case, build: Build):
    to = Recipient("示例银行法务部", "ab" * 32)
    case = replace(small, disclosure=Disclosure(Extent.EVIDENCE, (to,)))
    pdf = build(case).pdf
    assert any(to.name in page for page in pages_of(pdf))
    assert package_of(pdf).case.disclosure == case.disclosure
    assert recompute(pdf, METHODS).matches


def test_the_default_profile_prints_nothing_and_names_nobody(small: Case, build: Build):
    named = Disclosure(recipients=(Recipient("示例银行法务部", "ab" * 32),))
    pdf = build(replace(small, disclosure=named)).pdf
    assert package_of(pdf).case.disclosure == Disclosure()
    assert not any("示例银行" in page for page in pages_of(pdf))


def test_a_profile_without_recipients_is_refused(small: Case, build: Build):
    with pytest.raises(UserError, match="recipients"):
        build(replace(small, disclosure=Disclosure(Extent.CASE)))
