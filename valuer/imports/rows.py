"""From the rows of a list to patents, in the manner of its format.

What all lists share is here: where a number stands, how dates read, what a row needs
to name a patent. A format says only what is its own: what parts the names in a cell,
whose column names the owner, what its dates mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from valuer.core.dates import excel_day, parse_date
from valuer.core.patent_numbers import (
    Number,
    application_number,
    publication_number,
    publication_rank,
)
from valuer.core.patents import LegalEvent, LegalStatus, Patent, PatentKind, Source
from valuer.core.progress import Progress
from valuer.core.texts import N_, message
from valuer.imports.columns import Header
from valuer.imports.doubts import doubts, kind_of
from valuer.imports.names import Parting
from valuer.imports.result import Report
from valuer.imports.statuses import Standing, standing
from valuer.imports.table import Table

BLANKS = frozenset(
    blank
    for word in (
        "-",
        "--",
        "---",
        "—",
        "——",
        "/",
        "无",
        "无数据",
        "暂无",
        "null",
        "none",
        "n/a",
        "na",
    )
    for blank in (word, word.upper(), word.capitalize())
)
"""What lists write where they have nothing."""

SWALLOWING = N_(
    "A cell of the row holds what reads as whole rows: a quotation mark may have taken"
    " them in. Compare the number of rows with the list."
)
"""What is said of a row that may have taken in those below it."""

_STEP = 250
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_SEVERAL = re.compile(r"[;；|\n]+")
_NONE = Number()
_UNTOLD = Standing(None)


class Facts(NamedTuple):
    """What a row says that bears on the day of grant."""

    kind: PatentKind | None
    kind_word: str
    publication: str
    published: date | None
    granted: date | None
    meaning: Standing
    status_on: date | None


@dataclass(frozen=True, slots=True)
class Manner:
    """What is a format's own.

    Attributes:
        owners: parts the names of owners in a cell; ``inventors`` those of inventors,
            ``classes`` the classes of the IPC.
        owner_columns: which columns name the owner, the first that is filled.
        granted: returns the day of grant from what the row says.
        states_kind: whether its column of the type tells the kind.
        tells_check_digit: whether its Chinese numbers should have a check digit.
    """

    owners: Parting
    inventors: Parting
    classes: Parting
    owner_columns: tuple[str, ...]
    granted: Callable[[Facts], date | None]
    states_kind: bool = True
    tells_check_digit: bool = True


class Row(NamedTuple):
    """The texts of one row, "" where there is nothing, and its place in the file."""

    number: str
    publication: str
    country: str
    filed: str
    kind: str
    status: str
    status_on: str
    published: str
    granted: str
    title: str
    owners: str
    applicants: str
    inventors: str
    priority: str
    ipc: str
    place: int


class RowReader:
    """Reads the rows of one table below its header."""

    def __init__(
        self, table: Table, header: Header, manner: Manner, source: Source
    ) -> None:
        self._report = Report(table.sheet)
        self._table = table
        self._header = header
        self._columns = header.columns
        self._width = max(header.columns.values(), default=0) + 1
        # A field without a column reads the blank put behind each row's last cell.
        self._pick = itemgetter(
            *(header.columns.get(one, -1) for one in Row._fields[:-1])
        )
        self._manner = manner
        self._source = source
        self._parted: dict[tuple[Parting, str], tuple[str, ...]] = {}
        self._events: dict[tuple[str, date | None, bool], tuple[LegalEvent, ...]] = {}

    def read(self, progress: Progress) -> Report:
        """Return the patents of the table, what is doubtful and what was refused."""
        rows = self._table.rows
        for place in range(self._header.row + 1, len(rows)):
            if place % _STEP == 0:
                progress(place, len(rows))
            cells = rows[place]
            if any(cells) and not "".join(cells).isspace():
                self._read_row(self._row(cells, place + 1))
        return self._report

    def _row(self, cells: list[str], place: int) -> Row:
        if place in self._table.uneven:
            text = N_("The row has {count} cells, unlike most rows; look at it.")
            self._report.doubt(message(text, count=len(cells)), place)
        if place in self._table.swallowing:
            self._report.doubt(message(SWALLOWING), place)
        missing = self._width - len(cells)
        texts = self._pick(
            (*cells, *[""] * missing, "") if missing > 0 else (*cells, "")
        )
        plain = map(str.strip, texts)
        return Row._make(
            (
                *["" if len(text) < 6 and text in BLANKS else text for text in plain],
                place,
            )
        )

    def _read_row(self, row: Row) -> None:
        filed = self._day(row, "filed", row.filed)
        publications = self._publications(row) if row.publication else []
        number = self._number(row, filed, bool(publications)) if row.number else _NONE
        if number is None:
            return
        if number is _NONE and not publications:
            text = N_(
                "It has no application number and no publication number; add one."
            )
            column = self._column("number") or self._column("publication")
            self._report.refuse(message(text), row.place, column)
            return
        self._add(row, number, publications, filed)

    def _column(self, field: str) -> int | None:
        column = self._columns.get(field)
        return None if column is None else column + 1

    def _day(self, row: Row, field: str, text: str) -> date | None:
        if not text:
            return None
        day = parse_date(text)
        if day is None and _SERIAL.fullmatch(text):
            day = excel_day(float(text))
        if day is None:
            wording = N_("“{given}” names no day for certain; the date was left out.")
            wording_of = message(wording, given=text[:60])
            self._report.doubt(wording_of, row.place, self._column(field))
        return day

    def _publications(self, row: Row) -> list[Number]:
        found = []
        for part in _SEVERAL.split(row.publication):
            number = publication_number(part)
            if number.is_sound:
                found.append(number)
            for issue in number.issues:
                column = self._column("publication")
                self._report.doubt(issue.wording, row.place, column)
        if len(found) > 1:
            found.sort(key=lambda one: publication_rank(one.text))
        return found

    def _number(
        self, row: Row, filed: date | None, is_published: bool
    ) -> Number | None:
        """Return the application number, or None where it made the row refused."""
        country = row.country.upper()
        known = country if len(country) == 2 and country != "WO" else ""
        number = application_number(row.number, known, filed)
        if not number.issues:
            return number
        wording, column = number.issues[0].wording, self._column("number")
        if number.is_sound:
            if self._manner.tells_check_digit:
                self._report.note(wording, row.place, column)
            return number
        if is_published and not number.text:
            self._report.doubt(wording, row.place, column)
            return _NONE
        if (row.place, column) in self._table.rounded:
            rounded = N_(
                "{reason} A spreadsheet keeps 15 digits of a number; format the column"
                " as text."
            )
            wording = message(rounded, reason=wording)
        self._report.refuse(wording, row.place, column)
        return None

    def _add(
        self, row: Row, number: Number, publications: list[Number], filed: date | None
    ) -> None:
        latest = publications[-1] if publications else number
        word = row.kind if self._manner.states_kind else ""
        kind = number.kind or latest.kind or kind_of(word)
        status_on = self._day(row, "status_on", row.status_on)
        meaning = self._meaning(row)
        granted = self._manner.granted(
            Facts(
                kind,
                word,
                latest.text,
                self._day(row, "published", row.published),
                self._day(row, "granted", row.granted),
                meaning,
                status_on,
            )
        )
        status = meaning.status or self._untold(row, meaning, granted)
        source = self._source
        patent = Patent(
            number=number.text,
            publications=tuple([one.text for one in publications]),
            country=latest.country,
            kind=kind,
            title=row.title if row.title.isprintable() else " ".join(row.title.split()),
            owners=self._owners(row),
            inventors=self._names(row.inventors, self._manner.inventors),
            filed=filed,
            priority=self._day(row, "priority", row.priority),
            granted=granted,
            ipc=self._names(row.ipc, self._manner.classes),
            status=status,
            status_wording=row.status,
            status_on=status_on,
            history=self._history(status, row.status, status_on),
            source=Source(source.file, source.sha256, self._table.sheet, row.place),
        )
        self._report.patents.append(patent)
        for doubt, field in doubts(patent, number, word):
            # A day of grant may have come from the column of publication.
            column = self._column(field) or self._column("published")
            self._report.doubt(doubt, row.place, column)

    def _meaning(self, row: Row) -> Standing:
        if row.status:
            meaning = standing(row.status)
            if meaning is not None:
                return meaning
            text = N_("The legal status “{wording}” is not known here; set it by hand.")
            wording = message(text, wording=row.status[:60])
            self._report.doubt(wording, row.place, self._column("status"))
        elif "status" in self._columns:
            text = N_("No legal status is stated.")
            self._report.note(message(text), row.place, self._column("status"))
        return _UNTOLD

    def _untold(self, row: Row, meaning: Standing, granted: date | None) -> LegalStatus:
        """Return the status where its wording tells none, as that of a transfer."""
        if meaning is _UNTOLD:
            return LegalStatus.UNKNOWN
        if granted:  # the patent stands as it was granted
            return LegalStatus.IN_FORCE
        text = N_(
            "“{wording}” does not tell whether this is a patent or an application; look"
            " it up in the register."
        )
        wording = message(text, wording=row.status[:60])
        self._report.doubt(wording, row.place, self._column("status"))
        return LegalStatus.UNKNOWN

    def _history(
        self, status: LegalStatus, wording: str, on: date | None
    ) -> tuple[LegalEvent, ...]:
        if not wording:
            return ()
        key = (wording, on, status is LegalStatus.UNKNOWN)
        if key not in self._events:
            self._events[key] = (LegalEvent(status, wording, on),)
        return self._events[key]

    def _owners(self, row: Row) -> tuple[str, ...]:
        for field in self._manner.owner_columns:
            text = row.owners if field == "owners" else row.applicants
            if names := self._names(text, self._manner.owners):
                return names
        return ()

    def _names(self, text: str, parting: Parting) -> tuple[str, ...]:
        if not text:
            return ()
        key = (parting, text)
        if key not in self._parted:
            self._parted[key] = parting(text)
        return self._parted[key]
