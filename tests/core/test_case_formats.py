from __future__ import annotations

import pytest

from valuer.core.canonical import from_plain, to_plain
from valuer.core.case import FORMAT, Case
from valuer.core.case_formats import UPGRADES, upgraded
from valuer.core.problems import UserError
from valuer.core.sampling import Sampling


def test_there_is_a_step_for_every_older_form():
    assert len(UPGRADES) == FORMAT - 1


def test_the_newest_form_is_read_as_it_is():
    plain = to_plain(Case(name="一"))
    assert upgraded(plain) == plain


def test_an_older_form_goes_through_every_step_from_there(monkeypatch):
    def step(number):
        return lambda plain: {**plain, "format": number, f"step {number}": True}

    monkeypatch.setattr("valuer.core.case_formats.FORMAT", 4)
    monkeypatch.setattr(
        "valuer.core.case_formats.UPGRADES", tuple(map(step, (2, 3, 4)))
    )
    assert upgraded({"format": 2}) == {"format": 4, "step 3": True, "step 4": True}


def test_a_form_of_a_newer_program_is_refused():
    with pytest.raises(UserError, match="newer version"):
        upgraded({"format": FORMAT + 1})


@pytest.mark.parametrize(
    "plain", [{}, [], None, {"format": "1"}, {"format": True}, {"format": 0}]
)
def test_what_does_not_tell_its_form_is_refused(plain):
    with pytest.raises(UserError, match="does not tell its form"):
        upgraded(plain)


def test_a_range_of_the_first_form_was_asked_for_by_the_contract():
    first = {"format": 1, "conclusion": {"low": "1", "high": None, "ground": ""}}
    assert upgraded(first)["range_agreed"] is True
    assert upgraded({"format": 1, "conclusion": {"low": None}})["range_agreed"] is False
    assert "range_agreed" not in upgraded({"format": 1, "conclusion": None})


def test_the_ground_of_the_first_form_was_stated_in_words():
    first = {"format": 1, "conclusion": {"ground": "仅有许可收入。", "run": "rfr"}}
    assert upgraded(first)["conclusion"] == {
        "ground": "仅有许可收入。",
        "ground_kind": "in_words",
        "run": "rfr",
    }
    bare = {"format": 1, "conclusion": {"ground": "", "run": "rfr"}}
    assert upgraded(bare)["conclusion"] == {"ground": "", "run": "rfr"}


def test_a_case_of_the_second_form_draws_as_it_did():
    second = {"format": 2, "runs": [{"key": "a", "method": "m", "scenarios": 10}]}
    run = from_plain(upgraded(second), Case).runs[0]
    assert run.sampling == Sampling()
