"""The facts of a case of the docket in words, and what stands behind a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from valuer.agency.docket import Case
from valuer.agency.docket_fields import FIELDS, Field, Holds
from valuer.agency.statuses import OUTCOME_NAMES
from valuer.core.sources import source_words
from valuer.core.texts import N_, Message, message
from valuer.gui import formats
from valuer.gui.why import Explanation, Said
from valuer.gui.words import Words

if TYPE_CHECKING:
    from valuer.store.docket_origins import Origin

YES_NO = ((True, N_("Yes")), (False, N_("No")))


def fact(case: Case, field: Field, words: Words) -> str:
    """Return a fact of a case in words, "" where nothing told it."""
    return in_words(field, getattr(case, field.key), words)


def in_words(field: Field, value: Any, words: Words) -> str:
    """Return the value of a field in words."""
    if value is None or value == "":
        return ""
    match field.holds:
        case Holds.DAY:
            return formats.day(value)
        case Holds.PEOPLE:
            return formats.listed(value, words)
        case Holds.ANSWER:
            return words.tell(dict(YES_NO)[bool(value)])
        case Holds.CHOICE:
            return words.tell(dict(field.choices).get(str(value), str(value)))
        case Holds.ROWS:
            return "\n".join(_row(field, one, words) for one in value)
    return str(value)


def explain_case(
    case: Case, words: Words, origins: Mapping[str, Origin] | None = None
) -> Explanation:
    """Return every fact that is known of a case, and where each was read.

    Where facts come from several places, a number behind each points to its own.
    """
    told = [(one, fact(case, one, words)) for one in FIELDS]
    told = [(one, text) for one, text in told if text and _is_told(case, one)]
    origins = origins or {}
    places = tuple(dict.fromkeys(origins[one.key] for one, _ in told if origins))
    facts: list[tuple[Said, Said]] = []
    for one, text in told:
        number = places.index(origins[one.key]) + 1 if len(places) > 1 else 0
        facts.append((one.label, f"{text} [{number}]" if number else text))
    if case.status_means:
        facts.append((N_("Read as"), case.status_means))
    parts: list[tuple[Said, Said]] = [
        (N_("Outcome class"), OUTCOME_NAMES[case.outcome]),
        *facts,
        *_sources(case, places, words),
    ]
    title = case.title or case.number or case.reference
    return Explanation(title, [part for part in parts if part[1]])


def _is_told(case: Case, field: Field) -> bool:
    """Whether a fact was told; that two filings are no pair goes without saying."""
    return field.key != "same_day" or case.same_day


def _sources(
    case: Case, places: Sequence[Origin], words: Words
) -> list[tuple[Said, Said]]:
    if not places:
        return [(N_("Source"), source_words(case.source) or "")]
    told = [words.say(_place(one)) for one in places]
    if len(told) > 1:
        told = [f"[{number}] {one}" for number, one in enumerate(told, 1)]
    return [(N_("Source"), "\n".join(told))]


def _place(origin: Origin) -> Message:
    """Return where a fact comes from: its list, or whose hand."""
    found = source_words(origin.source)
    if found is not None:
        return found
    at = formats.moment(origin.at)
    if not origin.author:
        return message(N_("entered by hand, {at}"), at=at)
    text = N_("entered by hand by {author}, {at}")
    return message(text, author=origin.author, at=at)


def _row(field: Field, row: Any, words: Words) -> str:
    """Return one of what a case has several of: its day and its name, then the rest."""
    bare: list[str] = []
    rest: list[str] = []
    is_dated = False
    for part in field.row:
        value = getattr(row, part.key)
        told = in_words(part, value, words)
        if not told or value is False:
            continue
        label = words.tell(part.label)
        if part.holds is Holds.ANSWER:
            rest.append(label)
        elif part.holds is Holds.DAY and is_dated:
            rest.append(words.tell(N_("{label}: {value}"), label=label, value=told))
        else:
            bare.append(told)
            is_dated = is_dated or part.holds is Holds.DAY
    listed = formats.listed(rest, words)
    named = " ".join(bare)
    if not rest:
        return named
    return words.tell(N_("{named} ({rest})"), named=named, rest=listed)
