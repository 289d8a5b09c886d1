"""The docket in columns, for the metrics."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from valuer.agency.columns import Docket, columns_of
from valuer.store.docket import every_case


def docket_columns(connection: Connection, as_of: date) -> Docket:
    """Return the columns of all cases."""
    return columns_of(every_case(connection), as_of)


def is_kept(connection: Connection) -> bool:
    """Say whether the columns stand ready."""
    return connection is not None


def keep_columns(connection: Connection) -> None:
    """Make the columns that do not stand ready."""
