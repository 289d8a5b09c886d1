"""What is written of the metrics: the workbook, and the quality report.

Plain calls for a worker's thread; the reports' own slow imports stay inside them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from valuer.agency.columns import Docket
from valuer.agency.metric import Grouping, Question
from valuer.core.files import write_whole
from valuer.core.progress import Progress
from valuer.gui.desk import Desk

if TYPE_CHECKING:
    from valuer.gui.reporting import Checked


@dataclass(frozen=True, slots=True)
class Person:
    """Who answers for the report: name, position, licence number."""

    name: str = ""
    position: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class ReportWish:
    """How the quality report is wanted.

    Attributes:
        agency: its name; "" is that of the house.
        numbered: agents, clients: those that stand as numbers, not by name.
    """

    agency: str = ""
    number: str = ""
    language: str = "zh_CN"
    people: tuple[Person, ...] = ()
    numbered: tuple[Grouping, ...] = ()
    is_compared: bool = True


def write_workbook(
    docket: Docket,
    question: Question,
    desk: Desk,
    language: str,
    path: Path,
    progress: Progress,
) -> Path:
    """Write what the docket answers to a question as a workbook.

    Raises:
        UserError: the period ends before it begins, or the disk refuses.
    """
    from valuer.reports.quality.workbook import Stamp, quality_workbook

    at = desk.clock().astimezone()
    stamp = Stamp(desk.house().name, desk.author, at, language)
    cases = desk.docket.every()
    made = quality_workbook(docket, question, cases, stamp, progress=progress)
    write_whole(path, made)
    return path


def build_report(
    docket: Docket,
    question: Question,
    desk: Desk,
    wish: ReportWish,
    path: Path,
    progress: Progress,
) -> tuple[Checked, tuple[str, ...]]:
    """Write the quality report; return what can be said of it, and missing characters.

    Raises:
        UserError: the agency has no name, the docket is empty, or the disk refuses.
    """
    from valuer.gui.reporting import check
    from valuer.reports.quality.facts import Responsible
    from valuer.reports.quality.gathering import Wanted
    from valuer.reports.quality.report import quality_report
    from valuer.store.docket_sources import docket_origins
    from valuer.store.settings import HOUSE, setting
    from valuer.store.templates import logo_of_house

    with desk.library.read() as connection:
        origins = docket_origins(connection)
        house = setting(connection, HOUSE)
        logo = logo_of_house(connection, house)
    wanted = Wanted(
        house=replace(house, name=wish.agency) if wish.agency else house,
        day=docket.as_of,
        language=wish.language,
        number=wish.number,
        responsible=tuple(
            Responsible(one.name, one.position, one.licence) for one in wish.people
        ),
        numbered=wish.numbered,
        is_compared=wish.is_compared,
    )
    built = quality_report(docket, question, wanted, origins, logo, progress)
    write_whole(path, built.pdf)
    return check(path, (), desk, progress), built.missing
