"""Revision 0006: the docket of the agency's own cases. Frozen."""

from __future__ import annotations

from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Make the tables of the docket, and what keeps questions and answers."""
    for statement in _STATEMENTS:
        op.execute(statement)


_STATEMENTS = (
    """CREATE TABLE docket_cases (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    batch_id INTEGER NOT NULL,
    office TEXT NOT NULL,
    number TEXT NOT NULL,
    reference TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    client TEXT NOT NULL,
    agent TEXT NOT NULL,
    field TEXT NOT NULL,
    status TEXT NOT NULL,
    outcome TEXT NOT NULL,
    filed TEXT,
    granted TEXT,
    words TEXT NOT NULL,
    CONSTRAINT fk_docket_cases_batch_id FOREIGN KEY(batch_id) REFERENCES batches (id)
)
 STRICT""",
    """CREATE INDEX ix_docket_cases_agent_id ON docket_cases (agent, id)""",
    """CREATE INDEX ix_docket_cases_client_id ON docket_cases (client, id)""",
    """CREATE INDEX ix_docket_cases_filed_id ON docket_cases (filed, id)""",
    """CREATE INDEX ix_docket_cases_granted_id ON docket_cases (granted, id)""",
    """CREATE INDEX ix_docket_cases_number_id ON docket_cases (number, id)""",
    """CREATE INDEX ix_docket_cases_outcome_id ON docket_cases (outcome, id)""",
    """CREATE INDEX ix_docket_cases_reference_id ON docket_cases (reference, id)""",
    """CREATE INDEX ix_docket_cases_status_id ON docket_cases (status, id)""",
    """CREATE INDEX ix_docket_cases_title_id ON docket_cases (title, id)""",
    (
        "CREATE UNIQUE INDEX ux_docket_number ON docket_cases (number, office) WHERE "
        "number <> ''"
    ),
    """CREATE TABLE docket_facts (
    case_id INTEGER NOT NULL,
    facts TEXT NOT NULL,
    by_hand TEXT DEFAULT '[]' NOT NULL,
    CONSTRAINT pk_docket_facts PRIMARY KEY (case_id),
    CONSTRAINT fk_docket_facts_case_id FOREIGN KEY(case_id) REFERENCES docket_cases (id)
)
 STRICT""",
    """CREATE TABLE docket_agents (
    agent TEXT NOT NULL,
    case_id INTEGER NOT NULL,
    CONSTRAINT pk_docket_agents PRIMARY KEY (agent, case_id),
    CONSTRAINT fk_docket_agents_case_id FOREIGN KEY(case_id) REFERENCES docket_cases (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE INDEX ix_docket_agents_case_id ON docket_agents (case_id)""",
    """CREATE TABLE docket_changes (
    batch_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    former_batch_id INTEGER,
    former_facts TEXT,
    former_by_hand TEXT,
    CONSTRAINT pk_docket_changes PRIMARY KEY (batch_id, case_id),
    CONSTRAINT fk_docket_changes_batch_id FOREIGN KEY(batch_id) REFERENCES batches (id),
    CONSTRAINT fk_docket_changes_former_batch_id FOREIGN KEY(former_batch_id) REFERENCES batches (id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE INDEX ix_docket_changes_case_id ON docket_changes (case_id)""",
    """CREATE TABLE docket_questions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    batch_id INTEGER NOT NULL,
    case_id INTEGER,
    at TEXT NOT NULL,
    reason TEXT NOT NULL,
    digest TEXT NOT NULL,
    issues TEXT NOT NULL,
    stands TEXT,
    came TEXT NOT NULL,
    CONSTRAINT fk_docket_questions_batch_id FOREIGN KEY(batch_id) REFERENCES batches (id)
)
 STRICT""",
    """CREATE INDEX ix_docket_questions_batch_id ON docket_questions (batch_id)""",
    """CREATE INDEX ix_docket_questions_digest ON docket_questions (digest)""",
    """CREATE TABLE docket_answers (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    question_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    choice TEXT NOT NULL,
    batch_id INTEGER,
    CONSTRAINT ck_docket_answers_choice CHECK (choice IN ('keep', 'take')),
    CONSTRAINT fk_docket_answers_question_id FOREIGN KEY(question_id) REFERENCES docket_questions (id),
    CONSTRAINT fk_docket_answers_batch_id FOREIGN KEY(batch_id) REFERENCES batches (id)
)
 STRICT""",
    """CREATE INDEX ix_docket_answers_question_id ON docket_answers (question_id)""",
    """CREATE TABLE docket_words (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    word TEXT NOT NULL,
    means TEXT NOT NULL,
    at TEXT NOT NULL,
    author TEXT NOT NULL
)
 STRICT""",
    """CREATE TABLE docket_profiles (
    name TEXT NOT NULL,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    body TEXT NOT NULL,
    CONSTRAINT pk_docket_profiles PRIMARY KEY (name)
)
 STRICT""",
    """CREATE TABLE docket_state (
    id INTEGER NOT NULL,
    state INTEGER NOT NULL,
    CONSTRAINT pk_docket_state PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE docket_parts (
    part INTEGER NOT NULL,
    form TEXT NOT NULL,
    crc INTEGER NOT NULL,
    body BLOB NOT NULL,
    CONSTRAINT pk_docket_parts PRIMARY KEY (part)
)
 STRICT""",
    """CREATE TABLE docket_kept (
    "key" TEXT NOT NULL,
    state INTEGER NOT NULL,
    body BLOB NOT NULL,
    CONSTRAINT pk_docket_kept PRIMARY KEY ("key")
)
 STRICT""",
    """CREATE TRIGGER docket_questions_stay BEFORE UPDATE ON docket_questions
BEGIN SELECT RAISE(ABORT, 'questions of the docket are never changed'); END""",
    """CREATE TRIGGER docket_questions_remain BEFORE DELETE ON docket_questions
BEGIN SELECT RAISE(ABORT, 'questions of the docket are never deleted'); END""",
    """CREATE TRIGGER docket_answers_stay BEFORE UPDATE ON docket_answers
BEGIN SELECT RAISE(ABORT, 'answers to the docket are never changed'); END""",
    """CREATE TRIGGER docket_answers_remain BEFORE DELETE ON docket_answers
BEGIN SELECT RAISE(ABORT, 'answers to the docket are never deleted'); END""",
    """CREATE TRIGGER docket_words_stay BEFORE UPDATE ON docket_words
BEGIN SELECT RAISE(ABORT, 'words of the docket are never changed'); END""",
    """CREATE TRIGGER docket_words_remain BEFORE DELETE ON docket_words
BEGIN SELECT RAISE(ABORT, 'words of the docket are never deleted'); END""",
)
