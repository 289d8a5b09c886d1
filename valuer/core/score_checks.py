"""What the tables of a score sheet do not agree on: names, weights, evidence.

Every score needs a note of what it rests on. Factors that are not scored are listed,
with where their weight goes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from valuer.core.distributions import is_distribution
from valuer.core.problems import Issue, Severity
from valuer.core.scoring import GROUPS, SCORES, SLACK, SUBGROUPS, leaf_names
from valuer.core.texts import N_, message


def score_issues(params: Any, *, weighed: bool = True) -> tuple[Issue, ...]:
    """Return the errors of the score tables; without any, the notes.

    ``weighed`` says whether the groups have weights that add to 1.
    """
    names = tuple(_name_errors(params)) or tuple(_home_errors(params))
    if names:
        return names
    errors = (*_weight_errors(params, weighed=weighed), *_evidence_errors(params))
    return errors or tuple(_notes(params, weighed=weighed))


def _name_errors(params: Any) -> Iterator[Issue]:
    """Yield an error for each name that is blank or stands twice."""
    for table, column, rows in (
        (GROUPS, "name", [one.name for one in params.groups]),
        (SUBGROUPS, "name", [one.name for one in params.subgroups]),
        (SCORES, "factor", [(one.group, one.factor) for one in params.scores]),
    ):
        for place, row in enumerate(rows):
            name = row[1] if isinstance(row, tuple) else row
            where = f"{table}[{place}].{column}"
            if not name.strip():
                text = N_("Row {row} has no name; give it one.")
                yield _issue(Severity.ERROR, where, text, row=place + 1)
            elif row in rows[:place]:
                text = N_("“{name}” stands twice; tell them apart.")
                yield _issue(Severity.ERROR, where, text, name=name[:40])


def _home_errors(params: Any) -> Iterator[Issue]:
    """Yield an error for each row whose group is none, and each group without rows."""
    tops = [one.name for one in params.groups]
    for place, one in enumerate(params.subgroups):
        if one.group not in tops:
            yield _homeless(f"{SUBGROUPS}[{place}].group", one.name, one.group)
    leaves = leaf_names(params)
    if len(set(leaves)) < len(leaves):
        text = N_("A subgroup has the name of another group; tell them apart.")
        yield _issue(Severity.ERROR, SUBGROUPS, text)
    for place, one in enumerate(params.scores):
        if one.group not in leaves:
            yield _homeless(f"{SCORES}[{place}].group", one.factor, one.group)
    used = {one.group for one in params.scores}
    for name in leaves:
        if name not in used:
            text = N_("The group “{name}” has no factors; add them, or leave it out.")
            yield _issue(Severity.ERROR, SCORES, text, name=name[:40])


def _homeless(where: str, name: str, group: str) -> Issue:
    text = N_(
        "“{name}” belongs to “{group}”, which is no group that holds factors; name one"
        " of the table."
    )
    return _issue(Severity.ERROR, where, text, name=name[:40], group=group[:40])


def _weight_errors(params: Any, *, weighed: bool) -> Iterator[Issue]:
    if weighed:
        weights = [one.weight for one in params.groups]
        yield from _sum_errors(GROUPS, N_("the groups"), weights)
    for top in params.groups:
        inner = [one.weight for one in params.subgroups if one.group == top.name]
        if inner:
            yield from _sum_errors(SUBGROUPS, top.name, inner)
    for leaf in leaf_names(params):
        own = [one.weight for one in params.scores if one.group == leaf]
        yield from _sum_errors(SCORES, leaf, own)


def _sum_errors(where: str, name: str, weights: Sequence[Any]) -> Iterator[Issue]:
    if any(map(is_distribution, weights)):
        text = N_("A weight of “{name}” is a judgement; give it as one figure.")
        yield _issue(Severity.ERROR, where, text, name=message(name))
        return
    found = math.fsum(weights)
    if not math.isclose(found, 1, abs_tol=SLACK):
        text = N_("The weights under “{name}” must add to 1; they add to {sum}.")
        yield _issue(
            Severity.ERROR, where, text, name=message(name), sum=f"{found:.10g}"
        )


def _evidence_errors(params: Any) -> Iterator[Issue]:
    for place, one in enumerate(params.scores):
        if one.score is not None and not one.evidence.strip():
            text = N_(
                "“{factor}” is scored without evidence; note what the score rests on."
            )
            where = f"{SCORES}[{place}].evidence"
            yield _issue(Severity.ERROR, where, text, factor=one.factor)
    if all(one.score is None for one in params.scores):
        text = N_("No factor is scored; score those that there is evidence of.")
        yield _issue(Severity.ERROR, SCORES, text)


def _notes(params: Any, *, weighed: bool) -> Iterator[Issue]:
    """Tell what is not scored and where its weight goes; errors for risks without."""
    homes = {one.name: one.group for one in params.subgroups}
    for top in params.groups:
        own = [
            one for one in params.scores if homes.get(one.group, one.group) == top.name
        ]
        if own and all(one.score is None for one in own):
            text = N_("Nothing of “{name}” is scored; its weight goes to other groups.")
            severity = Severity.WARNING
            if not weighed:
                text = N_("Nothing of “{name}” is scored, so it has no premium.")
                severity = Severity.ERROR
            yield _issue(severity, SCORES, text, name=top.name)
            continue
        missing = tuple(one.factor for one in own if one.score is None)
        if missing:
            text = N_(
                "Not scored under “{name}”: {factors}. Their weight goes to what is"
                " scored beside them."
            )
            yield _issue(Severity.NOTE, SCORES, text, name=top.name, factors=missing)
    if not params.sheet.strip():
        text = N_("No score sheet is named; state its title, version and source.")
        yield _issue(Severity.WARNING, "sheet", text)


def _issue(severity: Severity, where: str, text: str, **values: object) -> Issue:
    return Issue(severity, message(text, **values), where)
