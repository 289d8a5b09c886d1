"""Every kind of wrong parameter is refused by its name; the right ones are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.canonical import canonical, parse_json
from valuer.core.distributions import Lognormal, Normal, Pert, Triangular, Uniform
from valuer.core.entries import params_or_refuse, plain_params, read_params
from valuer.core.params import Rate, param
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.quantities import LONGEST
from valuer.methods import METHODS

PARAMS = METHODS.find("relief_from_royalty").params

GOOD: dict[str, Any] = {
    "revenue": [100, "200.50", 300.5],
    "royalty_rate": 0.05,
    "tax_rate": [0.25, 0.15, 0],
    "discount_rate": 0.12,
    "valuation_date": "2026-09-30",
    "first_period_end": "2026-12-31",
    "expiry_date": "2040-05-18",
    "timing": "mid",
}


def errors(given: dict[str, Any]) -> list[Issue]:
    params, issues = read_params(PARAMS, given)
    found = [issue for issue in issues if issue.severity is Severity.ERROR]
    assert (params is None) == bool(found)
    return found


def wrong(**given: Any) -> Issue:
    """The one error that these parameters make."""
    (found,) = errors(GOOD | given)
    assert found.say("en")
    return found


def test_good_parameters_are_read_as_they_are():
    params, issues = read_params(PARAMS, GOOD)
    assert issues == ()
    assert params.revenue == (100.0, 200.5, 300.5)
    assert params.tax_rate == (0.25, 0.15, 0.0)
    assert params.valuation_date == date(2026, 9, 30)
    assert params.currency == "CNY"


def test_parameters_read_back_from_their_json():
    given = GOOD | {
        "discount_rate": {"dist": "pert", "low": 0.1, "mode": 0.12, "high": 0.2},
        "revenue": [{"dist": "normal", "mean": 100, "sd": 1}, 2, 3],
    }
    params, _ = read_params(PARAMS, given)
    again = parse_json(canonical(plain_params(params)), "params")
    assert read_params(PARAMS, again)[0] == params


@pytest.mark.parametrize(
    "name",
    [
        "revenue",
        "royalty_rate",
        "tax_rate",
        "discount_rate",
        "valuation_date",
        "first_period_end",
        "expiry_date",
    ],
)
def test_a_missing_parameter_is_named(name):
    (found,) = errors({key: value for key, value in GOOD.items() if key != name})
    assert found.where == name
    assert "missing" in found.say("en")


def test_an_unknown_parameter_is_named():
    assert wrong(royalty=0.05).where == "royalty"


def test_a_parameter_in_capitals_is_unknown():
    assert wrong(Revenue=[1]).where == "Revenue"


NO_NUMBERS = [
    None,
    True,
    False,
    "",
    "abc",
    "5%",
    "1e3",
    "1,000",
    " 1",
    "1\n",
    "１２",
    "0x10",
    "NaN",
    "Infinity",
    "1_000",
    [[1]],
    float("nan"),
    float("inf"),
    -float("inf"),
    10**400,
    Decimal("NaN"),
    Decimal("1e400"),
    {},
    {"dist": None},
    {"dist": ["pert"]},
    {"dist": "cauchy"},
    {"low": 1, "high": 2},
]


def test_a_rate_too_great_for_a_percentage_is_told_as_it_was_given():
    found = wrong(tax_rate=1e308)
    assert "it is 1e+308" in found.say("en")
    assert "inf" not in found.say("zh_CN")


@pytest.mark.parametrize(("given", "word"), [(None, "null"), (True, "true")])
def test_what_is_no_figure_is_told_in_the_words_of_json(given, word):
    assert f"“{word}”" in wrong(discount_rate=given).say("en")


@pytest.mark.parametrize("digits", [2.5, {"dist": "uniform", "low": 2, "high": 4}])
def test_decimals_are_one_whole_number_never_uncertain(digits):
    found = wrong(factor_digits=digits)
    assert found.where == "factor_digits"
    assert found.say("en").startswith("Decimals of discount factors must be a")


def test_a_figure_next_to_its_bound_is_told_in_all_its_digits():
    whole = wrong(factor_digits=10.000000000001).say("en")
    assert whole.endswith("must be a whole number; it is 10.000000000001.")
    share = wrong(royalty_rate=1.000000000001).say("en")
    assert share.endswith("it is 100.0000000001 %.")


def test_a_bound_that_is_itself_out_of_range_is_told_so():
    params = METHODS.find("capm").params
    _, issues = read_params(params, {"equity_premium": 0})
    (told,) = (one.say("en") for one in issues if one.where == "equity_premium")
    assert "must be above 0 % and at most 100 %; it is 0 %." in told


def test_what_is_too_small_for_all_its_digits_is_nought():
    params, _ = read_params(PARAMS, GOOD | {"royalty_rate": 5e-324})
    assert params.royalty_rate == 0


@pytest.mark.parametrize("number", NO_NUMBERS)
@pytest.mark.parametrize("name", ["discount_rate", "royalty_rate"])
def test_what_is_no_number_is_no_rate(name, number):
    assert wrong(**{name: number}).where.startswith(name)


@pytest.mark.parametrize("number", NO_NUMBERS)
def test_what_is_no_number_is_no_amount(number):
    assert wrong(revenue=[1, number, 1]).where == "revenue[1]"


@pytest.mark.parametrize("text", ["0.05", "5", "-0.05"])
def test_a_rate_is_no_text(text):
    assert wrong(discount_rate=text).where == "discount_rate"
    assert wrong(royalty_rate=[text, 0.1, 0.1]).where == "royalty_rate[0]"


def test_a_single_number_is_no_list_and_a_series_no_number():
    assert wrong(discount_rate=[0.1]).where == "discount_rate"
    assert wrong(revenue=100).where == "revenue"
    assert wrong(revenue="100").where == "revenue"


def test_a_series_has_at_least_one_period_and_not_too_many():
    assert wrong(revenue=[]).where == "revenue"
    assert wrong(royalty_rate=[]).where == "royalty_rate"
    assert wrong(revenue=[1] * (LONGEST + 1)).where == "revenue"
    assert errors(GOOD | {"revenue": [1] * LONGEST}) == []


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("royalty_rate", -0.01),
        ("royalty_rate", 1.01),
        ("tax_rate", 25),
        ("discount_rate", -1e-9),
        ("discount_rate", 12),
    ],
)
def test_a_number_out_of_range_is_told_with_the_range(name, number):
    found = wrong(**{name: number})
    assert found.where == name
    assert "between" in found.say("en")


def test_an_amount_below_nought_is_refused():
    found = wrong(revenue=[1, -0.01, 1])
    assert found.where == "revenue[1]"
    assert "at least" in found.say("en")


def test_the_ends_of_a_range_belong_to_it():
    given = {"royalty_rate": 1, "tax_rate": 0, "discount_rate": 0}
    assert errors(GOOD | given) == []


@pytest.mark.parametrize(
    "day",
    [
        None,
        20260930,
        True,
        "",
        "2026-9-30",
        "2026/09/30",
        "30.09.2026",
        "2026-02-30",
        "2025-02-29",
        "2026-13-01",
        "0000-01-01",
        "2026-09-30T00:00:00",
        "２０２６-09-30",
        "20260930",
        "2026-W40-3",
        ["2026-09-30"],
    ],
)
def test_what_is_no_date_is_refused(day):
    assert wrong(valuation_date=day).where == "valuation_date"


def test_a_date_itself_is_a_date():
    assert errors(GOOD | {"valuation_date": date(2026, 9, 30)}) == []


@pytest.mark.parametrize("word", [None, 1, "", "MID", "middle", ["mid"], {"a": 1}])
def test_a_choice_is_one_of_its_words(word):
    found = wrong(timing=word)
    assert found.where == "timing"
    assert "mid, end" in found.say("en")


@pytest.mark.parametrize("code", [None, 156, "", "cny", "RMB元", "CN", "CNYX", "¥"])
def test_a_currency_is_three_capital_letters(code):
    assert wrong(currency=code).where == "currency"


# Money


@given(st.decimals(0, 10**12, allow_nan=False, allow_infinity=False, places=2))
def test_money_is_the_same_as_a_text_and_as_a_number(amount):
    text, _ = read_params(PARAMS, GOOD | {"revenue": [format(amount, "f")]})
    number, _ = read_params(PARAMS, GOOD | {"revenue": [float(amount)]})
    exact, _ = read_params(PARAMS, GOOD | {"revenue": [amount]})
    assert text.revenue == number.revenue == exact.revenue


def test_minus_nought_is_nought():
    params, _ = read_params(PARAMS, GOOD | {"revenue": ["-0", -0.0, 0]})
    assert [str(one) for one in params.revenue] == ["0.0", "0.0", "0.0"]


# Distributions


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (
            {"dist": "triangular", "low": 0.1, "mode": 0.2, "high": 0.3},
            Triangular(0.1, 0.2, 0.3),
        ),
        ({"dist": "pert", "low": 0, "mode": 0, "high": 1}, Pert(0, 0, 1)),
        ({"dist": "uniform", "low": 0.1, "high": 0.3}, Uniform(0.1, 0.3)),
        ({"dist": "normal", "mean": 0.1, "sd": 0.01}, Normal(0.1, 0.01)),
        ({"dist": "lognormal", "mean": 0.1, "cv": 0.2}, Lognormal(0.1, 0.2)),
    ],
)
def test_a_number_may_be_a_distribution(given, found):
    params, issues = read_params(PARAMS, GOOD | {"discount_rate": given})
    assert params.discount_rate == found
    assert issues == ()


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"dist": "uniform", "low": 0.1}, "high"),
        ({"dist": "uniform", "low": 0.3, "high": 0.1}, "high"),
        ({"dist": "uniform", "low": 0.1, "high": 0.1}, "high"),
        ({"dist": "uniform", "low": 0.1, "high": 0.2, "mode": 0.15}, "mode"),
        ({"dist": "uniform", "low": -0.1, "high": 0.2}, "low"),
        ({"dist": "uniform", "low": 0.1, "high": 1.2}, "high"),
        ({"dist": "triangular", "low": 0.1, "mode": 0.4, "high": 0.3}, "mode"),
        ({"dist": "pert", "low": 0.1, "mode": 0.05, "high": 0.3}, "mode"),
        ({"dist": "pert", "low": "0.1", "mode": 0.2, "high": 0.3}, "low"),
        ({"dist": "pert", "low": 0.1, "mode": True, "high": 0.3}, "mode"),
        ({"dist": "pert", "low": 0.1, "mode": 0.2, "high": float("nan")}, "high"),
        ({"dist": "normal", "mean": 0.1, "sd": 0}, "sd"),
        ({"dist": "normal", "mean": 0.1, "sd": -1}, "sd"),
        ({"dist": "normal", "mean": 1.1, "sd": 0.1}, "mean"),
        ({"dist": "lognormal", "mean": 0, "cv": 0.1}, "mean"),
        ({"dist": "lognormal", "mean": 0.1, "cv": 0}, "cv"),
        ({"dist": "lognormal", "mean": 0.1, "cv": 1e200}, "cv"),
        ({"dist": "lognormal", "mean": 0.1, "cv": 1e-200}, "cv"),
        ({"dist": "lognormal", "mean": 0.1, "sd": 0.1}, "sd"),
        ({"dist": "normal", "mean": 0.1}, "sd"),
        ({"dist": "normal", "mean": 0.1, "sd": {"dist": "normal"}}, "sd"),
    ],
)
def test_a_wrong_distribution_is_told_by_its_figure(given, where):
    assert wrong(discount_rate=given).where == f"discount_rate.{where}"
    series = [0.1, given, 0.1]
    assert wrong(royalty_rate=series).where == f"royalty_rate[1].{where}"


def test_a_distribution_of_money_takes_decimal_texts():
    given = {"dist": "uniform", "low": "1.5", "high": "2.5"}
    params, _ = read_params(PARAMS, GOOD | {"revenue": [given]})
    assert params.revenue == (Uniform(1.5, 2.5),)


def test_what_lies_outside_the_range_is_warned_of_and_cut():
    given = {"dist": "normal", "mean": 0.1, "sd": 0.1}
    _, (warning,) = read_params(PARAMS, GOOD | {"discount_rate": given})
    assert warning.severity is Severity.WARNING
    assert warning.where == "discount_rate"
    assert "15.9%" in warning.say("en")  # Φ(−1)


# A range that is open, or does not hold its own end


@dataclass(frozen=True, slots=True)
class Ends:
    """Parameters with ranges that the first method does not have."""

    above: Rate = param("Above", 1.0, low=0, above=True)
    both: Rate = param("Both", 1.0, low=0, high=1, above=True)
    least: Rate = param("Least", 1.0, low=0.5)
    most: Rate = param("Most", 1.0, high=2)
    free: Rate = param("Free", 1.0)


@pytest.mark.parametrize(
    ("name", "bad", "good"),
    [
        ("above", 0, 1e-9),
        ("both", 0, 1),
        ("least", 0.4, 0.5),
        ("most", 2.1, -5),
    ],
)
def test_an_end_is_excluded_or_open_as_declared(name, bad, good):
    params, (issue,) = read_params(Ends, {name: bad})
    assert params is None
    assert issue.where == name
    assert read_params(Ends, {name: good})[1] == ()


def test_a_parameter_without_a_range_takes_any_number():
    assert read_params(Ends, {"free": -1e300})[0].free == -1e300


# Refusing all at once


def test_every_error_is_told_at_once():
    bad = GOOD | {"royalty_rate": "5%", "colour": 1, "expiry_date": "soon"}
    with pytest.raises(UserError) as refusal:
        params_or_refuse(PARAMS, bad)
    told = str(refusal.value)
    assert all(name in told for name in ("royalty_rate", "colour", "expiry_date"))


def test_a_thousand_errors_are_told_too():
    with pytest.raises(UserError) as refusal:
        params_or_refuse(PARAMS, GOOD | {f"x{n}": n for n in range(1000)})
    assert len(str(refusal.value).splitlines()) == 1000


@pytest.mark.parametrize("given", [None, [], "x", 5])
def test_parameters_are_one_object(given):
    with pytest.raises(UserError, match="one JSON object"):
        params_or_refuse(PARAMS, given)
