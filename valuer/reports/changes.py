"""What a later revision of a signed PDF adds, and whether it may.

Allowed is what leaves the signed document as its signers saw it: a signature in a
field that was there, with its appearance; an invisible signature or timestamp;
validation data; the dates that signing programs touch. An object that existed may be
redefined only so far; one that anything outside the new signature's appearance or the
validation data refers to, not at all.

Source: ISO 32000-2, 12.8.2 (DocMDP, FieldMDP) and 12.8.4 (DSS), read narrowly.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from valuer.core.texts import N_, Message, message
from valuer.reports.additions import Step
from valuer.reports.pdf_definitions import definitions
from valuer.reports.pdf_forms import (
    catalogue,
    is_visible,
    signature_fields,
    signature_value,
)
from valuer.reports.pdf_properties import same_properties
from valuer.reports.pdf_reach import page_of, reachable, references
from valuer.reports.pdf_revisions import Revision, State
from valuer.reports.pdf_syntax import Name, Ref, same
from valuer.reports.signature_locks import Locks

TRAILER_KEYS = frozenset(
    {"Size", "Prev", "Info", "ID", "DocChecksum"}
    | {"Type", "W", "Index", "Filter", "DecodeParms", "Length"}
)
"""What may be new in the trailer of a later revision."""

ORIGINAL = "AdditionalStreams"
"""LibreOffice's entry for the document a PDF was made from; often it points nowhere,
and signing programs carry it along."""

INFO_DATES = frozenset({"ModDate", "Producer"})
FIELD_SIGNED = frozenset({"V", "AP", "M", "AS"})

LOCKED = 0b10_1000_0000
"""Annotation flags: the field, or its content, cannot be changed by the user."""

CHANGE_TEXTS = {
    "signature": N_("Signature in the field {name}"),
    "timestamp": N_("Timestamp of the document"),
    "validation_data": N_("Validation data"),
    "dates": N_("Dates in the document's properties"),
    "properties": N_("The document's properties"),
    "field": N_("New signature field {name}"),
    "page": N_("Page {name}"),
    "pages": N_("Number or order of the pages"),
    "form": N_("Form"),
    "catalogue": N_("Settings of the document"),
    "objects": N_("Objects of the file"),
    "bytes": N_("Bytes that belong to no object"),
}
"""What a change is called, by the first part of its key."""


def change_text(key: str) -> Message:
    """Return what a change is called; ``key`` is as in ``page:12``."""
    kind, _, name = key.partition(":")
    return message(CHANGE_TEXTS[kind], name=name)


@dataclass(slots=True)
class Changes:
    """The changes of one revision, as short keys, allowed and not.

    Attributes:
        step: what it defines, to be sorted by kind and page.
    """

    step: Step
    allowed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys, each once, the refused first."""
        return tuple(dict.fromkeys((*self.refused, *self.allowed)))


def changes(before: State, revision: Revision, after: State, locks: Locks) -> Changes:
    """Return what a revision changed of the state before.

    Raises:
        PdfSyntaxError: it cannot be told.
    """
    comparison = _Comparison(before, revision, after, locks)
    comparison.run()
    return comparison.found


class _Comparison:
    """Two states of a document, compared object by object.

    ``settled`` grows by the objects that a rule has judged; what is left at the end is
    judged by what refers to it.
    """

    def __init__(
        self, before: State, revision: Revision, after: State, locks: Locks
    ) -> None:
        self.before, self.after = before, after
        self.revision, self.locks = revision, locks
        self.defined = {
            number: value
            for number, value in definitions(before, revision).items()
            if not same(value, before.get(number)) or before.entry(number) is None
        }
        self.settled: set[int] = set()
        self.old_root, self.new_root = catalogue(before), catalogue(after)
        self.old_fields = {f.number: f for f in signature_fields(before) if f.number}
        self.new_fields = {f.number: f for f in signature_fields(after) if f.number}
        self.added = self.new_fields.keys() - self.old_fields.keys()
        self.added_widgets = self.added | {
            number
            for field_ in self.added
            for number in self.new_fields[field_].widgets
        }
        self.filled = [number for number in self.new_fields if self._is_filled(number)]
        self.found = Changes(self._step())

    def run(self) -> None:
        """Apply every rule."""
        self._compare_trailers()
        self._compare_catalogues()
        self._compare_forms()
        for number in self.filled:
            self._compare_field(number)
        for number in self.added:
            self._judge_added(number)
        self._compare_properties()
        self._settle_lists()
        self._judge_rest()
        self._ask_reason()

    def _step(self) -> Step:
        signed = [self.new_fields[number] for number in self.filled]
        stamps = [signature_value(self.after, one).is_timestamp for one in signed]
        filled = tuple(zip(signed, stamps, strict=True))
        return Step(self.before, self.after, self.defined, filled)

    def _is_filled(self, number: int) -> bool:
        old = self.old_fields.get(number)
        empty = old is None or self.before.follow(old.value) is None
        return empty and self.after.follow(self.new_fields[number].value) is not None

    def _compare_trailers(self) -> None:
        old, new = dict(self.before.trailer), dict(self.after.trailer)
        added = _changed(old, new) & new.keys()
        if self._is_dangling(self.after, new.get(ORIGINAL)):
            added -= {ORIGINAL}
        if added - TRAILER_KEYS or "XRefStm" in new:
            self.found.refused.append("catalogue")

    def _compare_catalogues(self) -> None:
        changed = _changed(self.old_root, self.new_root)
        self._settle(self.after.trailer.get("Root"))
        for key in changed - {"AcroForm", "DSS", "Extensions", "Version", "Metadata"}:
            self.found.refused.append("pages" if key == "Pages" else "catalogue")
        validation = references(self.new_root.get("DSS"))
        if "DSS" in changed or self.defined.keys() & reachable(
            self.after, validation, {}
        ):
            self.found.allowed.append("validation_data")

    def _compare_forms(self) -> None:
        old = self.before.dictionary(self.old_root.get("AcroForm"))
        new = self.after.dictionary(self.new_root.get("AcroForm"))
        self._settle(self.new_root.get("AcroForm"))
        self._settle(new.get("Fields"))
        # Defaults for text that is filled in later: harmless where there were none.
        defaults = {"DA", "DR"} - old.keys()
        changed = _changed(old, new) - {"SigFlags", "Fields"} - defaults
        if "NeedAppearances" not in new:
            changed -= {"NeedAppearances"}
        one = self.before.array(old.get("Fields"))
        other = self.after.array(new.get("Fields"))
        if changed or not _appended(one, other, self.added):
            self.found.refused.append("form")

    def _compare_field(self, number: int) -> None:
        """Judge a field that was signed in this revision."""
        new = self.new_fields[number]
        value = signature_value(self.after, new)
        ends = self.revision.end - sum(value.byte_range[2:])
        if value.contents.start < self.revision.start or not 0 <= ends <= 2:
            self.found.refused.append("objects")
        if value.is_timestamp:
            self.found.allowed.append("timestamp")
        elif self.locks.closed or new.name in self.locks.fields:
            self.found.refused.append(f"signature:{new.name}")
        else:
            self.found.allowed.append(f"signature:{new.name}")
        if number in self.added:
            return
        pairs = [(number, self.old_fields[number].entries, new.entries)]
        for widget in new.widgets:
            old_widget = self.before.dictionary(self.before.get(widget))
            new_widget = self.after.dictionary(self.after.get(widget))
            pairs.append((widget, old_widget, new_widget))
        for place, one, other in pairs:
            self.settled.add(place)
            changed = _changed(one, other) - FIELD_SIGNED
            if "F" in changed and _locks_only(one.get("F", 0), other.get("F", 0)):
                changed -= {"F"}
            if changed:
                self.found.refused.append(f"field:{new.name}")

    def _judge_added(self, number: int) -> None:
        """Judge a signature field that was not there before."""
        new = self.new_fields[number]
        allowed = number in self.filled and not is_visible(self.after, new)
        if allowed and self.locks.certified:
            allowed = signature_value(self.after, new).is_timestamp
        if not allowed:
            self.found.refused.append(f"field:{new.name}")

    def _compare_properties(self) -> None:
        old, new = self.before.trailer.get("Info"), self.after.trailer.get("Info")
        changed = _changed(self.before.dictionary(old), self.after.dictionary(new))
        if changed:
            self._settle(new)
            self._judge_properties(changed <= INFO_DATES)
        old, new = self.old_root.get("Metadata"), self.new_root.get("Metadata")
        one, other = self.before.follow(old), self.after.follow(new)
        if not same(one, other):
            self._settle(new)
            self._judge_properties(same_properties(one, other))

    def _judge_properties(self, only_dates: bool) -> None:
        if only_dates:
            self.found.allowed.append("dates")
        else:
            self.found.refused.append("properties")

    def _settle_lists(self) -> None:
        """Settle pages and lists to which nothing but new signatures was added."""
        for number in self.defined.keys() - self.settled:
            old, new = self.before.get(number), self.defined[number]
            if isinstance(old, dict) and old.get("Type") == Name("Page"):
                only = isinstance(new, dict) and _changed(old, new) == {"Annots"}
                old = self.before.array(old.get("Annots")) if only else None
                new = self.after.array(new.get("Annots")) if only else None
            both = isinstance(old, list) and isinstance(new, list)
            if both and _appended(old, new, self.added_widgets):
                self.settled.add(number)

    def _judge_rest(self) -> None:
        """Judge what is left by what refers to it from outside the new signatures."""
        rest = (self.defined.keys() - self.settled) | self._old_appearances()
        if not rest:
            return
        root = self.before.trailer.get("Root")
        skip: dict[int, set[str]] = {}
        if isinstance(root, Ref):
            skip[root.number] = {"DSS", "Extensions"}
        for number in self.filled:
            for place in (number, *self.new_fields[number].widgets):
                skip[place] = {"AP", "V"}
        trailer = dict(self.before.trailer)
        if self._is_dangling(self.before, trailer.get(ORIGINAL)):
            del trailer[ORIGINAL]
        start = references(trailer)
        for number in rest & reachable(self.before, start, skip):
            self.found.refused.append(self._what(number))

    def _what(self, number: int) -> str:
        """Return the key of a change of an object."""
        old = self.before.get(number)
        if isinstance(old, dict) and old.get("Type") == Name("Pages"):
            return "pages"
        page = page_of(self.before, number) or page_of(self.after, number)
        return f"page:{page}" if page else "objects"

    def _old_appearances(self) -> set[int]:
        """Return the appearances that new signatures replace.

        One that something else shows, too, was laid out to deceive.
        """
        old = (
            self.old_fields[number].entries.get("AP")
            for number in self.filled
            if number in self.old_fields
        )
        return {value.number for value in old if isinstance(value, Ref)}

    def _ask_reason(self) -> None:
        """Refuse a revision that brings neither signature nor validation data."""
        if self.filled or "validation_data" in self.found.allowed:
            return
        if not self.found.refused:
            dates = "dates" in self.found.allowed
            self.found.refused.append("properties" if dates else "objects")

    def _is_dangling(self, state: State, value: Any) -> bool:
        """Say whether a value refers to nothing that exists."""
        numbers = list(references(value))
        return bool(numbers) and not any(map(state.entry, numbers))

    def _settle(self, value: Any) -> None:
        if isinstance(value, Ref):
            self.settled.add(value.number)


def _locks_only(old: Any, new: Any) -> bool:
    """Say whether annotation flags differ only in that the field was locked."""
    return type(old) is type(new) is int and (old ^ new) & ~LOCKED == 0


def _changed(old: dict[str, Any], new: dict[str, Any]) -> set[str]:
    """Return the keys whose values differ."""
    return {
        key
        for key in old.keys() | new.keys()
        if key not in old or key not in new or not same(old[key], new[key])
    }


def _appended(old: list[Any], new: list[Any], allowed: set[int]) -> bool:
    """Say whether ``new`` is ``old`` with references to allowed objects behind it."""
    more = new[len(old) :]
    return same(old, new[: len(old)]) and all(
        isinstance(item, Ref) and item.number in allowed for item in more
    )
