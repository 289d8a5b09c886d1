"""From the text of a cell to the value of a field of a case.

A word that is not known gives no value and a doubt; nothing is read into it. What the
words of an agency's own list mean, its profile may say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from valuer.agency.docket import AbnormalResult, InvalidationResult
from valuer.agency.docket_fields import Field, Holds
from valuer.agency.docket_profiles import NO, YES, word_key
from valuer.core.dates import excel_day, parse_date
from valuer.core.patents import PatentKind
from valuer.core.texts import N_, Message, message
from valuer.imports.names import chinese_names
from valuer.imports.rows import BLANKS

Words = Mapping[tuple[str, str], str]
"""What words mean, by field and word in the form in which words are compared."""

SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
SEVERAL = re.compile(r"[;；|\n、]+")
_COUNT = re.compile(r"(\d{1,6})(?:\.0+)?\s*[项条个页字次件]?", re.ASCII)

_YES = ("是", "有", "y", "yes", "true", "1", "√", "✓", "对")
_NO = ("否", "无", "没有", "n", "no", "false", "0", "×", "x", "✗", "不是")
_ANSWERS = {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)}

_KINDS = (
    ("实用新型", PatentKind.UTILITY_MODEL),
    ("新型", PatentKind.UTILITY_MODEL),
    ("外观", PatentKind.DESIGN),
    ("发明", PatentKind.INVENTION),
    ("utilitymodel", PatentKind.UTILITY_MODEL),
    ("design", PatentKind.DESIGN),
    ("invention", PatentKind.INVENTION),
)
_RESULTS: Mapping[str, Mapping[str, Any]] = {
    "abnormal": {
        "疑似": AbnormalResult.SUSPECTED,
        "已陈述": AbnormalResult.EXPLAINED,
        "已申述": AbnormalResult.EXPLAINED,
        "主动撤回": AbnormalResult.WITHDRAWN,
        "已撤回": AbnormalResult.WITHDRAWN,
        "撤回": AbnormalResult.WITHDRAWN,
        "复审中": AbnormalResult.REVIEW,
        "认定": AbnormalResult.CONFIRMED,
        "确认": AbnormalResult.CONFIRMED,
        "认定非正常": AbnormalResult.CONFIRMED,
        "排除": AbnormalResult.CLEARED,
        "已排除": AbnormalResult.CLEARED,
    },
    "invalidations": {
        "维持有效": InvalidationResult.MAINTAINED,
        "维持专利权有效": InvalidationResult.MAINTAINED,
        "部分无效": InvalidationResult.PARTLY,
        "宣告部分无效": InvalidationResult.PARTLY,
        "全部无效": InvalidationResult.INVALID,
        "宣告全部无效": InvalidationResult.INVALID,
    },
}
_KEPT: Mapping[str, Any] = {
    "abnormal": AbnormalResult,
    "invalidations": InvalidationResult,
}
_FORMULA = re.compile(r'^="(.*)"$', re.DOTALL)
_LONGEST_BLANK = 6
_NO_YEAR = 1900
"""A spreadsheet's nought as a day, and what systems write where there is none."""
_CHINESE_NAMES = re.compile(r"[一-鿿·]{2,5}(?:[\s/]+[一-鿿·]{2,5})+")


def value_of(
    field: Field, key: str, text: str, words: Words
) -> tuple[Any, Message | None]:
    """Return the value in a cell's text, or None and why there is none."""
    match field.holds:
        case Holds.DAY:
            day = day_of(text) or (_earliest(text) if key == "priority" else None)
            if day and day.year == _NO_YEAR:
                return None, None
            return (day, None) if day else (None, _no_day(text))
        case Holds.COUNT:
            return _count(text)
        case Holds.ANSWER:
            return _answer(key, text, words)
        case Holds.CHOICE:
            return _choice(key, text, words)
        case Holds.PEOPLE:
            return people(text, apart=key == "agents"), None
        case _:
            plain = text if text.isprintable() else " ".join(text.split())
            return plain, None


def texts_of(cells: Sequence[str], width: int) -> list[str]:
    """Return the texts of a row, ``width`` of them at least.

    A cell that holds nothing, or what stands for nothing, is "".
    """
    texts = [
        "" if len(text) < _LONGEST_BLANK and text in BLANKS else text
        for text in map(str.strip, cells)
    ]
    missing = width - len(texts)
    if missing > 0:
        texts += [""] * missing
    if any(text[:2] == '="' for text in texts):  # a text kept a text by a formula
        return [_FORMULA.sub(r"\1", text).strip() for text in texts]
    return texts


def day_of(text: str) -> date | None:
    """Return the day a cell names, a spreadsheet's serial number among them."""
    day = parse_date(text)
    if day is None and SERIAL.fullmatch(text):
        day = excel_day(float(text))
    return day


def _earliest(text: str) -> date | None:
    """Return the first of several days, where every one is a day."""
    days = [day_of(part.strip()) for part in SEVERAL.split(text) if part.strip()]
    sure = [day for day in days if day]
    return min(sure) if sure and len(sure) == len(days) else None


def people(text: str, *, apart: bool) -> tuple[str, ...]:
    """Return the names in a cell; ``apart``: blanks and strokes part persons too."""
    plain = text.strip()
    if apart and _CHINESE_NAMES.fullmatch(plain):
        return tuple(dict.fromkeys(re.split(r"[\s/]+", plain)))
    return chinese_names(plain)


def kind_of(text: str) -> PatentKind | None:
    """Return the one kind that a word names, as in PCT发明 or 授权发明; else None."""
    plain = word_key(text)
    found = {kind for name, kind in _KINDS if name in plain}
    return found.pop() if len(found) == 1 else None


def _count(text: str) -> tuple[int | None, Message | None]:
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    if match := _COUNT.fullmatch(plain):
        return int(match[1]), None
    wording = N_("“{given}” is no whole number; it was left out.")
    return None, message(wording, given=text[:60])


def _answer(key: str, text: str, words: Words) -> tuple[bool | None, Message | None]:
    plain = word_key(text)
    meant = words.get((key, plain))
    if meant in (YES, NO):
        return meant == YES, None
    if plain in _ANSWERS:
        return _ANSWERS[plain], None
    return None, _unknown(text)


def _choice(key: str, text: str, words: Words) -> tuple[Any, Message | None]:
    plain, name = word_key(text), key.partition(".")[0]
    meant = words.get((key, plain))
    if name == "kind":
        found: Any = PatentKind(meant) if meant else kind_of(text)
    else:
        found = _KEPT[name](meant) if meant else _RESULTS[name].get(plain)
    return found, None if found else _unknown(text)


def _unknown(text: str) -> Message:
    wording = N_(
        "“{given}” is not known here and was left out; say in a profile what it means."
    )
    return message(wording, given=text[:60])


def _no_day(text: str) -> Message:
    wording = N_("“{given}” names no day for certain; the date was left out.")
    return message(wording, given=text[:60])
