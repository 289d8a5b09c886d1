"""The recompute package of a quality report: the facts it prints, as JSON attached to it.

What is read back from a file is untrusted: bounded in size, strict in form, and refused
where no docket can have given it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from valuer.agency.aggregates import Aggregate
from valuer.agency.metric import Grouping, Shape
from valuer.agency.metrics import METRICS
from valuer.agency.statuses import Cause, Outcome
from valuer.core.canonical import canonical, from_plain, parse_json
from valuer.core.look import look_faults
from valuer.core.patents import PatentKind
from valuer.core.problems import UserError
from valuer.core.texts import LANGUAGES, N_
from valuer.reports.package import is_sound, leaves
from valuer.reports.quality.facts import (
    KIND,
    MOST_RESPONSIBLE,
    QualityFacts,
)

NAME = "valuer-quality.json"
"""The attachment's name in the PDF."""

FORMAT = 1
"""Number of the package's form; a change of meaning takes a new number."""

LARGEST = 8 * 1024 * 1024
"""The most bytes of a package; a docket of 100,000 cases gives some 1 MB."""

_MOST_CASES = 10_000_000
"""Cases that all aggregates may be of together: seconds to reckon."""

_LARGEST_SUM = 1e15
_MOST_ROWS = 2_000
_LONGEST = 40_000
"""Days of a time: a century."""

_WHOLE = (Shape.TIME, Shape.SURVIVAL, Shape.INCIDENCE, Shape.MEDIAN)


@dataclass(frozen=True, slots=True)
class QualityPackage:
    """What a quality report was made from.

    Attributes:
        format: number of the package's form.
        program: version of the program that made the report.
        kind: of the report, always the same.
    """

    format: int
    program: str
    kind: str
    facts: QualityFacts


def written(package: QualityPackage) -> bytes:
    """Return a package as canonical JSON.

    Raises:
        UserError: no reader would take it back.
    """
    data = canonical(package)
    _check_size(data)
    _check(package)
    return data


def read(data: bytes) -> QualityPackage:
    """Return the package in ``data``.

    Raises:
        UserError: too large, not of our form, of a newer form, or out of bounds.
    """
    _check_size(data)
    plain = parse_json(data, NAME)
    if not isinstance(plain, dict) or plain.get("kind") != KIND:
        raise UserError(N_("{name} is not a recompute package."), name=NAME)
    number = plain.get("format")
    if isinstance(number, int) and not isinstance(number, bool) and number > FORMAT:
        text = N_("{name} was written by a newer program; update this one.")
        raise UserError(text, name=NAME)
    package = from_plain(plain, QualityPackage)
    _check(package)
    return package


def _check_size(data: bytes) -> None:
    if len(data) > LARGEST:
        text = N_("{name} is larger than {most} kB; a report cannot be made from it.")
        raise UserError(text, name=NAME, most=LARGEST // 1024)


def _check(package: QualityPackage) -> None:
    """Refuse what would take a reader beyond reason, or what no docket can give."""
    facts = package.facts
    if package.format != FORMAT or facts.language not in LANGUAGES:
        raise UserError(N_("{name} is not a recompute package."), name=NAME)
    for where, value in leaves(package, ""):
        if not is_sound(value):
            raise _out_of_bounds(where)
    if len(facts.responsible) > MOST_RESPONSIBLE or any(look_faults(facts.house.look)):
        raise _out_of_bounds("facts.house")
    _check_words(facts)
    _check_aggregates(facts)


def _check_words(facts: QualityFacts) -> None:
    known = (
        ("outcomes", facts.docket.outcomes, set(Outcome)),
        ("kinds", facts.docket.kinds, set(PatentKind)),
        ("causes", facts.docket.causes, set(Cause)),
    )
    for name, counted, words in known:
        if any(one.name not in words | {""} or one.count < 1 for one in counted):
            raise _out_of_bounds(f"facts.docket.{name}")
    lists = (facts.docket.files, facts.docket.words, facts.between, facts.groups)
    if any(len(one) > _MOST_ROWS for one in lists):
        raise _out_of_bounds("facts.docket")
    if not all(0 <= one <= _MOST_CASES for one in (*facts.between, facts.days_before)):
        raise _out_of_bounds("facts.between")
    if facts.docket.count < 1:
        raise _out_of_bounds("facts.docket.count")


def _check_aggregates(facts: QualityFacts) -> None:
    shapes = {one.key: one.shape for one in METRICS}
    every = list(_aggregates(facts))
    if len(every) > _MOST_ROWS:
        raise _out_of_bounds("facts.metrics")
    for where, one in every:
        if one.key not in shapes or not _can_be(one, shapes[one.key]):
            raise _out_of_bounds(where)
    if sum(one.n for _, one in every) > _MOST_CASES:
        raise _out_of_bounds("facts.metrics")
    if [one.key for one in facts.metrics] != [one.key for one in METRICS]:
        raise _out_of_bounds("facts.metrics")
    for groups in facts.groups:
        keys = {one.key for one in (groups.whole, *groups.rows)}
        if len(keys) != 1 or groups.by is Grouping.MONTH or groups.others < 0:
            raise _out_of_bounds("facts.groups")
        if shapes[keys.pop()] is not Shape.RATE:
            raise _out_of_bounds("facts.groups")
    if any(shapes[one.key] is not Shape.TIME for one in facts.times):
        raise _out_of_bounds("facts.times")
    if any(shapes[one.key] is not Shape.RATE for one in facts.months):
        raise _out_of_bounds("facts.months")
    if any(shapes[one.key] is not Shape.INCIDENCE for one in facts.cohorts):
        raise _out_of_bounds("facts.cohorts")


def _aggregates(facts: QualityFacts) -> Iterator[tuple[str, Aggregate]]:
    """Yield every aggregate with the place where it stands."""
    parts = {
        "metrics": facts.metrics,
        "earlier": facts.earlier,
        "months": facts.months,
        "cohorts": facts.cohorts,
        "times": facts.times,
    }
    for name, found in parts.items():
        yield from ((f"facts.{name}[{place}]", one) for place, one in enumerate(found))
    for groups in facts.groups:
        found = (groups.whole, *groups.rows)
        yield from ((f"facts.groups.{groups.by}", one) for one in found)


def _can_be(one: Aggregate, shape: Shape) -> bool:
    """Whether cases can have given an aggregate."""
    figures = (one.total, one.squares)
    if not all(0 <= figure <= _LARGEST_SUM for figure in figures):  # nor NaN
        return False
    if min(one.n, one.excluded, one.lacking) < 0 or one.n > _MOST_CASES:
        return False
    if shape is Shape.RATE and (one.total > one.n or one.total % 1):
        return False
    if shape is Shape.CONCENTRATION:
        sizes = [(int(value), count) for value, _, count in one.cells]
        is_told = all(size > 0 and count > 0 for size, count in sizes)
        return is_told and sum(size * count for size, count in sizes) == one.n
    if not all(_is_cell(*cell) for cell in one.cells):
        return False
    cases = sum(count for _, _, count in one.cells)
    return cases == (one.n if shape in _WHOLE else 0)


def _is_cell(value: float, fate: int, count: int) -> bool:
    return 0 <= value <= _LONGEST and 0 <= fate <= 2 and 1 <= count <= _MOST_CASES


def _out_of_bounds(where: str) -> UserError:
    return UserError(
        N_("{where}: a report cannot be made from this value."), where=where[:80]
    )
