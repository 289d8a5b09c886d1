"""A case that nothing can be said against, and the gate of any case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from valuer.core.case import Case, ValuePremise
from valuer.core.engagement import (
    Contract,
    Declared,
    Evidence,
    EvidenceKind,
    Factors,
    Procedure,
    Receipt,
    WorkDone,
)
from valuer.core.grounds import InputGround, Observability
from valuer.core.valuing import value_case
from valuer.methods import METHODS
from valuer.reports.findings import Gate
from valuer.reports.gate import check_case
from valuer.reports.sections.kinds import kind_of

DONE = tuple(
    WorkDone(procedure, date(2026, 9, 1 + place), date(2026, 10, 1 + place))
    for place, procedure in enumerate(Procedure)
    if procedure is not Procedure.ARCHIVE
)

RECEIPT = Evidence("c" * 64, "回执.pdf", kind=EvidenceKind.RECEIPT)

HELD = (
    Evidence("a" * 64, "决议.pdf", kind=EvidenceKind.ACT),
    Evidence("b" * 64, "登记簿副本.pdf", kind=EvidenceKind.TITLE, about="patents"),
    Evidence(
        "d" * 64,
        "折现率测算.xlsx",
        kind=EvidenceKind.PRICE,
        about="runs.rfr.discount_rate",
        obtained=date(2026, 10, 12),
    ),
    RECEIPT,
    Evidence("1" * 64, "承诺函.pdf", kind=EvidenceKind.COMMITMENT),
    Evidence("2" * 64, "资格证书.pdf", kind=EvidenceKind.QUALIFICATION),
)


GROUNDS = (
    InputGround("royalty_rate", "许可合同三份", Observability.OBSERVABLE),
    InputGround("tax_rate", "高新技术企业证书", Observability.OBSERVABLE),
)
"""The discount rate rests on evidence."""


@pytest.fixture(scope="session")
def sound(portfolio: Case) -> Case:
    """A case with all that the gate asks for."""
    return replace(
        portfolio,
        premise=ValuePremise.CURRENT_USE,
        runs=(replace(portfolio.runs[0], scenarios=0, grounds=GROUNDS),),
        special_assumptions=("若收益期延长至法定期限，评估价值将高于本结论。",),
        contract=Contract("示衡约（2026）12号", date(2026, 8, 30)),
        work=DONE,
        factors=Factors("法律分析", "技术分析", "经济分析", "自行实施"),
        declared=Declared(
            independent=True,
            no_contingent_fee=True,
            no_prior_services=True,
            no_experts=True,
            no_later_events=True,
            no_encumbrances=True,
            data_cut_off=date(2026, 11, 10),
        ),
        evidence=HELD,
        receipt=Receipt("1111020110202300411", RECEIPT.digest),
    )


@pytest.fixture(scope="session")
def gate() -> Callable[[Case], Gate]:
    """Checks a case as the house's own kind of report."""

    def gate(case: Case) -> Gate:
        return check_case(case, value_case(case, METHODS), kind_of(case.house.kind))

    return gate
