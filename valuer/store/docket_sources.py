"""Where the docket of a library comes from, and what is open in it."""

from __future__ import annotations

from sqlalchemy import Connection

from valuer.agency.origins import Counted, Origins, TakenUp
from valuer.store.batches import Batch, BatchKind, list_batches
from valuer.store.docket_questions import count_questions
from valuer.store.docket_words import unknown_status_words

MOST_FILES = 30
"""Imports that are told; the newest ones."""

MOST_WORDS = 40


def docket_origins(connection: Connection) -> Origins:
    """Return the imports that stand, the status words not known, and open questions."""
    batches = sorted(list_batches(connection), key=lambda batch: batch.at)
    files = [
        TakenUp(_names(batch), _cases(batch), batch.at.date())
        for batch in batches
        if batch.kind is BatchKind.DOCKET and batch.taken_back_at is None
    ]
    words = unknown_status_words(connection)[:MOST_WORDS]
    return Origins(
        tuple(files[-MOST_FILES:]),
        tuple(Counted(word, count) for word, count in words),
        count_questions(connection),
    )


def _names(batch: Batch) -> str:
    names = [one.file for one in batch.files]
    more = f" +{len(names) - 3}" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def _cases(batch: Batch) -> int:
    return batch.added + batch.updated + batch.unchanged
