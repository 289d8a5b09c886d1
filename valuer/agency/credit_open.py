"""Why a score is not official: each rule that it used and that was not verified.

A rule may be null, read from memory, read otherwise than the pack has it, or stand
beside points that were typed in. What can be copied from the notice is said so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from valuer.agency.credit import Score
from valuer.agency.credit_pack_items import HEAD, PackItem, item_at
from valuer.agency.credit_packs import MARKS, VERIFIED, Rule, RulePack
from valuer.core.texts import N_, Message, message


@dataclass(frozen=True, slots=True)
class OpenRule:
    """A rule in use that keeps a score from being official.

    Attributes:
        place: of its line in the pack; ``name``: as scores name it.
        holds_total: whether the total is withheld until it is known.
    """

    place: str
    name: str
    why: Message
    holds_total: bool


def open_rules(
    pack: RulePack, found: Score, chosen: Mapping[str, Any]
) -> tuple[OpenRule, ...]:
    """Return what keeps a score from being official; what withholds the total first."""
    rules = tuple(_open_rules(pack, found, chosen))
    return tuple(sorted(rules, key=lambda one: not one.holds_total))


def _open_rules(
    pack: RulePack, found: Score, chosen: Mapping[str, Any]
) -> Iterator[OpenRule]:
    lacking = {
        line.rule.code
        for line in found.lines
        if line.standing.is_counting and line.points is None
    }
    for name in found.unknown_rules:
        item = item_at(pack, name)
        if item is None:
            why = message(N_("the day lies outside the time of these rules"))
            yield OpenRule(HEAD, name, why, False)
        elif name in chosen:
            why = message(N_("read otherwise than the rule pack has it"))
            yield OpenRule(name, name, why, False)
        elif item.is_open:
            is_wanted = name == "base" or name in lacking
            holds_total = is_wanted and found.total is None
            yield OpenRule(name, name, _lacking(item, lacking), holds_total)
        elif item.mark in VERIFIED:
            why = message(N_("other points than the rule pack has were typed in"))
            yield OpenRule(name, name, why, False)
        else:
            yield OpenRule(name, name, message(MARKS[item.mark]), False)


def _lacking(item: PackItem, lacking: set[str]) -> Message:
    """Say what is missing."""
    if not isinstance(item.thing, Rule):
        return message(N_("no value in the pack: copy it from the notice"))
    if item.place in lacking:
        return message(N_("no points in the pack: copy them from the notice"))
    return message(N_("points typed in by hand; the pack has none to compare"))
