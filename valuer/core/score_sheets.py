"""Score sheets (评分表): groups, factors, weights and bands as data with their source.

A sheet is a file that an appraiser may copy, change and number anew. Every part says
how surely it was read, so that no weight passes for a standard's. ``rows_of`` turns it
into the rows of a method's tables; from then on the rows alone count, and a report
prints them as they were used. What is scored with them is in ``core.scoring``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from valuer.core.canonical import from_plain, parse_json
from valuer.core.files import read_whole
from valuer.core.problems import UserError
from valuer.core.resources import resource
from valuer.core.scoring import SLACK
from valuer.core.texts import LANGUAGES, N_

FULL = 100
"""The greatest score."""


@dataclass(frozen=True, slots=True)
class Band:
    """What a score stands for; scores between two bands are allowed."""

    score: float
    text: str


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that is scored (评分因素).

    Attributes:
        weight: among the factors of its group.
        definition: what it means; ``evidence``: what its note should rest on.
        mark: how surely name and bands were read, a key of the sheet's ``marks``;
            "" where the group's or the sheet's mark holds.
    """

    name: str
    weight: float
    name_en: str = ""
    bands: tuple[Band, ...] = ()
    definition: str = ""
    evidence: str = ""
    mark: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Factors that belong together (评分类别), or groups of them.

    Attributes:
        weight: among its siblings; None where it has a premium instead.
        most: the premium at the greatest score, in a sheet of risks.
        groups: one level down; then it has no factors of its own.
    """

    name: str
    weight: float | None = None
    most: float | None = None
    name_en: str = ""
    factors: tuple[Factor, ...] = ()
    groups: tuple[Group, ...] = ()
    mark: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Preset:
    """Other weights or premiums of the groups, as for one purpose (场景)."""

    key: str
    name: str
    weights: tuple[float, ...]
    mark: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class GradeBand:
    """A grade and the least score that has it."""

    name: str
    least: float
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """One version of a sheet.

    Attributes:
        key: stable name; ``version``: number from 1, a new one for every change.
        method: key of the method whose tables its rows fill.
        mark: how surely it was read; parts may say otherwise. ``marks`` explains.
        weights_mark: the same of the weights.
        presets: other weights of the groups; ``grades``: the greatest first.
    """

    key: str
    version: int
    date: date
    title: str
    title_en: str
    method: str
    source: str
    mark: str
    weights_mark: str
    marks: dict[str, str]
    marks_en: dict[str, str]
    groups: tuple[Group, ...]
    note: str = ""
    presets: tuple[Preset, ...] = ()
    grades: tuple[GradeBand, ...] = ()
    grades_mark: str = ""
    grades_source: str = ""

    def label(self, language: str = LANGUAGES[0]) -> str:
        """Return what a report calls it: title, version, date, mark of its weights."""
        if language == "en":
            mark = self.marks_en[self.weights_mark]
            return f"{self.title_en}, version {self.version}, {self.date}; {mark}"
        mark = self.marks[self.weights_mark]
        return f"{self.title}，第{self.version}版，{self.date}；{mark}"


@dataclass(frozen=True, slots=True)
class Rating:
    """A rulebook of scores: where its sheet is, and what it serves.

    Attributes:
        idea: marked sentence on what is scored with it.
        file: name of the shipped file of its newest version.
    """

    key: str
    idea: str
    file: str

    def sheet(self) -> ScoreSheet:
        """Return the sheet as shipped."""
        return read_sheet(resource(self.file))


def read_sheet(path: Path) -> ScoreSheet:
    """Return the score sheet in a file.

    Raises:
        UserError: it cannot be read, is none, or its parts do not go together.
    """
    sheet = from_plain(parse_json(read_whole(path), path.name), ScoreSheet)
    for text, values in _faults(sheet):
        raise UserError(text, file=path.name, **values)
    return sheet


def rows_of(
    sheet: ScoreSheet, preset: str = "", language: str = LANGUAGES[0]
) -> dict[str, Any]:
    """Return the rows that a sheet puts into a method's tables, as JSON parameters.

    No factor is scored yet. ``preset`` names other weights of the groups; names are in
    the language wanted where the sheet has them in English.

    Raises:
        UserError: the sheet has no such preset.
    """
    given = _weights(sheet, preset)
    is_premium = any(one.most is not None for one in sheet.groups)
    column = "most" if is_premium else "weight"
    groups = [
        {"name": _named(one, language), column: weight}
        for one, weight in zip(sheet.groups, given, strict=True)
    ]
    rows: dict[str, Any] = {"sheet": sheet.label(language), "groups": groups}
    subgroups = [
        {
            "name": _named(inner, language),
            "group": _named(one, language),
            "weight": inner.weight,
        }
        for one in sheet.groups
        for inner in one.groups
    ]
    scores = [
        {
            "factor": _named(factor, language),
            "group": _named(leaf, language),
            "weight": factor.weight,
        }
        for leaf in _leaves(sheet)
        for factor in leaf.factors
    ]
    grades = [
        {"name": _named(one, language), "least": one.least} for one in sheet.grades
    ]
    tables = {"subgroups": subgroups, "scores": scores, "grades": grades}
    return rows | {name: table for name, table in tables.items() if table}


def _named(one: Group | Factor | GradeBand, language: str) -> str:
    return one.name_en if language == "en" and one.name_en else one.name


def _weights(sheet: ScoreSheet, preset: str) -> list[float]:
    if not preset:
        return [_own(one) for one in sheet.groups]
    for one in sheet.presets:
        if one.key == preset:
            return list(one.weights)
    raise UserError(
        N_("The score sheet “{key}” has no weights “{preset}”; known are {known}."),
        key=sheet.key,
        preset=preset[:40],
        known=tuple(one.key for one in sheet.presets),
    )


def _own(group: Group) -> float:
    own = group.most if group.weight is None else group.weight
    return 0.0 if own is None else own


def _leaves(sheet: ScoreSheet) -> Iterator[Group]:
    """Yield the groups that hold factors, in order."""
    for one in sheet.groups:
        yield from one.groups or (one,)


_Fault = tuple[str, dict[str, object]]


def _faults(sheet: ScoreSheet) -> Iterator[_Fault]:
    """Yield what is wrong with a sheet, each a marked text with its values."""
    if not sheet.groups or sheet.version < 1:
        yield (
            N_("{file}: a score sheet has a version from 1 and at least one group."),
            {},
        )
    yield from _mark_faults(sheet)
    yield from _name_faults(sheet)
    weighed = [one.weight for one in sheet.groups]
    is_weighed = any(one is not None for one in weighed)
    if is_weighed:
        yield from _sum_faults(sheet.title, weighed)
    elif not all(one.most is not None and one.most > 0 for one in sheet.groups):
        yield N_("{file}: every group needs a weight, or every one a premium."), {}
    for one in sheet.groups:
        if one.groups:
            yield from _sum_faults(one.name, [inner.weight for inner in one.groups])
        if one.groups and (one.factors or any(inner.groups for inner in one.groups)):
            text = N_("{file}: “{name}” mixes factors and groups, or nests too deep.")
            yield text, {"name": one.name}
    for leaf in _leaves(sheet):
        if leaf.factors:
            yield from _sum_faults(leaf.name, [each.weight for each in leaf.factors])
            yield from _band_faults(leaf)
        elif not sheet.presets:
            yield N_("{file}: “{name}” has no factors."), {"name": leaf.name}
    for preset in sheet.presets:
        if len(preset.weights) != len(sheet.groups):
            text = N_("{file}: “{name}” must have a weight for each group.")
            yield text, {"name": preset.name}
        if is_weighed:
            yield from _sum_faults(preset.name, preset.weights)


def _sum_faults(name: str, weights: Sequence[float | None]) -> Iterator[_Fault]:
    given = [weight for weight in weights if weight is not None and weight > 0]
    if len(given) < len(weights) or not math.isclose(
        math.fsum(given), 1, abs_tol=SLACK
    ):
        text = N_("{file}: the weights under “{name}” must be above 0 and add to 1.")
        yield text, {"name": name}


def _band_faults(leaf: Group) -> Iterator[_Fault]:
    for factor in leaf.factors:
        if not all(0 <= band.score <= FULL for band in factor.bands):
            text = N_("{file}: the scores of “{name}” must lie between 0 and 100.")
            yield text, {"name": factor.name}


def _name_faults(sheet: ScoreSheet) -> Iterator[_Fault]:
    tops = [one.name for one in sheet.groups]
    leaves = [one.name for one in _leaves(sheet)]
    inner = [[each.name for each in leaf.factors] for leaf in _leaves(sheet)]
    for names in (tops, leaves, *inner):
        for place, name in enumerate(names):
            if not name.strip() or name in names[:place]:
                text = N_("{file}: “{name}” is blank or stands twice.")
                yield text, {"name": name}


def _mark_faults(sheet: ScoreSheet) -> Iterator[_Fault]:
    parts = (*sheet.groups, *_leaves(sheet))
    factors = (each for leaf in _leaves(sheet) for each in leaf.factors)
    given = [sheet.mark, sheet.weights_mark]
    optional = [one.mark for one in parts]
    optional += [one.mark for one in factors]
    optional += [one.mark for one in sheet.presets]
    optional.append(sheet.grades_mark)
    for mark in (*given, *filter(None, optional)):
        if mark not in sheet.marks or mark not in sheet.marks_en:
            yield N_("{file}: the mark “{mark}” is not explained."), {"mark": mark}
