"""What no option can be reckoned from is refused by its name; and stocks of options."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from valuer.core.entries import params_or_refuse
from valuer.core.problems import UserError
from valuer.core.simulation import simulate
from valuer.methods import METHODS

PLAIN: dict[str, Any] = {
    "underlying_value": 100,
    "exercise_price": 95,
    "life": 2,
    "risk_free_rate": 0.05,
    "volatility": 0.3,
}
COMPOUND: dict[str, Any] = {
    "underlying_value": 500,
    "first_price": 50,
    "second_price": 520,
    "first_life": 0.25,
    "second_life": 0.5,
    "risk_free_rate": 0.08,
    "volatility": 0.35,
}
PERPETUAL: dict[str, Any] = {
    "underlying_value": 1,
    "exercise_price": 1,
    "risk_free_rate": 0.04,
    "yield_rate": 0.04,
    "volatility": 0.2,
}
WHOLE: dict[str, dict[str, Any]] = {
    "european_option": PLAIN | {"side": "put"},
    "american_option": PLAIN | {"side": "put"},
    "patent_option": PLAIN,
    "abandonment_option": PLAIN,
    "simulated_option": PLAIN | {"side": "put", "dates": 5, "paths": 1000},
    "compound_option": COMPOUND,
    "exchange_option": {
        "received_value": 22,
        "given_value": 20,
        "life": 0.5,
        "received_volatility": 0.2,
        "given_volatility": 0.15,
        "correlation": -0.5,
    },
    "perpetual_option": PERPETUAL,
    "path_option": {
        "side": "put",
        "underlying_value": 1,
        "exercise_price": 1.1,
        "risk_free_rate": 0.05,
        "dates": [{"time": 1}, {"time": 2}],
        "paths": [{"values": [1.0, 0.9]}, {"values": [0.8, 1.3]}],
    },
    "binomial_option": {
        "underlying_value": 100,
        "exercise_price": 104,
        "up": 1.8,
        "down": 0.6,
        "rate": 0.08,
    },
    "option_volatility": {
        "way": "spread",
        "optimistic": 2,
        "pessimistic": 1,
        "life": 4,
    },
}
TREE = {"lattice": "two_branches", "steps": 10}


def refused(key: str, given: dict[str, Any]) -> str:
    method = METHODS.find(key)
    with pytest.raises(UserError) as refusal:
        method.run(params_or_refuse(method.params, WHOLE[key] | given)[0])
    return str(refusal.value)


@pytest.mark.parametrize(
    ("key", "given", "where"),
    [
        *(
            (key, given, next(iter(given)))
            for key in (
                "european_option",
                "american_option",
                "patent_option",
                "abandonment_option",
                "simulated_option",
            )
            for given in (
                {"life": 0},
                {"life": -1},
                {"life": float("nan")},
                {"volatility": -0.1},
                {"volatility": None},
                {"volatility": 0.3, "variance": 0.09},
                {"underlying_value": 0},
                {"underlying_value": float("inf")},
                {"exercise_price": -1},
                {"exercise_price": 0},
                {"risk_free_rate": 2},
            )
        ),
        ("american_option", TREE | {"volatility": 0}, "lattice"),
        ("american_option", TREE | {"risk_free_rate": 1}, "steps"),
        ("american_option", TREE | {"volatility": 1e-300}, "lattice"),
        ("american_option", TREE | {"volatility": 1e-3}, "lattice"),
        ("american_option", {"steps": 7}, "steps"),
        ("american_option", {"steps": 6.5}, "steps"),
        ("american_option", {"use": "at_dates"}, "dates"),
        ("american_option", TREE | {"use": "at_dates", "dates": 3}, "steps"),
        ("simulated_option", {"paths": 1001}, "paths"),
        ("simulated_option", {"paths": 10}, "paths"),
        ("simulated_option", {"dates": 2.5}, "dates"),
        ("simulated_option", {"degree": 0}, "degree"),
        ("simulated_option", {"dates": 1000, "paths": 2_000_000}, "paths"),
        ("compound_option", {"first_price": 0}, "first_price"),
        ("compound_option", {"second_price": 0}, "second_price"),
        ("compound_option", {"first_life": 0.5}, "second_life"),
        ("compound_option", {"volatility": 0}, "volatility"),
        (
            "compound_option",
            {"second_side": "put", "first_price": 515},
            "first_price",
        ),
        ("exchange_option", {"correlation": 1.01}, "correlation"),
        ("exchange_option", {"correlation": -1.01}, "correlation"),
        ("exchange_option", {"received_volatility": -0.1}, "received_volatility"),
        ("exchange_option", {"given_value": 0}, "given_value"),
        ("perpetual_option", {"yield_rate": 0}, "yield_rate"),
        ("perpetual_option", {"volatility": 0}, "volatility"),
        ("perpetual_option", {"risk_free_rate": -0.01}, "risk_free_rate"),
        ("path_option", {"dates": [{"time": 2}, {"time": 1}]}, "dates[1].time"),
        ("path_option", {"paths": [{"values": [1.0]}]}, "paths[0].values"),
        ("path_option", {"paths": []}, "paths"),
        ("binomial_option", {"rate": 0.9}, "up"),
        ("binomial_option", {"down": 1.1}, "down"),
        ("binomial_option", {"steps": 1.5}, "steps"),
        ("binomial_option", {"exercise_price": 0}, "exercise_price"),
        ("option_volatility", {"life": None}, "life"),
        ("option_volatility", {"life": 0}, "life"),
        ("option_volatility", {"optimistic": 0.5}, "optimistic"),
        ("option_volatility", {"way": "values", "values": [1, 2]}, "values"),
        ("option_volatility", {"way": "values"}, "values"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(key, given, where):
    assert where in refused(key, given)


def test_without_a_price_it_says_that_there_is_no_option():
    assert "no option" in refused("patent_option", {"exercise_price": 0})


def test_a_probability_outside_its_range_tells_how_many_steps_would_do():
    # The drift is 0.95 a year, the volatility 0.3: more than 2 × (0.95 ÷ 0.3)² ≈ 20.
    given = TREE | {"risk_free_rate": 0.95, "yield_rate": 0}
    assert "21 steps at least" in refused("american_option", given)
    method = METHODS.find("american_option")
    enough = WHOLE["american_option"] | given | {"steps": 21}
    assert method.run(params_or_refuse(method.params, enough)[0]).outputs["p"] < 1


@pytest.mark.parametrize("volatility", [10.0, 3.0, 1e-300])
@pytest.mark.parametrize("underlying", [1e300, 1e-300])
@pytest.mark.parametrize("side", ["call", "put"])
@pytest.mark.parametrize(
    "key",
    ["american_option", "european_option", "patent_option", "simulated_option"],
)
def test_what_overflows_gives_no_number(key, side, underlying, volatility):
    method = METHODS.find(key)
    wild = {"underlying_value": underlying, "volatility": volatility, "life": 20}
    wild |= {"side": side} if "side" in WHOLE[key] else {}
    params, _ = params_or_refuse(method.params, WHOLE[key] | wild)
    try:
        found = method.run(params).value
    except UserError:
        return
    assert 0 <= found <= 1e300 * (1 + 1e-9)


@pytest.mark.parametrize("key", [key for key in WHOLE if key != "path_option"])
def test_a_stock_of_options_gives_each_its_single_value(key):
    method = METHODS.find(key)
    params, _ = params_or_refuse(method.params, WHOLE[key])
    arrays = {
        name: np.broadcast_to(one, (2, 3, 1)) if isinstance(one, np.ndarray) else one
        for name, one in method.arrays(params).items()
    }
    values = method.values(arrays)
    assert values.shape == (2, 3)
    assert values == pytest.approx(method.run(params).value, rel=1e-12)


@pytest.mark.parametrize("key", ["european_option", "compound_option"])
def test_an_uncertain_value_is_simulated_around_that_of_its_centre(key):
    method = METHODS.find(key)
    centre = WHOLE[key]["underlying_value"]
    drawn = {"dist": "uniform", "low": centre * 0.99, "high": centre * 1.01}
    params, _ = params_or_refuse(
        method.params, WHOLE[key] | {"underlying_value": drawn}
    )
    single = method.run(params).value
    assert simulate(method, params, 2000, 3).mean == pytest.approx(single, rel=0.02)
