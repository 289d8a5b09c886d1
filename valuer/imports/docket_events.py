"""A docket from records of prosecution events (JSON lines of the USPTO's open data).

One line an application: number, title, filing day, status, and events with code and
day. The register tells an office action when it was made and again when it was mailed;
both come as they stand, and the docket counts them once. Days of grant and of loss are
not in these records.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from valuer.agency.docket import Case
from valuer.agency.notices import Notice, notice_word
from valuer.agency.statuses import unknown_words
from valuer.core.canonical import parse_json
from valuer.core.dates import parse_date
from valuer.core.patent_numbers import application_number
from valuer.core.patents import PatentKind, Source
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.texts import N_, Message, message
from valuer.imports.docket_result import ReadDocket
from valuer.imports.reading import file_bytes

KEY = "uspto_events"

_HEAD = 1_000_000
"""Bytes in which the first line is looked for."""


def is_events(data: bytes) -> bool:
    """Tell records of events by the first line: an application and its events."""
    first = next((line for line in data[:_HEAD].splitlines() if line.strip()), b"")
    if not first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return False
    try:
        plain = parse_json(first, "")
    except UserError:
        return False
    return "application_number" in plain or "prosecution_events" in plain


def read_events(path: Path) -> ReadDocket:
    """Return the cases in a file of events.

    Raises:
        UserError: it cannot be read, or holds nothing.
    """
    return events_from_bytes(file_bytes(path), path.name)


def events_from_bytes(data: bytes, name: str) -> ReadDocket:
    """Return the cases in the bytes of a file of events.

    Raises:
        UserError: it holds nothing, or no record.
    """
    lines = [
        (row, line) for row, line in enumerate(data.splitlines(), 1) if line.strip()
    ]
    if not lines:
        raise UserError(N_("{file} is empty."), file=name)
    digest = hashlib.sha256(data).hexdigest()
    cases: list[Case] = []
    issues: list[Issue] = []
    for row, line in lines:
        try:
            plain = _parsed(line, row)
            cases.append(_case(plain, Source(name, digest, row=row)))
        except UserError as error:
            issues.append(Issue(Severity.ERROR, error.wording, row=row))
        else:
            issues += _doubts(plain, row)
    if not cases and len(lines) > 1:
        text = N_(
            "No line of {file} is the record of an application, one a line; export it"
            " as JSON lines."
        )
        raise UserError(text, file=name)
    refused = len(lines) - len(cases)
    issues += unknown_words(tuple(case.status for case in cases))
    issues += unknown_notices(cases)
    return ReadDocket(
        name, digest, KEY, len(lines), tuple(cases), refused, tuple(issues)
    )


def _parsed(line: bytes, row: int) -> Any:
    """Return the JSON of a line.

    Raises:
        UserError: it is none.
    """
    try:
        return parse_json(line, "")
    except UserError:
        text = N_("Row {row} is not JSON; it was not imported.")
        raise UserError(text, row=row) from None


def _case(plain: Any, source: Source) -> Case:
    """Return the case of a line.

    Raises:
        UserError: it is no record of an application.
    """
    given = plain if isinstance(plain, dict) else {}
    texts = {key: one for key, one in given.items() if isinstance(one, str)}
    filed = parse_date(texts.get("filing_date", ""))
    number = application_number(texts.get("application_number", ""), "US", filed)
    if not number.is_sound:
        text = N_("Row {row} has no application number; it was not imported.")
        raise UserError(text, row=source.row)
    events = given.get("prosecution_events")
    return Case(
        number.text,
        PatentKind.INVENTION if texts.get("app_type") == "REGULAR" else None,
        office="US",
        title=texts.get("patent_title", ""),
        filed=filed,
        notices=tuple(_notices(events)) if isinstance(events, list) else None,
        status=texts.get("status", ""),
        source=source,
    )


def _notices(events: list[Any]) -> Iterator[Notice]:
    for one in events:
        if isinstance(one, dict) and isinstance(one.get("code"), str):
            yield Notice(one["code"], _day(one.get("date")))


def _day(given: Any) -> date | None:
    return parse_date(given) if isinstance(given, str) else None


def _doubts(record: dict[str, Any], row: int) -> Iterator[Issue]:
    """Yield what of a record was left out, or stands there without its day."""
    filed = record.get("filing_date")
    if filed and _day(filed) is None:
        text = N_("Row {row}: “{given}” names no filing day; it was left out.")
        yield _doubt(message(text, row=row, given=str(filed)[:40]), row)
    events = record.get("prosecution_events") or []
    notices = tuple(_notices(events)) if isinstance(events, list) else ()
    if not isinstance(events, list) or len(notices) < len(events):
        text = N_("Row {row}: events without a code were left out.")
        yield _doubt(message(text, row=row), row)
    for code in dict.fromkeys(one.name for one in notices if one.on is None):
        text = N_("Row {row}: an event “{name}” has no day; add it.")
        yield _doubt(message(text, row=row, name=code[:80]), row)


def _doubt(wording: Message, row: int) -> Issue:
    return Issue(Severity.WARNING, wording, "notices", row=row)


def unknown_notices(cases: Iterable[Case]) -> tuple[Issue, ...]:
    """Return a doubt for each notice whose name or code is not listed."""
    codes = dict.fromkeys(one.name for case in cases for one in case.notices or ())
    text = N_("The notice “{name}” is not listed; it counts as no office action.")
    return tuple(
        Issue(Severity.WARNING, message(text, name=code[:80]), "notices")
        for code in codes
        if notice_word(code) is None
    )
