"""Real lists, taken in and asked: the figures are those of a count line by line.

What is counted here is counted from the lines themselves, without the program; some of
the lines are printed with what they count as, to be looked at.
"""

from __future__ import annotations

import json

import pytest

AS_OF = "2026-09-30"
EVERY = 9


@pytest.fixture
def told(valuer, tmp_path):
    """Takes a file in and returns the metrics by key."""

    def run(path):
        library = tmp_path / "案卷.valuer"
        taken = valuer("docket", "import", path, "--library", library, "--json")
        assert taken.code == 0, taken.err
        words = ("quality", "--library", library, "--as-of", AS_OF, "--json")
        return {one["key"]: one for one in valuer(*words).json["metrics"]}

    return run


def counts(found, key):
    return found[key]["numerator"], found[key]["n"]


def test_records_of_the_american_office(shared_data, told, record_property):
    path = shared_data / "outcomes" / "uspto_peds_sample.jsonl"
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    granted, lost, actions = [], [], {}
    for one in records:
        status = one["status"]
        if status.startswith("Patented Case") or "Patent Expired" in status:
            granted.append(one["application_number"])
        elif status.startswith("Abandoned") or "Expressly Abandoned" in status:
            lost.append(one["application_number"])
        # Made and mailed are one action: those made are counted.
        events = one["prosecution_events"]
        made = [event for event in events if event["code"] in ("CTNF", "CTFR")]
        actions[one["application_number"]] = len(made)
    for one in records[::EVERY]:
        number = one["application_number"]
        what = "granted" if number in granted else "lost" if number in lost else "open"
        line = f"{number}  {one['status'][:40]:40}  {what}, {actions[number]} actions"
        record_property("told", line)

    found = told(path)
    assert counts(found, "Q01") == (len(granted), len(granted) + len(lost))
    assert counts(found, "Q05") == (
        sum(actions[number] for number in granted),
        len(granted),
    )


def test_the_list_of_a_university(shared_data, told, record_property):
    import python_calamine

    path = shared_data / "exports" / "cnipa" / "szu_专利.xls"
    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    head, *rows = sheet.to_python()
    listed = [dict(zip(head, row, strict=True)) for row in rows]
    grants = ("授权", "发明专利权授予", "实用新型专利权授予", "专利权的终止")
    losses = ("发明专利申请公布后的驳回", "发明专利申请公布后的视为撤回")
    inventions = [row for row in listed if row["申请号"].strip()[6] == "1"]
    granted = [row for row in inventions if row["法律状态"] in grants]
    lost = [row for row in inventions if row["法律状态"] in losses]
    for row in listed[::EVERY]:
        what = "granted" if row in granted else "lost" if row in lost else "not counted"
        record_property("told", f"{row['申请号']}  {row['法律状态']}  {what}")

    found = told(path)
    assert counts(found, "Q01") == (len(granted), len(granted) + len(lost))
    assert counts(found, "Q10") == (len(inventions), len(listed))
    assert found["Q05"]["missing"] == ["notices"]
