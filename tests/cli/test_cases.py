"""The commands ``valuer case …``, as others call them."""

from __future__ import annotations

import hashlib
import json

import pytest

from valuer.core.case import House, HouseKind
from valuer.store.library import open_library
from valuer.store.settings import HOUSE, put_setting

LIST = (
    "专利类型,专利名称,法律状态,法律状态最后修改日期,申请号,申请日,申请人/专利权人,发明人\n"
    "发明专利,一种复合相变材料,授权,20210820,CN201910524317.8,2019.06.18,甲大学,林知远\n"
    "发明专利,一种废水回收装置,专利权的终止,20240702,CN201510218873.4,2015.04.30,甲大学,方景行\n"
)
RUN = {
    "key": "rfr",
    "method": "relief_from_royalty",
    "params": {
        "revenue": ["100"],
        "first_period_end": "2026-12-31",
        "royalty_rate": 0.05,
        "tax_rate": 0.25,
        "discount_rate": 0.21,
        "timing": "mid",
    },
}


@pytest.fixture
def library(valuer, tmp_path):
    path = tmp_path / "清单.csv"
    path.write_text(LIST, encoding="utf-8")
    library = tmp_path / "库.valuer"
    assert valuer("import", path, "--library", library).code == 0
    return library


@pytest.fixture
def case(valuer, library):
    """A case on the sound patent, valued one year ahead."""

    def make(**changes):
        plain = {
            "valuation_date": "2025-12-31",
            "patents": [{"quote": "ZL 201910524317.8"}],
            "runs": [RUN],
            "conclusion": {"run": "rfr", "unit": "0.01"},
        }
        data = json.dumps({**plain, **changes}).encode()
        words = ("case", "new", "--from", "-", "--library", library, "--json")
        return valuer(*words, stdin=data)

    return make


def test_a_case_is_made_and_its_digest_is_that_of_its_json(valuer, library, case):
    made = case()
    assert made.code == 0
    assert set(made.json) == {"case", "revision", "digest"}
    assert made.json["revision"] == 1
    shown = valuer("case", "show", made.json["case"], "--library", library)
    canonical = shown.out.rstrip(b"\n")
    assert hashlib.sha256(canonical).hexdigest() == made.json["digest"]
    plain = json.loads(canonical)
    assert plain["patents"][0]["number"] == "CN2019105243178"
    assert plain["runs"][0]["version"] == 1


def test_what_is_shown_makes_the_same_case_again(valuer, library, case, tmp_path):
    first = case().json
    path = tmp_path / "case.json"
    path.write_bytes(valuer("case", "show", first["case"], "--library", library).out)
    again = valuer("case", "new", "--from", path, "--library", library, "--json").json
    assert again["digest"] == first["digest"]
    assert again["case"] != first["case"]


def test_an_empty_case_needs_no_file_and_makes_the_library(valuer, tmp_path):
    library = tmp_path / "new.valuer"
    made = valuer("case", "new", "--library", library, "--json")
    assert made.code == 0
    assert library.exists()
    case = made.json["case"]
    run = valuer("case", "run", case, "--library", library, "--json")
    assert run.json["conclusion"] is None


def test_a_new_case_is_of_the_house_that_the_library_is_set_to(valuer, library):
    house = House(HouseKind.PATENT_AGENCY, "甲专利代理所")
    with open_library(library) as opened, opened.change() as connection:
        put_setting(connection, HOUSE, house)
    made = valuer("case", "new", "--library", library, "--json").json
    shown = valuer("case", "show", made["case"], "--library", library).json
    assert shown["house"]["kind"] == "patent_agency"
    assert shown["house"]["name"] == "甲专利代理所"


def test_a_patch_is_one_revision_and_an_idle_one_none(valuer, library, case):
    made = case().json
    patch = json.dumps({"client": "甲大学", "report_number": None}).encode()
    words = ("case", "set", made["case"], "-", "--library", library, "--json")
    assert valuer(*words, stdin=patch).json["revision"] == 2
    assert valuer(*words, stdin=patch).json["revision"] == 2
    old = valuer("case", "show", made["case"], "--library", library, "--revision", "1")
    assert json.loads(old.out)["client"] == ""


@pytest.mark.parametrize(
    ("patch", "name"),
    [
        ({"cliant": "x"}, "cliant"),
        ({"client": 5}, "client"),
        ({"valuation_date": "2026-02-30"}, "valuation_date"),
        ({"house": {"kind": "bank"}}, "kind"),
        ({"patents": [{"quote": "CN202411386150.0"}]}, "CN202411386150"),
        ({"runs": [{"key": "a", "method": "magic"}]}, "magic"),
        ({"runs": [{"method": "relief_from_royalty"}]}, "key"),
        ({"conclusion": {"unit": "NaN"}}, "unit"),
        ([1], "object"),
    ],
)
def test_a_wrong_patch_is_refused_by_name_and_changes_nothing(
    valuer, library, case, patch, name
):
    made = case().json
    answer = valuer(
        "case", "set", made["case"], "-", "--library", library,
        stdin=json.dumps(patch).encode(),
    )  # fmt: skip
    assert answer.code == 2
    assert name in answer.err
    shown = valuer("case", "show", made["case"], "--library", library).out.rstrip(b"\n")
    assert hashlib.sha256(shown).hexdigest() == made["digest"]


def test_a_case_is_valued_as_its_method_alone(valuer, library, case):
    made = case().json
    run = valuer("case", "run", made["case"], "--library", library, "--json")
    assert run.code == 0
    # 100 × 5 % × (1 − 25 %) = 3.75, half a year at 21 % is 1.1.
    assert float(run.json["runs"][0]["value"]) == pytest.approx(3.75 / 1.1)
    assert run.json["conclusion"] == {
        "value": "3.41",
        "low": None,
        "high": None,
        "currency": "CNY",
        "capitals": "人民币叁元肆角壹分",
    }


def test_a_lapsed_patent_is_refused_but_for_past_damages(valuer, library, case):
    lapsed = [{"quote": "CN201510218873.4"}]
    made = case(patents=lapsed).json
    refused = valuer("case", "run", made["case"], "--library", library, "--json")
    assert refused.code == 2
    assert refused.json["conclusion"] is None
    assert "error" in {issue["severity"] for issue in refused.json["issues"]}
    made = case(patents=lapsed, purpose="past_damages").json
    assert valuer("case", "run", made["case"], "--library", library).code == 0


def test_without_a_conclusion_there_is_no_report(valuer, library, case, tmp_path):
    made = case(conclusion=None).json
    out = tmp_path / "r.pdf"
    answer = valuer("report", made["case"], "--library", library, "--out", out)
    assert answer.code == 2
    assert not out.exists()


def test_a_case_tells_what_its_runs_were_asked_for(valuer, library, case):
    asked = {
        "two_way": [{"columns": "royalty_rate", "rows": "tax_rate", "down": [0, 0.25]}],
        "break_even": [{"input": "royalty_rate", "target": 6.25}],
        "scenarios": [{"name": "低", "weight": 1, "changes": {"tax_rate": 0}}],
    }
    assert case(runs=[RUN | {"asked": asked}]).code == 0
    answer = valuer("case", "run", "C1", "--library", library, "--json")
    found = answer.json["runs"][0]["analyses"]
    (table,) = found["two_way"]
    assert table["rows"] == {
        "input": "tax_rate",
        "is_factor": False,
        "positions": [0, 0.25],
    }
    # 100 × 5 % × (1 − 25 %) / 1.1, half a year at 21 %.
    assert table["values"][1][2] == pytest.approx(3.75 / 1.1)
    (even,) = found["break_even"]
    assert even["positions"] == [pytest.approx(6.25 * 1.1 / 75)]
    assert found["scenarios"]["mean"] == pytest.approx(5 / 1.1)


def test_a_case_is_refused_that_lacks_what_it_is_asked_for(valuer, library, case):
    asked = {"break_even": [{"input": "pace", "target": 1}]}
    assert case(runs=[RUN | {"asked": asked}]).code == 0
    answer = valuer("case", "run", "C1", "--library", library, "--json")
    assert answer.code == 2
    assert answer.json["runs"][0]["analyses"] == {}
    assert "pace" in answer.err


def test_the_schema_of_a_case_knows_the_quotation(valuer):
    schema = valuer("case", "schema").json
    assert "quote" in json.dumps(schema["$defs"]["Case"]["properties"]["patents"])
