"""Revision 0004: the bytes of documents that cases rest on. Frozen."""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import (
    CheckConstraint,
    Column,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Text,
)


def upgrade(op: Operations) -> None:
    """Make the table of documents, and what keeps them as they are."""
    op.create_table(
        "documents",
        Column("digest", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("media_type", Text, nullable=False),
        Column("size", Integer, nullable=False),
        Column("at", Text, nullable=False),
        Column("bytes", LargeBinary, nullable=False),
        PrimaryKeyConstraint("digest", name="pk_documents"),
        CheckConstraint("size = length(bytes)", name="ck_documents_size"),
        sqlite_strict=True,
    )
    for trigger in _TRIGGERS:
        op.execute(trigger)


_TRIGGERS = (
    """CREATE TRIGGER documents_stay BEFORE UPDATE ON documents
BEGIN SELECT RAISE(ABORT, 'documents are never changed'); END""",
    """CREATE TRIGGER documents_remain BEFORE DELETE ON documents
WHEN EXISTS (
    SELECT 1 FROM revisions JOIN cases ON cases.id = revisions.case_id
    WHERE revisions.number = cases.last_number
    AND instr(revisions.body, OLD.digest))
OR EXISTS (
    SELECT 1 FROM revisions JOIN reports ON reports.case_id = revisions.case_id
    AND reports.revision = revisions.number
    WHERE instr(revisions.body, OLD.digest))
BEGIN SELECT RAISE(ABORT, 'a document that a case rests on is kept'); END""",
)
