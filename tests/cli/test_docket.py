"""The commands of ``valuer docket``, as others call them."""

from __future__ import annotations

import csv
import json

import pytest

HEAD = (
    "我方文号",
    "申请号",
    "案件名称",
    "申请日",
    "授权公告日",
    "专利状态",
    "客户名称",
)
# Check digits by hand (weights 2…9, 2…5, modulo 11): 201910524317 → 8.
SOUND = (
    "A1",
    "2019105243178.0",
    "相变材料",
    "2019-06-18",
    "",
    "一通回案实审",
    "甲公司",
)
OTHER = (
    "A2",
    "201811564288X",
    "阀门",
    "2018-12-20",
    "2020-03-10",
    "专利权维持",
    "乙公司",
)
COUNTS = ("read", "added", "updated", "unchanged", "refused")


@pytest.fixture
def library(tmp_path):
    return tmp_path / "库.valuer"


@pytest.fixture
def write(tmp_path):
    def write(*rows, head=HEAD, name="案卷.csv"):
        path = tmp_path / name
        with path.open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows([head, *rows])
        return path

    return write


@pytest.fixture
def docket(valuer, library):
    """Run a command of the docket on the library, and read its JSON."""

    def run(*words):
        found = valuer("docket", *words, "--library", library, "--json")
        assert found.code == 0, found.err
        return found.json

    return run


def counts(answer):
    (file,) = answer["files"]
    assert file["read"] == sum(file[name] for name in COUNTS[1:])
    return tuple(file[name] for name in COUNTS)


def test_a_list_comes_in_once_and_says_nothing_new_again(docket, write):
    path = write(SOUND, OTHER)
    first = docket("import", path)

    assert counts(first) == (2, 2, 0, 0, 0)
    assert first["batch"] == "B1"
    assert set(first["files"][0]) == {"file", "format", "issues", *COUNTS}
    assert counts(docket("import", path)) == (2, 0, 0, 2, 0)
    cases = docket("list")["cases"]
    assert [one["number"] for one in cases] == ["CN2019105243178", "CN201811564288X"]
    assert [one["outcome"] for one in cases] == ["pending_substantive", "in_force"]


def test_every_row_is_a_case_or_refused_with_its_place(docket, write):
    wrong = ("", "2019105243179", "泵", "", "", "", "")
    lost = ("", "2.01911E+12", "管", "", "", "", "")
    answer = docket("import", write(SOUND, wrong, lost))
    places = [
        (one["severity"], one["row"], one["column"])
        for one in answer["files"][0]["issues"]
        if one["row"]  # the note that the list is years old is of no row
    ]

    assert counts(answer) == (3, 1, 0, 0, 2)
    assert places == [("note", 2, 2), ("error", 3, 2), ("error", 4, 2)]


def test_a_rehearsal_changes_nothing(docket, valuer, write, library):
    answer = docket("import", write(SOUND), "--dry-run")

    assert counts(answer) == (1, 1, 0, 0, 0)
    assert answer["batch"] is None
    assert not library.exists()


def test_an_import_is_taken_back(docket, write):
    docket("import", write(SOUND))

    assert docket("import", "--take-back", "B1")["batch"] == "B1"
    assert docket("list")["cases"] == []


def test_cases_are_searched(docket, write):
    docket("import", write(SOUND, OTHER))

    (found,) = docket("list", "--search", "阀门")["cases"]
    assert found["reference"] == "A2"


def test_contradictory_days_and_a_status_that_goes_back_wait_for_an_answer(
    docket, write
):
    docket("import", write(OTHER))
    before = (*OTHER[:4], "2018-01-01", *OTHER[5:])
    back = (*OTHER[:4], "", "一通回案实审", OTHER[6])
    docket("import", write(before))
    docket("import", write(back))
    questions = docket("queue")["questions"]

    assert [one["reason"] for one in questions] == ["contradiction", "status_back"]
    assert questions[0]["stands"]["granted"] == "2020-03-10"
    assert questions[1]["came"]["status"] == "一通回案实审"

    first, second = (one["id"] for one in questions)
    docket("answer", first, "keep")
    docket("answer", second, "take")
    assert docket("queue")["questions"] == []
    (case,) = docket("list")["cases"]
    assert (case["granted"], case["status"]) == ("2020-03-10", "一通回案实审")


def test_an_unknown_status_waits_until_it_is_said_what_it_means(docket, write):
    docket("import", write((*OTHER[:5], "已下证", OTHER[6])))

    assert docket("queue")["words"] == [{"word": "已下证", "cases": 1}]
    told = docket("words", "--word", "已下证", "--means", "专利权维持")
    assert told["cases"] == 1
    assert docket("words") == {
        "unknown": [],
        "told": [{"word": "已下证", "means": "专利权维持"}],
    }
    (case,) = docket("list")["cases"]
    assert (case["status"], case["outcome"]) == ("已下证", "in_force")


def test_a_profile_is_kept_used_by_name_and_removed(docket, valuer, write, tmp_path):
    profile = {
        "name": "台账",
        "columns": [["卷宗", "reference"], ["官号", "number"], ["结果", "status"]],
        "words": [{"field": "status", "word": "已下证", "means": "专利权维持"}],
    }
    path = tmp_path / "台账.json"
    path.write_text(json.dumps(profile, ensure_ascii=False), encoding="utf-8")
    rows = write(("A2", "201811564288X", "已下证"), head=("卷宗", "官号", "结果"))

    by_file = docket("import", rows, "--profile", path)
    docket("profiles", "--save", path)
    assert docket("profiles")["profiles"][0]["name"] == "台账"
    by_name = docket("import", rows, "--profile", "台账")

    assert counts(by_file) == (1, 1, 0, 0, 0)
    assert counts(by_name) == (1, 0, 0, 1, 0)
    (case,) = docket("list")["cases"]
    assert (case["reference"], case["outcome"]) == ("A2", "in_force")
    docket("profiles", "--remove", "台账")
    assert docket("profiles")["profiles"] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import",), "Name at least one file"),
        (("import", "--take-back", "B9"), "B9"),
        (("answer", "7", "keep"), "7"),
        (("words", "--word", "已下证"), "--means"),
        (("words", "--means", "专利权维持"), "--word"),
        (("words", "--word", "a", "--means", "b"), "no listed status word"),
        (("profiles", "--remove", "无"), "There is no profile “无”"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    docket, valuer, write, library, words, said
):
    docket("import", write(SOUND))
    found = valuer("docket", *words, "--library", library)

    assert found.code == 2
    assert said in found.err


def test_an_unknown_profile_is_refused_by_name(valuer, write, library):
    found = valuer(
        "docket", "import", write(SOUND), "--library", library, "--profile", "没有"
    )

    assert found.code == 2
    assert "There is no profile “没有”" in found.err
    assert not library.exists()


def test_people_read_lines(valuer, write, library):
    def lines(*words):
        found = valuer("docket", *words, "--library", library)
        assert found.code == 0, found.err
        return found.out.decode()

    lines("import", write(OTHER, (*SOUND[:5], "已下证", SOUND[6])))
    lines("import", write((*OTHER[:4], "2018-01-01", *OTHER[5:])))
    assert "CN201811564288X\tA2\t2018-12-20\t专利权维持\t阀门" in lines("list")
    queue = lines("queue")
    assert "1\tCN201811564288X\tContradicts itself" in queue
    assert "“已下证” tells no outcome; its cases: 1" in queue
    assert "Question 1 was answered" in lines("answer", 1, "keep")
    assert lines("words") == "已下证\t1\n"
    told = lines("words", "--word", "已下证", "--means", "专利权维持")
    assert "is read as “专利权维持”; 1 cases" in told
    assert lines("words") == "已下证\t= 专利权维持\n"


def test_people_read_lines_of_profiles(valuer, tmp_path, library):
    path = tmp_path / "a.json"
    plain = {"name": "台账", "columns": [["官号", "number"]]}
    path.write_text(json.dumps(plain), encoding="utf-8")
    save = valuer("docket", "profiles", "--save", path, "--library", library)
    listed = valuer("docket", "profiles", "--library", library)
    gone = valuer("docket", "profiles", "--remove", "台账", "--library", library)

    assert "Profile “台账” was kept" in save.out.decode()
    assert listed.out.decode() == "台账\n"
    assert "Profile “台账” was removed" in gone.out.decode()


def test_a_name_is_looked_for_among_the_profiles_of_the_library(
    valuer, docket, write, library
):
    docket("import", write(SOUND))
    found = valuer(
        "docket", "import", write(SOUND), "--library", library, "--profile", "没有"
    )

    assert found.code == 2
    assert "There is no profile “没有”." in found.err


def test_real_lists_come_in_with_every_row_accounted_for(docket, shared_data):
    answer = docket(
        "import",
        shared_data / "exports" / "cnipa" / "szu_专利.xls",
        shared_data / "exports" / "cnipa" / "cnipr_59x5.xlsx",
        shared_data / "outcomes" / "uspto_peds_sample.jsonl",
    )
    told = [tuple(file[name] for name in COUNTS) for file in answer["files"]]

    # 110 rows; 59 rows of titles without any number; 99 lines.
    assert told == [(110, 110, 0, 0, 0), (59, 0, 0, 0, 59), (99, 99, 0, 0, 0)]
    assert len(docket("list")["cases"]) == 209
    words = {one["word"]: one["cases"] for one in docket("queue")["words"]}
    assert words == {
        "专利权人的姓名或者名称、地址的变更": 2,
        "专利申请权、专利权的转移": 2,
        "著录事项变更": 1,
    }
