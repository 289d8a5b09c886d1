"""What a list's wording of the legal status (法律状态) makes of a patent.

The wordings of gazette, register and databases are data with their source in
``resources/legal_status.json``. Some tell nothing of the standing, as a transfer of
"the application or the patent": the patent's status then stays unknown.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from valuer.core.patents import LegalStatus
from valuer.core.resources import resource

_NOISE = re.compile(r"[\s()\[\]、,，;:·.\"“”\-/]+")
_SHORTEST_BEGINNING = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """What a wording means.

    Attributes:
        status: what it makes of the patent, or None if it does not tell.
        grants: whether its day is the day of grant (授权公告日).
    """

    status: LegalStatus | None
    grants: bool = False


@cache
def standing(wording: str) -> Standing | None:
    """Return what a wording means, or None if it is not known.

    The gazette's longer texts, with numbers and dates behind the wording, are known
    by the longest wording they begin with.
    """
    known = _known()
    plain = _plain(wording)
    if plain in known:
        return known[plain]
    for size in range(len(plain) - 1, _SHORTEST_BEGINNING - 1, -1):
        if plain[:size] in known:
            return known[plain[:size]]
    return None


@cache
def _known() -> dict[str, Standing]:
    listed = json.loads(resource("legal_status.json").read_text(encoding="utf-8"))
    return {
        _plain(one["wording"]): Standing(
            LegalStatus(one["status"]) if one["status"] else None,
            bool(one.get("grants")),
        )
        for one in listed["wordings"]
    }


def _plain(wording: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", wording)).casefold()
