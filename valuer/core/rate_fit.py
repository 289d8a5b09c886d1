"""Whether a discount rate found by one run fits the flows of the run that takes it.

A rate is of one country: taken for patents that earn in another it is an error. That its
currency and its day are those of the case is seen to where it is found, as of every run.
An enterprise's rate taken for a patent as it stands is a warning.

Source: 《专利资产评估指导意见》: 折现率 is distinct from the enterprise's and consistent
with 收益口径.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from valuer.core.case import Case, Run
from valuer.core.method import Finds
from valuer.core.problems import Issue, Severity
from valuer.core.run_results import RunResult, Taken
from valuer.core.texts import N_, message

RATE = "discount_rate"


def rate_fit(
    case: Case, run: Run, used: tuple[Taken, ...], found: Mapping[str, RunResult]
) -> Iterator[Issue]:
    """Yield what a discount rate taken from another run has against these flows."""
    for one in used:
        source = found.get(one.run)
        if one.where != RATE or source is None or source.result is None:
            continue
        if source.method.finds is Finds.RATE:
            yield from _of_rate(case, run, source, source.result.outputs)


def _of_rate(
    case: Case, run: Run, source: RunResult, told: Mapping[str, Any]
) -> Iterator[Issue]:
    countries = {patent.country for patent in case.patents if patent.country}
    country = told.get("country")
    if country and len(countries) == 1 and country not in countries:
        text = N_(
            "{run}: the discount rate of “{key}” is of {found}, the patents are of"
            " {wanted}; take a rate of the country where they earn."
        )
        yield _issue(Severity.ERROR, run, source, text, country, *countries)
    if source.given.get("meant_for") == "enterprise":
        text = N_(
            "{run}: the discount rate of “{key}” is that of an enterprise, taken as it"
            " stands; a patent bears other risks. Adjust it, or state why it fits."
        )
        yield _issue(Severity.WARNING, run, source, text, "", "")


def _issue(
    severity: Severity,
    run: Run,
    source: RunResult,
    text: str,
    found: object,
    wanted: object,
) -> Issue:
    values = {"key": source.run.key, "found": found, "wanted": wanted}
    wording = message(text, run=run.key, **values)
    return Issue(severity, wording, f"{run.key}.{RATE}")
