"""Independent claims and embodiments are counted in the texts as filed."""

from __future__ import annotations

import pytest

from tests.imports.efiling import CLAIMS, DESCRIPTION, HEAD, one, package, with_changes


@pytest.mark.parametrize(
    ("claim", "independent"),
    [
        ("如权利要求1至3任一项所述的装置，其特征在于，有盖。", 1),
        ("根据上述任一项权利要求所述的装置，有盖。", 1),
        ("权利要求1所述的装置，有盖。", 1),
        ("如权利要求1所述的装置在测量水位中的应用。", 2),
        ("如权利要求1所述的方法制备得到的材料。", 2),
        ("采用权利要求1所述方法的装置。", 2),
        ("根据权利要求1所述的用途，其特征在于，有盖。", 1),
        ("根据权利要求1所述的制备方法，其特征在于，有盖。", 1),
    ],
)
def test_a_claim_is_dependent_if_it_opens_with_another(claim, independent):
    filing = with_changes(claims=(CLAIMS[0], claim), stated_claims="2")

    assert one(package(filing)).independent_claims == independent


def test_a_claim_s_own_number_is_not_part_of_it():
    filing = with_changes(
        claims=("1. 一种探针，有3个浮子。", "2、根据权利要求1所述的探针。"),
        stated_claims="2",
    )
    case = one(package(filing))

    assert (case.claims, case.independent_claims, case.claim_length) == (2, 1, 9)


def test_claims_in_plain_paragraphs_are_counted_by_their_numbers():
    text = "<p>1.一种探针，直径为</p><p>2.5毫米。</p><p>2.根据权利要求1所述的探针。</p>"
    body = f"{HEAD}<r>{text}</r>".encode()
    filing = with_changes(extra={"100001/100001.XML": body}, stated_claims="2")
    case = one(package(filing))

    assert (case.claims, case.independent_claims) == (2, 1)


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (DESCRIPTION, 2),
        (("实施例一", "略。", "实施例二", "见实施例一。", "实施例一", "对比例1"), 2),
        (("实施例", "只有一个。"), 1),
        (("具体实施例", "实施例1", "实施例2", "实施例10"), 3),
        (("本发明的实施例1如下。", "背景技术"), 0),
        (("实施例1" + "的探针很长" * 20,), 0),
    ],
)
def test_embodiments_are_the_headings_each_number_once(lines, count):
    assert one(package(with_changes(description=lines))).embodiments == count
