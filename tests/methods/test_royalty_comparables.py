"""The table of licences: quartiles as spreadsheets tell them, and what counts."""

from __future__ import annotations

import statistics
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import Severity, UserError
from valuer.core.simulation import simulate
from valuer.methods import METHODS

METHOD = METHODS.find("royalty_comparables")
Given = dict[str, Any]


def licence(name: str, rate: Any, **given: Any) -> Given:
    plain = {
        "share_of": "revenue",
        "deal_date": "2024-06-30",
        "nature": "unrelated",
        "source": "备案公告",
    }
    return {"name": name, "rate": rate} | plain | given


def table(*rates: Any) -> list[Given]:
    return [licence(f"许可{number}", rate) for number, rate in enumerate(rates)]


def difference(*factors: Any, **given: Any) -> Given:
    plain = {"name": "独占性", "evidence": "同一许可人两种许可的费率"}
    return plain | {"factors": list(factors)} | given


PLAIN: Given = {
    "licences": table(0.02, 0.03, 0.05, 0.08, 0.04),
    "share_of": "revenue",
    "valuation_date": "2024-12-31",
}
rates = st.lists(st.floats(0.001, 1), min_size=1, max_size=9)


def run(**given: Any) -> Result:
    params, _ = params_or_refuse(METHOD.params, PLAIN | given)
    return METHOD.run(params)


def refused(**given: Any) -> str:
    with pytest.raises(UserError) as refusal:
        run(**given)
    return str(refusal.value)


def told(**given: Any) -> str:
    issues = run(**given).issues
    assert {one.severity for one in issues} == {Severity.WARNING}
    return "\n".join(one.say("en") for one in issues)


def test_the_table_of_five_licences():
    # Ordered 2, 3, 4, 5, 8 %: the quartiles of five are the second and the fourth.
    found = run().outputs
    names = ("n", "min", "q1", "median", "q3", "max", "mean")
    expected = (5, 0.02, 0.03, 0.04, 0.05, 0.08, 0.044)
    assert [found[name] for name in names] == pytest.approx(expected)
    assert not run().issues


def test_two_licences_have_the_quartiles_that_spreadsheets_give():
    # QUARTILE.INC({1;2};1) = 1.25, ;3) = 1.75.
    found = run(licences=table(0.01, 0.02)).outputs
    assert found["q1"] == pytest.approx(0.0125)
    assert found["median"] == pytest.approx(0.015)
    assert found["q3"] == pytest.approx(0.0175)


@given(rates, st.data())
def test_every_formula_gives_the_numbers_shown(formulas_hold, found, data):
    same = {"min_size": len(found), "max_size": len(found)}
    factors = data.draw(st.lists(st.floats(0.01, 1), **same))
    taken = data.draw(st.sampled_from(["minimum", "median", "mean", "upper_quartile"]))
    given = {"licences": table(*found), "differences": [difference(*factors)]}
    formulas_hold("royalty_comparables", PLAIN | given | {"taken": taken}, rel=1e-9)


@given(rates)
def test_the_figures_are_those_of_the_statistics_module(found):
    outputs = run(licences=table(*found)).outputs
    quartiles = [found[0]] * 3
    if len(found) > 1:
        quartiles = statistics.quantiles(found, n=4, method="inclusive")
    expected = [min(found), *quartiles, max(found), statistics.fmean(found)]
    names = ("min", "q1", "median", "q3", "max", "mean")
    assert [outputs[name] for name in names] == pytest.approx(expected, rel=1e-9)


@given(rates, st.floats(0.1, 1))
def test_a_factor_on_all_moves_every_figure(found, factor):
    plain = run(licences=table(*found)).value
    scaled = difference(*[factor] * len(found))
    given = run(licences=table(*found), differences=[scaled]).value
    assert given == pytest.approx(plain * factor, rel=1e-9)


@given(rates, st.data())
def test_the_rate_rises_with_every_rate(found, data):
    place = data.draw(st.integers(0, len(found) - 1))
    more = list(found)
    more[place] = data.draw(st.floats(found[place], 1))
    for taken in ("median", "mean", "lower_quartile"):
        few = run(licences=table(*found), taken=taken).value
        assert few <= run(licences=table(*more), taken=taken).value + 1e-12


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"nature": "related"}, "between related parties"),
        ({"nature": "asking"}, "asked, not paid"),
        ({"nature": "free"}, "free of charge"),
        ({"deal_date": "2025-01-01"}, "later than the valuation date"),
        ({"share_of": "profit"}, "another base"),
    ],
)
def test_what_does_not_count_is_listed_with_its_reason(given, reason):
    rows = [*PLAIN["licences"], licence("例外", 0.5, **given)]
    assert reason in told(licences=rows)
    assert run(licences=rows).value == run().value
    assert run(licences=rows).outputs["n"] == 5


def test_doubtful_rates_count_where_that_is_chosen_but_never_free_ones():
    rows = [
        *PLAIN["licences"],
        licence("关联", 0.5, nature="related"),
        licence("无偿", 0, nature="free"),
    ]
    words = told(licences=rows, doubtful="count")
    assert "“关联” is counted although" in words
    assert "“无偿” is listed but not counted" in words
    assert run(licences=rows, doubtful="count").outputs["n"] == 6


def test_more_factors_than_a_simulation_holds_are_refused():
    rows = [difference(*[1] * 200, name=f"因素{number}") for number in range(6)]
    assert "1200" in refused(licences=table(*[0.05] * 200), differences=rows)


@pytest.mark.parametrize(
    ("count", "words"), [(4, "5 at least"), (3, "5 at least"), (2, "below 3")]
)
def test_few_licences_are_warned_of(count, words):
    assert words in told(licences=table(*[0.05] * count))


def test_a_blank_source_is_warned_of():
    rows = table(0.02, 0.03, 0.04, 0.05, 0.06)
    rows[1]["source"] = " "
    assert "“许可1” names no source" in told(licences=rows)


def test_an_uncertain_rate_is_simulated_with_those_that_count():
    drawn = {"dist": "uniform", "low": 0.02, "high": 0.04}
    rows = [licence("关联", 0.9, nature="related"), licence("甲", drawn)]
    given = PLAIN | {"licences": rows, "differences": [difference(1, 0.5)]}
    params, _ = params_or_refuse(METHOD.params, given)
    found = simulate(METHOD, params, 2000, 11)
    assert found.mean == pytest.approx(0.015, abs=5 * found.se)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"licences": []}, "Licences"),
        ({"licences": [licence("甲", 0.1, nature="free")]}, "No licence counts"),
        ({"licences": table(0, 0.1)}, "no rate above nought"),
        ({"licences": table(1.2)}, "Royalty rate"),
        ({"licences": [licence("甲", 0.1)] * 2}, "name of its own"),
        ({"licences": [licence(" ", 0.1)]}, "name of its own"),
        ({"differences": [difference(1, 1)]}, "2 adjustment factors for 5"),
        ({"differences": [difference(*[0.9] * 5, evidence="")]}, "without evidence"),
        ({"differences": [difference(*[0] * 5)]}, "Adjustment factor"),
        ({"differences": [difference(*[10.0] * 5), difference(*[10.0] * 5, name="乙")]},
         "above the whole"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(given, words):
    assert words in refused(**given)
