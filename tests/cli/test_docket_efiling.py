"""What the e-filing client has of a case becomes one case of the docket."""

from __future__ import annotations

import csv

import pytest

from tests.imports.efiling import package, with_changes, zipped
from tests.imports.test_efiling_tables import NOTICES, PATENTS


@pytest.fixture
def imported(valuer, tmp_path):
    """Import bytes or rows into a library, and tell the counts."""
    library = tmp_path / "库.valuer"

    def run(name, content):
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            with path.open("w", encoding="gb18030", newline="") as file:
                csv.writer(file).writerows(content)
        answer = valuer("docket", "import", path, "--library", library, "--json")
        assert answer.code == 0, answer.err
        return answer.json["files"][0]

    def cases():
        return valuer("docket", "list", "--library", library, "--json").json["cases"]

    def asked():
        answer = valuer("docket", "queue", "--library", library, "--json")
        return [one["reason"] for one in answer.json["questions"]]

    run.cases, run.asked = cases, asked
    return run


def test_package_table_and_notices_join_in_one_case_by_reference_and_number(imported):
    # The package has no number yet; the table brings it beside the reference.
    assert imported("案卷.zip", package())["added"] == 1
    table = imported("申请.csv", PATENTS)
    assert (table["added"], table["updated"]) == (1, 1)
    assert imported("通知书.csv", NOTICES)["updated"] == 2
    again = imported("通知书.csv", NOTICES)
    assert (again["updated"], again["unchanged"]) == (0, 2)

    case = next(one for one in imported.cases() if one["reference"] == "SW2026-0001")
    assert case["number"] == "CN2026100000019"
    assert case["agent_licences"] == ["3201100001.X", "3201100002.5"]
    assert (case["claims"], case["pages"], case["priority"]) == (4, 7, "2025-10-01")
    assert [one["name"] for one in case["notices"]] == [
        "专利申请受理通知书",
        "第一次审查意见通知书",
    ]
    assert case["outcome"] == "pending_substantive"
    assert imported.asked() == []


def test_a_package_that_contradicts_the_docket_is_asked_about(imported):
    imported("申请.csv", PATENTS)
    later = with_changes(number="202610000001.9", priorities=("2026-02-01",))

    assert imported("案卷.zip", package(later))["updated"] == 0
    assert imported.asked() == ["contradiction"]


def test_one_bad_package_of_several_is_refused_and_told(imported):
    bad = with_changes(number="202610000001.5")
    files = {"好.zip": package(), "坏.zip": package(bad)}
    told = imported("案卷.zip", zipped(files))

    assert (told["read"], told["added"], told["refused"]) == (2, 1, 1)
    assert any("check digit" in issue["message"] for issue in told["issues"])
