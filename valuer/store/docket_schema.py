"""The tables of the docket (案卷), in every library.

What lists are ordered and filtered by stands in columns; all facts of a case stand as
JSON in a table of their own, so that looking through the columns passes over little.
A batch remembers the former facts of the cases that it changed, as for patents. What
was asked and answered stays. The parts of columns and the kept answers are derived:
they may be dropped at any time.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)

from valuer.store.schema import batches, metadata
from valuer.store.types import Day, Moment

docket_cases = Table(
    "docket_cases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", Integer, ForeignKey(batches.c.id), nullable=False),
    Column("office", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("client", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("filed", Day),
    Column("granted", Day),
    Column("words", Text, nullable=False),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)
Index(
    "ux_docket_number",
    docket_cases.c.number,
    docket_cases.c.office,
    unique=True,
    sqlite_where=text("number <> ''"),
)
ORDERED = ("number", "reference", "title", "client", "agent", "status", "outcome")
"""Columns of text that a list can be ordered by."""
for _name in (*ORDERED, "filed", "granted"):
    Index(None, docket_cases.c[_name], docket_cases.c.id)

docket_facts = Table(
    "docket_facts",
    metadata,
    Column("case_id", Integer, ForeignKey(docket_cases.c.id), primary_key=True),
    Column("facts", Text, nullable=False),
    Column("by_hand", Text, nullable=False, server_default="[]"),
    sqlite_strict=True,
)

# Who signs or handles a case: ``docket_facts`` is what counts.
docket_agents = Table(
    "docket_agents",
    metadata,
    Column("agent", Text, primary_key=True),
    Column("case_id", Integer, ForeignKey(docket_cases.c.id), primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
Index(None, docket_agents.c.case_id)

# As ``batch_changes``: what cases were before the batch, or before it was taken back.
docket_changes = Table(
    "docket_changes",
    metadata,
    Column("batch_id", Integer, ForeignKey(batches.c.id), primary_key=True),
    Column("case_id", Integer, primary_key=True),
    Column("former_batch_id", Integer, ForeignKey(batches.c.id)),
    Column("former_facts", Text),
    Column("former_by_hand", Text),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
Index(None, docket_changes.c.case_id)

docket_questions = Table(
    "docket_questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", Integer, ForeignKey(batches.c.id), nullable=False),
    Column("case_id", Integer),
    Column("at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("issues", Text, nullable=False),
    Column("stands", Text),
    Column("came", Text, nullable=False),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)
Index(None, docket_questions.c.digest)
Index(None, docket_questions.c.batch_id)

docket_answers = Table(
    "docket_answers",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("question_id", Integer, ForeignKey(docket_questions.c.id), nullable=False),
    Column("at", Moment, nullable=False),
    Column("author", Text, nullable=False),
    Column("choice", Text, nullable=False),
    Column("batch_id", Integer, ForeignKey(batches.c.id)),
    CheckConstraint("choice IN ('keep', 'take')", name="choice"),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)
Index(None, docket_answers.c.question_id)

# What the user said that a status word means; the last word on each counts.
docket_words = Table(
    "docket_words",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("word", Text, nullable=False),
    Column("means", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("author", Text, nullable=False),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)

docket_profiles = Table(
    "docket_profiles",
    metadata,
    Column("name", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("author", Text, nullable=False),
    Column("body", Text, nullable=False),
    sqlite_strict=True,
)

# A number that grows with every change; ``id`` is 1.
docket_state = Table(
    "docket_state",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("state", Integer, nullable=False),
    sqlite_strict=True,
)

docket_parts = Table(
    "docket_parts",
    metadata,
    Column("part", Integer, primary_key=True),
    Column("form", Text, nullable=False),
    Column("crc", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    sqlite_strict=True,
)

docket_kept = Table(
    "docket_kept",
    metadata,
    Column("key", Text, primary_key=True),
    Column("state", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    sqlite_strict=True,
)

DOCKET_RECORD = tuple(
    f"""CREATE TRIGGER {table}_{name} BEFORE {change} ON {table}
BEGIN SELECT RAISE(ABORT, '{what} are never {done}'); END"""
    for table, what in (
        ("docket_questions", "questions of the docket"),
        ("docket_answers", "answers to the docket"),
        ("docket_words", "words of the docket"),
    )
    for name, change, done in (
        ("stay", "UPDATE", "changed"),
        ("remain", "DELETE", "deleted"),
    )
)
"""Triggers that keep what was asked and answered."""
