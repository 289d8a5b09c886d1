"""A bare list of patent numbers, one a row, with or without a header.

A number with its country says what it is. Without one, Chinese application numbers
are known by their check digit; what has the form of an American number is read as
one, and the user is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from valuer.core.patent_numbers import (
    Number,
    application_number,
    check_digit,
    looks_like_chinese_application,
    publication_number,
)
from valuer.core.patents import Patent, Source
from valuer.core.progress import Progress
from valuer.core.texts import N_, message
from valuer.imports.columns import find_header
from valuer.imports.result import Report
from valuer.imports.table import Table

KEY = "number_list"

_FIELDS = ("number", "publication", "either")
_SAMPLE = 40
_STEP = 500
_AMERICAN = re.compile(r"\d{6,8}|(?:200[1-9]|20[1-9]\d)\d{7}")
_COUNTRY = re.compile(r"[A-Z]{2}[\s\-]?[A-Z]{0,2}\s?\d", re.IGNORECASE)
_APPLICATION = re.compile(r"PCT.*|.*\.\d", re.IGNORECASE)


def recognise(table: Table) -> float:
    """Judge by whether nearly every row holds one number and nothing else."""
    rows = [text for _, text in islice(_rows(table), _SAMPLE)]
    if not rows:
        return 0.0
    numbers = sum(1 for text in rows if text and _number(text)[0].is_sound)
    found = numbers / len(rows)
    return 0.6 * found if found > 0.6 else 0.0


def read(table: Table, source: Source, progress: Progress) -> Report:
    """Return a patent for each number."""
    report = Report(table.sheet)
    for row, text in _rows(table):
        if row % _STEP == 0:
            progress(row, len(table.rows))
        number, is_application, is_guessed = _number(text)
        if not number.is_sound:
            wordings = [one.wording for one in number.issues]
            many = N_("The row holds more than one number, or none; write one a row.")
            report.refuse(wordings[0] if wordings else message(many), row, 1)
            continue
        for issue in number.issues:
            report.note(issue.wording, row, 1)
        if is_guessed:
            guess = N_(
                "{number} states no country and was read as American; write the country"
                " before it to be sure."
            )
            report.doubt(message(guess, number=text), row, 1)
        report.patents.append(
            Patent(
                number=number.text if is_application else "",
                publications=() if is_application else (number.text,),
                country=number.country,
                kind=number.kind,
                source=Source(source.file, source.sha256, table.sheet, row),
            )
        )
    return report


def _rows(table: Table) -> Iterator[tuple[int, str]]:
    """Yield row and number below the header; "" where a row holds several cells."""
    header = find_header(table.rows[:1])
    start = 1 if header.row == 0 and set(header.columns) & set(_FIELDS) else 0
    for row, cells in enumerate(table.rows[start:], start + 1):
        filled = [text.strip() for text in cells if text.strip()]
        if filled:
            yield row, filled[0] if len(filled) == 1 else ""


def _number(text: str) -> tuple[Number, bool, bool]:
    """Return a number, whether it is of an application, whether guessed American."""
    if looks_like_chinese_application(text) and _is_surely_chinese(text):
        return application_number(text), True, False
    if _COUNTRY.match(text):
        if _APPLICATION.fullmatch(text):
            return application_number(text), True, False
        return publication_number(text), False, False
    plain = re.sub(r"[\s,/]", "", text)
    if _AMERICAN.fullmatch(plain):
        return publication_number(plain, "US"), False, True
    return application_number(text), True, False


def _is_surely_chinese(text: str) -> bool:
    """Tell a short number with the right check digit from any nine digits."""
    plain = re.sub(r"[\s.]", "", text).upper()
    if not plain.isalnum() or len(plain) != 9 or plain[:8].isalpha():
        return True
    return not plain[:8].isdigit() or check_digit(plain[:8]) == plain[8]
