"""Application numbers as spreadsheets leave them, repaired only where that is proven.

A spreadsheet turns ``2018115642888`` into a number: ``2018115642888.0``, or
``2.018115642888E+12``. Where all digits are still there and the check digit agrees, the
number is what it was. Where digits are gone nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from valuer.core.patent_numbers import Number, application_number
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_, message

_LENGTHS = (9, 13)
"""Digits of a Chinese application number with its check digit."""

_WITH_TAIL = re.compile(r"(\d+)\.0+", re.ASCII)
_POWER = re.compile(r"(\d)(?:\.(\d+))?E\+?(\d{1,2})", re.ASCII)


def docket_number(text: str, country: str, filed: date | None) -> Number:
    """Return the application number in a cell; a repaired one has a note beside it."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    if tail := _WITH_TAIL.fullmatch(plain):
        if len(tail[1]) in _LENGTHS:
            return _proven(tail[1], text)
    elif power := _POWER.fullmatch(plain):
        digits = power[1] + (power[2] or "")
        length = int(power[3]) + 1
        if len(digits) > length:
            digits = digits[:length] + digits[length:].rstrip("0")
        if len(digits) != length or length not in _LENGTHS:
            return _lost(text)
        return _proven(digits, text)
    return application_number(text, country, filed)


def _proven(digits: str, given: str) -> Number:
    """Return the number where its check digit agrees; else what is wrong with it."""
    number = application_number(digits, "CN")
    if not number.is_sound:
        return number
    text = N_("“{given}” is {number}, which a spreadsheet had made a figure of.")
    note = Issue(Severity.NOTE, message(text, given=given[:60], number=number.text))
    return Number(number.text, "CN", number.kind, number.year, (note,))


def _lost(given: str) -> Number:
    text = N_(
        "“{given}” is a number that a spreadsheet rounded; its last digits are gone."
        " Format the column as text in the list it came from, and export it again."
    )
    issue = Issue(Severity.ERROR, message(text, given=given[:60]))
    return Number(issues=(issue,))
