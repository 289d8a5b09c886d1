"""Open a library for a command: to read, beside whoever writes, or to change it."""

from __future__ import annotations

from pathlib import Path

from valuer.cli.answers import tell
from valuer.cli.here import now
from valuer.core.problems import UserError
from valuer.store.backups import back_up_daily
from valuer.store.library import Access, Library, open_library


def library_to_read(path: Path) -> Library:
    """Open a library without writing a byte, whoever writes it at the moment.

    Only one of an older form is upgraded, and what a dead writer left is finished.

    Raises:
        UserError: there is none, or it cannot be read.
    """
    return open_library(path, access=Access.READ)


def library_to_change(path: Path, tongue: str, *, create: bool = False) -> Library:
    """Open a library as its only writer, and make the backup of the day.

    A backup that fails is told; the command goes on.

    Raises:
        UserError: somebody else writes it, or it cannot be written.
    """
    library = open_library(path, create=create)
    try:
        back_up_daily(library, now())
    except UserError as error:
        tell(error.say(tongue))
    except BaseException:
        library.close()
        raise
    return library
