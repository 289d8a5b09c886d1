"""The facts of a case as fields: which, how each is read and how it is put back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QWidget

from valuer.core.case import (
    HOUSE_NAMES,
    PREMISE_NAMES,
    PURPOSE_NAMES,
    VALUE_TYPE_NAMES,
    Appraiser,
    Case,
)
from valuer.core.case_names import (
    APPRAISERS_NAME,
    FACT_NAMES,
    HOUSE_FIELD_NAMES,
    REPORT_NAMES,
)
from valuer.core.texts import N_
from valuer.gui.fields import Choice, Entry, Lines, date_entry, text_entry
from valuer.gui.words import Words

Make = Callable[[Words, QWidget], Any]


@dataclass(frozen=True, slots=True)
class CaseField:
    """One field.

    Attributes:
        key: its path in the case, as in ``house.name``; issues name it so.
        label, help: marked texts.
        make: returns the widget.
        read: the value shown, from a case.
        write: a case with the value typed.
    """

    key: str
    label: str
    make: Make
    read: Callable[[Case], Any]
    write: Callable[[Case, Any], Case]
    help: str = ""
    wide: bool = False


def text(width: int = 0) -> Make:
    """Make fields for words, so many pixels wide."""

    def make(words: Words, parent: QWidget) -> Entry:
        del words
        entry = text_entry(parent)
        if width:
            entry.setFixedWidth(width)
        return entry

    return make


def day(words: Words, parent: QWidget) -> Entry:
    """Make a field for a day."""
    del words
    return date_entry(parent)


def choice(choices: tuple[tuple[Any, str], ...]) -> Make:
    """Make choices of these."""

    def make(words: Words, parent: QWidget) -> Choice:
        choice = Choice(words, parent)
        choice.offer(choices)
        return choice

    return make


def lines_entry(count: int) -> Make:
    """Make fields of so many lines."""

    def make(words: Words, parent: QWidget) -> Lines:
        del words
        return Lines(count, parent)

    return make


def _plain(name: str) -> tuple[Callable[[Case], Any], Callable[[Case, Any], Case]]:
    """Return how an attribute is read and written; an empty text is ""."""

    def read(case: Case) -> Any:
        value = getattr(case, name)
        return None if value == "" else value

    def write(case: Case, value: Any) -> Case:
        empty = "" if isinstance(getattr(case, name), str) else None
        changed: dict[str, Any] = {name: empty if value is None else value}
        return replace(case, **changed)

    return read, write


def _prose(name: str) -> tuple[Callable[[Case], str], Callable[[Case, Any], Case]]:
    """Return how a tuple of lines is read and written."""

    def read(case: Case) -> str:
        return "\n".join(getattr(case, name))

    def write(case: Case, value: str) -> Case:
        changed: dict[str, Any] = {name: lines(value)}
        return replace(case, **changed)

    return read, write


def _house(name: str) -> tuple[Callable[[Case], Any], Callable[[Case, Any], Case]]:
    def read(case: Case) -> Any:
        return getattr(case.house, name) or None

    def write(case: Case, value: Any) -> Case:
        changed: dict[str, Any] = {name: value or ""}
        return replace(case, house=replace(case.house, **changed))

    return read, write


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text that hold something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _appraisers(case: Case) -> str:
    return "\n".join(
        f"{one.name} {one.qualification}".strip() for one in case.appraisers
    )


def _put_appraisers(case: Case, text: str) -> Case:
    """Read one appraiser a line, the name and the number of the qualification."""
    known = {one.name: one for one in case.appraisers}
    found = []
    for line in lines(text):
        name, _, number = line.replace("，", " ").replace(",", " ").partition(" ")
        former = known.get(name, Appraiser(name))
        found.append(replace(former, qualification=number.strip()))
    return replace(case, appraisers=tuple(found))


CASE_FIELDS = (
    CaseField("name", FACT_NAMES["name"], text(), *_plain("name"), wide=True),
    CaseField(
        "report_number",
        FACT_NAMES["report_number"],
        text(280),
        *_plain("report_number"),
    ),
    CaseField("client", FACT_NAMES["client"], text(), *_plain("client"), wide=True),
    CaseField(
        "users",
        FACT_NAMES["users"],
        lines_entry(2),
        *_prose("users"),
        help=N_("One a line."),
        wide=True,
    ),
    CaseField(
        "purpose",
        FACT_NAMES["purpose"],
        choice(tuple(PURPOSE_NAMES.items())),
        *_plain("purpose"),
        help=N_("The economic act that the value serves."),
    ),
    CaseField(
        "purpose_text",
        FACT_NAMES["purpose_text"],
        text(),
        *_plain("purpose_text"),
        wide=True,
    ),
    CaseField(
        "value_type",
        FACT_NAMES["value_type"],
        choice(tuple(VALUE_TYPE_NAMES.items())),
        *_plain("value_type"),
    ),
    CaseField(
        "premise",
        FACT_NAMES["premise"],
        choice(((None, N_("Not stated")), *PREMISE_NAMES.items())),
        *_plain("premise"),
        help=N_("Wanted by international standards; printed where it is stated."),
    ),
    CaseField(
        "valuation_date",
        FACT_NAMES["valuation_date"],
        day,
        *_plain("valuation_date"),
        help=N_("Every status and every flow is judged on this day."),
    ),
    CaseField("report_date", FACT_NAMES["report_date"], day, *_plain("report_date")),
    CaseField(
        "statutory",
        FACT_NAMES["statutory"],
        choice(((False, N_("No")), (True, N_("Yes")))),
        *_plain("statutory"),
        help=N_("An appraisal that law or regulation requires."),
    ),
    CaseField(
        "house.kind",
        HOUSE_FIELD_NAMES["kind"],
        choice(tuple(HOUSE_NAMES.items())),
        *_house("kind"),
    ),
    CaseField(
        "house.name", HOUSE_FIELD_NAMES["name"], text(), *_house("name"), wide=True
    ),
    CaseField(
        "house.registration",
        HOUSE_FIELD_NAMES["registration"],
        text(220),
        *_house("registration"),
    ),
    CaseField(
        "house.address",
        HOUSE_FIELD_NAMES["address"],
        text(),
        *_house("address"),
        wide=True,
    ),
    CaseField(
        "appraisers",
        APPRAISERS_NAME,
        lines_entry(2),
        _appraisers,
        _put_appraisers,
        help=N_("One a line: name, then the number of the qualification."),
        wide=True,
    ),
)
"""The facts of a case, in the order of the page."""

REPORT_FIELDS = (
    CaseField(
        "scope_note",
        REPORT_NAMES["scope_note"],
        text(),
        *_plain("scope_note"),
        wide=True,
        help=N_("What belongs to the object besides the patents, or does not."),
    ),
    CaseField(
        "assumptions",
        REPORT_NAMES["assumptions"],
        lines_entry(3),
        *_prose("assumptions"),
        help=N_("One a line."),
        wide=True,
    ),
    CaseField(
        "special_assumptions",
        REPORT_NAMES["special_assumptions"],
        lines_entry(2),
        *_prose("special_assumptions"),
        help=N_("One a line."),
        wide=True,
    ),
    CaseField(
        "special_matters",
        REPORT_NAMES["special_matters"],
        lines_entry(2),
        *_prose("special_matters"),
        help=N_("One a line."),
        wide=True,
    ),
    CaseField(
        "sources",
        REPORT_NAMES["sources"],
        lines_entry(2),
        *_prose("sources"),
        help=N_("One a line."),
        wide=True,
    ),
    CaseField(
        "self_test",
        REPORT_NAMES["self_test"],
        choice(((False, N_("No")), (True, N_("Yes")))),
        *_plain("self_test"),
        help=N_(
            "An appendix shows how the program's worked cases with published answers"
            " come out."
        ),
    ),
)
"""What the report says besides, in the order of the conclusion page."""
