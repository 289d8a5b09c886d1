"""``valuer case diff`` tells what differs between two revisions, as the window does."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def case(valuer, tmp_path):
    """A library with one case of three revisions."""
    library = tmp_path / "库.valuer"
    run = {"key": "rfr", "method": "relief_from_royalty"}
    steps = (
        {"client": "甲大学"},
        {"runs": [{**run, "params": {"discount_rate": 0.12}}]},
        {"runs": [{**run, "params": {"discount_rate": 0.15}}]},
    )
    for number, step in enumerate(steps):
        verb = ("set", "C1") if number else ("new", "--from")
        words = ("case", *verb, "-", "--library", library)
        assert valuer(*words, stdin=json.dumps(step).encode()).code == 0
    return ("case", "diff", "C1", "--library", library)


def test_the_last_change_is_told_unless_others_are_named(valuer, case):
    told = valuer(*case).out.decode()
    assert "Discount rate: 12% → 15% (Relief from royalty)" in told
    assert "Client" not in told


def test_two_revisions_are_told_with_json_for_programs(valuer, case):
    told = json.loads(valuer(*case, "--from", 1, "--to", 2, "--json").out)
    assert (told["case"], told["from"], told["to"]) == ("C1", 1, 2)
    assert told["differences"] == [
        {
            "part": "methods",
            "of": None,
            "place": "Method",
            "before": None,
            "after": "Relief from royalty",
        }
    ]


def test_the_first_revision_is_told_against_nothing(valuer, case):
    assert "Client: added: 甲大学" in valuer(*case, "--to", 1).out.decode()


def test_equal_revisions_do_not_differ(valuer, case):
    assert "do not differ" in valuer(*case, "--from", 2, "--to", 2).out.decode()


def test_a_revision_that_is_not_there_is_refused(valuer, case):
    answer = valuer(*case, "--from", 9)
    assert answer.code == 2
    assert "revision 9" in answer.err
