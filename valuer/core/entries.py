"""Read a method's parameters from JSON, and say what is wrong by name.

Unknown, missing, mistyped, NaN, infinite or out-of-range parameters are issues whose
``where`` is the parameter's name; with one error there are no parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date
from typing import Any

from valuer.core.distributions import is_distribution, plain_distribution, within
from valuer.core.params import KIND_WORDS, Parameter, parameters
from valuer.core.problems import Issue, Severity, UserError, refuse_errors
from valuer.core.quantities import Wrong, place_of, read_entry, shortened
from valuer.core.slots import slots
from valuer.core.texts import N_, Message, message

SPREAD = 0.001
"""Share of a distribution outside its parameter's range above which we warn."""


def read_params(
    kind: type[Any], given: Mapping[str, Any]
) -> tuple[Any, tuple[Issue, ...]]:
    """Return parameters of ``kind`` and the issues; None with an error among them."""
    known = parameters(kind)
    names = {one.name for one in known}
    issues = [_unknown(name) for name in given if name not in names]
    values: dict[str, Any] = {}
    for one in known:
        if one.name not in given:
            if one.required:
                issues.append(_missing(one))
            continue
        try:
            values[one.name] = read_entry(one, given[one.name])
        except Wrong as wrong:
            issues.append(_error(wrong.where, wrong.wording))
            continue
    if any(issue.severity is Severity.ERROR for issue in issues):
        return None, tuple(issues)
    params = kind(**values)
    return params, (*issues, *_doubts(params))


def params_or_refuse(kind: type[Any], given: Any) -> tuple[Any, tuple[Issue, ...]]:
    """Return the parameters and their warnings.

    Raises:
        UserError: something in ``given`` is wrong; every error is named.
    """
    if not isinstance(given, Mapping):
        raise UserError(N_("Parameters must be one JSON object."))
    params, issues = read_params(kind, given)
    refuse_errors(issues)
    return params, issues


def plain_params(params: Any) -> dict[str, Any]:
    """Return parameters as the JSON that reads back to them; quiet ones go unsaid."""
    return {
        one.name: _plain(value)
        for one in parameters(type(params))
        if (value := getattr(params, one.name)) is not None
        and not (one.quiet and value == one.default)
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if is_distribution(value):
        return plain_distribution(value)
    return plain_params(value) if is_dataclass(value) else value


def _unknown(name: str) -> Issue:
    text = N_("“{name}” is not a parameter of this method.")
    return _error(shortened(name), message(text, name=shortened(name)))


def _missing(one: Parameter) -> Issue:
    what = message(KIND_WORDS[one.measure.kind])
    text = N_("{label} is missing; state {what}.")
    return _error(one.name, message(text, label=message(one.label), what=what))


def _doubts(params: Any) -> list[Issue]:
    """Warn where a distribution reaches out of its parameter's range."""
    found = []
    for slot, value in slots(params):
        if not is_distribution(value):
            continue
        outside = within(value, slot.parameter.low, slot.parameter.high).outside
        if outside > SPREAD:
            text = N_(
                "{label}: {share:.1%} of the distribution lies outside the range of"
                " the parameter and is cut off."
            )
            place = place_of(slot)
            wording = message(text, label=place.label, share=outside)
            found.append(Issue(Severity.WARNING, wording, place.path))
    return found


def _error(name: str, wording: Message) -> Issue:
    return Issue(Severity.ERROR, wording, name)
