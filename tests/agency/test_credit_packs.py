"""Rule packs: data with mark and source; what does not go together is named."""

from __future__ import annotations

import copy
import json
from datetime import date
from decimal import Decimal

import pytest

from valuer.agency.credit_pack_files import (
    pack_in_force,
    pack_of,
    shipped_pack,
    shipped_packs,
)
from valuer.agency.credit_packs import (
    MARKS,
    TABLES,
    Marked,
    open_values,
)
from valuer.core.problems import UserError
from valuer.core.resources import resource

PLAIN = json.loads(resource("agency/packs/cn-cnipa-2023-10.json").read_text("utf-8"))

# The seven values of the annex that were each read in one source, and the cap.
READ = {
    "AG-AR-LATE": 20,
    "AG-AR-LATE-CURED": 10,
    "AG-VOL": 15,
    "AG-STOP": 60,
    "AG-REVOKE": 100,
    "AG-CRIME": 100,
}


def changed(change):
    plain = copy.deepcopy(PLAIN)
    change(plain)
    return pack_of(json.dumps(plain).encode(), "pack.json")


def test_no_point_value_is_invented(desk):
    every = {rule.code: rule for name in TABLES for rule in getattr(desk.pack, name)}
    assert len(every) == 31
    known = {code: rule.points for code, rule in every.items() if rule.points}
    assert known == READ
    assert all(rule.per_case is None for rule in every.values())
    caps = {code: rule.cap for code, rule in every.items() if rule.cap is not None}
    assert caps == {"AG-ABN": 40}
    unknown = {code for code, rule in every.items() if rule.mark == "UNKNOWN"}
    assert unknown == set(every) - set(READ) - {"AG-ABN"}


def test_values_and_marks_of_the_official_pack(desk):
    pack = desk.pack
    marks = {
        "base": (pack.base, 100, "V1"),
        "bonus_cap_agency": (pack.bonus_cap_agency, 10, "V1"),
        "bonus_cap_agent": (pack.bonus_cap_agent, None, "UNKNOWN"),
        "score_floor": (pack.score_floor, 0, "MEM"),
        "months": (pack.window.months, 12, "MEM"),
        "anchor": (pack.window.anchor, "deduction_recorded_on", "MEM"),
        "last_day_rule": (pack.window.last_day_rule, "civil_code_201_202", "V2"),
        "roll_holiday": (pack.window.roll_holiday, False, "MEM"),
        "offset": (pack.options.bonus_may_offset_deductions, True, "V1"),
        "same_fact": (pack.options.same_fact, "highest", "MEM"),
        "wait": (pack.options.repair_wait_months, 6, "MEM"),
        "gap": (pack.options.repair_min_gap_months, 12, "MEM"),
    }
    for name, (marked, value, mark) in marks.items():
        assert (marked.value, marked.mark) == (value, mark), name
    assert [(band.grade, band.mark) for band in pack.grades] == [
        ("A+", "INF"),
        ("A", "V2"),
        ("B", "V2"),
        ("C", "V2"),
        ("D", "V2"),
    ]


def test_every_value_has_a_mark_that_is_explained_and_a_source():
    def marked(plain):
        if isinstance(plain, dict):
            if "mark" in plain:
                yield plain
            for one in plain.values():
                yield from marked(one)
        elif isinstance(plain, list):
            for one in plain:
                yield from marked(one)

    values = list(marked({key: PLAIN[key] for key in PLAIN if key != "history"}))
    assert len(values) == 4 + 5 + 5 + 4 + 31
    for one in values:
        assert one["mark"] in MARKS
        assert one["source"].strip()


def test_drafts_are_history_and_never_rules():
    assert len(PLAIN["history"]) == 3
    assert not any(one.mark == "DRAFT" for one in _rules())


def _rules():
    pack = shipped_packs()[-1]
    return [rule for name in TABLES for rule in getattr(pack, name)]


def test_the_pack_in_force_goes_by_the_day():
    assert pack_in_force(date(2023, 5, 1)).id == "CN-CNIPA-2023-10"
    with pytest.raises(UserError, match="2023-05-01"):
        pack_in_force(date(2023, 4, 30))
    assert shipped_pack("CN-1999") is None


def test_what_is_to_be_copied_from_the_notice(desk):
    found = {one.place: one for one in open_values(desk.pack)}
    assert {"bonus_cap_agent", "window.months", "AG-ABN", "PA-WARN"} <= set(found)
    assert not {"base", "AG-VOL", "window.last_day_rule"} & set(found)
    assert found["window.months"].has_value
    assert not found["AG-WARN"].has_value


def test_the_pack_may_stand_under_a_name_of_its_own():
    plain = json.dumps({"rule_pack": PLAIN}).encode()
    assert pack_of(plain, "pack.json") == shipped_packs()[-1]


def test_points_may_be_numbers_or_text():
    pack = changed(lambda plain: plain["agency_deductions"][2].update(points=15.5))
    assert pack.agency_deductions[2].points == Decimal("15.5")
    pack = changed(lambda plain: plain["agency_deductions"][2].update(points="15.5"))
    assert pack.agency_deductions[2].points == Decimal("15.5")


REQUIRED = [
    "id",
    "title",
    "doc_no",
    "effective_from",
    "effective_to",
    "base",
    "bonus_cap_agency",
    "bonus_cap_agent",
    "score_floor",
    "decimals",
    "grades",
    "window",
    "options",
    *TABLES,
]


@pytest.mark.parametrize("field", REQUIRED)
def test_a_missing_field_is_named(field):
    with pytest.raises(UserError, match=rf"pack\.json.*{field}"):
        changed(lambda plain: plain.pop(field))


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ("window", "months"),
        ("window", "anchor"),
        ("window", "last_day_rule"),
        ("window", "roll_holiday"),
        ("options", "same_fact"),
        ("options", "repair_wait_months"),
        ("base", "value"),
        ("base", "mark"),
    ],
)
def test_a_field_missing_further_down_is_named(table, field):
    with pytest.raises(UserError, match=rf"pack\.json\.{table}.*{field}"):
        changed(lambda plain: plain[table].pop(field))


@pytest.mark.parametrize("field", ["code", "name", "points", "mark"])
def test_a_field_missing_in_a_rule_is_named(field):
    with pytest.raises(UserError, match=rf"agency_deductions\[2\].*{field}"):
        changed(lambda plain: plain["agency_deductions"][2].pop(field))


def _set(*path, value):
    def change(plain):
        part = plain
        for name in path[:-1]:
            part = part[name]
        part[path[-1]] = value

    return change


def _circle(plain):
    plain["agency_deductions"][0].update(replaces="AG-AR-LATE-CURED", cure_months=1)


def _cured_twice(plain):
    plain["agency_deductions"][2].update(replaces="AG-AR-LATE", cure_months=2)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_circle, "AG-AR-LATE → AG-AR-LATE-CURED → AG-AR-LATE"),
        (_set("agency_deductions", 1, "replaces", value="AG-NEW"), "AG-NEW"),
        (_set("agency_deductions", 1, "replaces", value="PA-VOL"), "PA-VOL"),
        (_cured_twice, "which AG-AR-LATE-CURED replaces already"),
        (_set("agency_deductions", 1, "cure_months", value=None), "cure_months"),
        (_set("agency_deductions", 1, "cure_months", value=0), "months"),
        (_set("agency_deductions", 1, "code", value="AG-AR-LATE"), "AG-AR-LATE"),
        (_set("agent_bonuses", 0, "code", value="AG-VOL"), "AG-VOL"),
        (_set("agency_deductions", 2, "points", value="15.55"), "15.55"),
        (_set("agency_deductions", 2, "points", value=-15), "AG-VOL"),
        (_set("agency_deductions", 2, "points", value="many"), "points"),
        (_set("agency_deductions", 2, "mark", value="SURE"), "SURE"),
        (_set("agency_deductions", 2, "force_grade", value="E"), "“E”"),
        (_set("agency_deductions", 2, "surprise", value=1), "surprise"),
        (_set("window", "anchor", "value", value="birthday"), "birthday"),
        (_set("window", "months", "value", value=0), "months"),
        (_set("options", "same_fact", "value", value="lowest"), "lowest"),
        (_set("options", "same_fact", "mark", value="?"), "options.same_fact"),
        (_set("window", "fixed_holidays", "value", value=["13-01"]), "13-01"),
        (_set("decimals", value=9), "decimals"),
        (_set("effective_to", value="2020-01-01"), "effective_to"),
        (_set("version", value=0), "version"),
        (_set("grades", value=[]), "grade"),
        (_set("grades", 1, "min", value=91), "B and A "),
        (_set("grades", 1, "min_inclusive", value=False), "B and A "),
        (_set("grades", 2, "max_inclusive", value=True), "B and A "),
        (_set("grades", 0, "max", value=110), "open-ended"),
        (_set("grades", 0, "grade", value="A"), "“A”"),
    ],
)
def test_what_does_not_go_together_is_named(change, told):
    with pytest.raises(UserError) as refused:
        changed(change)
    assert told in str(refused.value)
    assert "pack.json" in str(refused.value)


def test_every_fault_is_named_at_once():
    def change(plain):
        _set("window", "months", "value", value=0)(plain)
        _set("agency_deductions", 2, "points", value=-15)(plain)

    with pytest.raises(UserError) as refused:
        changed(change)
    assert len(str(refused.value).splitlines()) == 2


@pytest.mark.parametrize("data", [b"", b"[]", b"7", b"{", b"\xff", b"{}"])
def test_a_file_that_is_no_pack_is_refused(data):
    with pytest.raises(UserError):
        pack_of(data, "pack.json")


def test_a_value_is_known_only_where_it_was_verified():
    assert Marked(12, "V1").is_known
    assert not Marked(12, "MEM").is_known
    assert not Marked(None, "V2").is_known
