"""The built-in worked cases come out, and a damaged one fails without a crash."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from valuer.core.canonical import canonical
from valuer.core.examples import (
    ExampleOutcome,
    example_files,
    read_example,
    run_examples,
)
from valuer.methods import METHODS

OUTCOMES = run_examples(METHODS)

# Figures of the truths that the methods, the time-value functions and the
# distributions cover, as published or as checked.
TRUTHS = {
    "CN-W0a/sum": 2770,
    "CN-W0a/conclusion": 2800,
    "CN-W0a/pv/1": 558,
    "CN-W0a/pv/8": 37,
    "CN-W16/annual": 69,
    "CN-W16/value": 310,
    "CN-W4/pv": 5277.96,
    "CN-W1/replacement": 1113,
    "CN-W1/value": 456.16,
    "CN-W18/patent_1": 45,
    "CN-W18/patent_2": 20,
    "CN-W19/replacement": 142,
    "CN-W19/value": 88.75,
    "CN-W21/replacement": 17.94,
    "CN-W21/value": 14.35,
    "COST-01": 76.47058823529412,
    "TV-01": 2086.647602031535,
    "TV-02": 0.3733625335188318,
    "TV-04": 3065.2226681795255,
    "TV-05": 2838.169137203262,
    "TV-08": -1854.0247200054619,
    "TV-12": 0.08859833852775534,
    "TV-13": 892.3575948802858,
    "TV-16": 1919.2748021846555,
    "TV-17": 1971.1615637218174,
    "RFR-01": 5997628.090124916,
    "STAT-01/sigma": 2.145966026289347,
    "DIST-01/tri_mean": 6,
    "DIST-01/tri_var": 3.5,
    "DIST-01/pert_mean": 5.5,
    "DIST-01/pert_var": 2.75,
    "DIST-02/sigma": 0.47238072707743883,
    "DIST-02/mu": 4.4935984103309865,
    "DIST-02/p5": 41.12438566870804,
    "DIST-02/p95": 194.53178132426876,
    "FEE-01/total": 82300,
    "FEE-01/pv_end": 29388.85720083451,
    "FEE-01/pv_begin": 31739.965776901274,
    "CN-W10/value": 85.29,
    "CN-W13/value": 558.76,
    "CN-W22/case_1": 2000,
    "CN-W22/case_2": 20,
    "TAB-01": 1.1280499189184228,
    "TAB-02": 1.136534578504236,
    "TAB-05": 128.0499189184227,
    "RNPV-01": 0.07869682704,
    "INV-05": 308.8103599467863,
    "INV-15/flows": 75.53719008264463,
    "INV-15/tree": 75.53719008264463,
    "INV-01": 379.42640452325764,
    "INV-02": 381.4936545379493,
    "INV-04": 593.7858245829692,
}


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda one: one.id)
def test_a_worked_case_comes_out(outcome: ExampleOutcome):
    assert outcome.passed, outcome


def test_every_figure_has_a_name_of_its_own():
    names = [outcome.id for outcome in OUTCOMES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", TRUTHS)
def test_the_truths_are_among_them_with_their_figures(name):
    (found,) = [outcome for outcome in OUTCOMES if outcome.id == name]
    assert found.expected == TRUTHS[name]


@pytest.mark.parametrize("path", example_files(), ids=lambda path: path.stem)
def test_a_case_states_its_source_and_no_loose_tolerance(path: Path):
    example = read_example(path)
    assert example.source
    assert example.kind in ("published", "derived", "constructed")
    for figure in example.figures:
        is_loose = figure.tolerance > 5e-4 * abs(figure.expected)
        assert example.note or not is_loose, "say why it may be so far off"
        if figure.published is not None:
            assert example.note, "say why the printed figure is not the one tested"


def test_an_outcome_as_json_has_what_self_test_promises():
    found = OUTCOMES[0].plain()
    assert set(found) == {"id", "expected", "actual", "passed"}


# Damaged files

GOOD = {
    "id": "X-1",
    "title": "t",
    "kind": "constructed",
    "source": "by hand",
    "run": {
        "function": "npv_from_now",
        "arguments": {"rate": 0.1, "cashflows": [1, 1.1]},
    },
    "figures": [{"pick": ["value"], "expected": 2, "tolerance": 1e-12}],
}


def outcomes(tmp_path: Path, example: Any) -> tuple[ExampleOutcome, ...]:
    path = tmp_path / "坏.json"
    data = example if isinstance(example, bytes) else json.dumps(example).encode()
    path.write_bytes(data)
    return run_examples(METHODS, (path,))


def test_a_good_file_passes(tmp_path):
    (found,) = outcomes(tmp_path, GOOD)
    assert (found.id, found.passed, found.actual) == ("X-1", True, pytest.approx(2))


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"\x00\xff",
        b"[]",
        b"null",
        b"{",
        {**GOOD, "colour": 1},
        {**GOOD, "figures": []},
        {**GOOD, "figures": "x"},
        {key: value for key, value in GOOD.items() if key != "source"},
    ],
)
def test_a_file_that_cannot_be_read_is_one_failed_case(tmp_path, damage):
    (found,) = outcomes(tmp_path, damage)
    assert (found.id, found.passed) == ("坏", False)
    assert found.reason is not None
    assert canonical(found.plain())


@pytest.mark.parametrize(
    "run",
    [
        {},
        {"method": "no_such", "params": {}},
        {"method": "relief_from_royalty", "params": {}},
        {"method": "relief_from_royalty", "params": {}, "more": 1},
        {"function": "no_such", "arguments": {}},
        {"function": "npv_from_now", "arguments": {"rate": 0.1}},
        {"function": "npv_from_now", "arguments": {"rate": "x", "cashflows": [1]}},
        {"function": "npv_from_now", "arguments": {"rate": {}, "cashflows": {}}},
        {"function": "npv_from_now", "arguments": {"rate": -1, "cashflows": [1, 2]}},
        {"function": "npv_from_now", "arguments": {"rate": 0, "cashflows": ["1"]}},
        {"function": "irr", "arguments": {"cashflows": [1]}},
        {
            "function": "xnpv",
            "arguments": {"rate": 0.1, "cashflows": [1, 2], "dates": ["2020-01-01"]},
        },
        {"distribution": {"dist": "cauchy"}},
        {"distribution": {"dist": "normal", "mean": 1}},
        {"distribution": {"dist": "normal", "mean": 1, "sd": "x"}},
        {"distribution": {}},
    ],
)
def test_a_run_that_cannot_be_run_is_a_failed_case(tmp_path, run):
    (found,) = outcomes(tmp_path, GOOD | {"run": run})
    assert (found.id, found.passed, found.actual) == ("X-1", False, None)
    assert found.reason is not None
    assert canonical(found.plain())


RELIEF = {
    "method": "relief_from_royalty",
    "params": {
        "revenue": [100],
        "royalty_rate": 0.1,
        "tax_rate": 0,
        "discount_rate": 0,
        "timing": "mid",
        "valuation_date": "2024-12-31",
        "first_period_end": "2025-12-31",
        "expiry_date": "2025-12-31",
    },
}


@pytest.mark.parametrize(
    ("run", "pick"),
    [
        (GOOD["run"], ["step", "P", 1]),
        (GOOD["run"], ["root", 1]),
        (GOOD["run"], ["mean"]),
        (GOOD["run"], []),
        (RELIEF, ["step", "nonsense", 1]),
        (RELIEF, ["step", "P", 0]),
        (RELIEF, ["step", "P", 2]),
        (RELIEF, ["quantile", 0.5]),
        ({"function": "irr", "arguments": {"cashflows": [-1, 2]}}, ["root", 2]),
        ({"function": "irr", "arguments": {"cashflows": [-1, 2]}}, ["root", 0]),
        ({"function": "irr", "arguments": {"cashflows": [-1, 2]}}, ["value"]),
        ({"distribution": {"dist": "normal", "mean": 1, "sd": 1}}, ["sigma"]),
        ({"distribution": {"dist": "normal", "mean": 1, "sd": 1}}, ["quantile", 1.5]),
    ],
)
def test_a_figure_that_is_not_there_is_a_failed_case(tmp_path, run, pick):
    figure = {"pick": pick, "expected": 1, "tolerance": 1}
    (found,) = outcomes(tmp_path, GOOD | {"run": run, "figures": [figure]})
    assert (found.passed, found.actual) == (False, None)


def test_a_wrong_figure_is_told_with_both(tmp_path):
    figure = {"pick": ["value"], "part": "p", "expected": 3, "tolerance": 0.5}
    (found,) = outcomes(tmp_path, GOOD | {"figures": [figure]})
    assert found.plain() == {
        "id": "X-1/p",
        "expected": 3,
        "actual": pytest.approx(2),
        "passed": False,
    }


def test_a_figure_may_be_rounded_half_up_first(tmp_path):
    figure = {"pick": ["value"], "expected": 4, "tolerance": 0, "round_to": "4"}
    (found,) = outcomes(tmp_path, GOOD | {"figures": [figure]})
    assert found.passed


def test_no_files_at_all_is_a_failed_case():
    (found,) = run_examples(METHODS, ())
    assert not found.passed


def test_a_missing_file_is_a_failed_case(tmp_path):
    (found,) = run_examples(METHODS, (tmp_path / "gone.json",))
    assert (found.id, found.passed) == ("gone", False)
