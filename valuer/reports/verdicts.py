"""The verdicts on a signed PDF, and the fault that leads to one.

*Intact*: every signature is valid and nothing was added but planned signatures or
validation data. *Altered*: bytes or revisions are not as signed. *Broken*: container
or coverage cannot be evaluated. *Unsigned*. *Unreadable*: no PDF, or encrypted.
The worst wins; trust never changes it.
"""

from __future__ import annotations

from enum import StrEnum

from valuer.core.texts import N_, Message, message


class Verdict(StrEnum):
    """What a receiver may believe of the file."""

    INTACT = "intact"
    ALTERED = "altered"
    BROKEN = "broken"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"


VERDICT_NAMES = {
    Verdict.INTACT: N_("Intact"),
    Verdict.ALTERED: N_("Altered"),
    Verdict.BROKEN: N_("Broken"),
    Verdict.UNSIGNED: N_("Unsigned"),
    Verdict.UNREADABLE: N_("Unreadable"),
}

_WORSE = (
    Verdict.INTACT,
    Verdict.UNSIGNED,
    Verdict.ALTERED,
    Verdict.BROKEN,
    Verdict.UNREADABLE,
)


def worst(*verdicts: Verdict) -> Verdict:
    """Return the worst of the verdicts; intact if there is none."""
    return max(verdicts, key=_WORSE.index, default=Verdict.INTACT)


class Fault(Exception):  # noqa: N818 - a finding about a file, not a program error
    """Something about the file that decides its verdict.

    Attributes:
        verdict: what the file is because of it.
        wording: what was found, for people.
    """

    def __init__(self, verdict: Verdict, text: str, **values: object) -> None:
        self.verdict = verdict
        self.wording: Message = message(text, **values)
        super().__init__(str(self.wording))


def broken(text: str, **values: object) -> Fault:
    """Return a fault: it cannot be evaluated."""
    return Fault(Verdict.BROKEN, text, **values)


def altered(text: str, **values: object) -> Fault:
    """Return a fault: it is not as signed."""
    return Fault(Verdict.ALTERED, text, **values)
