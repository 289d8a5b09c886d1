"""What a report may not lack, and what a house may not say.

A report is never made with a blank or an invented text: what is missing is refused,
all at once, each with the place in the case where it belongs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from valuer.core.case import Case, HouseKind
from valuer.core.concluding import RULES, lacking, methods_applied
from valuer.core.disclosure import disclosure_faults
from valuer.core.look import look_faults, wording_texts
from valuer.core.problems import Issue, UserError
from valuer.core.texts import N_, Message, message
from valuer.core.valuing import Concluded, Valuation
from valuer.reports.sections.kinds import Kind
from valuer.reports.signature_roles import APPRAISER_FIELDS

_SIGNERS = len(APPRAISER_FIELDS)
"""How many sign a report (资产评估法 art. 27)."""

_SHOWN = 20
"""How many faults one message lists."""


def complete(
    case: Case, valuation: Valuation, kind: Kind
) -> tuple[Concluded, date, date]:
    """Return conclusion, valuation date and report date of a case fit to be printed.

    Raises:
        UserError: something is wrong, missing or not this house's to say; tells all.
    """
    if valuation.errors:
        text = N_("The report cannot be made:\n{faults}")
        raise UserError(text, faults=_joined([_error(one) for one in valuation.errors]))
    missing = [*_missing(case, valuation), *_reserved(case, kind)]
    concluded, valued, dated = (
        valuation.conclusion,
        case.valuation_date,
        case.report_date,
    )
    if missing or concluded is None or valued is None or dated is None:
        text = N_("The report cannot be made; complete the case:\n{faults}")
        raise UserError(text, faults=_joined(missing))
    return concluded, valued, dated


def faults(
    case: Case, valuation: Valuation, kind: Kind
) -> Iterator[tuple[str, Message]]:
    """Yield what is missing or reserved, each with its place in the case."""
    for fault in (*_missing(case, valuation), *_reserved(case, kind)):
        told = dict(fault.values)
        yield told["where"], told["advice"]


def house_texts(case: Case) -> Iterator[tuple[str, str]]:
    """Yield what the house itself has written, each with its place in the case."""
    yield "name", case.name
    yield "report_number", case.report_number
    yield "purpose_text", case.purpose_text
    yield "scope_note", case.scope_note
    if case.forecast is not None:
        yield "forecast.note", case.forecast.note
    for run in case.runs:
        yield f"runs.{run.key}.reason", run.reason
        for ground in run.grounds:
            yield f"runs.{run.key}.{ground.input}", ground.text
    if case.conclusion is not None:
        yield "conclusion.analysis", case.conclusion.analysis
        yield "conclusion.ground", case.conclusion.ground
    for name in ("assumptions", "special_assumptions", "special_matters", "sources"):
        for place, text in enumerate(getattr(case, name)):
            yield f"{name}[{place}]", text
    yield from _file_texts(case)
    for text in wording_texts(case.house.look):
        yield "house.look", text
    for place, recipient in enumerate(case.disclosure.recipients):
        yield f"disclosure.recipients[{place}]", recipient.name


def _file_texts(case: Case) -> Iterator[tuple[str, str]]:
    """Yield what the engagement's file says in the house's own words."""
    yield "contract.number", case.contract.number
    for place, work in enumerate(case.work):
        yield f"work[{place}].note", work.note
    for place, event in enumerate(case.events):
        yield f"events[{place}].text", event.text
    for place, answer in enumerate(case.answers):
        yield f"answers[{place}].text", answer.text
    for field in fields(case.factors):
        yield f"factors.{field.name}", getattr(case.factors, field.name)
    for name in ("prior_services", "experts", "departures", "uncertainty"):
        yield f"declared.{name}", getattr(case.declared, name)


def _missing(case: Case, valuation: Valuation) -> Iterator[Message]:
    if not case.client.strip():
        yield _fault("client", N_("name who commissioned the work"))
    if not case.house.name.strip():
        yield _fault("house.name", N_("name the house"))
    if not case.report_number.strip():
        yield _fault("report_number", N_("give the report its number"))
    if case.valuation_date is None:
        yield _fault("valuation_date", N_("state the valuation date"))
    if case.report_date is None:
        yield _fault("report_date", N_("state the report date"))
    if not case.patents:
        yield _fault("patents", N_("quote at least one patent"))
    for place, patent in enumerate(case.patents):
        if not patent.identity and not patent.title:
            yield _fault(f"patents[{place}]", N_("state its number or its title"))
    yield from _missing_signers(case)
    yield from _missing_conclusion(case, valuation)
    for fault in look_faults(case.house.look):
        yield _fault("house.look", fault)
    for fault in disclosure_faults(case.disclosure):
        yield _fault("disclosure", fault)


def _missing_signers(case: Case) -> Iterator[Message]:
    named = [one for one in case.appraisers if one.name.strip()]
    if len(named) < _SIGNERS or len(named) < len(case.appraisers):
        text = N_("name those who sign, two at least")
        yield _fault("appraisers", text)
    elif case.statutory and not all(one.certified for one in named[:_SIGNERS]):
        text = N_("a statutory appraisal is signed by two certified asset appraisers")
        yield _fault("appraisers", text)


def _missing_conclusion(case: Case, valuation: Valuation) -> Iterator[Message]:
    if case.conclusion is None or valuation.conclusion is None:
        yield _fault("conclusion", N_("state which result is adopted"))
        return
    if valuation.rules >= RULES:
        for issue in lacking(case, case.conclusion, valuation.valuing):
            yield _fault(issue.where, issue.wording)
        return
    methods = methods_applied(valuation.valuing)
    if len(methods) == 1 and not case.conclusion.ground.strip():
        text = N_(
            "state why one method alone was applied (Asset Appraisal Law art. 26)"
        )
        yield _fault("conclusion.ground", text)
    if len(methods) > 1 and not case.conclusion.analysis.strip():
        text = N_("state why this result is adopted")
        yield _fault("conclusion.analysis", text)


def _reserved(case: Case, kind: Kind) -> Iterator[Message]:
    if case.statutory and case.house.kind is not HouseKind.APPRAISAL_INSTITUTION:
        text = N_("only an appraisal institution may make a statutory appraisal")
        yield _fault("statutory", text)
    for where, text in house_texts(case):
        read = _read(text) if kind.blocked else ""
        for word in kind.blocked:
            if word in read:
                fault = N_("only an appraisal institution may use the word “{word}”")
                yield _fault(where, fault, word=word)


def _read(text: str) -> str:
    """Return a text as a reader takes it: gaps within a word do not hide it."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(
        one for one in plain if not one.isspace() and unicodedata.category(one) != "Cf"
    )


def _fault(where: str, text: Message | str, **values: object) -> Message:
    advice = text if isinstance(text, Message) else message(text, **values)
    return message(N_("{where}: {advice}"), where=where, advice=advice)


def _error(issue: Issue) -> Message:
    return issue.wording


def _joined(faults: list[Message]) -> Message:
    """Return messages as one, each on a line of its own."""
    if not faults:
        return message("")
    joined = faults[min(len(faults), _SHOWN) - 1]
    if len(faults) > _SHOWN:
        text = N_("{first}\nand {count} more")
        joined = message(text, first=joined, count=len(faults) - _SHOWN)
    for fault in reversed(faults[: _SHOWN - 1][: len(faults) - 1]):
        joined = message(N_("{first}\n{rest}"), first=fault, rest=joined)
    return joined
