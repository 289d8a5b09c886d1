"""Packages of the e-filing client (CPC 案卷包): what was filed, from the filing itself.

A zip in which ``list.xml`` lists the forms: the request (110101 and its like), claims
(100001), description (100002). One package is one case. Packages may stand several in
one zip, in folders or as zips of their own, one level deep. What cannot be read of one
package refuses that package by name, and the others are read.

Source: 国家阶段电子申请案卷包目录结构规范; the office's forms 100001 to 130101.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

from valuer.agency.docket import Case
from valuer.core.patents import Source
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_, Message, message
from valuer.core.zips import BROKEN_ZIP
from valuer.imports import zipped
from valuer.imports.archives import Allowance, Archive
from valuer.imports.docket_result import ReadDocket
from valuer.imports.efiling_case import CLAIMS, DESCRIPTION, Form, Package, case_of
from valuer.imports.efiling_request import REQUESTS
from valuer.imports.plain_xml import LIMIT_BYTES, Node, read_xml
from valuer.imports.reading import file_bytes
from valuer.imports.tables import LIMIT_BYTES as LIMIT_ARCHIVE

KEY = "efiling_package"

_LIST = "list.xml"
_MOST_FORM = 5_000_000  # bytes of a list or a request; real ones have some thousand
_REQUEST_NAME = re.compile(r"专利请求书$|进入中国国家阶段声明")
_PARTED = re.compile(r"[\\/]+")


def read_package(path: Path, progress: Progress = ignore) -> ReadDocket:
    """Return the cases of the packages in a file.

    Raises:
        UserError: it cannot be read, or holds no package.
    """
    return package_from_bytes(file_bytes(path), path.name, progress)


def package_from_bytes(
    data: bytes, name: str, progress: Progress = ignore
) -> ReadDocket:
    """Return the cases of the packages in a file's bytes.

    Raises:
        UserError: no zip, damaged, protected, unsafe, or without any package.
    """
    if not data.startswith(zipped.MAGIC):
        text = N_("{file} is no zip; a package of the e-filing client is one.")
        raise UserError(text, file=name)
    digest = hashlib.sha256(data).hexdigest()
    reader = _Reader(Source(name, digest), progress)
    reader.read(Archive(data, name, reader.allowance))
    if not reader.met:
        raise no_list(name)
    return ReadDocket(
        name,
        digest,
        KEY,
        reader.met,
        tuple(reader.cases),
        reader.met - len(reader.cases),
        tuple(reader.issues),
    )


def is_package(data: bytes) -> bool:
    """Tell a zip of forms from a workbook, by the names of its parts."""
    if not data.startswith(zipped.MAGIC):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {one.replace("\\", "/").casefold() for one in archive.namelist()}
    except BROKEN_ZIP:
        return False
    return not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}


class _Reader:
    """Reads one package after the other; one that fails leaves the others be."""

    def __init__(self, source: Source, progress: Progress) -> None:
        self.allowance = Allowance()
        self.met = 0
        self.cases: list[Case] = []
        self.issues: list[Issue] = []
        self._source = source
        self._progress = progress

    def read(self, archive: Archive, within: str = "") -> None:
        """Read every package of an archive, and of the archives in it.

        Raises:
            UserError: an archive within one that lies within another.
        """
        folders = [key.removesuffix(_LIST) for key in archive.parts if _is_list(key)]
        for folder in folders:
            self._progress(self.met, 0)
            self.met += 1
            place = archive.parts[folder + _LIST][: -len(_LIST)].strip("/")
            self._take(archive, folder, "/".join(filter(None, (within, place))))
        for key in [key for key in archive.parts if key.endswith(".zip")]:
            part = archive.parts[key]
            if any(key.startswith(folder) for folder in folders):
                text = N_("“{part}” lies within a package and was not opened.")
                self._tell(Severity.NOTE, message(text, part=part), within)
            else:
                self._open(archive, key, within)

    def _open(self, archive: Archive, key: str, within: str) -> None:
        """Read an archive that lies in the file; a damaged one is a package refused."""
        part, met = archive.parts[key], self.met
        if within:
            text = N_("“{part}” lies in a zip within the zip; unpack the outer one.")
            self._refuse_archive(message(text, part=part), within)
            return
        try:
            data = archive.read(key, LIMIT_ARCHIVE)
            self.read(Archive(data, part, self.allowance), part)
        except UserError as error:
            self._refuse_archive(error.wording, part)
            return
        if self.met == met:
            self._refuse_archive(no_list(part).wording, part)

    def _refuse_archive(self, wording: Message, place: str) -> None:
        self.met += 1
        self._refuse(wording, place)

    def _take(self, archive: Archive, folder: str, place: str) -> None:
        source = replace(self._source, sheet=place)
        try:
            package = _package(archive, folder, self._progress)
            case, doubts = case_of(package, source)
        except UserError as error:
            self._refuse(error.wording, place)
            return
        self.cases.append(case)
        for doubt in doubts:
            self._tell(Severity.WARNING, doubt, place or case.number or case.reference)

    def _refuse(self, wording: Message, place: str) -> None:
        text = N_("{reason} The package was not imported.")
        self._tell(Severity.ERROR, message(text, reason=wording), place)

    def _tell(self, severity: Severity, wording: Message, place: str) -> None:
        if place:
            text = N_("Package “{package}”: {reason}")
            wording = message(text, package=place, reason=wording)
        self.issues.append(Issue(severity, wording, "", place))


def no_list(name: str) -> UserError:
    """Return the refusal of a zip without a package."""
    text = N_(
        "{file} holds no package of the e-filing client: none of its parts is named"
        " list.xml; export the case again."
    )
    return UserError(text, file=name)


def _is_list(key: str) -> bool:
    return key.rpartition("/")[2] == _LIST


def _package(archive: Archive, folder: str, progress: Progress) -> Package:
    """Return what stands in a folder with its ``list.xml``.

    Raises:
        UserError: a part that is needed is damaged, missing or not to be trusted.
    """
    listed = _tree(archive, folder + _LIST, _MOST_FORM, progress)
    head = listed.first("QINGQIUXX")
    if head is None:
        text = N_(
            "{part} lists no application (QINGQIUXX); only packages of applications"
            " are read here."
        )
        raise UserError(text, part=archive.parts[folder + _LIST])
    items = list(listed.outermost("BAONEIWJXX"))
    request = next(filter(None, map(_request_code, items)), "")
    forms: dict[str, Form] = {}
    missing: list[str] = []
    for item in items:
        code, path = item.own("BIAOGEDM"), _path(item)
        # A form that the list names twice is one.
        if code in (request, CLAIMS, DESCRIPTION) and path not in forms:
            most = _MOST_FORM if code == request else LIMIT_BYTES
            text_of = None
            if code != request and _is_missing(archive, folder + path):
                missing.append(path[-120:])
            else:
                text_of = _text(archive, folder + path, most, progress)
            pages, count = item.own("PAGES"), item.own("COUNTS")
            forms[path] = Form(code, pages, count, text_of)
    return Package(head, tuple(forms.values()), request, tuple(missing))


def _request_code(item: Node) -> str:
    """Return the code of a form that is a request, "" of any other."""
    code = item.own("BIAOGEDM")
    named = _REQUEST_NAME.search(item.own("WENJIANMC"))
    return code if code in REQUESTS or (named and code) else ""


def _path(item: Node) -> str:
    """Return where a form lies in its package, in small letters, parted by ``/``."""
    path = item.own("XIANGDUILJ") or item.own("WENJIANBZ")
    return _PARTED.sub("/", path).removeprefix("./").casefold()


def _text(archive: Archive, key: str, most: int, progress: Progress) -> Node | None:
    """Return a form's tree, or None where it is no XML.

    Raises:
        UserError: it is not there, or cannot be read.
    """
    if not key.endswith(".xml"):
        return None
    if _is_missing(archive, key):
        text = N_("The form {part} is in the list, but not in the package; export it.")
        raise UserError(text, part=key[-120:])
    return _tree(archive, key, most, progress)


def _is_missing(archive: Archive, key: str) -> bool:
    return key.endswith(".xml") and key not in archive.parts


def _tree(archive: Archive, key: str, most: int, progress: Progress) -> Node:
    return read_xml(archive.read(key, most), archive.parts[key], progress)
