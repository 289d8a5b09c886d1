"""A report of ours is signed by those whom it names, if nothing speaks against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from valuer.core.case import Appraiser, Case
from valuer.core.problems import UserError
from valuer.core.texts import say
from valuer.reports.appraisal import BuiltReport
from valuer.reports.keys import SigningKey, load_key
from valuer.reports.sample_keys import make_sample_keys
from valuer.reports.signing import refuse_batch, sign, sign_document
from valuer.reports.verifying import verify

NOW = datetime(2026, 11, 22, 10, 15, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture(scope="module")
def signers(small: Case, tmp_path_factory: pytest.TempPathFactory) -> list[SigningKey]:
    """The two appraisers whom the report names."""
    folder = tmp_path_factory.mktemp("keys")
    first, second = (one.name for one in small.appraisers[:2])
    keys = make_sample_keys(folder, "1", NOW, appraisers=(first, second))
    return [load_key(path, "1", NOW) for path in keys.appraisers]


def test_each_signs_in_the_box_under_their_own_name(
    report: BuiltReport, signers: list[SigningKey]
):
    pdf = report.pdf
    for key in reversed(signers):
        made = sign_document(pdf, key, "appraiser", NOW, "zh_CN")
        assert made.notes == ()
        pdf = made.pdf

    found = verify(pdf, now=NOW)
    assert [(one.signer, one.field) for one in found.signatures] == [
        (signers[1].signer, "Appraiser2"),
        (signers[0].signer, "Appraiser1"),
    ]


def test_whom_the_report_does_not_name_is_told_and_may_sign(
    report: BuiltReport, small: Case, tmp_path
):
    keys = make_sample_keys(tmp_path, "1", NOW, appraisers=("赵试", "钱试"))
    key = load_key(keys.appraisers[0], "1", NOW)

    made = sign_document(report.pdf, key, "appraiser", NOW, "zh_CN")

    (note,) = made.notes
    assert f"of 赵试; the report names {small.appraisers[0].name}" in say(note, "en")


@pytest.mark.parametrize("name", ["", "赵试"])
def test_two_certificates_of_one_name_are_one_person(
    report: BuiltReport, small: Case, tmp_path, name: str
):
    name = name or small.appraisers[0].name
    keys = make_sample_keys(tmp_path, "1", NOW, appraisers=(name, name))
    first, other = (load_key(path, "1", NOW) for path in keys.appraisers)
    pdf = sign(report.pdf, first, "appraiser", NOW, "zh_CN")

    with pytest.raises(UserError, match=f"{name} has signed already"):
        sign(pdf, other, "appraiser", NOW, "zh_CN")


def test_namesakes_whom_the_report_names_sign_in_their_own_boxes(
    small: Case, build: Callable[..., BuiltReport], tmp_path
):
    name = "王试"
    two = (Appraiser(name, "11"), Appraiser(name, "22"))
    keys = make_sample_keys(tmp_path, "1", NOW, appraisers=(name, name))
    pdf = build(replace(small, appraisers=two)).pdf
    for path in keys.appraisers:
        pdf = sign(pdf, load_key(path, "1", NOW), "appraiser", NOW, "zh_CN")

    found = verify(pdf, now=NOW)
    assert [one.field for one in found.signatures] == ["Appraiser1", "Appraiser2"]


def test_a_report_in_which_the_gate_finds_errors_is_not_signed(
    small: Case, build: Callable[..., BuiltReport], signers: list[SigningKey]
):
    early = build(replace(small, report_date=date(2020, 1, 1))).pdf

    with pytest.raises(UserError, match="before the valuation date"):
        sign(early, signers[0], "appraiser", NOW, "zh_CN")


def test_appraisal_reports_are_signed_one_by_one(report: BuiltReport):
    refuse_batch([("one.pdf", report.pdf)])

    with pytest.raises(UserError, match=r"one\.pdf is an appraisal report"):
        refuse_batch([("letter.pdf", b"%PDF-"), ("one.pdf", report.pdf)])
