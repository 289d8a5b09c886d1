"""What must go together in a rule pack, each fault named by its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from valuer.agency.credit_packs import MARKS, TABLES, Marked, Rule, RulePack
from valuer.core.problems import Issue, Severity, refuse_errors
from valuer.core.texts import N_, message

MOST_MONTHS = 1200
"""No period of a pack is longer, in months."""

MOST_DECIMALS = 4
"""Points have no more decimals than these in any pack."""

MOST_HOLIDAYS = 60
"""No year has more holidays beside its weekends."""

_DAY = re.compile(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


def refuse_faults(pack: RulePack, name: str) -> None:
    """Refuse a pack whose parts do not go together.

    Raises:
        UserError: every fault, a line each with its place in the file.
    """
    refuse_errors(
        replace(issue, where=f"{name}.{issue.where}") for issue in pack_issues(pack)
    )


def pack_issues(pack: RulePack) -> tuple[Issue, ...]:
    """Return where the parts of a pack do not go together, each with its place."""
    return tuple(
        Issue(Severity.ERROR, message(text, **values), where=place)
        for place, text, values in _faults(pack)
    )


_Fault = tuple[str, str, dict[str, object]]


def _faults(pack: RulePack) -> Iterator[_Fault]:
    """Yield what is wrong: its place, a marked text and its values."""
    if not pack.id.strip() or pack.version < 1:
        yield "id", N_("a rule pack has an id and a version from 1"), {}
    if pack.effective_to is not None and pack.effective_to < pack.effective_from:
        yield "effective_to", N_("the rules end before they begin"), {}
    if not 0 <= pack.decimals <= MOST_DECIMALS:
        text = N_("points have from 0 to {most} decimals")
        yield "decimals", text, {"most": MOST_DECIMALS}
    yield from _value_faults(pack)
    yield from _band_faults(pack)
    codes: set[str] = set()
    for table in TABLES:
        yield from _rule_faults(pack, table, codes)


def _value_faults(pack: RulePack) -> Iterator[_Fault]:
    window, options = pack.window, pack.options
    months: tuple[tuple[str, Marked[int]], ...] = (
        ("window.months", window.months),
        ("options.repair_wait_months", options.repair_wait_months),
        ("options.repair_min_gap_months", options.repair_min_gap_months),
    )
    points: tuple[tuple[str, Marked[Decimal]], ...] = (
        ("base", pack.base),
        ("bonus_cap_agency", pack.bonus_cap_agency),
        ("bonus_cap_agent", pack.bonus_cap_agent),
        ("score_floor", pack.score_floor),
    )
    others: tuple[tuple[str, Marked[Any]], ...] = (
        ("window.anchor", window.anchor),
        ("window.last_day_rule", window.last_day_rule),
        ("window.roll_holiday", window.roll_holiday),
        ("window.fixed_holidays", window.fixed_holidays),
        ("window.holidays", window.holidays),
        ("options.bonus_may_offset_deductions", options.bonus_may_offset_deductions),
        ("options.same_fact", options.same_fact),
    )
    every: tuple[tuple[str, Marked[Any]], ...] = (*months, *points, *others)
    for place, marked in every:
        yield from _mark_faults(place, marked.mark)
    for place, span in months:
        least = 1 if place == "window.months" else 0
        if span.value is not None and not least <= span.value <= MOST_MONTHS:
            text = N_("a period has from {least} to {most} months")
            yield place, text, {"least": least, "most": MOST_MONTHS}
    for place, figure in points:
        yield from _point_faults(pack, place, figure.value)
    if len(window.fixed_holidays.value or ()) > MOST_HOLIDAYS:
        text = N_("a year has at most {most} holidays beside the weekends")
        yield "window.fixed_holidays", text, {"most": MOST_HOLIDAYS}
    for day in window.fixed_holidays.value or ():
        if not _DAY.fullmatch(day):
            text = N_("“{day}” is no day such as 05-01")
            yield "window.fixed_holidays", text, {"day": day[:20]}


def _band_faults(pack: RulePack) -> Iterator[_Fault]:
    """Yield where grades do not cover every total exactly once."""
    bands = sorted(
        pack.grades, key=lambda one: (one.min is not None, one.min or Decimal(0))
    )
    names = [one.grade for one in bands]
    for band in bands:
        yield from _mark_faults(f"grades.{band.grade}", band.mark)
        if not band.grade.strip() or names.count(band.grade) > 1:
            text = N_("the grade “{grade}” is blank or stands twice")
            yield "grades", text, {"grade": band.grade[:20]}
    if not bands or bands[0].min is not None or bands[-1].max is not None:
        yield "grades", N_("the lowest and the highest grade must be open-ended"), {}
        return
    for lower, upper in pairwise(bands):
        meets = lower.max is not None and lower.max == upper.min
        if not meets or lower.max_inclusive is upper.min_inclusive:
            text = N_(
                "between the grades {lower} and {upper} a total would have none or two"
            )
            yield "grades", text, {"lower": lower.grade, "upper": upper.grade}


def _rule_faults(pack: RulePack, table: str, codes: set[str]) -> Iterator[_Fault]:
    """Yield the faults of one table; ``codes`` are those met before it."""
    rules: tuple[Rule, ...] = getattr(pack, table)
    by_code = {rule.code: rule for rule in rules}
    grades = {band.grade for band in pack.grades}
    for index, rule in enumerate(rules):
        place = f"{table}[{index}]"
        if not rule.code.strip() or rule.code in codes:
            text = N_("the rule code “{code}” is blank or stands twice")
            yield place, text, {"code": rule.code[:40]}
        codes.add(rule.code)
        place = f"{table}.{rule.code}"
        yield from _mark_faults(place, rule.mark)
        for points in (rule.points, rule.per_case, rule.cap):
            yield from _point_faults(pack, place, points)
        if rule.force_grade is not None and rule.force_grade not in grades:
            text = N_("the pack has no grade “{grade}”")
            yield place, text, {"grade": rule.force_grade[:20]}
        yield from _replacing_faults(place, rule, by_code)


def _replacing_faults(
    place: str, rule: Rule, by_code: dict[str, Rule]
) -> Iterator[_Fault]:
    if (rule.replaces is None) is not (rule.cure_months is None):
        yield place, N_("“replaces” and “cure_months” go together"), {}
    if rule.cure_months is not None and not 1 <= rule.cure_months <= MOST_MONTHS:
        text = N_("a period has from {least} to {most} months")
        yield place, text, {"least": 1, "most": MOST_MONTHS}
    if rule.replaces is not None and rule.replaces not in by_code:
        text = N_("it replaces “{code}”, which its table does not have")
        yield place, text, {"code": rule.replaces[:40]}
    alike = (one for one in by_code.values() if one.replaces == rule.replaces)
    first = next(alike, rule)
    if rule.replaces is not None and first.code != rule.code:
        text = N_("it replaces “{code}”, which {first} replaces already")
        yield place, text, {"code": rule.replaces[:40], "first": first.code[:40]}
    chain = list(_replaced(rule, by_code))
    if rule.code in chain:
        text = N_("it replaces itself in a circle: {chain}")
        yield place, text, {"chain": " → ".join((rule.code, *chain))}


def _replaced(rule: Rule, by_code: dict[str, Rule]) -> Iterator[str]:
    """Yield the codes that a rule replaces, one after the other, each once."""
    seen: set[str] = set()
    code = rule.replaces
    while code in by_code and code not in seen:
        seen.add(code)
        yield code
        code = by_code[code].replaces


def _point_faults(
    pack: RulePack, place: str, points: Decimal | None
) -> Iterable[_Fault]:
    if points is None:
        return
    if points < 0:
        yield place, N_("points are not negative; the table says on which side"), {}
    if decimals_of(points) > pack.decimals:
        text = N_("{points} has more than {most} decimals")
        yield place, text, {"points": points, "most": pack.decimals}


def _mark_faults(place: str, mark: str) -> Iterable[_Fault]:
    if mark not in MARKS:
        text = N_("the mark “{mark}” is none of {known}")
        yield place, text, {"mark": mark[:20], "known": tuple(MARKS)}


def decimals_of(points: Decimal) -> int:
    """Return how many decimals a number needs; zeros at its end do not count."""
    exponent = points.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
