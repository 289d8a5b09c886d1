"""The facts of a case of the docket in words, and what stands behind a case."""

from __future__ import annotations

from typing import Any

from valuer.agency.docket import Case
from valuer.agency.docket_fields import FIELDS, Field, Holds
from valuer.agency.statuses import OUTCOME_NAMES
from valuer.core.sources import source_words
from valuer.core.texts import N_
from valuer.gui import formats
from valuer.gui.why import Explanation, Said
from valuer.gui.words import Words

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


def explain_case(case: Case, words: Words) -> Explanation:
    """Return every fact that is known of a case, and where it was read."""
    facts = [(one.label, fact(case, one, words)) for one in FIELDS]
    parts: list[tuple[Said, Said]] = [
        (N_("Outcome class"), OUTCOME_NAMES[case.outcome]),
        *facts,
        (N_("Source"), source_words(case.source) or ""),
    ]
    title = case.title or case.number or case.reference
    return Explanation(title, [part for part in parts if part[1]])


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
    named = "  ".join(bare)
    if not rest:
        return named
    return words.tell(N_("{named} ({rest})"), named=named, rest=listed)
