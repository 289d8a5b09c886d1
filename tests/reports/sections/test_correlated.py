"""What a report says of draws that were not independent, or not by chance."""

from __future__ import annotations

from dataclasses import replace

import pytest

from valuer.core.case import Case
from valuer.core.sampling import Coupling, RankCorrelation, Sequence
from valuer.reports.sections import SECTIONS, blocks

WISH = RankCorrelation("royalty_rate", "discount_rate", -0.5)


def method(draft) -> list[blocks.Block]:
    found = next(one for one in SECTIONS if one.key == "method")
    return list(found.blocks(draft))


def prose(draft) -> str:
    return "\n".join(one.text for one in method(draft) if isinstance(one, blocks.Prose))


@pytest.fixture
def drawn(small: Case):
    def change(**given) -> Case:
        (run,) = small.runs
        uniform = {"dist": "uniform", "low": 0.03, "high": 0.07}
        params = {**run.params, "royalty_rate": uniform}
        params["discount_rate"] = {"dist": "uniform", "low": 0.1, "high": 0.2}
        return replace(
            small, runs=(replace(run, params=params, scenarios=1024, **given),)
        )

    return change


def test_independent_draws_are_called_so(draft, drawn):
    assert "independently of one another" in prose(draft(drawn()))


def test_correlated_draws_have_their_table(draft, drawn):
    made = draft(drawn(correlations=(WISH,), coupling=Coupling.GAUSSIAN_COPULA))
    assert "independently of one another" not in prose(made)
    assert "Gaussian copula" in prose(made)
    (table,) = (
        one
        for one in method(made)
        if isinstance(one, blocks.Table)
        and one.title == "Rank correlations of the inputs"
    )
    ((rate, discount, asked, used, achieved),) = table.rows
    assert (rate, discount) == ("Royalty rate", "Discount rate")
    assert asked == used == "−0.5000"
    assert achieved.startswith(("−0.4", "−0.5"))


def test_sobol_points_are_told(draft, drawn):
    text = prose(draft(drawn(sequence=Sequence.SOBOL)))
    assert "16 independently scrambled Sobol sequences" in text
    assert "PCG64DXSM" not in text
