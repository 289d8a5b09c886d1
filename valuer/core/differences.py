"""What differs between two values of a case, in the field's words.

Patents are told by number, periods by their last day, runs by method, parameters by
label and place, texts by the words that changed. Window and command line say the
same: a difference holds messages in no language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from valuer.core.case import Case, Conclusion, Forecast, ForecastPeriod
from valuer.core.case_names import (
    APPRAISERS_NAME,
    CONCLUSION_NAMES,
    DISCLOSURE_NAMES,
    FACT_NAMES,
    FORECAST_NAMES,
    HOUSE_FIELD_NAMES,
    PATENT_NAMES,
    RANGE_NAME,
    REPORT_NAMES,
    Part,
)
from valuer.core.engagement_names import (
    CONTRACT_NAMES,
    DECLARED_NAMES,
    FACTOR_NAMES,
    FILE_NAMES,
    RECEIPT_NAMES,
)
from valuer.core.patents import Patent
from valuer.core.registry import Registry
from valuer.core.run_differences import run_differences, run_names
from valuer.core.telling import Difference, Told, keyed, order_change
from valuer.core.texts import N_, message
from valuer.core.value_words import amount_words, quoted, short, value_words

_WEIGHTED = message(N_("all results, weighted"))


def differences(
    before: Case | None, after: Case, methods: Registry
) -> tuple[Difference, ...]:
    """Return what differs, in the order of the work; nothing for equal cases.

    Without a case before, everything is told that ``after`` states.
    """
    old = before or Case()
    return (
        *_fields(Told(Part.FACTS), FACT_NAMES, old, after),
        *_fields(Told(Part.FACTS), HOUSE_FIELD_NAMES, old.house, after.house),
        *Told(Part.FACTS).lines(APPRAISERS_NAME, old.appraisers, after.appraisers),
        *_patents(old.patents, after.patents),
        *_forecast(old.forecast, after.forecast),
        *run_differences(old, after, methods),
        *_conclusion(old, after, methods),
        *_engagement(old, after),
        *_fields(Told(Part.REPORT), REPORT_NAMES, old, after),
    )


def _fields(
    told: Told, names: Mapping[str, str], before: Any, after: Any
) -> Iterator[Difference]:
    for name, label in names.items():
        old, new = getattr(before, name), getattr(after, name)
        if isinstance(old, tuple):
            yield from told.lines(label, old, new)
        else:
            yield from told.value(label, old, new)


def _engagement(before: Case, after: Case) -> Iterator[Difference]:
    told = Told(Part.ENGAGEMENT)
    yield from _fields(told, CONTRACT_NAMES, before.contract, after.contract)
    yield from _fields(told, FACTOR_NAMES, before.factors, after.factors)
    yield from _fields(told, DECLARED_NAMES, before.declared, after.declared)
    yield from _fields(told, FILE_NAMES, before, after)
    yield from _fields(told, RECEIPT_NAMES, before.receipt, after.receipt)
    yield from _fields(told, DISCLOSURE_NAMES, before.disclosure, after.disclosure)


def _patents(
    before: tuple[Patent, ...], after: tuple[Patent, ...]
) -> Iterator[Difference]:
    old, new = keyed(before, _patent_key), keyed(after, _patent_key)
    for key, patent in old.items():
        if key not in new:
            told = Told(Part.PATENTS, quoted(key[0]))
            yield told.one(N_("Quoted patent"), quoted(patent.title or key[0]), None)
    for key, patent in new.items():
        told = Told(Part.PATENTS, quoted(key[0]))
        if key not in old:
            yield told.one(N_("Quoted patent"), None, quoted(patent.title or key[0]))
        else:
            yield from _fields(told, PATENT_NAMES, old[key], patent)
    moved = order_change(old, new)
    if moved is not None:
        shown = (short(", ".join(key[0] for key in keys)) for keys in moved)
        yield Told(Part.PATENTS).one(N_("Order of the patents"), *shown)


def _patent_key(patent: Patent) -> str:
    return patent.identity or patent.title


def _forecast(before: Forecast | None, after: Forecast | None) -> Iterator[Difference]:
    told = Told(Part.FORECAST)
    if (before is None) != (after is None):
        made = message(N_("there is one"))
        has, had = (None, made) if after is None else (made, None)
        yield told.one(N_("Forecast"), had, has)
    old, new = before or Forecast(), after or Forecast()
    for name in ("history", "periods"):
        one, other = getattr(old, name), getattr(new, name)
        currencies = old.currency, new.currency
        yield from _periods(told, FORECAST_NAMES[name], one, other, currencies)
    rest = ("currency", "note", "source")
    yield from _fields(told, {name: FORECAST_NAMES[name] for name in rest}, old, new)


def _periods(
    told: Told,
    label: str,
    before: Sequence[ForecastPeriod],
    after: Sequence[ForecastPeriod],
    currencies: tuple[str, str],
) -> Iterator[Difference]:
    old = keyed(before, lambda one: one.end)
    new = keyed(after, lambda one: one.end)
    for key in sorted(old.keys() | new.keys()):
        one, other = old.get(key), new.get(key)
        if one == other:
            continue
        text = N_("{label}, period to {end}")
        place = message(text, label=message(label), end=key[0].isoformat())
        had = amount_words(one.revenue, currencies[0]) if one else None
        has = amount_words(other.revenue, currencies[1]) if other else None
        yield told.one(place, had, has)
    moved = order_change(old, new)
    if moved is not None:
        shown = (short(", ".join(str(key[0]) for key in keys)) for keys in moved)
        yield told.one(N_("Order of the periods"), *shown)


def _conclusion(before: Case, after: Case, methods: Registry) -> Iterator[Difference]:
    told = Told(Part.CONCLUSION)
    yield from told.value(RANGE_NAME, before.range_agreed, after.range_agreed)
    old, new = before.conclusion, after.conclusion
    if (old is None) != (new is None):
        drawn = message(N_("drawn"))
        has, had = (None, drawn) if new is None else (drawn, None)
        yield told.one(N_("Conclusion"), had, has)
    old, new = old or Conclusion(), new or Conclusion()
    if old.run != new.run:
        had = run_names(before, methods).get(old.run) or value_words(old.run)
        has = run_names(after, methods).get(new.run) or value_words(new.run)
        yield told.one(CONCLUSION_NAMES["run"], had or _WEIGHTED, has or _WEIGHTED)
    rest = {name: label for name, label in CONCLUSION_NAMES.items() if name != "run"}
    yield from _fields(told, rest, old, new)
