"""Words as the index of patents knows them, for languages with and without spaces.

What is sought is any part of a text, 电池 in 锂离子电池组 or ``lith`` in Lithium. So the
index keeps short overlapping pieces of every text: of Chinese, Japanese or Korean each
two characters that stand together, of a Latin word what follows from each letter on,
of a number each four characters. The last pieces of a run are shorter, for nothing
follows them. A word is found where its own pieces follow one another; the last of
them may go on. Texts are compared without case, width, and marks that nobody sees.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from operator import add

FORM = f"1, Unicode {unicodedata.unidata_version}"
"""What pieces depend on. An index of another form is made anew."""

_PAIR, _NUMBER, _LETTERS = 2, 4, 16
"""How long the pieces of each kind of run are."""

_UNSEEN = re.compile("[\0-\x08\x0e-\x1b\x7f\xad\u200b-\u200f\u2060\ufeff]")
_RUN = re.compile(r"([0-9a-z\u00c0-\u1fff]+)|[^\s0-9a-z\u00c0-\u1fff]+")
"""Letters, from Latin to Thai, or what else stands together; a space ends both."""
_ALNUM = re.compile("[0-9a-z]+")
_BETWEEN = re.compile("[.,/-]")
_LICENCE = re.compile(r"\bzl\s*(?=[0-9])")

# FTS5 splits at the marks of ASCII, so they go in as their wide forms; a folded text
# has none of these, nor of the two below.
_MARK = re.compile("[!-/:-@[-`{-~]")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if not chr(code).isalnum()}
_BORDER = "\uff5f"
"""Stands between two texts where else a word could be found across."""
_OF_NUMBER = "\xba"
"""Begins the pieces of numbers: 2016 in a title is not 201-6 in a number."""

Words = tuple[Sequence[str], Sequence[str]]
"""The texts of a patent in which words are sought, and its numbers."""


@dataclass(frozen=True, slots=True)
class Sought:
    """One word of a search, folded.

    Attributes:
        text: as it may stand in a text.
        number: as it may stand in a number, whatever was typed between; or "".
    """

    text: str
    number: str


def folded(text: str) -> str:
    """Return a text as it is compared."""
    seen = _UNSEEN.sub("", text)
    if seen.isascii():
        return seen.lower()
    return unicodedata.normalize("NFKC", seen).casefold()


def sought_words(search: str) -> tuple[Sought, ...]:
    """Return the words of a search, each once, without the ZL before a number."""
    typed = search.encode(errors="replace").decode()  # half a character finds nothing
    words = _LICENCE.sub("", folded(typed)).split()
    return tuple(Sought(word, _as_number(word)) for word in dict.fromkeys(words))


def is_held(sought: Sequence[Sought], words: Words) -> bool:
    """Say whether every word occurs somewhere: what a search means."""
    text, numbers = (folded("\n".join(some)) for some in words)
    return all(
        word.text in text or (word.number != "" and word.number in numbers)
        for word in sought
    )


def pieces(words: Words) -> str:
    """Return what the index keeps of a patent, with spaces between."""
    text, numbers = (folded("\n".join(some)) for some in words)
    found: list[str] = []
    end, before = 0, None
    for run in _RUN.finditer(text):
        # Two runs of one kind never make a word; two of different kinds might.
        if run.start() > end and found and run.lastindex != before:
            found.append(_BORDER)
        found += _cut(run)
        end, before = run.end(), run.lastindex
    for number in _ALNUM.findall(numbers):
        cut = [number[at : at + _NUMBER] for at in range(len(number))]
        found.append(_OF_NUMBER + f" {_OF_NUMBER}".join(cut))
    return " ".join(found)


def match(sought: Sequence[Sought]) -> str:
    """Return the question to the index that finds what ``is_held`` holds true."""
    return " AND ".join(map(_match, sought))


def _as_number(word: str) -> str:
    number = _BETWEEN.sub("", word)
    return number if _ALNUM.fullmatch(number) else ""


def _cut(run: re.Match[str]) -> list[str]:
    text, length = _of_kind(run)
    if length == _PAIR:
        return [*map(add, text, text[1:]), text[-1]]
    return [text[at : at + length] for at in range(len(text))]


def _of_kind(run: re.Match[str]) -> tuple[str, int]:
    """Return a run as the index takes it, and how long its pieces are."""
    if run.lastindex:
        return run[0], _LETTERS
    return run[0].translate(_WIDE) if _MARK.search(run[0]) else run[0], _PAIR


def _match(word: Sought) -> str:
    *first, last = _RUN.finditer(word.text)
    whole = [piece for run in first for piece in _cut(run)]
    either = [_phrase(whole, *_of_kind(last))]
    if word.number:
        either.append(_phrase([], word.number, _NUMBER, _OF_NUMBER))
    return f"({' OR '.join(either)})"


def _phrase(before: list[str], run: str, length: int, mark: str = "") -> str:
    """Return pieces that follow one another, up to a run that may go on."""
    ends = max(len(run) - length, 0)
    last = [mark + run[at : at + length] for at in range(ends + 1)]
    going_on = "*" if len(run) < length else ""
    return f'"{" ".join(before + last)}"{going_on}'
