"""A report is whole, or it is refused; the same case gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from valuer.core.case import (
    Appraiser,
    Case,
    Conclusion,
    House,
    HouseKind,
    OneMethodGround,
    Run,
)
from valuer.core.patents import LegalEvent, LegalStatus, Patent, PatentKind
from valuer.core.problems import UserError
from valuer.reports.pdfium import Pages

Change = Callable[[Case], Case]


def text_of(pdf: bytes) -> str:
    with Pages(pdf) as pages:
        return "\n".join(
            line for index in range(len(pages)) for line in pages.lines(index)
        )


def joined(text: str) -> str:
    return "".join(text.split())


def test_the_same_case_gives_the_same_bytes(small: Case, build):
    assert build(small).pdf == build(small).pdf


def test_language_number_and_date_change_the_bytes(small: Case, report, build):
    others = (
        build(small, "en"),
        build(replace(small, report_number="另号")),
        build(replace(small, report_date=date(2026, 11, 19))),
    )
    assert len({report.pdf, *(one.pdf for one in others)}) == 4


def without(**changes) -> Change:
    return lambda case: replace(case, **changes)


def ground(case: Case) -> Case:
    return replace(case, conclusion=replace(case.conclusion, ground=" "))


def ground_kind(case: Case) -> Case:
    return replace(case, conclusion=replace(case.conclusion, ground_kind=None))


def one_appraiser(case: Case) -> Case:
    return replace(case, appraisers=case.appraisers[:1])


def nameless_house(case: Case) -> Case:
    return replace(case, house=replace(case.house, name=""))


def statutory_by_others(case: Case) -> Case:
    signers = tuple(replace(one, certified=False) for one in case.appraisers)
    return replace(case, statutory=True, appraisers=signers)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (without(client=""), "client"),
        (without(report_number=""), "report_number"),
        (without(report_date=None), "report_date"),
        (without(conclusion=None), "conclusion"),
        (without(appraisers=()), "appraisers"),
        (without(patents=()), "patents"),
        (without(patents=(Patent(),)), "patents[0]"),
        (ground, "conclusion.ground"),
        (ground_kind, "conclusion.ground_kind"),
        (one_appraiser, "appraisers"),
        (nameless_house, "house.name"),
        (statutory_by_others, "appraisers"),
    ],
)
def test_what_is_missing_is_refused_by_its_place(
    small: Case, build, change: Change, where: str
):
    with pytest.raises(UserError) as refusal:
        build(change(small))
    assert f"\n{where}: " in refusal.value.say("en")


def test_everything_missing_is_told_at_once(small: Case, build):
    bare = replace(small, client="", report_number="", report_date=None, appraisers=())
    with pytest.raises(UserError) as refusal:
        build(bare)
    told = refusal.value.say("en")
    for where in ("client", "report_number", "report_date", "appraisers"):
        assert f"\n{where}: " in told


def test_an_error_of_the_valuation_blocks(small: Case, build):
    dead = replace(small.patents[0], status=LegalStatus.INVALIDATED)
    with pytest.raises(UserError, match="declared invalid"):
        build(replace(small, patents=(dead,)))


def test_a_missing_valuation_date_blocks(small: Case, build):
    with pytest.raises(UserError, match="valuation date"):
        build(replace(small, valuation_date=None))


def test_a_warning_does_not_block_and_is_a_special_matter(small: Case, build):
    later = LegalEvent(LegalStatus.LAPSED, "终止", date(2026, 10, 20))
    warned = replace(small.patents[2], history=(later,))
    case = replace(small, patents=(*small.patents[:2], warned))
    text = text_of(build(case, "en").pdf)
    matters = text[text.rindex("Special matters") :]
    assert "20 October 2026" in matters
    assert "ZL202222214085.6" in matters


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_an_analysis_has_none_of_the_reserved_words(
    agency_case: Case, build, language: str
):
    built = build(agency_case, language)
    text = joined(text_of(built.pdf))
    for word in ("评估结论", "评估值", "资产评估师", "评报字", "声明", "机构盖章处"):
        assert word not in text
    for word in ("appraised value", "Certified asset appraiser", "opinion of value"):
        assert joined(word) not in text
    assert "资产评估报告" in text  # the banner says that it is none
    assert [box.name for box in built.boxes] == ["Appraiser1", "Appraiser2"]


def test_a_university_makes_an_analysis_too(agency_case: Case, build):
    house = House(HouseKind.UNIVERSITY, "明衡理工大学技术转移中心（演示）")
    text = joined(text_of(build(replace(agency_case, house=house)).pdf))
    assert "专利价值分析报告" in text
    assert "评估结论" not in text


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (without(report_number="苏明评报字（2026）第1号"), "report_number"),
        (without(special_matters=("评估结论以此为准。",)), "special_matters[0]"),
        (without(special_matters=("评 估\u200b结论以此为准。",)), "special_matters[0]"),
        (without(statutory=True), "statutory"),
    ],
)
def test_an_analysis_may_not_speak_as_an_appraisal(
    agency_case: Case, build, change: Change, where: str
):
    with pytest.raises(UserError) as refusal:
        build(change(agency_case))
    assert f"\n{where}: " in refusal.value.say("en")


def test_the_title_of_a_patent_may_hold_a_reserved_word(agency_case: Case, build):
    titled = replace(agency_case.patents[0], title="一种权利声明的生成方法")
    case = replace(agency_case, patents=(titled, *agency_case.patents[1:]))
    assert "一种权利声明的生成方法" in joined(text_of(build(case).pdf))


def test_the_appraisal_report_has_three_fields_and_its_caption(report):
    names = [box.name for box in report.boxes]
    assert names == ["Appraiser1", "Appraiser2", "Institution"]
    text = joined(text_of(report.pdf))
    assert "软件核验码，非中评协报备码" in text
    assert "机构盖章处" in text
    assert "人民币伍佰伍拾万元整" in text


def test_nothing_is_drawn_as_a_blank(report):
    assert report.missing == ()


def overfull(case: Case) -> Case:
    """Thirty patents, a title of 300 characters, sixty users, twenty years."""
    patents = tuple(
        Patent(
            number=f"CN20191{1000000 + place}0",
            country="CN",
            kind=list(PatentKind)[place % 2],
            title="一种名称很长的装置、系统及其控制方法" * 20
            if place == 1
            else "<b>&amp; 装置</b>",
            owners=tuple(f"权利人{n}有限公司" for n in range(1 + place % 4)),
            filed=None if place == 7 else date(2020, 1 + place % 12, 1),
            granted=None if place == 4 else date(2022, 1, 1),
            status=LegalStatus.PENDING if place == 4 else LegalStatus.IN_FORCE,
            status_on=date(2026, 1, 1),
        )
        for place in range(30)
    )
    forecast = case.forecast
    periods = tuple(
        replace(
            forecast.periods[0],
            end=date(2026 + n, 12, 31),
            revenue=Decimal("123456789012.34"),
        )
        for n in range(20)
    )
    drawn = {"dist": "pert", "low": 0.02, "mode": 0.03, "high": 0.05}
    params = {
        "royalty_rate": [drawn if n < 3 else 0.03 for n in range(20)],
        "tax_rate": [0.15] * 20,
        "discount_rate": 0.165,
        "timing": "mid",
        "expiry_date": "2029-06-30",
    }
    run = replace(case.runs[0], params=params, weight=Decimal("0.5"), scenarios=10)
    return replace(
        case,
        patents=patents,
        forecast=replace(forecast, periods=periods),
        users=tuple(f"第{n}使用人股份有限公司" for n in range(60)),
        runs=(run, replace(run, key="again")),
        conclusion=replace(case.conclusion, run=""),
        special_matters=("很长的事项说明。" * 300,),
        name=case.name * 4,
    )


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_an_overfull_case_is_printed_whole(small: Case, build, language: str):
    text = joined(text_of(build(overfull(small), language).pdf))
    assert "第59使用人股份有限公司" in text
    assert text.count("<b>&amp;装置</b>") >= 28
    assert "2045-12-31" in text


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_case_with_nothing_optional_is_printed(small: Case, build, language: str):
    params = {
        "revenue": ["100", "200"],
        "first_period_end": "2026-12-31",
        "royalty_rate": 0.03,
        "tax_rate": 0.25,
        "discount_rate": 0.1,
        "timing": "mid",
    }
    case = Case(
        report_number="1",
        house=House(name="某评估机构"),
        appraisers=(Appraiser("甲"), Appraiser("乙", certified=False)),
        client="委托人甲",
        valuation_date=small.valuation_date,
        report_date=small.report_date,
        patents=(replace(small.patents[0], owners=(), title=""),),
        runs=(Run("rfr", "relief_from_royalty", 1, params),),
        conclusion=Conclusion(
            unit=Decimal("0.01"),
            ground_kind=OneMethodGround.ONLY_ONE_FITS,
            ground="其他方法不适用。",
        ),
    )
    text = joined(text_of(build(case, language).pdf))
    assert "委托人甲" in text
    assert "其他方法不适用。" in text
