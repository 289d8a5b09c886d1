"""Compare what the pages of a report say with what they should say.

Two ways. The same version of the program sets the same pages, so everything must be
equal: text line by line, the picture of every page, what lies upon it. Another version
may have worded and set it otherwise; then the figures must be equal, section by
section, in their order.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from valuer.core.texts import N_, Message, message
from valuer.reports.pdfium import Pages

MOST = 50
"""How many differences are told; one is enough to know."""

_MORE = 100
"""How many figures too many are still told one by one."""

_FIGURE = re.compile(
    r"[−+-]?\d[\d,]*(?:\.\d+)?(?:[-/]\d+)*%?|[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整负]{3,}"
)
_FURNITURE = 5
"""Lines of head and foot: number, digest, page, and two of a house's template."""

_ORDINAL = re.compile(
    r"^(?:（\d{1,2}）|\d{1,2}(?:\.\d{1,2})*[.．]?\s|(?:表|图|Table|Figure)\s*\d+)"
)
_PART = re.compile(r"（\d{1,2}／\d{1,2}）|part \d{1,2} of \d{1,2}")
"""Which part of a table this is: the width of the page decides."""

_CONTINUED = re.compile(r"续表\s*\d|Table\s*\d.*\(continued\)")
"""A title said again on the next page, wherever the page happens to end."""

_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、|\d{1,2}\s")


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a report says something else than it should.

    Attributes:
        where: page and line, or section, in words.
        printed: what the file says, or in words what it does instead.
        recomputed: what it should say.
    """

    where: Message
    printed: str | Message
    recomputed: str


def unequal_pages(
    printed: Pages, built: Pages, passed_over: Container[int] = ()
) -> Iterator[Gap]:
    """Yield where pages and bookmarks differ from what the same program sets.

    Pages by an index in ``passed_over`` are not looked at: they differ already.
    """
    if len(printed) != len(built):
        where = message(N_("number of pages"))
        yield Gap(where, str(len(printed)), str(len(built)))
    outlines = printed.outline(), built.outline()
    for number, pair in enumerate(zip_longest(*outlines, fillvalue=(0, "")), 1):
        if pair[0] != pair[1]:
            where = message(N_("bookmark {number}"), number=number)
            yield Gap(where, pair[0][1], pair[1][1])
    for index in range(min(len(printed), len(built))):
        if index in passed_over:
            continue
        if printed.measures(index) != built.measures(index):
            where = message(N_("page {page}, its size"), page=index + 1)
            yield Gap(where, _measures(printed, index), _measures(built, index))
            continue
        found = list(_unequal_lines(index, printed.lines(index), built.lines(index)))
        yield from found
        if not found:
            yield from _unequal_pictures(index, printed, built)


def unequal_figures(
    printed: Pages, built: Pages, passed_over: Container[str] = ()
) -> Iterator[Gap]:
    """Yield where the figures differ, whatever the words and the layout.

    Sections by a title in ``passed_over`` are not looked at.
    """
    ours, theirs = _sections(built), _sections(printed)
    if len(ours) != len(theirs):
        ours, theirs = (
            [(N_("the whole report"), [f for _, figures in one for f in figures])]
            for one in (ours, theirs)
        )
    for (title, should), (_, does) in zip(ours, theirs, strict=True):
        if title in passed_over:
            continue
        where = message(N_("section “{title}”"), title=title)
        if len(does) > 2 * len(should) + _MORE:
            yield Gap(where, str(len(does)), str(len(should)))
            continue
        for first, last, start, stop in _runs(does, should):
            pairs = zip_longest(does[first:last], should[start:stop], fillvalue="")
            yield from (Gap(where, *pair) for pair in pairs)


def missing_texts(
    printed: Pages, built: Pages, texts: Iterable[tuple[str, str]]
) -> Iterator[Gap]:
    """Yield which of these texts are made anew and do not stand in the file.

    ``texts`` are pairs of a place in the case and the text; how they are broken into
    lines does not matter.
    """
    does, should = _unbroken(printed), _unbroken(built)
    for where, text in texts:
        sought = "".join(text.split())
        if sought in should and sought not in does:
            yield Gap(message(N_("the text of {where}"), where=where), "", text)


def _unbroken(pages: Pages) -> str:
    return "".join("".join(line.split()) for line in _body(pages))


def _measures(pages: Pages, index: int) -> str:
    return " ".join(f"{value:g}" for value in pages.measures(index))


def _unequal_lines(
    index: int, does: Sequence[str], should: Sequence[str]
) -> Iterator[Gap]:
    for first, last, start, stop in _runs(does, should):
        lines = zip_longest(
            range(first, last), does[first:last], should[start:stop], fillvalue=None
        )
        for at, printed, wanted in lines:
            number = (first if at is None else at) + 1
            text = N_("page {page}, line {line}: “{label}”")
            label = _label(wanted or printed or "")
            where = message(text, page=index + 1, line=number, label=label)
            yield Gap(where, *_told(printed or "", wanted or ""))


def _runs(
    does: Sequence[str], should: Sequence[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches that differ: from, to in the one; from, to in the other."""
    matcher = SequenceMatcher(None, does, should, autojunk=False)
    for kind, first, last, start, stop in matcher.get_opcodes():
        if kind != "equal":
            yield first, last, start, stop


def _label(line: str) -> str:
    """Return the words that a line begins with."""
    words = _FIGURE.split(line, maxsplit=1)[0].strip() or line.strip()
    return words if len(words) <= 30 else words[:30] + "…"


def _told(printed: str, wanted: str) -> tuple[str, str]:
    """Return the words that differ, or the whole lines where their number does."""
    ours, theirs = wanted.split(), printed.split()
    if len(ours) != len(theirs):
        return printed, wanted
    pairs = [(a, b) for a, b in zip(theirs, ours, strict=True) if a != b]
    if not pairs:  # blanks alone differ
        return printed, wanted
    return " ".join(a for a, _ in pairs), " ".join(b for _, b in pairs)


def _unequal_pictures(index: int, printed: Pages, built: Pages) -> Iterator[Gap]:
    does, should = printed.picture(index), built.picture(index)
    box = does.first_difference(should)
    if box is None:
        return
    text = N_("page {page}, the picture near “{label}”")
    wanted = built.text_within(index, box)
    label = _label(wanted) if wanted else f"{box[0]}, {box[1]}"
    # Its text is as it should be, so what is seen there cannot be quoted.
    drawn = message(N_("drawn otherwise than its text reads"))
    yield Gap(message(text, page=index + 1, label=label), drawn, wanted)


def _sections(pages: Pages) -> list[tuple[str, list[str]]]:
    """Return the figures of each section, by the headings of the outline.

    The first section is passed over: the contents stand in it, whose figures are
    pages.
    """
    headings = list(pages.headings())
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in _body(pages):
        if len(found) <= len(headings) and line == headings[len(found) - 1]:
            found.append((line, []))
            continue
        found[-1][1].extend(_FIGURE.findall(_PART.sub("", _ORDINAL.sub("", line))))
    return [found[0], *found[2:]]


def _body(pages: Pages) -> Iterator[str]:
    """Yield every line but heads and feet, which stand on most pages alike."""
    lines = [pages.lines(index) for index in range(len(pages))]
    counts: dict[str, int] = {}
    for page in lines:
        for line in {re.sub(r"\d+", "0", line) for line in page[:_FURNITURE]}:
            counts[line] = counts.get(line, 0) + 1
    furniture = {line for line, count in counts.items() if count * 2 > len(lines) > 2}
    for page in lines:
        for place, line in enumerate(page):
            if place < _FURNITURE and re.sub(r"\d+", "0", line) in furniture:
                continue
            if _CONTINUED.match(line):
                continue
            yield " ".join(line.split())
