"""Each formula of a working, evaluated on the numbers it shows, gives its numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.methods import METHODS


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("1 + 2 × 3", 7),
        ("(1 + 2) × 3", 9),
        ("8 / 2 / 2", 2),
        ("2^(−1)", 0.5),
        ("−2^2", -4),
        ("1 − 2 − 3", -4),
        ("Σ x", 6),
        ("Σ x × x", 14),
        ("Π x", 6),
        ("Σₜ x", [1, 3, 6]),
        ("Πₜ (x + y)", [2, 6, 24]),
        ("Σₜ₋₁ x", [0, 1, 3]),
        ("(Πₜ₋₁ x) × y", [1, 1, 2]),
        ("x₂ + y × x₃", 5),
        ("max(x; 2)", [2, 2, 3]),
        ("round(0.125; 2)", 0.13),
        ("Φ(0)", 0.5),
        ("(1 + y)^(−x)", [0.5, 0.25, 0.125]),
        ("sumif(x; 2; x × x)", 4),
        ("sumif(x; x; y + x)", [2, 3, 4]),
        ("quartile(x; 1)", 1.5),
        ("filter(x; x − y)", [2, 3]),
    ],
)
def test_the_evaluator_reads_formulas_as_people_do(evaluate, formula, value):
    assert evaluate(formula, {"x": [1, 2, 3], "y": 1}) == value


@pytest.mark.parametrize("formula", ["1 +* 2", "import", "x.y", "1 2", "(1", "f(x)"])
def test_the_evaluator_refuses_anything_else(evaluate, formula):
    with pytest.raises((ValueError, KeyError, IndexError)):
        evaluate(formula, {"x": 1.0, "f": 1.0})


RELIEF = st.fixed_dictionaries(
    {
        "revenue": st.lists(st.floats(0.01, 1e12), min_size=3, max_size=3),
        "royalty_rate": st.floats(0, 1)
        | st.lists(st.floats(0, 1), min_size=3, max_size=3),
        "tax_rate": st.floats(0, 1) | st.lists(st.floats(0, 1), min_size=3, max_size=3),
        "discount_rate": st.floats(0, 1),
        "valuation_date": st.just("2024-02-29"),
        "first_period_end": st.dates(date(2024, 3, 1), date(2025, 2, 28)).map(str),
        "expiry_date": st.dates(date(2024, 3, 1), date(2030, 1, 1)).map(str),
        "timing": st.sampled_from(["mid", "end"]),
        "tax_basis": st.sampled_from(["after_tax", "pre_tax"]),
        "day_count": st.sampled_from(["act/365", "act/act", "months"]),
        "first_amount": st.sampled_from(["period", "year"]),
    }
)

money = st.floats(0.01, 1e9)
rates = st.just(0.0) | st.floats(0.01, 1)

PRICES = st.fixed_dictionaries(
    {
        "items": st.lists(
            st.fixed_dictionaries(
                {
                    "name": st.text(max_size=3),
                    "amount": money,
                    "incurred": st.none()
                    | st.dates(date(2018, 1, 1), date(2024, 12, 31)).map(str),
                    "index": st.sampled_from(["物价", "工资", ""]),
                }
            ),
            min_size=1,
            max_size=4,
        ),
        "price_indices": st.permutations(
            [
                {"index": index, "until": f"{year}-12-31", "change": change}
                for index, change in (("物价", 0.05), ("工资", -0.02))
                for year in (2020, 2021, 2023)
            ]
        ),
    }
)

AGE = st.fixed_dictionaries(
    {
        "newness_basis": st.sampled_from(["life", "rate"]),
        "used_life": st.floats(0, 20),
        "remaining_life": st.floats(0.01, 20),
        "newness_rate": st.floats(0, 1),
        "further_depreciation": st.floats(0, 1),
        "valuation_date": st.just("2024-12-31"),
    }
)

REPLACEMENT = st.fixed_dictionaries(
    {
        "development_years": st.floats(0.5, 10),
        "capital_rate": rates,
        "spending": st.sampled_from(["even", "start"]),
        "profit_rate": rates,
        "profit_base": st.sampled_from(["cost", "cost_and_capital"]),
        "official_fees": st.lists(
            st.fixed_dictionaries({"name": st.just("年费"), "amount": money}),
            max_size=3,
        ),
        "taxes": money,
    }
)

MULTIPLIER = st.fixed_dictionaries(
    {
        "materials": st.lists(
            st.fixed_dictionaries({"name": st.just("材料"), "amount": money}),
            min_size=1,
            max_size=3,
        ),
        "living_labour": money,
        "labour_multiple": st.floats(0, 10),
        "research_risk": st.floats(0, 0.99),
        "return_rate": rates,
    }
)

LICENCE = st.fixed_dictionaries(
    {
        "licensee_capacity": st.floats(0, 100),
        "total_capacity": st.floats(100, 1000),
        "lost_income": money,
        "added_cost": money,
    }
)


COMPARED = st.fixed_dictionaries(
    {
        "comparables": st.lists(money, min_size=3, max_size=3).flatmap(
            lambda prices: st.sampled_from(
                [
                    [
                        {
                            "name": name,
                            "price": price,
                            "deal_date": "2024-01-31",
                            "nature": nature,
                            "source": "公告",
                        }
                        | ({"weight": weight} if weighted and weight else {})
                        for name, price, nature, weight in zip(
                            "甲乙丙", prices, natures, (0.4, 0.6, None), strict=True
                        )
                    ]
                    for weighted, natures in (
                        (True, ("unrelated", "unrelated", "asking")),
                        (False, ("unrelated", "related", "unrelated")),
                        (False, ("unrelated", "unrelated", "unrelated")),
                    )
                ]
            )
        ),
        "factors": st.lists(
            st.fixed_dictionaries(
                {
                    "name": st.text("期技术", min_size=1, max_size=4),
                    "subject": st.floats(1, 500),
                    "indices": st.lists(st.floats(1, 500), min_size=3, max_size=3),
                }
            ),
            min_size=1,
            max_size=4,
        ),
        "valuation_date": st.just("2024-12-31"),
    }
)


def together(
    *parts: st.SearchStrategy[dict[str, Any]],
) -> st.SearchStrategy[dict[str, Any]]:
    """Return parameters drawn part by part."""
    return st.tuples(*parts).map(
        lambda drawn: {key: value for part in drawn for key, value in part.items()}
    )


INPUTS = {
    "relief_from_royalty": RELIEF,
    "replacement_cost": together(REPLACEMENT, PRICES, AGE),
    "multiplier_cost": together(MULTIPLIER, AGE),
    "minimum_licence_fee": together(LICENCE, PRICES, AGE),
    "comparable_transactions": COMPARED,
}
"""Parameters to try, for every method."""


def test_every_method_is_tried(root):
    files = (root / "tests" / "methods").glob("test_*.py")
    texts = [file.read_text("utf-8") for file in files]
    of_their_own = [text for text in texts if "formulas_hold(" in text]
    for method in METHODS:
        named = any(f'"{method.key}"' in text for text in of_their_own)
        assert method.key in INPUTS or named, method.key


@pytest.mark.parametrize("key", INPUTS)
@given(data=st.data())
def test_every_formula_gives_the_numbers_shown(formulas_hold, key, data):
    formulas_hold(key, data.draw(INPUTS[key]))
