"""Revision 0001: the first form of a library. Frozen; later forms have later steps."""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)


def upgrade(op: Operations) -> None:
    """Make all tables of the first form in an empty file."""
    _patents(op)
    _cases(op)
    _append_only(op)


def _patents(op: Operations) -> None:
    op.create_table(
        "batches",
        Column("id", Integer, nullable=False),
        Column("at", Text, nullable=False),
        Column("files", Text, nullable=False),
        Column("added", Integer, server_default="0", nullable=False),
        Column("updated", Integer, server_default="0", nullable=False),
        Column("unchanged", Integer, server_default="0", nullable=False),
        Column("taken_back_at", Text),
        PrimaryKeyConstraint("id", name="pk_batches"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "sources",
        Column("id", Integer, nullable=False),
        Column("file", Text, nullable=False),
        Column("sha256", Text, nullable=False),
        Column("sheet", Text, nullable=False),
        Column("on", Text),
        PrimaryKeyConstraint("id", name="pk_sources"),
        sqlite_strict=True,
    )
    op.create_table(
        "patents",
        Column("id", Integer, nullable=False),
        Column("batch_id", Integer, nullable=False),
        Column("source_id", Integer, nullable=False),
        Column("source_row", Integer),
        Column("number", Text),
        Column("publications", Text, nullable=False),
        Column("country", Text, nullable=False),
        Column("kind", Text),
        Column("title", Text, nullable=False),
        Column("owners", Text, nullable=False),
        Column("inventors", Text, nullable=False),
        Column("ipc", Text, nullable=False),
        Column("filed", Text),
        Column("priority", Text),
        Column("granted", Text),
        Column("status", Text, nullable=False),
        Column("status_wording", Text, nullable=False),
        Column("status_on", Text),
        Column("history", Text, nullable=False),
        Column("fees", Text, nullable=False),
        Column("pta_days", Integer, nullable=False),
        Column("pte_days", Integer, nullable=False),
        PrimaryKeyConstraint("id", name="pk_patents"),
        ForeignKeyConstraint(["batch_id"], ["batches.id"], name="fk_patents_batch_id"),
        ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name="fk_patents_source_id"
        ),
        UniqueConstraint("number", name="uq_patents_number"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "publications",
        Column("publication", Text, nullable=False),
        Column("patent_id", Integer, nullable=False),
        PrimaryKeyConstraint("publication", "patent_id", name="pk_publications"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "batch_changes",
        Column("batch_id", Integer, nullable=False),
        Column("patent_id", Integer, nullable=False),
        Column("former_batch_id", Integer, nullable=False),
        Column("former_facts", Text, nullable=False),
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
    op.create_index("ix_batch_changes_patent_id", "batch_changes", ["patent_id"])


def _cases(op: Operations) -> None:
    op.create_table(
        "cases",
        Column("id", Integer, nullable=False),
        Column("at", Text, nullable=False),
        PrimaryKeyConstraint("id", name="pk_cases"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "revisions",
        Column("case_id", Integer, nullable=False),
        Column("number", Integer, nullable=False),
        Column("at", Text, nullable=False),
        Column("author", Text, nullable=False),
        Column("action", Text, nullable=False),
        Column("body", Text, nullable=False),
        Column("digest", Text, nullable=False),
        Column("previous", Text, nullable=False),
        Column("chain", Text, nullable=False),
        PrimaryKeyConstraint("case_id", "number", name="pk_revisions"),
        ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_revisions_case_id"),
        CheckConstraint("number >= 1", name="ck_revisions_number"),
        sqlite_strict=True,
    )
    op.create_table(
        "reports",
        Column("id", Integer, nullable=False),
        Column("case_id", Integer, nullable=False),
        Column("revision", Integer, nullable=False),
        Column("kind", Text, nullable=False),
        Column("language", Text, nullable=False),
        Column("number", Text, nullable=False),
        Column("report_date", Text, nullable=False),
        Column("value", Text),
        Column("currency", Text, nullable=False),
        Column("program_version", Text, nullable=False),
        Column("sha256", Text, nullable=False),
        Column("at", Text, nullable=False),
        PrimaryKeyConstraint("id", name="pk_reports"),
        ForeignKeyConstraint(
            ["case_id", "revision"],
            ["revisions.case_id", "revisions.number"],
            name="fk_reports_case_id_revision",
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_reports_case_id_revision", "reports", ["case_id", "revision"])
    op.create_table(
        "settings",
        Column("key", Text, nullable=False),
        Column("value", Text, nullable=False),
        PrimaryKeyConstraint("key", name="pk_settings"),
        sqlite_strict=True,
    )


def _append_only(op: Operations) -> None:
    op.execute(
        """CREATE TRIGGER revisions_follow BEFORE INSERT ON revisions
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM revisions
                    WHERE case_id = NEW.case_id)
BEGIN SELECT RAISE(ABORT, 'a revision follows the last one'); END"""
    )
    for table, verb, name, reason in (
        ("revisions", "UPDATE", "stay", "revisions are never changed"),
        ("revisions", "DELETE", "remain", "revisions are never deleted"),
        ("reports", "UPDATE", "stay", "issued reports are never changed"),
        ("reports", "DELETE", "remain", "issued reports are never deleted"),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_{name} BEFORE {verb} ON {table}\n"
            f"BEGIN SELECT RAISE(ABORT, '{reason}'); END"
        )
