"""Share of the registered capital that a contributed patent stands for (作价入股).

The shareholders agree what the patent counts for beside what the others put in; so much
of it as they agree becomes registered capital (注册资本), the rest capital reserve (资本公积).
The share goes by registered capital. A patent must be appraised before, and is to be
taken neither above nor below its value.

Source: s = K/(K + B), Z = A − K; Company Law (2023) art. 48 (appraisal, neither over- nor
undervalued; what can be assigned by law), 49 (transfer of the right), 50 and 99 (liable
for what is lacking), as the text was read; reserve: CAS, from memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from valuer.core.case import Purpose
from valuer.core.dated import CURRENCY
from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import YES_NO_NAMES, Currency, Money, Rate, YesNo, param
from valuer.core.problems import Issue, Severity
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit

CLOSE = 1e-9
"""Amounts that differ by less than this share of them are the same."""


class Right(StrEnum):
    """What is contributed."""

    OWNERSHIP = "ownership"
    EXCLUSIVE_LICENCE = "exclusive_licence"
    LICENCE = "licence"


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the share; amounts are those that the shareholders agreed."""

    agreed_price: Money = param(
        N_("Price agreed for the patent"),
        symbol="A",
        low=0,
        above=True,
        help=N_("What the shareholders take the contribution for."),
    )
    appraised_value: Money = param(
        N_("Value by the appraisal"),
        symbol="W",
        low=0,
        above=True,
        help=N_("Of the whole right, as concluded; mostly from another run."),
    )
    ownership_share: Rate = param(
        N_("Share of the right contributed"),
        1.0,
        symbol="w",
        low=0,
        high=1,
        above=True,
        help=N_("Below 1 where a co-owner contributes its part."),
    )
    right: Right = param(
        N_("What is contributed"),
        Right.OWNERSHIP,
        choice_labels=(
            (Right.OWNERSHIP.value, N_("The patent itself")),
            (Right.EXCLUSIVE_LICENCE.value, N_("An exclusive licence")),
            (Right.LICENCE.value, N_("Another licence")),
        ),
        help=N_("The appraised value must be that of the same right."),
    )
    charged: YesNo = param(
        N_("Pledged or otherwise charged"),
        YesNo.NO,
        choice_labels=YES_NO_NAMES,
        help=N_("By the patent register on the day of the contribution."),
    )
    other_contributions: Money = param(
        N_("Contributions of the others"),
        symbol="O",
        low=0,
        help=N_("In all, as agreed; in a company that stands, its equity as agreed."),
    )
    other_registered: Money | None = param(
        N_("Registered capital of the others"),
        None,
        symbol="B",
        low=0,
        help=N_("Of their contributions; left out, all of them."),
    )
    to_registered: Money | None = param(
        N_("Price that becomes registered capital"),
        None,
        symbol="K",
        low=0,
        above=True,
        help=N_("As agreed for the patent; left out, in the proportion of the others."),
    )
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Share of the registered capital; all numbers are () or (…, 1)."""
    add = working.add
    text = N_("Price agreed for the patent")
    price = add(text, "A", "", given["agreed_price"], Unit.MONEY)
    value = add(
        N_("Value by the appraisal"), "W", "", given["appraised_value"], Unit.MONEY
    )
    text = N_("Share of the right contributed")
    part = add(text, "w", "", given["ownership_share"], Unit.RATE)
    text = N_("Value by the appraisal of what is contributed")
    due = add(text, "Q", "W × w", value * part, Unit.MONEY)
    text = N_("Price above that value")
    add(text, "δ", "A / Q − 1", price / due - 1, Unit.RATE)
    own, others, symbol = _registered(working, price, given)
    text = N_("Price that becomes capital reserve")
    add(text, "Z", "A − K", price - own, Unit.MONEY)
    text = N_("Registered capital")
    whole = add(text, "G", f"K + {symbol}", own + others, Unit.MONEY)
    text = N_("Share of the registered capital")
    return by_scenario(add(text, "s", "K / G", own / whole, Unit.RATE))


def _registered(
    working: Silent, price: Floats, given: dict[str, Any]
) -> tuple[Floats, Floats, str]:
    """Return the registered capital of the patent and of the others, and its symbol."""
    add = working.add
    text = N_("Contributions of the others")
    put_in = add(text, "O", "", given["other_contributions"], Unit.MONEY)
    others, symbol = put_in, "O"
    if "other_registered" in given:
        text, symbol = N_("Registered capital of the others"), "B"
        others = add(text, "B", "", given["other_registered"], Unit.MONEY)
    text = N_("Price that becomes registered capital")
    if "to_registered" in given:
        own = add(text, "K", "", given["to_registered"], Unit.MONEY)
    elif symbol == "B":
        own = add(text, "K", "A × B / O", price * others / put_in, Unit.MONEY)
    else:
        own = add(text, "K", "A", price, Unit.MONEY)
    return own, others, symbol


def check(params: Any) -> tuple[Issue, ...]:
    """Return what cannot be; without errors, what the Company Law looks at."""
    centre = centred(params)
    errors = tuple(_errors(centre))
    return errors or (*_departures(centre), *_of_right(centre))


def _issue(severity: Severity, where: str, text: str, **values: object) -> Issue:
    return Issue(severity, message(text, **values), where)


def _errors(centre: Any) -> Iterator[Issue]:
    others, held = centre.other_contributions, centre.other_registered
    own, price = centre.to_registered, centre.agreed_price
    if own is not None and own > price * (1 + CLOSE):
        text = N_(
            "More becomes registered capital, {own:,.2f}, than the patent is taken for,"
            " {price:,.2f}; lower it."
        )
        yield _issue(Severity.ERROR, "to_registered", text, own=own, price=price)
    if held is None:
        return
    if held and not others:
        text = N_(
            "The others hold registered capital and contribute nothing; state what they"
            " put in."
        )
        yield _issue(Severity.ERROR, "other_contributions", text)
    elif own is None and not held:
        text = N_(
            "The others hold no registered capital, so there is no proportion to go by;"
            " state what of the price becomes registered capital."
        )
        yield _issue(Severity.ERROR, "to_registered", text)
    elif own is None and held > others * (1 + CLOSE):
        text = N_(
            "The others hold more registered capital, {held:,.2f}, than they put in,"
            " {others:,.2f}; in their proportion the patent would get more than it is"
            " taken for. State what of its price becomes registered capital."
        )
        yield _issue(Severity.ERROR, "other_registered", text, held=held, others=others)


def _departures(centre: Any) -> Iterator[Issue]:
    price, due = centre.agreed_price, centre.appraised_value * centre.ownership_share
    own = price if centre.to_registered is None else centre.to_registered
    values = {"price": price, "value": due}
    if price > due * (1 + CLOSE):
        text = N_(
            "The price agreed, {price:,.2f}, is above the appraised value,"
            " {value:,.2f}: a contribution must not be overvalued (Company Law art."
            " 48), and who founded the company are liable for what is lacking (art. 50,"
            " 99)."
        )
        yield _issue(Severity.WARNING, "agreed_price", text, **values)
    elif price < due * (1 - CLOSE):
        text = N_(
            "The price agreed, {price:,.2f}, is below the appraised value,"
            " {value:,.2f}: a contribution must not be undervalued (Company Law art."
            " 48); say why."
        )
        yield _issue(Severity.WARNING, "agreed_price", text, **values)
    if centre.to_registered is not None and own > due * (1 + CLOSE):
        text = N_("More becomes registered capital than the appraised value covers.")
        yield _issue(Severity.WARNING, "to_registered", text)


def _of_right(centre: Any) -> Iterator[Issue]:
    if centre.right is not Right.OWNERSHIP:
        text = N_(
            "A licence is contributed: it must be capable of valuation and of assignment"
            " by law, and pass to the company (Company Law art. 48, 49); whether the"
            " registrar takes it is to be asked, and the value must be the licence's."
        )
        yield _issue(Severity.WARNING, "right", text)
    if centre.ownership_share < 1:
        text = N_(
            "A part of the right is contributed: its value need not be the part of the"
            " whole, and the co-owners must agree (Patent Law art. 14)."
        )
        yield _issue(Severity.WARNING, "ownership_share", text)
    if centre.charged is YesNo.YES:
        text = N_(
            "Property that is charged is not to be contributed (rules on registering"
            " market entities, from memory); have the charge removed first."
        )
        yield _issue(Severity.WARNING, "charged", text)


METHOD = Method(
    key="contribution_share",
    version=1,
    approach=None,
    title=N_("Share for a contributed patent"),
    idea=N_(
        "What shareholders agree a patent counts for becomes registered capital, and"
        " capital reserve beyond it; the share goes by registered capital."
    ),
    source=(
        "《公司法》（2023年修订）第四十八、四十九、五十、九十九条；资本公积的处理依记忆，"
        "未核对原文"
    ),
    params=Params,
    arrays=number_arrays,
    formula=formula,
    check=check,
    purposes=(Purpose.CONTRIBUTION,),
    finds=Finds.SHARE,
    listed=Topic.SPECIAL,
    tells=(
        ("share", "s"),
        ("to_registered", "K"),
        ("to_reserve", "Z"),
        ("registered_capital", "G"),
        ("contributed_value", "Q"),
        ("departure", "δ"),
    ),
)
