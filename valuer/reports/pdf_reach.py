"""What refers to what in a PDF, with bounded work."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from valuer.reports.pdf_forms import catalogue
from valuer.reports.pdf_revisions import State
from valuer.reports.pdf_syntax import Name, Ref, Stream

PAGES = 5_000
"""How many pages are looked at to name the one that changed."""


def references(value: Any, skip: Collection[str] = ()) -> Iterator[int]:
    """Yield the numbers that a value refers to; ``skip`` names keys left out."""
    if isinstance(value, Ref):
        yield value.number
    elif isinstance(value, Stream):
        yield from references(value.entries, skip)
    elif isinstance(value, dict):
        for key, entry in value.items():
            if key not in skip:
                yield from references(entry)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def reachable(
    state: State, start: Iterable[int], skip: Mapping[int, Collection[str]]
) -> set[int]:
    """Return the numbers of all objects that ``start`` leads to, itself included.

    Args:
        state: the document as of one revision.
        start: numbers to begin with.
        skip: by object number, the keys through which nothing is followed.

    Raises:
        PdfSyntaxError: an object cannot be read, or they are too many.
    """
    found = set(start)
    waiting = list(found)
    while waiting:
        number = waiting.pop()
        for other in references(state.get(number), skip.get(number, ())):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def pages(state: State) -> list[int]:
    """Return the object numbers of the pages in their order, ``PAGES`` at most."""
    found: list[int] = []
    seen: set[int] = set()
    waiting = [catalogue(state).get("Pages")]
    while waiting and len(found) < PAGES:
        node = waiting.pop()
        if not isinstance(node, Ref) or node.number in seen:
            continue
        seen.add(node.number)
        entries = state.dictionary(node)
        if "Kids" in entries:
            waiting.extend(reversed(state.array(entries["Kids"])))
        elif entries.get("Type") == Name("Page"):
            found.append(node.number)
    return found


def page_of(state: State, number: int) -> int | None:
    """Return the number, from 1, of the first page that shows an object."""
    up = {page: {"Parent"} for page in pages(state)}
    for place, page in enumerate(up, start=1):
        if number == page or number in _shown(state, page, up):
            return place
    return None


def _shown(state: State, page: int, up: Mapping[int, Collection[str]]) -> set[int]:
    """Return what a page shows, without other pages; the first 500 objects of it."""
    found = {page}
    waiting = [page]
    while waiting and len(found) < 500:
        at = waiting.pop()
        for other in references(state.get(at), up.get(at, {"P", "Parent", "Dest"})):
            if other not in found and other not in up:
                found.add(other)
                waiting.append(other)
    return found
