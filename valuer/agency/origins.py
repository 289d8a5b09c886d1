"""Where a docket comes from, and what is open in it: what its figures cannot tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Counted:
    """A word and how many cases have it."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A file that cases came from: its name, how many cases, the day."""

    name: str
    cases: int
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Origins:
    """What is known of a docket besides its cases.

    Attributes:
        files: where they came from, the newest last.
        words: status words that tell no outcome.
        questions: how many entries wait for an answer.
    """

    files: tuple[TakenUp, ...] = ()
    words: tuple[Counted, ...] = ()
    questions: int = 0


NOTHING_KNOWN = Origins()
