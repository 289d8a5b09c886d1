"""The journal (留痕) of a library: what was done with it as a whole, and by whom.

One entry for each import, deletion and the like, whatever its size. Entries are only
ever added, each chained to the one before; what undoes another one names it. What is
done within a case stands in the trail of that case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, Text, insert, select, type_coerce

from valuer.core.canonical import canonical
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.texts import N_, Message, message
from valuer.store.chains import FIRST, link
from valuer.store.schema import journal
from valuer.store.types import moment_text

_j = journal.c


class EntryKind(StrEnum):
    """What was done. The words are stored, so they stay as they are."""

    IMPORT = "import"
    DELETION = "deletion"
    TAKE_BACK = "take_back"
    BRING_AGAIN = "bring_again"
    BIN_CASE = "bin_case"
    TAKE_OUT_CASE = "take_out_case"
    HOUSE = "house"
    RESTORE_BACKUP = "restore_backup"
    REMOVE_DOCUMENT = "remove_document"
    DISCLOSE = "disclose"
    DOCKET_IMPORT = "docket_import"
    DOCKET_EDIT = "docket_edit"
    DOCKET_ANSWER = "docket_answer"
    DOCKET_WORD = "docket_word"


ENTRY_TEXTS = {
    EntryKind.IMPORT: N_("Import {subject}"),
    EntryKind.DELETION: N_("Delete patents ({subject})"),
    EntryKind.TAKE_BACK: N_("Take back {subject}"),
    EntryKind.BRING_AGAIN: N_("Bring {subject} again"),
    EntryKind.BIN_CASE: N_("Put case {subject} into the bin"),
    EntryKind.TAKE_OUT_CASE: N_("Take case {subject} out of the bin"),
    EntryKind.HOUSE: N_("Change the house"),
    EntryKind.RESTORE_BACKUP: N_("Restore the backup {subject}"),
    EntryKind.REMOVE_DOCUMENT: N_("Remove the document {subject} from the library"),
    EntryKind.DISCLOSE: N_("Disclose case {subject} to recipients"),
    EntryKind.DOCKET_IMPORT: N_("Import {subject} into the docket"),
    EntryKind.DOCKET_EDIT: N_("Edit the docket ({subject})"),
    EntryKind.DOCKET_ANSWER: N_("Answer question {subject} of the docket"),
    EntryKind.DOCKET_WORD: N_("Say what the status word “{subject}” means"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the journal.

    Attributes:
        number: from 1, without gaps.
        at: when, in UTC.
        author: who did it.
        kind: what was done.
        subject: to what, as in ``B7`` or ``C3``.
        detail: what else is to be known of it.
        undoes: number of the entry that it undid, or None.
        chain: hash over the chain before and this entry.
    """

    number: int
    at: datetime
    author: str
    kind: EntryKind
    subject: str
    detail: Mapping[str, Any]
    undoes: int | None
    chain: str

    @property
    def wording(self) -> Message:
        """What was done, as a person would say it."""
        return message(ENTRY_TEXTS[self.kind], subject=self.subject)


def note(
    connection: Connection,
    kind: EntryKind,
    subject: str,
    author: str,
    at: datetime,
    detail: Mapping[str, Any] | None = None,
    undoes: int | None = None,
) -> Entry:
    """Write an entry, in the transaction of what it tells."""
    query = select(_j.number, _j.chain).order_by(_j.number.desc()).limit(1)
    last = connection.execute(query).first()
    number, before = (last.number + 1, last.chain) if last else (1, FIRST)
    detail = detail or {}
    text = canonical(detail).decode()
    told = _told(number, moment_text(at), author, kind, subject, text, undoes)
    chain = link(before, *told)
    connection.execute(
        insert(journal).values(
            number=number,
            at=at,
            author=author,
            kind=kind.value,
            subject=subject,
            detail=text,
            undoes=undoes,
            previous=before,
            chain=chain,
        )
    )
    return Entry(number, at, author, kind, subject, detail, undoes, chain)


def library_trail(connection: Connection) -> tuple[Entry, ...]:
    """Return the journal, oldest first.

    Raises:
        UserError: an entry is damaged.
    """
    rows = connection.execute(select(*_COLUMNS).order_by(_j.number)).all()
    return tuple(map(_entry, rows))


def verify_journal(connection: Connection) -> tuple[Issue, ...]:
    """Return what is wrong with the journal; nothing where all is sound."""
    query = select(*_COLUMNS, _j.previous).order_by(_j.number)
    found: list[tuple[int, str]] = []
    before, expected = FIRST, 1
    for *record, previous in connection.execute(query):
        number, chain = record[0], record[-1]
        if number != expected:
            found.append((number, _GAP))
        elif previous != before:
            found.append((number, _REPLACED))
        if chain != link(previous, *_told(*record[:-1])):
            found.append((number, _RECORD))
        before, expected = chain, number + 1
    # SQLite itself keeps the last number that an entry ever had.
    last = "SELECT max(seq) FROM sqlite_sequence WHERE name = 'journal'"
    if (connection.exec_driver_sql(last).scalar() or 0) >= expected:
        found.append((expected - 1, _CUT))
    return tuple(
        Issue(Severity.ERROR, message(text, number=number), str(number))
        for number, text in found
    )


_COLUMNS = (
    _j.number,
    type_coerce(_j.at, Text),
    _j.author,
    _j.kind,
    _j.subject,
    _j.detail,
    _j.undoes,
    _j.chain,
)
"""Times as text: what is damaged must not stop us from saying so."""

_DAMAGED = N_(
    "Entry {number} of the library's journal is damaged. Restore the library from a"
    " backup."
)
_GAP = N_("Before entry {number} of the library's journal an entry is missing.")
_REPLACED = N_(
    "Entry {number} of the library's journal does not follow the one before it: one of"
    " them was replaced."
)
_RECORD = N_("Entry {number} of the library's journal is not as it was written.")
_CUT = N_("After entry {number} of the library's journal the newest are missing.")


def _told(
    number: int,
    at: str,
    author: str,
    kind: str,
    subject: str,
    detail: str,
    undoes: int | None,
) -> tuple[str | int, ...]:
    """Return what a chain hash covers besides the one before."""
    undone = "" if undoes is None else undoes
    return (number, at, author, kind, subject, detail, undone)


def _entry(record: Sequence[Any]) -> Entry:
    number, at, author, kind, subject, detail, undoes, chain = record
    try:
        return Entry(
            number,
            datetime.fromisoformat(at),
            author,
            EntryKind(kind),
            subject,
            msgspec.json.decode(detail, type=dict[str, Any]),
            undoes,
            chain,
        )
    except ValueError as error:  # of which what is no JSON is one
        raise UserError(_DAMAGED, number=number) from error
