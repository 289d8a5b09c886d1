"""What a signature forbids for the time after it.

Source: ISO 32000-2, 12.8.2.2 (DocMDP) and 12.8.2.4 (FieldMDP).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from valuer.reports.pdf_forms import SignatureValue, signature_fields, text
from valuer.reports.pdf_revisions import State
from valuer.reports.pdf_syntax import Name


@dataclass(frozen=True, slots=True)
class Locks:
    """What earlier signatures forbid.

    Attributes:
        certified: one of them certifies the document: no field may be added.
        closed: one of them allows no change at all.
        fields: names of fields that may no longer be signed.
    """

    certified: bool = False
    closed: bool = False
    fields: frozenset[str] = frozenset()

    def __or__(self, other: Locks) -> Locks:
        """Return what either forbids."""
        return Locks(
            self.certified or other.certified,
            self.closed or other.closed,
            self.fields | other.fields,
        )


def locks_of(state: State, value: SignatureValue) -> Locks:
    """Return what a signature forbids, from its references."""
    locks = Locks()
    for item in state.array(value.entries.get("Reference")):
        reference = state.dictionary(item)
        method = state.follow(reference.get("TransformMethod"))
        parms = state.dictionary(reference.get("TransformParams"))
        if method == Name("DocMDP"):
            allowed = state.follow(parms.get("P", 2))
            locks |= Locks(certified=True, closed=allowed == 1)
        elif method == Name("FieldMDP"):
            locks |= Locks(fields=frozenset(_locked(state, parms)))
    return locks


def _locked(state: State, parms: dict[str, Any]) -> Iterable[str]:
    named = {text(state.follow(name)) for name in state.array(parms.get("Fields"))}
    every = (field.name for field in signature_fields(state))
    match state.follow(parms.get("Action")):
        case "All":
            return every
        case "Exclude":
            return (name for name in every if not _is_under(name, named))
        case _:
            return (name for name in every if _is_under(name, named))


def _is_under(name: str, named: set[str]) -> bool:
    """Say whether a field or one of its parents is among the names."""
    return any(name == other or name.startswith(f"{other}.") for other in named)
