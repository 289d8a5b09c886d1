"""Real exports of offices and databases: every row accounted for."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from dataclasses import replace

import pytest

from valuer.core.patent_numbers import check_digit
from valuer.core.patents import LegalStatus, PatentKind, Source
from valuer.core.problems import Severity, UserError
from valuer.imports import (
    cnipa_list,
    google_patents,
    lens,
    number_list,
    read_bytes,
    read_file,
    read_forecast,
)
from valuer.imports.tables import read_tables

# (file, format, rows, refused): rows counted with another program.
LISTS = [
    ("cnipa/szu_专利.xls", cnipa_list.KEY, 110, 0),
    ("cnipa/cnipr_59x5.xlsx", cnipa_list.KEY, 59, 59),
    ("google/patent_list_200401.csv", google_patents.KEY, 804, 0),
    ("google/patent_list_201010.csv", google_patents.KEY, 932, 0),
    ("google/numbers_only.csv", number_list.KEY, 374, 0),
    ("lens/lens_2021_export_noBOM.csv", lens.KEY, 3779, 0),
]

HEADERS = {
    "cnipa/szu_专利.xls": [
        "Type of patent", "Patent title", "Legal status", "Legal status last modified",
        "Application publication date/grant announcement date", "Application No.",
        "Application date", "Applicant/patent owner", "Inventor(s)",
    ],
    "google/patent_list_200401.csv": [
        "编号", "标题", "受让人", "发明人/作者", "优先权日期", "申请/创建日期", "公开日期",
        "授权日期", "结果链接",
    ],
    "lens/lens_2021_export_noBOM.csv": [
        "#", "司法管辖区", "种类", "公开号", "Lens 标识", "公开日期", "公开年份", "申请号",
        "申请日期", "优先权号", "最早优先权日期", "标题", "申请人", "发明人", "所有者（美国）",
        "链接", "类型", "有全文", "引用专利数", "被引用专利数", "简单同族规模", "扩展同族规模",
        "序列数", "CPC分类", "IPCR分类", "美国分类", "非专利引文数", "已解析非专利引文数",
        "已解析Lens标识", "已解析外部标识", "非专利引文",
    ],
}  # fmt: skip


def facts(read):
    return [replace(one, source=Source()) for one in read.patents]


@pytest.mark.parametrize(("name", "form", "rows", "refused"), LISTS)
def test_every_row_is_accounted_for(shared_data, name, form, rows, refused):
    read = read_file(shared_data / "exports" / name)
    assert (read.format, read.read, read.refused) == (form, rows, refused)
    assert len(read.patents) + read.refused == read.read
    errors = [one.row for one in read.issues if one.severity is Severity.ERROR]
    assert len(errors) == len(set(errors)) == refused
    rows_read = [one.source.row for one in read.patents]
    assert len({*rows_read, *errors}) == rows
    assert all(one.identity for one in read.patents)


@pytest.mark.parametrize("name", HEADERS)
def test_shuffled_renamed_and_translated_the_rows_are_the_same(shared_data, text, name):
    data = (shared_data / "exports" / name).read_bytes()
    expected = read_bytes(data, name)
    rows = read_tables(data, name)[0].rows
    top = next(place for place, row in enumerate(rows) if len(row) > 2)
    header = HEADERS[name]
    table = [header, *rows[top + 1 :]]
    order = list(range(len(header)))
    random.Random(20261122).shuffle(order)
    shuffled = [[row[place] for place in order] for row in rows[top:]]
    both = [[row[place] for place in order] for row in table]
    for cells in (shuffled, both):
        read = read_bytes(text(cells, encoding="utf-8-sig"), "data.bin")
        assert read.format == expected.format
        assert facts(read) == facts(expected)


def test_the_university_list_is_read_as_a_person_reads_it(shared_data):
    read = read_file(shared_data / "exports/cnipa/szu_专利.xls")
    kinds = Counter(one.kind for one in read.patents)
    assert kinds == {
        PatentKind.INVENTION: 90,
        PatentKind.UTILITY_MODEL: 16,
        PatentKind.DESIGN: 4,
    }
    # 52 examined, 5 published, 1 公开; 40 granted; 2 renamed owners; 2 ended.
    assert Counter(one.status for one in read.patents) == {
        LegalStatus.PENDING: 58,
        LegalStatus.IN_FORCE: 42,
        LegalStatus.REFUSED: 3,
        LegalStatus.LAPSED: 2,
        LegalStatus.WITHDRAWN: 1,
        LegalStatus.UNKNOWN: 4,
    }
    for one in read.patents:
        assert check_digit(one.number[2:-1]) == one.number[-1]
        assert one.filed is not None
        assert one.inventors
    by_number = {one.number: one for one in read.patents}
    assert len(by_number["CN201610895413X"].inventors) == 4


def test_the_lens_list_keeps_every_publication_apart(shared_data):
    read = read_file(shared_data / "exports/lens/lens_2021_export_noBOM.csv")
    assert len({one.identity for one in read.patents}) == 3779
    assert len({one.publication for one in read.patents}) == 3779
    assert sum(one.country == "CN" for one in read.patents) == 1228


def test_google_rows_agree_with_their_links(shared_data):
    path = shared_data / "exports/google/patent_list_201010.csv"
    read = read_file(path)
    lines = list(csv.reader(io.StringIO(path.read_text("utf-8"))))[2:]
    linked = [line[8].split("/")[4] for line in lines]
    assert [one.publication for one in read.patents] == linked


def test_no_table_can_break_it(shared_data):
    """Every real and damaged file is read or refused, with words in both languages."""
    seen = Counter()
    for folder in ("messy", "exports", "office", "outcomes", "rates", "transactions"):
        for path in sorted((shared_data / folder).rglob("*")):
            if not path.is_file():
                continue
            for reading in (read_file, read_forecast):
                try:
                    read = reading(path)
                    seen["read"] += 1
                    words = [one.say("en") for one in read.issues]
                except UserError as error:
                    seen["refused"] += 1
                    words = [error.say("en")]
                assert all(words), path
    assert seen["read"] > 8
    assert seen["refused"] > 60
