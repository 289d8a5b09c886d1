"""The command ``valuer credit``: the score, its line and what is refused."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from valuer.agency.credit_events import Event, Subject
from valuer.agency.credit_pack_files import (
    shipped_pack,
)
from valuer.agency.credit_packs import (
    SubjectKind,
)
from valuer.agency.credit_subjects import ChosenReading, CreditReadings
from valuer.core.resources import resource
from valuer.store.credit import put_event, put_pack
from valuer.store.credit_settings import (
    CREDIT_READINGS,
)
from valuer.store.library import open_library
from valuer.store.settings import (
    put_setting,
)

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)

KEYS = (
    "subject",
    "base",
    "deductions",
    "bonus",
    "total",
    "grade",
    "official",
    "unknown_rules",
    "timeline",
)


def entry(code="AG-AR-LATE", recorded="2025-04-01", fact="f1", **more):
    names = ("fact_date", "decision_date", "recorded_date")
    return {
        "rule_code": code,
        "fact_id": fact,
        **dict.fromkeys(names, recorded),
        **more,
    }


def event(code):
    on = date(2025, 4, 1)
    return Event(code, f"fact {code}", on, on, on)


@pytest.fixture
def credit(valuer, tmp_path):
    """Runs the command on events."""

    def run(*events, as_of="2025-06-01", kind="agency", words=("--json",), **more):
        subject = {"kind": kind, "id": "32100"}
        plain = {"subject": subject, "events": list(events), **more}
        path = tmp_path / "专利 events.json"
        path.write_text(json.dumps(plain), encoding="utf-8")
        return valuer("credit", "--as-of", as_of, "--events", path, *words)

    return run


def test_the_answer_has_the_agreed_parts(credit):
    answer = credit(
        entry(cured_on="2025-05-01"), entry("AB-HONOUR", fact="f2", points=5)
    )
    assert answer.code == 0
    found = answer.json
    assert tuple(found)[: len(KEYS)] == KEYS
    assert found["subject"] == {"kind": "agency", "id": "32100"}
    assert [found[key] for key in KEYS[1:6]] == ["100", "10", "5", "95", "A"]
    assert found["official"] is False
    assert "window.months" in found["unknown_rules"]
    (step,) = found["timeline"]
    assert (step["date"], step["total"], step["grade"]) == ("2026-04-02", "100", "A")
    assert "AG-AR-LATE" in step["because"]
    assert "AB-HONOUR" in step["because"]


def test_points_are_plain_decimals(credit):
    found = credit(entry("AG-ABN", points="10.10")).json
    assert (found["deductions"], found["total"]) == ("10.1", "89.9")
    found = credit(entry("AG-CRIME")).json
    assert (found["deductions"], found["total"]) == ("100", "0")


def test_no_event_at_all(credit):
    found = credit().json
    assert (found["total"], found["grade"], found["official"]) == ("100", "A", True)
    assert found["unknown_rules"] == []
    assert found["timeline"] == []


def test_unknown_points_give_no_total(credit):
    found = credit(entry("PA-WARN"), kind="agent").json
    assert (found["total"], found["grade"], found["deductions"]) == (None, None, None)
    assert (found["base"], found["bonus"]) == ("100", "0")
    assert "PA-WARN" in found["unknown_rules"]


def test_readings_of_the_file_hold(credit):
    events = (entry("AG-STOP"), entry("AG-VOL"))
    assert credit(*events).json["total"] == "40"
    found = credit(*events, readings={"same_fact": "sum"}).json
    assert found["total"] == "25"
    others = {(one["option"], one["value"]) for one in found["other_readings"]}
    assert ("options.same_fact", "highest") in others


def test_both_readings_of_the_last_day_are_shown(credit):
    found = credit(entry(), as_of="2026-04-01").json
    assert found["total"] == "80"
    others = {one["value"]: one for one in found["other_readings"]}
    assert others["anniversary"]["total"] == "100"


def test_an_own_pack_takes_the_place_of_the_official_one(credit, tmp_path):
    plain = json.loads(
        resource("agency/packs/cn-cnipa-2023-10.json").read_text("utf-8")
    )
    warned = copy.deepcopy(plain)
    for rule in warned["agent_deductions"]:
        rule["points"] = "2.5"
    path = tmp_path / "本所规则.json"
    path.write_text(json.dumps(warned), encoding="utf-8")
    words = ("--json", "--pack", path)
    answer = credit(entry("PA-WARN"), kind="agent", words=words)
    assert (answer.json["total"], answer.json["grade"]) == ("97.5", "A")
    assert "PA-WARN" in answer.json["unknown_rules"]
    named = credit(entry(), words=("--json", "--pack", "CN-CNIPA-2023-10"))
    assert named.json["total"] == "80"


@pytest.fixture
def library(tmp_path):
    path = tmp_path / "专利库.valuer"
    with open_library(path, create=True) as made, made.change() as connection:
        for name, code in (("agency:32100", "AG-VOL"), ("agent:A1", "PA-WARN")):
            kind, _, who = name.partition(":")
            subject = Subject(SubjectKind(kind), who)
            put_event(connection, subject, event(code), "王", AT)
    return path


def test_the_ledger_of_the_library_is_reckoned_with(valuer, library):
    words = ("credit", "--library", library, "--as-of", "2025-06-01", "--json")
    found = valuer(*words).json
    assert found["subject"] == {"kind": "agency", "id": "32100"}
    assert (found["total"], found["grade"]) == ("85", "B")
    found = valuer(*words, "--subject", "agent:A1").json
    assert (found["total"], "PA-WARN" in found["unknown_rules"]) == (None, True)
    assert valuer(*words, "--subject", "32100").code == 2


def test_which_of_several_agencies_is_asked(valuer, library):
    with open_library(library) as made, made.change() as connection:
        other = Subject(SubjectKind.AGENCY, "11100")
        put_event(connection, other, event("AG-STOP"), "王", AT)
    words = ("credit", "--library", library, "--as-of", "2025-06-01", "--json")
    refused = valuer(*words)
    assert refused.code == 2
    assert "agency:11100" in refused.err
    assert valuer(*words, "--subject", "agency:11100").json["total"] == "40"


def test_a_library_without_events_has_the_base(valuer, tmp_path):
    open_library(tmp_path / "new.valuer", create=True).close()
    words = ("credit", "--library", tmp_path / "new.valuer", "--as-of", "2026-01-01")
    found = valuer(*words, "--json").json
    assert (found["total"], found["grade"], found["official"]) == ("100", "A", True)


def test_events_of_a_file_replace_the_ledger_but_not_the_own_rules(credit, library):
    pack = shipped_pack("CN-CNIPA-2023-10")
    rules = tuple(
        replace(rule, points=Decimal(3)) if rule.code == "AG-WARN" else rule
        for rule in pack.agency_deductions
    )
    with open_library(library) as made, made.change() as connection:
        own = replace(pack, agency_deductions=rules)
        put_pack(connection, own, "王", "抄自附件", AT)
    words = ("--json", "--library", library)
    found = credit(entry("AG-WARN"), words=words).json
    assert (found["total"], found["pack"]["version"]) == ("97", 2)
    found = credit(entry("AG-WARN")).json
    assert (found["total"], found["pack"]["version"]) == (None, 1)


def test_the_library_may_be_named_and_need_not_exist(credit, tmp_path):
    words = ("--json", "--library", tmp_path / "none.valuer")
    assert credit(entry(), words=words).json["total"] == "80"
    assert not (tmp_path / "none.valuer").exists()


@pytest.mark.parametrize("tongue", ["en", "zh_CN"])
def test_words_for_people(credit, monkeypatch, tongue):
    monkeypatch.setenv("VALUER_LANGUAGE", tongue)
    events = (entry(), entry("AG-WARN", fact="f2"))
    answer = credit(*events, as_of="2025-04-10", words=())
    assert answer.code == 0
    told = answer.out.decode()
    assert "AG-AR-LATE" in told
    assert "2026-04-02\t100\tA" in told
    assert "2025-04-30" in told
    name = "Annual report" if tongue == "en" else "年度报告"
    assert name in told


def test_an_entry_that_stands_twice_is_told(credit):
    answer = credit(entry(), entry())
    assert answer.json["total"] == "80"
    (issue,) = answer.json["issues"]
    assert issue["where"] == "events[1]"
    told = credit(entry(), entry(), words=())
    assert "[warning]" in told.err


@pytest.mark.parametrize(
    ("event", "named"),
    [
        (entry("AG-NEW"), "AG-NEW"),
        (entry(points="1.25"), "1.25"),
        (entry(recorded=None), "fact_date"),
        (entry(cured_on="2025-03-01"), "cured_on"),
        ({}, "events[0]"),
    ],
)
def test_what_cannot_be_reckoned_with_is_refused_by_name(credit, event, named):
    answer = credit(event)
    assert answer.code == 2
    assert named in answer.err
    assert answer.out == b""


def test_the_place_of_an_unreadable_entry_is_told_once(credit):
    bare = {key: one for key, one in entry().items() if key != "recorded_date"}
    told = credit(entry(), bare).err.splitlines()[-1]
    assert told.count("events[1]") == 1
    assert "recorded_date" in told


@pytest.mark.parametrize("as_of", ["9999-06-30", "0001-01-01", "2025-06-31", ""])
def test_a_day_out_of_reach_is_refused(credit, as_of):
    answer = credit(entry(), as_of=as_of)
    assert answer.code == 2
    assert as_of in answer.err


@pytest.mark.parametrize(
    "words",
    [
        ("--as-of", "2025-06-31", "--events", "none.json"),
        ("--as-of", "2025-06-30", "--events", "none.json"),
        ("--as-of", "2025-06-30", "--events", "none.json", "--pack", "CN-1999"),
        ("--as-of", "2025-06-30", "--events", "none.json", "--pack", "none.json"),
        ("--as-of", "2023-04-30", "--events", "none.json"),
        ("--as-of", "2025-06-30"),
        ("--as-of", "2025-06-30", "--library", "none.valuer"),
        ("--events", "none.json"),
    ],
)
def test_what_there_is_not_is_refused(valuer, words):
    answer = valuer("credit", *words)
    assert answer.code == 2
    assert answer.err


def test_readings_kept_in_the_library_hold_for_its_ledger_and_no_file(
    valuer, tmp_path, credit
):
    path = tmp_path / "机构.valuer"
    agency = Subject(SubjectKind.AGENCY, "32100")
    choice = ChosenReading("window.last_day_rule", "anniversary", "wang", AT)
    with open_library(path, create=True) as library, library.change() as connection:
        put_event(connection, agency, event("AG-AR-LATE"), "wang", AT)
        put_setting(connection, CREDIT_READINGS, CreditReadings((choice,)))
    day = ("--as-of", "2026-04-01", "--json")
    # The corresponding day itself clears by the reading kept, and not by the pack's.
    assert valuer("credit", "--library", path, *day).json["total"] == "100"
    from_file = ("--library", path, "--json")
    assert credit(entry(), as_of="2026-04-01", words=from_file).json["total"] == "80"
