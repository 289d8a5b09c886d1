"""From the rows of a list to patents, in the manner of its format.

What all lists share is here: where a number stands, how dates read, what a row needs
to name a patent. A format says only what is its own: what parts the names in a cell,
whose column names the owner, what its dates mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

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
from valuer.imports.tables import Table

BLANKS = frozenset(
    ("-", "--", "---", "/", "无", "无数据", "暂无", "null", "none", "n/a", "na", "nan")
)
"""What lists write where they have nothing."""

_STEP = 250
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_SEVERAL = re.compile(r"[;；|\n]+")
_NONE = Number()
_UNTOLD = Standing(None)


@dataclass(frozen=True, slots=True)
class Facts:
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


class RowReader:
    """Reads the rows of one table below its header."""

    def __init__(
        self, table: Table, header: Header, manner: Manner, source: Source
    ) -> None:
        self._report = Report(table.sheet)
        self._table = table
        self._header = header
        self._columns = header.columns
        self._manner = manner
        self._source = source
        self._parted: dict[tuple[str, str], tuple[str, ...]] = {}

    def read(self, progress: Progress) -> Report:
        """Return the patents of the table, what is doubtful and what was refused."""
        rows = self._table.rows
        for place in range(self._header.row + 1, len(rows)):
            if place % _STEP == 0:
                progress(place, len(rows))
            cells = rows[place]
            if any(cells) and any(map(str.strip, cells)):
                self._read_row(cells, place + 1)
        return self._report

    def _read_row(self, cells: Sequence[str], row: int) -> None:
        if row in self._table.uneven:
            text = N_("The row has {count} cells, unlike most rows; look at it.")
            self._report.doubt(message(text, count=len(cells)), row)
        filed = self._day(cells, row, "filed")
        publications = self._publications(cells, row)
        number = self._number(cells, row, filed, bool(publications))
        if number is None:
            return
        if number is _NONE and not publications:
            self._refuse_unnamed(row)
            return
        self._add(cells, row, number, publications, filed)

    def _cell(self, cells: Sequence[str], field: str) -> str:
        column = self._columns.get(field, -1)
        if not 0 <= column < len(cells):
            return ""
        text = cells[column].strip()
        return "" if len(text) <= 4 and text.casefold() in BLANKS else text

    def _place(self, field: str) -> int | None:
        column = self._columns.get(field)
        return None if column is None else column + 1

    def _day(self, cells: Sequence[str], row: int, field: str) -> date | None:
        text = self._cell(cells, field)
        if not text:
            return None
        day = parse_date(text)
        if day is None and _SERIAL.fullmatch(text):
            day = excel_day(float(text))
        if day is None:
            wording = N_("“{given}” names no day for certain; the date was left out.")
            self._report.doubt(
                message(wording, given=text[:60]), row, self._place(field)
            )
        return day

    def _publications(self, cells: Sequence[str], row: int) -> list[Number]:
        text = self._cell(cells, "publication")
        found = []
        for part in _SEVERAL.split(text) if text else ():
            number = publication_number(part)
            if number.is_sound:
                found.append(number)
            for issue in number.issues:
                self._report.doubt(issue.wording, row, self._place("publication"))
        if len(found) > 1:
            found.sort(key=lambda one: publication_rank(one.text))
        return found

    def _number(
        self, cells: Sequence[str], row: int, filed: date | None, is_published: bool
    ) -> Number | None:
        """Return the application number, or None where it made the row refused."""
        text = self._cell(cells, "number")
        if not text:
            return _NONE
        country = self._cell(cells, "country").upper()
        known = country if len(country) == 2 and country != "WO" else ""
        number = application_number(text, known, filed)
        if not number.issues:
            return number
        wording, place = number.issues[0].wording, self._place("number")
        if number.is_sound:
            if self._manner.tells_check_digit:
                self._report.note(wording, row, place)
            return number
        if is_published and not number.text:
            self._report.doubt(wording, row, place)
            return _NONE
        if (row, place) in self._table.rounded:
            rounded = N_(
                "{reason} A spreadsheet keeps 15 digits of a number; format the column"
                " as text."
            )
            wording = message(rounded, reason=wording)
        self._report.refuse(wording, row, place)
        return None

    def _refuse_unnamed(self, row: int) -> None:
        place = self._place("number") or self._place("publication")
        text = N_("It has no application number and no publication number; add one.")
        self._report.refuse(message(text), row, place)

    def _add(
        self,
        cells: Sequence[str],
        row: int,
        number: Number,
        publications: list[Number],
        filed: date | None,
    ) -> None:
        latest = publications[-1] if publications else number
        word = self._cell(cells, "kind") if self._manner.states_kind else ""
        kind = number.kind or latest.kind or kind_of(word)
        status_on = self._day(cells, row, "status_on")
        wording = self._cell(cells, "status")
        meaning = self._meaning(wording, row)
        published = self._day(cells, row, "published")
        granted = self._day(cells, row, "granted")
        granted = self._manner.granted(
            Facts(kind, word, latest.text, published, granted, meaning, status_on)
        )
        status = self._status(wording, meaning, granted, row)
        source = self._source
        patent = Patent(
            number=number.text,
            publications=tuple(dict.fromkeys(one.text for one in publications)),
            country=number.country if number.country != "WO" else latest.country,
            kind=kind,
            title=" ".join(self._cell(cells, "title").split()),
            owners=self._owners(cells),
            inventors=self._names(cells, "inventors", self._manner.inventors),
            filed=filed,
            priority=self._day(cells, row, "priority"),
            granted=granted,
            ipc=self._names(cells, "ipc", self._manner.classes),
            status=status,
            status_wording=wording,
            status_on=status_on,
            history=(LegalEvent(status, wording, status_on),) if wording else (),
            source=Source(source.file, source.sha256, self._table.sheet, row),
        )
        self._report.patents.append(patent)
        for doubt, field in doubts(patent, number, word):
            self._report.doubt(doubt, row, self._place(field))

    def _meaning(self, wording: str, row: int) -> Standing:
        if not wording:
            if "status" in self._columns:
                text = N_("No legal status is stated.")
                self._report.note(message(text), row, self._place("status"))
            return _UNTOLD
        meaning = standing(wording)
        if meaning is None:
            text = N_("The legal status “{wording}” is not known here; set it by hand.")
            wording = wording[:60]
            place = self._place("status")
            self._report.doubt(message(text, wording=wording), row, place)
            return _UNTOLD
        return meaning

    def _status(
        self, wording: str, meaning: Standing, granted: date | None, row: int
    ) -> LegalStatus:
        if meaning.status is not None:
            return meaning.status
        if not wording or meaning is _UNTOLD:
            return LegalStatus.UNKNOWN
        if granted:  # a transfer, a change of name: the patent stands as granted
            return LegalStatus.IN_FORCE
        text = N_(
            "“{wording}” does not tell whether this is a patent or an application; look"
            " it up in the register."
        )
        self._report.doubt(message(text, wording=wording), row, self._place("status"))
        return LegalStatus.UNKNOWN

    def _owners(self, cells: Sequence[str]) -> tuple[str, ...]:
        for field in self._manner.owner_columns:
            if names := self._names(cells, field, self._manner.owners):
                return names
        return ()

    def _names(
        self, cells: Sequence[str], field: str, parting: Parting
    ) -> tuple[str, ...]:
        text = self._cell(cells, field)
        if not text:
            return ()
        key = (field, text)
        if key not in self._parted:
            self._parted[key] = parting(text)
        return self._parted[key]
