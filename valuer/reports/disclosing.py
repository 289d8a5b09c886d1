"""The file that is disclosed beside a report: the whole case, packed to be checked.

A zip with the case as its revision was stored, the recompute package, the evidence,
and ``contents.json``: each file with its SHA-256. The SHA-256 of the case is the
revision digest in the head of each page of the signed report. The same values give the
same zip; the envelope around it differs each time.
"""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from secrets import token_hex

from valuer.core.canonical import canonical, from_plain, parse_json
from valuer.core.disclosure import Extent, Recipient
from valuer.core.engagement import Evidence
from valuer.core.files import write_whole
from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.core.zips import BROKEN_ZIP
from valuer.reports.package import NAME as PACKAGE

CASE, CONTENTS = "case.json", "contents.json"
FORMAT = 1
"""Number of the file's form."""

LARGEST = 200 * 1024 * 1024
"""Bytes of all files in it, unpacked."""

_LARGEST_CONTENTS = 1024 * 1024
_MOST_FILES = 1000
_PATH = re.compile(
    rf"{re.escape(CASE)}|{re.escape(PACKAGE)}|evidence/[0-9a-f]{{64}}(\.[a-z0-9]{{1,8}})?"
)
_ENDING = re.compile(r"\.[a-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Listed:
    """One file: its place in the zip, its digest and size, the name it came with."""

    path: str
    sha256: str
    size: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is disclosed: which revision of which case, to whom, in which files.

    Attributes:
        digest: SHA-256 of the revision, as the report prints it.
    """

    format: int
    program: str
    case: str
    revision: int
    digest: str
    extent: Extent
    recipients: tuple[Recipient, ...]
    files: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A disclosed file as unpacked: what it says it holds, and that, by place."""

    contents: Contents
    files: Mapping[str, bytes]


def evidence_path(one: Evidence) -> str:
    """Return where a piece of evidence lies in the zip: by its digest, not its name."""
    ending = PurePath(one.name).suffix.lower()
    kept = ending if _ENDING.fullmatch(ending) else ""
    return f"evidence/{one.digest}{kept}"


def listed(path: str, data: bytes, name: str = "") -> Listed:
    """Return the line that tells of a file."""
    return Listed(path, hashlib.sha256(data).hexdigest(), len(data), name)


def pack(contents: Contents, files: Mapping[str, bytes]) -> bytes:
    """Return the zip of these files.

    Raises:
        UserError: they are too large.
    """
    refuse_large(map(len, files.values()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in ((CONTENTS, canonical(contents)), *sorted(files.items())):
            entry = zipfile.ZipInfo(path)  # dated 1980: the same files, the same zip
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def refuse_large(sizes: Iterable[int]) -> None:
    """Refuse files that are too large together.

    Raises:
        UserError: they are.
    """
    if sum(sizes) > LARGEST:
        text = N_("The case and its evidence are larger than {most} MB together.")
        raise UserError(text, most=LARGEST // 1024**2)


def unpack(data: bytes, file: str) -> Disclosed:
    """Return what a zip holds that anybody may have made; ``file`` is its name.

    Raises:
        UserError: it is none of ours, too large, or a file is not as its digest says.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            contents = _contents(archive, file)
            return Disclosed(contents, dict(_files(archive, contents, file)))
    except BROKEN_ZIP:
        raise _not_ours(file) from None


def write_folder(folder: Path, disclosed: Disclosed) -> None:
    """Write the files into a new folder: all of them or none.

    Raises:
        UserError: something stands there, or the disk refuses.
    """
    draft = folder.absolute().parent / f".valuer-{token_hex(8)}.part"
    try:
        (draft / "evidence").mkdir(parents=True)
        write_whole(draft / CONTENTS, canonical(disclosed.contents))
        for path, data in disclosed.files.items():
            write_whole(draft / path, data)
        draft.rename(folder)
    except OSError as error:
        text = N_("{file} cannot be written: {reason}.")
        raise UserError(text, file=str(folder), reason=error.strerror or "") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _contents(archive: zipfile.ZipFile, file: str) -> Contents:
    plain = parse_json(_read(archive, CONTENTS, _LARGEST_CONTENTS), CONTENTS)
    number = plain.get("format") if isinstance(plain, dict) else None
    if type(number) is int and number > FORMAT:
        text = N_("{name} was written by a newer program; update this one.")
        raise UserError(text, name=file)
    if number != FORMAT:
        raise _not_ours(file)
    contents = from_plain(plain, Contents)
    paths = [one.path for one in contents.files]
    if (
        len(paths) > _MOST_FILES
        or any(one.size < 0 for one in contents.files)
        or sorted([CONTENTS, *paths]) != sorted(archive.namelist())
        or len(paths) > len(set(paths))
        or not all(_PATH.fullmatch(path) for path in paths)
        or sum(one.size for one in contents.files) > LARGEST
    ):
        raise _not_ours(file)
    return contents


def _files(
    archive: zipfile.ZipFile, contents: Contents, file: str
) -> Iterator[tuple[str, bytes]]:
    digests = {}
    for one in contents.files:
        data = _read(archive, one.path, one.size)
        digests[one.path] = hashlib.sha256(data).hexdigest()
        if digests[one.path] != one.sha256 or (
            one.path.startswith("evidence/") and one.sha256 not in one.path
        ):
            text = N_("{file}: {path} is not as its SHA-256 says; nothing was written.")
            raise UserError(text, file=file, path=one.path)
        yield one.path, data
    if digests.get(CASE) != contents.digest:
        text = N_("{file}: the case in it is not of the revision that it names.")
        raise UserError(text, file=file)


def _read(archive: zipfile.ZipFile, path: str, most: int) -> bytes:
    """Return one file, never more of it than ``most`` bytes and one."""
    with archive.open(path) as packed:
        data = packed.read(most + 1)
    if len(data) > most:
        raise ValueError(path)
    return data


def _not_ours(file: str) -> UserError:
    text = N_("{file} is opened, and is no disclosed case of this program, or damaged.")
    return UserError(text, file=file)
