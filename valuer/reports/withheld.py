"""A case without what it says in words: what a summary (摘要) carries of it.

A summary is one page. It counts the special matters and says to read the body, so the
texts themselves stay out of what it carries; the figures stay, to be computed anew.
"""

from __future__ import annotations

from dataclasses import replace

from valuer.core.asked import Asked
from valuer.core.case import Case, Conclusion, Forecast
from valuer.core.disclosure import Disclosure
from valuer.core.engagement import Contract, Declared, Factors, Receipt

STANDS_FOR = "…"
"""Stands where the body has a text."""


def without_texts(case: Case) -> Case:
    """Return a case whose texts are there, and withheld."""
    return replace(
        case,
        users=_each(case.users),
        purpose_text=_withheld(case.purpose_text),
        scope_note=_withheld(case.scope_note),
        forecast=_forecast(case.forecast),
        runs=tuple(
            replace(one, reason=_withheld(one.reason), asked=Asked(), grounds=())
            for one in case.runs
        ),
        conclusion=_conclusion(case.conclusion),
        assumptions=_each(case.assumptions),
        special_assumptions=_each(case.special_assumptions),
        special_matters=_each(case.special_matters),
        sources=_each(case.sources),
        events=tuple(replace(one, text=_withheld(one.text)) for one in case.events),
        declared=_declared(case.declared),
        contract=Contract(),
        work=(),
        factors=Factors(),
        evidence=(),
        answers=(),
        receipt=Receipt(),
        disclosure=Disclosure(),
    )


def _forecast(forecast: Forecast | None) -> Forecast | None:
    return forecast and replace(forecast, note=_withheld(forecast.note))


def _conclusion(chosen: Conclusion | None) -> Conclusion | None:
    if chosen is None:
        return None
    analysis, ground = _withheld(chosen.analysis), _withheld(chosen.ground)
    return replace(chosen, analysis=analysis, ground=ground)


def _declared(declared: Declared) -> Declared:
    """Keep what is counted among the special matters."""
    return Declared(
        experts=_withheld(declared.experts),
        uncertainty=_withheld(declared.uncertainty),
        no_encumbrances=declared.no_encumbrances,
    )


def _each(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_withheld(one) for one in texts)


def _withheld(text: str) -> str:
    return STANDS_FOR if text.strip() else ""
