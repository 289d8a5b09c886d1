"""``valuer quality``: what the docket answers, as figures, a workbook or a report."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from valuer.agency.columns import Docket
from valuer.agency.docket import Case
from valuer.agency.metric import Grouping, Metric, Question
from valuer.agency.metrics import METRICS, metric
from valuer.agency.quality import answer
from valuer.cli.answers import Exit, print_json, print_text, progress_on_stderr, tell
from valuer.cli.here import author, day_of, now
from valuer.cli.opening import library_to_read
from valuer.cli.quality_answers import compared_plainly, print_rows, ranked_plainly
from valuer.core.case import House
from valuer.core.files import refuse_existing, write_whole
from valuer.core.patents import PatentKind
from valuer.core.problems import UserError
from valuer.core.texts import N_, tr
from valuer.store.docket import every_case
from valuer.store.docket_columns import docket_columns
from valuer.store.docket_sources import docket_origins
from valuer.store.library import Library
from valuer.store.settings import HOUSE, setting
from valuer.store.templates import logo_of_house

if TYPE_CHECKING:
    from valuer.reports.quality.facts import Responsible


def run(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Print the metrics of a docket; write them as a workbook and as a report."""
    for path in (arguments.xlsx, arguments.report):
        if path is not None:
            refuse_existing(path, force=arguments.force)
    question, as_of = _question(arguments), _day(arguments.as_of) or _today()
    metrics = tuple(metric(key) for key in arguments.metric or ()) or METRICS
    with library_to_read(arguments.library) as library:
        with library.read() as connection:
            docket = docket_columns(connection, as_of)
        rows = ranked_plainly(answer(docket, question, metrics), question.by)
        told: dict[str, Any] = {
            "metrics": rows,
            "as_of": as_of.isoformat(),
            "from": question.first and question.first.isoformat(),
            "to": question.last and question.last.isoformat(),
            "by": question.by,
            "cases": docket.count,
        }
        if arguments.compare:
            earlier = _earlier(question, arguments.compare)
            told["compared"] = compared_plainly(docket, earlier, question, metrics)
        if arguments.xlsx is not None:
            made = _workbook(arguments, library, docket, question, metrics)
            write_whole(arguments.xlsx, made)
            told["xlsx"] = str(arguments.xlsx)
        if arguments.report is not None:
            told |= _write_report(arguments, library, question, tongue)
    if arguments.json:
        print_json(told)
    else:
        print_rows(told, question, tongue)
    return Exit.YES


def report(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Write the quality report alone: ``valuer report --kind agency_quality``."""
    refuse_existing(arguments.out, force=arguments.force)
    arguments.report = arguments.out
    question = Question(_day(arguments.first), _day(arguments.last))
    with library_to_read(arguments.library) as library:
        told = _write_report(arguments, library, question, tongue)
    if arguments.json:
        print_json(told)
    else:
        print_text(told["report"])
    return Exit.YES


def _write_report(
    arguments: argparse.Namespace, library: Library, question: Question, tongue: str
) -> dict[str, Any]:
    """Write the quality report of a library's docket, and return what to say of it."""
    from valuer.reports.quality.facts import KIND
    from valuer.reports.quality.gathering import Wanted
    from valuer.reports.quality.report import quality_report

    as_of, out = _day(arguments.as_of) or _today(), arguments.report
    with library.read() as connection:
        docket = docket_columns(connection, as_of)
        origins = docket_origins(connection)
        house = setting(connection, HOUSE)
        logo = logo_of_house(connection, house)
    wanted = Wanted(
        house=_house(house, arguments.house),
        day=_today(),
        language=arguments.language,
        number=arguments.number,
        responsible=tuple(_responsible(one) for one in arguments.signer),
        numbered=tuple(Grouping(one) for one in arguments.numbered),
    )
    progress = progress_on_stderr()
    built = quality_report(docket, question, wanted, origins, logo, progress)
    write_whole(out, built.pdf)
    if built.missing:
        text = N_("No font has the characters {characters}; each was printed as 〓.")
        tell(tr(text, tongue, characters=" ".join(built.missing)))
    digest = sha256(built.pdf).hexdigest()
    return {"report": str(out), "kind": KIND, "pages": built.pages, "sha256": digest}


def _workbook(
    arguments: argparse.Namespace,
    library: Library,
    docket: Docket,
    question: Question,
    metrics: Sequence[Metric],
) -> bytes:
    from valuer.reports.quality.workbook import Stamp, quality_workbook

    with library.read() as connection:
        cases: tuple[Case, ...] = every_case(connection)
        house = setting(connection, HOUSE)
    name = arguments.house or house.name
    stamp = Stamp(name, author(), now().astimezone(), arguments.language)
    progress = progress_on_stderr()
    return quality_workbook(docket, question, cases, stamp, metrics, progress)


def _question(arguments: argparse.Namespace) -> Question:
    """Return what is asked.

    Raises:
        UserError: a day is none, or the days before are below nought.
    """
    if arguments.days_before < 0:
        raise UserError(N_("The days before the last day cannot be below nought."))
    by = arguments.by
    return Question(
        _day(arguments.first),
        _day(arguments.last),
        Grouping(by) if by else None,
        tuple(PatentKind(one) for one in arguments.kind or ()),
        tuple(arguments.agent or ()),
        tuple(arguments.client or ()),
        tuple(one.upper() for one in arguments.field or ()),
        arguments.days_before,
    )


def _earlier(question: Question, days: Sequence[str]) -> Question:
    first, last = (_day(one) for one in days)
    return replace(question, first=first, last=last)


def _house(house: House, name: str) -> House:
    return replace(house, name=name) if name else house


def _responsible(given: str) -> Responsible:
    """Return a person told as NAME, NAME:POSITION or NAME:POSITION:LICENCE."""
    from valuer.reports.quality.facts import Responsible

    name, _, rest = given.partition(":")
    position, _, licence = rest.partition(":")
    return Responsible(name.strip(), position.strip(), licence.strip())


def _day(given: str | None) -> date | None:
    return None if given is None else day_of(given)


def _today() -> date:
    return now().astimezone().date()
