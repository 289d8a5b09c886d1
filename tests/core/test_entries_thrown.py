"""Whatever JSON is given as parameters, it becomes issues or parameters."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import read_params
from valuer.core.problems import Severity
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


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**400, -(10**400)])
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["2026-09-30", "1.5", "mid", "pert", "CNY"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["dist", "low", "mode", "high", "mean", "sd", "cv", "x"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=10,
)
names = st.sampled_from(list(GOOD)) | st.text(max_size=5)
any_numbers = st.floats() | st.floats(0, 1) | st.integers()
any_distributions = st.one_of(
    [
        st.fixed_dictionaries(
            {"dist": st.just(name), **dict.fromkeys(keys, any_numbers)}
        )
        for name, keys in {
            "triangular": ("low", "mode", "high"),
            "pert": ("low", "mode", "high"),
            "uniform": ("low", "high"),
            "normal": ("mean", "sd"),
            "lognormal": ("mean", "cv"),
        }.items()
    ]
)


@given(st.dictionaries(names, json_values | any_distributions, max_size=4))
def test_whatever_is_given_becomes_issues_or_parameters(given):
    params, issues = read_params(PARAMS, GOOD | given)
    for issue in issues:
        assert issue.say("en")
    assert (params is None) == any(i.severity is Severity.ERROR for i in issues)


@given(any_distributions)
def test_whatever_distribution_is_read_can_be_run(given):
    method = METHODS.find("relief_from_royalty")
    for name in ("discount_rate", "royalty_rate"):
        params, _ = read_params(PARAMS, GOOD | {name: given})
        if params is not None:
            assert method.run(params).value >= 0
