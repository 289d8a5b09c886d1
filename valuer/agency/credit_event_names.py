"""What the parts of an event of the ledger are called, and what changed in one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from valuer.agency.credit_events import Event
from valuer.core.texts import N_

EVENT_NAMES = {
    "rule_code": N_("Rule"),
    "fact_id": N_("Fact"),
    "fact_date": N_("Day of the fact"),
    "decision_date": N_("Day of the decision"),
    "recorded_date": N_("Day of the record"),
    "published_on": N_("Made public on"),
    "points": N_("Points typed in"),
    "points_source": N_("Where the points are from"),
    "document_no": N_("Document number"),
    "authority": N_("Authority"),
    "cases": N_("Application numbers"),
    "cured_on": N_("Put right on"),
    "repair.applied_on": N_("Repair applied for on"),
    "repair.decided_on": N_("Repair decided on"),
    "repair.granted": N_("Decision on the repair"),
    "objection.filed_on": N_("Objection filed on"),
    "objection.decided_on": N_("Objection decided on"),
    "objection.upheld": N_("Decision on the objection"),
    "evidence_files": N_("Evidence"),
    "note": N_("Remark"),
}
"""The parts of an event, in the order in which they are told."""

DECISIONS = {
    "repair.granted": {True: N_("granted"), False: N_("not granted")},
    "objection.upheld": {True: N_("upheld"), False: N_("dismissed")},
}
"""What a decision may be."""


@dataclass(frozen=True, slots=True)
class EventDifference:
    """A part of an event that changed; None where it was, or is, not stated."""

    name: str
    before: Any
    after: Any


def part_of(event: Event, name: str) -> Any:
    """Return a part of an event by its name; None where it is not stated."""
    found: Any = event
    for one in name.split("."):
        found = getattr(found, one) if found is not None else None
    return None if found in ("", ()) else found


def parts_of(event: Event) -> dict[str, Any]:
    """Return the parts of an event that are stated, by name."""
    found = {name: part_of(event, name) for name in EVENT_NAMES}
    return {name: value for name, value in found.items() if value is not None}


def event_differences(before: Event, after: Event) -> tuple[EventDifference, ...]:
    """Return the parts that differ between two forms of an event."""
    return tuple(
        EventDifference(name, one, other)
        for name in EVENT_NAMES
        if (one := part_of(before, name)) != (other := part_of(after, name))
    )
