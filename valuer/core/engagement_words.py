"""The lists of the engagement's file and of analyses in words, an entry each."""

from __future__ import annotations

from typing import Any

from valuer.core.asked import Scenario, Target, TwoInputs
from valuer.core.engagement import (
    PROCEDURE_NAMES,
    Answer,
    Event,
    Evidence,
    WorkDone,
)
from valuer.core.texts import N_, Message, message


def entry_words(entry: Any) -> Message | None:
    """Return one entry in words; None for what is no entry of these lists."""
    if isinstance(entry, WorkDone):
        days = " – ".join(str(day) for day in (entry.begun, entry.ended) if day)
        rest = " ".join(part for part in (days, entry.note) if part)
        return _named(message(PROCEDURE_NAMES[entry.procedure]), rest)
    if isinstance(entry, Event):
        return _said(f"{entry.on} {entry.text}")
    if isinstance(entry, Evidence):
        return _said(f"{entry.name} (SHA-256 {entry.digest[:12]}…)")
    if isinstance(entry, Answer):
        return _said(f"{entry.where}: {entry.text}" if entry.where else entry.text)
    if isinstance(entry, TwoInputs):
        return _said(f"{entry.columns} × {entry.rows}")
    if isinstance(entry, Target):
        return _said(f"{entry.input} → {entry.target:.10g}")
    if isinstance(entry, Scenario):
        return _said(f"{entry.name} ({entry.weight:.10g})")
    return None


def _said(text: str) -> Message:
    return message(N_("{said}"), said=text.replace("\n", "↵"))


def _named(name: Message, rest: str) -> Message:
    if not rest:
        return name
    return message(N_("{name}: {rest}"), name=name, rest=rest.replace("\n", "↵"))
