"""The commands ``valuer import`` and ``valuer patents``, as others call them."""

from __future__ import annotations

import csv
import random

import pytest

HEAD = [
    "专利类型",
    "专利名称",
    "法律状态",
    "申请号",
    "申请日",
    "申请人/专利权人",
    "发明人",
]
# Check digits by hand (weights 2…9, 2…5, modulo 11): 201910524317 → 8.
ROWS = [
    [
        "发明专利",
        "一种复合相变材料",
        "授权",
        "CN201910524317.8",
        "2019.06.18",
        "甲大学",
        "林知远 ; 周书衡",
    ],
    [
        "发明申请",
        "一种在线监测方法",
        "实质审查的生效",
        "CN202411386150.0",
        "20240930",
        "甲大学",
        "许乐言",
    ],
]
COUNTS = ("read", "added", "updated", "unchanged", "refused")


@pytest.fixture
def write(tmp_path):
    def write(rows, name="专利 清单.csv", head=HEAD, encoding="utf-8-sig"):
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows([head, *rows])
        return path

    return write


def counts(answer):
    (file,) = answer.json["files"]
    assert file["read"] == sum(file[name] for name in COUNTS[1:])
    return tuple(file[name] for name in COUNTS)


def test_a_list_is_imported_once_and_adds_nothing_again(valuer, write, tmp_path):
    library, path = tmp_path / "库.valuer", write(ROWS)
    first = valuer("import", path, "--library", library, "--json")
    assert first.code == 0
    assert counts(first) == (2, 2, 0, 0, 0)
    again = valuer("import", path, "--library", library, "--json")
    assert counts(again) == (2, 0, 0, 2, 0)
    listed = valuer("patents", "--library", library, "--json").json["patents"]
    assert {one["number"] for one in listed} == {"CN2019105243178", "CN2024113861500"}
    granted = next(one for one in listed if one["number"] == "CN2019105243178")
    assert granted["inventors"] == ["林知远", "周书衡"]
    assert granted["filed"] == "2019-06-18"


def test_shuffled_columns_another_name_and_encoding_give_the_same(
    valuer, write, tmp_path
):
    order = list(range(len(HEAD)))
    random.Random(7).shuffle(order)
    rows = [[row[i] for i in order] for row in ROWS]
    head = [HEAD[i] for i in order]
    plain = write(ROWS)
    other = write(rows, "google.xls", head, "gb18030")
    for path, name in ((plain, "a.valuer"), (other, "b.valuer")):
        valuer("import", path, "--library", tmp_path / name, "--json")
    lists = [
        valuer("patents", "--library", tmp_path / name, "--json").json["patents"]
        for name in ("a.valuer", "b.valuer")
    ]
    assert lists[0] == lists[1]


def test_a_wrong_check_digit_is_refused_by_place_with_the_right_one(
    valuer, write, tmp_path
):
    wrong = [*ROWS[0][:3], "CN201910524317.3", *ROWS[0][4:]]
    answer = valuer(
        "import", write([ROWS[1], wrong]), "--library", tmp_path / "L", "--json"
    )
    assert answer.code == 0
    assert counts(answer) == (2, 1, 0, 0, 1)
    (issue,) = (
        one for one in answer.json["files"][0]["issues"] if one["severity"] == "error"
    )
    assert (issue["row"], issue["column"]) == (3, 4)
    assert "8" in issue["message"]


def test_a_dry_run_counts_and_keeps_nothing(valuer, write, tmp_path):
    library = tmp_path / "L.valuer"
    answer = valuer("import", write(ROWS), "--library", library, "--dry-run", "--json")
    assert counts(answer) == (2, 2, 0, 0, 0)
    assert answer.json["batch"] is None
    assert not library.exists()


def test_taking_a_batch_back_leaves_what_was_before(valuer, write, tmp_path):
    library = tmp_path / "L.valuer"
    valuer("import", write(ROWS[:1], "1.csv"), "--library", library)
    before = valuer("patents", "--library", library, "--json").out
    batch = valuer("import", write(ROWS, "2.csv"), "--library", library, "--json")
    taken = valuer(
        "import", "--take-back", batch.json["batch"], "--library", library, "--json"
    )
    assert taken.code == 0
    assert valuer("patents", "--library", library, "--json").out == before
    twice = valuer("import", "--take-back", batch.json["batch"], "--library", library)
    assert twice.code == 2


def test_one_unrecognised_file_leaves_everything_as_it_was(valuer, write, tmp_path):
    stranger = tmp_path / "stranger.csv"
    stranger.write_text("a,b\n1,2\n")
    library = tmp_path / "L.valuer"
    answer = valuer("import", write(ROWS), stranger, "--library", library, "--json")
    assert answer.code == 2
    assert answer.out == b""
    assert "stranger.csv" in answer.err
    assert not library.exists()


def test_other_commands_do_not_make_a_library(valuer, tmp_path):
    library = tmp_path / "L.valuer"
    for words in (("patents",), ("case", "list"), ("case", "show", "C1")):
        answer = valuer(*words, "--library", library)
        assert answer.code == 2
        assert not library.exists()


def test_the_real_lists_are_accounted_for_row_by_row(valuer, shared_data, tmp_path):
    # Rows below the header, counted in a spreadsheet program.
    real = {
        "cnipa/szu_专利.xls": 110,
        "google/patent_list_200401.csv": 804,
        "google/patent_list_201010.csv": 932,
        "lens/lens_2021_export_noBOM.csv": 3779,
    }
    library = tmp_path / "L.valuer"
    for name, rows in real.items():
        path = shared_data / "exports" / name
        answer = valuer("import", path, "--library", library, "--json")
        assert counts(answer)[0] == rows
        assert counts(answer)[4] == 0
        again = valuer("import", path, "--library", library, "--json")
        assert counts(again) == (rows, 0, 0, rows, 0)


def test_a_forecast_goes_into_a_case_whole_or_not_at_all(valuer, tmp_path):
    library, sheet = tmp_path / "L.valuer", tmp_path / "预测.csv"
    case = valuer("case", "new", "--library", library, "--json").json["case"]
    words = ("import", sheet, "--case", case, "--library", library, "--json")
    sheet.write_text(
        "项目（万元）,2027年,2028年\n营业收入,100,约200\n", encoding="utf-8"
    )
    broken = valuer(*words)
    assert broken.code == 2
    assert "预测.csv" in broken.err
    shown = valuer("case", "show", case, "--library", library).json
    assert shown["forecast"] is None
    sheet.write_text("项目（万元）,2027年,2028年\n营业收入,100,200\n", encoding="utf-8")
    assert valuer(*words).json["revision"] == 2
    shown = valuer("case", "show", case, "--library", library).json
    assert [one["revenue"] for one in shown["forecast"]["periods"]] == [
        "1000000",
        "2000000",
    ]
    assert valuer(*words).json["revision"] == 2
