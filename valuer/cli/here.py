"""Who works at this machine, and when."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, date, datetime

from valuer.core.problems import UserError
from valuer.core.texts import N_


def author() -> str:
    """Return who works at this machine, for the audit trail."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        # A system without user names, as in some containers.
        return str(os.getuid()) if hasattr(os, "getuid") else "user"


def now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


def day_of(given: str) -> date:
    """Return a day typed as 2026-09-30.

    Raises:
        UserError: it is none.
    """
    try:
        return date.fromisoformat(given)
    except ValueError:
        text = N_("“{given}” is no date such as 2026-09-30.")
        raise UserError(text, given=given[:40]) from None
