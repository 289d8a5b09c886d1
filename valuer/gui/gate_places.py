"""Where in the window a place of the case stands, and what people call it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from valuer.core.case_names import (
    APPRAISERS_NAME,
    CONCLUSION_NAMES,
    DISCLOSURE_NAMES,
    FACT_NAMES,
    FORECAST_NAMES,
    HOUSE_FIELD_NAMES,
    PART_NAMES,
    RANGE_NAME,
    REPORT_NAMES,
    Part,
)
from valuer.core.engagement_names import (
    CONTRACT_NAMES,
    DECLARED_NAMES,
    FACTOR_NAMES,
    FILE_NAMES,
    RECEIPT_NAMES,
)
from valuer.core.texts import N_, Message, message


@dataclass(frozen=True, slots=True)
class Corner:
    """What one attribute of a case is called, and the page where it is changed.

    Attributes:
        name: marked text; ``fields``: of what lies within it, by their names.
    """

    page: str
    name: str
    fields: Mapping[str, str]


_FILE = "engagement"
_CORNERS = {
    **{one: Corner("facts", name, {}) for one, name in FACT_NAMES.items()},
    **{one: Corner("conclusion", name, {}) for one, name in REPORT_NAMES.items()},
    "house": Corner("facts", HOUSE_FIELD_NAMES["name"], HOUSE_FIELD_NAMES),
    "appraisers": Corner("facts", APPRAISERS_NAME, {}),
    "patents": Corner("patents", PART_NAMES[Part.PATENTS], {}),
    "forecast": Corner("forecast", PART_NAMES[Part.FORECAST], FORECAST_NAMES),
    "runs": Corner("methods", PART_NAMES[Part.METHODS], {}),
    "conclusion": Corner("conclusion", PART_NAMES[Part.CONCLUSION], CONCLUSION_NAMES),
    "range_agreed": Corner("conclusion", RANGE_NAME, {}),
    "contract": Corner(_FILE, CONTRACT_NAMES["number"], CONTRACT_NAMES),
    "receipt": Corner(_FILE, RECEIPT_NAMES["code"], RECEIPT_NAMES),
    "factors": Corner(_FILE, PART_NAMES[Part.ENGAGEMENT], FACTOR_NAMES),
    "declared": Corner(_FILE, PART_NAMES[Part.ENGAGEMENT], DECLARED_NAMES),
    "work": Corner(_FILE, FILE_NAMES["work"], {}),
    "events": Corner(_FILE, FILE_NAMES["events"], {}),
    "evidence": Corner("evidence", FILE_NAMES["evidence"], {}),
    "disclosure": Corner(_FILE, DISCLOSURE_NAMES["extent"], DISCLOSURE_NAMES),
    "answers": Corner("report", FILE_NAMES["answers"], {}),
}


def page_of(where: str) -> str:
    """Return the key of the page where a place of the case is changed, or ""."""
    corner = _CORNERS.get(_head(where))
    return corner.page if corner else ""


def place_words(where: str) -> Message:
    """Return what people call a place; one without a name by its path."""
    corner = _CORNERS.get(_head(where))
    if corner is None:
        return message(N_("{said}"), said=where or "—")
    rest = where[len(_head(where)) :].strip(".")
    named = corner.fields.get(rest)
    if named is not None:
        return message(named)
    if not rest:
        return message(corner.name)
    row = _row(rest)
    if row is not None:
        return message(N_("{name}, row {row}"), name=message(corner.name), row=row)
    return message(N_("{name}: {rest}"), name=message(corner.name), rest=rest)


def run_of(where: str) -> str:
    """Return the key of the run that a place lies in, or ""."""
    head, _, rest = where.partition(".")
    return rest.partition(".")[0] if head == "runs" else ""


def field_in(page: QWidget, where: str) -> QWidget | None:
    """Return the field of a page that shows a place, if it has one."""
    plain = where.partition("[")[0]
    flat = plain.replace(".", "_")
    last = plain.rpartition(".")[2]
    for name in (
        f"case_{plain}",
        f"case_{flat}",
        flat,
        f"param_{last}",
        f"case_{last}",
    ):
        found = page.findChild(QWidget, name)
        if found is not None:
            return found
    return None


def _head(where: str) -> str:
    return where.partition(".")[0].partition("[")[0]


def _row(rest: str) -> int | None:
    """Return the number of a row from 1, where nothing but that is said of it."""
    inner = rest[1:].partition("]")[0] if rest.startswith("[") else ""
    return int(inner) + 1 if inner.isdecimal() else None
