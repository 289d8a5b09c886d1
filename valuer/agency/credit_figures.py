"""The figure of a credit line (信用走势图): the total day by day before the grades."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from valuer.agency.credit import Score
from valuer.agency.credit_line import MONTHS_AHEAD, Step, plain_points
from valuer.agency.credit_packs import RulePack
from valuer.core.periods import same_day
from valuer.core.quality_figures import ScoreBand, ScoreStep, StepFigure
from valuer.core.texts import N_, tr


def credit_figure(
    now: Score,
    steps: Sequence[Step],
    pack: RulePack,
    language: str,
    months: int = MONTHS_AHEAD,
) -> StepFigure:
    """Return the line of a score from its day on, with the steps of ``timeline``."""
    shown = [ScoreStep(now.as_of, _number(now.total), _told(now.total, now.grade))]
    for step in steps:
        if step.date == now.as_of:
            continue
        label = _told(step.total, step.grade)
        note = step.say(language)
        shown.append(ScoreStep(step.date, _number(step.total), label, note))
    return StepFigure(
        tr(N_("Credit score over the coming {count} months"), language, count=months),
        tr(N_("points"), language),
        now.as_of,
        same_day(now.as_of, months),
        tuple(shown),
        tuple(
            ScoreBand(band.grade, _number(band.min), _number(band.max))
            for band in pack.grades
        ),
    )


def _number(points: Decimal | None) -> float | None:
    return None if points is None else float(points)


def _told(total: Decimal | None, grade: str | None) -> str:
    """Return a total with its grade, as 90 A; a question mark where not known."""
    return "?" if total is None else f"{plain_points(total)} {grade or ''}".strip()
