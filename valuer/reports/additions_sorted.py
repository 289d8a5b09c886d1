"""What a revision of a signed PDF added, found page by page.

Pages come first, then what is upon them, then what lies outside: nothing that a page
shows is put down to a signature or to a setting of the document.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from valuer.reports.additions import Kind, Step
from valuer.reports.pdf_forms import catalogue, is_visible, text
from valuer.reports.pdf_reach import pages, references
from valuer.reports.pdf_revisions import State
from valuer.reports.pdf_syntax import Name, Ref, Stream, same

TOLD = 500
"""How many pages of one kind are told by number."""

_INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")
_SIGNING_KEYS = frozenset({"AcroForm", "DSS", "Extensions", "Version", "Perms"})
_APART = frozenset({"Annots", "Parent", "P"})


Told = tuple[Kind, tuple[int, ...], str]


def sorted_out(step: Step) -> tuple[Told, ...]:
    """Return the kinds of what a revision added, with pages and names.

    Raises:
        PdfSyntaxError: an object cannot be read, or they are too many.
    """
    return tuple(dict.fromkeys(_Sorting(step).run()))


class _Sorting:
    """One revision while it is sorted; ``rest`` shrinks by what is explained."""

    def __init__(self, step: Step) -> None:
        self.step, self.before, self.after = step, step.before, step.after
        self.rest = {n for n, value in step.defined.items() if not _is_packing(value)}
        self.old_pages, self.new_pages = pages(self.before), pages(self.after)
        self.place = {number: at for at, number in enumerate(self.new_pages, 1)}
        self.upon = _annotations(self.after, self.new_pages)
        self.old_upon = _annotations(self.before, self.old_pages)
        self.signed: set[int] = set()
        self.roots = set(references(self.after.trailer.get("Root")))

    def run(self) -> Iterator[Told]:
        """Yield everything, the pages before what lies outside them.

        Nothing that a page shows is thus put down to a signature or to settings.
        """
        self._explain(references(self.after.trailer.get("Root")))
        self._explain(self._lists(catalogue(self.after)))
        yield from self._signatures()
        yield from self._whole_pages()
        yield from self._annotations()
        yield from self._contents()
        yield from self._document()
        if self.rest:
            yield Kind.OTHER, (), ""

    def _signatures(self) -> Iterator[Told]:
        for field, is_timestamp in self.step.filled:
            widgets = field.widgets or (field.number,)
            self.signed.update((field.number, *widgets))
            places = sorted({self.upon[one] for one in widgets if one in self.upon})
            if not is_visible(self.after, field):
                places = []
            kind = Kind.TIMESTAMP if is_timestamp else Kind.SIGNATURE
            yield kind, tuple(places), field.name
        self._explain(self.signed)
        self._explain(self._new_only(self._reach(self.signed)))

    def _document(self) -> Iterator[Told]:
        """Yield what belongs to no page."""
        old, new = catalogue(self.before), catalogue(self.after)
        if self._is_new(old.get("DSS"), new.get("DSS")):
            yield Kind.VALIDATION_DATA, (), ""
            self._explain(self._reached(new.get("DSS")))
            self._explain([one for one in self.rest if self._is_typed(one, "VRI")])
        info = self.before.trailer.get("Info"), self.after.trailer.get("Info")
        data = old.get("Metadata"), new.get("Metadata")
        if self._is_new(*info) or self._is_new(*data):
            yield Kind.METADATA, (), ""
            self._explain((*references(info[1]), *references(data[1])))
        told = _SIGNING_KEYS | {"Metadata", "Pages"}
        for key in sorted((old.keys() | new.keys()) - told):
            if self._is_new(old.get(key), new.get(key)):
                yield self._entry(key, old.get(key), new.get(key))

    def _entry(self, key: str, old: Any, new: Any) -> Told:
        """Return what a changed entry of the catalogue is."""
        files = [self.before.dictionary(old), self.after.dictionary(new)]
        attached = key == "AF" or any("EmbeddedFiles" in one for one in files)
        self._explain(self._reached(new))
        return (Kind.ATTACHMENT if attached else Kind.OTHER), (), key

    def _whole_pages(self) -> Iterator[Told]:
        old, new = self.old_pages, self.new_pages
        added = [number for number in new if number not in set(old)]
        self._explain(added)
        self._explain(self._new_only(self._reach(added)))
        come = {self.place[number] for number in added}
        gone = {at for at, number in enumerate(old, 1) if number not in set(new)}
        for kind, places in (
            (Kind.PAGE_CHANGED, come & gone),
            (Kind.PAGE_ADDED, come - gone),
            (Kind.PAGE_REMOVED, gone - come),
        ):
            if places:
                yield kind, tuple(sorted(places)[:TOLD]), ""
        kept = [number for number in new if number in set(old)]
        stood = [number for number in old if number in set(new)]
        moved = [one for one, other in zip(kept, stood, strict=True) if one != other]
        if moved:
            yield Kind.PAGE_CHANGED, self._places(moved), ""

    def _annotations(self) -> Iterator[Told]:
        """Yield what was laid upon pages that stood before."""
        found: dict[Kind, set[int]] = {}
        stood = set(self.old_pages)
        gone = self.old_upon.keys() - self.upon.keys()
        for number, page in self.upon.items():
            if number in self.signed or self.new_pages[page - 1] not in stood:
                continue
            if number not in self.old_upon or self._changed_upon(number):
                found.setdefault(self._kind_upon(number), set()).add(page)
        for number in gone:
            page = self.place.get(self.old_pages[self.old_upon[number] - 1], 0)
            if page:
                found.setdefault(Kind.ANNOTATION, set()).add(page)
        self._inline(found)
        for kind, places in found.items():
            yield kind, tuple(sorted(places)[:TOLD]), ""
        yield from self._fields()

    def _inline(self, found: dict[Kind, set[int]]) -> None:
        """Find annotations that are no objects of their own."""
        for number, place in self.place.items():
            page = self.after.dictionary(self.after.get(number))
            lists = set(references([page.get("Annots")])) | {number}
            if number not in self.old_pages or not lists & self.step.defined.keys():
                continue
            before = self.before.dictionary(self.before.get(number))
            one, other = (
                [
                    item
                    for item in state.array(entries.get("Annots"))
                    if _is_inline(item)
                ]
                for state, entries in ((self.before, before), (self.after, page))
            )
            if not same(one, other):
                found.setdefault(Kind.ANNOTATION, set()).add(place)

    def _fields(self) -> Iterator[Told]:
        """Yield the fields that were filled apart from their boxes."""
        for number in sorted(self.rest):
            entries = self.after.dictionary(self.after.get(number))
            kids = self.after.array(entries.get("Kids"))
            if "FT" in entries or ("T" in entries and kids):
                self.rest.discard(number)
                seen = {
                    self.upon.get(kid.number, 0) for kid in kids if isinstance(kid, Ref)
                }
                yield Kind.FORM_FILL, tuple(sorted(seen - {0})), text(entries.get("T"))

    def _contents(self) -> Iterator[Told]:
        """Yield the pages whose content, size or resources changed."""
        stood, places = set(self.old_pages), []
        inherited = any(self._is_typed(number, "Pages") for number in self.rest)
        for number in self.new_pages:
            if not self.rest or number not in stood:
                continue
            old = self._page(self.before, number, inherited=inherited)
            new = self._page(self.after, number, inherited=inherited)
            if number in self.rest and same(old, new):
                self.rest.discard(number)
            reached = self._reached(new) & self.rest
            if not same(old, new) or reached:
                places.append(number)
        if places:
            yield Kind.PAGE_CHANGED, self._places(places), ""
            for number in places:
                new = self._page(self.after, number, inherited=inherited)
                self._explain({number, *self._reached(new)})
        self._explain(
            [number for number in self.rest if self._is_typed(number, "Pages")]
        )

    def _is_new(self, old: Any, new: Any) -> bool:
        """Say whether a value, or anything it leads to, is not as before."""
        return not same(old, new) or bool(self._reached(new) & self.rest)

    def _reached(self, value: Any) -> set[int]:
        return self._reach(one for one in references(value) if one not in self.place)

    def _reach(
        self, start: Iterable[int], skip: Mapping[int, Collection[str]] | None = None
    ) -> set[int]:
        """Return what ``start`` leads to without going through other pages."""
        found, skip = set(start), skip or {}
        waiting, bounds = list(found), self.place.keys() | self.roots
        while waiting:
            number = waiting.pop()
            away = skip.get(number, _APART if number in self.place else ())
            others = list(references(self.after.get(number), away))
            self.after.document.spend(len(others) // 4)
            for other in others:
                if other not in found and other not in bounds:
                    found.add(other)
                    waiting.append(other)
        return found

    def _new_only(self, numbers: Iterable[int]) -> set[int]:
        """Keep what was not there before: what was may be shown elsewhere, too."""
        return {one for one in numbers if self.before.entry(one) is None}

    def _lists(self, root: dict[str, Any]) -> Iterator[int]:
        """Yield the objects that hold the form and the lists upon pages."""
        yield from references(root.get("AcroForm"))
        form = self.after.dictionary(root.get("AcroForm"))
        yield from (one.number for one in [form.get("Fields")] if isinstance(one, Ref))
        yield from self._new_only(self._reached(form.get("DR")))
        for number in self.new_pages:
            page = self.after.dictionary(self.after.get(number))
            if isinstance(page.get("Annots"), Ref):
                yield page["Annots"].number

    def _changed_upon(self, number: int) -> bool:
        if number in self.rest:
            return True
        return bool(self.rest) and bool(self._shown_upon(number) & self.rest)

    def _shown_upon(self, number: int) -> set[int]:
        """Return an annotation and what it shows, without where it leads."""
        away = _APART | {"Dest", "A", "Kids"}
        value = self.after.get(number)
        start = {number, *references(value, away)} - self.place.keys()
        return self._reach(start, {number: away})

    def _kind_upon(self, number: int) -> Kind:
        self._explain(self._shown_upon(number))
        entries = self.after.dictionary(self.after.get(number))
        is_field = entries.get("Subtype") == Name("Widget")
        stood = number in self.old_upon
        return Kind.FORM_FILL if is_field and stood else Kind.ANNOTATION

    def _is_typed(self, number: int, name: str) -> bool:
        entries = self.after.dictionary(self.step.defined[number])
        return entries.get("Type") == Name(name)

    def _page(self, state: State, number: int, *, inherited: bool) -> dict[str, Any]:
        """Return what makes a page look as it does, nothing upon it."""
        page = state.dictionary(state.get(number))
        found = {key: value for key, value in page.items() if key not in _APART}
        node, depth = page, 0
        while inherited and "Parent" in node and depth < 20:
            node, depth = state.dictionary(node["Parent"]), depth + 1
            for key in _INHERITED:
                if key in node:
                    found.setdefault(key, node[key])
        return found

    def _places(self, numbers: list[int]) -> tuple[int, ...]:
        return tuple(sorted(self.place[number] for number in numbers)[:TOLD])

    def _explain(self, numbers: Iterable[int]) -> None:
        self.rest.difference_update(numbers)


def _annotations(state: State, numbers: list[int]) -> dict[int, int]:
    """Return the annotations that are objects, each with the page it lies upon."""
    found: dict[int, int] = {}
    for place, number in enumerate(numbers, 1):
        page = state.dictionary(state.get(number))
        for item in state.array(page.get("Annots")):
            if isinstance(item, Ref):
                found.setdefault(item.number, place)
    return found


def _is_packing(value: Any) -> bool:
    """Say whether an object only holds others, which are told by themselves."""
    kinds = (Name("ObjStm"), Name("XRef"))
    return isinstance(value, Stream) and value.entries.get("Type") in kinds


def _is_inline(item: Any) -> bool:
    return not isinstance(item, Ref)
