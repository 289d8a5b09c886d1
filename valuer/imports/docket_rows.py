"""From the rows of a docket list to cases.

A row is a case when its application number is sound, or when it has none and our own
reference stands there. What a cell tells that is not understood is left out and told;
what a number contradicts is told, and the number taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple

from valuer.agency.docket import Case
from valuer.agency.docket_fields import Field, Holds, field_of
from valuer.agency.docket_profiles import word_key
from valuer.agency.statuses import status_word
from valuer.core.patent_numbers import Number
from valuer.core.patents import KIND_NAMES, Source
from valuer.core.progress import Progress
from valuer.core.texts import N_, message
from valuer.imports.docket_columns import Columns
from valuer.imports.docket_derived import Told, derived, document_of, office_of
from valuer.imports.docket_numbers import docket_number
from valuer.imports.docket_parts import Parts
from valuer.imports.docket_values import Words, texts_of, value_of
from valuer.imports.result import Report
from valuer.imports.rows import SWALLOWING
from valuer.imports.table import Table

_STEP = 250
_NOT_YET = frozenset(
    ("待定", "待下发", "未下发", "未提交", "未递交", "未申请", "待提交")
)
"""What agencies write where there is no application number yet."""

_SUMS = frozenset(("合计", "总计", "小计", "共计"))
"""What a line of sums below an agency's own list is called."""

_SEVERAL_COLUMNS = ("agents", "agent_licences")
_BESIDE = ("publication", "announced", "status_on", "ended_on", "family")
_CLASSES = re.compile(r"[;；|,，、\n]")


_OFTEN = (Holds.PEOPLE, Holds.CHOICE, Holds.STATUS, Holds.ANSWER, Holds.DAY)


class _Plain(NamedTuple):
    """A field that is one value, its columns, and the texts read before."""

    key: str
    field: Field
    columns: tuple[int, ...]
    known: dict[str, Any]


class CaseReader:
    """Reads the rows of one table below its header.

    ``of_documents``: its counts are those of the document that a row names;
    ``all_people``: every column of people is read, not the first that is filled.
    """

    def __init__(
        self,
        table: Table,
        columns: Columns,
        words: Words,
        source: Source,
        *,
        of_documents: bool,
        all_people: bool = False,
    ) -> None:
        self.report = Report(table.sheet)
        self.cases: list[Case] = []
        self.meant: dict[str, str] = {}
        self._table = table
        self._of_documents = of_documents
        self._all_people = all_people
        self._words = words
        self._source = source
        self._columns = columns
        self._width = 1 + max((max(at) for at in columns.of.values()), default=0)
        self._plain = tuple(
            _Plain(key, held, at, {})
            for key, at in columns.of.items()
            if "." not in key and key != "number" and (held := field_of(key))
        )
        self._parts = Parts(table, columns, words, self.report)

    def read(self, progress: Progress, most: int | None = None) -> None:
        """Read the rows, ``most`` of them at most."""
        rows = self._table.rows
        for place in range(self._columns.row + 1, len(rows)):
            if place % _STEP == 0:
                progress(place, len(rows))
            if most is not None and len(self.cases) + self.report.refused >= most:
                return
            cells = rows[place]
            if any(cells) and not "".join(cells).isspace():
                self._read_row(cells, place + 1)

    def _read_row(self, cells: list[str], row: int) -> None:
        if row in self._table.uneven:
            text = N_("The row has {count} cells, unlike most rows; look at it.")
            self.report.doubt(message(text, count=len(cells)), row)
        if row in self._table.swallowing:
            self.report.doubt(message(SWALLOWING), row)
        texts = texts_of(cells, self._width)
        values: dict[str, Any] = {}
        for plain in self._plain:
            value = self._value(plain, texts, row)
            if value is not None:
                values[plain.key] = value
        number = self._number(texts, row, values)
        if number is None:
            return
        beside = {key: values.pop(key) for key in _BESIDE if key in values}
        count = values.pop("action_count", None)
        self._settle(values, number, beside.get("publication", ""), row)
        source = self._source
        place = Source(source.file, source.sha256, self._table.sheet, row)
        values |= self._parts.of(texts, row, count)
        case = Case(number.text, **values, source=place)
        if beside or self._of_documents:
            word = self._kind_word(texts)
            told = Told(**beside, kind_word=word, of_documents=self._of_documents)
            case = derived(case, told)
        self.cases.append(case)

    def _value(self, plain: _Plain, texts: list[str], row: int) -> Any:
        """Return what the columns of a field tell: the first that is filled, or all."""
        is_people = self._all_people and plain.field.holds is Holds.PEOPLE
        if is_people or plain.key in _SEVERAL_COLUMNS:
            found = [
                name
                for column in plain.columns
                if texts[column]
                for name in self._read(plain, texts[column], row, column)
            ]
            return tuple(dict.fromkeys(found)) or None
        for column in plain.columns:
            if texts[column]:
                return self._read(plain, texts[column], row, column)
        return None

    def _read(self, plain: _Plain, text: str, row: int, column: int) -> Any:
        """Return the value of a text; what comes often is read once."""
        if text in plain.known:
            return plain.known[text]
        value, doubt = value_of(plain.field, plain.key, text, self._words)
        if doubt:
            self.report.doubt(doubt, row, column + 1)
        elif plain.field.holds in _OFTEN:
            plain.known[text] = value
        return value

    def _number(
        self, texts: list[str], row: int, values: Mapping[str, Any]
    ) -> Number | None:
        """Return the application number, or None where it made the row refused."""
        columns = self._columns.of.get("number", ())
        given = next(((texts[at], at) for at in columns if texts[at]), None)
        if given is None or given[0] in _NOT_YET:
            return self._without_number(row, columns, values)
        text, column = given
        number = docket_number(text, _office(values), values.get("filed"))
        if not number.issues:
            return number
        wording = number.issues[0].wording
        if number.is_sound:
            self.report.note(wording, row, column + 1)
            return number
        if (row, column + 1) in self._table.rounded:
            rounded = N_(
                "{reason} A spreadsheet keeps 15 digits of a number; format the column"
                " as text."
            )
            wording = message(rounded, reason=wording)
        self.report.refuse(wording, row, column + 1)
        return None

    def _without_number(
        self, row: int, columns: tuple[int, ...], values: Mapping[str, Any]
    ) -> Number | None:
        sums = any(text.strip() in _SUMS for text in self._table.rows[row - 1])
        if values.get("reference") and not sums:
            return Number()
        text = N_(
            "It has neither an application number nor a reference of ours; add one."
        )
        if sums:
            text = N_("It is a line of sums, no case.")
        at = columns[0] + 1 if columns else None
        self.report.refuse(message(text), row, at)
        return None

    def _settle(
        self, values: dict[str, Any], number: Number, publication: str, row: int
    ) -> None:
        """Settle kind, office and status of a row: the number is believed first."""
        stated = values.get("kind")
        document = document_of(publication) if publication else Number()
        values["kind"] = number.kind or document.kind or stated
        values["office"] = number.country or _office(values) or "CN"
        if "status" in values:
            values["status"] = one_status(values["status"])
            values["status_means"] = self._meant(values["status"])
        if "field" in values:
            plain = unicodedata.normalize("NFKC", values["field"])
            values["field"] = _CLASSES.split(plain)[0].strip()
        licences = values.get("agent_licences")
        if licences and len(licences) != len(values.get("agents", ())):
            text = N_(
                "There are not as many licence numbers as signing agents; they were"
                " left out."
            )
            columns = self._columns.of["agent_licences"]
            self.report.doubt(message(text), row, columns[0] + 1)
            del values["agent_licences"]
        if stated and number.kind and stated is not number.kind:
            text = N_(
                "The list says {stated}, the number says {kind}; the number was taken."
            )
            names = {
                "stated": message(KIND_NAMES[stated]),
                "kind": message(KIND_NAMES[number.kind]),
            }
            columns = self._columns.of["kind"]
            self.report.doubt(message(text, **names), row, columns[0] + 1)

    def _meant(self, status: str) -> str:
        """Return the listed word that the profile says a status word means."""
        means = self._words.get(("status", word_key(status)), "")
        if means:
            self.meant[status] = means
        return means

    def _kind_word(self, texts: list[str]) -> str:
        columns = self._columns.of.get("kind", ())
        return next((texts[at] for at in columns if texts[at]), "")


def one_status(text: str) -> str:
    """Return the one word of several (授权 | 权利转移) that tells an outcome.

    Where none or more than one does, the text stays as it stands.
    """
    words = [word.strip() for word in text.split("|") if word.strip()]
    telling = [word for word in words if tells_outcome(word)]
    outcomes = {found.outcome for word in telling if (found := status_word(word))}
    return telling[0] if len(words) > 1 and len(outcomes) == 1 else text


def tells_outcome(word: str) -> bool:
    """Tell whether a status word is listed with an outcome."""
    found = status_word(word)
    return found is not None and found.outcome is not None


def _office(values: Mapping[str, Any]) -> str:
    return office_of(values.get("office", ""))
