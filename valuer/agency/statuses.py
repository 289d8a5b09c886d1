"""Outcome classes (结案类别) and the words of the registers that tell them.

The office's register says 案件状态, the gazette 法律状态, another office its own; which
class each word tells is data with its mark in ``resources/agency/statuses.json``. Full
and half width are one. A word that is not listed, or is listed as telling nothing, is
no class: the user is asked. A right lost for an unpaid fee or a missed answer that can
still be restored (等恢复) is not closed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from valuer.core.canonical import from_plain, parse_json
from valuer.core.problems import Issue, Severity
from valuer.core.resources import resource
from valuer.core.texts import N_, message


class Outcome(StrEnum):
    """What became of an application so far."""

    PENDING_FORMAL = "pending_formal"
    PENDING_PUBLICATION = "pending_publication"
    PENDING_SUBSTANTIVE = "pending_substantive"
    ALLOWED = "allowed"
    RESTORABLE = "restorable"
    REFUSED_OPEN = "refused_open"
    REFUSED = "refused"
    DEEMED_WITHDRAWN = "deemed_withdrawn"
    DEEMED_ABANDONED = "deemed_abandoned"
    WITHDRAWN = "withdrawn"
    IN_FORCE = "in_force"
    ENDED = "ended"
    EXCLUDED = "excluded"
    UNKNOWN = "unknown"


class Cause(StrEnum):
    """Why a case was lost, ended or left out; ``NONE`` where nothing tells."""

    NONE = ""
    NO_FEE = "no_fee"
    NO_REQUEST = "no_request"
    NO_ANSWER = "no_answer"
    NO_ANNUAL_FEE = "no_annual_fee"
    EXPIRY = "expiry"
    GIVEN_UP = "given_up"
    INVALIDATED = "invalidated"
    DOMESTIC_PRIORITY = "domestic_priority"
    DIVIDED = "divided"
    SAME_INVENTION = "same_invention"
    DOUBLE_GRANT = "double_grant"


OUTCOME_NAMES = {
    Outcome.PENDING_FORMAL: N_("Pending, formal examination"),
    Outcome.PENDING_PUBLICATION: N_("Pending, publication"),
    Outcome.PENDING_SUBSTANTIVE: N_("Pending, substantive examination"),
    Outcome.ALLOWED: N_("Allowed, not yet granted"),
    Outcome.RESTORABLE: N_("Lost, can be restored"),
    Outcome.REFUSED_OPEN: N_("Refused, not final"),
    Outcome.REFUSED: N_("Refused, final"),
    Outcome.DEEMED_WITHDRAWN: N_("Deemed withdrawn"),
    Outcome.DEEMED_ABANDONED: N_("Deemed abandoned at grant"),
    Outcome.WITHDRAWN: N_("Withdrawn by the applicant"),
    Outcome.IN_FORCE: N_("Granted, in force"),
    Outcome.ENDED: N_("Granted, ended"),
    Outcome.EXCLUDED: N_("Left out of every count"),
    Outcome.UNKNOWN: N_("Outcome not known"),
}

STAGES = (
    (Outcome.PENDING_FORMAL,),
    (Outcome.PENDING_PUBLICATION,),
    (Outcome.PENDING_SUBSTANTIVE, Outcome.REFUSED_OPEN, Outcome.RESTORABLE),
    (Outcome.ALLOWED,),
    (Outcome.IN_FORCE,),
    (
        Outcome.REFUSED,
        Outcome.DEEMED_WITHDRAWN,
        Outcome.DEEMED_ABANDONED,
        Outcome.WITHDRAWN,
        Outcome.ENDED,
    ),
)
"""Outcomes in the order of the procedure; a case goes down the list."""

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class StatusWord:
    """What a word of a register tells.

    Attributes:
        outcome: its class; None: the word tells none.
        granted: the case had been granted before.
        cause: why it was lost, ended or left out.
        mark: how surely it was read, a key of the table's ``marks``.
    """

    word: str
    outcome: Outcome | None
    mark: str
    granted: bool = False
    cause: Cause = Cause.NONE


@dataclass(frozen=True, slots=True)
class Variant:
    """An ending of status words that stands for another."""

    ends: str
    becomes: str


@lru_cache(maxsize=4096)
def status_word(wording: str) -> StatusWord | None:
    """Return what a status word tells; None: it is not listed."""
    known, variants = _known()
    plain = plain_word(wording)
    for variant in variants:
        if plain not in known and plain.endswith(variant.ends):
            plain = plain.removesuffix(variant.ends) + variant.becomes
    return known.get(plain)


def unknown_words(wordings: tuple[str, ...]) -> tuple[Issue, ...]:
    """Return an issue for each status word that tells no outcome, each once."""
    text = N_(
        "The status “{word}” tells no outcome; choose its class. Until then its cases"
        " are left out wherever the outcome counts."
    )
    told = dict.fromkeys(word for word in wordings if word and not _tells(word))
    return tuple(
        Issue(Severity.WARNING, message(text, word=word[:80]), "status")
        for word in told
    )


def listed_words() -> tuple[StatusWord, ...]:
    """Return the words that tell an outcome, in the order of the procedure."""
    known, _ = _known()
    order = list(Outcome)
    told = [(order.index(one.outcome), one) for one in known.values() if one.outcome]
    return tuple(one for _, one in sorted(told, key=lambda pair: pair[0]))


def plain_word(wording: str) -> str:
    """Return a status word in half width, without spaces."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", wording))


def _tells(wording: str) -> bool:
    found = status_word(wording)
    return found is not None and found.outcome is not None


@cache
def _known() -> tuple[dict[str, StatusWord], tuple[Variant, ...]]:
    path = resource("agency/statuses.json")
    listed = parse_json(path.read_bytes(), path.name)
    words = [from_plain(one, StatusWord) for one in listed["words"]]
    variants = tuple(Variant(one["ends"], one["as"]) for one in listed["variants"])
    return {plain_word(one.word): one for one in words}, variants
