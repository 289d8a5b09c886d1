"""What is wrong with a figure is told with what would be right."""

from __future__ import annotations

from typing import Any

import pytest

from valuer.core.entries import params_or_refuse
from valuer.core.problems import UserError
from valuer.methods import METHODS

METHOD = METHODS.find("marginal_analysis")


def refused(rate: Any) -> str:
    """What is said of a discount rate."""
    given = {
        "added_profit": [100],
        "total_profit": [200],
        "discount_rate": rate,
        "valuation_date": "2025-12-31",
        "first_period_end": "2026-12-31",
        "expiry_date": "2030-12-31",
        "timing": "end",
    }
    with pytest.raises(UserError) as refusal:
        params_or_refuse(METHOD.params, given)
    return refusal.value.say("en")


def test_a_rate_in_quotation_marks_is_told_to_stand_without_them():
    said = refused("0.05")
    assert said.startswith("discount_rate: ")
    assert "without quotation marks" in said
    assert "quotation" not in refused("five")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"dist": "uniform", "low": 0.3, "high": 0.1}, "above the lower end"),
        ({"dist": "beta", "alpha": 2, "beta": 2, "low": 0.2, "high": 0.1}, "above the"),
        (
            {"dist": "triangular", "low": 0.1, "mode": 0.4, "high": 0.3},
            "between the two ends",
        ),
        (
            {"dist": "pert", "low": 0.1, "mode": 0.05, "high": 0.3},
            "between the two ends",
        ),
        ({"dist": "normal", "mean": 0.1, "sd": 0}, "above nought"),
        ({"dist": "lognormal", "mean": 0, "cv": 0.1}, "above nought"),
        ({"dist": "lognormal", "mean": 0.1, "cv": 0}, "between 0.000001 and 1,000,000"),
        (
            {"dist": "truncated_normal", "mu": 0.1, "sigma": 1, "low": 0.2, "high": 0},
            "above the lower end",
        ),
    ],
)
def test_a_figure_of_a_distribution_is_told_what_it_must_be(given, said):
    assert said in refused(given)
