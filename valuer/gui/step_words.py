"""What the "why" panel says of a step: formula, inputs, their origin, the source."""

from __future__ import annotations

import re
from decimal import Decimal

from valuer.core.case import Case
from valuer.core.params import Parameter, parameters
from valuer.core.sources import source_words
from valuer.core.texts import N_, message
from valuer.core.valuing import RunResult
from valuer.core.working import Step
from valuer.gui.taking import taken_at
from valuer.gui.why import Explanation, Said
from valuer.gui.words import Words
from valuer.gui.working_table import step_value

LISTED = 24
"""The most figures of one input that are listed."""


def explain_step(
    step: Step, found: RunResult, case: Case, words: Words, size: Decimal
) -> Explanation:
    """Return what stands behind a step of a run."""
    parts: list[tuple[Said, Said]] = []
    if step.formula:
        parts.append((N_("Formula"), f"{step.symbol} = {step.formula}"))
        inputs = [_line(one, words, size) for one in _inputs(step, found)]
        parts.append((N_("Made of"), "\n".join(inputs)))
    else:
        parts.append((N_("Figures"), _figures(step, found, size)))
        parts.extend(_origin(step, found, case))
    parts.append((N_("Method"), found.method.title))
    parts.append((N_("Source"), found.method.source))
    told = [part for part in parts if part[1]]
    return Explanation(step.label, told, _leads(step, found))


def _leads(step: Step, found: RunResult) -> list[tuple[Said, str]]:
    """Return a link to the run that an input is taken from."""
    text = N_("Show “{run}”")
    return [
        (message(text, run=one.run), one.run)
        for known in parameters(found.method.params)
        if known.symbol == step.symbol and not step.formula
        for one in [taken_at(found, known.name)]
        if one is not None
    ]


def _inputs(step: Step, found: RunResult) -> list[Step]:
    """Return the earlier steps whose symbols the formula names."""
    steps = found.result.working if found.result else ()
    before = steps[: steps.index(step)] if step in steps else steps
    named = set(re.findall(r"\w+", step.formula))
    return [one for one in before if one.symbol in named]


def _line(step: Step, words: Words, size: Decimal) -> str:
    """Return a step as symbol, name and its figure, or its first and last."""
    first, last = (
        step_value(value, step.unit, size)
        for value in (step.values[0], step.values[-1])
    )
    shown = first if first == last else f"{first} … {last}"
    return f"{step.symbol}  {words.tell(step.label)}  {shown}"


def _figures(step: Step, found: RunResult, size: Decimal) -> str:
    """Return an input's figures, each with the name of its place."""
    shown = [step_value(value, step.unit, size) for value in step.values]
    if not step.is_series or found.result is None:
        return shown[0]
    heads = found.result.heads(step.axis)
    lines = [f"{head}  {one}" for head, one in zip(heads, shown, strict=False)]
    return "\n".join(lines[:LISTED] + ["…"] * (len(lines) > LISTED))


def _origin(step: Step, found: RunResult, case: Case) -> list[tuple[Said, Said]]:
    """Return where an input comes from, and what it means."""
    known = parameters(found.method.params)
    columns = [(one, column) for one in known for column in one.columns]
    named = [(one, one) for one in known] + columns
    # A step that no input names by its letter is still read from the table it lies
    # along, as an index for each comparable is.
    named += [(one, one) for one in known if step.is_series and one.name == step.axis]
    for number, (stated, one) in enumerate(named):
        if one.symbol == step.symbol or number >= len(known) + len(columns):
            return _stated(stated, one, found, case)
    return []


def _stated(
    stated: Parameter, one: Parameter, found: RunResult, case: Case
) -> list[tuple[Said, Said]]:
    """Return the origin of what is stated in a parameter, or in a column of it."""
    origin: Said = N_("Default")
    if (taken := taken_at(found, stated.name)) is not None:
        text = N_("Taken from “{run}”, another method of the case")
        origin = message(text, run=taken.run)
    elif stated.name in (found.run.params or {}):
        origin = N_("Typed in the form")
    elif stated.fact:
        origin = N_("Quoted from the case")
        if stated.fact == "revenue" and case.forecast:
            origin = source_words(case.forecast.source) or origin
    parts: list[tuple[Said, Said]] = [(N_("Origin"), origin)]
    if stated is not one:
        parts.append((N_("Table"), stated.label))
    return [*parts, (N_("Meaning"), one.help)]
