"""Intervals hold the truth as often as they say, pending cases and all."""

from __future__ import annotations

import os

import numpy as np
import pytest

from tests.agency.invented_agency import (
    AS_OF,
    LOST_DUE_DATE,
    SUSPECTED,
    chance_of_grant_within,
    invented,
)
from valuer.agency.columns import columns_of
from valuer.agency.metric import Question, view
from valuer.agency.metrics import metric
from valuer.agency.quality import answer
from valuer.agency.statistics import curves, incidence_at

CASES = int(os.environ.get("VALUER_AGENCY_CASES", "8000"))
"""20,000 and more where time allows."""

EACH = 200
TRUE = {
    "Q03_24": chance_of_grant_within(24),
    "Q03_36": chance_of_grant_within(36),
    "Q09_suspected": SUSPECTED,
    "Q27": LOST_DUE_DATE * 1000,
    "Q29": 0.9,
}


@pytest.fixture(scope="module")
def agency():
    return invented(CASES, 20261122)


def test_intervals_cover_the_truth_at_their_nominal_rate(agency, record_property):
    # Every EACH-th case: so many small agencies, each over all the years.
    cases, _ = agency
    small = CASES // EACH
    asked = tuple(metric(key) for key in TRUE)
    held = dict.fromkeys(TRUE, 0)
    for start in range(small):
        rows = answer(columns_of(cases[start::small], AS_OF), Question(), asked)
        for row in rows:
            held[row.key] += row.low <= TRUE[row.key] <= row.high
    shares = {key: count / small for key, count in held.items()}
    told = ", ".join(f"{key} {share:.1%}" for key, share in shares.items())
    record_property("told", f"coverage of 95 % intervals, {small} agencies: {told}")
    # Four standard errors of 95 % below; counts of few losses are discrete.
    least = 0.95 - 4 * (0.95 * 0.05 / small) ** 0.5
    assert all(share >= least for share in shares.values())
    assert np.mean(list(shares.values())) <= 0.995


def test_losses_taken_for_pending_cases_overstate_the_chance_of_a_grant(agency):
    cases, truth = agency
    docket = columns_of(cases, AS_OF)
    true = truth.granted_within(36)
    (right,) = answer(docket, Question(), (metric("Q03_36"),))
    assert right.low <= true <= right.high

    tally = metric("Q03_36").count(view(docket, Question()))
    naive = incidence_at(curves(tally.values, (tally.hits == 1).astype(int)), 1096)
    assert naive.low[0] > true + 0.1


def test_the_same_seed_invents_the_same_agency():
    assert invented(50, 7)[0] == invented(50, 7)[0]
