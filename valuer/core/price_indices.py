"""Price indices (物价指数): past costs at the prices of the valuation date.

An index is a chain of changes, each up to a day. A cost stands at the price level of
the whole year in which it was incurred, so the changes that end in a later year and
by the valuation date count, each in full: a yearly change ends on 31 December, the
change of the valuation year on the last day to which it was measured. Nothing is taken
pro rata. A year without a change counts as one without any, and is warned of.

Source: 物价指数法, 重置成本 = 历史成本 × Π(1 + 物价变动率), each year's change on the year
before (资产评估师 examination texts, cost approach).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.params import Rate, Text, param
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit

ITEMS = "items"
"""Along the costs; the name of their table."""

INDICES = "price_indices"
"""Along the changes of prices; the name of their table."""

LEVEL = 100.0
"""Level of every index before its first change."""


@dataclass(frozen=True, slots=True)
class PriceChange:
    """One change of a price index."""

    index: Text = param(
        N_("Price index"),
        help=N_("Name of the index, as the cost items quote it."),
    )
    until: date = param(
        N_("Change up to"),
        help=N_(
            "Last day of the change: 31 December for a whole year; in the year of the"
            " valuation the last day measured."
        ),
    )
    change: Rate = param(
        N_("Rate of change"),
        symbol="g",
        low=-1,
        high=10,
        above=True,
        help=N_("On the year before, or on the last day before it in this table."),
    )


# What the methods declare with param(**…).

NAME: Any = {"label": N_("Cost item"), "help": N_("What was paid for.")}

AMOUNT: Any = {
    "label": N_("Amount"),
    "symbol": "a",
    "low": 0,
    "help": N_("At the prices of the time when it was incurred."),
}

INCURRED: Any = {
    "label": N_("Incurred on"),
    "default": None,
    "help": N_(
        "Any day of the year whose prices the amount is at; none where it is at the"
        " prices of the valuation date."
    ),
}

INDEX: Any = {
    "label": N_("Price index"),
    "default": "",
    "help": N_("The index that leads to the valuation date; none leaves the amount."),
}

PRICE_INDICES: Any = {
    "label": N_("Price indices"),
    "default": (),
    "help": N_(
        "Changes of prices, year by year. Those that end after the year in which a cost"
        " was incurred and by the valuation date count, each in full."
    ),
}


def at_present_prices(working: Silent, given: Mapping[str, Any]) -> Floats:
    """Return each cost at the prices of the valuation date, shape (…, items).

    Args:
        working: takes the steps.
        given: the formula's arguments, with the amounts, the changes and what
            ``price_arrays`` lays out.
    """
    items_amount, chain = given["items_amount"], given["chain"]
    add = working.add
    add(N_("Amount of the cost"), "a", "", items_amount, Unit.MONEY, ITEMS)
    text = N_("Cost at the prices of the valuation date")
    if not chain:
        return add(text, "r", "a", items_amount, Unit.MONEY, ITEMS)
    levels = _levels(working, given["price_indices_change"], chain)
    begin = add(
        N_("Level of its index when incurred"),
        "u",
        "",
        levels[..., list(given["when_incurred"])],
        Unit.NUMBER,
        ITEMS,
    )
    end = add(
        N_("Level of its index on the valuation date"),
        "w",
        "",
        levels[..., list(given["when_valued"])],
        Unit.NUMBER,
        ITEMS,
    )
    factor = add(N_("Index factor"), "x", "w / u", end / begin, Unit.FACTOR, ITEMS)
    return add(text, "r", "a × x", items_amount * factor, Unit.MONEY, ITEMS)


def _levels(
    working: Silent, change: Floats, chain: tuple[tuple[int, int], ...]
) -> Floats:
    """Return the level after each change and, last, the level before all of them."""
    shape = (*change.shape[:-1], len(chain) + 1)
    levels, before = np.full(shape, LEVEL), np.empty(change.shape)
    for place, last in chain:
        before[..., place] = levels[..., last]
        levels[..., place] = before[..., place] * (1 + change[..., place])
    add = working.add
    add(N_("Level of the index before"), "b", "", before, Unit.NUMBER, INDICES)
    add(N_("Change of the index"), "g", "", change, Unit.RATE, INDICES)
    text = N_("Level of the index after")
    add(text, "l", "b × (1 + g)", levels[..., :-1], Unit.NUMBER, INDICES)
    return levels


def price_arrays(params: Any) -> dict[str, Any]:
    """Return the layout: places of changes, −1 standing for the level before all.

    ``chain`` has each change, oldest first, with the one before it in its index;
    ``when_incurred`` and ``when_valued`` the last change in the level of each item.
    """
    changes, valued = params.price_indices, params.valuation_date
    order = sorted(range(len(changes)), key=lambda place: changes[place].until)
    last: dict[str, int] = {}
    chain = []
    for place in order:
        chain.append((place, last.get(changes[place].index, -1)))
        last[changes[place].index] = place
    spans = [_span(one, changes, order, valued) for one in params.items]
    return {
        "chain": tuple(chain),
        "when_incurred": tuple(begin for begin, _ in spans),
        "when_valued": tuple(end for _, end in spans),
    }


def price_names(params: Any) -> dict[str, list[str]]:
    """Return what the places along both axes are called."""
    return {
        ITEMS: [one.name for one in params.items],
        INDICES: [f"{one.index} {one.until}".strip() for one in params.price_indices],
    }


def price_issues(params: Any) -> tuple[Issue, ...]:
    """Return what is wrong between costs, indices and the valuation date."""
    errors = (*_item_errors(params), *_index_errors(params))
    return errors or (
        *_late_changes(params),
        *_gaps(params),
        *_without_day(params),
        *_without_index(params),
    )


def _span(
    item: Any, changes: tuple[Any, ...], order: list[int], valued: date
) -> tuple[int, int]:
    """Return the last change by the time a cost was incurred, and by the valuation."""
    begin = end = -1
    if item.incurred is None or not item.index:
        return begin, end
    for place in order:
        one = changes[place]
        if one.index != item.index or one.until > valued:
            continue
        end = place
        if one.until.year <= item.incurred.year:
            begin = place
    return begin, end


def _item_errors(params: Any) -> Iterator[Issue]:
    known = {one.index for one in params.price_indices}
    for place, item in enumerate(params.items):
        if item.index and item.index not in known:
            where = f"items[{place}].index"
            text = N_(
                "Cost item {row} names the price index “{index}”, which the table of"
                " price indices does not have."
            )
            yield _issue(
                Severity.ERROR, where, text, row=place + 1, index=item.index[:40]
            )
        if item.incurred is not None and item.incurred > params.valuation_date:
            where = f"items[{place}].incurred"
            text = N_(
                "Cost item {row} was incurred on {day}, after the valuation date"
                " {valued}; take it out, or correct the day."
            )
            yield _issue(
                Severity.ERROR,
                where,
                text,
                row=place + 1,
                day=item.incurred,
                valued=params.valuation_date,
            )


def _index_errors(params: Any) -> Iterator[Issue]:
    seen = set()
    for place, one in enumerate(params.price_indices):
        if not one.index:
            text = N_("Row {row} of the price indices names no index.")
            where = f"price_indices[{place}].index"
            yield _issue(Severity.ERROR, where, text, row=place + 1)
        elif (one.index, one.until) in seen:
            text = N_("The price index “{index}” has two changes up to {day}.")
            where = f"price_indices[{place}].until"
            yield _issue(
                Severity.ERROR, where, text, index=one.index[:40], day=one.until
            )
        seen.add((one.index, one.until))


def _late_changes(params: Any) -> Iterator[Issue]:
    """Note the changes that end too late to be counted."""
    for place, one in enumerate(params.price_indices):
        if one.until > params.valuation_date:
            text = N_(
                "The change of “{index}” up to {day} ends after the valuation date and"
                " does not count; give the change up to the valuation date instead."
            )
            where = f"price_indices[{place}].until"
            yield _issue(
                Severity.WARNING, where, text, index=one.index[:40], day=one.until
            )


def _gaps(params: Any) -> Iterator[Issue]:
    """Warn of the years that an index lacks between a cost and the valuation."""
    begins: dict[str, int] = {}
    for item in params.items:
        if item.index and item.incurred is not None:
            year = item.incurred.year
            begins[item.index] = min(year, begins.get(item.index, year))
    for index, begin in begins.items():
        known = {one.until.year for one in _counting(params, index)}
        years = range(begin + 1, params.valuation_date.year + 1)
        lacking = [year for year in years if year not in known]
        if lacking:
            text = N_(
                "The price index “{index}” has no change for {years}; prices are taken"
                " as unchanged then."
            )
            values = {"index": index[:40], "years": _listed(lacking)}
            yield _issue(Severity.WARNING, INDICES, text, **values)


def _counting(params: Any, index: str) -> list[Any]:
    """Return the changes of an index that end by the valuation date."""
    return [
        one
        for one in params.price_indices
        if one.index == index and one.until <= params.valuation_date
    ]


def _without_day(params: Any) -> Iterator[Issue]:
    """Warn of the costs whose index leads nowhere, for want of the day."""
    for place, item in enumerate(params.items):
        if item.index and item.incurred is None:
            text = N_(
                "Cost item {row} names the price index “{index}” and no day on which it"
                " was incurred; it is taken as it is. State the day, or leave out the"
                " index."
            )
            where = f"items[{place}].incurred"
            yield _issue(
                Severity.WARNING, where, text, row=place + 1, index=item.index[:40]
            )


def _without_index(params: Any) -> Iterator[Issue]:
    """Note the costs of earlier years that no index brings up."""
    valued = params.valuation_date
    rows = [
        place + 1
        for place, item in enumerate(params.items)
        if not item.index and item.incurred and item.incurred.year < valued.year
    ]
    if rows:
        text = N_(
            "Costs of earlier years name no price index and are taken as they are; their"
            " rows: {rows}."
        )
        yield _issue(Severity.NOTE, ITEMS, text, rows=_listed(rows))


def _listed(numbers: list[int]) -> tuple[object, ...]:
    return (*numbers[:5], "…") if len(numbers) > 5 else tuple(numbers)


def _issue(severity: Severity, where: str, text: str, **values: object) -> Issue:
    return Issue(severity, message(text, **values), where)
