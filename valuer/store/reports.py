"""The register of reports issued from the library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection, insert, select

from valuer.store.cases import case_key, case_name
from valuer.store.schema import reports


@dataclass(frozen=True, slots=True)
class IssuedReport:
    """A report as printed: of which revision, what it says, and its SHA-256."""

    case_id: str
    revision: int
    kind: str
    language: str
    number: str
    report_date: date
    value: Decimal | None
    currency: str
    program_version: str
    sha256: str
    at: datetime


def add_report(connection: Connection, report: IssuedReport) -> None:
    """Enter a report in the register."""
    connection.execute(
        insert(reports).values(
            case_id=case_key(report.case_id),
            revision=report.revision,
            kind=report.kind,
            language=report.language,
            number=report.number,
            report_date=report.report_date,
            value=report.value,
            currency=report.currency,
            program_version=report.program_version,
            sha256=report.sha256,
            at=report.at,
        )
    )


def list_reports(connection: Connection, case_id: str) -> tuple[IssuedReport, ...]:
    """Return the reports of a case, oldest first."""
    r = reports.c
    query = (
        select(
            r.case_id,
            r.revision,
            r.kind,
            r.language,
            r.number,
            r.report_date,
            r.value,
            r.currency,
            r.program_version,
            r.sha256,
            r.at,
        )
        .where(r.case_id == case_key(case_id))
        .order_by(r.id)
    )
    return tuple(
        IssuedReport(case_name(row[0]), *row[1:]) for row in connection.execute(query)
    )
