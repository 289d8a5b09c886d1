"""Recoverable amount (可收回金额), and what of the carrying amount it does not cover.

An asset is worth to its owner the better of selling and keeping it: its fair value less
costs of disposal (公允价值减去处置费用后的净额), or the present value of its future cash
flows (预计未来现金流量的现值). What the carrying amount is above that is impairment (减值).
Where one of the two is above the carrying amount, the other need not be found.

Source: CAS 8 (2006) art. 6–9 on R = max(F − D; U), 11 and 13 on flows and rate before
tax, 15 and 17 on the loss; IAS 36.18–22, 50–55, 59, 104–105, 117; levels of inputs: CAS
39, IFRS 13.72–90, 93. The articles are cited from memory, not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.case import Purpose
from valuer.core.dated import CURRENCY
from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Currency, Money, Text, param
from valuer.core.problems import Issue, Severity
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit


class Level(StrEnum):
    """The lowest level of the inputs that matter to a fair value."""

    NOT_STATED = "not_stated"
    ONE = "level_1"
    TWO = "level_2"
    THREE = "level_3"


class BeforeTax(StrEnum):
    """Whether flows and rate behind a value in use are before income tax."""

    NOT_STATED = "not_stated"
    BEFORE = "before_tax"
    AFTER = "after_tax"


class Tested(StrEnum):
    """What the carrying amount is that of."""

    ASSET = "asset"
    GROUP = "asset_group"


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the test; amounts are those of the day of the test."""

    carrying_amount: Money = param(
        N_("Carrying amount"),
        symbol="C",
        low=0,
        help=N_("After amortisation and what was written down before."),
    )
    fair_value: Money | None = param(
        N_("Fair value"),
        None,
        symbol="F",
        low=0,
        help=N_("What market participants would pay; stated, or found by another run."),
    )
    fair_value_level: Level = param(
        N_("Level of the fair value's inputs"),
        Level.NOT_STATED,
        choice_labels=(
            (Level.NOT_STATED.value, N_("Not stated")),
            (Level.ONE.value, N_("Level 1: quoted prices of the same")),
            (Level.TWO.value, N_("Level 2: other observable inputs")),
            (Level.THREE.value, N_("Level 3: unobservable inputs")),
        ),
        help=N_("The lowest level among the inputs that matter to the whole."),
    )
    level_3_inputs: Text = param(
        N_("Unobservable inputs"),
        "",
        help=N_("Of level 3: each with its figure, range and effect on the value."),
    )
    disposal_costs: Money = param(
        N_("Costs of disposal"),
        0.0,
        symbol="D",
        low=0,
        help=N_("Legal costs, taxes on the sale; neither interest nor income tax."),
    )
    value_in_use: Money | None = param(
        N_("Present value of future cash flows"),
        None,
        symbol="U",
        low=0,
        help=N_("Of use as it is now and of final disposal; mostly from another run."),
    )
    use_tax_basis: BeforeTax = param(
        N_("Flows and rate of that value"),
        BeforeTax.NOT_STATED,
        choice_labels=(
            (BeforeTax.NOT_STATED.value, N_("Not stated")),
            (BeforeTax.BEFORE.value, N_("Before income tax")),
            (BeforeTax.AFTER.value, N_("After income tax")),
        ),
        help=N_("The standards ask for both before tax."),
    )
    one_alone_ground: Text = param(
        N_("Ground for one amount alone"),
        "",
        help=N_("Why the other cannot be estimated reliably, or is not above it."),
    )
    tested: Tested = param(
        N_("Tested as"),
        Tested.ASSET,
        choice_labels=(
            (Tested.ASSET.value, N_("An asset by itself")),
            (Tested.GROUP.value, N_("An asset group")),
        ),
        help=N_("A group where the asset has no inflows largely of its own."),
    )
    written_down_before: Money = param(
        N_("Impairment of earlier years"),
        0.0,
        low=0,
        quiet=True,
        is_base=True,
        help=N_("Already taken off the carrying amount; enters no figure here."),
    )
    currency: Currency = param(**CURRENCY)


def formula(working: Silent, **given: Any) -> Floats:
    """Recoverable amount, in its currency; all numbers are () or (…, 1)."""
    add = working.add
    text = N_("Carrying amount")
    carrying = add(text, "C", "", given["carrying_amount"], Unit.MONEY)
    found = {}
    if "fair_value" in given:
        fair = add(N_("Fair value"), "F", "", given["fair_value"], Unit.MONEY)
        text = N_("Costs of disposal")
        costs = add(text, "D", "", given["disposal_costs"], Unit.MONEY)
        text = N_("Fair value less costs of disposal")
        found["N"] = add(text, "N", "F − D", fair - costs, Unit.MONEY)
    if "value_in_use" in given:
        text = N_("Present value of future cash flows")
        found["U"] = add(text, "U", "", given["value_in_use"], Unit.MONEY)
    text = N_("The higher, and nothing below 0")
    higher = np.maximum.reduce([*np.broadcast_arrays(0.0, *found.values())])
    told = f"max({'; '.join(found)}; 0)"
    higher = add(text, "R", told, higher, Unit.MONEY)
    text = N_("Impairment")
    add(text, "I", "max(C − R; 0)", np.maximum(carrying - higher, 0), Unit.MONEY)
    text = N_("Headroom above the carrying amount")
    add(text, "H", "max(R − C; 0)", np.maximum(higher - carrying, 0), Unit.MONEY)
    return by_scenario(add(N_("Recoverable amount"), "V", "R", higher, Unit.MONEY))


def check(params: Any) -> tuple[Issue, ...]:
    """Return that nothing is given; else what of either amount is to be told."""
    if params.fair_value is None and params.value_in_use is None:
        text = N_(
            "Neither a fair value nor a present value of future cash flows is given;"
            " state at least one."
        )
        return (Issue(Severity.ERROR, message(text), "fair_value"),)
    centre = centred(params)
    return (*_alone(centre), *_fair(centre), *_use(centre), *_of_test(centre))


def _issue(severity: Severity, where: str, text: str, **values: object) -> Issue:
    return Issue(severity, message(text, **values), where)


def _alone(centre: Any) -> Iterator[Issue]:
    """Tell that one amount stands for both, and whether it may."""
    if centre.fair_value is not None and centre.value_in_use is not None:
        return
    where = "fair_value" if centre.fair_value is None else "value_in_use"
    if float(formula(Silent(), **number_arrays(centre))) > centre.carrying_amount:
        text = N_(
            "One amount alone is above the carrying amount, so nothing is impaired and"
            " the other need not be estimated (CAS 8 art. 7; IAS 36.19)."
        )
        yield _issue(Severity.NOTE, where, text)
    elif centre.one_alone_ground.strip():
        text = N_(
            "One amount alone is below the carrying amount and stands for both on the"
            " ground stated (CAS 8 art. 8; IAS 36.20–21)."
        )
        yield _issue(Severity.NOTE, where, text)
    else:
        text = N_(
            "One amount alone is not above the carrying amount; estimate the other too,"
            " or state why that is not possible (CAS 8 art. 6–8; IAS 36.19–21)."
        )
        yield _issue(Severity.WARNING, where, text)


def _fair(centre: Any) -> Iterator[Issue]:
    if centre.fair_value is None:
        if centre.disposal_costs:
            text = N_("Costs of disposal are given and no fair value to take them off.")
            yield _issue(Severity.WARNING, "disposal_costs", text)
        return
    if centre.disposal_costs > centre.fair_value:
        text = N_("Costs of disposal are above the fair value; check both.")
        yield _issue(Severity.WARNING, "disposal_costs", text)
    if centre.fair_value_level is Level.NOT_STATED:
        text = N_(
            "The level of the fair value's inputs is not stated (CAS 39; IFRS 13.73)."
        )
        yield _issue(Severity.WARNING, "fair_value_level", text)
    if centre.fair_value_level is Level.THREE and not centre.level_3_inputs.strip():
        text = N_(
            "A fair value of level 3 rests on unobservable inputs; state them, their"
            " ranges and their effect (CAS 39; IFRS 13.93)."
        )
        yield _issue(Severity.WARNING, "level_3_inputs", text)


def _use(centre: Any) -> Iterator[Issue]:
    if centre.value_in_use is None:
        return
    if centre.use_tax_basis is BeforeTax.NOT_STATED:
        text = N_(
            "It is not stated whether flows and rate of the present value are before"
            " income tax (CAS 8 art. 11, 13; IAS 36.50, 55)."
        )
        yield _issue(Severity.WARNING, "use_tax_basis", text)
    elif centre.use_tax_basis is BeforeTax.AFTER:
        text = N_(
            "Flows and rate are to be before income tax (CAS 8 art. 11, 13; IAS 36.50,"
            " 55); find the present value anew, with the rate before tax that belongs"
            " to it."
        )
        yield _issue(Severity.WARNING, "use_tax_basis", text)


def _of_test(centre: Any) -> Iterator[Issue]:
    if centre.tested is Tested.GROUP:
        text = N_(
            "The loss of an asset group reduces its goodwill first, then its other"
            " assets in proportion (CAS 8 art. 22; IAS 36.104); that is not done here."
        )
        yield _issue(Severity.NOTE, "tested", text)
    recoverable = float(formula(Silent(), **number_arrays(centre)))
    if centre.written_down_before and recoverable > centre.carrying_amount:
        text = N_(
            "What was written down is not written up again under CAS 8 art. 17; under"
            " IAS 36.117, up to what the carrying amount would be without it."
        )
        yield _issue(Severity.NOTE, "written_down_before", text)


def outputs(params: Any) -> dict[str, Any]:
    """Return which of the two amounts is the recoverable one."""
    centre = centred(params)
    found = {"value_in_use": centre.value_in_use}
    if centre.fair_value is not None:
        found["fair_value_less_costs"] = centre.fair_value - centre.disposal_costs
    known = {name: one for name, one in found.items() if one is not None}
    return {"binds": max(known, key=lambda name: known[name])}


METHOD = Method(
    key="recoverable_amount",
    version=1,
    approach=None,
    title=N_("Recoverable amount and impairment"),
    idea=N_(
        "An asset recovers the better of selling and keeping it; what the carrying"
        " amount is above that is impairment."
    ),
    source=(
        "《企业会计准则第8号——资产减值》第六至九、十一、十三、十五条，《企业会计准则第39号——"
        "公允价值计量》；IAS 36.18–59、IFRS 13.72–93（条款依记忆引用，未核对原文）"
    ),
    params=Params,
    arrays=number_arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    purposes=(Purpose.FINANCIAL_REPORTING,),
    finds=Finds.AMOUNT,
    listed=Topic.SPECIAL,
    tells=(
        ("fair_value_less_costs", "N"),
        ("value_in_use", "U"),
        ("recoverable", "R"),
        ("impairment", "I"),
        ("headroom", "H"),
    ),
)
