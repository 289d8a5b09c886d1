"""Contributory asset charges (贡献资产的正常回报): what the other assets must earn.

Working capital, fixed assets, workforce and other intangibles help to earn the flow,
so a normal return on each comes first. A return of the asset is charged only where
its wear is neither in the costs nor in capital expenditure: EBIT after tax 100,
depreciation 20, capital expenditure 20, return on 10 leaves 90; 20 more would be twice.

Source: The Appraisal Foundation 2010, The Identification of Contributory Assets and
Calculation of Economic Rents; IVS 210, excess earnings method.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from valuer.core.distributions import Floats
from valuer.core.params import Money, Rate, Text, param
from valuer.core.problems import Issue, Severity
from valuer.core.slots import total
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit

AXIS = "assets"
"""Along the contributory assets; the name of their table."""


@dataclass(frozen=True, slots=True)
class ContributoryAsset:
    """One asset that helps to earn the flow."""

    name: Text = param(
        N_("Contributory asset"),
        suggestions=(
            N_("Working capital"),
            N_("Fixed assets"),
            N_("Workforce"),
            N_("Trade mark"),
            N_("Other technology"),
        ),
    )
    revenue_share: Rate = param(
        N_("Asset as a share of revenue"),
        0.0,
        symbol="h",
        low=0,
        high=100,
        help=N_(
            "Value of the asset over a year's revenue; 100 % where the return is itself"
            " a share of revenue, as a royalty after tax."
        ),
    )
    amount: Money = param(
        N_("Asset as an amount"),
        0.0,
        symbol="A",
        low=0,
        help=N_("Value of the asset, level over the life; besides a share or instead."),
    )
    return_on: Rate = param(
        N_("Return on the asset"),
        symbol="o",
        low=0,
        high=1,
        help=N_("Annual, after tax: least for working capital, most for workforce."),
    )
    return_of: Rate = param(
        N_("Return of the asset"),
        0.0,
        symbol="z",
        low=0,
        high=1,
        help=N_(
            "Share of the asset used up in a year, after tax. None where wear is in the"
            " costs, or replaced by capital expenditure."
        ),
    )


ASSETS: Any = {
    "label": N_("Contributory assets"),
    "default": (),
    "by_row": True,
    "help": N_("Every other asset that helps to earn the revenue, goodwill excepted."),
}


def charged(
    working: Silent,
    revenue: Floats,
    symbol: str,
    years: Floats,
    years_symbol: str,
    given: Mapping[str, Any],
) -> Floats:
    """Return the charges of each period, ``C``; shape (…, periods).

    ``revenue`` and ``years`` of each period are called by their symbols; ``h``, ``A``,
    ``o``, ``z``, ``H`` and ``G`` must be free.
    """
    add = working.add
    text = N_("Asset as a share of revenue")
    share = add(text, "h", "", given["assets_revenue_share"], Unit.RATE, AXIS)
    text = N_("Asset as an amount")
    amount = add(text, "A", "", given["assets_amount"], Unit.MONEY, AXIS)
    on = add(
        N_("Return on the asset"), "o", "", given["assets_return_on"], Unit.RATE, AXIS
    )
    of = add(
        N_("Return of the asset"), "z", "", given["assets_return_of"], Unit.RATE, AXIS
    )
    text = N_("Charges as a share of revenue")
    ratio = add(text, "H", "Σ h × (o + z)", total(share * (on + of)), Unit.RATE)
    text = N_("Charges on amounts, a year")
    fixed = add(text, "G", "Σ A × (o + z)", total(amount * (on + of)), Unit.MONEY)
    text = N_("Contributory asset charges")
    formula = f"{symbol} × H + G × {years_symbol}"
    return add(text, "C", formula, revenue * ratio + fixed * years, Unit.MONEY)


_GOODWILL = ("goodwill", "商誉")


def charge_issues(params: Any) -> Iterator[Issue]:
    """Yield what table, depreciation and capital expenditure count twice or not."""
    has_capex = params.capital_expenditure is not None
    has_depreciation = params.depreciation is not None
    has_return_of = False
    for row, asset in enumerate(params.assets):
        if any(word in asset.name.casefold() for word in _GOODWILL):
            text = N_(
                "Goodwill is what is left over, no asset that helps to earn; leave"
                " “{name}” out of the charges."
            )
            where = f"assets[{row}].name"
            yield _issue(Severity.WARNING, where, text, name=asset.name)
        if asset.revenue_share == 0.0 and asset.amount == 0.0:
            text = N_(
                "The asset “{name}” has neither a share of revenue nor an amount; it"
                " bears no charge."
            )
            where = f"assets[{row}].amount"
            yield _issue(Severity.WARNING, where, text, name=asset.name)
        if asset.return_of == 0.0:
            continue
        has_return_of = True
        if has_capex:
            text = N_(
                "The wear of “{name}” is counted twice: by a return of it and by"
                " capital expenditure. Leave one of them out."
            )
            where = f"assets[{row}].return_of"
            yield _issue(Severity.ERROR, where, text, name=asset.name)
    if has_return_of and not has_depreciation and not has_capex:
        text = N_(
            "With a return of assets the margin must be before their depreciation, or"
            " depreciation be added back; else their wear is counted twice."
        )
        yield _issue(Severity.WARNING, "depreciation", text)
    if has_depreciation and not has_capex and not has_return_of:
        text = N_(
            "Depreciation is added back, yet neither capital expenditure nor a return"
            " of assets stands for their wear."
        )
        yield _issue(Severity.WARNING, "depreciation", text)
    if has_capex and not has_depreciation:
        text = N_(
            "Capital expenditure is taken off a margin that is after depreciation;"
            " unless it is growth alone, add depreciation back."
        )
        yield _issue(Severity.WARNING, "capital_expenditure", text)


def _issue(severity: Severity, where: str, text: str, **values: object) -> Issue:
    return Issue(severity, message(text, **values), where)
