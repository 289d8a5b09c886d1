"""Numbers of patents: read in any writing, kept in one.

A Chinese application number (申请号) has a year, a digit for the kind, a serial and
a check digit (校验位): 8 digits and one until 2003-09-30, 12 digits and one since.
The patent number (专利号) is the same behind ``ZL``. All others are kept as country
and characters, without punctuation, with what tells them apart. Nothing here raises:
what is wrong with a number is an issue beside it.

Source: ZC 0006-2003 专利申请号标准 (the weights of its check digit, 8 or 12 digits);
WIPO ST.16 for letters of kind; EPO numbers carry a check digit by Luhn.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache

from valuer.core.patents import PatentKind
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_, message

_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_CHECKS = "0123456789X"
_KINDS = {
    "1": PatentKind.INVENTION,
    "2": PatentKind.UTILITY_MODEL,
    "3": PatentKind.DESIGN,
    "8": PatentKind.INVENTION,
    "9": PatentKind.UTILITY_MODEL,
}
PCT_TYPES = ("8", "9")
"""Type digits of applications that entered China through the PCT."""

_COMMON = re.compile(
    r"(?:CN|ZL)?((200[3-9]|20[1-9]\d)([12389])\d{7})\.?([\dXx])", re.ASCII
)
_NOISE = re.compile(r"[\s.,/\-‐‑–—()·_']+")
_LATE = re.compile(r"(200[3-9]|20[1-9]\d)([12389])(\d{7})", re.ASCII)
_EARLY = re.compile(r"(8[5-9]|9\d|0[0-3])([12389])(\d{5})", re.ASCII)
_CHINESE = re.compile(r"(\d{12}|\d{8})([\dX]?)", re.ASCII)
_PUBLICATION = re.compile(
    r"([A-Z]{2})((?:[A-Z]{1,4}(?=\d))?\d{2,15}(?:[A-Z]{2}(?=\d)\d+)?)"
    # A correction may carry its day: EP 1357170 B9 20061018.
    r"([A-Z](?:\d{0,2}|\d?\d{8}))?",
    re.ASCII,
)
_DOCDB = re.compile(r"([A-Z]{2})([A-Z]{0,3}\d+(?:[A-Z]{2}\d+)?)([A-Z]{0,2})", re.ASCII)
_PCT = re.compile(r"PCT([A-Z]{2})(\d{4}|\d{2})(\d{5,6})", re.ASCII)
_PCT_EPO = re.compile(r"WO(\d{4})([A-Z]{2})(\d{5,6})W?", re.ASCII)
_PCT_DOCDB = re.compile(r"([A-Z]{2})(\d{7}|\d{10,11})W", re.ASCII)
_US_SERIAL = re.compile(r"(?:US)?(\d{2})/(\d{3}),?(\d{3})", re.ASCII)
_US_SHORT_YEAR = re.compile(r"(20\d\d)(\d{6})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as read.

    Attributes:
        text: canonical form, as in ``CN201610895413X``, or "" if it is no number.
        country: two letters, or "".
        kind: what its type digit or letter of kind says, if it does.
        year: year of a Chinese application number, or None.
        issues: what is doubtful; with an error the number identifies nothing.
    """

    text: str = ""
    country: str = ""
    kind: PatentKind | None = None
    year: int | None = None
    issues: tuple[Issue, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether the number identifies a patent."""
        return bool(self.text) and all(
            issue.severity is not Severity.ERROR for issue in self.issues
        )


def check_digit(digits: str) -> str:
    """Return the check digit of 8 or 12 digits of a Chinese application number."""
    total = _weighed(digits[:4], 0) + _weighed(digits[4:8], 4) + _weighed(digits[8:], 8)
    return _CHECKS[total % 11]


def european_check_digit(digits: str) -> str:
    """Return the check digit of the 8 digits of a European application number."""
    total = 0
    for place, digit in enumerate(digits):
        product = int(digit) * (1 + place % 2)
        total += product // 10 + product % 10
    return str(-total % 10)


def application_number(
    text: str, country: str = "", filed: date | None = None
) -> Number:
    """Read an application or patent number; ``country`` is that of its row, if known.

    ``filed`` settles which series an American serial number belongs to.
    """
    common = _COMMON.fullmatch(text) if country in ("", "CN") else None
    if common:  # nearly every row of a Chinese list
        digits, year, kind, check = common.groups()
        if check.upper() == check_digit(digits):
            return Number(f"CN{digits}{check.upper()}", "CN", _KINDS[kind], int(year))
    plain = _plain(text)
    if not plain:
        return Number()
    bare = _NOISE.sub("", plain)
    if international := _international(bare):
        return Number(international, "WO")
    for prefix in ("ZL", "CN", "ZL"):
        if bare.startswith(prefix):
            bare, country = bare.removeprefix(prefix), "CN"
    if country in ("", "CN"):
        # Lens and Espacenet end a number with the letter of its kind.
        match = _CHINESE.fullmatch(
            bare.rstrip("AUDS") if country and bare[-1:] != "X" else bare
        )
        if match:
            return _chinese(match[1], match[2], text)
        if country:
            return _no_number(text)
    return _foreign_application(plain, bare, country, filed, text)


def publication_number(text: str, country: str = "") -> Number:
    """Read a publication or grant number such as ``US 2011/0185700 A1``."""
    plain = _NOISE.sub("", _plain(text))
    if country and not plain.startswith(country):
        plain = country + plain
    match = _PUBLICATION.fullmatch(plain)
    if not match:
        return _no_number(text) if plain else Number()
    land, digits, kind = match[1], match[2], match[3] or ""
    if land == "US" and (short := _US_SHORT_YEAR.fullmatch(digits)):
        # EPO's form drops a zero: US2016168990A1 is US 2016/0168990 A1.
        digits = f"{short[1]}0{short[2]}"
    return Number(land + digits + kind, land, publication_kind(land, digits, kind))


def publication_kind(country: str, digits: str, kind: str) -> PatentKind | None:
    """Return what a publication's letter of kind says, or None if it does not."""
    if digits.startswith("PP"):
        return None
    match kind[:1]:
        case "U" | "Y":
            return PatentKind.UTILITY_MODEL
        case "S":
            return PatentKind.DESIGN
        case "D":
            return PatentKind.DESIGN if country == "CN" else None
        case "A" | "B" | "C" | "E" | "T":
            return PatentKind.INVENTION
        case _:
            return None


def publication_rank(number: str) -> int:
    """Return 0 for a published application, 1 for what came after: latest last."""
    kind = number.rstrip("0123456789")[-1:]
    return 0 if kind in ("", "A") else 1


def looks_like_chinese_application(text: str) -> bool:
    """Tell whether a text has the shape of a Chinese application number."""
    bare = _NOISE.sub("", _plain(text)).removeprefix("ZL").removeprefix("CN")
    match = _CHINESE.fullmatch(bare)
    if not match:
        return False
    return bool(_LATE.fullmatch(match[1]) or _EARLY.fullmatch(match[1]))


@cache
def _weighed(digits: str, start: int) -> int:
    """Return the weighed sum of up to four digits; there are 30,000 of them."""
    weights = _WEIGHTS[start : start + 4]
    return sum(int(d) * w for d, w in zip(digits, weights, strict=False))


def _plain(text: str) -> str:
    plain = text.strip()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain).replace("。", ".")
    return plain.upper()


def _chinese(digits: str, check: str, given: str) -> Number:
    match = (_LATE if len(digits) == 12 else _EARLY).fullmatch(digits)
    if not match:
        return _no_number(given)
    kind = _KINDS[match[2]]
    year = int(match[1]) if len(match[1]) == 4 else _century(int(match[1]))
    expected = check_digit(digits)
    issues: tuple[Issue, ...] = ()
    if not check:
        text = N_("{number} has no check digit; {expected} was added.")
        issues = (_issue(Severity.NOTE, text, given, expected),)
    elif check != expected:
        text = N_("The check digit of {number} is wrong ({expected} expected).")
        issues = (_issue(Severity.ERROR, text, given, expected),)
    return Number(f"CN{digits}{check or expected}", "CN", kind, year, issues)


def _century(year: int) -> int:
    return 1900 + year if year >= 85 else 2000 + year


def _foreign_application(
    plain: str, bare: str, country: str, filed: date | None, given: str
) -> Number:
    if country == "US" or plain.startswith("US"):
        serial = _US_SERIAL.fullmatch(plain.replace(" ", ""))
        if serial:
            return Number(_american(serial[1], serial[2] + serial[3], filed), "US")
    if country and not bare[:2].isalpha():
        bare = country + bare
    match = _DOCDB.fullmatch(bare)
    if not match:
        return _no_number(given)
    land, digits, kind = match.groups()
    if land == "EP":
        return _european(digits, given)
    # "A" is the rule and says nothing; other letters keep apart what shares digits.
    return Number(land + digits + kind.removesuffix("A"), land)


def _international(bare: str) -> str:
    """Return the PCT form of an international application, or ""."""
    if match := _PCT.fullmatch(bare):
        return _pct(match[1], match[2], match[3])
    if match := _PCT_EPO.fullmatch(bare):
        return _pct(match[2], match[1], match[3])
    if match := _PCT_DOCDB.fullmatch(bare):
        digits = match[2]
        year = 4 if len(digits) > 8 else 2
        return _pct(match[1], digits[:year], digits[year:])
    return ""


def _pct(office: str, year: str, serial: str) -> str:
    if len(year) == 2:
        year = ("19" if int(year) >= 78 else "20") + year
    return f"PCT{office}{year}{int(serial):06d}"


def _american(series: str, serial: str, filed: date | None) -> str:
    """Return an American serial number as the EPO writes it: the year tells series."""
    if filed is None:
        return f"US{series}{serial}"
    # The EPO changed its form with the filings of 2011.
    if filed.year < 2011:
        return f"US{serial}{filed.year % 100:02d}"
    return f"US{filed.year}{series}{serial}"


def _european(digits: str, given: str) -> Number:
    if len(digits) == 8 and digits.isdigit():
        return Number(f"EP{digits}{european_check_digit(digits)}", "EP")
    if len(digits) == 9 and digits.isdigit():
        expected = european_check_digit(digits[:8])
        if digits[8] == expected:
            return Number(f"EP{digits}", "EP")
        text = N_("The check digit of {number} is wrong ({expected} expected).")
        issue = _issue(Severity.ERROR, text, given, expected)
        return Number(f"EP{digits}", "EP", issues=(issue,))
    return _no_number(given)


def _no_number(given: str) -> Number:
    shown = given.strip()
    text = N_("“{number}” is not a patent number that is known here.")
    return Number(issues=(_issue(Severity.ERROR, text, shown[:60], ""),))


def _issue(severity: Severity, text: str, number: str, expected: str) -> Issue:
    values = {"number": number.strip()[:60]}
    if expected:
        values["expected"] = expected
    return Issue(severity, message(text, **values), where=number.strip()[:60])
