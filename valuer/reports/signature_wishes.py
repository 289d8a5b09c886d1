"""What a signature should be, and what it became."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from valuer.core.texts import Message
from valuer.reports.seals import Seal


class Level(StrEnum):
    """How much proof a signature carries (ETSI EN 319 142-1, PAdES baseline)."""

    B = "b"
    T = "t"
    LT = "lt"
    LTA = "lta"

    @property
    def standard(self) -> str:
        """The level's name in the standard."""
        return f"B-{self.upper()}"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a signature should be besides a signature.

    Attributes:
        seal: the house's own picture of its seal, for the institution.
        server: address of a timestamp server, "" for none.
        level: what must be reached; None for as far as the servers answer, LT at most.
        later: sign all the same where a server is silent, to be completed later.
        lists: revocation lists to judge the certificate by, as DER.
    """

    seal: Seal | None = None
    server: str = ""
    level: Level | None = None
    later: bool = False
    lists: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True)
class Signed:
    """A document with one more signature.

    Attributes:
        level: what the signature has reached.
        notes: what its signer should know.
    """

    pdf: bytes
    level: Level = Level.B
    notes: tuple[Message, ...] = ()
