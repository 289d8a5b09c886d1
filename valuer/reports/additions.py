"""What each later revision of a signed PDF added, sorted by kind and by page.

``changes`` judges whether a revision may stand; this module only tells what a reader
finds in it. Everything that a revision defines ends up in one kind at least: what no
page shows and no other kind explains is ``OTHER``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from valuer.core.texts import N_, Message, message
from valuer.reports.pdf_forms import (
    SignatureField,
    signature_fields,
    signature_value,
)
from valuer.reports.pdf_revisions import State
from valuer.reports.pdf_syntax import PdfSyntaxError, same


class Kind(StrEnum):
    """What was added."""

    SIGNATURE = "signature"
    TIMESTAMP = "timestamp"
    VALIDATION_DATA = "validation_data"
    FORM_FILL = "form_fill"
    ANNOTATION = "annotation"
    PAGE_ADDED = "page_added"
    PAGE_REMOVED = "page_removed"
    PAGE_CHANGED = "page_changed"
    ATTACHMENT = "attachment"
    METADATA = "metadata"
    OTHER = "other"


KIND_NAMES = {
    Kind.SIGNATURE: N_("signature"),
    Kind.TIMESTAMP: N_("timestamp of the document"),
    Kind.VALIDATION_DATA: N_("validation data"),
    Kind.FORM_FILL: N_("form filled in"),
    Kind.ANNOTATION: N_("annotation or field"),
    Kind.PAGE_ADDED: N_("page added"),
    Kind.PAGE_REMOVED: N_("page removed"),
    Kind.PAGE_CHANGED: N_("page changed"),
    Kind.ATTACHMENT: N_("attachment"),
    Kind.METADATA: N_("properties of the document"),
    Kind.OTHER: N_("something else in the file"),
}


@dataclass(frozen=True, slots=True)
class Addition:
    """One kind of thing that one revision added.

    Attributes:
        after_signature: how many signatures stood before it; 1 is after the first.
        pages: where, from 1; of pages removed, where they stood.
        allowed: whether it may be added after a signature.
        name: of the field or the entry, where there is one.
    """

    after_signature: int
    kind: Kind
    pages: tuple[int, ...] = ()
    allowed: bool = False
    name: str = ""

    def to_plain(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "after_signature": self.after_signature,
            "kind": str(self.kind),
            "pages": list(self.pages),
            "allowed": self.allowed,
            "name": self.name,
        }


def kind_text(addition: Addition) -> Message:
    """Return what was added in words, without its pages."""
    kind = message(KIND_NAMES[addition.kind])
    if not addition.name:
        return kind
    return message(N_("{kind} ({name})"), kind=kind, name=addition.name)


@dataclass(frozen=True, slots=True)
class Step:
    """One revision to be sorted.

    Attributes:
        defined: what it defines otherwise than before, by number.
        filled: the signature fields that it signed, with whether each stamps time.
    """

    before: State
    after: State
    defined: Mapping[int, Any]
    filled: tuple[tuple[SignatureField, bool], ...] = ()


def step_between(before: State, after: State) -> Step:
    """Return all that lies between two states as one step.

    Raises:
        PdfSyntaxError: an object cannot be read, or they are too many.
    """
    known = {section.offset for section in before.chain}
    numbers = {
        number
        for section in after.chain
        if section.offset not in known
        for number, _ in section.entries.items()
    }
    pairs = [(n, _read(before, n), _read(after, n)) for n in numbers if n]
    defined = {number: new for number, old, new in pairs if not same(old, new)}
    signed = {
        field.name
        for field in signature_fields(before)
        if before.follow(field.value) is not None
    }
    filled = tuple(
        (field, signature_value(after, field).is_timestamp)
        for field in signature_fields(after)
        if field.name not in signed and after.follow(field.value) is not None
    )
    return Step(before, after, defined, filled)


def _read(state: State, number: int) -> Any:
    """Return an object; one that cannot be read equals nothing that can be."""
    try:
        return state.get(number)
    except PdfSyntaxError:
        return PdfSyntaxError
