"""JSON Schema of a method's parameters and of a case, for whoever calls us."""

from __future__ import annotations

from typing import Any

import msgspec

from valuer.core.case import Case
from valuer.core.distribution_words import DISTRIBUTION_MEANINGS
from valuer.core.distributions import (
    DISTRIBUTIONS,
    LONGEST_LIST,
    Figure,
    Measured,
    figures,
)
from valuer.core.params import Kind, Parameter, Shape, parameters
from valuer.core.quantities import LONGEST, LONGEST_TEXT
from valuer.core.texts import tr

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def params_schema(params: type[Any], language: str = "en") -> dict[str, Any]:
    """Return the JSON Schema of a method's parameters."""
    return {"$schema": _DIALECT, **_object(parameters(params), language)}


def case_schema() -> dict[str, Any]:
    """Return the JSON Schema of a case; a patent may be quoted by its number."""
    schema = msgspec.json.schema(Case)
    definitions = schema["$defs"]
    patents = definitions["Case"]["properties"]["patents"]
    quote = {
        "type": "object",
        "required": ["quote"],
        "additionalProperties": False,
        "properties": {
            "quote": {
                "type": "string",
                "description": "number of a patent of the library, stored by value",
            }
        },
    }
    patents["items"] = {"anyOf": [patents["items"], quote]}
    for definition in definitions.values():
        if definition.get("type") == "object":
            definition["additionalProperties"] = False
    return {"$schema": _DIALECT, **schema}


def _object(known: tuple[Parameter, ...], language: str) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [one.name for one in known if one.required],
        "properties": {one.name: _property(one, language) for one in known},
    }


def _property(one: Parameter, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "title": tr(one.label, language),
        "description": tr(one.help, language),
    }
    if not one.required:
        default = getattr(one.default, "value", one.default)
        found["default"] = list(default) if isinstance(default, tuple) else default
        if default is None:
            return found | {"anyOf": [{"type": "null"}, _kind(one, language)]}
    return found | _kind(one, language)


def _kind(one: Parameter, language: str) -> dict[str, Any]:
    match one.measure.kind:
        case Kind.DATE:
            return {"type": "string", "format": "date"}
        case Kind.CURRENCY:
            return {"type": "string", "pattern": "^[A-Z]{3}$"}
        case Kind.TEXT:
            return {"type": "string", "maxLength": LONGEST_TEXT}
        case Kind.TABLE:
            rows = _object(one.columns, language)
            least = 1 if one.required else 0
            limits = {"minItems": least, "maxItems": LONGEST}
            return {"type": "array", **limits, "items": rows}
        case Kind.CHOICE:
            values = [member.value for member in one.choices or ()]
            return {"type": "string", "enum": values}
        case _:
            return _numbers(one, language)


def _numbers(one: Parameter, language: str) -> dict[str, Any]:
    known = [_distribution(name, language) for name in DISTRIBUTIONS]
    quantity = {"anyOf": [*_number(one), *([] if one.whole else known)]}
    series = {"type": "array", "minItems": 1, "maxItems": LONGEST, "items": quantity}
    if one.measure.shape is Shape.SINGLE:
        return quantity
    if one.measure.shape is Shape.SERIES:
        return series
    return {"anyOf": [*quantity["anyOf"], series]}


def _number(one: Parameter) -> list[dict[str, Any]]:
    number: dict[str, Any] = {"type": "integer" if one.whole else "number"}
    if one.low is not None:
        number["exclusiveMinimum" if one.above else "minimum"] = one.low
    if one.high is not None:
        number["maximum"] = one.high
    if one.measure.kind is not Kind.MONEY:
        return [number]
    return [number, {"type": "string", "pattern": r"^[+-]?\d+(\.\d+)?$"}]


def _distribution(name: str, language: str) -> dict[str, Any]:
    wanted = figures(name)
    return {
        "type": "object",
        "description": tr(DISTRIBUTION_MEANINGS[name], language),
        "additionalProperties": False,
        "required": ["dist", *(one.name for one in wanted)],
        "properties": {"dist": {"const": name}}
        | {one.name: _figure(one) for one in wanted},
    }


def _figure(one: Figure) -> dict[str, Any]:
    item: dict[str, Any] = {"type": "number"}
    if one.measured is Measured.DATE:
        item = {"type": "string", "format": "date"}
    if one.name == "probabilities":
        item |= {"minimum": 0, "maximum": 1}
    if not one.is_list:
        return item
    return {"type": "array", "minItems": 1, "maxItems": LONGEST_LIST, "items": item}
