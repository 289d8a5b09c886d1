"""The signature fields of a PDF and the signatures in them, as they stand.

Fields are found as a viewer finds them: from the catalogue through the form. A
signature's place in the file is kept with it, since what it covers is judged by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from valuer.reports.pdf_revisions import State
from valuer.reports.pdf_syntax import HexString, Name, PdfSyntaxError, Ref

FIELDS = 20_000
"""How many nodes the tree of form fields may have."""

LOOKED = 100
"""How many places are looked at for a signature that the form does not show."""

BEFORE = 256 * 1024
"""How far before its byte range a signature's object may begin, in bytes."""

_HEAD = re.compile(rb"(\d{1,10})[\x00\t\n\x0c\r ]+\d{1,5}$")

HIDDEN = 0b10
"""Annotation flag: neither shown nor printed."""


@dataclass(frozen=True, slots=True)
class SignatureField:
    """A signature field.

    Attributes:
        name: its full name.
        number: object number of the field, 0 if it has none of its own.
        entries: the field's dictionary.
        value: its signature dictionary, as stated; None while it is empty.
        widgets: object numbers of its widgets, where they are objects of their own.
    """

    name: str
    number: int
    entries: dict[str, Any]
    value: Any
    widgets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SignatureValue:
    """A signature dictionary: entries, container as it stands, and byte range."""

    entries: dict[str, Any]
    contents: HexString
    byte_range: tuple[int, ...]

    @property
    def kind(self) -> str:
        """The encoding of the signature (``SubFilter``)."""
        return str(self.entries.get("SubFilter", ""))

    @property
    def is_timestamp(self) -> bool:
        """Whether it is a timestamp of the document, not the signature of a person."""
        return self.kind == "ETSI.RFC3161"


def catalogue(state: State) -> dict[str, Any]:
    """Return the catalogue of the document.

    Raises:
        PdfSyntaxError: there is none.
    """
    found = state.dictionary(state.trailer.get("Root"))
    if not found:
        raise PdfSyntaxError("no catalogue")
    return found


def signature_fields(state: State) -> tuple[SignatureField, ...]:
    """Return the signature fields of the form, in its order.

    Raises:
        PdfSyntaxError: the form cannot be read or has no end.
    """
    form = state.dictionary(catalogue(state).get("AcroForm"))
    found: list[SignatureField] = []
    seen: set[int] = set()
    waiting = [
        (kid, "", None, None) for kid in reversed(state.array(form.get("Fields")))
    ]
    count = 0
    while waiting:
        node, path, kind, value = waiting.pop()
        count += 1
        number = node.number if isinstance(node, Ref) else 0
        if count > FIELDS or (number and number in seen):
            raise PdfSyntaxError("a form without end")
        seen.add(number)
        entries = state.dictionary(node)
        name = text(state.follow(entries.get("T")))
        name = f"{path}.{name}" if path and name else path or name
        kind = state.follow(entries.get("FT", kind))
        value = entries.get("V", value)
        kids = state.array(entries.get("Kids"))
        fields = [kid for kid in kids if "T" in state.dictionary(kid)]
        if fields:
            waiting.extend((kid, name, kind, value) for kid in reversed(fields))
        elif kind == Name("Sig"):
            widgets = tuple(kid.number for kid in kids if isinstance(kid, Ref))
            found.append(SignatureField(name, number, entries, value, widgets))
    return tuple(found)


def signature_value(state: State, field: SignatureField) -> SignatureValue:
    """Return the signature in a field that holds one.

    Raises:
        PdfSyntaxError: its dictionary lacks the container or the byte range.
    """
    entries = state.follow(field.value)
    if not isinstance(entries, dict):
        raise PdfSyntaxError("a signature that is no dictionary")
    contents = state.follow(entries.get("Contents"))
    spans = state.array(entries.get("ByteRange"))
    if not isinstance(contents, HexString) or not spans:
        raise PdfSyntaxError("a signature without container or byte range")
    if not all(type(number) is int for number in spans):
        raise PdfSyntaxError("a byte range that is none")
    return SignatureValue(entries, contents, tuple(spans))


def holds_signature(state: State) -> bool:
    """Say whether the file holds a signature that its form does not show.

    Only objects that begin shortly before the words ``/ByteRange`` are looked at,
    whether or not a cross-reference leads to them.
    """
    data = state.document.data
    at = data.find(b"/ByteRange")
    looked = 0
    while at >= 0 and looked < LOOKED:
        looked += 1
        begin = data.rfind(b" obj", max(0, at - BEFORE), at)
        head = _HEAD.search(data, max(0, begin - 24), begin) if begin >= 0 else None
        if head and _is_signature(state, head.start()):
            return True
        at = data.find(b"/ByteRange", at + 1)
    return False


def _is_signature(state: State, place: int) -> bool:
    try:
        value = state.document.placed(place, state).value
    except PdfSyntaxError:
        return False
    return isinstance(value, dict) and {"ByteRange", "Contents"} <= value.keys()


def is_visible(state: State, field: SignatureField) -> bool:
    """Say whether any widget of the field can be seen."""
    shown = [state.dictionary(state.get(number)) for number in field.widgets]
    return any(_has_area(state, widget) for widget in shown or [field.entries])


def _has_area(state: State, widget: dict[str, Any]) -> bool:
    flags = state.follow(widget.get("F", 0))
    if isinstance(flags, int) and flags & HIDDEN:
        return False
    box = [state.follow(side) for side in state.array(widget.get("Rect"))]
    if len(box) != 4 or not all(isinstance(side, int | float) for side in box):
        return "Rect" in widget
    return bool(box[0] != box[2] and box[1] != box[3])


def text(value: Any) -> str:
    """Return a text string as text; "" if it is none."""
    if not isinstance(value, bytes):
        return ""
    for mark, code in ((b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if value.startswith(mark):
            return value[len(mark) :].decode(code, "replace")
    return value.decode("latin-1")
