"""Single-period excess earnings (超额收益资本化): one normal year, capitalised.

What a year's income is above the normal return of the assets appraised one by one is
owed to what is not among them; it is capitalised without end, as goodwill is, or over
a stated life. A patent ends on its expiry day and has no income without end.

Source: 商誉价值 = (企业年收益 − Σ 各单项资产评估值 × 行业平均收益率) ÷ 适用本金化率
(资产评估师 examination texts, goodwill).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from valuer.core.amortisation import level_factor
from valuer.core.dated import CURRENCY
from valuer.core.distributions import Floats
from valuer.core.method import Approach, Method, centred
from valuer.core.params import Currency, Money, Rate, Text, Years, param
from valuer.core.problems import Issue, Severity
from valuer.core.slots import by_scenario, number_arrays, total
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit

AXIS = "assets"
"""Along the assets appraised one by one; the name of their table."""


@dataclass(frozen=True, slots=True)
class NormalAsset:
    """Assets that earn a normal return."""

    name: Text = param(N_("Asset"), help=N_("What was appraised by itself."))
    amount: Money = param(N_("Appraised value"), symbol="A", low=0)
    normal_return: Rate = param(
        N_("Normal return"),
        symbol="o",
        low=0,
        high=1,
        help=N_("Annual, the average of the trade, on the same basis as the income."),
    )


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of single-period excess earnings."""

    income: Money = param(
        N_("Yearly income"),
        symbol="E",
        help=N_(
            "A normal year's, before or after tax as the normal returns and the"
            " capitalisation rate are."
        ),
    )
    assets: tuple[NormalAsset, ...] = param(
        N_("Assets and their normal returns"),
        by_row=True,
        help=N_("Every asset that was appraised by itself."),
    )
    capitalisation_rate: Rate = param(
        N_("Capitalisation rate"), symbol="r", low=0, high=1, above=True
    )
    life: Years | None = param(
        N_("Years of excess earnings"),
        None,
        symbol="Y",
        low=0,
        high=100,
        above=True,
        help=N_(
            "For a right of limited life; left out, the excess is capitalised without"
            " end, which holds for goodwill alone."
        ),
    )
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Capitalised excess of income, in its currency.

    Columns of ``assets`` are (…, rows), all other numbers () or (scenarios, 1).
    """
    add = working.add
    income = add(N_("Yearly income"), "E", "", given["income"], Unit.MONEY)
    text = N_("Appraised value")
    amount = add(text, "A", "", given["assets_amount"], Unit.MONEY, AXIS)
    text = N_("Normal return")
    normal = add(text, "o", "", given["assets_normal_return"], Unit.RATE, AXIS)
    text = N_("Normal income of the assets")
    usual = add(text, "G", "Σ A × o", total(amount * normal), Unit.MONEY)
    excess = add(N_("Excess earnings"), "X", "E − G", income - usual, Unit.MONEY)
    text = N_("Capitalisation rate")
    rate = add(text, "r", "", given["capitalisation_rate"], Unit.RATE)
    if "life" not in given:
        return by_scenario(add(N_("Value"), "V", "X / r", excess / rate, Unit.MONEY))
    years = add(N_("Years of excess earnings"), "Y", "", given["life"], Unit.YEARS)
    factor = level_factor(rate, years)
    text, how = N_("Annuity factor"), "(1 − (1 + r)^(−Y)) / r"
    factor = add(text, "a", how, factor, Unit.FACTOR)
    return by_scenario(add(N_("Value"), "V", "X × a", excess * factor, Unit.MONEY))


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments: the numbers as they are."""
    return number_arrays(params)


def check(params: Any) -> tuple[Issue, ...]:
    """Return what the figures say together: no end of income, no excess."""
    return tuple(_doubts(params))


def _doubts(params: Any) -> Iterator[Issue]:
    if params.life is None:
        text = N_(
            "Income without end is capitalised. That holds for goodwill and rights of"
            " unlimited life; a patent ends on its expiry day: state the years."
        )
        yield Issue(Severity.WARNING, message(text), "life")
    found = centred(params)
    if found.income < sum(one.amount * one.normal_return for one in found.assets):
        text = N_(
            "The income is below the normal return of the assets; the excess is below"
            " nought, a negative goodwill."
        )
        yield Issue(Severity.WARNING, message(text), "income")


def outputs(params: Any) -> dict[str, Any]:
    """Return what the assets are called."""
    return {"axes": {AXIS: [asset.name for asset in params.assets]}}


METHOD = Method(
    key="single_period_excess_earnings",
    version=1,
    approach=Approach.INCOME,
    title=N_("Single-period excess earnings"),
    idea=N_(
        "What a normal year earns above the normal return of all assets appraised by"
        " themselves is capitalised."
    ),
    source="超额收益法（商誉），资产评估专业教材（无形资产评估）",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    tells=(("excess_earnings", "X"),),
)
