"""Read the XML of an office's forms into a plain tree, and nothing else that XML can do.

No entity is defined or resolved, nothing outside the bytes is looked at, no depth and
no number of elements goes unbounded. The office's own writers put the name of its
document type before the texts of an application; that one line is passed over, its
file never sought.

Source: XML 1.0, 2.8 (document types), 4.3.3 (encodings).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from valuer.core.problems import UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_

LIMIT_BYTES = 30_000_000
"""The largest text read; claims of a thousand pages are a tenth of it."""

_MOST_ELEMENTS = 400_000
_DEEPEST = 100
_PIECE = 1_000_000
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DECLARED = re.compile(
    rb"\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([\w.-]{1,40})[\"']"
)
_ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
}
_OFFICE_TYPE = re.compile(r"[\w./\\-]*\bcn-[a-z-]+-\d{8}\.dtd", re.ASCII)


@dataclass(slots=True)
class Node:
    """An element: its name without prefix, its attributes, what it holds in order."""

    name: str
    attributes: dict[str, str]
    parts: list[str | Node] = field(default_factory=list)

    @property
    def children(self) -> list[Node]:
        """The elements directly within."""
        return [one for one in self.parts if isinstance(one, Node)]

    @property
    def text(self) -> str:
        """All text within, in order."""
        return "".join(
            one if isinstance(one, str) else one.text for one in self.parts
        ).strip()

    def walk(self) -> Iterator[Node]:
        """Yield this element and all within, in the order of the document."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def outermost(self, *names: str) -> Iterator[Node]:
        """Yield the elements of these names that lie in no other of them, in order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if node.name in names:
                yield node
            else:
                waiting.extend(reversed(node.children))

    def own(self, name: str) -> str:
        """Return the text of an element directly within, "" where there is none."""
        return next((one.text for one in self.children if one.name == name), "")

    def first(self, *path: str) -> Node | None:
        """Return the first element found down a path of names, at any depth each."""
        found: Node | None = self
        for name in path:
            inside = found.walk() if found else iter(())
            found = next((one for one in inside if one.name == name), None)
        return found

    def told(self, *path: str) -> str:
        """Return the text of the first element down a path, "" where there is none."""
        found = self.first(*path)
        return found.text if found else ""


def read_xml(data: bytes, entry: str, progress: Progress = ignore) -> Node:
    """Return the tree of a file; ``entry`` names it in messages.

    Raises:
        UserError: not well-formed, in another encoding than it says, too large, or
            with entities or a document type.
    """
    if len(data) > LIMIT_BYTES:
        raise _vast(entry)
    encoded = _decoded(data, entry).encode("utf-8")
    grower = _Grower(entry)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = grower.start
    parser.EndElementHandler = grower.end
    parser.CharacterDataHandler = grower.say
    parser.StartDoctypeDeclHandler = grower.refuse_other_type
    parser.EntityDeclHandler = grower.refuse
    parser.ElementDeclHandler = grower.refuse
    parser.AttlistDeclHandler = grower.refuse
    parser.NotationDeclHandler = grower.refuse
    parser.SkippedEntityHandler = grower.refuse
    try:
        for start in range(0, len(encoded), _PIECE):
            progress(0, 0)
            parser.Parse(encoded[start : start + _PIECE], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        text = N_(
            "{entry} is damaged at line {line}: no well-formed XML; export it again."
        )
        raise UserError(text, entry=entry, line=error.lineno) from None
    return grower.root


class _Grower:
    """Grows the tree as the parser tells of it."""

    def __init__(self, entry: str) -> None:
        self._entry = entry
        self._open: list[Node] = [Node("", {})]
        self._count = 0

    @property
    def root(self) -> Node:
        return self._open[0].children[0]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > _MOST_ELEMENTS or len(self._open) > _DEEPEST:
            raise _vast(self._entry)
        node = Node(_bare(name), {_bare(key): one for key, one in attributes.items()})
        self._open[-1].parts.append(node)
        self._open.append(node)

    def end(self, _name: str) -> None:
        self._open.pop()

    def say(self, text: str) -> None:
        self._open[-1].parts.append(text)

    def refuse_other_type(
        self, _name: str, system: str | None, public: str | None, _inside: bool
    ) -> None:
        if public or not _OFFICE_TYPE.fullmatch(system or ""):
            self.refuse()

    def refuse(self, *_: object) -> None:
        text = N_(
            "{entry} brings entities or a document type and was not read; export it again."
        )
        raise UserError(text, entry=self._entry)


def _bare(name: str) -> str:
    return name.rpartition(":")[2]


def _vast(entry: str) -> UserError:
    text = N_(
        "{entry} is larger or deeper than any form of an application; look at it."
    )
    return UserError(text, entry=entry)


def _decoded(data: bytes, entry: str) -> str:
    """Return the text in the encoding that its mark or its first line says."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, entry)
    declared = _DECLARED.match(data)
    if declared is None:
        return _strictly(data, "utf-8", entry)
    said = declared[1].decode("ascii", "replace")
    encoding = _ENCODINGS.get(said.casefold(), "")
    if not encoding:
        text = N_(
            "{entry} is said to be in {encoding}, which is not read; save it as UTF-8."
        )
        raise UserError(text, entry=entry, encoding=said)
    return _strictly(data, encoding, entry)


def _strictly(data: bytes, encoding: str, entry: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        names = {"utf-8-sig": "UTF-8", "gb18030": "GB 18030"}
        text = N_("{entry} is damaged: its text is not {encoding}; export it again.")
        name = names.get(encoding, encoding.upper())
        raise UserError(text, entry=entry, encoding=name) from None
