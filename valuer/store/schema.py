"""The tables of a library file.

Patents are relational, for there may be a million. A case is nothing but its
revisions: they are only ever added, triggers see to it. A change here needs a
migration (``migrations``).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
)

from valuer.store.types import Day, DecimalText, Json, Moment

HEAD = "0006"
"""The revision of the schema that this program writes."""

APPLICATION_ID = 0x56414C31
"""``VAL1`` in the file's header: this SQLite file is one of our libraries."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Numbers of batches, patents and cases are never used twice: AUTOINCREMENT.
batches = Table(
    "batches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("files", Json, nullable=False),
    Column("added", Integer, nullable=False, server_default="0"),
    Column("updated", Integer, nullable=False, server_default="0"),
    Column("unchanged", Integer, nullable=False, server_default="0"),
    Column("taken_back_at", Moment),
    Column("kind", Text, nullable=False, server_default="import"),
    Column("removed", Integer, nullable=False, server_default="0"),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("on", Day),
    sqlite_strict=True,
)

# Lists of names are JSON, so that no separator can hide in a name.
patents = Table(
    "patents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", Integer, ForeignKey(batches.c.id), nullable=False),
    Column("source_id", Integer, ForeignKey(sources.c.id), nullable=False),
    Column("source_row", Integer),
    Column("number", Text, unique=True),
    Column("publications", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("kind", Text),
    Column("title", Text, nullable=False),
    Column("owners", Text, nullable=False),
    Column("inventors", Text, nullable=False),
    Column("ipc", Text, nullable=False),
    Column("filed", Day),
    Column("priority", Day),
    Column("granted", Day),
    Column("status", Text, nullable=False),
    Column("status_wording", Text, nullable=False),
    Column("status_on", Day),
    Column("history", Text, nullable=False),
    Column("fees", Text, nullable=False),
    Column("pta_days", Integer, nullable=False),
    Column("pte_days", Integer, nullable=False),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)

# An index by publication, kept by hand: ``patents.publications`` is what counts.
publications = Table(
    "publications",
    metadata,
    Column("publication", Text, primary_key=True),
    Column("patent_id", Integer, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# What the index of words knows (``search``): of which form it is, and up to which
# patent it goes, but for those that changed since; for these, what it still says.
indexing = Table(
    "indexing",
    metadata,
    Column("form", Text, primary_key=True),
    Column("up_to", Integer, nullable=False),
    sqlite_strict=True,
)
unindexed = Table(
    "unindexed",
    metadata,
    Column("patent_id", Integer, primary_key=True),
    Column("former_words", Text),
    sqlite_strict=True,
)

PATENT_WORDS = """CREATE VIRTUAL TABLE IF NOT EXISTS patent_words
USING fts5(words, content='', columnsize=0, tokenize='ascii')"""
"""The index itself: it keeps where each word stands, not the texts."""


def has_full_text(connection: Connection) -> bool:
    """Say whether this build of SQLite has FTS5; nearly every one has."""
    query = "SELECT 1 FROM pragma_module_list WHERE name = 'fts5'"
    return connection.exec_driver_sql(query).first() is not None


@event.listens_for(metadata, "after_create")
def _make_patent_words(_: MetaData, connection: Connection, **__: Any) -> None:
    if has_full_text(connection):
        connection.exec_driver_sql(PATENT_WORDS)


# What patents were before the batch did its work, or before it was taken back; NULL
# where they were not there. One that it added needs no row while it is there.
batch_changes = Table(
    "batch_changes",
    metadata,
    Column("batch_id", Integer, ForeignKey(batches.c.id), primary_key=True),
    Column("patent_id", Integer, primary_key=True),
    Column("former_batch_id", Integer, ForeignKey(batches.c.id)),
    Column("former_facts", Text),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
Index(None, batch_changes.c.patent_id)

# The last number and chain bear witness: a newest revision cut off is missed here.
cases = Table(
    "cases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("last_number", Integer, nullable=False, server_default="0"),
    Column("last_chain", Text, nullable=False, server_default=""),
    Column("binned_at", Moment),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)

revisions = Table(
    "revisions",
    metadata,
    Column("case_id", Integer, ForeignKey(cases.c.id), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("author", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("chain", Text, nullable=False),
    Column("kind", Text, nullable=False, server_default="change"),
    Column("restores", Integer),
    CheckConstraint("number >= 1", name="number"),
    sqlite_strict=True,
)
# Undo reads the whole trail; here it need not pass over the bodies.
Index(
    None,
    *(revisions.c[name] for name in ("case_id", "number", "kind", "restores")),
    revisions.c.action,
)

reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("report_date", Day, nullable=False),
    Column("value", DecimalText),
    Column("currency", Text, nullable=False),
    Column("program_version", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(
        ["case_id", "revision"], [revisions.c.case_id, revisions.c.number]
    ),
    sqlite_strict=True,
)
Index(None, reports.c.case_id, reports.c.revision)

# Documents that cases rest on, the same bytes once; a case names them by digest.
documents = Table(
    "documents",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    CheckConstraint("size = length(bytes)", name="size"),
    sqlite_strict=True,
)

# The credit ledger, as it was written: the last entry of an event is what it is now.
credit_entries = Table(
    "credit_entries",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("event_id", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("author", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject_kind", Text, nullable=False),
    Column("subject_id", Text, nullable=False),
    Column("body", Text, nullable=False),
    CheckConstraint("kind IN ('put', 'removed')", name="kind"),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)
Index(None, credit_entries.c.event_id, credit_entries.c.number)

# The agency's own versions of rule packs, each kept with who made it and why.
rule_packs = Table(
    "rule_packs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("pack", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("author", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("pack", "version"),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)

# What was done with the library as a whole; its numbers, too, are never used twice.
journal = Table(
    "journal",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("author", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("undoes", Integer),
    Column("previous", Text, nullable=False),
    Column("chain", Text, nullable=False),
    ForeignKeyConstraint(["undoes"], ["journal.number"]),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)

settings = Table(
    "settings",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)

# As Alembic itself makes it; outside ``metadata``, for no migration may touch it.
alembic_version = Table(
    "alembic_version",
    MetaData(naming_convention={"pk": "alembic_version_pkc"}),
    Column("version_num", String(32), primary_key=True),
)

APPEND_ONLY = (
    """CREATE TRIGGER revisions_follow BEFORE INSERT ON revisions
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM revisions
                    WHERE case_id = NEW.case_id)
BEGIN SELECT RAISE(ABORT, 'a revision follows the last one'); END""",
    """CREATE TRIGGER revisions_stay BEFORE UPDATE ON revisions
BEGIN SELECT RAISE(ABORT, 'revisions are never changed'); END""",
    """CREATE TRIGGER revisions_remain BEFORE DELETE ON revisions
BEGIN SELECT RAISE(ABORT, 'revisions are never deleted'); END""",
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
    """CREATE TRIGGER journal_follow BEFORE INSERT ON journal
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM journal)
BEGIN SELECT RAISE(ABORT, 'an entry follows the last one'); END""",
    """CREATE TRIGGER journal_stay BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'entries of the journal are never changed'); END""",
    """CREATE TRIGGER journal_remain BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'entries of the journal are never deleted'); END""",
    """CREATE TRIGGER reports_stay BEFORE UPDATE ON reports
BEGIN SELECT RAISE(ABORT, 'issued reports are never changed'); END""",
    """CREATE TRIGGER reports_remain BEFORE DELETE ON reports
BEGIN SELECT RAISE(ABORT, 'issued reports are never deleted'); END""",
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
"""Triggers that keep the record: what is written there stays as it is."""
