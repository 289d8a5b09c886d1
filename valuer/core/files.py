"""Read and write single files: whole or not at all, with errors in plain words."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path
from secrets import token_hex

from valuer.core.problems import UserError
from valuer.core.texts import N_

LARGEST = 512 * 1024 * 1024
"""No file that we read whole is larger, in bytes."""

_WORDS = {
    errno.ENOENT: N_("{file} does not exist, or its folder is missing."),
    errno.ENOTDIR: N_("{file} does not exist, or its folder is missing."),
    errno.EISDIR: N_("{file} is a folder, not a file."),
    errno.EACCES: N_("{file} may not be read or written; check its permissions."),
    errno.EPERM: N_("{file} may not be read or written; check its permissions."),
    errno.EROFS: N_("{file} cannot be written: the disk is read-only."),
    errno.ENOSPC: N_("The disk is full: {file} was not written. Free some space."),
    errno.EDQUOT: N_("The disk is full: {file} was not written. Free some space."),
    errno.ENAMETOOLONG: N_("The name {file} is too long for this disk."),
}


def read_whole(path: Path, largest: int = LARGEST) -> bytes:
    """Return a file's bytes.

    Raises:
        UserError: it is missing, may not be read, is no file or is too large.
    """
    try:
        if path.is_dir():
            raise UserError(N_("{file} is a folder, not a file."), file=path.name)
        if path.exists() and not path.is_file():
            # A pipe or a device would keep us waiting for ever.
            raise UserError(N_("{file} is no ordinary file."), file=path.name)
        if path.stat().st_size > largest:
            text = N_("{file} is larger than {most} MB; it was not read.")
            raise UserError(text, file=path.name, most=largest // 1024**2)
        return path.read_bytes()
    except OSError as error:
        raise _explained(error, path) from None
    except ValueError:  # a NUL in the name
        raise UserError(_WORDS[errno.ENOENT], file=ascii(str(path))) from None


def refuse_existing(path: Path, *, force: bool) -> None:
    """Refuse a place where something stands already, unless forced.

    Raises:
        UserError: something stands there, or the folder is missing.
    """
    if path.is_dir():
        raise UserError(N_("{file} is a folder, not a file."), file=path.name)
    if path.exists() and not force:
        text = N_("{file} exists; nothing was changed. Give --force to replace it.")
        raise UserError(text, file=path.name)
    if not path.absolute().parent.is_dir():
        raise UserError(_WORDS[errno.ENOENT], file=str(path))


def write_whole(path: Path, data: bytes) -> None:
    """Write beside, bring to the disk, then put in place; all or nothing.

    Raises:
        UserError: the disk refuses; what stood there before stands there still.
    """
    draft = path.absolute().parent / f".valuer-{token_hex(8)}.part"
    try:
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise _explained(error, path) from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def _explained(error: OSError, path: Path) -> Exception:
    words = _WORDS.get(error.errno or 0)
    if words is None:
        text = N_("{file} cannot be read or written: {reason}.")
        return UserError(text, file=path.name, reason=error.strerror or "")
    return UserError(words, file=path.name)
