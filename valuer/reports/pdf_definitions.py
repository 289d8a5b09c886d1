"""The objects that one appended revision defines, every entry checked.

An entry may point only at an object of its own revision: one that points back would
bring old, hidden bytes to life (the *shadow* attacks on signed PDFs).
"""

from __future__ import annotations

from typing import Any

from valuer.reports.pdf_revisions import Revision, State
from valuer.reports.pdf_sections import FREE, PACKED
from valuer.reports.pdf_syntax import PdfSyntaxError, Placed


def definitions(before: State, revision: Revision) -> dict[int, Any]:
    """Return the objects that a revision defines anew, by number.

    Raises:
        PdfSyntaxError: its entries point elsewhere than to its own objects, or some of
            its objects have no entry.
    """
    found: dict[int, Any] = {}
    listed: set[int] = set()
    before.document.spend(len(revision.section.entries))
    for number, entry in revision.section.entries.items():
        if entry == before.entry(number):
            continue
        if entry.kind == FREE:
            if before.entry(number) is not None:
                raise PdfSyntaxError("an object was removed")
            continue
        if entry.kind == PACKED:
            container = _own(revision, entry.where)
            objects = before.document.packed(container.start, before)
            if number not in objects:
                raise PdfSyntaxError("an object that is not in its stream")
            found[number] = objects[number]
            listed.add(entry.where)
            continue
        if entry.where == revision.section.offset:
            continue
        own = _own(revision, number)
        if own.start != entry.where or own.ref.generation != entry.place:
            raise PdfSyntaxError("an entry that points elsewhere")
        found[number] = own.value
        listed.add(number)
    if revision.objects.keys() - listed:
        raise PdfSyntaxError("an object without entry")
    return found


def _own(revision: Revision, number: int) -> Placed:
    if number not in revision.objects:
        raise PdfSyntaxError("an entry that points elsewhere")
    return revision.objects[number]
