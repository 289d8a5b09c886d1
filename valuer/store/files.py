"""How a finished file comes to its place: whole, and never over another one."""

from __future__ import annotations

import os
from pathlib import Path

from valuer.core.problems import UserError
from valuer.core.texts import N_


def place_draft(draft: Path, path: Path) -> None:
    """Give a finished draft its name; only an empty file may be in the place.

    Raises:
        UserError: something else came to stand there in the meantime.
    """
    try:
        if path.is_file() and not path.stat().st_size:
            draft.replace(path)
        else:
            move_without_replacing(draft, path)
    except FileExistsError:
        raise UserError(
            N_("{file} has been made by another program in the meantime."),
            file=path.name,
        ) from None
    sync_folder(path.absolute().parent)


def move_without_replacing(draft: Path, path: Path) -> None:
    """Rename ``draft`` to ``path``.

    Raises:
        FileExistsError: something stands there; both files are as they were.
    """
    if os.name == "posix":
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            raise
        except OSError:
            # exFAT and some network disks know no links.
            if path.exists():
                raise FileExistsError(path) from None
        else:
            draft.unlink()
            return
    draft.rename(path)


def sync_folder(folder: Path) -> None:
    """Bring a folder's list of names to the disk, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
