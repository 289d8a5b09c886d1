"""Two lines day by day: as the ledger has it, and as it is supposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from valuer.agency.credit_line import Reason, Step
from valuer.gui.credit_desk import Reckoned

Figure = tuple[Decimal | None, str | None]
"""A total and its grade."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A day on which one of both lines changes; ``supposed`` None: nothing is."""

    on: date
    real: Figure
    supposed: Figure | None
    because: tuple[Reason, ...]

    def say(self, language: str) -> str:
        """Return the reasons in a language, one after the other."""
        return Step(self.on, None, None, self.because).say(language)


def compared(real: Reckoned, supposed: Reckoned | None) -> tuple[Compared, ...]:
    """Return every day on which one of both changes, today first."""
    ours = _figures(real)
    theirs = {} if supposed is None or supposed.score is None else _figures(supposed)
    reasons = _reasons(real.steps)
    if supposed is not None:
        reasons |= _reasons(supposed.steps)
    found = []
    one: Figure = (None, None)
    other: Figure | None = None
    for day in sorted({*ours, *theirs}):
        one, other = ours.get(day, one), theirs.get(day, other)
        found.append(Compared(day, one, other, reasons.get(day, ())))
    return tuple(found)


def _figures(found: Reckoned) -> dict[date, Figure]:
    now = found.score
    told: dict[date, Figure] = {}
    if now is not None:
        told[now.as_of] = now.total, now.grade
    return told | {step.date: (step.total, step.grade) for step in found.steps}


def _reasons(steps: Sequence[Step]) -> dict[date, tuple[Reason, ...]]:
    return {step.date: step.because for step in steps}
