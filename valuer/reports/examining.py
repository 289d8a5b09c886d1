"""Examine the signatures of a PDF one by one, then what was added after them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from dataclasses import field as default
from typing import Any

from valuer.core.texts import N_
from valuer.reports import cms
from valuer.reports.additions import Addition, Kind, step_between
from valuer.reports.additions_sorted import sorted_out
from valuer.reports.changes import Changes, changes
from valuer.reports.pdf_forms import (
    SignatureField,
    SignatureValue,
    signature_fields,
    signature_value,
    text,
)
from valuer.reports.pdf_revisions import Document, Revision, State, revisions
from valuer.reports.pdf_syntax import PdfSyntaxError
from valuer.reports.signature_locks import Locks, locks_of
from valuer.reports.timestamps import Timestamp, check_timestamp, timestamp_of
from valuer.reports.verdicts import Fault, altered, broken

SIGNATURES = 100
"""How many signatures a file may hold."""

SORTED = 100
"""How many revisions are told one by one; what the rest adds is told as one."""

DIGESTED = 4 * 1024 * 1024 * 1024
"""How many bytes are digested in all."""

DETACHED = frozenset({"adbe.pkcs7.detached", "ETSI.CAdES.detached"})

_NOT_READ = N_("A signature cannot be read.")
_COVERAGE = N_("A signature does not cover the file in one piece around itself.")
_KIND = N_("A signature is of a kind that this program does not know.")
_TOO_MUCH = N_("The file holds too many signatures.")
_ADDED = N_("The file was changed after a signature, beyond what may be added.")
_TAIL = N_("Bytes that no signature covers were added to the file.")


@dataclass(slots=True)
class Examined:
    """What was found about one signature.

    Attributes:
        end: how many bytes of the file it covers; 0 where that cannot be told.
        timestamp: the one beside it; of a timestamp of the document, itself.
        stated_time: the time in its dictionary, as it stands.
    """

    field: SignatureField
    value: SignatureValue | None = None
    end: int = 0
    container: cms.Container | None = None
    timestamp: Timestamp | None = None
    faults: list[Fault] = default(default_factory=list)
    changes_after: tuple[str, ...] = ()
    covers_whole_file: bool = False
    locks: Locks = default(default_factory=Locks)

    @property
    def is_timestamp(self) -> bool:
        """Whether it is a timestamp of the document."""
        return self.value is not None and self.value.is_timestamp

    @property
    def reason(self) -> str:
        """The reason in its dictionary, or ""."""
        return text(self.value.entries.get("Reason")) if self.value else ""

    @property
    def stated_time(self) -> Any:
        """The time in its dictionary, as it stands."""
        return self.value.entries.get("M") if self.value else None


class Examination:
    """One file under examination; ``signatures`` are oldest first after ``run``."""

    def __init__(self, document: Document, state: State) -> None:
        self.document, self.state = document, state
        self.signatures: list[Examined] = []
        self.additions: list[Addition] = []
        self._digested = 0

    def run(self) -> list[Fault]:
        """Examine everything and return all faults."""
        seen: set[int] = set()
        for found in signature_fields(self.state):
            if self.state.follow(found.value) is None:
                continue
            if len(seen) >= SIGNATURES:
                return [broken(_TOO_MUCH)]
            examined = self._examine(found)
            # Two fields may show one signature; it counts once.
            place = examined.value.contents.start if examined.value else -len(seen)
            if place not in seen:
                seen.add(place)
                self.signatures.append(examined)
        self.signatures.sort(key=lambda examined: examined.end)
        faults = [fault for each in self.signatures for fault in each.faults]
        return faults + self._examine_additions()

    def _examine(self, found: SignatureField) -> Examined:
        examined = Examined(found)
        for step in (self._read_value, self._read_container, self._check_coverage):
            try:
                step(examined)
            except Fault as fault:
                examined.faults.append(fault)
            except PdfSyntaxError:
                examined.faults.append(broken(_NOT_READ))
        if not examined.faults:
            try:
                self._check_signature(examined)
            except Fault as fault:
                examined.faults.append(fault)
        return examined

    def _read_value(self, examined: Examined) -> None:
        examined.value = signature_value(self.state, examined.field)
        if not examined.is_timestamp and examined.value.kind not in DETACHED:
            raise broken(_KIND)

    def _read_container(self, examined: Examined) -> None:
        if examined.value is None:
            return
        contents = examined.value.contents
        gap = self.document.data[contents.start : contents.end]
        examined.container = cms.read_container(cms.container_bytes(gap))
        if examined.container.content is not None and not examined.is_timestamp:
            raise broken(_KIND)

    def _check_coverage(self, examined: Examined) -> None:
        """Check that it covers one revision from its beginning but for its gap."""
        value = examined.value
        if value is None:
            return
        if len(value.byte_range) != 4:
            raise broken(_COVERAGE)
        start, begin, resume, size = value.byte_range
        end = resume + size
        if not 0 == start < begin < resume < end <= len(self.document.data):
            raise broken(_COVERAGE)
        gap = self.document.data[begin:resume]
        if (begin, resume) != (value.contents.start, value.contents.end) or (
            gap[:1] + gap[-1:] != b"<>"
        ):
            raise broken(_COVERAGE)
        chain = self.document.chain(end)
        if chain != self.state.chain[-len(chain) :]:
            raise broken(_COVERAGE)
        covered = State(self.document, chain)
        if not any(
            _is_same(covered, each, value) for each in signature_fields(covered)
        ):
            raise broken(_COVERAGE)
        examined.end = end
        examined.covers_whole_file = end == len(self.document.data)
        examined.locks = locks_of(covered, value)

    def _check_signature(self, examined: Examined) -> None:
        container, value = examined.container, examined.value
        if container is None or value is None:
            raise broken(_NOT_READ)
        if examined.is_timestamp:
            examined.timestamp = check_timestamp(
                container, lambda name: self._digest(value, name)
            )
            return
        cms.check_container(container, self._digest(value, container.digest))
        examined.timestamp = timestamp_of(container)

    def _digest(self, value: SignatureValue, name: str) -> bytes:
        """Return the digest of what a signature covers."""
        _, begin, resume, size = value.byte_range
        self._digested += begin + size
        if self._digested > DIGESTED:
            raise broken(_TOO_MUCH)
        view = memoryview(self.document.data)
        digest = hashlib.new(name, view[:begin])
        digest.update(view[resume : resume + size])
        return digest.digest()

    def _examine_additions(self) -> list[Fault]:
        """Judge every revision after the first signature."""
        placed = [each for each in self.signatures if each.end]
        if not placed:
            return []
        faults: list[Fault] = []
        added: list[tuple[int, tuple[str, ...]]] = []
        steps: list[tuple[int, Changes]] = []
        tail: tuple[int, State] | None = None
        end = placed[0].end
        before = State(self.document, self.document.chain(end))
        try:
            for revision in revisions(self.state, end):
                after, found = self._compare(before, revision)
                added.append((revision.start, found.keys))
                if found.refused:
                    faults.append(altered(_ADDED))
                steps.append((revision.start, found))
                before, end = after, revision.end
        except PdfSyntaxError:
            added.append((end, ("bytes",)))
            faults.append(altered(_TAIL))
        if before.chain != self.state.chain or end < len(self.document.data):
            tail = end, before
            faults.append(altered(_TAIL))
        self._tell(steps, tail)
        for each in placed:
            later = (keys for start, keys in added if start >= each.end - 2)
            each.changes_after = tuple(
                dict.fromkeys(key for keys in later for key in keys)
            )
        return faults

    def _tell(
        self, steps: list[tuple[int, Changes]], tail: tuple[int, State] | None
    ) -> None:
        """Note what was added, with as much effort again as judging it took."""
        self.document.renew()
        for start, found in steps[:SORTED]:
            self._sort(start, found)
        if steps[SORTED:]:
            start, found = steps[SORTED]
            tail = start, found.step.before
        if tail is not None:
            self._sort_tail(*tail)
        self.document.renew()

    def _sort(self, start: int, found: Changes) -> None:
        """Note what a revision added, by kind and page."""
        place, allowed = self._place(start), set(found.allowed)
        try:
            told = sorted_out(found.step)
        except PdfSyntaxError:
            told = ((Kind.OTHER, (), ""),)
        signing = (Kind.SIGNATURE, Kind.TIMESTAMP)
        shown = {
            page for kind, pages, _ in told if kind not in signing for page in pages
        }
        more = {int(key[5:]) for key in found.refused if key.startswith("page:")}
        if more - shown:
            told = (*told, (Kind.PAGE_CHANGED, tuple(sorted(more - shown)), ""))
        new = [
            Addition(place, kind, pages, _key(kind, name) in allowed, name)
            for kind, pages, name in told
        ]
        if not found.refused:
            new = [replace(each, allowed=True) for each in new]
        elif all(each.allowed for each in new):
            new.append(Addition(place, Kind.OTHER))
        self.additions += new

    def _sort_tail(self, end: int, before: State) -> None:
        """Note what bytes that follow no rule changed in the end."""
        place = self._place(end)
        try:
            told = sorted_out(step_between(before, self.state))
        except PdfSyntaxError:
            told = ()
        rest = (Kind.OTHER, (), "")
        self.additions += (
            Addition(place, kind, pages, name=name)
            for kind, pages, name in dict.fromkeys((*told, rest))
        )

    def _place(self, start: int) -> int:
        """Return how many signatures stand before a place in the file."""
        return sum(
            0 < each.end <= start + 2 and not each.is_timestamp
            for each in self.signatures
        )

    def _compare(self, before: State, revision: Revision) -> tuple[State, Changes]:
        """Return the state after a revision, and what it changed."""
        section = self.document.section(revision.section.offset)
        after = State(self.document, (section, *before.chain), before)
        locks = Locks()
        for each in self.signatures:
            if each.end and each.end <= revision.start + 2:
                locks |= each.locks
        return after, changes(before, revision, after, locks)


def _key(kind: Kind, name: str) -> str:
    """Return the key that ``changes`` gives what it allows."""
    if kind is Kind.SIGNATURE:
        return f"signature:{name}"
    return "dates" if kind is Kind.METADATA else str(kind)


def _is_same(state: State, field_: SignatureField, value: SignatureValue) -> bool:
    """Say whether a field holds this very signature, at its place in the file."""
    if state.follow(field_.value) is None:
        return False
    try:
        found = signature_value(state, field_)
    except PdfSyntaxError:
        return False
    return found.contents.start == value.contents.start
