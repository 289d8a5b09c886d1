"""``valuer credit``: the credit score of an agency or an agent, and how it goes on."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from valuer.agency.credit import Line, Score, score
from valuer.agency.credit_entries import STANDING_NAMES
from valuer.agency.credit_events import (
    FIRST_DAY,
    LAST_DAY,
    Event,
    Ledger,
    Subject,
    checked,
    ledger_of,
)
from valuer.agency.credit_line import (
    MONTHS_AHEAD,
    Deadline,
    OtherReading,
    Step,
    deadlines,
    other_readings,
    plain_points,
    timeline,
)
from valuer.agency.credit_pack_files import (
    pack_in_force,
    pack_of,
    shipped_pack,
    shipped_packs,
)
from valuer.agency.credit_packs import (
    RulePack,
    SubjectKind,
)
from valuer.agency.credit_readings import (
    OPTION_NAMES,
    place_words,
    readings_of,
    value_words,
)
from valuer.cli.answers import Exit, plain_issues, print_json, print_text, tell_issues
from valuer.cli.here import day_of
from valuer.cli.methods import LARGEST_JSON, read_json
from valuer.cli.opening import library_to_read
from valuer.core.canonical import to_plain
from valuer.core.files import read_whole
from valuer.core.problems import UserError, refuse_errors
from valuer.core.texts import N_, message, tr
from valuer.store.credit import KeptPack, list_events, list_packs, list_subjects
from valuer.store.credit_settings import (
    CREDIT_READINGS,
)
from valuer.store.settings import (
    setting,
)


def run(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Print the score on a day and its line over the coming months."""
    as_of = _day(arguments.as_of)
    pack, ledger = _asked_for(arguments, as_of)
    chosen = readings_of(pack, ledger.readings)
    issues = checked(pack, ledger.subject, ledger.events)
    refuse_errors(issues)
    asked = (pack, ledger.subject, ledger.events, as_of, chosen)
    found, steps = score(*asked), timeline(*asked)
    others, days = other_readings(*asked), deadlines(*asked)
    if arguments.json:
        answer = _plain_score(found) | {"timeline": _plain_steps(steps, tongue)}
        print_json(
            answer
            | {
                "as_of": as_of.isoformat(),
                "pack": {"id": pack.id, "version": pack.version},
                "lines": [_plain_line(line, tongue) for line in found.lines],
                "other_readings": [_plain_other(one, tongue) for one in others],
                "deadlines": [_plain_deadline(one, tongue) for one in days],
                "issues": plain_issues(issues, tongue),
            }
        )
        return Exit.YES
    tell_issues(issues, tongue)
    _print(found, pack, tongue)
    _print_lines(found.lines, tongue)
    _print_ahead(steps, others, days, tongue)
    return Exit.YES


def _asked_for(arguments: argparse.Namespace, as_of: date) -> tuple[RulePack, Ledger]:
    """Return the rules and the events to reckon with.

    A library is needed for its ledger; beside a file of events it may be missing, and
    gives the agency's own rule packs where it is there.

    Raises:
        UserError: there are none, or they cannot be read.
    """
    path = arguments.library
    if arguments.events is None:
        if path is None:
            text = N_("Name a library with --library, or events with --events.")
            raise UserError(text)
        with library_to_read(path) as library, library.read() as connection:
            own = list_packs(connection)
            subject = _subject(arguments.subject, list_subjects(connection))
            kept = list_events(connection, subject)
            readings = setting(connection, CREDIT_READINGS).given()
        ledger = Ledger(subject, tuple(one.event for one in kept), readings)
        return _pack(arguments.pack, as_of, own), ledger
    given = _events(arguments)
    own = ()
    if path is not None and path.exists():
        with library_to_read(path) as library, library.read() as connection:
            own = list_packs(connection)
    return _pack(arguments.pack, as_of, own), given


def _events(arguments: argparse.Namespace) -> Ledger:
    """Return the events of a file.

    Raises:
        UserError: it is no ledger, or some of the events cannot be read.
    """
    name = "stdin" if arguments.events == "-" else Path(arguments.events).name
    ledger, issues = ledger_of(read_json(arguments.events), name)
    # What cannot be read tells its place itself.
    refuse_errors(replace(issue, where="") for issue in issues)
    if arguments.subject:
        text = N_("The file of events says whose they are; leave --subject out.")
        raise UserError(text)
    return ledger


def _subject(given: str | None, known: Sequence[Subject]) -> Subject:
    """Return who is asked for; without a word, the only agency of the ledger.

    Raises:
        UserError: there are several agencies, or the word is no subject.
    """
    agencies = [one for one in known if one.kind is SubjectKind.AGENCY]
    if given is not None:
        kind, _, name = given.partition(":")
        if kind in list(SubjectKind) and name.strip():
            return Subject(SubjectKind(kind), name)
        text = N_("“{given}” is no subject such as agency:32100 or agent:3210012345.6.")
        raise UserError(text, given=given[:60])
    if len(agencies) > 1:
        text = N_("The ledger has several agencies; name one with --subject: {known}.")
        raise UserError(text, known=tuple(f"agency:{one.id}" for one in agencies))
    return agencies[0] if agencies else Subject(SubjectKind.AGENCY, "")


def _pack(given: str | None, as_of: date, own: Sequence[KeptPack]) -> RulePack:
    """Return the pack named by its id or its file, else the one in force.

    The newest of the agency's own versions comes before the shipped one.

    Raises:
        UserError: there is none, or its parts do not go together.
    """
    made = [one.pack for one in reversed(own)]
    if given is None:
        in_force = (one for one in made if one.is_in_force(as_of))
        return next(in_force, None) or pack_in_force(as_of)
    if found := next((one for one in made if one.id == given), shipped_pack(given)):
        return found
    path = Path(given)
    if not path.suffix and not path.exists():
        text = N_("There is no rule pack “{pack}”; there are {known}, or name a file.")
        known = tuple(one.id for one in shipped_packs())
        raise UserError(text, pack=given[:60], known=known)
    return pack_of(read_whole(path, LARGEST_JSON), path.name)


def _day(given: str) -> date:
    day = day_of(given)
    if not FIRST_DAY <= day <= LAST_DAY:
        text = N_("The day must lie between {first} and {last}; {day} does not.")
        raise UserError(text, first=FIRST_DAY, last=LAST_DAY, day=day)
    return day


def _plain_score(found: Score) -> dict[str, Any]:
    return {
        "subject": to_plain(found.subject),
        "base": _plain(found.base),
        "deductions": _plain(found.deductions),
        "bonus": _plain(found.bonus),
        "total": _plain(found.total),
        "grade": found.grade,
        "official": found.official,
        "unknown_rules": list(found.unknown_rules),
    }


def _plain_steps(steps: Sequence[Step], tongue: str) -> list[dict[str, Any]]:
    return [
        {
            "date": step.date.isoformat(),
            "total": _plain(step.total),
            "grade": step.grade,
            "because": step.say(tongue),
        }
        for step in steps
    ]


def _plain_line(line: Line, tongue: str) -> dict[str, Any]:
    event: Event = line.event
    return {
        "rule_code": event.rule_code,
        "fact_id": event.fact_id,
        "rule": line.rule.named(tongue),
        "side": "bonus" if line.is_bonus else "deduction",
        "standing": line.standing.value,
        "points": _plain(line.points),
        "counted": _plain(line.counted),
        "cleared_on": line.cleared_on.isoformat(),
        "mark": line.rule.mark,
    }


def _plain_other(other: OtherReading, tongue: str) -> dict[str, Any]:
    return {
        "option": other.place,
        "value": to_plain(other.value),
        "total": _plain(other.score.total),
        "grade": other.score.grade,
        "timeline": _plain_steps(other.steps, tongue),
    }


def _plain_deadline(deadline: Deadline, tongue: str) -> dict[str, Any]:
    return {"date": deadline.date.isoformat(), "what": deadline.what.say(tongue)}


def _plain(points: Decimal | None) -> str | None:
    return None if points is None else plain_points(points)


def _print(found: Score, pack: RulePack, tongue: str) -> None:
    """Print the score itself and what keeps it from being official."""
    unknown = tr(N_("not known"), tongue)
    print_text(f"{found.subject.id}\t{found.as_of}\t{pack.id} v{pack.version}")
    shown = [
        _plain(points) or unknown
        for points in (found.base, found.deductions, found.bonus, found.total)
    ]
    base, deducted, bonus, total = shown
    text = N_("Base {base} − deductions {deductions} + bonus {bonus} = {total}")
    print_text(
        tr(text, tongue, base=base, deductions=deducted, bonus=bonus, total=total)
    )
    text = N_("Grade: {grade}")
    print_text(tr(text, tongue, grade=found.grade or unknown))
    if not found.official:
        print_text(tr(N_("Not an official score; not verified or not known:"), tongue))
    for place in found.unknown_rules:
        print_text(f"  {place_words(pack, place, tongue)}")


def _print_lines(lines: Sequence[Line], tongue: str) -> None:
    for line in lines:
        sign = "+" if line.is_bonus else "−"
        counted = "?" if line.counted is None else f"{sign}{_plain(line.counted)}"
        standing = tr(STANDING_NAMES[line.standing], tongue)
        told = f"{counted}\t{line.rule.named(tongue)}\t{standing}"
        if line.standing.is_counting:
            until = tr(N_("cleared on {day}"), tongue, day=line.cleared_on)
            told = f"{told}\t{until}"
        print_text(told)


def _print_ahead(
    steps: Sequence[Step],
    others: Sequence[OtherReading],
    days: Sequence[Deadline],
    tongue: str,
) -> None:
    """Print the coming months, the days to keep in mind and the other readings."""
    print_text(tr(N_("The coming {months} months:"), tongue, months=MONTHS_AHEAD))
    for step in steps:
        print_text(f"{_told(step)}\t{step.say(tongue)}")
    if not steps:
        print_text(tr(N_("Nothing changes."), tongue))
    if days:
        print_text(tr(N_("Days to keep in mind:"), tongue))
    for day in days:
        print_text(f"{day.date}\t{day.what.say(tongue)}")
    for other in others:
        text = N_("Read otherwise: {option}: {value}")
        option, value = message(OPTION_NAMES[other.place]), value_words(other.value)
        print_text(tr(text, tongue, option=option, value=value))
        print_text(f"  {_told(other.score)}")
        for step in other.steps:
            print_text(f"  {_told(step)}\t{step.say(tongue)}")


def _told(one: Step | Score) -> str:
    """Return a day with its total and grade, as a line of a table begins."""
    on = one.date if isinstance(one, Step) else one.as_of
    return f"{on}\t{_plain(one.total) or '?'}\t{one.grade or '?'}"
