"""The inputs of a run one by one, as the simulation shows and changes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from valuer.core.distributions import is_distribution, plain_distribution
from valuer.core.params import Kind, Parameter, parameters
from valuer.core.quantities import Place
from valuer.core.slots import Slot, slots
from valuer.core.texts import N_, Message, message
from valuer.gui import formats
from valuer.gui.notation import distribution_words, notation
from valuer.gui.shell import Shell


@dataclass(frozen=True, slots=True)
class InputLine:
    """One input: where it stands, what it is called, its figure as JSON."""

    slot: Slot
    label: Message
    value: Any

    @property
    def is_uncertain(self) -> bool:
        """Whether it has a distribution."""
        return isinstance(self.value, dict)


def input_lines(params: Any) -> list[InputLine]:
    """Return every figure among the parameters, in order."""
    return [
        InputLine(slot, slot_label(params, slot), _plain(value))
        for slot, value in slots(params)
    ]


def slot_label(params: Any, slot: Slot) -> Message:
    """Return what people call a slot: its parameter, or its row's name and column."""
    name, _, column = slot.path.partition(".")
    if not column:
        period = slot.index[0] + 1 if slot.index else None
        return Place(slot.parameter, period).label
    tables = {one.name: one for one in parameters(type(params))}
    row, within = slot.index[0], slot.index[1:]
    called = _called(tables[name], getattr(params, name), row)
    if not called:
        period = within[0] + 1 if within else None
        return Place(slot.parameter, period, table=(tables[name], row + 1)).label
    said: Message | str = message(slot.parameter.label)
    if within:
        across = slot.parameter.measure.across
        number = within[0]
        said = _called(tables[across], getattr(params, across), number) or str(
            number + 1
        )
    text = N_("{row} {name}: {column}")
    return message(text, row=row + 1, name=called, column=said)


def _called(table: Parameter, rows: Any, row: int) -> str:
    """Return the first words of a row, or ""."""
    words = [one.name for one in table.columns if one.measure.kind is Kind.TEXT]
    return str(getattr(rows[row], words[0])) if words and row < len(rows) else ""


def shown_value(line: InputLine, currency: str, shell: Shell) -> str:
    """Return the figure or the distribution of an input, with its unit."""
    kind = line.slot.parameter.measure.kind
    typed = notation(kind, shell.scale)
    if line.is_uncertain:
        shown = distribution_words(line.value, typed, shell.words)
    else:
        shown = typed.show(line.value)
    if kind is Kind.MONEY:
        return f"{shown} {formats.unit_name(shell.words, currency, shell.scale.size)}"
    return f"{shown} {shell.words.tell(N_('years'))}" if kind is Kind.YEARS else shown


def with_input(given: Mapping[str, Any], slot: Slot, value: Any) -> dict[str, Any]:
    """Return the parameter of a slot, as JSON, with its figure there replaced.

    ``given`` holds all parameters, those quoted from the case among them.
    """
    name, _, column = slot.path.partition(".")
    whole = given[name]
    if not column:
        return {name: _put(whole, slot.index, value)}
    rows = [dict(row) for row in whole]
    row = rows[slot.index[0]]
    row[column] = _put(row.get(column), slot.index[1:], value)
    return {name: rows}


def _put(whole: Any, index: tuple[int, ...], value: Any) -> Any:
    if not index:
        return value
    parts = list(whole)
    parts[index[0]] = value
    return parts


def _plain(value: Any) -> Any:
    return plain_distribution(value) if is_distribution(value) else value
