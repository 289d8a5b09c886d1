"""To whom a case is disclosed beyond its report (信息披露范围).

A report carries its printed inputs and nothing else. The full case, or the case with
its evidence, goes encrypted to recipients who are named, by their certificates, before
the report is signed; the report tells it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from valuer.core.texts import N_, Message, message

MOST_RECIPIENTS = 20
LONGEST_NAME = 200
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Extent(StrEnum):
    """What leaves the house; each includes the one before."""

    PRINTED = "printed"
    CASE = "case"
    EVIDENCE = "evidence"


EXTENT_NAMES = {
    Extent.PRINTED: N_("Printed inputs only"),
    Extent.CASE: N_("Also the full case, to recipients"),
    Extent.EVIDENCE: N_("Also the full case and its evidence, to recipients"),
}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who may open what is disclosed: name, and SHA-256 of the certificate."""

    name: str
    certificate: str


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What of a case is disclosed, and to whom."""

    extent: Extent = Extent.PRINTED
    recipients: tuple[Recipient, ...] = ()

    def covers(self, extent: Extent) -> bool:
        """Tell whether so much may be disclosed."""
        order = list(Extent)
        return order.index(extent) <= order.index(self.extent)


def disclosure_words(disclosure: Disclosure) -> Message:
    """Return what is disclosed, and to whom, in one sentence."""
    told = message(EXTENT_NAMES[disclosure.extent])
    if disclosure.extent is Extent.PRINTED:
        return told
    names = tuple(one.name for one in disclosure.recipients)
    return message(N_("{extent}: {names}"), extent=told, names=names)


def disclosure_faults(disclosure: Disclosure) -> Iterator[Message]:
    """Yield what is wrong with a profile."""
    named = disclosure.recipients
    if disclosure.extent is not Extent.PRINTED and not named:
        yield message(N_("name the recipients, each by the certificate"))
    if len(named) > MOST_RECIPIENTS:
        yield message(N_("at most {most} recipients"), most=MOST_RECIPIENTS)
    for one in named:
        if not one.name.strip() or len(one.name) > LONGEST_NAME:
            yield message(N_("give each recipient a name"))
        if not _DIGEST.fullmatch(one.certificate):
            text = N_(
                "the certificate of {name} is named by its SHA-256, 64 hexadecimal digits"
            )
            yield message(text, name=one.name[:40])
    if len({one.certificate for one in named}) < len(named):
        yield message(N_("a recipient is named twice"))
