"""A package of the e-filing client is one case with all that was filed."""

from __future__ import annotations

from datetime import date

import pytest

from tests.imports.efiling import (
    Filing,
    forms,
    one,
    package,
    told,
    with_changes,
    zipped,
)
from valuer.core.patents import PatentKind
from valuer.imports.efiling_package import read_package

NUMBER = "2026100000019"  # 12 digits whose weighed sum is 53, and 53 mod 11 is 9


def test_a_package_is_one_case_with_all_that_was_filed(tmp_path):
    path = tmp_path / "专利" / "案卷.zip"
    path.parent.mkdir()
    path.write_bytes(package())

    found = read_package(path)

    (case,) = found.cases
    assert (found.format, found.read, found.refused) == ("efiling_package", 1, 0)
    assert found.issues == ()
    assert case.number == ""
    assert case.reference == "SW2026-0001"
    assert case.kind is PatentKind.INVENTION
    assert case.title == "一种虚构的水位探针"
    assert case.applicants == ("虚构大学", "甲一")
    assert case.applicant_type == "大专院校"
    assert case.agents == ("丙三", "丁四")
    assert case.agent_licences == ("3201100001.X", "3201100002.5")
    assert case.priority == date(2025, 10, 1)
    assert case.same_day is True
    assert case.pct is None
    assert case.filed is None
    assert (case.claims, case.pages, case.embodiments) == (4, 7, 2)


def test_independent_claims_are_those_that_take_up_no_other():
    case = one(package())

    assert case.independent_claims == 3
    # 一种水位测量方法其特征在于读取浮子的位置: twenty characters; the fourth claim is
    # shorter, but takes the probe of the first along.
    assert case.claim_length == 20


def test_application_number_kind_and_pct_come_from_the_list():
    filing = with_changes(
        kind="1", number="202620000001.4", international="PCT/CN2025/000001"
    )
    case = one(package(filing))

    assert case.number == "CN2026200000014"
    assert case.kind is PatentKind.UTILITY_MODEL
    assert case.pct is True


def test_where_list_and_number_disagree_the_number_is_taken_and_it_is_told():
    data = package(with_changes(kind="0", number="202620000001.4"))

    assert one(data).kind is PatentKind.UTILITY_MODEL
    (said,) = told(data)
    assert "Utility model" in said
    assert "number was taken" in said


def test_where_list_and_request_disagree_neither_kind_is_taken():
    parts = forms(Filing())
    parts["list.xml"] = parts["list.xml"].replace(b"<YEWULX>0", b"<YEWULX>1")
    data = zipped(parts)

    assert one(data).kind is None
    assert any("different kinds" in said for said in told(data))


def test_an_unknown_kind_is_told_and_the_request_tells_it():
    parts = forms(Filing())
    parts["list.xml"] = parts["list.xml"].replace(b"<YEWULX>0", b"<YEWULX>9")
    data = zipped(parts)

    assert one(data).kind is PatentKind.INVENTION
    assert any("“9”" in said for said in told(data))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"stated_claims": "5"}, "5 claims are stated, 4 stand in the text"),
        ({"stated_pages": "9"}, "7 pages by the list and 9 by the request"),
        ({"stated_claims": "四"}, "“四”, which is no number"),
        ({"pages": "-3"}, "“-3”, which is no number"),
        ({"same_day": "也许"}, "neither yes nor no"),
        ({"priorities": ("去年",)}, "“去年”, which names no day"),
    ],
)
def test_what_contradicts_itself_is_told_and_the_case_read(changes, said):
    data = package(with_changes(**changes))

    assert one(data).reference == "SW2026-0001"
    assert any(said in issue for issue in told(data))


def test_title_and_reference_that_differ_are_told():
    parts = forms(Filing())
    request = parts["110101/110101.XML"].decode()
    request = request.replace("水位探针</发明名称>", "水位计</发明名称>")
    parts["110101/110101.XML"] = request.replace("SW2026-0001", "SW2026-0002").encode()
    data = zipped(parts)

    case = one(data)
    assert (case.title, case.reference) == ("一种虚构的水位探针", "SW2026-0001")
    said = told(data)
    assert len(said) == 2
    assert all("SW2026-0001" in one and "the list was taken" in one for one in said)


def test_numbers_left_at_zero_are_not_told():
    case = one(package(with_changes(pages="0", stated_pages="0", stated_claims="0")))

    assert case.pages is None
    assert case.claims == 4


def test_a_later_filing_changes_nothing_of_the_texts_at_filing():
    data = package(with_changes(request=False, number="202610000001.9"))
    case = one(data)

    assert case.number == f"CN{NUMBER}"
    assert (case.claims, case.pages, case.agents) == (None, None, ())
    assert any("no request" in said for said in told(data))


def test_claims_as_scanned_pages_are_told():
    parts = forms(Filing())
    parts["list.xml"] = parts["list.xml"].replace(
        b"100001\\100001.XML", b"100001\\100001.PDF"
    )
    data = zipped(parts)
    case = one(data)

    assert (case.claims, case.independent_claims) == (4, None)
    assert any("no text here" in said for said in told(data))
