"""The guide page of a method (方法说明): idea, inputs, formulas, one worked example.

Everything on it comes from the method itself: the example is run when the page is
made, so that no figure is typed and no page grows old unnoticed. Markdown, Chinese
first and English after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from valuer.core.entries import params_or_refuse
from valuer.core.examples import Example
from valuer.core.method import FINDS_NAMES, TOPIC_NAMES, Method, Result
from valuer.core.params import LEVEL, Kind, Parameter, parameters
from valuer.core.texts import N_, say, tr
from valuer.core.value_words import param_words
from valuer.core.working import PERIODS, Step, Unit

LANGUAGES = ("zh_CN", "en")

_MOST = 8
"""The most places of a series that are shown; the rest is a dash of dots."""

_FALSE_MARKS = str.maketrans({"|": "\\|", "\n": " ", "<": "&lt;", "*": "\\*"})


def guide(method: Method, example: Example | None) -> str:
    """Return the page of a method; ``example`` is one that runs it, or None.

    Raises:
        UserError: the example's parameters are refused.
    """
    title = " · ".join(tr(method.title, language) for language in LANGUAGES)
    head = [f"# {title}", "", f"`{method.key}` · v{method.version}", ""]
    parts = (_part(method, example, language) for language in LANGUAGES)
    return (
        "\n".join([*head, *(line for part in parts for line in part)]).rstrip() + "\n"
    )


def _part(method: Method, example: Example | None, language: str) -> Iterator[str]:
    yield f"## {tr(method.title, language)}"
    yield ""
    yield tr(method.idea, language)
    yield ""
    for name, said in (
        (N_("Topic"), tr(TOPIC_NAMES[method.topic], language)),
        (N_("Finds"), tr(FINDS_NAMES[method.finds], language)),
        (N_("Source"), method.source),
    ):
        yield f"- {_told(name, said, language)}"
    yield ""
    yield from _inputs(method, language)
    if example is not None:
        yield from _worked(method, example, language)


def _inputs(method: Method, language: str) -> Iterator[str]:
    yield f"### {tr(N_('Inputs'), language)}"
    yield ""
    heads = (N_("Input"), N_("Symbol"), N_("Name in JSON"), N_("Meaning"))
    yield from _table(heads, language)
    shared = [one for one in parameters(method.params) if _is_convention(one)]
    for one in parameters(method.params):
        if one in shared:
            continue
        label = tr(one.label, language)
        if not one.required:
            within = "（{}）" if language == "zh_CN" else " ({})"
            label += within.format(tr(N_("optional"), language))
        yield _row(label, one.symbol, f"`{one.name}`", tr(one.help, language))
        for column in one.columns:
            name = f"`{one.name}[].{column.name}`"
            meaning = tr(column.help, language)
            yield _row(f"— {tr(column.label, language)}", column.symbol, name, meaning)
    yield ""
    if shared:
        text = N_("Conventions shared with other methods, all optional: {names}.")
        between = "、" if language == "zh_CN" else ", "
        names = between.join(
            f"{tr(one.label, language)} `{one.name}`" for one in shared
        )
        yield tr(text, language, names=names)
        yield ""


def _is_convention(one: Parameter) -> bool:
    return one.place >= LEVEL and not one.required


def _worked(method: Method, example: Example, language: str) -> Iterator[str]:
    params, _ = params_or_refuse(method.params, example.run["params"])
    result = method.run(params)
    yield f"### {_told(N_('Worked example'), example.id, language)}"
    yield ""
    yield _told(N_("Source"), example.source, language)
    yield ""
    yield from _given(method, example.run["params"], language)
    yield f"**{tr(N_('Formulas and working'), language)}**"
    yield ""
    heads = (N_("Step"), N_("Formula"), N_("Figures"))
    yield from _table(heads, language)
    for step in result.working:
        formula = f"{step.symbol} = {step.formula}" if step.formula else step.symbol
        yield _row(say(step.label, language), f"`{formula}`", _figures(step))
    yield ""
    yield _told(N_("Result"), f"**{_found(result)}**", language)
    yield ""
    for issue in result.issues:
        yield f"> {issue.say(language)}"
        yield ">"
    yield ""


def _told(name: str, said: str, language: str) -> str:
    colon = "：" if language == "zh_CN" else ": "
    return f"{tr(name, language)}{colon}{said}"


def _given(method: Method, given: Mapping[str, Any], language: str) -> Iterator[str]:
    heads = (N_("Input"), N_("Figure given"))
    yield from _table(heads, language)
    for one in parameters(method.params):
        if one.name not in given:
            continue
        label, value = tr(one.label, language), given[one.name]
        if one.measure.kind is not Kind.TABLE:
            yield _row(label, _value(one, value, language))
            continue
        for number, row in enumerate(value, 1):
            cells = (
                f"{tr(column.label, language)} {_value(column, row[column.name], language)}"
                for column in one.columns
                if column.name in row
            )
            yield _row(f"{label} {number}", "; ".join(cells))
    yield ""


def _value(one: Parameter, given: Any, language: str) -> str:
    if isinstance(given, list | tuple):
        return "; ".join(_value(one, item, language) for item in given)
    words = param_words(one, given)
    return "—" if words is None else say(words, language)


def _figures(step: Step) -> str:
    shown = [_figure(value, step.unit) for value in step.values[:_MOST]]
    more = ["…"] if len(step.values) > _MOST else []
    heads = "" if step.axis == PERIODS or not step.is_series else f"[{step.axis}] "
    return heads + "; ".join([*shown, *more])


def _found(result: Result) -> str:
    return f"{_figure(result.value, result.unit)} {result.currency}".strip()


def _figure(value: float, unit: Unit) -> str:
    """Return a number for reading; the program reckons with all its digits."""
    exact = Decimal(repr(float(value)))
    if unit is Unit.RATE:
        return f"{exact * 100:.4f}%"
    return f"{exact:,.2f}" if unit is Unit.MONEY else f"{exact:,.6f}"


def _table(heads: tuple[str, ...], language: str) -> Iterator[str]:
    yield _row(*(tr(head, language) for head in heads))
    yield "|" + " --- |" * len(heads)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.translate(_FALSE_MARKS) for cell in cells)} |"
