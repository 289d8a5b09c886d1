"""What the "why" panel says of a step: formula, inputs, their origin, the source."""

from __future__ import annotations

from decimal import Decimal

from valuer.core.case import Case
from valuer.core.params import Parameter, parameters
from valuer.core.sources import source_words
from valuer.core.texts import N_
from valuer.core.valuing import RunResult
from valuer.core.working import Step
from valuer.gui.why import Explanation, Said
from valuer.gui.words import Words
from valuer.gui.working_table import step_value


def explain_step(
    step: Step, found: RunResult, case: Case, words: Words, size: Decimal
) -> Explanation:
    """Return what stands behind a step of a run."""
    parts: list[tuple[Said, Said]] = []
    if step.formula:
        parts.append((N_("Formula"), f"{step.symbol} = {step.formula}"))
        inputs = [_line(one, words, size) for one in _inputs(step, found)]
        parts.append((N_("Made of"), "\n".join(inputs)))
    for one in parameters(found.method.params):
        if one.symbol == step.symbol:
            parts.extend(_origin(one, found, case))
    parts.append((N_("Method"), found.method.title))
    parts.append((N_("Source"), found.method.source))
    return Explanation(step.label, [part for part in parts if part[1]])


def _inputs(step: Step, found: RunResult) -> list[Step]:
    """Return the earlier steps whose symbols the formula names."""
    steps = found.result.working if found.result else ()
    before = steps[: steps.index(step)] if step in steps else steps
    return [one for one in before if one.symbol in step.formula]


def _line(step: Step, words: Words, size: Decimal) -> str:
    """Return a step as symbol, name and its figure, or its first and last."""
    first, last = (
        step_value(value, step.unit, size)
        for value in (step.values[0], step.values[-1])
    )
    shown = first if first == last else f"{first} … {last}"
    return f"{step.symbol}  {words.tell(step.label)}  {shown}"


def _origin(one: Parameter, found: RunResult, case: Case) -> list[tuple[Said, Said]]:
    """Return where a parameter comes from, and what it means."""
    origin: Said = N_("Quoted from the case")
    if one.name in (found.run.params or {}):
        origin = N_("Typed in the form")
    elif one.fact == "revenue" and case.forecast:
        origin = source_words(case.forecast.source) or origin
    return [(N_("Origin"), origin), (N_("Meaning"), one.help)]
