"""Notices of an office (通知书): which kind each is, and each action counted once.

Which name or code is an office action in substance (审查意见), a formality notice (补正)
or a notice of grant is data in ``resources/agency/notices.json``. Some registers tell an
action twice, when it was made and when it was mailed: the two are one action.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache

from valuer.agency.statuses import plain_word
from valuer.core.canonical import from_plain, parse_json
from valuer.core.resources import resource


class NoticeKind(StrEnum):
    """What a notice does."""

    ACCEPTED = "accepted"
    FORMALITY = "formality"
    SUBSTANTIVE = "substantive"
    RESTRICTION = "restriction"
    REFUSAL = "refusal"
    GRANT = "grant"
    FEE = "fee"
    ENDED = "ended"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class NoticeWord:
    """What a notice's name or code tells; ``mails``: the code that it is mailing."""

    word: str
    kind: NoticeKind
    mark: str
    mails: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice of a case.

    Attributes:
        name: name or code, as the source has it.
        made: day of the notice; ``mailed``: day it was sent, where told apart.
        due: last day of the answer; ``answered``: day of the answer.
        agent: who answered; "" is the agent in charge.
    """

    name: str
    made: date | None = None
    mailed: date | None = None
    due: date | None = None
    answered: date | None = None
    agent: str = ""

    @property
    def kind(self) -> NoticeKind | None:
        """What it does; None where its name is not listed."""
        found = notice_word(self.name)
        return found.kind if found else None

    @property
    def on(self) -> date | None:
        """The day that counts: made, else mailed."""
        return self.made or self.mailed


_ORDINAL = re.compile(r"^第[一二三四五六七八九十N\d]+次")


@lru_cache(maxsize=4096)
def notice_word(name: str) -> NoticeWord | None:
    """Return what a notice's name or code tells; None: it is not listed."""
    return _known().get(_ORDINAL.sub("", plain_word(name)))


def counted_once(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Return the notices by their day, a made one and its mailing as one.

    A mailing belongs to the nearest action of its code made on or before its day that
    has no mailing yet; one without such an action stands by itself.
    """
    in_order = sorted(notices, key=_day)
    joined: list[Notice] = []
    for one in in_order:
        word = notice_word(one.name)
        made = _made(joined, word.mails) if word and word.mails else None
        if made is None:
            joined.append(one)
        else:
            joined[made] = replace(joined[made], mailed=one.on)
    return tuple(joined)


def _day(one: Notice) -> tuple[date, bool]:
    """Order by day; of one day the action stands before its mailing."""
    word = notice_word(one.name)
    return one.on or date.max, bool(word and word.mails)


def _made(joined: list[Notice], code: str) -> int | None:
    """Return the place of the latest action of this code that was not mailed yet."""
    for place in range(len(joined) - 1, -1, -1):
        one = joined[place]
        if plain_word(one.name) == code and one.mailed is None:
            return place
    return None


@cache
def _known() -> dict[str, NoticeWord]:
    path = resource("agency/notices.json")
    listed = parse_json(path.read_bytes(), path.name)
    words = [from_plain(one, NoticeWord) for one in listed["notices"]]
    return {plain_word(one.word): one for one in words}
