"""Part the names in one cell, as each kind of list joins them."""

from __future__ import annotations

import re
from collections.abc import Callable

Parting = Callable[[str], tuple[str, ...]]

# What follows a comma but belongs to the name before it.
_BELONGS_BEFORE = re.compile(
    r"(?:inc|incorporated|llc|l\.l\.c|llp|l\.p|lp|ltd|limited|co|corp|corporation|plc|s\.a"
    r"|sa|ag|n\.v|nv|b\.v|bv|gmbh|jr|sr|ii|iii|iv|v|ph\.?d|m\.?d|pte|pty|the)"
    r"\.?(?:,? ?ltd)?\.?(?: \(.*\))?",
    re.IGNORECASE,
)
# What a comma follows although the name goes on.
_GOES_ON = re.compile(
    r"(?:the )?(?:board of (?:regents|trustees|supervisors)|regents|trustees|rutgers"
    r"|curators|president and fellows)",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"[一-鿿]")


def parted_by(pattern: str) -> Parting:
    """Return a function that parts a cell at a pattern; a name twice is one name."""
    separator = re.compile(pattern)

    def parted(text: str) -> tuple[str, ...]:
        return _tidy(separator.split(text))

    return parted


def _tidy(names: list[str]) -> tuple[str, ...]:
    """Return names without blanks around them, each once."""
    tidy = [" ".join(name.split()) for name in names]
    return tuple(dict.fromkeys([name for name in tidy if name]))


_STRONG_MARKS = str.maketrans("；|\n", ";;;")
_at_any_mark = parted_by(r"[,，、;；|\n]")
_at_commas = parted_by(r",")


def chinese_names(text: str) -> tuple[str, ...]:
    """Return names parted by ``;``, or, where these are Chinese, by any mark."""
    names = _tidy(text.translate(_STRONG_MARKS).split(";"))
    if len(names) == 1 and _CHINESE.search(text):
        return _at_any_mark(text)
    return names


def comma_names(text: str) -> tuple[str, ...]:
    """Return names parted by commas: ``Nick Holonyak, Jr., Han Then`` are two."""
    names: list[str] = []
    for part in _at_commas(text):
        belongs = _BELONGS_BEFORE.fullmatch(part)
        if names and (belongs or _GOES_ON.fullmatch(names[-1])):
            names[-1] = f"{names[-1]}, {part}"
        else:
            names.append(part)
    return tuple(dict.fromkeys(names))
