"""The items of a valuation report after IVS 106 whose facts the case lacks."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.core.texts import N_, message
from valuer.reports.findings import Check, Found, Material
from valuer.reports.sections.ivs import missing_items
from valuer.reports.sections.kinds import VALUATION

_TOLD_ELSEWHERE = {6, 7, 10, 11, 12}
"""Declarations, work and factor analyses have checks of their own."""

_WHERE_SIGNIFICANT = {18, 20}
"""ESG and material uncertainty are told where there is something to tell."""


def left_out(material: Material) -> Iterator[Found]:
    """Yield each item that the report leaves out for want of facts."""
    if material.kind.key != VALUATION.key:
        return
    for item in missing_items(material.case):
        if item.number not in _TOLD_ELSEWHERE | _WHERE_SIGNIFICANT:
            text = N_("The report leaves an item out, its facts are missing: “{name}”.")
            yield item.where, message(text, name=message(item.name))


CHECKS = (Check("item_left_out", "ivs_reporting", left_out),)
