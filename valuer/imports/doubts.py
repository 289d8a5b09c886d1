"""What in a row contradicts itself: a doubt is told, and the row imported."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from valuer.core.patent_numbers import PCT_TYPES, Number
from valuer.core.patents import KIND_NAMES, Patent, PatentKind
from valuer.core.texts import N_, Message, message

_KIND_WORDS = (
    (("发明", "invention"), PatentKind.INVENTION),
    (("实用新型", "新型", "utility"), PatentKind.UTILITY_MODEL),
    (("外观", "design"), PatentKind.DESIGN),
)


@cache
def kind_of(word: str) -> PatentKind | None:
    """Return the kind a list's own word names, as in 发明授权, or None."""
    plain = word.casefold()
    for words, kind in _KIND_WORDS:
        if plain and plain.startswith(words):
            return kind
    return None


def doubts(patent: Patent, number: Number, word: str) -> Iterator[tuple[Message, str]]:
    """Yield what contradicts itself, each with the thing whose column it is about."""
    stated = kind_of(word) if word else None
    if stated and patent.kind and stated is not patent.kind:
        text = N_(
            "The list says {stated}, the number says {kind}; the number was taken."
        )
        names = {
            "stated": message(KIND_NAMES[stated]),
            "kind": message(KIND_NAMES[patent.kind]),
        }
        yield message(text, **names), "kind"
    filed = patent.filed
    if filed is None:
        return
    if number.year is not None and number.year != filed.year and not _is_pct(number):
        text = N_(
            "Filed {filed}, but the number is of {year}: a divisional application, or an"
            " error."
        )
        yield message(text, filed=filed.isoformat(), year=number.year), "filed"
    if patent.granted and patent.granted < filed:
        text = N_("Granted {granted}, before it was filed on {filed}.")
        dates = {"granted": patent.granted.isoformat(), "filed": filed.isoformat()}
        yield message(text, **dates), "granted"
    if patent.priority and patent.priority > filed:
        text = N_("Priority of {priority}, after it was filed on {filed}.")
        dates = {"priority": patent.priority.isoformat(), "filed": filed.isoformat()}
        yield message(text, **dates), "priority"


def _is_pct(number: Number) -> bool:
    """Tell a number given on entering China, years after the international filing."""
    type_digit = 6 if len(number.text) == 15 else 4
    return number.text[type_digit] in PCT_TYPES
