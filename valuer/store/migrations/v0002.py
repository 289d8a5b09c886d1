"""Revision 0002: an index of the words in patents. Frozen.

It starts empty, so that a large library is upgraded at once; it is filled afterwards.
"""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Text


def upgrade(op: Operations) -> None:
    """Make the index and what tells how far it goes."""
    op.create_table(
        "indexing",
        Column("form", Text, nullable=False),
        Column("up_to", Integer, nullable=False),
        PrimaryKeyConstraint("form", name="pk_indexing"),
        sqlite_strict=True,
    )
    op.create_table(
        "unindexed",
        Column("patent_id", Integer, nullable=False),
        Column("former_words", Text),
        PrimaryKeyConstraint("patent_id", name="pk_unindexed"),
        sqlite_strict=True,
    )
    modules = "SELECT 1 FROM pragma_module_list WHERE name = 'fts5'"
    if op.get_bind().exec_driver_sql(modules).first():
        op.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS patent_words\n"
            "USING fts5(words, content='', columnsize=0, tokenize='ascii')"
        )
