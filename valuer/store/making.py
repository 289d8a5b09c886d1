"""A new library: an empty file with all tables, in the form of today."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, insert

from valuer.store.connections import engine_on
from valuer.store.docket_schema import DOCKET_RECORD
from valuer.store.files import remove_whole
from valuer.store.schema import (
    APPEND_ONLY,
    APPLICATION_ID,
    HEAD,
    alembic_version,
    metadata,
)


def make_library(draft: Path, patience: float) -> None:
    """Make an empty library, whole or not at all.

    Raises:
        OSError: the disk refuses.
        sqlite3.Error: the disk refuses.
    """
    engine = engine_on(draft, patience, mode="rwc")
    try:
        with engine.connect() as connection, connection.begin():
            create_schema(connection)
    except BaseException:
        engine.dispose()
        remove_whole(draft)
        raise
    engine.dispose()


def create_schema(connection: Connection) -> None:
    """Write all tables into an empty file and say that they are the newest."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    metadata.create_all(connection, checkfirst=False)
    for trigger in (*APPEND_ONLY, *DOCKET_RECORD):
        connection.exec_driver_sql(trigger)
    alembic_version.create(connection, checkfirst=False)
    connection.execute(insert(alembic_version).values(version_num=HEAD))
