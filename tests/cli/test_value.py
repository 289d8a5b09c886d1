"""The commands ``valuer methods`` and ``valuer value``, as others call them."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from valuer.core.resources import resource

PARAMS = {
    # One year: 100 × 5 % × (1 − 25 %) = 3.75, half a year at 21 % is 1.1.
    "revenue": [100],
    "royalty_rate": 0.05,
    "tax_rate": 0.25,
    "discount_rate": 0.21,
    "valuation_date": "2025-12-31",
    "first_period_end": "2026-12-31",
    "expiry_date": "2030-06-30",
    "timing": "mid",
}
KEYS = {
    "method",
    "version",
    "value",
    "currency",
    "working",
    "outputs",
    "issues",
    "simulation",
}


@pytest.fixture
def params(tmp_path):
    def write(**changes):
        path = tmp_path / "参数.json"
        path.write_text(json.dumps({**PARAMS, **changes}), encoding="utf-8")
        return path

    return write


def test_methods_are_listed_in_both_languages_with_their_schema(valuer):
    answer = valuer("methods", "--json")
    assert answer.code == 0
    (method,) = (
        one for one in answer.json["methods"] if one["key"] == "relief_from_royalty"
    )
    assert method["approach"] == "income"
    assert method["title"] == {"zh_CN": "许可费节省法", "en": "Relief from royalty"}
    assert set(PARAMS) <= set(method["schema"]["properties"])


def test_simulation_is_told_in_words_with_its_seed_in_full(valuer, params):
    revenue = [{"dist": "uniform", "low": 90, "high": 110}]
    words = ("relief_from_royalty", params(revenue=revenue), "--simulate", "100")
    answer = valuer("value", *words, "--seed", "12345678901")
    assert answer.code == 0
    told = dict(
        line.split("\t")
        for line in answer.out.decode().splitlines()
        if line.count("\t") == 1
    )
    assert told["n"] == "100"
    assert told["seed"] == "12345678901"
    as_json = valuer("value", *words, "--seed", "12345678901", "--json").json
    for percent, at in as_json["simulation"]["percentiles"].items():
        assert float(told[f"p{percent}"]) == pytest.approx(at, rel=1e-9)


def test_value_of_one_year_is_the_hand_calculation(valuer, params):
    answer = valuer("value", "relief_from_royalty", params(), "--json")
    assert answer.code == 0
    assert set(answer.json) >= KEYS
    assert float(answer.json["value"]) == pytest.approx(3.75 / 1.1, rel=1e-12)
    assert Decimal(answer.json["value"])
    assert answer.json["simulation"] is None
    assert answer.json["currency"] == "CNY"
    for step in answer.json["working"]:
        assert {"step", "formula", "values"} <= set(step)


@pytest.mark.parametrize(
    ("name", "value"),
    [("cn-w18-1", 45), ("cn-w21", 14.35104), ("cn-w19", 88.75), ("cn-w1", 456.16)],
)
def test_the_cost_methods_answer_as_their_published_cases(
    valuer, tmp_path, name, value
):
    run = json.loads(resource(f"examples/{name}.json").read_text("utf-8"))["run"]
    path = tmp_path / "参数.json"
    path.write_text(json.dumps(run["params"]), encoding="utf-8")
    answer = valuer("value", run["method"], path, "--json")
    assert answer.code == 0
    assert float(answer.json["value"]) == pytest.approx(value)
    names = answer.json["outputs"]["axes"]
    assert all(
        len(step["values"]) == len(names[step["axis"]])
        for step in answer.json["working"]
        if "axis" in step
    )


def test_parameters_come_from_stdin_with_a_byte_order_mark(valuer):
    data = b"\xef\xbb\xbf" + json.dumps(PARAMS).encode()
    answer = valuer("value", "relief_from_royalty", "-", "--json", stdin=data)
    assert float(answer.json["value"]) == pytest.approx(3.75 / 1.1, rel=1e-12)


def test_money_may_be_a_decimal_string(valuer, params):
    answer = valuer(
        "value", "relief_from_royalty", params(revenue=["100.00"]), "--json"
    )
    assert float(answer.json["value"]) == pytest.approx(3.75 / 1.1, rel=1e-12)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"revenues": [1]}, "revenues"),
        ({"royalty_rate": "0.05"}, "royalty_rate"),
        ({"royalty_rate": True}, "royalty_rate"),
        ({"discount_rate": 1.293}, "discount_rate"),
        ({"tax_rate": -0.1}, "tax_rate"),
        ({"revenue": 100}, "revenue"),
        ({"revenue": []}, "revenue"),
        ({"revenue": [None]}, "revenue"),
        ({"revenue": ["1e3"]}, "revenue"),
        ({"valuation_date": "2025-02-30"}, "valuation_date"),
        ({"expiry_date": "2025-12-31"}, "expiry_date"),
        ({"first_period_end": "2027-01-01"}, "first_period_end"),
        ({"timing": "begin"}, "timing"),
        ({"royalty_rate": [0.05, 0.04]}, "royalty_rate"),
        ({"royalty_rate": {"dist": "cauchy"}}, "royalty_rate"),
        ({"royalty_rate": {"dist": "pert", "low": 0.1, "mode": 0.2}}, "royalty_rate"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(valuer, params, changes, name):
    answer = valuer("value", "relief_from_royalty", params(**changes), "--json")
    assert answer.code == 2
    assert answer.out == b""
    assert name in answer.err


@pytest.mark.parametrize("name", PARAMS)
def test_a_missing_parameter_is_refused_by_name(valuer, tmp_path, name):
    given = {key: value for key, value in PARAMS.items() if key != name}
    path = tmp_path / "p.json"
    path.write_text(json.dumps(given))
    answer = valuer("value", "relief_from_royalty", path, "--json")
    assert answer.code == 2
    assert name in answer.err


@pytest.mark.parametrize(
    "text", ["NaN", "Infinity", "-Infinity", "1e999", '"x"', "[1,", "", "nul"]
)
def test_what_is_no_finite_json_is_refused(valuer, text):
    data = b'{"revenue": [' + text.encode() + b"]}"
    answer = valuer("value", "relief_from_royalty", "-", stdin=data)
    assert answer.code == 2
    assert answer.err


def test_simulation_repeats_with_its_seed_and_names_its_figures(valuer, params):
    royalty = {"dist": "triangular", "low": 0.03, "mode": 0.05, "high": 0.1}
    path = params(royalty_rate=royalty)
    words = ("value", "relief_from_royalty", path, "--simulate", "5000", "--json")
    first, second = valuer(*words), valuer(*words, "--seed", "0")
    other = valuer(*words, "--seed", "1")
    assert first.json["simulation"] == second.json["simulation"]
    assert first.json["simulation"] != other.json["simulation"]
    found = first.json["simulation"]
    assert {"n", "seed", "mean", "se", "p5", "p50", "p95"} <= set(found)
    # The mean of the triangle is 0.06, so the mean value is 4.5 / 1.1.
    assert found["mean"] == pytest.approx(4.5 / 1.1, abs=5 * found["se"])
    # The value itself stands at the mode.
    assert float(first.json["value"]) == pytest.approx(3.75 / 1.1, rel=1e-12)


def test_simulation_without_a_distribution_is_refused(valuer, params):
    answer = valuer("value", "relief_from_royalty", params(), "--simulate", "100")
    assert answer.code == 2


def test_an_unknown_method_is_refused_by_name(valuer, params):
    answer = valuer("value", "relief_of_royalty", params())
    assert answer.code == 2
    assert "relief_of_royalty" in answer.err


def test_without_json_the_working_is_printed_for_people(valuer, params):
    answer = valuer("value", "relief_from_royalty", params())
    assert answer.code == 0
    assert "(1 + r)^(−t)" in answer.out.decode("utf-8")
