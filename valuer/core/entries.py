"""Read a method's parameters from JSON, and say what is wrong by name.

Unknown, missing, mistyped, NaN, infinite or out-of-range parameters are issues whose
``where`` is the parameter's name; with one error there are no parameters.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from valuer.core.distributions import DISTRIBUTIONS, Distribution, is_distribution
from valuer.core.params import (
    KIND_WORDS,
    Kind,
    Parameter,
    Shape,
    parameters,
)
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.texts import N_, Message, message

LONGEST = 200
"""The most periods a series may have."""

_DECIMAL = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?")
_SPREAD = 0.001  # share of draws outside the range above which we warn


class _Wrong(Exception):  # noqa: N818 - carries a message to read_params, no further
    def __init__(self, wording: Message) -> None:
        self.wording = wording
        super().__init__(str(wording))


def read_params(
    kind: type[Any], given: Mapping[str, Any]
) -> tuple[Any, tuple[Issue, ...]]:
    """Return parameters of ``kind`` and the issues; None with an error among them."""
    known = parameters(kind)
    issues = [
        _error(
            name, message(N_("{name} is not a parameter of this method."), name=name)
        )
        for name in given
        if name not in {one.name for one in known}
    ]
    values: dict[str, Any] = {}
    for one in known:
        if one.name not in given:
            if one.required:
                text = N_("{name} is missing; state {what}.")
                what = message(KIND_WORDS[one.measure.kind])
                issues.append(_error(one.name, message(text, name=one.name, what=what)))
            continue
        try:
            values[one.name] = _read(one, given[one.name])
        except _Wrong as wrong:
            issues.append(_error(one.name, wrong.wording))
            continue
        issues.extend(_doubts(one, values[one.name]))
    if any(issue.severity is Severity.ERROR for issue in issues):
        return None, tuple(issues)
    return kind(**values), tuple(issues)


def params_or_refuse(kind: type[Any], given: Any) -> tuple[Any, tuple[Issue, ...]]:
    """Return the parameters and their warnings.

    Raises:
        UserError: something in ``given`` is wrong; the first error is named.
    """
    if not isinstance(given, Mapping):
        raise UserError(N_("Parameters must be one JSON object."))
    params, issues = read_params(kind, given)
    for issue in issues:
        if issue.severity is Severity.ERROR:
            raise UserError(issue.wording)
    return params, issues


def plain_params(params: Any) -> dict[str, Any]:
    """Return parameters as the JSON that reads back to them."""
    return {field.name: _plain(getattr(params, field.name)) for field in fields(params)}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if is_distribution(value):
        kind = DISTRIBUTIONS[value.name]
        numbers = {field.name: getattr(value, field.name) for field in fields(kind)}
        return {"dist": value.name, **numbers}
    return value


def _read(one: Parameter, given: Any) -> Any:
    match one.measure.kind:
        case Kind.DATE:
            return _date(one, given)
        case Kind.CHOICE:
            return _choice(one, given)
        case Kind.CURRENCY:
            return _currency(one, given)
        case _:
            return _numbers(one, given)


def _numbers(one: Parameter, given: Any) -> Any:
    if not isinstance(given, list | tuple):
        if one.measure.shape is Shape.SERIES:
            raise _Wrong(
                message(
                    N_("{name} must be a list of amounts, one a period."), name=one.name
                )
            )
        return _quantity(one, one.name, given)
    if one.measure.shape is Shape.SINGLE:
        raise _Wrong(
            message(N_("{name} must be one number, not a list."), name=one.name)
        )
    if not 1 <= len(given) <= LONGEST:
        text = N_("{name} must have 1 to {most} periods; it has {count}.")
        raise _Wrong(message(text, name=one.name, most=LONGEST, count=len(given)))
    return tuple(
        _quantity(one, f"{one.name}[{index}]", item) for index, item in enumerate(given)
    )


def _quantity(one: Parameter, name: str, given: Any) -> Any:
    if isinstance(given, Mapping):
        return _distribution(one, name, given)
    number = _number(one, name, given)
    if not one.admits(number):
        raise _Wrong(_outside(one, name, number))
    return number


def _number(one: Parameter, name: str, given: Any) -> float:
    if isinstance(given, str) and one.measure.kind is Kind.MONEY:
        if _DECIMAL.fullmatch(given):
            return float(given)
    elif isinstance(given, int | float | Decimal) and not isinstance(given, bool):
        number = _float(given)
        if math.isfinite(number):
            return number
        raise _Wrong(message(N_("{name} must be a finite number."), name=name))
    what = message(KIND_WORDS[one.measure.kind])
    text = N_("{name} must be {what}; “{given}” is not.")
    raise _Wrong(message(text, name=name, what=what, given=_short(given)))


def _float(given: float | Decimal) -> float:
    try:
        return float(given)
    except OverflowError:
        return math.inf


def _distribution(one: Parameter, name: str, given: Mapping[str, Any]) -> Distribution:
    kind = DISTRIBUTIONS.get(str(given.get("dist")))
    if kind is None:
        text = N_("{name}: “{given}” is no distribution; known are {known}.")
        known = ", ".join(DISTRIBUTIONS)
        raise _Wrong(
            message(text, name=name, given=_short(given.get("dist")), known=known)
        )
    wanted = [field.name for field in fields(kind)]
    for key in given:
        if key != "dist" and key not in wanted:
            text = N_("{name}.{key} is not a parameter of this distribution.")
            raise _Wrong(message(text, name=name, key=key))
    for key in wanted:
        if key not in given:
            raise _Wrong(message(N_("{name}.{key} is missing."), name=name, key=key))
    numbers = {key: _number(one, f"{name}.{key}", given[key]) for key in wanted}
    found: Distribution = kind(**numbers)
    if fault := found.fault():
        text = N_("{name}.{key} does not fit the other figures of the distribution.")
        raise _Wrong(message(text, name=name, key=fault))
    for key in ("low", "mode", "high", "mean"):
        if key in numbers and not one.admits(numbers[key]):
            raise _Wrong(_outside(one, f"{name}.{key}", numbers[key]))
    return found


def _doubts(one: Parameter, value: Any) -> list[Issue]:
    """Warn where a distribution reaches out of the parameter's range."""
    found = []
    for item in value if isinstance(value, tuple) else (value,):
        if not is_distribution(item):
            continue
        below = item.cumulative(one.low) if one.low is not None else 0.0
        above = 1 - item.cumulative(one.high) if one.high is not None else 0.0
        if below + above > _SPREAD:
            text = N_(
                "{name}: {share:.1%} of the distribution lies outside the range of the"
                " parameter and is cut off."
            )
            found.append(
                Issue(
                    Severity.WARNING,
                    message(text, name=one.name, share=below + above),
                    one.name,
                )
            )
    return found


def _date(one: Parameter, given: Any) -> date:
    if isinstance(given, date):
        return given
    if isinstance(given, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", given):
        try:
            return date.fromisoformat(given)
        except ValueError:
            pass  # such as 2026-02-30: told below like any other wrong date
    text = N_("{name} must be a date such as 2026-09-30; “{given}” is not.")
    raise _Wrong(message(text, name=one.name, given=_short(given)))


def _choice(one: Parameter, given: Any) -> Any:
    kind = one.choices
    if kind is None:
        raise TypeError(f"{one.name} has no choices")
    for member in kind:
        if given == member.value and isinstance(given, str):
            return member
    text = N_("{name} must be one of {known}; “{given}” is not.")
    known = ", ".join(str(member.value) for member in kind)
    raise _Wrong(message(text, name=one.name, known=known, given=_short(given)))


def _currency(one: Parameter, given: Any) -> str:
    if isinstance(given, str) and re.fullmatch(r"[A-Z]{3}", given):
        return given
    text = N_("{name} must be a currency such as CNY; “{given}” is not.")
    raise _Wrong(message(text, name=one.name, given=_short(given)))


def _outside(one: Parameter, name: str, number: float) -> Message:
    low = "" if one.low is None else f"{one.low:g}"
    high = "" if one.high is None else f"{one.high:g}"
    values = {"name": name, "low": low, "high": high, "number": f"{number:g}"}
    if one.high is None:
        if one.above:
            return message(N_("{name} must be above {low}; it is {number}."), **values)
        return message(N_("{name} must be at least {low}; it is {number}."), **values)
    if one.low is None:
        return message(N_("{name} must be at most {high}; it is {number}."), **values)
    return message(
        N_("{name} must lie between {low} and {high}; it is {number}."), **values
    )


def _short(given: Any) -> str:
    text = str(given)
    return text if len(text) <= 40 else text[:40] + "…"


def _error(name: str, wording: Message) -> Issue:
    return Issue(Severity.ERROR, wording, name)
