"""The evidence of a case (评估资料): what is taken up, and which place it supports.

A place is named as issues name it: ``runs.capm.companies``, ``runs.capm.companies[2]``,
``forecast``, ``contract.number``; nothing stands for the case as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from valuer.core.case import Case, Run
from valuer.core.case_names import (
    APPRAISERS_NAME,
    CONCLUSION_NAMES,
    FACT_NAMES,
    FORECAST_NAMES,
    HOUSE_FIELD_NAMES,
    PART_NAMES,
    PATENT_NAMES,
    RANGE_NAME,
    REPORT_NAMES,
    RUN_NAMES,
    Part,
)
from valuer.core.engagement import Evidence
from valuer.core.engagement_names import (
    CONTRACT_NAMES,
    DECLARED_NAMES,
    FACTOR_NAMES,
    FILE_NAMES,
    RECEIPT_NAMES,
)
from valuer.core.params import Kind, Parameter, parameters
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.quantities import Place
from valuer.core.registry import Registry
from valuer.core.run_differences import run_names
from valuer.core.texts import N_, Message, message

LARGEST = 50 * 1024 * 1024
"""Bytes of one document at most."""

PLACES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "patents": (PART_NAMES[Part.PATENTS], PATENT_NAMES),
    "forecast": (PART_NAMES[Part.FORECAST], FORECAST_NAMES),
    "conclusion": (PART_NAMES[Part.CONCLUSION], CONCLUSION_NAMES),
    "house": (N_("House"), HOUSE_FIELD_NAMES),
    "appraisers": (APPRAISERS_NAME, {}),
    "contract": (N_("Engagement contract"), CONTRACT_NAMES),
    "work": (FILE_NAMES["work"], {}),
    "events": (FILE_NAMES["events"], {}),
    "factors": (N_("Factor analyses"), FACTOR_NAMES),
    "declared": (N_("Declarations"), DECLARED_NAMES),
    "receipt": (N_("Receipt of the association"), RECEIPT_NAMES),
    "range_agreed": (RANGE_NAME, {}),
}
"""Parts of a case that have fields of their own, by what they and these are called."""

_PLAIN: Mapping[str, str] = {**FACT_NAMES, **REPORT_NAMES}
_STEP = re.compile(r"(\w+)(?:\[(\d{1,6})\])?(?:\.(\w+))?", re.ASCII)
_WITHIN = N_("{place}: {part}")


def with_evidence(case: Case, added: Sequence[Evidence]) -> Case:
    """Return the case with more evidence; what stands there for its place is no more.

    One document may support several places: then it has a line for each.
    """
    known = {(one.digest, one.about) for one in case.evidence}
    new: list[Evidence] = []
    for one in added:
        if (one.digest, one.about) not in known:
            known.add((one.digest, one.about))
            new.append(one)
    return replace(case, evidence=(*case.evidence, *new)) if new else case


def refuse_place(case: Case, methods: Registry, about: str) -> None:
    """Refuse a place that the case does not have.

    Raises:
        UserError: it has none of this name.
    """
    if place_words(case, methods, about) is not None:
        return
    run = case.runs[0] if case.runs else None
    if run is None:
        text = N_("The case has no place “{place}”. Name one such as forecast.")
        raise UserError(text, place=about)
    text = N_(
        "The case has no place “{place}”. Name one such as forecast,"
        " runs.{run} or runs.{run}.{parameter}."
    )
    named = next(iter(_parameters(run, methods)), "reason")
    raise UserError(text, place=about, run=run.key, parameter=named)


def place_issues(case: Case, methods: Registry) -> tuple[Issue, ...]:
    """Return which evidence is about a place that the case no longer has."""
    text = N_("{file} is about “{place}”, which the case does not have.")
    return tuple(
        Issue(
            Severity.WARNING,
            message(text, file=one.name, place=one.about),
            f"evidence[{number}]",
        )
        for number, one in enumerate(case.evidence)
        if place_words(case, methods, one.about) is None
    )


def place_words(case: Case, methods: Registry, about: str) -> Message | None:
    """Return what people call a place of the case; None where it has no such place."""
    if not about:
        return message(N_("The case as a whole"))
    if about.startswith("runs."):
        return _run_words(case, methods, about.removeprefix("runs."))
    step = _STEP.fullmatch(about)
    return None if step is None else _case_words(case, *step.groups())


def places(case: Case, methods: Registry) -> tuple[str, ...]:
    """Return the places that evidence is gathered for as a rule, in the case's order.

    They are the parts of the case, its runs, and of these the parameters stated.
    """
    return ("", *_offered(case, methods))


def _offered(case: Case, methods: Registry) -> Iterator[str]:
    yield from ("purpose_text", "patents", "contract", "forecast", "forecast.history")
    for run in case.runs:
        yield f"runs.{run.key}"
        stated = run.params or {}
        for name, one in _parameters(run, methods).items():
            if name in stated or one.measure.kind is Kind.TABLE:
                yield f"runs.{run.key}.{name}"
    yield from ("factors", "events", "receipt")


def _case_words(
    case: Case, name: str, index: str | None, part: str | None
) -> Message | None:
    if name in _PLAIN:
        return message(_PLAIN[name]) if index is part is None else None
    if name not in PLACES:
        return None
    label, parts = PLACES[name]
    words = message(label)
    if index is not None:
        rows = getattr(case, name)
        if not isinstance(rows, tuple) or int(index) >= len(rows):
            return None
        text = N_("{table}, row {row}")
        words = message(text, table=words, row=int(index) + 1)
    if part is None:
        return words
    if part not in parts:
        return None
    return message(_WITHIN, place=words, part=message(parts[part]))


def _run_words(case: Case, methods: Registry, path: str) -> Message | None:
    # A key may itself hold a full stop: the longest that fits is meant.
    fitting = [r for r in case.runs if f"{path}.".startswith(f"{r.key}.")]
    run = max(fitting, key=lambda one: len(one.key), default=None)
    if run is None:
        return None
    name = run_names(case, methods)[run.key]
    rest = path[len(run.key) + 1 :]
    if not rest:
        return name
    part = _part_words(run, methods, rest)
    return None if part is None else message(_WITHIN, place=name, part=part)


def _part_words(run: Run, methods: Registry, path: str) -> Message | None:
    if path in RUN_NAMES:
        return message(RUN_NAMES[path])
    step = _STEP.fullmatch(path)
    if step is None:
        return None
    name, index, column = step.groups()
    one = _parameters(run, methods).get(name)
    if one is None:
        return None
    if index is None:
        return message(one.label) if column is None else None
    given, row = (run.params or {}).get(name), int(index)
    if not isinstance(given, list | tuple) or row >= len(given):
        return None
    return _row_words(one, row + 1, column)


def _row_words(one: Parameter, row: int, column: str | None) -> Message | None:
    if one.measure.kind is not Kind.TABLE:
        return Place(one, row).label if column is None else None
    if column is None:
        text = N_("{table}, row {row}")
        return message(text, table=message(one.label), row=row)
    found = next((each for each in one.columns if each.name == column), None)
    return None if found is None else Place(found, table=(one, row)).label


def _parameters(run: Run, methods: Registry) -> dict[str, Any]:
    try:
        method = methods.find(run.method, run.version)
    except UserError:  # of a newer program
        return {}
    return {one.name: one for one in parameters(method.params)}
