"""Who signs is held against whom the report names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from valuer.core.case import Appraiser, Case, House, HouseKind
from valuer.core.texts import say
from valuer.reports.signature_names import naming

CASE = replace(
    Case("案"),
    house=House(HouseKind.APPRAISAL_INSTITUTION, "江苏某某资产评估有限公司"),
    appraisers=(Appraiser("王建国", "32010015"), Appraiser("李敏", "32010099")),
)


@pytest.mark.parametrize(
    "holder", ["李敏", "李 敏", "李敏@3201061980", "李敏-签名", "l-李敏_1"]
)
def test_the_box_under_ones_own_name_is_ones_own(holder):
    found = naming(CASE, holder, "appraiser")

    assert (found.field, found.number, found.notes) == ("Appraiser2", "32010099", ())


@pytest.mark.parametrize("holder", ["赵试", "王建", "王建国强"])
def test_a_name_that_the_report_does_not_have_is_told(holder):
    found = naming(CASE, holder, "appraiser")

    assert (found.field, found.number) == ("", "")
    (note,) = found.notes
    assert f"is of {holder}; the report names 王建国, 李敏." in say(note, "en")


def test_the_house_is_held_against_the_certificate_of_the_institution():
    assert not naming(CASE, "江苏某某资产评估有限公司", "agency").notes
    assert naming(CASE, "另一公司", "agency").notes


def test_another_document_names_nobody():
    assert naming(None, "赵试", "appraiser") == naming(None, "王建国", "agency")
