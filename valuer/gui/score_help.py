"""Score sheets in a form: which fit a method, and what a factor's scores stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from valuer.core.score_sheets import Factor, Group, ScoreSheet, rows_of
from valuer.core.texts import LANGUAGES, N_
from valuer.gui.words import Words


@dataclass(frozen=True, slots=True)
class SheetOffer:
    """A sheet that fits a method, with one of its presets or none."""

    sheet: ScoreSheet
    preset: str = ""

    def title(self, words: Words) -> str:
        """Return what it is called in a menu."""
        is_english = words.language == "en"
        title = self.sheet.title_en if is_english else self.sheet.title
        for one in self.sheet.presets:
            if one.key == self.preset:
                name = one.name_en if is_english and one.name_en else one.name
                return words.tell(N_("{sheet}: {name}"), sheet=title, name=name)
        return title


def sheet_offers(method: str) -> tuple[SheetOffer, ...]:
    """Return the sheets that fill the tables of a method, each with its presets."""
    return tuple(
        SheetOffer(sheet, preset)
        for sheet in _sheets()
        if sheet.method == method
        for preset in ("", *(one.key for one in sheet.presets))
    )


def filled(
    given: Mapping[str, Any], offer: SheetOffer, language: str
) -> dict[str, Any]:
    """Return parameters with the rows of a sheet; scores of like factors stay."""
    rows = rows_of(offer.sheet, offer.preset, language)
    scored = {
        (row.get("group"), row.get("factor")): row
        for row in given.get("scores") or ()
        if isinstance(row, Mapping)
    }
    for row in rows.get("scores", ()):
        former = scored.get((row["group"], row["factor"]), {})
        row |= {name: former[name] for name in ("score", "evidence") if name in former}
    return {**given, **rows}


def band_words(named: str, row: Mapping[str, Any], words: Words) -> str:
    """Return what the scores of a factor stand for, by the sheet that a text names.

    Nothing is said where the text names no shipped sheet, or the sheet no such factor.
    """
    for sheet in _sheets():
        if named.startswith((sheet.title, sheet.title_en)):
            found = _factor(sheet, str(row.get("factor")), str(row.get("group")))
            return "" if found is None else _told(sheet, *found, words)
    return ""


def _told(sheet: ScoreSheet, leaf: Group, one: Factor, words: Words) -> str:
    lines = [f"{band.score:g}　{band.text}" for band in one.bands]
    if one.definition:
        lines.append(words.tell(N_("Meaning: {said}"), said=one.definition))
    if one.evidence:
        lines.append(words.tell(N_("To rest on: {said}"), said=one.evidence))
    if one.note:
        lines.append(one.note)
    marks = sheet.marks_en if words.language == "en" else sheet.marks
    mark = marks[one.mark or leaf.mark or sheet.mark]
    lines.append(words.tell(N_("How surely this was read: {mark}"), mark=mark))
    return "\n".join(lines)


def _factor(sheet: ScoreSheet, name: str, group: str) -> tuple[Group, Factor] | None:
    """Return a factor and its group; the group decides where two have the name."""
    found = [
        (leaf, factor)
        for top in sheet.groups
        for leaf in top.groups or (top,)
        for factor in leaf.factors
        if name in (factor.name, factor.name_en)
    ]
    own = [one for one in found if group in (one[0].name, one[0].name_en)]
    return next(iter(own or found), None)


def _sheets() -> Iterator[ScoreSheet]:
    from valuer.ratings import RATINGS

    return (one.sheet() for one in RATINGS)


def begun_with(method: str, language: str = LANGUAGES[0]) -> dict[str, Any]:
    """Return the inputs a method begins with: the rows of its score sheet, if any."""
    offers = sheet_offers(method)
    return rows_of(offers[0].sheet, language=language) if offers else {}
