"""A rule pack while it is changed: the version it began with, and what it has become."""

from __future__ import annotations

from valuer.agency.credit_pack_items import (
    PackItem,
    Thing,
    by_need,
    item_at,
    items,
    with_rule,
    with_thing,
    without_rule,
)
from valuer.agency.credit_packs import Rule, RulePack
from valuer.gui.credit_desk import PackVersion


class PackDraft:
    """Lines keep their places while they are changed; new ones come first."""

    def __init__(self, base: PackVersion) -> None:
        self.base = base
        self.pack: RulePack = base.pack
        self._order = [one.place for one in by_need(base.pack)]

    @property
    def is_changed(self) -> bool:
        """Whether something is not kept yet."""
        return self.pack != self.base.pack

    @property
    def rows(self) -> tuple[PackItem, ...]:
        """The lines: at first what is not known, then what was not verified."""
        by_place = {one.place: one for one in items(self.pack)}
        return tuple(by_place[place] for place in self._order if place in by_place)

    def row(self, place: str) -> int | None:
        """Return the row of a line, None where there is none."""
        places = [one.place for one in self.rows]
        return places.index(place) if place in places else None

    def change(self, place: str, thing: Thing) -> None:
        """Let a line be another."""
        self.pack = with_thing(self.pack, place, thing)

    def add(self, table: str, code: str) -> None:
        """Add a rule of which nothing is known yet."""
        self.pack = with_rule(self.pack, table, Rule(code, code, "UNKNOWN"))
        self._order.insert(0, code)

    def remove(self, code: str) -> None:
        """Take a rule out."""
        self.pack = without_rule(self.pack, code)
        self._order.remove(code)

    def replace(self, pack: RulePack) -> None:
        """Be another pack, as a file has it."""
        self.pack = pack
        self._order = [one.place for one in by_need(pack)]

    def is_new(self, item: PackItem) -> bool:
        """Whether a line is a rule that the version before did not have."""
        is_rule = isinstance(item.thing, Rule)
        return is_rule and item_at(self.base.pack, item.place) is None
