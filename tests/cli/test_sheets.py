"""The command ``valuer sheets``: what scores are reckoned with, and the rows of it."""

from __future__ import annotations

import json

import pytest

from valuer.core.resources import resource

TREE = {"patent_value": (3, 14, 27)}


def test_every_sheet_is_listed_with_date_source_and_marks(valuer):
    answer = valuer("sheets", "--json")
    assert answer.code == 0
    sheets = {one["key"]: one for one in answer.json["sheets"]}
    assert set(sheets) == {
        "patent_value",
        "share_adjustment",
        "risk_premium",
        "factor_contribution",
    }
    for one in sheets.values():
        assert one["version"] >= 1
        assert one["source"]
        assert one["marks"]["zh_CN"][one["weights_mark"]]
    tree = sheets["patent_value"]
    marks = [tree["marks"][one][tree["weights_mark"]] for one in ("zh_CN", "en")]
    assert marks[0] == "软件默认值，非标准规定"
    assert "not a provision of any standard" in marks[1]


def test_the_list_in_words_has_a_line_for_each_sheet(valuer):
    told = valuer("sheets")
    assert told.code == 0
    assert len(told.out.splitlines()) == 4
    assert b"risk_premium  v1" in told.out


def test_one_sheet_is_told_with_its_rows(valuer):
    answer = valuer("sheets", "patent_value", "--json", "--preset", "infringement")
    rows = answer.json["rows"]
    counts = tuple(len(rows[name]) for name in ("groups", "subgroups", "scores"))
    assert counts == TREE["patent_value"]
    assert [one["weight"] for one in rows["groups"]] == [0.5, 0.25, 0.25]


@pytest.mark.parametrize("key", ["share_adjustment", "risk_premium"])
def test_a_sheet_in_words_names_every_factor(valuer, key):
    told = valuer("sheets", key)
    rows = valuer("sheets", key, "--json").json["rows"]
    assert told.code == 0
    assert all(one["factor"].encode() in told.out for one in rows["scores"])


def test_the_rows_are_told_in_english_too(valuer):
    answer = valuer("sheets", "share_adjustment", "--json", "--language", "en")
    rows = answer.json["rows"]
    assert rows["groups"][0]["name"] == "Legal factors"
    assert {one["group"] for one in rows["scores"]} == {
        one["name"] for one in rows["groups"]
    }
    words = json.dumps([rows["sheet"], rows["groups"], rows["scores"]])
    assert words.isascii()
    assert "version 1" in rows["sheet"]


def test_a_sheet_that_was_changed_is_read_from_its_file(valuer, tmp_path):
    plain = json.loads(resource("ratings/share_adjustment.json").read_text("utf-8"))
    plain |= {"version": 2, "title": "本所评分表"}
    path = tmp_path / "本所.json"
    path.write_text(json.dumps(plain), encoding="utf-8")
    answer = valuer("sheets", "--file", path, "--json")
    assert answer.json["rows"]["sheet"].startswith("本所评分表，第2版")


@pytest.mark.parametrize(
    "words",
    [
        ("sheets", "nothing"),
        ("sheets", "patent_value", "--preset", "nothing"),
        ("sheets", "--preset", "licence"),
        ("sheets", "--file", "nowhere.json"),
        ("sheets", "patent_value", "--file", "nowhere.json"),
    ],
)
def test_what_there_is_not_is_refused(valuer, words):
    answer = valuer(*words)
    assert answer.code == 2
    assert answer.err
