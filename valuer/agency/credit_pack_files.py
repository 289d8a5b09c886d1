"""Rule packs as they are read: those that ship, and any file; refused where unsound."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from valuer.agency.credit_pack_checks import refuse_faults
from valuer.agency.credit_packs import TABLES, RulePack
from valuer.core.canonical import from_plain, parse_json
from valuer.core.problems import UserError
from valuer.core.resources import resource
from valuer.core.texts import N_

SHIPPED = ("cn-cnipa-2023-10.json",)
"""Files of the packs that ship with the program, the newest last."""


def pack_of(data: bytes, name: str) -> RulePack:
    """Return the rule pack in a file's bytes; ``name`` is for messages.

    Raises:
        UserError: it is no pack, lacks a value, or its parts do not go together; every
            fault is named.
    """
    plain = parse_json(data, name)
    if isinstance(plain, dict) and set(plain) == {"rule_pack"}:
        plain = plain["rule_pack"]
    _refuse_rules_without_points(plain, name)
    pack = from_plain(plain, RulePack, name)
    refuse_faults(pack, name)
    return pack


@cache
def shipped_packs() -> tuple[RulePack, ...]:
    """Return the packs that ship with the program, the newest last."""
    paths = [resource(f"agency/packs/{file}") for file in SHIPPED]
    return tuple(pack_of(path.read_bytes(), path.name) for path in paths)


def shipped_pack(key: str) -> RulePack | None:
    """Return a shipped pack by its id, None where there is none of that name."""
    return next((one for one in shipped_packs() if one.id == key), None)


def pack_in_force(day: date) -> RulePack:
    """Return the shipped pack that is in force on a day.

    Raises:
        UserError: no pack is in force then.
    """
    for pack in reversed(shipped_packs()):
        if pack.is_in_force(day):
            return pack
    text = N_("No rule pack is in force on {day}; the earliest one begins on {first}.")
    raise UserError(text, day=day, first=shipped_packs()[0].effective_from)


def _refuse_rules_without_points(plain: Any, name: str) -> None:
    """Refuse a rule that does not even say that its points are unknown."""
    if not isinstance(plain, dict):
        return
    for table in TABLES:
        rules = plain.get(table)
        for index, rule in enumerate(rules if isinstance(rules, list) else ()):
            if isinstance(rule, dict) and not {"points", "per_case"} & set(rule):
                text = N_("{where} is missing the field “{field}”.")
                where = f"{name}.{table}[{index}]"
                raise UserError(text, where=where, field="points")
