"""Wordings of the legal status are data with their source."""

from __future__ import annotations

import json

import pytest

from valuer.core.patents import LegalStatus
from valuer.core.resources import resource
from valuer.imports.statuses import standing


@pytest.fixture(scope="module")
def listed():
    return json.loads(resource("legal_status.json").read_text("utf-8"))


def test_every_wording_has_a_known_mark_and_status(listed):
    for one in listed["wordings"]:
        assert one["mark"] in listed["marks"]
        assert one["status"] is None or LegalStatus(one["status"])


def test_no_wording_stands_twice(listed):
    wordings = [one["wording"] for one in listed["wordings"]]
    assert len(set(wordings)) == len(wordings)


def test_the_data_names_its_source_and_day(listed):
    assert listed["source"]
    assert listed["as_of"]


@pytest.mark.parametrize(
    ("wording", "status"),
    [
        ("授权", LegalStatus.IN_FORCE),
        ("实质审查的生效", LegalStatus.PENDING),
        ("发明专利申请公布后的驳回", LegalStatus.REFUSED),
        ("发明专利申请公布后的视为撤回", LegalStatus.WITHDRAWN),
        ("专利权的终止", LegalStatus.LAPSED),
        ("专利权的终止（未缴年费专利权终止）", LegalStatus.LAPSED),
        ("专利权有效期届满", LegalStatus.EXPIRED),
        ("专利权的终止(专利权有效期届满)", LegalStatus.EXPIRED),
        ("避免重复授权放弃专利权", LegalStatus.ABANDONED),
        ("专利权全部无效", LegalStatus.INVALIDATED),
        ("专利权部分无效", LegalStatus.IN_FORCE),
        ("等年费滞纳金", LegalStatus.FEE_GRACE),
        ("未缴年费专利权终止，等恢复", LegalStatus.RESTORABLE),
        ("专利权的终止 IPC(主分类):A61B 8/00 终止日期:20130228", LegalStatus.LAPSED),
        ("DISCONTINUED", LegalStatus.WITHDRAWN),
    ],
)
def test_a_wording_makes_its_status(wording, status):
    assert standing(wording).status is status


def test_a_transfer_tells_no_standing():
    assert standing("专利申请权、专利权的转移").status is None


def test_only_a_grant_dates_the_grant():
    assert standing("授权").grants
    assert not standing("专利权人的姓名或者名称、地址的变更").grants


def test_an_unknown_wording_is_none():
    assert standing("某种新的状态") is None
    assert standing("公") is None
