"""Scores (评分): from scored factors to the score of each group and of the whole.

The tables hold the sheet as it was used: groups with their weights, factors with
weight, score and evidence. A score is a weighted mean from 0 to 100. A factor that is
not scored counts for nothing and its weight goes to its siblings: to the other factors
of its group, and where none of those is scored, to the other groups.

Source: r = Σ Wᵢ Σ wᵢⱼ yᵢⱼ / 100 (adjustment of the share rate in Chinese practice);
re-spreading of what is missing is this program's rule, and is listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.params import Number, Rate, Text, param
from valuer.core.slots import number_arrays, total
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit

GROUPS, SUBGROUPS, SCORES = "groups", "subgroups", "scores"
"""The tables, and the axes along their rows."""

SLACK = 5e-4
"""By how much weights may miss 1: thirds have four digits, and every mean is divided
by the weights that it counts."""


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """One group of factors, with its weight in the whole."""

    name: Text = param(N_("Group"), help=N_("As in “Legal factors”."))
    weight: Rate = param(
        N_("Weight"),
        symbol="W",
        low=0,
        above=True,
        high=1,
        is_base=True,
        help=N_(
            "In the whole; the weights add to 1. Those of the shipped sheets are"
            " defaults of this program or remembered practice, no standard's."
        ),
    )


@dataclass(frozen=True, slots=True)
class ScoreSubgroup:
    """A group within a group, with its weight there."""

    name: Text = param(N_("Subgroup"), help=N_("As in “Stability of the right”."))
    group: Text = param(N_("Group"), help=N_("The group that it belongs to."))
    weight: Rate = param(
        N_("Weight"),
        symbol="u",
        low=0,
        above=True,
        high=1,
        is_base=True,
        help=N_("Within its group; the weights of a group add to 1."),
    )


@dataclass(frozen=True, slots=True)
class ScoredFactor:
    """One factor with its score and what that rests on."""

    factor: Text = param(N_("Scored factor"), help=N_("What is scored."))
    group: Text = param(
        N_("Group"), help=N_("The group or, where it has subgroups, the subgroup.")
    )
    weight: Rate = param(
        N_("Weight"),
        symbol="w",
        low=0,
        above=True,
        high=1,
        is_base=True,
        help=N_("Within its group; the weights of a group add to 1."),
    )
    score: Number | None = param(
        N_("Score"),
        None,
        symbol="y",
        low=0,
        high=100,
        help=N_(
            "0 to 100, marks between the bands too. Left out, the weight goes to the"
            " other factors of the group."
        ),
    )
    evidence: Text = param(
        N_("Evidence"), "", help=N_("What the score rests on; needed with every score.")
    )


# What a method that scores declares with param(**…), beside a table ``groups``.

SCORES_TABLE: Any = {
    "label": N_("Scores"),
    "by_row": True,
    "help": N_("Every factor of the sheet, scored or not."),
}
SUBGROUPS_TABLE: Any = {
    "label": N_("Subgroups"),
    "default": (),
    "help": N_("Where the groups of the sheet have groups of their own."),
}
GROUPS_TABLE: Any = {
    "label": N_("Groups"),
    "help": N_("Groups of factors with their weights in the whole."),
}
SHEET: Any = {
    "label": N_("Score sheet"),
    "default": "",
    "help": N_("Title, version, date and source of the sheet that was used."),
}


@dataclass(frozen=True, slots=True)
class Scored:
    """What a method needs that scores a whole."""

    groups: tuple[ScoreGroup, ...] = param(**GROUPS_TABLE)
    subgroups: tuple[ScoreSubgroup, ...] = param(**SUBGROUPS_TABLE)
    scores: tuple[ScoredFactor, ...] = param(**SCORES_TABLE)
    sheet: Text = param(**SHEET)


def scored_groups(working: Silent, given: Mapping[str, Any]) -> tuple[Floats, Floats]:
    """Return the score of each group, ``S``, and whether it has one, ``B``, 1 or 0.

    Both have the shape (…, groups). Scores are (…, factors), NaN where missing.
    """
    add, raw = working.add, given["scores_score"]
    scored = (~np.isnan(raw)).astype(np.float64)
    score = np.where(np.isnan(raw), 0.0, raw)
    weight = given["scores_weight"]
    add(N_("Weight of the factor"), "w", "", weight, Unit.RATE, SCORES)
    add(N_("Score of the factor, 0 where missing"), "y", "", score, Unit.NUMBER, SCORES)
    add(N_("Whether it is scored, 1 or 0"), "b", "", scored, Unit.NUMBER, SCORES)
    factors = _Level(weight, scored, score, "j", "J", "w", "b", "y")
    place, known = given["leaf_places"], len(given["leaf_groups"])
    if not given["has_subgroups"]:
        return factors.above(working, place, known, GROUPS, ("B", "S"))
    mean, some = factors.above(working, place, known, SUBGROUPS, ("A", "T"))
    inner = _inner_weights(given)
    add(N_("Weight of the subgroup"), "u", "", inner, Unit.RATE, SUBGROUPS)
    leaves = _Level(inner, some, mean, "i", "I", "u", "A", "T")
    place, known = given["leaf_groups"], len(given["group_names"])
    return leaves.above(working, place, known, GROUPS, ("B", "S"))


def composite(working: Silent, score: Floats, scored: Floats, weight: Floats) -> Floats:
    """Return the score of the whole, ``Y``, shape () or (…, 1)."""
    add = working.add
    add(N_("Weight of the group"), "W", "", weight, Unit.RATE, GROUPS)
    above, below = total(weight * scored * score), total(weight * scored)
    text = N_("Score of the whole, 0 to 100")
    formula = "(Σ W × B × S) / (Σ W × B)"
    return add(text, "Y", formula, above / below, Unit.NUMBER)


def scoring_arrays(params: Any) -> dict[str, Any]:
    """Return what ``scored_groups`` and ``composite`` need."""
    groups = tuple(one.name for one in params.groups)
    leaves = leaf_names(params)
    homes = {one.name: one.group for one in params.subgroups}
    found = {
        "group_names": groups,
        "leaf_places": tuple(leaves.index(one.group) for one in params.scores),
        "has_subgroups": bool(params.subgroups),
        "leaf_groups": tuple(groups.index(homes.get(one, one)) for one in leaves),
    }
    return number_arrays(params) | found


def scoring_outputs(params: Any) -> dict[str, Any]:
    """Return names along the axes, and the factors that are not scored."""
    axes = {
        SCORES: [one.factor for one in params.scores],
        GROUPS: [one.name for one in params.groups],
    }
    if params.subgroups:
        axes[SUBGROUPS] = list(leaf_names(params))
    missing = [one.factor for one in params.scores if one.score is None]
    return {"axes": axes, "not_scored": missing}


def leaf_names(params: Any) -> tuple[str, ...]:
    """Return the groups that hold factors: subgroups, then groups without any."""
    inner = tuple(one.name for one in params.subgroups)
    parents = {one.group for one in params.subgroups}
    return inner + tuple(one.name for one in params.groups if one.name not in parents)


@dataclass(frozen=True, slots=True)
class _Level:
    """Weights, scored or not, and scores of one level, with their symbols."""

    weight: Floats
    scored: Floats
    score: Floats
    parent: str
    number: str
    weight_symbol: str
    scored_symbol: str
    score_symbol: str

    def above(
        self,
        working: Silent,
        places: tuple[int, ...],
        count: int,
        axis: str,
        symbols: tuple[str, str],
    ) -> tuple[Floats, Floats]:
        """Add the steps of the level above; return its scores and which there are."""
        add, which = working.add, f"{self.parent}; {self.number}"
        below = SCORES if self.parent == "j" else SUBGROUPS
        numbers = np.array(places, dtype=np.float64) + 1
        add(_NUMBER_OF[axis], self.parent, "", numbers, Unit.NUMBER, below)
        heads = np.arange(1.0, count + 1)
        add(_NUMBER[axis], self.number, "", heads, Unit.NUMBER, axis)
        belongs = np.equal.outer(numbers, heads).astype(np.float64)
        has, mean = symbols
        counts = self.scored @ belongs
        some = add(
            _SCORED[axis],
            has,
            f"min(sumif({which}; {self.scored_symbol}); 1)",
            np.minimum(counts, 1.0),
            Unit.NUMBER,
            axis,
        )
        part = f"{self.weight_symbol} × {self.scored_symbol}"
        weight = self.weight * self.scored
        score = add(
            _SCORE[axis],
            mean,
            f"sumif({which}; {part} × {self.score_symbol})"
            f" / (sumif({which}; {part}) + 1 − {has})",
            ((weight * self.score) @ belongs) / (weight @ belongs + 1 - some),
            Unit.NUMBER,
            axis,
        )
        return score, some


_NUMBER_OF = {
    GROUPS: N_("Number of its group"),
    SUBGROUPS: N_("Number of its subgroup"),
}
_NUMBER = {
    GROUPS: N_("Number of the group"),
    SUBGROUPS: N_("Number of the subgroup"),
}
_SCORED = {
    GROUPS: N_("Whether anything of the group is scored, 1 or 0"),
    SUBGROUPS: N_("Whether anything of the subgroup is scored, 1 or 0"),
}
_SCORE = {
    GROUPS: N_("Score of the group, missing weights re-spread"),
    SUBGROUPS: N_("Score of the subgroup, missing weights re-spread"),
}


def _inner_weights(given: Mapping[str, Any]) -> Floats:
    """Return the weights of subgroups; a group without any is its own, weight 1."""
    own = given["subgroups_weight"]
    rest = len(given["leaf_groups"]) - own.shape[-1]
    ones = np.ones((*own.shape[:-1], rest))
    return np.concatenate([own, ones], axis=-1)
