"""The command ``valuer quality``: figures, groups, comparison, workbook, report."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pytest

from tests.agency.hand_docket import AS_OF, DOCKET
from valuer.core.case import House, HouseKind
from valuer.core.patents import Source
from valuer.store.batches import BatchFile, BatchKind, new_batch
from valuer.store.docket_putting import put_cases
from valuer.store.library import open_library
from valuer.store.settings import HOUSE, put_setting

AT = datetime(2026, 9, 30, 8, 30, tzinfo=UTC)
KEYS = [
    "key",
    "group",
    "n",
    "numerator",
    "value",
    "low",
    "high",
    "excluded",
    "missing",
    "benchmark",
]


@pytest.fixture
def library(tmp_path):
    """The docket counted by hand, in the library of an agency."""
    path = tmp_path / "案卷.valuer"
    source = Source("docket.csv", "0" * 64)
    with open_library(path, create=True) as opened, opened.change() as connection:
        files = [BatchFile("docket.csv", "0" * 64)]
        batch = new_batch(connection, files, AT, "wang", BatchKind.DOCKET)
        cases = [replace(case, source=source) for case in DOCKET]
        put_cases(connection, batch, cases, AS_OF, "wang")
        house = House(HouseKind.PATENT_AGENCY, "示例专利代理事务所", "32100")
        put_setting(connection, HOUSE, house)
    return path


@pytest.fixture
def quality(valuer, library):
    """Runs the command on the day of the docket."""

    def run(*words, json=True):
        told = ("quality", "--library", library, "--as-of", AS_OF, *words)
        return valuer(*told, *(["--json"] if json else []))

    return run


def row(answer, key, group=None):
    (found,) = [
        one
        for one in answer.json["metrics"]
        if (one["key"], one["group"]) == (key, group)
    ]
    return found


def test_it_answers_every_metric_with_count_value_and_interval(quality):
    answer = quality()
    assert answer.code == 0
    first = row(answer, "Q01")
    assert [key for key in first if key in KEYS] == KEYS
    assert (first["n"], first["numerator"]) == (7, 3)
    assert first["value"] == pytest.approx(3 / 7)
    # (0.428571 + 0.274390) / 1.548780 ± 1.959964 × 0.233634 / 1.548780, by hand
    assert (first["low"], first["high"]) == pytest.approx(
        (0.158219, 0.749541), abs=2e-6
    )
    assert first["benchmark"]["year"] == 2021
    lost = row(answer, "Q27")
    assert lost["missing"] == ["due_dates"]
    assert lost["value"] is None


def test_a_period_counts_what_was_closed_in_it(quality):
    answer = quality("--from", "2025-01-01", "--to", "2025-12-31", "--metric", "Q01")
    assert len(answer.json["metrics"]) == 1
    assert (row(answer, "Q01")["n"], row(answer, "Q01")["numerator"]) == (6, 3)


def test_groups_have_no_rank_where_little_is_known(quality):
    answer = quality("--by", "agent", "--metric", "Q01")
    one = row(answer, "Q01", "甲")
    assert (one["n"], one["numerator"], one["rank"]) == (4, 2, None)


@pytest.mark.parametrize(
    ("words", "n"),
    [
        (("--agent", "乙"), 3),
        (("--client", "客户二"), 1),
        (("--field", "h"), 7),
        (("--field", "A"), 0),
        (("--kind", "utility_model"), 0),
        (("--kind", "invention", "--agent", "甲", "乙"), 7),
    ],
)
def test_filters_narrow_what_counts(quality, words, n):
    assert row(quality(*words), "Q01")["n"] == n


def test_two_periods_stand_side_by_side(quality):
    answer = quality(
        *("--from", "2025-01-01", "--to", "2025-12-31", "--metric", "Q01"),
        *("--compare", "2024-01-01", "2024-12-31"),
    )
    (pair,) = answer.json["compared"]
    assert (pair["earlier"]["n"], pair["later"]["n"]) == (1, 6)
    assert pair["change"] == pytest.approx(0.5)
    assert pair["sure"] is False


def test_people_read_lines_with_units(quality):
    text = quality("--metric", "Q01", "Q08", json=False).out.decode()
    assert "Docket of 13 cases as of 2026-09-30" in text
    assert "Grant rate, inventions\t7\t42.9%\t15.8–75.0%" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--metric", "Q99"), "There is no metric “Q99”"),
        (("--from", "2026-02-30"), "“2026-02-30” is no date"),
        (("--from", "2026-02-01", "--to", "2026-01-01"), "before it begins"),
        (("--days-before", "-1"), "below nought"),
    ],
)
def test_what_cannot_be_asked_is_refused(quality, words, said):
    answer = quality(*words)
    assert answer.code == 2
    assert said in answer.err


def test_a_workbook_is_written_and_nothing_is_replaced(quality, tmp_path):
    out = tmp_path / "质量.xlsx"
    assert quality("--xlsx", out, "--language", "en").json["xlsx"] == str(out)
    found = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    assert found.sheetnames[0] == "About"
    assert found["About"]["B1"].value == "示例专利代理事务所"
    assert quality("--xlsx", out).code == 2
    assert quality("--xlsx", out, "--force").code == 0


def test_the_report_is_written_and_comes_out_again(quality, valuer, tmp_path):
    out = tmp_path / "质量.pdf"
    words = (
        "--report",
        out,
        "--language",
        "en",
        "--signer",
        "张三:负责人:3210012345.6",
    )
    answer = quality(*words, "--number", "Q-1")
    assert answer.json["kind"] == "agency_quality"
    told = valuer("verify", out, "--recompute", "--json").json
    assert told["recomputed"] == {"matches": True, "differences": []}
    assert told["verdict"] == "unsigned"


def test_report_leads_to_the_same_document(valuer, library, tmp_path):
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    asked = ("--library", library, "--as-of", AS_OF, "--language", "en")
    assert valuer("quality", *asked, "--report", first).code == 0
    words = ("report", *asked, "--kind", "agency_quality", "--out", second, "--json")
    answer = valuer(*words)
    assert answer.code == 0
    assert second.read_bytes() == first.read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--kind agency_quality"),
        (("C1", "--kind", "agency_quality"), "leave the case out"),
        (("C1", "--from", "2026-01-01"), "quality report alone"),
    ],
)
def test_report_says_which_words_belong_to_which_document(
    valuer, library, tmp_path, words, said
):
    out = tmp_path / "x.pdf"
    answer = valuer("report", *words, "--library", library, "--out", out)
    assert answer.code == 2
    assert said in answer.err
    assert not out.exists()


def test_a_library_without_a_docket_says_so(valuer, tmp_path):
    path = tmp_path / "leer.valuer"
    open_library(path, create=True).close()
    found = valuer("quality", "--library", path, "--json")
    assert found.code == 0
    assert all(one["value"] is None for one in found.json["metrics"])
    out = tmp_path / "x.pdf"
    words = ("quality", "--library", path, "--report", out, "--house", "甲所")
    answer = valuer(*words)
    assert answer.code == 2
    assert "holds no case" in answer.err
    assert not out.exists()
