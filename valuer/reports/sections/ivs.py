"""What a valuation report states after IVS 106 (2025), by the facts of a case.

The numbers are those of the list of 24 items that the house's reference draws from
IVS 106, USPAP, DIN 77100, IDW S 5 and ISO 10668; here stand the items of IVS. An item
whose facts the case lacks is left out of the report, and told before it is signed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from valuer.core.case import Case
from valuer.core.texts import N_
from valuer.reports.sections.file import has_papers


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its number and name, where its facts stand, whether they are there."""

    number: int
    name: str
    where: str
    is_held: Callable[[Case], bool]


ITEMS = (
    Item(1, N_("Client and intended users"), "client", lambda c: bool(c.client)),
    Item(2, N_("Intended use"), "purpose_text", lambda c: bool(c.purpose_text)),
    Item(3, N_("Asset valued"), "patents", lambda c: bool(c.patents)),
    Item(
        4,
        N_("Basis and premise of value"),
        "premise",
        lambda c: c.premise is not None,
    ),
    Item(
        5,
        N_("Dates: valuation, report, data cut-off"),
        "declared.data_cut_off",
        lambda c: c.declared.data_cut_off is not None,
    ),
    Item(
        6,
        N_("Valuer, competence, independence, specialists"),
        "declared.independent",
        lambda c: (
            c.declared.independent is not None
            and bool(c.declared.experts or c.declared.no_experts)
        ),
    ),
    Item(7, N_("Scope of work and its limits"), "work", lambda c: bool(c.work)),
    Item(8, N_("Sources and inputs"), "sources", lambda c: bool(c.sources)),
    Item(
        9,
        N_("Assumptions and special assumptions"),
        "assumptions",
        lambda c: bool(c.assumptions or c.special_assumptions),
    ),
    Item(10, N_("Legal factors"), "factors.legal", lambda c: bool(c.factors.legal)),
    Item(
        11,
        N_("Technical factors"),
        "factors.technical",
        lambda c: bool(c.factors.technical),
    ),
    Item(
        12,
        N_("Economic factors"),
        "factors.economic",
        lambda c: bool(c.factors.economic),
    ),
    Item(
        14,
        N_("Approaches considered, and why some were excluded"),
        "conclusion.ground",
        lambda c: bool(c.conclusion and (c.conclusion.ground or c.conclusion.analysis)),
    ),
    Item(15, N_("Models and their limits"), "runs", lambda c: bool(c.runs)),
    Item(
        16,
        N_("Inputs, each justified"),
        "runs",
        lambda c: all(one.reason for one in c.runs),
    ),
    Item(
        18,
        N_("Environment, society and governance"),
        "factors.esg",
        lambda c: bool(c.factors.esg),
    ),
    Item(
        19,
        N_("Reconciliation and conclusion of value"),
        "conclusion.analysis",
        lambda c: c.conclusion is not None,
    ),
    Item(
        20,
        N_("Material uncertainty"),
        "declared.uncertainty",
        lambda c: bool(c.declared.uncertainty),
    ),
    Item(22, N_("Standards complied with, departures"), "declared", lambda _: True),
    Item(24, N_("Working papers"), "work", has_papers),
)


def missing_items(case: Case) -> tuple[Item, ...]:
    """Return the items whose facts the case lacks, in the order of the list."""
    return tuple(one for one in ITEMS if not one.is_held(case))
