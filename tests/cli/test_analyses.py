"""What ``valuer value`` is asked besides the value: in JSON and in words."""

from __future__ import annotations

import json

import pytest

PARAMS = {
    # One year at its end: the value is revenue × rate × (1 − 25 %) / 1.1.
    "revenue": [{"dist": "uniform", "low": 90, "high": 110}],
    "royalty_rate": {"dist": "uniform", "low": 0.04, "high": 0.06},
    "tax_rate": 0.25,
    "discount_rate": 0.1,
    "valuation_date": "2024-12-31",
    "first_period_end": "2025-12-31",
    "expiry_date": "2030-12-31",
    "timing": "end",
}


@pytest.fixture
def asked(valuer, tmp_path):
    path = tmp_path / "参数.json"
    path.write_text(json.dumps(PARAMS), encoding="utf-8")

    def ask(*words: str):
        return valuer("value", "relief_from_royalty", path, *words)

    return ask


@pytest.fixture
def file(tmp_path):
    def write(plain: object):
        path = tmp_path / "情景.json"
        path.write_text(json.dumps(plain), encoding="utf-8")
        return path

    return write


def test_a_correlated_simulation_tells_what_was_achieved(asked):
    pair = ("--correlate", "revenue[0]=royalty_rate:0.7")
    answer = asked("--simulate", "2000", *pair, "--json")
    found = answer.json["simulation"]
    (one,) = found["correlations"]
    assert (one["a"], one["b"], one["asked"]) == ("revenue[0]", "royalty_rate", 0.7)
    assert one["achieved"] == pytest.approx(0.7, abs=0.01)
    assert found["coupling"] == "iman_conover"
    words = asked("--simulate", "2000", *pair, "--coupling", "gaussian_copula")
    assert b"gaussian_copula" in words.out
    assert "revenue[0]" in words.out.decode()


def test_correlations_may_stand_in_a_file(asked, file):
    pairs = [{"a": "revenue[0]", "b": "royalty_rate", "spearman": -0.4}]
    answer = asked("--simulate", "500", "--correlate", str(file(pairs)), "--json")
    assert answer.json["simulation"]["correlations"][0]["asked"] == -0.4


def test_sobol_points_are_surer(asked):
    plain = asked("--simulate", "1024", "--json").json["simulation"]
    sobol = asked("--simulate", "1024", "--sequence", "sobol", "--json")
    found = sobol.json["simulation"]
    assert found["sequence"] == "sobol"
    assert "sequence" not in plain
    assert found["se"] < plain["se"] / 5
    assert found["mean"] == pytest.approx(100 * 0.05 * 0.75 / 1.1, abs=5 * found["se"])


def test_a_table_of_two_inputs(asked):
    words = ("--two-way", "royalty_rate=0.04;0.06,discount_rate=0;0.25")
    found = asked(*words, "--json").json["two_way"]
    assert found["columns"]["positions"] == [0.04, 0.06]
    assert found["rows"]["input"] == "discount_rate"
    assert found["values"] == [
        pytest.approx([3, 4.5]),
        pytest.approx([3 / 1.25, 4.5 / 1.25]),
    ]
    told = asked(*words).out.decode().splitlines()
    assert "0\t3\t4.5" in told


def test_break_even_gives_the_input_for_a_value(asked):
    words = ("--break-even", "royalty_rate=6.818181818181818")
    (found,) = asked(*words, "--json").json["break_even"]
    assert found["positions"] == [pytest.approx(0.1)]
    assert "0.1" in asked(*words).out.decode()
    (never,) = asked("--break-even", "royalty_rate=-1", "--json").json["break_even"]
    assert never["positions"] == []
    assert "-1" in asked("--break-even", "royalty_rate=-1").out.decode()
    assert asked("--break-even", "revenue=6.8", "--break-even", "tax_rate=0").code == 0


def test_scenarios_are_weighed(asked, file):
    path = file(
        [
            {"name": "低", "weight": 0.5, "changes": {"royalty_rate": 0.04}},
            {"name": "高", "weight": 0.5, "changes": {"royalty_rate": 0.08}},
        ]
    )
    found = asked("--scenarios", str(path), "--json").json["scenarios"]
    low, high = 3 / 1.1, 6 / 1.1
    assert [one["value"] for one in found["scenarios"]] == pytest.approx([low, high])
    assert found["mean"] == pytest.approx((low + high) / 2)
    assert "低\t0.5" in asked("--scenarios", str(path)).out.decode()


def test_what_was_not_asked_for_is_not_answered(asked):
    assert not {"two_way", "break_even", "scenarios"} & set(asked("--json").json)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--correlate", "revenue[0]=royalty_rate:0.5"), "--simulate"),
        (("--correlate", "revenue[0]=royalty_rate:x", "--simulate", "9"), "x"),
        (("--correlate", "revenue[0]=royalty_rate:2", "--simulate", "9"), "−1"),
        (("--correlate", "a=b:0.5", "--simulate", "9"), "a"),
        (("--two-way", "royalty_rate"), "royalty_rate"),
        (("--two-way", "royalty_rate=a,tax_rate"), "a"),
        (("--break-even", "royalty_rate"), "royalty_rate"),
        (("--break-even", "pace=1"), "pace"),
        (("--scenarios", "nowhere.json"), "nowhere.json"),
    ],
)
def test_what_cannot_be_read_is_refused(asked, words, said):
    answer = asked(*words)
    assert answer.code == 2
    assert said in answer.err
