"""Files as cases of the docket, or as sheets whose columns are to be mapped.

Each file is read by what it holds, or by the kept profile whose headings it has. A list
that nothing knows, or some of whose headings are strange, is to be mapped.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from valuer.agency.docket_profiles import Profile
from valuer.core.problems import UserError
from valuer.core.progress import Progress
from valuer.gui.agency.mapping import Sheet, best_fitting, look_at, strange_headings
from valuer.imports.docket_result import ReadDocket
from valuer.imports.dockets import read_docket

_GENERAL = ("agency_system", "cnipa_list")
"""Formats known by common headings only: a profile of the agency's knows more."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of files: read, or sheets whose columns are to be mapped."""

    read: tuple[ReadDocket, ...]
    sheets: tuple[Sheet, ...]


def read_files(
    paths: Sequence[Path], profiles: Sequence[Profile], progress: Progress
) -> Reading:
    """Return files read, and the sheets of those that nothing knows for certain.

    Raises:
        UserError: one of them can be neither read nor mapped.
    """
    found = [_read_or_asked(path, profiles, progress) for path in paths]
    sheets = tuple(one for one in found if isinstance(one, Sheet))
    return Reading(tuple(o for o in found if not isinstance(o, Sheet)), sheets)


def _read_or_asked(
    path: Path, profiles: Sequence[Profile], progress: Progress
) -> ReadDocket | Sheet:
    """Return a file as it was read, or its sheet to be mapped.

    Raises:
        UserError: it can be neither; the reason is that of reading it as a docket.
    """
    try:
        read = read_docket(path, None, progress)
    except UserError:
        with suppress(UserError):
            sheet = look_at(path, progress)
            fitting = best_fitting(sheet, profiles)
            if fitting is not None:
                return read_docket(path, fitting, progress)
            if sheet.columns:
                return sheet
        raise
    if read.format not in _GENERAL:
        return read
    sheet = look_at(path, progress)
    fitting = best_fitting(sheet, profiles)
    if fitting is not None:
        return read_docket(path, fitting, progress)
    return sheet if strange_headings(sheet) else read
