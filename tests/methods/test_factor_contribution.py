"""The share by factor contribution: by hand, laws, and refusals."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import Severity, UserError
from valuer.core.score_sheets import rows_of
from valuer.methods import METHODS
from valuer.ratings import rating

METHOD = METHODS.find("factor_contribution")
Given = dict[str, Any]


def part(name: str, weight: Any, *, subject: bool = False, **given: Any) -> Given:
    mark = {"is_subject": "yes"} if subject else {}
    return {"name": name, "weight": weight, "evidence": "底稿"} | mark | given


THREE = [part("资金", 0.4), part("技术", 0.4, subject=True), part("管理", 0.2)]
PLAIN: Given = {"groups": THREE, "part": 0.6, "sheet": "本企业分析"}


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    return METHOD.run(params)


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


@st.composite
def factors(draw: st.DrawFn) -> Given:
    parts = draw(st.lists(st.integers(0, 9), min_size=1, max_size=5).filter(any))
    marked = draw(st.sets(st.integers(0, len(parts) - 1), min_size=1))
    rows = [
        part(f"要素{n}", one / sum(parts), subject=n in marked)
        for n, one in enumerate(parts)
    ]
    return PLAIN | {"groups": rows, "part": draw(st.floats(0, 1))}


def test_the_share_of_technology_times_the_part_that_is_the_subject():
    assert run().value == pytest.approx(0.24)
    assert not run().issues


@given(factors())
def test_every_formula_gives_the_numbers_shown(formulas_hold, given):
    formulas_hold("factor_contribution", given)


@given(factors())
def test_the_share_is_the_sum_of_what_is_marked(given):
    marked = [row["weight"] for row in given["groups"] if "is_subject" in row]
    assert run(**given).value == pytest.approx(sum(marked) * given["part"], abs=1e-12)
    assert 0 <= run(**given).value <= 1 + 1e-12


def test_shares_by_industry_fill_the_table_and_lack_evidence():
    rows = rows_of(rating("factor_contribution").sheet(), "high_technology")
    rows["groups"][1]["is_subject"] = "yes"
    found = run(**rows, part=1)
    assert found.value == pytest.approx(0.5)
    assert [one.severity for one in found.issues] == [Severity.WARNING] * 3
    assert all("rules of thumb" in one.say("en") for one in found.issues)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"groups": []}, "Factors of profit"),
        ({"groups": THREE[:2]}, "add to 1"),
        ({"groups": [part("资金", 0.5), part("技术", 0.5)]}, "mark the one"),
        ({"groups": [part("技术", 0.5, subject=True)] * 2}, "name of its own"),
        ({"groups": [part(" ", 1, subject=True)]}, "name of its own"),
        ({"groups": [part("技术", 1.2, subject=True)]}, "Share of the profit"),
        ({"part": 1.1}, "Part of the factor"),
    ],
)
def test_what_does_not_go_together_is_refused(given, told):
    assert told in refused(**given)


def test_a_share_is_no_distribution():
    drawn = {"dist": "uniform", "low": 0.3, "high": 0.5}
    rows = [part("资金", 0.6), part("技术", drawn, subject=True)]
    assert "one figure" in refused(groups=rows)


def test_shares_without_a_source_are_warned_of():
    assert [one.where for one in run(sheet="").issues] == ["sheet"]
