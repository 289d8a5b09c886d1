"""Templates of houses (机构报告模板): a folder or a zip, read without trusting it.

``house.json`` tells accent colour and wording by language, ``logo.png`` is the logo.
There is no code in a template, no markup and no reference to anything outside it.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from valuer.core.canonical import from_plain, parse_json
from valuer.core.files import read_whole
from valuer.core.look import Addition, Look, Wording, look_faults
from valuer.core.problems import UserError
from valuer.core.texts import LANGUAGES, N_, Message, message
from valuer.core.zips import BROKEN_ZIP
from valuer.reports.house_wording import may_take_words
from valuer.reports.logos import taken_up
from valuer.reports.seals import LARGEST as LARGEST_PICTURE

WORDS, LOGO = "house.json", "logo.png"
FORMAT = 1
"""Number of the template's form."""

_LARGEST = {WORDS: 256 * 1024, LOGO: LARGEST_PICTURE}
_LARGEST_ZIP = 8 * 1024 * 1024
_MOST_ENTRIES = 16
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Template:
    """A template as read: the look, and the bytes of its logo, b"" without one."""

    look: Look
    logo: bytes


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one language in ``house.json``."""

    header: str = ""
    footer: str = ""
    cover: tuple[str, ...] = ()
    sections: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Written:
    """``house.json``."""

    format: int
    accent: str = ""
    zh_CN: _Words | None = None  # noqa: N815 - the language's own name
    en: _Words | None = None


def read_template(path: Path) -> Template:
    """Return the template in a folder or a zip.

    Raises:
        UserError: it holds something else, or too much, or what a template may not say;
            names it.
    """
    files = _in_folder(path) if path.is_dir() else _in_zip(path)
    if WORDS not in files:
        text = N_("{file} is no template of a house: it holds no {wanted}.")
        raise UserError(text, file=path.name, wanted=WORDS)
    logo = taken_up(files[LOGO], LOGO) if LOGO in files else b""
    return Template(_look(files[WORDS], logo), logo)


def _look(data: bytes, logo: bytes) -> Look:
    plain = parse_json(data, WORDS)
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        text = N_("{file} does not tell the form {form}; write “format”: {form} in it.")
        raise UserError(text, file=WORDS, form=FORMAT)
    written = from_plain(plain, _Written)
    look = Look(
        accent=written.accent.lower(),
        logo=hashlib.sha256(logo).hexdigest() if logo else "",
        wordings=tuple(_wordings(written)),
    )
    faults = [*look_faults(look), *_unknown_sections(look)]
    if faults:
        raise UserError(N_("{file}: {fault}."), file=WORDS, fault=faults[0])
    return look


def _wordings(written: _Written) -> Iterator[Wording]:
    for language in LANGUAGES:
        words: _Words | None = getattr(written, language)
        if words is None:
            continue
        additions = tuple(
            Addition(key, texts) for key, texts in words.sections.items() if texts
        )
        yield Wording(language, words.header, words.footer, words.cover, additions)


def _unknown_sections(look: Look) -> Iterator[Message]:
    for one in look.wordings:
        for addition in one.additions:
            if not may_take_words(addition.section):
                text = N_("no section “{key}” takes paragraphs of the house")
                yield message(text, key=addition.section[:40])


def _in_folder(folder: Path) -> dict[str, bytes]:
    found = {}
    for name, largest in _LARGEST.items():
        path = folder / name
        if path.is_symlink():
            text = N_("{file} points elsewhere; a template holds its files itself.")
            raise UserError(text, file=name)
        if path.exists():
            found[name] = read_whole(path, largest)
    return found


def _in_zip(path: Path) -> dict[str, bytes]:
    data = read_whole(path, _LARGEST_ZIP)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _unpacked(archive, path.name)
    except BROKEN_ZIP:
        text = N_("{file} is no zip, protected or damaged; a template is one.")
        raise UserError(text, file=path.name) from None


def _unpacked(archive: zipfile.ZipFile, file: str) -> dict[str, bytes]:
    entries = [one for one in archive.infolist() if not one.is_dir()]
    found: dict[str, bytes] = {}
    for entry in entries[:_MOST_ENTRIES]:
        steps = PurePosixPath(entry.filename).parts
        name = steps[-1] if steps else ""
        is_plain = len(steps) <= 2 and ".." not in steps and steps[:1] != ("/",)
        if name not in _LARGEST or not is_plain or name in found:
            text = N_("{file} holds “{entry}”, which is no part of a template.")
            raise UserError(text, file=file, entry=entry.filename[:80])
        if entry.compress_type not in _PACKED:
            raise zipfile.BadZipFile
        with archive.open(entry) as packed:
            found[name] = packed.read(_LARGEST[name] + 1)
        if len(found[name]) > _LARGEST[name]:
            text = N_("{file} is larger than {most} kB; it was not read.")
            raise UserError(text, file=name, most=_LARGEST[name] // 1024)
    if len(entries) > _MOST_ENTRIES:
        text = N_("{file} holds {count} files; a template holds two.")
        raise UserError(text, file=file, count=len(entries))
    return found
