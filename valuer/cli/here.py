"""Who works at this machine, and when."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, datetime


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
