"""What a scenario may replace: figures, whole series by a factor, choices of words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from valuer.core.asked import Scenario
from valuer.core.distributions import is_distribution
from valuer.core.entries import plain_params
from valuer.core.levers import lever
from valuer.core.method import Method
from valuer.core.params import Kind, Measure, Parameter, parameters
from valuer.core.problems import UserError
from valuer.core.quantities import place_of
from valuer.core.scenario_sets import named
from valuer.core.slots import slots
from valuer.core.texts import N_, Message, message
from valuer.gui.analysis_words import input_words
from valuer.gui.input_lines import input_lines
from valuer.gui.notation import distribution_words, notation
from valuer.gui.shell import Shell

_FEW = 3  # figures of a list that are told one by one


@dataclass(frozen=True, slots=True)
class Input:
    """One thing that a scenario may replace.

    Attributes:
        path: its place in JSON; ``given`` as JSON what stands there.
        one: the parameter that its field goes by.
        begun: what its field begins with: of a distribution, the centre.
        parts: paths and centres of all places, where a factor multiplies them.
    """

    path: str
    label: Message
    one: Parameter
    given: Any
    begun: Any
    parts: tuple[tuple[str, float], ...] = ()


def inputs_of(params: Any) -> dict[str, Input]:
    """Return what may be replaced, by a key of its own: series before their parts."""
    found: dict[str, Input] = {}
    lines = {place_of(line.slot).path: line for line in input_lines(params)}
    known = slots(params)
    for path in dict.fromkeys(slot.path for slot, _ in known):
        moved = lever(params, path)
        if moved.is_factor:
            found[f"× {path}"] = _factor(path, params)
        for slot, value in (one for one in known if one[0].path == path):
            place = place_of(slot).path
            line = lines[place]
            begun = _begun(value)
            found[place] = Input(place, line.label, slot.parameter, line.value, begun)
    given = plain_params(params)
    for one in parameters(type(params)):
        if one.measure.kind is Kind.CHOICE and given.get(one.name) is not None:
            label = message(one.label)
            word = str(given[one.name])
            found[one.name] = Input(one.name, label, one, word, word)
    return found


def replaced(scenario: Scenario, one: Input, value: Any) -> Scenario:
    """Return a scenario that replaces an input; None leaves it as given."""
    paths = [one.path, *(path for path, _ in one.parts)]
    kept = {path: old for path, old in scenario.changes.items() if path not in paths}
    if value is None:
        return replace(scenario, changes=kept)
    if not one.parts:
        return replace(scenario, changes=kept | {one.path: value})
    figures = {path: float(f"{centre * value:.12g}") for path, centre in one.parts}
    if "." not in one.path:
        return replace(scenario, changes=kept | {one.path: [*figures.values()]})
    return replace(scenario, changes=kept | figures)


def stated(scenario: Scenario, one: Input) -> Any:
    """Return what a scenario states of an input, a factor where it is one; or None."""
    if not one.parts:
        return scenario.changes.get(one.path)
    given = scenario.changes.get(one.path)
    values = given if isinstance(given, list | tuple) else None
    if values is None:
        values = [scenario.changes.get(path) for path, _ in one.parts]
    return _ratio(values, [centre for _, centre in one.parts])


def change_label(method: Method, params: Any, path: str) -> Message:
    """Return what people call what a change replaces."""
    try:
        return named(method.params, path)[1]
    except UserError:
        return input_words(params, path)


def change_words(
    method: Method, path: str, value: Any, inputs: dict[str, Input], shell: Shell
) -> str:
    """Return what a change puts in the place of what is given."""
    whole = inputs.get(f"× {path}")
    if whole is not None and isinstance(value, list | tuple):
        factor = _ratio(value, [centre for _, centre in whole.parts])
        if factor is not None:
            return f"× {factor:g}"
    try:
        one, _ = named(method.params, path)
    except UserError:
        return str(value)
    return _figure(one, value, shell)


def _figure(one: Parameter, value: Any, shell: Shell) -> str:
    kind = one.measure.kind
    typed = notation(kind, shell.scale)
    if isinstance(value, list | tuple):
        if len(value) > _FEW:
            return shell.words.tell(N_("{count} figures"), count=len(value))
        return " / ".join(_figure(one, item, shell) for item in value)
    if isinstance(value, dict) and "dist" in value:
        return distribution_words(value, typed, shell.words)
    if kind is Kind.CHOICE:
        known = dict(one.choice_labels)
        return shell.words.tell(known[value]) if value in known else str(value)
    return typed.show(value) if one.is_number else str(value)


def _factor(path: str, params: Any) -> Input:
    moved = lever(params, path)
    one = moved.given[0][0].parameter
    # A factor is a plain figure, whatever it multiplies.
    plain = replace(one, measure=Measure(Kind.NUMBER), low=None, high=None)
    text = N_("{label}, all by a factor")
    parts = tuple((place_of(slot).path, centre) for slot, centre in moved.given)
    return Input(path, message(text, label=moved.label), plain, 1.0, 1.0, parts)


def _begun(value: Any) -> Any:
    return float(f"{value.centre:.12g}") if is_distribution(value) else value


def _ratio(values: Any, centres: list[float]) -> float | None:
    """Return the factor between figures and centres, if there is one for all."""
    if len(values) != len(centres) or not all(
        isinstance(value, int | float) for value in values
    ):
        return None
    pairs = [(v, c) for v, c in zip(values, centres, strict=True) if c]
    if not pairs:
        return None
    factor = float(f"{pairs[0][0] / pairs[0][1]:.9g}")
    is_one = all(abs(v - c * factor) <= 1e-6 * abs(c) for v, c in pairs)
    return factor if is_one else None
