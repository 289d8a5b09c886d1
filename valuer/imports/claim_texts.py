"""Count in the texts of an application: claims, independent ones, embodiments.

A claim that opens by taking up another (根据权利要求1所述的…) is dependent; one that
opens by itself (一种…) is independent, also where it names another on its way. The length
is that of the shortest independent claim that names no other, for one that does is no
whole. Embodiments are the headings 实施例 of the description, each number once.

Source: 专利审查指南 part 2, chapter 2, 3.1.2 and 3.3.2 (independent and dependent).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from valuer.imports.plain_xml import Node

_NUMBER = re.compile(r"\s*(\d{1,4})(?:\s*[.．、:：]\s*|\s+)(?=\D)")
_NUMBERED = re.compile(r"(?m)^(\d{1,4}) ?[.．、](?!\d)")
_TAKES_UP = re.compile(
    r"(?:根据|如|按照|依据|依照|按)?(?:上述|前述|以上)?(?:任[一意]项?)?权利要求"
)
_NAMES_ANOTHER = re.compile(
    r"权利要求书?第?\s*\d|(?:上述|前述|任一)[^，,。]{0,6}权利要求"
)
_OPENING = re.compile(r"[^，,。;；:：]{0,300}")
# 如权利要求1所述的化合物在…中的应用 · 如权利要求1所述方法制备的材料
_OF_ANOTHER_KIND = re.compile(
    r"所述(?:的(?![由经]|通过|采用)|(?!的))"
    r"(?:[^在]{1,60}在.{1,60}(?:应用|用途)"
    r"|.{1,40}(?:制备|制得|制成|得到|获得)(?:得到|而成)?的.+)"
)
_EMBODIMENT = re.compile(r"(?:具体)?实施例\s*([\d一二三四五六七八九十百]{0,4})(?!\d)")
_LONGEST_HEADING = 60
_PUNCTUATION = ("P", "Z", "C")


@dataclass(frozen=True, slots=True)
class ClaimCount:
    """How many claims, how many of them independent, the shortest one's characters."""

    claims: int
    independent: int
    shortest: int | None


def count_claims(documents: Iterable[Node]) -> ClaimCount | None:
    """Count the claims of 权利要求书; None where it has no text, as scanned pages."""
    texts = [text for one in documents for text in _claims(one) if text]
    if not texts:
        return None
    independent = [text for text in texts if not is_dependent(text)]
    whole = [text for text in independent if not _NAMES_ANOTHER.search(text)]
    shortest = min(map(characters, whole), default=None)
    return ClaimCount(len(texts), len(independent), shortest)


def count_embodiments(document: Node) -> int:
    """Count the headings 实施例 of 说明书, each number once."""
    found: set[str] = set()
    for line in _lines(document):
        heading = _EMBODIMENT.match(line)
        if heading and len(line) <= (
            _LONGEST_HEADING if heading[1] else len("具体实施例")
        ):
            found.add(unicodedata.normalize("NFKC", heading[1]))
    # One without a number among numbered ones heads them all.
    return len(found - {""}) or len(found)


def is_dependent(claim: str) -> bool:
    """Tell whether a claim opens by taking up another of its own kind."""
    opening = _OPENING.match(claim)
    begin = opening[0] if opening else ""
    return bool(_TAKES_UP.match(claim)) and not _OF_ANOTHER_KIND.search(begin)


def characters(text: str) -> int:
    """Count the characters of a text, punctuation and blanks left out."""
    return sum(unicodedata.category(one)[0] not in _PUNCTUATION for one in text)


def _claims(document: Node) -> Iterator[str]:
    """Yield the text of each claim without its number."""
    marked = list(document.outermost("claim"))
    if marked:
        for one in marked:
            yield _without_number(one)
        return
    text = "\n".join(_lines(document))
    places: list[re.Match[str]] = []
    for place in _NUMBERED.finditer(text):
        if int(place[1]) == len(places) + 1:
            places.append(place)
    ends = [place.start() for place in places[1:]] + [len(text)]
    for place, end in zip(places, ends, strict=bool(places)):
        yield text[place.end() : end].strip()


def _without_number(claim: Node) -> str:
    """Return a claim's text; its number stands in an attribute, or before the text."""
    text, number = claim.text, claim.attributes.get("num", "")
    found = _NUMBER.match(text)
    if found and (not number.isdecimal() or found[1] == number[-4:].lstrip("0")):
        return text[found.end() :]
    return text


def _lines(document: Node) -> Iterator[str]:
    """Yield the text of each paragraph and heading."""
    found = [one.text for one in document.outermost("p", "heading", "claim-text")]
    for text in found or document.text.splitlines():
        yield " ".join(text.split())
