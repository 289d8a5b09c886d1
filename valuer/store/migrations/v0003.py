"""Revision 0003: undo and redo in the record, a journal of the library, a bin. Frozen.

Older revisions are changes that restore nothing; their chain hashes stay as they are.
The journal begins empty: what came before was not written down, and is not invented.
"""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
)


def upgrade(op: Operations) -> None:
    """Add the columns, tables and triggers of the record."""
    _cases(op)
    _batches(op)
    _journal(op)


def _cases(op: Operations) -> None:
    op.add_column(
        "revisions", Column("kind", Text, server_default="change", nullable=False)
    )
    op.add_column("revisions", Column("restores", Integer))
    op.create_index(
        "ix_revisions_case_id_number_kind_restores_action",
        "revisions",
        ["case_id", "number", "kind", "restores", "action"],
    )
    op.add_column(
        "cases", Column("last_number", Integer, server_default="0", nullable=False)
    )
    op.add_column(
        "cases", Column("last_chain", Text, server_default="", nullable=False)
    )
    op.add_column("cases", Column("binned_at", Text))
    op.execute(
        """UPDATE cases SET (last_number, last_chain) = (
SELECT number, chain FROM revisions WHERE case_id = cases.id
ORDER BY number DESC LIMIT 1)
WHERE EXISTS (SELECT 1 FROM revisions WHERE case_id = cases.id)"""
    )
    for trigger in _CASE_TRIGGERS:
        op.execute(trigger)


def _batches(op: Operations) -> None:
    op.add_column(
        "batches", Column("kind", Text, server_default="import", nullable=False)
    )
    op.add_column(
        "batches", Column("removed", Integer, server_default="0", nullable=False)
    )
    # A column that was never empty may be so now: SQLite wants a new table for that.
    op.drop_index("ix_batch_changes_patent_id", "batch_changes")
    op.rename_table("batch_changes", "old_batch_changes")
    op.create_table(
        "batch_changes",
        Column("batch_id", Integer, nullable=False),
        Column("patent_id", Integer, nullable=False),
        Column("former_batch_id", Integer),
        Column("former_facts", Text),
        PrimaryKeyConstraint("batch_id", "patent_id", name="pk_batch_changes"),
        ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name="fk_batch_changes_batch_id"
        ),
        ForeignKeyConstraint(
            ["former_batch_id"],
            ["batches.id"],
            name="fk_batch_changes_former_batch_id",
        ),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.execute(
        """INSERT INTO batch_changes
(batch_id, patent_id, former_batch_id, former_facts)
SELECT batch_id, patent_id, former_batch_id, former_facts FROM old_batch_changes"""
    )
    op.drop_table("old_batch_changes")
    op.create_index("ix_batch_changes_patent_id", "batch_changes", ["patent_id"])


def _journal(op: Operations) -> None:
    op.create_table(
        "journal",
        Column("number", Integer, nullable=False),
        Column("at", Text, nullable=False),
        Column("author", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("detail", Text, nullable=False),
        Column("undoes", Integer),
        Column("previous", Text, nullable=False),
        Column("chain", Text, nullable=False),
        PrimaryKeyConstraint("number", name="pk_journal"),
        ForeignKeyConstraint(["undoes"], ["journal.number"], name="fk_journal_undoes"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    for trigger in _JOURNAL_TRIGGERS:
        op.execute(trigger)


_CASE_TRIGGERS = (
    """CREATE TRIGGER revisions_restore BEFORE INSERT ON revisions
WHEN NEW.restores IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM revisions WHERE case_id = NEW.case_id AND number = NEW.restores
    AND digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'what is restored comes back as it was'); END""",
    """CREATE TRIGGER revisions_counted AFTER INSERT ON revisions
BEGIN UPDATE cases SET last_number = NEW.number, last_chain = NEW.chain
WHERE id = NEW.case_id; END""",
    """CREATE TRIGGER cases_follow BEFORE UPDATE OF id, last_number, last_chain ON cases
WHEN NEW.id <> OLD.id OR NEW.last_number <> OLD.last_number + 1 OR NOT EXISTS (
    SELECT 1 FROM revisions WHERE case_id = NEW.id AND number = NEW.last_number
    AND chain = NEW.last_chain)
BEGIN SELECT RAISE(ABORT, 'a case counts its own revisions'); END""",
    """CREATE TRIGGER cases_remain BEFORE DELETE ON cases
BEGIN SELECT RAISE(ABORT, 'cases are never deleted'); END""",
)

_JOURNAL_TRIGGERS = (
    """CREATE TRIGGER journal_follow BEFORE INSERT ON journal
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM journal)
BEGIN SELECT RAISE(ABORT, 'an entry follows the last one'); END""",
    """CREATE TRIGGER journal_stay BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'entries of the journal are never changed'); END""",
    """CREATE TRIGGER journal_remain BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'entries of the journal are never deleted'); END""",
)
