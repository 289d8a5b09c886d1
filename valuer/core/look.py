"""The look of a house's reports: logo, header, footer, wording (机构报告模板).

A template is taken into the library once; a case quotes it by value, so a report keeps
the look it was made with. The logo is named by its SHA-256, its bytes lie in the
library. Wording is plain text of the house: it stands in the report like any other of
its texts, and is judged like them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from unicodedata import category, east_asian_width

from valuer.core.texts import LANGUAGES, N_, Message, message

WIDEST_LINE = 80
"""How wide a line of head or foot may be: letters, a Chinese character is two."""

MOST_COVER_LINES = 6
LONGEST_PARAGRAPH = 1000
MOST_PARAGRAPHS = 40
LONGEST_WORDING = 12_000
"""Characters of all paragraphs in one language."""

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MARKUP = re.compile(r"<\s*/?[A-Za-z!?][^<>]*>|&(?:#\w{1,8}|[A-Za-z]{2,8});")
_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@dataclass(frozen=True, slots=True)
class Addition:
    """Paragraphs that a house adds at the end of a section, by the section's key."""

    section: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """What a house says in its reports of one language.

    Attributes:
        header: stands in the head of each page; ``footer`` in its foot.
        cover: lines that stand last on the cover.
        additions: paragraphs within sections.
    """

    language: str
    header: str = ""
    footer: str = ""
    cover: tuple[str, ...] = ()
    additions: tuple[Addition, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """How a house's reports look.

    Attributes:
        accent: colour of the lines in the head and on the cover, as in ``#1f4e8c``.
        logo: SHA-256 of its PNG, 64 hexadecimal digits, or "".
        wordings: one for each language that the house has words in.
    """

    accent: str = ""
    logo: str = ""
    wordings: tuple[Wording, ...] = ()

    def wording(self, language: str) -> Wording:
        """Return the words for reports of a language; empty ones where there are none."""
        found = (one for one in self.wordings if one.language == language)
        return next(found, Wording(language))


WORDING_NAMES = {
    "header": N_("Header"),
    "footer": N_("Footer"),
    "cover": N_("Lines on the cover"),
    "additions": N_("Paragraphs in sections"),
}


def look_words(look: Look) -> Message | None:
    """Return a look in short; None for none."""
    if look == Look():
        return None
    texts = sum(1 for _ in wording_texts(look))
    text = N_("Logo {logo}; colour {colour}; {count} texts")
    logo = f"{look.logo[:8]}…" if look.logo else "—"
    return message(text, logo=logo, colour=look.accent or "—", count=texts)


def wording_texts(look: Look) -> Iterator[str]:
    """Yield every text of a look, in all languages."""
    for one in look.wordings:
        yield from filter(None, (one.header, one.footer))
        yield from one.cover
        for addition in one.additions:
            yield from addition.paragraphs


def look_faults(look: Look) -> Iterator[Message]:
    """Yield what is wrong with a look that anybody may have written."""
    if look.accent and not _COLOUR.fullmatch(look.accent):
        text = N_("“{given}” is no colour such as #1f4e8c")
        yield message(text, given=look.accent[:20])
    if look.logo and not _DIGEST.fullmatch(look.logo):
        yield message(N_("the logo is not named by its SHA-256"))
    known = [one.language for one in look.wordings]
    if not set(known) <= set(LANGUAGES) or len(known) > len(set(known)):
        yield message(
            N_("the wording is told once for each of {known}"), known=LANGUAGES
        )
    for one in look.wordings:
        yield from _wording_faults(one)


def _wording_faults(one: Wording) -> Iterator[Message]:
    named = {field.name: WORDING_NAMES.get(field.name, "") for field in fields(one)}
    for name, text in (
        ("header", one.header),
        ("footer", one.footer),
        *(("cover", line) for line in one.cover),
    ):
        if _width(text) > WIDEST_LINE:
            words = N_("{part}: “{begin}…” is longer than {most} letters")
            yield message(
                words, part=message(named[name]), begin=text[:20], most=WIDEST_LINE
            )
        if "\n" in text:
            words = N_("{part}: one line is wanted")
            yield message(words, part=message(named[name]))
    if len(one.cover) > MOST_COVER_LINES:
        text = N_("the cover has room for {most} lines")
        yield message(text, most=MOST_COVER_LINES)
    yield from _addition_faults(one)
    for text in wording_texts(Look(wordings=(one,))):
        yield from _text_faults(text)


def _addition_faults(one: Wording) -> Iterator[Message]:
    keys = [addition.section for addition in one.additions]
    if len(keys) > len(set(keys)):
        yield message(N_("a section is named twice"))
    texts = [text for each in one.additions for text in each.paragraphs]
    if (
        len(texts) > MOST_PARAGRAPHS
        or sum(map(len, texts)) > LONGEST_WORDING
        or any(len(text) > LONGEST_PARAGRAPH for text in texts)
    ):
        text = N_(
            "the paragraphs are too many or too long: at most {count} of {longest}"
            " characters, {most} in all"
        )
        values = {"count": MOST_PARAGRAPHS, "longest": LONGEST_PARAGRAPH}
        yield message(text, **values, most=LONGEST_WORDING)


def _text_faults(text: str) -> Iterator[Message]:
    if not text.strip():
        yield message(N_("a text is empty; leave it out"))
    if found := _MARKUP.search(text):
        words = N_("“{found}” is markup; wording is plain text")
        yield message(words, found=found.group()[:20])
    if any(_is_control(character) for character in text):
        words = N_("“{begin}…” holds control characters")
        yield message(words, begin=ascii(text[:20]))


def _is_control(character: str) -> bool:
    return character in _TURNS or (
        character != "\n" and category(character) in ("Cc", "Cs", "Co", "Zl", "Zp")
    )


def _width(text: str) -> int:
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)
