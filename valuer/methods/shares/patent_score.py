"""Score of a patent (专利价值度).

Legal, technical and economic value are scored by a tree of indicators, each from 0 to
100 with a note of its evidence, and weighed by what the valuation is for. The total is
a value analysis, not a price; over 100 it may serve as the coefficient r of the
adjusted share rate.

Source: GB/T 42748-2023 《专利评估指引》 for the three parts, its objects (inventions and
utility models) and its scenarios; names, weights and bands are data with their mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Number, Text, param
from valuer.core.patents import PatentKind
from valuer.core.problems import Issue, Severity
from valuer.core.score_checks import score_issues
from valuer.core.scoring import (
    Scored,
    composite,
    scored_groups,
    scoring_arrays,
    scoring_outputs,
)
from valuer.core.slots import by_scenario
from valuer.core.texts import N_, message
from valuer.core.working import Silent


class Scenario(StrEnum):
    """What the score is for (场景)."""

    LICENCE = "licence"
    FINANCE = "finance"
    REPORTING = "reporting"
    INFRINGEMENT = "infringement"
    MANAGEMENT = "management"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and the least score that has it."""

    name: Text = param(N_("Grade"), help=N_("What the grade is called."))
    least: Number = param(
        N_("Least score"),
        low=0,
        high=100,
        is_base=True,
        help=N_("The score from which on the grade is given, itself included."),
    )


@dataclass(frozen=True, slots=True)
class Params(Scored):
    """Inputs of the score of a patent."""

    patent_kind: PatentKind = param(
        N_("Kind of patent"),
        choice_labels=(
            (PatentKind.INVENTION.value, N_("Invention")),
            (PatentKind.UTILITY_MODEL.value, N_("Utility model")),
            (PatentKind.DESIGN.value, N_("Design")),
        ),
        help=N_("GB/T 42748-2023 covers inventions and utility models only."),
    )
    scenario: Scenario = param(
        N_("Scenario"),
        Scenario.OTHER,
        choice_labels=(
            (Scenario.LICENCE.value, N_("Licence or assignment")),
            (Scenario.FINANCE.value, N_("Finance")),
            (Scenario.REPORTING.value, N_("Financial reporting")),
            (Scenario.INFRINGEMENT.value, N_("Infringement")),
            (Scenario.MANAGEMENT.value, N_("Management")),
            (Scenario.OTHER.value, N_("Other")),
        ),
        help=N_(
            "Names what the weights of the groups are for. The weights that the sheets"
            " propose for it are defaults of this program (软件默认值，非标准规定)."
        ),
    )
    grades: tuple[Grade, ...] = param(
        N_("Grades"),
        (),
        help=N_(
            "Five bands of a local standard come with the sheet; that each includes its"
            " lower bound is this program's choice. Left out, no grade is told."
        ),
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Score of the patent, 0 to 100.

    Scores and weights are (…, factors), weights of groups (…, groups).
    """
    score, scored = scored_groups(working, given)
    return by_scenario(composite(working, score, scored, given["groups_weight"]))


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: designs, grades, the score tables."""
    errors = (*_kind_errors(params), *_grade_errors(params))
    return errors or score_issues(params)


def _kind_errors(params: Any) -> Iterator[Issue]:
    if params.patent_kind is PatentKind.DESIGN:
        text = N_(
            "GB/T 42748-2023 covers inventions and utility models only; a design has no"
            " score by it. Leave the score out and argue the value otherwise."
        )
        yield Issue(Severity.ERROR, message(text), "patent_kind")


def _grade_errors(params: Any) -> Iterator[Issue]:
    least = [one.least for one in params.grades]
    falls = all(
        isinstance(one, float) and isinstance(other, float) and one > other
        for one, other in pairwise(least)
    )
    if least and not (falls and least[-1] == 0):
        text = N_(
            "The grades must stand from the greatest least score down to 0, each given"
            " as one figure."
        )
        yield Issue(Severity.ERROR, message(text), "grades")


def outputs(params: Any) -> dict[str, Any]:
    """Return names along the axes, what is not scored, and the grade."""
    found = scoring_outputs(params)
    if params.grades:
        centre = centred(params)
        total = float(formula(Silent(), **scoring_arrays(centre)))
        grade = next(one.name for one in params.grades if total >= one.least)
        found["grade"] = grade
    return found


METHOD = Method(
    key="patent_score",
    version=1,
    approach=None,
    title=N_("Score of the patent"),
    idea=N_(
        "Legal, technical and economic value are scored by indicators with evidence,"
        " and weighed by what the valuation is for; a score is not a price."
    ),
    source="GB/T 42748-2023《专利评估指引》（三级指标的结构与适用对象；权重与分档为软件默认值，非标准规定）",
    params=Params,
    arrays=scoring_arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    finds=Finds.SCORE,
    listed=Topic.SHARES,
    tells=(("score", "Y"), ("group_scores", "S")),
)
