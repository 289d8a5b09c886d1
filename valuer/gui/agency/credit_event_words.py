"""What the "why" panel and the history say of an event of the ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from valuer.agency.credit import Line
from valuer.agency.credit_entries import STANDING_NAMES
from valuer.agency.credit_event_names import DECISIONS, EVENT_NAMES, part_of
from valuer.agency.credit_line import plain_points
from valuer.core.texts import N_, message
from valuer.gui import formats
from valuer.gui.agency.credit_line_panel import rule_parts
from valuer.gui.agency.credit_words import UNKNOWN, counted_words
from valuer.gui.shell import Shell
from valuer.gui.why import Explanation, Said
from valuer.gui.words import Words
from valuer.store.credit import KeptEvent

_SAID_ALREADY = ("rule_code", "evidence_files", "points_source")


def explain_event(kept: KeptEvent, line: Line | None, shell: Shell) -> Explanation:
    """Return everything that the ledger says of an event, and where it stands."""
    words, event = shell.words, kept.event
    parts: list[tuple[Said, Said]] = []
    if line is not None:
        parts.append((N_("State"), STANDING_NAMES[line.standing]))
        parts.append((N_("Counted"), counted_words(line)))
        parts.append((N_("Cleared on"), formats.day(line.cleared_on)))
    for name, label in EVENT_NAMES.items():
        value = part_of(event, name)
        if name not in _SAID_ALREADY and value is not None:
            parts.append((label, part_words(name, value, words)))
    named = shell.desk.documents.named(event.evidence_files)
    files = [
        named[one].name if one in named else one[:12] for one in event.evidence_files
    ]
    if files:
        parts.append((EVENT_NAMES["evidence_files"], "\n".join(files)))
    if line is not None:
        parts += rule_parts(line.rule, shell)
    return Explanation(message(N_("Event {number}"), number=kept.id), parts)


def part_words(name: str, value: Any, words: Words) -> str:
    """Return a part of an event in words."""
    if value is None:
        return UNKNOWN
    if name in DECISIONS:
        return words.tell(DECISIONS[name][bool(value)])
    if name == "points_source":
        return words.tell(_SOURCES.get(value, value))
    if name == "evidence_files":
        return formats.listed([one[:12] for one in value], words)
    if isinstance(value, tuple):
        return formats.listed(value, words)
    if isinstance(value, Decimal):
        return plain_points(value)
    return value.isoformat() if isinstance(value, date) else str(value)


_SOURCES = {"manual": N_("typed in"), "rule": N_("by the rule")}
