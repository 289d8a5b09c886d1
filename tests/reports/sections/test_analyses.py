"""Two-way tables, targets and scenarios of a run, as its report prints them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from valuer.core.asked import Asked, Scenario, Target, TwoInputs
from valuer.core.case import Case
from valuer.core.valuing import value_case
from valuer.methods import METHODS
from valuer.reports.package import printed
from valuer.reports.recompute import Recomputed, recompute
from valuer.reports.sections import SECTIONS, blocks

TABLE = TwoInputs("discount_rate", "royalty_rate", (0.1, 0.165, 0.2), (0.02, 0.03))
SCENARIOS = (
    Scenario("差", 0.25, {"royalty_rate": 0.01, "revenue[1]": 20_000_000}),
    Scenario("平", 0.5, {}),
    Scenario("好", 0.25, {"timing": "end"}),
)


@pytest.fixture(scope="module")
def told(small: Case, draft) -> Callable[..., list[blocks.Block]]:
    """Gives what the section on methods says of a run that is asked for something."""

    def told(asked: Asked, language: str = "en") -> list[blocks.Block]:
        made = draft(asking(small, asked), language)
        found = next(one for one in SECTIONS if one.key == "method")
        return list(found.blocks(made))

    return told


def asking(case: Case, asked: Asked) -> Case:
    (run,) = case.runs
    return replace(case, runs=(replace(run, asked=asked, scenarios=0),))


def tables(said: list[blocks.Block], title: str) -> list[blocks.Table]:
    found = [one for one in said if isinstance(one, blocks.Table)]
    return [one for one in found if one.title.startswith(title)]


def sentences(said: list[blocks.Block], word: str) -> list[str]:
    found = [one.text for one in said if isinstance(one, blocks.Prose | blocks.Note)]
    return [one for one in found if word in one]


def test_a_run_asked_for_nothing_has_no_such_headings(told):
    heads = {one.text for one in told(Asked()) if isinstance(one, blocks.Heading)}
    assert not heads & {"Sensitivity to two inputs", "Break-even analysis"}


def test_a_two_way_table_marks_where_the_inputs_stand(told):
    said = told(Asked((TABLE,)))
    (table,) = tables(said, "Royalty rate (down) and Discount rate (across)")
    heads = [column.head for column in table.columns]
    assert heads == ["Royalty rate", "10%", "* 16.5%", "20%"]
    assert [row[0] for row in table.rows] == ["2%", "3%"]
    assert table.unit == "CNY"
    first, second = (float(row[1].replace(",", "")) for row in table.rows)
    assert second == pytest.approx(1.5 * first, rel=1e-6)
    (note,) = sentences(said, "where the inputs stand")
    assert "Discount rate: 16.5%" in note


def test_a_wide_table_is_told_in_parts_that_hold_every_column(told):
    steps = tuple(0.1 + place / 100 for place in range(12))
    said = told(Asked((replace(TABLE, columns="discount_rate", across=steps),)))
    parts = tables(said, "Royalty rate (down)")
    assert len(parts) > 1
    assert all(len(part.columns) <= 7 for part in parts)
    heads = [column.head for part in parts for column in part.columns[1:]]
    assert heads == [f"{10 + place}%" for place in range(12)]


def test_a_target_is_told_with_the_input_that_reaches_it(told):
    asked = Asked(
        break_even=(
            Target("royalty_rate", 12_000_000.0),
            Target("revenue", 12_000_000.0),
            Target("discount_rate", 1e12),
        )
    )
    rate, factor, never = sentences(told(asked), "the other inputs as given")
    assert rate.startswith("The result is CNY 12,000,000.00 where “Royalty rate” is ")
    assert "is multiplied by" in factor
    assert "nowhere CNY 1,000,000,000,000.00" in never


def test_scenarios_are_told_with_all_that_they_replace(told, small: Case):
    said = told(Asked(scenarios=SCENARIOS))
    (table,) = tables(said, "Scenarios and their results")
    names, changes, weights, values = zip(*table.rows, strict=True)
    assert names == ("差", "平", "好", "Weighted mean")
    assert changes[0] == "Revenue, period 2 20,000,000.00; Royalty rate 1%"
    assert changes[1] == "all inputs as given"
    assert weights == ("25%", "50%", "25%", "100%")
    numbers = [float(value.replace(",", "")) for value in values]
    low, middle, high, mean = numbers
    assert mean == pytest.approx(0.25 * low + 0.5 * middle + 0.25 * high, abs=0.02)
    found = value_case(asking(small, Asked()), METHODS).runs[0].result
    assert found is not None
    assert middle == pytest.approx(found.value, abs=0.01)
    assert sentences(said, "weighted standard deviation")


@pytest.fixture(scope="module")
def pdf(small: Case, build) -> bytes:
    asked = Asked((TABLE,), (Target("royalty_rate", 12_000_000.0),), SCENARIOS)
    made = build(asking(small, asked))
    assert made.missing == ()
    return made.pdf


def altered(pdf: bytes, change: Callable[[dict[str, Any]], None]) -> Recomputed:
    """Recompute a report in whose package the analyses were changed."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        attached = document.Root.AF[0].EF.F
        plain = json.loads(attached.read_bytes())
        change(plain["case"]["runs"][0]["asked"])
        attached.write(json.dumps(plain).encode())
        out = io.BytesIO()
        document.save(out)
    return recompute(out.getvalue(), METHODS, "en")


def test_a_summary_carries_no_analyses_for_it_prints_none(small: Case):
    asking_for = asking(small, Asked((TABLE,), (), SCENARIOS))
    assert printed(asking_for).runs[0].asked.two_way == (TABLE,)
    assert printed(asking_for, is_whole=False).runs[0].asked == Asked()


def test_a_report_with_analyses_comes_out_again(pdf: bytes):
    found = recompute(pdf, METHODS)
    assert found.matches, found.differences


def _weight(asked: dict[str, Any]) -> None:
    asked["scenarios"][0]["weight"], asked["scenarios"][1]["weight"] = 0.3, 0.45


def test_what_was_asked_otherwise_is_found(pdf: bytes):
    found = altered(pdf, _weight)
    assert not found.matches
    assert found.differences


def _missing(asked: dict[str, Any]) -> None:
    asked["two_way"][0]["columns"] = "pace"


def test_a_report_cannot_be_made_without_what_is_asked(pdf: bytes):
    found = altered(pdf, _missing)
    assert not found.matches
    assert "pace" in found.differences[0].printed
