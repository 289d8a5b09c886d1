"""How provinces carry the credit evaluation out (各省程序): texts, never points.

No province was seen to use points of its own; the national pack holds everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from valuer.core.canonical import from_plain, parse_json
from valuer.core.resources import resource


@dataclass(frozen=True, slots=True)
class ProcedureFact:
    """One thing to know: what it is about, the text, its mark and its source."""

    key: str
    text: str
    mark: str
    source: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """The profile of one region; ``region`` as in ISO 3166-2, the country for all."""

    region: str
    name: str
    name_en: str
    facts: tuple[ProcedureFact, ...]


@dataclass(frozen=True, slots=True)
class Procedures:
    """The profiles that ship with the program; ``note`` says what they are not."""

    note: str
    procedures: tuple[Procedure, ...]


@cache
def procedures() -> Procedures:
    """Return the profiles that ship with the program, the national one first."""
    path = resource("agency/packs/procedures.json")
    return from_plain(parse_json(path.read_bytes(), path.name), Procedures)


def procedure_facts(region: str) -> tuple[ProcedureFact, ...]:
    """Return what is known of a region, then what holds in all of the country."""
    own = [one for one in procedures().procedures if one.region == region]
    every = [one for one in procedures().procedures if one.region == region[:2]]
    found = own if own == every else [*own, *every]
    return tuple(fact for one in found for fact in one.facts)
