"""Every method on its worked case, as a report prints it: inputs, formulas, figures."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from valuer.core.case import Case, Run
from valuer.core.entries import params_or_refuse, plain_params
from valuer.core.examples import example_files, read_example
from valuer.core.run_results import RunResult, Taken
from valuer.core.sensitivity import one_way
from valuer.core.texts import LANGUAGES
from valuer.methods import METHODS
from valuer.reports.sections import blocks
from valuer.reports.sections.inputs import inputs
from valuer.reports.sections.risk import sensitivity
from valuer.reports.sections.working import working

Printed = Callable[..., list[blocks.Block]]


def worked(key: str) -> dict[str, Any]:
    """The parameters of the fullest worked case of a method."""
    runs = [read_example(path).run for path in example_files()]
    given = [run["params"] for run in runs if run.get("method") == key]
    return max(given, key=lambda params: len(json.dumps(params)))


@pytest.fixture(scope="module")
def printed(draft, small: Case) -> Printed:
    drafts = {language: draft(small, language) for language in LANGUAGES}

    def pages(
        key: str,
        language: str = "en",
        taken: tuple[Taken, ...] = (),
        **changed: Any,
    ) -> list[blocks.Block]:
        method = METHODS.find(key)
        given = worked(key) | changed
        if key == "simulated_option":
            given |= {"paths": 1000, "dates": 4}
        params, _ = params_or_refuse(method.params, given)
        result = method.run(params)
        run = Run(key, key, params=given)
        shown = plain_params(params) | given
        one = RunResult(run, method, shown, result, None, (), taken)
        made = drafts[language]
        return [*inputs(made, one, result), *working(made, one, result)]

    return pages


def tables(found: list[blocks.Block]) -> list[blocks.Table]:
    return [one for one in found if isinstance(one, blocks.Table)]


def text(found: list[blocks.Block]) -> str:
    kinds = (blocks.Prose, blocks.Note, blocks.Formula)
    return "\n".join(one.text for one in found if isinstance(one, kinds))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", [method.key for method in METHODS])
def test_what_is_printed_of_a_method_reads_well(printed, key: str, language: str):
    found = printed(key, language)
    for table in tables(found):
        assert table.rows
        assert all(len(row) == len(table.columns) for row in table.rows)
        entries = [entry for row in table.rows for entry in row]
        assert "[]" not in entries
        # A key of the program stands nowhere for a name.
        assert not re.search(r"\b[a-z]+_[a-z]+\b|\bstep\d", table.title)
        if table.unit:
            assert any(re.fullmatch(r"−?[\d,]+\.\d{2,}", one) for one in entries)
    assert "{" not in text(found)
    assert found[-1].text.rstrip("。.")


def test_scores_and_shares_alone_have_no_unit_of_money(printed):
    found = tables(printed("patent_score"))
    assert {table.unit for table in found} == {""}


def test_axes_that_are_no_table_of_the_inputs_have_their_names(printed):
    titles = {table.title for table in tables(printed("tax_amortisation_benefit"))}
    assert "Working: tax years" in titles
    titles = {table.title for table in tables(printed("binomial_option"))}
    assert "Working: states after step 1" in titles


def test_paths_without_names_are_numbered(printed):
    found = [
        table
        for table in tables(printed("path_option"))
        if table.title.startswith("Paths:")
    ]
    assert [row[0] for row in found[0].rows[:3]] == ["1", "2", "3"]


def test_where_nothing_stands_in_rows_nothing_is_said_of_them(printed):
    said = text(printed("fv"))
    assert "Where: " in said
    assert "Σ" not in said


def test_functions_that_not_everybody_knows_are_explained(printed):
    assert "sumif(a; b; x) is the sum" in text(printed("patent_score"))
    assert "Φ is the standard normal" in text(printed("european_option"))
    assert "Φ₂" in text(printed("compound_option"))
    assert "In the formulas" not in text(printed("fv"))


def test_a_life_is_told_in_years(printed):
    assert re.search(r" is [\d.]+ years\.", printed("patent_life")[-1].text)


def test_periods_without_days_are_not_headed_by_days(printed):
    heads = {table.columns[0].head for table in tables(printed("irr"))}
    assert "Period" in heads
    assert "Period to" not in heads


def test_a_figure_taken_from_another_run_is_rounded_for_print(printed):
    share = 0.023239999999999997
    rate = printed("fv", taken=(Taken("rate", "run"),), rate=share)
    (table,) = [one for one in tables(rate) if one.title == "Inputs"]
    assert "2.324%" in {row[1] for row in table.rows}
    typed = printed("fv", rate=share)
    (table,) = [one for one in tables(typed) if one.title == "Inputs"]
    assert "2.3239999999999997%" in {row[1] for row in table.rows}


def test_a_rate_that_is_round_but_for_the_last_digit_is_printed_round(printed):
    found = printed("analytical_royalty")
    cells = {cell for table in tables(found) for row in table.rows for cell in row}
    assert "42.00%" in cells


def test_of_hundreds_of_inputs_those_that_move_the_value_most_are_shown(draft, small):
    method = METHODS.find("replacement_cost")
    given = worked(method.key) | {
        "items": [{"name": f"item {n}", "amount": 100 + n} for n in range(150)]
    }
    params, _ = params_or_refuse(method.params, given)
    result, swings = method.run(params), one_way(method, params)
    one = RunResult(Run("c", method.key), method, given, result, None, swings)
    found = list(sensitivity(draft(small), one, result))
    (table,) = tables(found)
    assert len(table.rows) == 40
    assert "the other" in text(found)
    shown = [row[0] for row in table.rows]
    assert "item 149: Amount" in shown
    assert "item 0: Amount" not in shown
