"""Whatever a case says, it is valued or told why not; nothing else is raised."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from valuer.core.canonical import canonical
from valuer.core.case import Case, Conclusion, Forecast, ForecastPeriod, Purpose, Run
from valuer.core.patents import LegalEvent, LegalStatus, Patent, PatentKind
from valuer.core.problems import Severity
from valuer.core.valuing import value_case
from valuer.methods import METHODS

near = st.dates(date(2015, 1, 1), date(2050, 12, 31))
days = near | st.dates() | st.sampled_from([date.min, date.max])
maybe = st.none() | days
amounts = st.decimals(
    -(10**15), 10**15, allow_nan=False, allow_infinity=False, places=4
) | st.integers(0, 10**8).map(Decimal)
statuses = st.sampled_from(list(LegalStatus))
rates = st.floats() | st.floats(0, 1) | st.lists(st.floats(0, 1), max_size=4)
uncertain = st.fixed_dictionaries(
    {"dist": st.just("pert"), "low": rates, "mode": rates, "high": rates}
)
params = st.fixed_dictionaries(
    {"royalty_rate": rates, "tax_rate": rates, "discount_rate": rates | uncertain},
    optional={
        "revenue": st.lists(st.floats() | st.floats(0, 1e9), max_size=4),
        "valuation_date": days.map(str),
        "first_period_end": days.map(str),
        "expiry_date": days.map(str) | st.integers() | st.none(),
        "timing": st.sampled_from(["mid", "end", "never"]),
        "first_amount": st.sampled_from(["period", "year"]),
        "day_count": st.sampled_from(["act/365", "act/act", "months"]),
        "currency": st.sampled_from(["CNY", "USD", ""]),
    },
)


def some(of: Any, most: int = 3) -> Any:
    return st.lists(of, max_size=most).map(tuple)


cases = st.builds(
    Case,
    purpose=st.sampled_from(list(Purpose)),
    valuation_date=maybe,
    patents=some(
        st.builds(
            Patent,
            number=st.sampled_from(["CN1", "CN2"]),
            kind=st.none() | st.sampled_from(list(PatentKind)),
            filed=maybe,
            granted=maybe,
            status=statuses,
            status_on=maybe,
            history=some(st.builds(LegalEvent, statuses, st.just("词"), maybe)),
            pta_days=st.integers(),
        )
    ),
    forecast=st.none()
    | st.builds(Forecast, some(st.builds(ForecastPeriod, days, amounts)), st.just(())),
    runs=some(
        st.builds(
            Run,
            key=st.sampled_from(["a", "b", ""]),
            method=st.sampled_from(["relief_from_royalty", "none"]),
            version=st.integers(-1, 2),
            params=st.none() | params,
            weight=st.none() | st.sampled_from([Decimal("0.5"), Decimal(1)]) | amounts,
            reason=st.sampled_from(["", "因为"]),
            scenarios=st.integers(-1, 40),
            seed=st.integers(),
        )
    ),
    conclusion=st.none()
    | st.builds(
        Conclusion,
        run=st.sampled_from(["", "a"]),
        unit=amounts,
        low=st.none() | amounts,
        high=st.none() | amounts,
    ),
)


@given(cases)
def test_whatever_a_case_says_it_is_valued_or_told_why_not(case):
    found = value_case(case, METHODS)
    for issue in found.issues:
        assert issue.say("en")
    for run in found.runs:
        if run.result is not None:
            assert canonical([step.plain() for step in run.result.working])
            assert canonical(dict(run.result.outputs))
        if run.simulation is not None:
            assert canonical(run.simulation.plain())
    if found.conclusion is not None:
        assert not found.errors
        assert canonical(found.conclusion)


@given(cases)
def test_an_error_leaves_no_conclusion(case):
    found = value_case(case, METHODS)
    if any(issue.severity is Severity.ERROR for issue in found.issues):
        assert found.conclusion is None
