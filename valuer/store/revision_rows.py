"""Revisions and their rows: what a revision is, and what its chain hash covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import LargeBinary, Text, cast, type_coerce

from valuer.core.problems import UserError
from valuer.core.texts import N_, Message, message
from valuer.store.cases import case_name
from valuer.store.schema import revisions

_r = revisions.c


class RevisionKind(StrEnum):
    """How a revision came about."""

    CHANGE = "change"
    UNDO = "undo"
    REDO = "redo"


_TAKEN = {
    RevisionKind.UNDO: N_("Undo: {step}"),
    RevisionKind.REDO: N_("Redo: {step}"),
}


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision without its case.

    Attributes:
        case_id: the case's name, as in ``C7``.
        number: from 1, without gaps.
        at: when it was saved, in UTC.
        author: who saved it.
        action: marked text of what was done, undone or done again.
        digest: SHA-256 of the case's canonical JSON, in hex.
        chain: hash over the chain before and this revision.
        kind: whether the action was done, undone or done again.
        restores: number of the revision whose value it brought back, or None.
    """

    case_id: str
    number: int
    at: datetime
    author: str
    action: str
    digest: str
    chain: str
    kind: RevisionKind = RevisionKind.CHANGE
    restores: int | None = None

    @property
    def wording(self) -> Message:
        """What was done, as a person would say it."""
        step = message(self.action)
        if self.kind in _TAKEN:
            return message(_TAKEN[self.kind], step=step)
        if self.restores is None:
            return step
        return message(
            N_("{step} (revision {number})"), step=step, number=self.restores
        )


COLUMNS = (
    _r.case_id,
    _r.number,
    type_coerce(_r.at, Text),
    _r.author,
    _r.action,
    _r.digest,
    _r.chain,
    _r.kind,
    _r.restores,
)
BODY = cast(_r.body, LargeBinary)
"""As bytes, and times as text: what is damaged must not stop us from saying so."""

DAMAGED = N_(
    "Revision {number} of case {case} is damaged: it is not what was saved. Restore the"
    " library from a backup."
)


def read_revision(record: Sequence[Any]) -> Revision:
    """Return a row of ``COLUMNS`` as a revision.

    Raises:
        UserError: it is damaged.
    """
    key, number, at, author, action, stated, chain, kind, restores = record
    try:
        return Revision(
            case_name(key),
            number,
            datetime.fromisoformat(at),
            author,
            action,
            stated,
            chain,
            RevisionKind(kind),
            restores,
        )
    except ValueError as error:
        raise UserError(DAMAGED, case=case_name(key), number=number) from error


def told_parts(
    name: str,
    number: int,
    at: str,
    author: str,
    action: str,
    stated: str,
    kind: str,
    restores: int | None,
) -> tuple[str | int, ...]:
    """Return what a chain hash covers besides the one before."""
    told = (name, number, at, author, action, stated)
    if kind == RevisionKind.CHANGE and restores is None:
        return told
    return (*told, kind, "" if restores is None else restores)
