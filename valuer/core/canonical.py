"""Canonical JSON: one value, one sequence of bytes, one digest.

UTF-8, keys sorted, decimals and dates as strings, no space, no NaN. The digest of a
value is the SHA-256 of those bytes. Floats are written as Python's ``repr``, so that
``json.dumps`` alone can make the same bytes. Reading is strict: an unknown field, a
value of the wrong type, NaN or infinity is refused by the path where it stands.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from valuer.core.problems import UserError
from valuer.core.texts import N_

T = TypeVar("T")

DEPTH = 100
"""How deep JSON may nest; deeper is refused, not followed."""

MOST_DIGITS = 30
"""The most digits of a decimal before or after its point."""

_encode = msgspec.json.Encoder(order="sorted").encode
_CLOSED = (str, int, date, Enum, type(None))
"""Types without a number that may be wild."""

_NO_MARKS = bytes(set(range(256)) - set(b'[]{}"'))
_QUOTED = re.compile(rb'"[^"]*"')
_EMPTY = re.compile(rb"\[\]|\{\}")

_WRONG_TYPE = N_("{where}: {expected} is wanted, this is {found}.")
_MISSING = N_("{where} is missing the field “{field}”.")
_NOT_A_DATE = N_("{where} must be a date such as 2026-09-30.")
_NOT_A_DECIMAL = N_("{where} must be a decimal such as 1234.56.")
_NOT_A_WORD = N_("{where}: “{given}” is none of the words allowed here.")
_INVALID = N_("{where}: {reason}.")
_BROKEN_TEXT = N_("A text has half a character in it (a lone surrogate); type it anew.")


def canonical(value: object) -> bytes:
    """Return the canonical JSON of a value made of dataclasses and plain types.

    Raises:
        UserError: a number in it is NaN, infinite or beyond all measure, or a text
            is no Unicode.
    """
    try:
        _see_tame(value, 1)
        return _encode(value)
    except (ValueError, OverflowError, RecursionError):
        pass  # the careful way tells what is wrong, if anything is
    return _carefully(value)


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def to_plain(value: object) -> Any:
    """Return a value as dicts, lists, strings and numbers; decimals as strings."""
    return msgspec.to_builtins(value)


def parse_json(data: bytes, name: str) -> Any:
    """Return the JSON in ``data`` (UTF-8, BOM allowed); ``name`` is for messages.

    Raises:
        UserError: not JSON, nested too deep, or with NaN, infinity or a key twice.
    """
    try:
        text = data.decode("utf-8-sig")
        plain = json.loads(text, parse_constant=float, object_pairs_hook=_once)
        json.dumps(plain, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise UserError(_BROKEN_TEXT) from None
    except UnicodeDecodeError:
        raise UserError(
            N_("{name} is not UTF-8 text; save it as UTF-8."), name=name
        ) from None
    except json.JSONDecodeError as error:
        raise UserError(
            N_("{name} is not JSON: line {line}, column {column}."),
            name=name,
            line=error.lineno,
            column=error.colno,
        ) from None
    except RecursionError:
        raise UserError(N_("{name} is nested too deep."), name=name) from None
    except ValueError:  # Python itself refuses whole numbers of thousands of digits
        raise UserError(
            N_("{name} has a number with too many digits."), name=name
        ) from None
    _refuse_not_finite(plain)
    return plain


def from_plain(plain: Any, kind: type[T], where: str = "$") -> T:
    """Return plain JSON as a value of ``kind``, refusing what does not belong.

    Raises:
        UserError: a field is unknown, missing or of the wrong type; names its path.
    """
    _refuse_not_finite(plain)
    try:
        value = msgspec.convert(plain, kind)
    except msgspec.ValidationError as error:
        raise _explained(str(error), where) from None
    _refuse_wild_decimals(value, where)
    for path in _unknown(plain, to_plain(value), where):
        raise UserError(N_("{where} is not a known field."), where=path)
    return value


def _carefully(value: object) -> bytes:
    """Return the canonical JSON as Python itself writes it.

    Raises:
        UserError: as ``canonical``.
    """
    try:
        text = json.dumps(
            msgspec.to_builtins(value, builtin_types=(Decimal,), order="sorted"),
            ensure_ascii=False,
            allow_nan=False,
            separators=(",", ":"),
            default=_tame,
        )
        data = text.encode()
    except UnicodeEncodeError:
        raise UserError(_BROKEN_TEXT) from None
    except (ValueError, RecursionError):
        _refuse(value)
        raise
    if _nests_deep(data):
        _refuse(value)
    return data


def _see_tame(value: object, depth: int) -> None:
    """Look at every number that may be wild, and at how deep JSON nests.

    Raises:
        ValueError: a float is not finite or is not written alike everywhere, a
            decimal has too many digits, or the value nests too deep.
    """
    kind: Any = type(value)
    if kind is str:
        return
    if isinstance(value, float):
        if not math.isfinite(value) or "e" in repr(value):
            raise ValueError(value)
    elif isinstance(value, Decimal):
        _tame(value)
    elif depth > DEPTH:
        raise ValueError(depth)
    elif isinstance(value, list | tuple):
        for one in value:
            _see_tame(one, depth + 1)
    elif isinstance(value, dict):
        for one in value.values():
            _see_tame(one, depth + 1)
    else:
        for name in _open_fields(kind):
            _see_tame(getattr(value, name), depth + 1)


@cache
def _open_fields(kind: type) -> tuple[str, ...]:
    """Return the fields of a dataclass in which such a number may stand.

    Raises:
        ValueError: it is no dataclass, and nobody knows what stands in it.
    """
    if not _is_open(kind):
        return ()
    if not is_dataclass(kind):
        raise ValueError(kind)
    hints = get_type_hints(kind)
    return tuple(one.name for one in fields(kind) if _is_open(hints[one.name]))


def _is_open(hint: Any) -> bool:
    if parts := get_args(hint):
        return any(_is_open(part) for part in parts)
    if not isinstance(hint, type):
        return hint is not Ellipsis
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return any(_is_open(hints[one.name]) for one in fields(hint))
    return not issubclass(hint, _CLOSED)


def _refuse(value: object) -> None:
    """Refuse what is wrong, and say where it stands: the slow way."""
    _refuse_wild_decimals(value, "$")
    _refuse_not_finite(to_plain(value))


def _tame(value: Any) -> str:
    """Return a decimal as text.

    Raises:
        ValueError: it is NaN, infinite or of more digits than any amount.
    """
    if not isinstance(value, Decimal):
        raise TypeError(type(value))
    if not _is_tame(value):
        raise ValueError(value)
    return str(value)


def _is_tame(value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and not (
        exponent < -MOST_DIGITS or value.adjusted() >= MOST_DIGITS
    )


def _nests_deep(data: bytes) -> bool:
    """Say whether JSON may nest deeper than it should: its brackets, peeled off."""
    unescaped = data.replace(rb"\\", b"").replace(rb"\"", b"")
    marks = unescaped.translate(None, _NO_MARKS).replace(b'""', b"")
    brackets = _QUOTED.sub(b"", marks)
    for _ in range(DEPTH):
        if not brackets:
            return False
        brackets = _EMPTY.sub(b"", brackets)
    return True


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise UserError(N_("The key “{key}” stands twice."), key=twice)
    return found


def _refuse_not_finite(plain: Any, where: str = "$", depth: int = 0) -> None:
    if depth > DEPTH:
        raise UserError(N_("{name} is nested too deep."), name=where[:40])
    if isinstance(plain, float) and not math.isfinite(plain):
        raise UserError(N_("{where} is not a finite number."), where=where)
    if isinstance(plain, dict):
        for key, value in plain.items():
            _refuse_not_finite(value, f"{where}.{key}", depth + 1)
    elif isinstance(plain, list | tuple):
        for index, value in enumerate(plain):
            _refuse_not_finite(value, f"{where}[{index}]", depth + 1)


def _refuse_wild_decimals(value: object, where: str) -> None:
    """Refuse decimals that are NaN, infinite or of more digits than any amount."""
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int):
            raise UserError(N_("{where} is not a finite number."), where=where)
        if exponent < -MOST_DIGITS or value.adjusted() >= MOST_DIGITS:
            text = N_("{where} has more than {most} digits before or after the point.")
            raise UserError(text, where=where, most=MOST_DIGITS)
    elif is_dataclass(value):
        for field in fields(value):
            _refuse_wild_decimals(getattr(value, field.name), f"{where}.{field.name}")
    elif isinstance(value, dict):
        for key, one in value.items():
            _refuse_wild_decimals(one, f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for index, one in enumerate(value):
            _refuse_wild_decimals(one, f"{where}[{index}]")


def _unknown(given: Any, known: Any, where: str) -> Iterator[str]:
    if isinstance(given, dict) and isinstance(known, dict):
        for key, value in given.items():
            if key not in known:
                yield f"{where}.{key}"
            else:
                yield from _unknown(value, known[key], f"{where}.{key}")
    elif isinstance(given, list | tuple) and isinstance(known, list | tuple):
        for index, (one, other) in enumerate(zip(given, known, strict=False)):
            yield from _unknown(one, other, f"{where}[{index}]")


def _explained(text: str, where: str) -> UserError:
    """Turn the library's sentence into ours; it has a few forms and a path."""
    reason, _, path = text.partition(" - at `")
    place = where + path.rstrip("`").removeprefix("$")
    if match := re.fullmatch(r"Expected `(.+)`, got `(.+)`", reason):
        return UserError(_WRONG_TYPE, where=place, expected=match[1], found=match[2])
    if match := re.fullmatch(r"Object missing required field `(.+)`", reason):
        return UserError(_MISSING, where=place, field=match[1])
    if match := re.fullmatch(r"Invalid enum value '(.*)'", reason, re.DOTALL):
        return UserError(_NOT_A_WORD, where=place, given=match[1])
    if "date" in reason:
        return UserError(_NOT_A_DATE, where=place)
    if "decimal" in reason:
        return UserError(_NOT_A_DECIMAL, where=place)
    return UserError(_INVALID, where=place, reason=reason.rstrip("."))
