"""Look into a zip of forms from elsewhere: names, sizes, one part at a time.

Chinese programs write the names of parts in GBK and say so nowhere; others in UTF-8,
with or without the bit that tells it. Nothing is ever unpacked to a disk; still, what
names places outside the archive, is protected, or stands twice is refused by name, and
all that is read from one file shares one bound.

Source: APPNOTE.TXT 4.4.4 (bits of a part), appendix D (encoding of names).
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.core.zips import BROKEN_ZIP
from valuer.imports.extents import damaged

LIMIT_READ = 600_000_000
"""Bytes unpacked from one file, all its parts and archives within it together."""

_MOST_PARTS = 50_000
_PIECE = 1_000_000
_UTF8, _PROTECTED = 0x800, 0x1
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ELSEWHERE = re.compile(r"/|[A-Za-z]:|(?:.*/)?\.\.(?:/|$)", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_RUBBISH = re.compile(r"(?:.*/)?(?:__macosx/|\.ds_store$|thumbs\.db$|desktop\.ini$)")


@dataclass(slots=True)
class Allowance:
    """How many bytes may still be unpacked."""

    left: int = LIMIT_READ


class Archive:
    """The parts of a zip by their names, with ``/`` between folders.

    Attributes:
        name: what messages call it.
        parts: names as they stand, by their names in small letters.
    """

    def __init__(self, data: bytes, name: str, allowance: Allowance) -> None:
        """Look at the names only.

        Raises:
            UserError: damaged, protected, or a part is named as none may be.
        """
        self.name = name
        self._allowance = allowance
        self._infos: dict[str, zipfile.ZipInfo] = {}
        self.parts: dict[str, str] = {}
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN_ZIP:
            raise damaged(name) from None
        if len(self._zip.infolist()) > _MOST_PARTS:
            text = N_("{file} has more than {most} parts; make it again from fewer.")
            raise UserError(text, file=name, most=_MOST_PARTS)
        for info in self._zip.infolist():
            self._take(info)

    def _take(self, info: zipfile.ZipInfo) -> None:
        part = _name(info)
        key = part.casefold()
        if part.endswith("/") or _RUBBISH.match(key):
            return
        if not part or _CONTROL.search(part) or _ELSEWHERE.match(part):
            text = N_(
                "{file}: the name of the part “{part}” leads out of the file or is none;"
                " make the file again."
            )
            raise UserError(text, file=self.name, part=_shown(part))
        if info.flag_bits & _PROTECTED:
            text = N_(
                "{file}: the part “{part}” is protected with a password; make the file"
                " again without one."
            )
            raise UserError(text, file=self.name, part=_shown(part))
        if key in self._infos:
            text = N_(
                "{file}: the part “{part}” stands twice; make the file again with one."
            )
            raise UserError(text, file=self.name, part=_shown(part))
        self._infos[key] = info
        self.parts[key] = part

    def read(self, key: str, most: int) -> bytes:
        """Return the bytes of a part, named in small letters.

        Raises:
            UserError: damaged, larger than ``most``, or more than may be unpacked.
        """
        info, part = self._infos[key], _shown(self.parts[key])
        if info.file_size > min(most, self._allowance.left):
            text = N_(
                "{file}: the part “{part}” would unpack to {size} MB and was not opened."
            )
            size = info.file_size // 1_000_000
            raise UserError(text, file=self.name, part=part, size=size)
        self._allowance.left -= info.file_size
        if info.compress_type not in _PACKINGS:
            raise self._broken(part)
        try:
            with self._zip.open(info) as stream:
                # In pieces: a part that lies about its size ends at the size it says.
                return b"".join(iter(lambda: stream.read(_PIECE), b""))
        except BROKEN_ZIP:
            raise self._broken(part) from None

    def _broken(self, part: str) -> UserError:
        text = N_(
            "{file}: the part “{part}” is damaged; copy or export the file again."
        )
        return UserError(text, file=self.name, part=part)


def _name(info: zipfile.ZipInfo) -> str:
    """Return a part's name in its own encoding, folders parted by ``/``."""
    # The second byte of a GBK letter may be a backslash, which is none: first the
    # bytes, then the letters, then the folders.
    name = info.orig_filename
    if not info.flag_bits & _UTF8:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            break
    return name.replace("\\", "/").removeprefix("./")


def _shown(part: str) -> str:
    return "".join(one if one.isprintable() else "?" for one in part[-120:])
