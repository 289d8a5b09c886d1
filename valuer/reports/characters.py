"""What Chinese and Latin characters demand of a line.

Which characters may not begin or end a line (避头尾), where a line may break, which
punctuation gives up half of its square beside other punctuation or at the edge of a
line, and which form a quotation mark or a sign takes among Chinese or among Latin
characters.

Source: W3C, Requirements for Chinese Text Layout (CLREQ), section 3.1; Unicode
Standard Annex 14 for what Latin text asks.
"""

from __future__ import annotations

import re
import unicodedata

from valuer.reports.outlines import NARROW, TRIMMED, VARIANTS, WIDE

NO_START = frozenset("，。、；：？！）》」』】〕〉”’％‰℃°†′″…—·～〜々〻ー,.;:?!)]}%–›»")
"""Characters that may not begin a line."""

NO_END = frozenset("（《「『【〔〈“‘￥¥＄$€£№([{#«‹")
"""Characters that may not end a line."""

CLOSING = frozenset("，。、；：？！）》」』】〕〉”’")
"""Square punctuation whose right half is blank."""

OPENING = frozenset("（《「『【〔〈“‘")
"""Square punctuation whose left half is blank."""

NO_BREAK_SPACE = "\u00a0"

_ALIKE = {ord("\t"): " ", ord("\r"): "\n", 0x2028: "\n", 0x2029: "\n", 0x85: "\n"}
_FORMS = {shown: private for private, shown in VARIANTS.items()}
_WIDE_DASH = _FORMS[WIDE]
_CJK = re.compile(
    "[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
    "\u2460-\u24ff\U00020000-\U0003ffff]"
)
_IDEOGRAPH = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN = re.compile("[0-9A-Za-z\u00c0-\u024f\u0370-\u03ff%$€£(\\[)\\]½]")
_QUANTITY = re.compile(
    r"[¥￥$€£]?[+\-−±]?\d(?:[\d,.:]*\d)?"
    r"(?:[ \u00a0]?(?:%|％|‰|℃)"
    r"|[ \u00a0]?[十百千万亿]{0,3}(?:人民币|美元|欧元|港元|日元|元|股|年度|年|个月|月|日|天|期|个|项|件|次"
    r"|倍|人|名|家|页|条|款|章|位|种|份|号|岁|平方米|吨|米|台|套)"
    r"|[ \u00a0]?[百千万亿]{1,3})?"
)


def cleaned(text: str) -> str:
    """Return a text without what has no place in a line: controls and marks."""
    if any(unicodedata.category(c) == "Mn" for c in text):
        text = unicodedata.normalize("NFC", text)
    text = text.replace("\r\n", "\n").translate(_ALIKE)
    return "".join(c for c in text if c == "\n" or _is_printed(c))


def _is_printed(character: str) -> bool:
    if character in VARIANTS or unicodedata.category(character) in ("Cc", "Cf", "Cs"):
        return False
    return not "\ufe00" <= character <= "\ufe0f"  # variation selectors


def shaped(text: str, language: str) -> str:
    """Return a text with each quotation mark, dash and sign in its proper form.

    Forms are private characters that the fonts know; nothing is added or lost, and
    text read back from the page has the common characters.
    """
    if not _SPECIAL.search(text):
        return text
    chinese = language != "en" and _CJK.search(text) is not None
    return "".join(
        _form(text, i, chinese) if c in _FORMS else c for i, c in enumerate(text)
    )


_SPECIAL = re.compile(f"[{re.escape(WIDE + NARROW + TRIMMED)}]")


def _form(text: str, at: int, chinese: bool) -> str:
    character = text[at]
    before, after = _neighbour(text, at, -1), _neighbour(text, at, 1)
    between_latin = not (is_cjk(before) or is_cjk(after))
    if character in TRIMMED:
        return _FORMS[character] if between_latin else character
    if character == WIDE:
        return _FORMS[character] if chinese else character
    if chinese:
        amid_latin = bool(before) and bool(after) and between_latin
        return _FORMS[character] if amid_latin else character
    amid_chinese = is_cjk(before) and is_cjk(after)
    return character if amid_chinese else _FORMS[character]


def _neighbour(text: str, at: int, step: int) -> str:
    """Return the nearest character that is neither blank nor of two forms."""
    at += step
    while 0 <= at < len(text):
        if not text[at].isspace() and text[at] not in _FORMS:
            return text[at]
        at += step
    return ""


def is_cjk(character: str) -> bool:
    """Tell whether a character is set in a square."""
    return bool(character) and (
        _CJK.match(character) is not None
        or character == _WIDE_DASH
        or character in "“”‘’…"
    )


def is_ideograph(character: str) -> bool:
    """Tell whether a character is a Chinese one, not punctuation."""
    return _IDEOGRAPH.match(character) is not None


def is_latin(character: str) -> bool:
    """Tell whether a character belongs to a Latin word or a figure."""
    return _LATIN.match(character) is not None


def breaks(text: str) -> list[bool]:
    """Tell for each character of a shaped text whether a line may begin with it."""
    plain = "".join(VARIANTS.get(c, c) for c in text)
    allowed = [False, *(_may_break(text, plain, i) for i in range(1, len(text)))]
    for quantity in _QUANTITY.finditer(plain):
        for i in range(quantity.start() + 1, quantity.end()):
            allowed[i] = False
    return allowed[: len(text)]


def _may_break(text: str, plain: str, at: int) -> bool:
    before, after = plain[at - 1], plain[at]
    if after.isspace() or NO_BREAK_SPACE in (before, after):
        return False
    spaced = before.isspace()
    if spaced:
        before = plain[:at].rstrip()[-1:]
    if after in NO_START or before in NO_END:
        return False
    if spaced or is_cjk(text[at - 1]) or is_cjk(text[at]):
        return True
    return before in "-/–—" and after.isalpha() and plain[at - 2 : at - 1].isalpha()


def kept_apart(before: str, after: str) -> bool:
    """Tell whether these two may never be parted by the end of a line."""
    plain = VARIANTS.get(before, before), VARIANTS.get(after, after)
    return plain[0] in NO_END or plain[1] in NO_START


def squeeze(before: str, after: str) -> float:
    """Return by how much of an em two neighbours move together."""
    if before in CLOSING and (after in CLOSING or after in OPENING):
        return 0.5
    if before in OPENING and after in OPENING:
        return 0.5
    return 0.0
