"""The register of issued reports: which revision went out, as which bytes.

A line is added when a report leaves the house; lines are never changed or deleted,
and the revision that a line names stays as long as the library.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection, insert, select

from valuer.store.cases import case_key, case_name, refuse_binned
from valuer.store.revisions import stored_bytes
from valuer.store.schema import reports


@dataclass(frozen=True, slots=True)
class IssuedReport:
    """A line of the register.

    Attributes:
        case_id: the case's name, as in ``C7``.
        revision: number of the revision that it reports.
        kind: kind of document, as in ``appraisal_report``.
        language: ``zh_CN`` or ``en``.
        number: the report's own number (文号).
        report_date: 评估报告日.
        value: the conclusion; None where it has no single amount.
        currency: of ``value``.
        program_version: what wrote it; the same version writes the same bytes.
        sha256: of the PDF.
        at: when it was issued, in UTC.
    """

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
    """Enter a report in the register.

    Raises:
        UserError: the library has no such case or revision, or the case is in the bin.
    """
    refuse_binned(connection, report.case_id)
    stored_bytes(connection, report.case_id, report.revision)
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


def list_reports(
    connection: Connection, case_id: str | None = None
) -> tuple[IssuedReport, ...]:
    """Return the register, oldest first; that of one case where it is named."""
    r = reports.c
    query = select(
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
    ).order_by(r.id)
    if case_id is not None:
        query = query.where(r.case_id == case_key(case_id))
    return tuple(
        IssuedReport(case_name(row[0]), *row[1:]) for row in connection.execute(query)
    )
