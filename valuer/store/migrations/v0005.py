"""Revision 0005: the credit ledger and the agency's own rule packs. Frozen."""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import (
    CheckConstraint,
    Column,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)


def upgrade(op: Operations) -> None:
    """Make both tables, and what keeps them and the evidence as they are."""
    op.create_table(
        "credit_entries",
        Column("number", Integer, nullable=False),
        Column("event_id", Integer, nullable=False),
        Column("at", Text, nullable=False),
        Column("author", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("subject_kind", Text, nullable=False),
        Column("subject_id", Text, nullable=False),
        Column("body", Text, nullable=False),
        PrimaryKeyConstraint("number", name="pk_credit_entries"),
        CheckConstraint("kind IN ('put', 'removed')", name="ck_credit_entries_kind"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        "ix_credit_entries_event_id_number", "credit_entries", ["event_id", "number"]
    )
    op.create_table(
        "rule_packs",
        Column("number", Integer, nullable=False),
        Column("pack", Text, nullable=False),
        Column("version", Integer, nullable=False),
        Column("at", Text, nullable=False),
        Column("author", Text, nullable=False),
        Column("note", Text, nullable=False),
        Column("body", Text, nullable=False),
        PrimaryKeyConstraint("number", name="pk_rule_packs"),
        UniqueConstraint("pack", "version", name="uq_rule_packs_pack_version"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.execute("DROP TRIGGER documents_remain")
    for trigger in _TRIGGERS:
        op.execute(trigger)


_TRIGGERS = (
    """CREATE TRIGGER documents_remain BEFORE DELETE ON documents
WHEN EXISTS (
    SELECT 1 FROM revisions JOIN cases ON cases.id = revisions.case_id
    WHERE revisions.number = cases.last_number
    AND instr(revisions.body, OLD.digest))
OR EXISTS (
    SELECT 1 FROM revisions JOIN reports ON reports.case_id = revisions.case_id
    AND reports.revision = revisions.number
    WHERE instr(revisions.body, OLD.digest))
OR EXISTS (
    SELECT 1 FROM credit_entries WHERE instr(credit_entries.body, OLD.digest))
BEGIN SELECT RAISE(ABORT, 'a document that a case rests on is kept'); END""",
    """CREATE TRIGGER credit_entries_stay BEFORE UPDATE ON credit_entries
BEGIN SELECT RAISE(ABORT, 'entries of the credit ledger are never changed'); END""",
    """CREATE TRIGGER credit_entries_remain BEFORE DELETE ON credit_entries
BEGIN SELECT RAISE(ABORT, 'entries of the credit ledger are never deleted'); END""",
    """CREATE TRIGGER rule_packs_stay BEFORE UPDATE ON rule_packs
BEGIN SELECT RAISE(ABORT, 'rule packs are never changed'); END""",
    """CREATE TRIGGER rule_packs_remain BEFORE DELETE ON rule_packs
BEGIN SELECT RAISE(ABORT, 'rule packs are never deleted'); END""",
)
