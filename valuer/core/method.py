"""A valuation method: parameters, formula and the account of both.

A method's module gives a ``Params`` class, a ``formula`` over arrays (time is the
last axis, scenarios the first) and one ``Method`` that ties them together. The same
formula serves the single value, the tornado and a million scenarios.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.case import Purpose
from valuer.core.distributions import Distribution, Floats, is_distribution
from valuer.core.finite import to_blame
from valuer.core.params import Shape, parameters
from valuer.core.problems import Issue, Severity, UserError, refuse_errors
from valuer.core.slots import Slot, mapped, slots
from valuer.core.texts import N_, Message, message
from valuer.core.working import (
    PERIODS,
    Rounded,
    Rounding,
    Silent,
    Step,
    Unit,
    Working,
)


class Approach(StrEnum):
    """The three approaches (收益法, 成本法, 市场法)."""

    INCOME = "income"
    COST = "cost"
    MARKET = "market"


APPROACH_NAMES = {
    Approach.INCOME: N_("Income approach"),
    Approach.COST: N_("Cost approach"),
    Approach.MARKET: N_("Market approach"),
}


class Finds(StrEnum):
    """What a method's result is; only a value is concluded upon."""

    VALUE = "value"
    AMOUNT = "amount"
    RATE = "rate"
    SHARE = "share"
    FACTOR = "factor"
    YEARS = "years"
    SCORE = "score"


FINDS_NAMES = {
    Finds.VALUE: N_("Value"),
    Finds.AMOUNT: N_("Amount"),
    Finds.RATE: N_("Rate"),
    Finds.SHARE: N_("Share rate"),
    Finds.FACTOR: N_("Factor"),
    Finds.YEARS: N_("Years"),
    Finds.SCORE: N_("Score"),
}

UNITS = {
    Finds.VALUE: Unit.MONEY,
    Finds.AMOUNT: Unit.MONEY,
    Finds.RATE: Unit.RATE,
    Finds.SHARE: Unit.RATE,
    Finds.FACTOR: Unit.FACTOR,
    Finds.YEARS: Unit.YEARS,
    Finds.SCORE: Unit.NUMBER,
}


class Topic(StrEnum):
    """Under what a method is listed for people to choose from."""

    INCOME = "income"
    COST = "cost"
    MARKET = "market"
    OPTIONS = "options"
    RATES = "rates"
    SHARES = "shares"
    LIVES = "lives"
    SPECIAL = "special"
    TIME = "time"


TOPIC_NAMES = {
    Topic.INCOME: N_("Income approach"),
    Topic.COST: N_("Cost approach"),
    Topic.MARKET: N_("Market approach"),
    Topic.OPTIONS: N_("Real options"),
    Topic.RATES: N_("Discount rates"),
    Topic.SHARES: N_("Share and royalty rates"),
    Topic.LIVES: N_("Lives"),
    Topic.SPECIAL: N_("Floors and special purposes"),
    Topic.TIME: N_("Time value of money"),
}

Arrays = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """What a method finds.

    Attributes:
        value: what was found, at full precision; money is in ``currency``.
        working: every step; its last one is the value.
        outputs: what was found besides, JSON-able; ``periods`` as laid out, ``axes``
            the names along every other axis of the working.
        issues: warnings and notes on the inputs.
    """

    method: str
    version: int
    value: float
    currency: str
    working: tuple[Step, ...]
    outputs: Mapping[str, Any]
    issues: tuple[Issue, ...]
    finds: Finds = Finds.VALUE

    @property
    def unit(self) -> Unit:
        """What the value is a number of."""
        return UNITS[self.finds]

    @property
    def amount(self) -> Decimal:
        """The value as a decimal, without loss."""
        return decimal_of(self.value)

    def heads(self, axis: str = PERIODS) -> tuple[str, ...]:
        """Return what each place of an axis is called: the day its period ends, a name.

        Nameless places are numbered.
        """
        if axis == PERIODS and self.outputs.get("periods"):
            return tuple(str(one["end"]) for one in self.outputs["periods"])
        named = self.outputs.get("axes", {}).get(axis)
        if named is not None:
            return tuple(map(str, named))
        along = (len(step.values) for step in self.working if step.axis == axis)
        return tuple(map(str, range(1, max(along, default=0) + 1)))


@dataclass(frozen=True, slots=True)
class Method:
    """One version of a method.

    Attributes:
        key: stable name; ``version``: number of the formula, from 1.
        approach: the one it belongs to; None for what values nothing by itself.
        title: marked name; ``idea``: marked sentence on what it does.
        source: standard and clause, or author, year and equation.
        params: the dataclass of its parameters.
        arrays: turns checked parameters (numbers in place of distributions) into
            the formula's keyword arguments; dates become time and fraction here.
        formula: present value from a working and those arrays.
        check: issues that no single parameter shows (dates out of order).
        outputs: what to tell besides the value.
        purposes: for which alone its result is meant; () for all.
        finds: what the result is.
        listed: the topic it is listed under, where that is not its approach.
        tells: (name, symbol) of steps of the working told among the outputs.
        sound: says of columns which rows ``check`` finds no error of, for a stock of
            great size (core/stock/sound.py); None: each row is asked by itself.
        work: figures that a scenario computes beyond the usual (core/work.py).
        alone: figures that a value computed by itself takes beyond the usual, where
            roots are searched one by one.
    """

    key: str
    version: int
    approach: Approach | None
    title: str
    idea: str
    source: str
    params: type[Any]
    arrays: Callable[[Any], dict[str, Any]]
    formula: Callable[..., Floats]
    check: Callable[[Any], tuple[Issue, ...]] = lambda _: ()
    outputs: Callable[[Any], dict[str, Any]] = lambda _: {}
    purposes: tuple[Purpose, ...] = ()
    finds: Finds = Finds.VALUE
    listed: Topic | None = None
    tells: tuple[tuple[str, str], ...] = ()
    sound: Callable[[Any], Any] | None = None
    work: Callable[[Any], float] | None = None
    alone: float = 0.0

    @property
    def topic(self) -> Topic:
        """What the method is listed under."""
        if self.listed is not None:
            return self.listed
        assert self.approach is not None  # noqa: S101 - what has neither is no method
        return Topic(self.approach.value)

    @property
    def is_valuing(self) -> bool:
        """Whether its result may be concluded upon."""
        return self.finds is Finds.VALUE

    def run(self, params: Any) -> Result:
        """Value ``params``, distributions standing at their centres.

        Raises:
            UserError: parameters contradict each other, or no finite value results.
        """
        issues = self.checked(params)
        working = Working(rounding_of(params))
        with np.errstate(all="ignore"):
            found = float(self.formula(working, **self.arrays(centred(params))))
            outputs = {**self.outputs(params), **self._told(working)}
        value = found + 0.0  # nought has no sign
        if fault := _infinite(value, working.steps):
            self._refuse_infinite(fault, params)
        return Result(
            self.key,
            self.version,
            value,
            params.currency if UNITS[self.finds] is Unit.MONEY else "",
            working.steps,
            outputs,
            issues,
            self.finds,
        )

    def _refuse_infinite(self, fault: Message, params: Any) -> None:
        where = to_blame(centred(params), lambda one: self.values(self.arrays(one)))
        if where is not None:
            refuse_errors((Issue(Severity.ERROR, fault, where),))
        raise UserError("{fault}", fault=fault)

    def _told(self, working: Working) -> dict[str, Any]:
        steps = {step.symbol: step for step in working.steps}
        return {
            name: list(step.values) if step.is_series else step.values[0]
            for name, symbol in self.tells
            if (step := steps.get(symbol)) is not None
        }

    def checked(self, params: Any) -> tuple[Issue, ...]:
        """Return warnings and notes on parameters.

        Raises:
            UserError: parameters contradict each other.
        """
        with np.errstate(all="ignore"):
            issues = self.check(params)
        refuse_errors(issues)
        return issues

    def values(self, arrays: Arrays) -> Floats:
        """Return the values of many scenarios, without working; shape (scenarios,)."""
        with np.errstate(all="ignore"):
            return self.formula(Silent(), **arrays)


def _infinite(value: float, steps: tuple[Step, ...]) -> Message | None:
    """Return what is wrong with a value that is no finite number: its first step."""
    for step in steps:
        if not np.isfinite(step.values).all():
            text = N_(
                "These parameters give no finite figure for “{label}”, a step of the"
                " working; look for one that is much too great or too small."
            )
            label = step.label
            named = label if isinstance(label, Message) else message(label)
            return message(text, label=named)
    if not np.isfinite(value):
        return message(N_("These parameters give no finite value."))
    return None


_DIGITS = {
    Rounded.FACTOR: "factor_digits",
    Rounded.SHARE: "share_digits",
    Rounded.AMOUNT: "amount_digits",
}
"""The parameters, where a method has them, that state the policy of rounding."""


def rounding_of(params: Any) -> Rounding:
    """Return the policy of rounding that parameters state; {} rounds nothing."""
    stated = {kind: getattr(params, name, None) for kind, name in _DIGITS.items()}
    return {kind: int(digits) for kind, digits in stated.items() if digits is not None}


def is_uncertain(params: Any) -> bool:
    """Whether any parameter is a distribution."""
    return bool(uncertain(params))


def uncertain(params: Any) -> list[tuple[Slot, Distribution]]:
    """Return every distribution with its slot, in order."""
    return [(slot, value) for slot, value in slots(params) if is_distribution(value)]


def centred(params: Any) -> Any:
    """Return the parameters with every distribution at its mode or mean."""

    def centre(slot: Slot, value: Any) -> Any:
        del slot
        return value.centre if is_distribution(value) else value

    return mapped(params, centre)


def takes_series(params: type[Any], name: str) -> bool:
    """Whether a parameter may be a series."""
    return any(
        one.name == name and one.measure.shape is not Shape.SINGLE
        for one in parameters(params)
    )


def decimal_of(number: float) -> Decimal:
    """Return the shortest decimal that is this float."""
    return Decimal(repr(float(number)))


def plain_amount(amount: Decimal) -> str:
    """Return a decimal as digits, without an exponent."""
    return format(amount, "f")
