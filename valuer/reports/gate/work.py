"""The engagement contract and the procedures, as an appraisal institution has them."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.core.engagement import PROCEDURE_NAMES, Procedure
from valuer.core.problems import Severity
from valuer.core.texts import N_, message
from valuer.reports.findings import Check, Found, Material
from valuer.reports.gate.signers import is_institution


def contract_missing(material: Material) -> Iterator[Found]:
    """Yield an engagement without its contract."""
    contract = material.case.contract
    if not is_institution(material):
        return
    if not contract.number.strip():
        yield "contract.number", message(N_("State the number of the contract."))
    if contract.signed is None:
        text = N_("State the day on which the engagement contract was signed.")
        yield "contract.signed", message(text)


def contract_late(material: Material) -> Iterator[Found]:
    """Yield a contract signed after the report was dated."""
    signed, dated = material.case.contract.signed, material.case.report_date
    if signed and dated and signed > dated:
        text = N_(
            "The engagement contract was signed on {signed}, after the report date"
            " {dated}; work is done under a contract. Correct the day."
        )
        yield "contract.signed", message(text, signed=signed, dated=dated)


def procedures_missing(material: Material) -> Iterator[Found]:
    """Yield the basic procedures that are not recorded; filing comes after the report."""
    done = {one.procedure for one in material.case.work}
    names = tuple(
        message(PROCEDURE_NAMES[one])
        for one in Procedure
        if one not in done and one is not Procedure.ARCHIVE
    )
    if names and is_institution(material):
        text = N_(
            "Not recorded as carried out: {names}. Record them, or state which were"
            " left out, why, and what it means for the conclusion."
        )
        yield "work", message(text, names=names)


def ends_before_it_begins(material: Material) -> Iterator[Found]:
    """Yield procedures that end before they begin."""
    for place, one in enumerate(material.case.work):
        if one.begun and one.ended and one.ended < one.begun:
            text = N_("“{name}” ends on {ended}, before it begins on {begun}.")
            name = message(PROCEDURE_NAMES[one.procedure])
            words = message(text, name=name, ended=one.ended, begun=one.begun)
            yield f"work[{place}]", words


def out_of_order(material: Material) -> Iterator[Found]:
    """Yield procedures begun before one that comes first."""
    order = list(Procedure)
    dated = [(place, one) for place, one in enumerate(material.case.work) if one.begun]
    for place, one in dated:
        rank = order.index(one.procedure)
        later = [
            other
            for _, other in dated
            if order.index(other.procedure) < rank
            and other.begun is not None
            and one.begun is not None
            and other.begun > one.begun
        ]
        if later:
            text = N_("“{name}” was begun on {begun}, before “{first}”, {day}.")
            words = message(
                text,
                name=message(PROCEDURE_NAMES[one.procedure]),
                begun=one.begun,
                first=message(PROCEDURE_NAMES[later[0].procedure]),
                day=later[0].begun,
            )
            yield f"work[{place}].begun", words


def after_report(material: Material) -> Iterator[Found]:
    """Yield work that went on after the report was dated."""
    dated = material.case.report_date
    rank = list(Procedure).index
    for place, one in enumerate(material.case.work):
        days = [day for day in (one.begun, one.ended) if day]
        if not dated or not days or rank(one.procedure) >= rank(Procedure.REPORTING):
            continue
        if max(days) > dated:
            text = N_(
                "“{name}” went on until {day}, after the report date {dated}; the"
                " conclusion rests on work done before it."
            )
            name = message(PROCEDURE_NAMES[one.procedure])
            yield f"work[{place}]", message(text, name=name, day=max(days), dated=dated)


CHECKS = (
    Check("contract_missing", "law_23", contract_missing),
    Check("contract_after_report", "law_23", contract_late, Severity.ERROR),
    Check("procedures_missing", "procedures", procedures_missing),
    Check("work_ends_first", "procedures", ends_before_it_begins, Severity.ERROR),
    Check("work_out_of_order", "procedures", out_of_order),
    Check("work_after_report", "law_25", after_report),
)
