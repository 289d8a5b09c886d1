"""Positions of inputs and what is found there, as the window tells them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from valuer.core.break_even import BreakEven
from valuer.core.levers import Lever, lever
from valuer.core.method import Result
from valuer.core.params import Kind
from valuer.core.problems import UserError
from valuer.core.slots import slots
from valuer.core.texts import N_, Message, message
from valuer.core.working import Unit
from valuer.gui.case_figures import scale_of
from valuer.gui.notation import Notation, notation
from valuer.gui.shell import Shell
from valuer.gui.working_table import step_value

_KINDS = {Unit.MONEY: Kind.MONEY, Unit.RATE: Kind.RATE, Unit.YEARS: Kind.YEARS}


def lever_names(params: Any) -> dict[str, Message]:
    """Return the inputs that can be moved, by their names in JSON."""
    paths = dict.fromkeys(slot.path for slot, _ in slots(params)) if params else {}
    return {path: lever(params, path).label for path in paths}


def input_words(params: Any, name: str) -> Message:
    """Return what people call an input, however it was named; else its name."""
    try:
        return lever(params, name).label
    except UserError:
        return message(N_("“{name}”"), name=name)


def position_words(one: Lever, position: float, shell: Shell) -> str:
    """Return where an input stands."""
    exact = float(f"{position:.6g}")
    if one.is_factor:
        return f"× {exact:g}"
    return notation(one.kind, shell.scale).show(exact)


def value_words(value: float | None, result: Result | None, shell: Shell) -> str:
    """Return a value of a run, without its unit; a dash where there is none."""
    if value is None:
        return "—"
    return step_value(value, _measured(result), shell.scale.size)


def unit_words(result: Result | None, shell: Shell) -> str:
    """Return the unit of a run's values at the scale shown."""
    currency = "" if result is None else result.currency
    return scale_of(_measured(result), currency, shell.words, shell.scale.size)[1]


def with_unit(value: float | None, result: Result | None, shell: Shell) -> str:
    """Return a value of a run with its unit."""
    words = value_words(value, result, shell)
    return f"{words} {unit_words(result, shell)}" if result is not None else words


def value_notation(result: Result | None, shell: Shell) -> Notation:
    """Return how a value of a run is typed."""
    return notation(_KINDS.get(_measured(result), Kind.NUMBER), shell.scale)


def met_words(even: BreakEven, result: Result | None, shell: Shell) -> Message:
    """Return where the target is reached, or what is reached instead."""
    one = even.input
    if even.positions:
        at = tuple(position_words(one, place, shell) for place in even.positions)
        text = N_("{input}: the target is reached at {positions}.")
        return message(text, input=one.label, positions=at)
    text = N_(
        "{input}: the target is not reached; between {low} and {high} the result"
        " lies from {least} to {greatest}."
    )
    ends = {
        "low": position_words(one, even.low, shell),
        "high": position_words(one, even.high, shell),
        "least": value_words(even.least, result, shell),
        "greatest": value_words(even.greatest, result, shell),
    }
    return message(text, input=one.label, **ends)


def spread_words(
    values: Iterable[float | None], result: Result | None, shell: Shell
) -> Message:
    """Return between what the values of a table lie."""
    known = [value for value in values if value is not None]
    if not known:
        return message(N_("no value anywhere"))
    least, greatest = (
        value_words(end, result, shell) for end in (min(known), max(known))
    )
    text = N_("{least} to {greatest} {unit}")
    unit = unit_words(result, shell)
    return message(text, least=least, greatest=greatest, unit=unit)


def _measured(result: Result | None) -> Unit:
    return Unit.MONEY if result is None else result.unit
