"""One difference of two cases, and how it is told.

Sequences are compared by what they hold, not by place: a line taken out of the middle
is one difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, TypeVar

from valuer.core.case_names import Part
from valuer.core.patents import Source
from valuer.core.texts import N_, Message, message
from valuer.core.value_words import changed_words, quoted, value_words

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    Attributes:
        part: part of the case; ``of``: the patent or run concerned, if any.
        place: what people call the field.
        before: what it was, or None where there was nothing.
        after: what it is, or None where there is nothing any more.
    """

    part: Part
    of: Message | None
    place: Message
    before: Message | None
    after: Message | None

    @property
    def wording(self) -> Message:
        """The difference in one line."""
        if self.before is None:
            text = N_("{place}: added: {after}")
            said = message(text, place=self.place, after=self.after)
        elif self.after is None:
            text = N_("{place}: removed: {before}")
            said = message(text, place=self.place, before=self.before)
        else:
            text = N_("{place}: {before} → {after}")
            values = {"before": self.before, "after": self.after}
            said = message(text, place=self.place, **values)
        if self.of is None:
            return said
        return message(N_("{said} ({of})"), said=said, of=self.of)


@dataclass(frozen=True, slots=True)
class Told:
    """Tells differences of one part, of one patent or run."""

    part: Part
    of: Message | None = None

    def one(
        self, place: Message | str, before: Message | None, after: Message | None
    ) -> Difference:
        """Return one difference."""
        named = message(place) if isinstance(place, str) else place
        return Difference(self.part, self.of, named, before, after)

    def value(
        self,
        place: Message | str,
        before: Any,
        after: Any,
        words: Callable[[Any], Message | None] = value_words,
    ) -> Iterator[Difference]:
        """Yield the difference of two values, if there is one."""
        if before == after and type(before) is type(after):
            return
        if isinstance(before, str) and isinstance(after, str) and before and after:
            before, after = changed_words(before, after)
        old, new = words(before), words(after)
        if old == new:  # the words tell them not apart
            old, new = _bare(before, after)
        yield self.one(place, old, new)

    def lines(
        self, place: str, before: Sequence[Any], after: Sequence[Any]
    ) -> Iterator[Difference]:
        """Yield what was changed, added and removed among lines."""
        for old, new in paired(before, after):
            yield from self.value(place, old, new)


def paired(before: Sequence[T], after: Sequence[T]) -> Iterator[tuple[Any, Any]]:
    """Yield what changed between two sequences; None stands for what is not there."""
    if before == after:
        return
    old, new = [repr(one) for one in before], [repr(one) for one in after]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield from zip_longest(before[a:b], after[c:d])


def keyed(items: Sequence[T], key: Callable[[T], Any]) -> dict[Any, T]:
    """Return items by key; those of one key are numbered, in order."""
    found: dict[Any, T] = {}
    counts: dict[Any, int] = {}
    for item in items:
        name = key(item)
        counts[name] = counts.get(name, 0) + 1
        found[name, counts[name]] = item
    return found


def order_change(
    before: Mapping[Any, Any], after: Mapping[Any, Any]
) -> tuple[list[Any], list[Any]] | None:
    """Return the keys both have from where their order parts; None where it is one."""
    old = [key for key in before if key in after]
    new = [key for key in after if key in before]
    if old == new:
        return None
    first = next(i for i, (a, b) in enumerate(zip(old, new, strict=True)) if a != b)
    return old[first:], new[first:]


def _bare(before: Any, after: Any) -> tuple[Message | None, Message | None]:
    """Return two values as they stand, down to what no one would write out."""
    shown = changed_words(_raw(before), _raw(after))
    old, new = (quoted(text) if text else message(N_("(empty)")) for text in shown)
    return None if before is None else old, None if after is None else new


def _raw(value: Any) -> str:
    if not isinstance(value, Source):
        return "" if value is None else str(value)
    parts = (value.file, value.sheet, value.row, value.on, value.sha256)
    return ", ".join(str(one) for one in parts if one)
