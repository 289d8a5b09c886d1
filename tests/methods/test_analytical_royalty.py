"""The analytical royalty: the court's figures, identities, and refusals."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuer.core.entries import params_or_refuse
from valuer.core.method import Result
from valuer.core.problems import UserError
from valuer.methods import METHODS

METHOD = METHODS.find("analytical_royalty")

SOURCES = {"expected_source": "备忘录", "normal_source": "行业统计"}
# TWM v. Dura: 52.7 % gross less 10.7 % overhead is 42 %; about 12 % is usual.
PARTS = SOURCES | {"gross_margin": 0.527, "overhead": 0.107, "normal_margin": 0.12}
WHOLE = SOURCES | {"expected_margin": 0.42, "normal_margin": 0.12}


def run(given: dict[str, Any]) -> Result:
    params, _ = params_or_refuse(METHOD.params, given)
    return METHOD.run(params)


def refused(given: dict[str, Any]) -> str:
    with pytest.raises(UserError) as refusal:
        run(given)
    return str(refusal.value)


@st.composite
def margins(draw: st.DrawFn) -> dict[str, Any]:
    normal = draw(st.floats(0, 0.9))
    expected = draw(st.floats(normal, 0.95))
    found = SOURCES | {"normal_margin": normal, "licensor_part": draw(st.floats(0, 1))}
    return found | {"expected_margin": expected}


def test_the_courts_thirty_per_cent():
    assert run(PARTS).value == pytest.approx(0.3)
    assert run(WHOLE).value == pytest.approx(0.3)


@given(margins())
def test_every_formula_gives_the_numbers_shown(formulas_hold, given):
    formulas_hold("analytical_royalty", given)


def test_every_formula_of_gross_margin_gives_the_numbers_shown(formulas_hold):
    formulas_hold("analytical_royalty", PARTS)


@given(margins())
def test_licensee_and_licensor_together_earn_what_is_expected(given):
    found = run(given).value
    kept = given["normal_margin"]
    rest = (given["expected_margin"] - kept) * (1 - given["licensor_part"])
    assert kept + rest + found == pytest.approx(given["expected_margin"], abs=1e-12)


@given(margins(), st.floats(0, 0.05))
def test_the_rate_rises_with_the_expected_margin(given, more):
    higher = given | {"expected_margin": given["expected_margin"] + more}
    assert run(given).value <= run(higher).value + 1e-12


def test_a_normal_margin_is_no_royalty():
    assert run(WHOLE | {"normal_margin": 0.42}).value == 0


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (WHOLE | {"normal_margin": 0.5}, "nothing is left"),
        (PARTS | {"normal_margin": 0.5}, "nothing is left"),
        (WHOLE | {"gross_margin": 0.5}, "not both"),
        (SOURCES | {"normal_margin": 0.1}, "not both"),
        (SOURCES | {"normal_margin": 0.1, "gross_margin": 0.5}, "not both"),
        (WHOLE | {"expected_source": " "}, "proves nothing"),
        (WHOLE | {"normal_source": ""}, "proves nothing"),
        (WHOLE | {"expected_margin": 1.2}, "Expected margin"),
        (WHOLE | {"licensor_part": -0.1}, "licensor"),
    ],
)
def test_what_is_missing_or_wrong_is_refused(given, told):
    assert told in refused(given)
